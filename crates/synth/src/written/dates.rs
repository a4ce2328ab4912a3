//! Dates as they are written: real ones, text, serial numbers, and everything vaguer than a day.

use jiff::civil::Date;

use crate::days;
use crate::rng::Rng;
use crate::sheet::Cell;

/// How a column of dates is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Cells that are dates, a few typed as text.
    Real,
    /// Text, mostly in one form.
    Text,
    /// Numbers whose date format was lost.
    Serial,
    /// ISO 8601 text from a system.
    Iso,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Mon", "Tues", "Wed", "Thurs", "Fri", "Sat", "Sun"];

/// A known day in a column of such a habit.
pub fn day(date: Option<Date>, habit: Habit, rng: &mut Rng) -> Cell {
    let Some(date) = date else { return nothing(rng) };
    match habit {
        Habit::Real if rng.chance(0.93) => Cell::Date(date),
        Habit::Serial if rng.chance(0.95) => Cell::Serial(date),
        Habit::Iso => Cell::text(date.to_string()),
        _ => Cell::text(day_text(date, rng)),
    }
}

/// A known day as text.
pub fn day_text(date: Date, rng: &mut Rng) -> String {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let month = MONTHS[usize::from(m.unsigned_abs()) - 1];
    match rng.weighted(&[55, 12, 6, 6, 6, 4, 2, 2, 3, 2]) {
        0 => format!("{d:02}/{m:02}/{y}"),
        1 => format!("{d:02}/{m:02}/{:02}", y % 100),
        2 => format!("{d}.{m}.{:02}", y % 100),
        3 => format!("{d}-{}-{:02}", &month[..3], y % 100),
        4 => format!("{d} {} {y}", &month[..3]),
        5 => format!("{d}{} {month} {y}", ordinal(d)),
        6 => format!("{d} {} {month} {y}", ordinal(d)),
        7 => format!("{d}/{m}/{:02}", y % 100),
        8 => date.to_string(),
        _ => format!("{month} {d} {y}"),
    }
}

/// A hearing or a deadline: often less than a day, often not a date at all.
pub fn vague(date: Date, rng: &mut Rng) -> String {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let month = |offset: i8| MONTHS[usize::from((m - 1 + offset).rem_euclid(12).unsigned_abs())];
    match rng.weighted(&[52, 6, 6, 6, 6, 6, 4, 3, 3, 3, 3, 2]) {
        0 => day_text(date, rng),
        1 => "TBC".into(),
        2 => format!("{d:02}/{m:02} @10am"),
        3 => format!("{d:02}/{m:02}/{:02} 10:30", y % 100),
        4 => format!("{} {y}", &month(0)[..3]),
        5 => {
            let monday = days::plus(date, -i32::from(date.weekday().to_monday_zero_offset()));
            format!("w/c {:02}/{:02}/{:02}", monday.day(), monday.month(), monday.year() % 100)
        }
        6 if m < 12 => format!("{}/{} {y}", &month(0)[..3], &month(1)[..3]),
        7 => "ASAP".into(),
        8 => "N/A".into(),
        9 => format!("31 Sept {y}"),
        10 => {
            format!(
                "{} {d} {}",
                DAYS[date.weekday().to_monday_zero_offset().unsigned_abs() as usize],
                &month(0)[..3]
            )
        }
        _ => format!("{} {y} and ongoing", month(0)),
    }
}

fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

fn nothing(rng: &mut Rng) -> Cell {
    match rng.below(12) {
        0 => Cell::text("N/A"),
        1 => Cell::text("?"),
        2 => Cell::text("-"),
        3 => Cell::text("not known"),
        _ => Cell::Empty,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_written_in_ten_ways_and_a_deadline_in_more() {
        let rng = &mut Rng::stream(1, "dates", 0);
        let day = date(2021, 8, 24);
        let days: BTreeSet<String> = (0..2_000).map(|_| day_text(day, rng)).collect();
        let expected = [
            "2021-08-24",
            "24 Aug 2021",
            "24 th August 2021",
            "24-Aug-21",
            "24.8.21",
            "24/08/2021",
            "24/08/21",
            "24/8/21",
            "24th August 2021",
            "August 24 2021",
        ];
        assert_eq!(days, expected.map(str::to_owned).into());
        let vague: BTreeSet<String> = (0..5_000).map(|_| vague(day, rng)).collect();
        for text in ["TBC", "w/c 23/08/21", "Aug/Sep 2021", "31 Sept 2021", "Tues 24 Aug", "24/08 @10am"] {
            assert!(vague.contains(text), "{text}");
        }
    }
}
