//! The year of months and quarters that name none: `Apr`, `May` across a scorecard of 2021/22.

use collate_model::{Date, Sheet};

use crate::as_at;

/// Years that a tracker may be of.
const YEARS: std::ops::Range<i16> = 1990..2100;

/// The twelve months that headings without a year are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// From April of that year to March of the next.
    Financial(i16),
    /// From January to December.
    Calendar(i16),
}

/// A heading that is a month or a quarter, and nothing else.
enum Part {
    Month(i8),
    Quarter,
}

impl Part {
    fn of(heading: &str) -> Option<Self> {
        let heading = heading.trim().trim_end_matches('.');
        let number = heading.to_lowercase();
        let number = ["quarter", "qtr", "q"].iter().find_map(|word| number.strip_prefix(word));
        match number.map(str::trim) {
            Some("1" | "2" | "3" | "4") => Some(Part::Quarter),
            _ => as_at::month(heading).map(Part::Month),
        }
    }
}

impl Year {
    /// The year that a sheet says of itself, for months that follow each other like this: in the lines
    /// above, its name, its file's name or its folders', or else that of the day on which it was true.
    pub fn of(said: &[String], sheet: &Sheet, as_at: Option<Date>, headings: &[&str]) -> Option<Self> {
        let parts: Vec<Part> = headings.iter().filter_map(|heading| Part::of(heading)).collect();
        let first = parts.first()?;
        let from_january = matches!(first, Part::Month(1));
        let texts = || said.iter().map(String::as_str).chain([&*sheet.name]).chain(sheet.file.rsplit('/'));
        let of_year = |year| if from_january { Year::Calendar(year) } else { Year::Financial(year) };
        let whole = || texts().find_map(alone).map(of_year);
        let dated = || {
            let day = as_at?;
            let before_april = day.month() < 4 && !from_january;
            Some(of_year(day.year() - i16::from(before_april)))
        };
        texts().find_map(financial).map(Year::Financial).or_else(dated).or_else(whole)
    }

    /// The heading with its year, where it is a month or quarter without one.
    pub fn whole(self, heading: &str) -> Option<String> {
        let heading = heading.trim().trim_end_matches('.');
        Some(match (Part::of(heading)?, self) {
            (Part::Month(month), Year::Financial(year)) => {
                format!("{heading} {}", year + i16::from(month < 4))
            }
            (Part::Month(_), Year::Calendar(year)) => format!("{heading} {year}"),
            (Part::Quarter, Year::Financial(year)) => format!("{heading} {}", span(year)),
            (Part::Quarter, Year::Calendar(year)) => format!("{heading} {year}"),
        })
    }
}

impl std::fmt::Display for Year {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Year::Financial(year) => f.write_str(&span(*year)),
            Year::Calendar(year) => write!(f, "{year}"),
        }
    }
}

/// `2021/22`.
fn span(year: i16) -> String {
    format!("{year}/{:02}", (year + 1) % 100)
}

/// The first year of `2021/22`, `2021-2022`, `21/22` or `2021 to 2022` in a text.
fn financial(text: &str) -> Option<i16> {
    let parts = numbers(text);
    (0..parts.len().saturating_sub(1)).find_map(|i| {
        let ((first, joined), (second, _)) = (parts[i], parts[i + 1]);
        let follows = parts.get(i + 2).is_some() && parts[i + 1].1 || i > 0 && parts[i - 1].1;
        if !joined || follows {
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

/// A year that stands alone in a text.
fn alone(text: &str) -> Option<i16> {
    let parts = numbers(text);
    (0..parts.len()).find_map(|i| {
        let (number, joined) = parts[i];
        let free = !joined && (i == 0 || !parts[i - 1].1);
        let year = number.parse().ok().filter(|year| YEARS.contains(year))?;
        (free && number.len() == 4).then_some(year)
    })
}

/// The numbers of a text, and whether each is joined to the next: `/`, a dash or `to` between them.
fn numbers(text: &str) -> Vec<(&str, bool)> {
    let mut numbers: Vec<(&str, bool)> = Vec::new();
    let mut rest = text;
    let mut between = String::new();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        between.push_str(&rest[..start]);
        let number = &rest[start..];
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        if let Some((_, joined)) = numbers.last_mut() {
            *joined = matches!(between.trim(), "/" | "-" | "–" | "to");
        }
        between.clear();
        numbers.push((&number[..end], false));
        rest = &number[end..];
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(said: &str, sheet: &str, file: &str, as_at: Option<&str>, headings: &[&str]) -> Option<Year> {
        let mut of = Sheet::default();
        (of.name, of.file) = (sheet.into(), file.into());
        Year::of(&[said.to_owned()], &of, as_at.map(|day| day.parse().unwrap()), headings)
    }

    #[test]
    fn the_year_is_where_the_sheet_says_it() {
        use Year::{Calendar, Financial};
        let april = &["Apr", "May"][..];
        for (said, sheet, file, as_at, headings, expected) in [
            ("Scorecard 2021/22", "", "a.csv", None, april, Some(Financial(2021))),
            ("Scorecard 2021 to 2022", "", "a.csv", None, april, Some(Financial(2021))),
            ("", "21-22", "a.csv", None, april, Some(Financial(2021))),
            ("", "Sheet1", "reports/FY 2021-2022/scorecard.csv", None, april, Some(Financial(2021))),
            ("", "Sheet1", "KPI 2021.csv", None, april, Some(Financial(2021))),
            ("", "Sheet1", "KPI 2021.csv", None, &["Jan", "Feb"], Some(Calendar(2021))),
            ("", "Sheet1", "KPI.csv", Some("2022-02-28"), &["Apr"], Some(Financial(2021))),
            ("", "Sheet1", "KPI.csv", Some("2021-12-31"), &["Q1"], Some(Financial(2021))),
            ("", "Sheet1", "KPI.csv", Some("2021-12-31"), &["January"], Some(Calendar(2021))),
            // A day is no span of years, two years apart are none, and who names no month is not asked.
            ("31/05/2021", "Sheet1", "KPI.csv", None, april, None),
            ("20/21/2024", "Sheet1", "KPI.csv", None, april, None),
            ("2019/21", "Sheet1", "KPI.csv", None, april, None),
            ("2021/22", "Sheet1", "KPI.csv", None, &["Target"], None),
            ("", "Sheet1", "KPI.csv", None, april, None),
        ] {
            assert_eq!(of(said, sheet, file, as_at, headings), expected, "{said}|{sheet}|{file}|{as_at:?}");
        }
    }

    #[test]
    fn months_and_quarters_get_their_year() {
        for (year, heading, expected) in [
            (Year::Financial(2021), "Apr", Some("Apr 2021")),
            (Year::Financial(2021), "Mar.", Some("Mar 2022")),
            (Year::Financial(2021), "Q3", Some("Q3 2021/22")),
            (Year::Financial(2021), "Quarter 4", Some("Quarter 4 2021/22")),
            (Year::Calendar(2021), "March", Some("March 2021")),
            (Year::Financial(2021), "Apr-20", None),
            (Year::Financial(2021), "Target", None),
        ] {
            assert_eq!(year.whole(heading).as_deref(), expected, "{heading}");
        }
        assert_eq!(
            (Year::Financial(2099).to_string(), Year::Calendar(2021).to_string()),
            ("2099/00".into(), "2021".into())
        );
    }
}
