//! Calendar arithmetic in whole days, and the day on which the council is as it is.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::rng::Rng;

/// The day on which all trackers are true.
pub const AS_AT: Date = date(2021, 9, 6);

/// `days` after (or, if negative, before) a day.
pub fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(i64::from(days).days())
}

/// Days from `from` to `to`.
pub fn between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// A day from `from` to `to`, both included.
pub fn random(from: Date, to: Date, rng: &mut Rng) -> Date {
    plus(from, rng.between(0, between(from, to).max(0)))
}

/// Whole years from birth to a day.
pub fn age(dob: Date, at: Date) -> i32 {
    let birthday_passed = (at.month(), at.day()) >= (dob.month(), dob.day());
    i32::from(at.year() - dob.year()) - i32::from(!birthday_passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_turn_on_the_birthday() {
        for (dob, expected) in [(date(2015, 9, 6), 6), (date(2015, 9, 7), 5), (date(2021, 1, 1), 0)] {
            assert_eq!(age(dob, AS_AT), expected);
        }
        assert_eq!(between(date(2021, 8, 30), plus(AS_AT, 1)), 8);
    }
}
