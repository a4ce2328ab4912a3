//! Evidence for the order of day and month: numeric dates of which only one reading exists.

use super::scan_numeric::{day_and_month, is_day};
use super::token::{Token, tokens};
use crate::{Context, DateOrder};

/// The order that a text's numeric dates prove; `None` where they prove nothing or both.
pub fn evidence(text: &str) -> Option<DateOrder> {
    // Most texts of a million are real dates or words; look before taking them apart.
    if let Some(digits) = eight_digits(text) {
        let (day, month) = digits[..4].split_at(2);
        return day_and_month(day, month, DateOrder::DayFirst).and_then(|(_, _, order)| order);
    }
    if !text.contains(['/', '.', '-']) || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(text);
    let joins = |token: &Token| matches!(token, Token::Sign('/' | '-' | '.'));
    let mut found = None;
    for window in tokens.windows(5) {
        let [Token::Number(a), first, Token::Number(b), second, Token::Number(c)] = window else { continue };
        if !joins(first) || !joins(second) || !matches!(c.len(), 2 | 4) {
            continue;
        }
        if let Some((_, _, Some(order))) = day_and_month(a, b, DateOrder::DayFirst) {
            if found.is_some_and(|former| former != order) {
                return None;
            }
            found = Some(order);
        }
    }
    found
}

/// `24082021`, unless it can be read as a year with month and day.
fn eight_digits(text: &str) -> Option<&str> {
    let digits = text.trim();
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) =
        (digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?);
    (!is_day(year, month, day, &Context::default())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_impossible_readings_prove_an_order() {
        for (text, order) in [
            ("24/08/2021", Some(DateOrder::DayFirst)),
            ("08/24/2021", Some(DateOrder::MonthFirst)),
            ("8-24-21 10:30", Some(DateOrder::MonthFirst)),
            ("03/04/2021", None),
            ("2021-08-24", None),
            ("24/08", None),
            ("24 August 2021", None),
            ("24/08/2021 or 08/24/2021", None),
            ("99/99/2021", None),
            ("24082021", Some(DateOrder::DayFirst)),
            ("08242021", Some(DateOrder::MonthFirst)),
            ("03042021", None),
            ("20210824", None),
            ("19102010", Some(DateOrder::DayFirst)),
            ("9408242021", None),
        ] {
            assert_eq!(evidence(text), order, "{text}");
        }
    }
}
