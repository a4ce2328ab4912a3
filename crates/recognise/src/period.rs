//! Headings that name a month, a quarter or a financial year, however they are written, as the kinds have
//! them: `Apr-21`, `Q1 2020/21`, `2020/21`.

use collate_model::{CellKind, Date};

use crate::{as_at, year};

/// A period with its year; `None` for anything else, and for what the kinds know as it is.
pub(crate) fn period_of(kind: CellKind, text: &str) -> Option<String> {
    match kind {
        CellKind::Date => iso(text).and_then(of_day),
        CellKind::Text => in_text(text.trim()),
        _ => None,
    }
}

/// The same of a text. It is asked of cells by the million, so nearly all are told apart by a count of
/// their signs alone.
fn in_text(text: &str) -> Option<String> {
    // The longest is `September quarter 2020-2021`.
    if text.len() > 28 {
        return None;
    }
    let (mut digits, mut signs, mut others) = (0, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'/' | b'-' | b'.' => signs += 1,
            _ => others += 1,
        }
    }
    match (digits, signs, others) {
        (4.., 1, 0) => numbers(text).or_else(|| financial_year(text)),
        (4.., 2, 0) if text.len() <= 10 && has_end_of_month(text) => numbers(text),
        (4.., 1.., 1..) if text.contains(['q', 'Q']) => quarter(text),
        (4.., 1.., 1..) => month_of_year(text),
        _ => None,
    }
}

/// The first or the last number may be the first or last day of a month.
fn has_end_of_month(text: &str) -> bool {
    const ENDS: [&[u8]; 5] = [b"01", b"28", b"29", b"30", b"31"];
    let bytes = text.as_bytes();
    let first =
        bytes.get(..2).is_some_and(|two| ENDS.contains(&two) || matches!(two, [b'1', b'/' | b'.' | b'-']));
    first || bytes.len() > 7 && ENDS.contains(&&bytes[bytes.len() - 2..])
}

/// The day of a cell that a spreadsheet program made a date, if it may be the first or last of a month.
fn iso(text: &str) -> Option<Date> {
    if text.len() == 10 && has_end_of_month(text) { text.parse().ok() } else { None }
}

/// The month that a day stands for: its first or its last.
fn of_day(day: Date) -> Option<String> {
    (day.day() == 1 || day == day.last_of_month()).then(|| month(day.year(), day.month()))
}

fn month(year: i16, month: i8) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!("{}-{:02}", MONTHS[month as usize - 1], year % 100)
}

/// `30/04/2021` and `01.04.2021`, days that stand for a month; `04/2021`, `2021-04`.
fn numbers(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let is_year = |part: &str| part.len() == 4;
    let day = |year: &str, month: &str, day: &str| -> Option<Date> {
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    match parts[..] {
        [of, year] if is_year(year) => of_day(day(year, of, "1")?),
        [year, of] if is_year(year) && of.len() == 2 => of_day(day(year, of, "1")?),
        [first, of, year] if is_year(year) => of_day(day(year, of, first)?),
        [year, of, last] if is_year(year) => of_day(day(year, of, last)?),
        _ => None,
    }
}

/// `2020/21 Mar`, `March 2020/21`: the month of that year, which begins in April.
fn month_of_year(text: &str) -> Option<String> {
    let first = year::financial(text)?;
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let of = as_at::month(words.next()?).filter(|_| words.next().is_none())?;
    Some(month(first + i16::from(of < 4), of))
}

/// `2020-21`, `2020-2021` as `2020/21`.
fn financial_year(text: &str) -> Option<String> {
    let plain =
        matches!(text.len(), 7 | 9) && text.bytes().filter(|byte| !byte.is_ascii_digit()).count() == 1;
    if plain { year::financial(text).map(year::span) } else { None }
}

/// `2020/21 Q1`, `Qtr 1 2020-21`, `Quarter 1 (2020/21)` as `Q1 2020/21`.
fn quarter(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let at = lower.find('q')?;
    let (before, after) = lower.split_at(at);
    let after = ["quarter", "qtr", "q"].iter().find_map(|word| after.strip_prefix(word))?.trim_start();
    let of = after.chars().next().filter(|of| ('1'..='4').contains(of))?;
    let rest = &after[1..];
    // What is left is the year alone.
    if rest.starts_with(|c: char| c.is_ascii_digit())
        || before.chars().chain(rest.chars()).any(char::is_alphabetic)
    {
        return None;
    }
    let year = year::financial(before).or_else(|| year::financial(rest))?;
    Some(format!("Q{of} {}", year::span(year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn months_and_quarters_however_they_are_written() {
        for (text, expected) in [
            ("30/04/2021", Some("Apr-21")),
            ("01/04/2021", Some("Apr-21")),
            ("28.2.2021", Some("Feb-21")),
            ("28/02/2024", None),
            ("29/02/2024", Some("Feb-24")),
            ("15/04/2021", None),
            ("31/04/2021", None),
            ("2021-04-30", Some("Apr-21")),
            ("04/2021", Some("Apr-21")),
            ("4/2021", Some("Apr-21")),
            ("2021-04", Some("Apr-21")),
            ("2021/13", None),
            ("2021/22", Some("2021/22")),
            ("2021-22", Some("2021/22")),
            ("2021-2022", Some("2021/22")),
            ("2021/23", None),
            ("21/22", None),
            ("4/21", None),
            ("26/52", None),
            ("2020/21 Q1", Some("Q1 2020/21")),
            ("2020-21 Q4", Some("Q4 2020/21")),
            ("Q1 20/21", Some("Q1 2020/21")),
            ("Qtr 2 2020-21", Some("Q2 2020/21")),
            ("Quarter 3 (2020/21)", Some("Q3 2020/21")),
            ("Q5 2020/21", None),
            ("Q1", None),
            ("Q12 2020/21", None),
            ("Q1 target 2020/21", None),
            ("2020/21 Mar", Some("Mar-21")),
            ("2020/21 May", Some("May-20")),
            ("April 2020-21", Some("Apr-20")),
            ("Mar target 2020/21", None),
            ("Apr-21", None),
            ("", None),
        ] {
            assert_eq!(period_of(CellKind::Text, text).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("2021-04-01", Some("Apr-21")),
            ("2021-04-30", Some("Apr-21")),
            ("2021-04-02", None),
            ("0.5", None),
        ] {
            assert_eq!(period_of(CellKind::Date, text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "[0-9qQ/. -]{0,12}|\\PC{0,30}") {
            period_of(CellKind::Text, &text);
            period_of(CellKind::Date, &text);
        }
    }
}
