//! Dates and deadlines as people write them, each as an interval with a precision.
//!
//! ```text
//! text -> token (numbers, words, signs) -> scan (dates and the words between) -> combine (spans)
//! ```
//! Nothing is rolled forward in silence: `31 Sept 2021` is September 2021 with a flaw.

mod calendar;
mod combine;
mod order;
mod past;
mod scan;
mod scan_numeric;
mod scan_words;
#[cfg(test)]
mod tests;
mod token;
mod words;

use collate_model::{CellKind, Date, DateSpan, Precision, Value};

use crate::Context;
use crate::flaw::{Flaw, flaw};
pub(crate) use calendar::{HISTORIC_YEARS, YEARS, YEARS_OF_BIRTH};
pub use order::evidence;
pub(crate) use past::is_of_the_past;

/// What may be doubtful about a date; the first of several is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    Unreadable,
    Dummy,
    NoYear,
    Impossible,
    OrderMixed,
    YearAssumed,
    Relative,
    Weekday,
    FutureBirth,
    EarlyBirth,
    Doubtful,
    Quarter,
    Words,
}

impl Doubt {
    fn flaw(self) -> Flaw {
        match self {
            Doubt::Unreadable => flaw!(
                "date-unreadable",
                "A date was expected, and the cell can't be read as one.",
                "Write the date as DD/MM/YYYY, or TBC if it is not known yet.",
            ),
            Doubt::Dummy => flaw!(
                "date-dummy",
                "The date is the one that a spreadsheet shows for an empty or zero cell; it was not used.",
                "Clear the cell, or write the date.",
            ),
            Doubt::NoYear => flaw!(
                "date-no-year",
                "The date has no year, and the tracker's own date is not known.",
                "Add the year.",
            ),
            Doubt::Impossible => flaw!(
                "date-impossible",
                "The day does not exist; only the month was kept.",
                "Check the day against the source document.",
            ),
            Doubt::OrderMixed => flaw!(
                "date-order-mixed",
                "Day and month stand the other way round than in the rest of the column.",
                "Check which is the day, and write the whole column as DD/MM/YYYY.",
            ),
            Doubt::YearAssumed => flaw!(
                "date-year-assumed",
                "The date has no year; the year nearest to the tracker's own date was taken.",
                "Add the year.",
            ),
            Doubt::Relative => flaw!(
                "date-relative",
                "A period from a day that the cell does not name; no date was worked out.",
                "Write the date itself.",
            ),
            Doubt::Weekday => flaw!(
                "date-weekday",
                "The date is not on the day of the week that is written beside it.",
                "Check the date and the year.",
            ),
            Doubt::FutureBirth => flaw!(
                "dob-future",
                "The date of birth is in the future.",
                "Check the date; if the child is not born yet, write EDD before it.",
            ),
            Doubt::EarlyBirth => flaw!(
                "dob-early",
                "The date of birth is before 1940; a year in two digits may be of this century.",
                "Check the date, and write the year in four digits.",
            ),
            Doubt::Doubtful => flaw!(
                "date-doubtful",
                "There is a question mark beside the date; the date was kept.",
                "Check the date, and take the question mark away when it is certain.",
            ),
            Doubt::Quarter => flaw!(
                "date-quarter-assumed",
                "The quarter was taken to be of the financial year that starts in April of the year given.",
                "Write the financial year as 2021/22.",
            ),
            Doubt::Words => flaw!(
                "date-with-words",
                "A date was found among other words; the words are only kept as original text.",
                "",
            ),
        }
    }
}

/// Hardly anybody in a tracker of children was born before this year.
const EARLIEST_BIRTH: i16 = 1940;

/// A cell of dates. `span` is for deadlines and periods, whose other words are expected.
pub(crate) fn clean(text: &str, cell: CellKind, context: &Context, span: bool) -> (Value, Option<Flaw>) {
    let read = match machine(text, cell, context) {
        Some(date) => combine::checked(vec![date], context),
        None if cell == CellKind::Date => combine::Read::unreadable(Doubt::Unreadable),
        None => combine::combine(&scan::scan(text, context), context, span),
    };
    let value = if read.dates.is_empty() { Value::Unreadable } else { Value::Dates(read.dates) };
    (value, read.doubt.map(Doubt::flaw))
}

/// The one date that a fragment of text states, for dates of birth beside names.
pub(crate) fn read_one(text: &str, context: &Context) -> Option<DateSpan> {
    let read = combine::combine(&scan::scan(text, context), context, false);
    match (read.dates.as_slice(), read.doubt) {
        (
            [date],
            None
            | Some(
                Doubt::Impossible
                | Doubt::OrderMixed
                | Doubt::FutureBirth
                | Doubt::EarlyBirth
                | Doubt::Doubtful
                | Doubt::Weekday,
            ),
        ) if date.precision != Precision::Open => Some(*date),
        _ => None,
    }
}

/// Dates that a program wrote: ISO 8601 of a real date, or the serial number of one.
fn machine(text: &str, cell: CellKind, context: &Context) -> Option<DateSpan> {
    let text = text.trim();
    if cell == CellKind::Date {
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        // Real dates of other centuries are dummies (`9999-12-31`) or a zero.
        let date: Date = date.parse().ok().filter(|date: &Date| context.years().contains(&date.year()))?;
        let minutes = time.split(':').map(str::parse::<u16>).take(2).collect::<Result<Vec<_>, _>>().ok();
        // Midnight is how a workbook stores a date without a time.
        let minutes = match minutes.as_deref() {
            Some([hour @ 0..24, minute @ 0..60]) => Some(hour * 60 + minute).filter(|m| *m > 0),
            _ => None,
        };
        return Some(DateSpan { minutes, ..DateSpan::day(date) });
    }
    serial(text)
}

/// Serial numbers of the 1900 system between October 1954 and April 2064.
fn serial(text: &str) -> Option<DateSpan> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if days.len() != 5 || !digits(days) || !digits(fraction) {
        return None;
    }
    let days: i64 = days.parse().ok().filter(|days| (20_000..=60_000).contains(days))?;
    let share: f64 = format!("0.{fraction}").parse().ok()?;
    let minutes = ((share * 1440.0).round() as u16).min(1439);
    let date = calendar::plus_days(jiff::civil::date(1899, 12, 30), days)?;
    Some(DateSpan { minutes: Some(minutes).filter(|m| *m > 0), ..DateSpan::day(date) })
}

/// The folded word is a month.
pub(crate) fn is_month(word: &str) -> bool {
    words::month(word).is_some()
}
