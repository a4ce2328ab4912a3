//! The years of months and quarters that name none: `Apr`, `May` across a scorecard of 2021/22.

use collate_model::{Date, Sheet};

use crate::as_at;

/// Years that a tracker may be of.
const YEARS: std::ops::Range<i16> = 1990..2100;

/// What a sheet says of when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// `2021/22`: from April, or from whichever month its year begins with.
    Span(i16),
    /// `2021`: the year of the first month.
    Year(i16),
    /// The day on which it was true: what is filled lies before it.
    Day(Date),
}

/// A heading that is a month or a quarter, and nothing else.
#[derive(Clone, Copy)]
enum Part {
    Month(i8),
    Quarter,
}

impl Part {
    fn of(heading: &str) -> Option<Self> {
        let number = heading.to_lowercase();
        let number = ["quarter", "qtr", "q"].iter().find_map(|word| number.strip_prefix(word));
        match number.map(str::trim) {
            Some("1" | "2" | "3" | "4") => Some(Part::Quarter),
            _ => as_at::month(heading).map(Part::Month),
        }
    }
}

/// A column that holds a record of a period.
pub(crate) struct Period<'a> {
    /// What stands above it.
    pub heading: &'a str,
    /// Any record of it is filled.
    pub filled: bool,
}

/// The headings with their years, and what they were taken from, in words; `None` for a heading that has
/// a year, or is no month or quarter. Nothing where no year is known, or the months do not follow each
/// other. The sheet says its year in the lines above (`said`, where a year alone must stand beside one of
/// the kind's `words`), in its name, its file's or its folders'; else there is `as_at`.
pub(crate) fn whole(
    periods: &[Period],
    said: &[String],
    words: &[String],
    sheet: &Sheet,
    as_at: Option<Date>,
) -> Option<(Vec<Option<String>>, String)> {
    let tidy = |heading: &str| heading.trim().trim_end_matches('.').to_owned();
    let parts: Vec<Option<Part>> = periods.iter().map(|period| Part::of(&tidy(period.heading))).collect();
    parts.iter().flatten().next()?;
    let when = when(said, words, sheet, as_at)?;
    let months: Vec<(usize, i8)> = (0..parts.len())
        .filter_map(|at| if let Some(Part::Month(month)) = parts[at] { Some((at, month)) } else { None })
        .collect();
    let years = years(&months, periods, when)?;
    let year_of = |at: usize| years.iter().find(|(other, _)| *other == at).map(|(_, year)| *year);
    // Quarters are of a year that begins in April; among months that begin otherwise they may not be.
    let quarters = match (when, months.first()) {
        (When::Span(year), _) => Some(year),
        (_, Some((at, 4))) => year_of(*at),
        (When::Year(year), None) => Some(year),
        (When::Day(day), None) => Some(day.year() - i16::from(day.month() < 4)),
        _ => None,
    };
    let whole = |(at, period): (usize, &Period)| {
        let heading = tidy(period.heading);
        match parts[at]? {
            Part::Month(_) => Some(format!("{heading} {}", year_of(at)?)),
            Part::Quarter => Some(format!("{heading} {}", span(quarters?))),
        }
    };
    let headings: Vec<Option<String>> = periods.iter().enumerate().map(whole).collect();
    let from = match when {
        When::Span(year) => span(year),
        When::Year(year) => year.to_string(),
        When::Day(_) => "the year up to the day on which the tracker was true".to_owned(),
    };
    headings.iter().any(Option::is_some).then_some((headings, from))
}

/// The first thing that a sheet says of its year.
fn when(said: &[String], words: &[String], sheet: &Sheet, as_at: Option<Date>) -> Option<When> {
    let of_text = |text: &str| {
        let dated = || as_at::date_in(text).map(When::Day);
        financial(text).map(When::Span).or_else(dated)
    };
    let is_of_kind = |line: &str| {
        let line = line.to_lowercase();
        words.iter().any(|word| line.contains(&word.to_lowercase()))
    };
    let of_line =
        |line: &String| of_text(line).or_else(|| alone(line).filter(|_| is_of_kind(line)).map(When::Year));
    let of_name = |name: &str| of_text(name).or_else(|| alone(name).map(When::Year));
    let names = || [&*sheet.name].into_iter().chain(sheet.file.rsplit('/'));
    said.iter().find_map(of_line).or_else(|| names().find_map(of_name)).or(as_at.map(When::Day))
}

/// The year of each month, where they follow each other through no more than two years, in their order or
/// the other way round.
fn years(months: &[(usize, i8)], periods: &[Period], when: When) -> Option<Vec<(usize, i16)>> {
    let placed = |months: Vec<(usize, i8)>| {
        let mut turns = 0;
        let mut years = Vec::with_capacity(months.len());
        for (i, (at, month)) in months.iter().enumerate() {
            turns += i16::from(i > 0 && *month <= months[i - 1].1);
            years.push((*at, turns));
        }
        (turns < 2).then_some((months, years))
    };
    let reversed = || placed(months.iter().rev().copied().collect());
    let (months, turns) = placed(months.to_vec()).or_else(reversed)?;
    let Some((_, first)) = months.first() else { return Some(Vec::new()) };
    let start = match when {
        When::Span(year) => year + i16::from(*first < 4),
        When::Year(year) => year,
        When::Day(day) => {
            let filled = |i: &usize| periods[months[*i].0].filled;
            let last = (0..months.len()).rfind(filled).unwrap_or(0);
            day.year() - turns[last].1 - i16::from(months[last].1 > day.month())
        }
    };
    Some(turns.into_iter().map(|(at, turns)| (at, start + turns)).collect())
}

/// `2021/22`.
pub(crate) fn span(year: i16) -> String {
    format!("{year}/{:02}", (year + 1) % 100)
}

/// The first year of `2021/22`, `2021-2022`, `21/22` or `2021 to 2022` in a text.
pub(crate) fn financial(text: &str) -> Option<i16> {
    let parts = numbers(text);
    (0..parts.len().saturating_sub(1)).find_map(|i| {
        let ((first, joined), (second, further)) = (parts[i], parts[i + 1]);
        if !joined || further || i > 0 && parts[i - 1].1 {
            return None;
        }
        let year: i16 = first.parse().ok()?;
        let year = if first.len() == 2 { 2000 + year } else { year };
        let next: i16 = second.parse().ok()?;
        let next = if second.len() == 2 { year - year % 100 + next } else { next };
        let lengths = matches!((first.len(), second.len()), (4, 2 | 4) | (2, 2));
        (lengths && next == year + 1 && YEARS.contains(&year)).then_some(year)
    })
}

/// A year that is the only number in a text.
fn alone(text: &str) -> Option<i16> {
    match numbers(text)[..] {
        [(number, _)] if number.len() == 4 => number.parse().ok().filter(|year| YEARS.contains(year)),
        _ => None,
    }
}

/// The numbers of a text, and whether each is joined to the next: `/`, a dash or `to` between them.
fn numbers(text: &str) -> Vec<(&str, bool)> {
    let mut numbers: Vec<(&str, bool)> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        if let Some((_, joined)) = numbers.last_mut() {
            *joined = matches!(rest[..start].trim(), "/" | "-" | "–" | "to");
        }
        let number = &rest[start..];
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        numbers.push((&number[..end], false));
        rest = &number[end..];
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headings with their years; those in brackets have no values.
    fn of(said: &str, sheet: &str, file: &str, as_at: Option<&str>, headings: &str) -> String {
        let mut of = Sheet::default();
        (of.name, of.file) = (sheet.into(), file.into());
        let period = |heading| Period {
            heading: str::trim_matches(heading, ['(', ')']),
            filled: !str::starts_with(heading, '('),
        };
        let periods: Vec<Period> = headings.split(' ').map(period).collect();
        let (said, words) = ([said.to_owned()], ["scorecard".to_owned()]);
        let as_at = as_at.map(|day| day.parse().unwrap());
        let Some((whole, _)) = whole(&periods, &said, &words, &of, as_at) else { return "none".to_owned() };
        let shown: Vec<String> = whole.into_iter().map(|heading| heading.unwrap_or("–".to_owned())).collect();
        shown.join(", ")
    }

    #[test]
    fn months_get_the_years_that_follow_from_what_the_sheet_says() {
        for (said, sheet, file, as_at, headings, expected) in [
            (
                "Scorecard 2021/22",
                "",
                "a.csv",
                None,
                "Apr May Mar. Q1 YTD",
                "Apr 2021, May 2021, Mar 2022, Q1 2021/22, –",
            ),
            ("Scorecard 2021 to 2022", "", "a.csv", None, "Apr Dec", "Apr 2021, Dec 2021"),
            ("", "21-22", "a.csv", None, "Apr", "Apr 2021"),
            ("", "Sheet1", "reports/FY 2021-2022/scorecard.csv", None, "Jan Feb", "Jan 2022, Feb 2022"),
            // Months go on: through an academic year, into the next year, newest first.
            (
                "2021/22",
                "",
                "a.csv",
                None,
                "Sep Oct Mar Apr Jul",
                "Sep 2021, Oct 2021, Mar 2022, Apr 2022, Jul 2022",
            ),
            ("2021/22", "", "a.csv", None, "Jan Feb Mar Apr", "Jan 2022, Feb 2022, Mar 2022, Apr 2022"),
            ("2021/22", "", "a.csv", None, "Jun May Apr", "Jun 2021, May 2021, Apr 2021"),
            // A year alone is that of the first month.
            ("", "Sheet1", "KPI 2021.csv", None, "Apr May Jan", "Apr 2021, May 2021, Jan 2022"),
            ("Scorecard 2021", "Sheet1", "KPI.csv", None, "Feb Mar Apr", "Feb 2021, Mar 2021, Apr 2021"),
            ("", "Sheet1", "KPI 2021.csv", None, "Jan Q1 Feb", "Jan 2021, –, Feb 2021"),
            ("Working Together 2018", "Sheet1", "KPI.csv", None, "Apr May", "none"),
            ("Scorecard, ring 01234 2021", "Sheet1", "KPI.csv", None, "Apr May", "none"),
            (
                "Scorecard 2020",
                "Sheet1",
                "x 28.02.2022.csv",
                Some("2022-02-28"),
                "Apr May",
                "Apr 2020, May 2020",
            ),
            // What is filled lies before the day on which it was true.
            ("", "Sheet1", "KPI.csv", Some("2022-02-28"), "Apr May (Mar)", "Apr 2021, May 2021, Mar 2022"),
            (
                "As at 12 April 2022",
                "",
                "KPI.csv",
                Some("2022-04-12"),
                "Apr May Feb Mar",
                "Apr 2021, May 2021, Feb 2022, Mar 2022",
            ),
            (
                "",
                "",
                "KPI.csv",
                Some("2022-05-15"),
                "May Jun Mar Apr",
                "May 2021, Jun 2021, Mar 2022, Apr 2022",
            ),
            ("", "", "KPI.csv", Some("2021-12-31"), "Jan (Feb)", "Jan 2021, Feb 2021"),
            ("", "", "KPI.csv", Some("2022-02-28"), "Q1 Q2", "Q1 2021/22, Q2 2021/22"),
            // A day is no span of years, two years apart are none, months in no order are kept as they are.
            ("20/21/2024", "Sheet1", "KPI.csv", None, "Apr May", "none"),
            ("2019/21", "Sheet1", "KPI.csv", None, "Apr May", "none"),
            ("2021/22", "Sheet1", "KPI.csv", None, "Apr Jan May Feb Jun", "none"),
            ("2021/22", "Sheet1", "KPI.csv", None, "Target Apr-20", "none"),
            ("", "Sheet1", "KPI.csv", None, "Apr May", "none"),
        ] {
            assert_eq!(
                of(said, sheet, file, as_at, headings),
                expected,
                "{said}|{sheet}|{file}|{as_at:?}|{headings}"
            );
        }
    }
}
