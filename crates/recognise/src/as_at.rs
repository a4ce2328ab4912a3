//! The day on which a tracker was true, from its title, its sheet's name or its file's name.

use collate_model::{Date, Sheet};

/// The date of a sheet: first what the titles above a table say, then the sheet's name,
/// then the file's, then the folders it lies in.
pub(crate) fn of_sheet(sheet: &Sheet, titles: &[String]) -> Option<Date> {
    let said = titles.iter().filter(|title| says_as_at(title)).find_map(|title| date_in(title));
    let written = || titles.iter().find_map(|title| date_in(title));
    let named = || date_in(&sheet.name).or_else(|| short(&sheet.name));
    let filed = || sheet.file.rsplit('/').find_map(|part| date_in(part).or_else(|| short(part)));
    said.or_else(written).or_else(named).or_else(filed)
}

/// Whether a title says that what follows is a date of its contents.
pub(crate) fn says_as_at(text: &str) -> bool {
    let lower = text.to_lowercase();
    const SAYINGS: &[&str] =
        &["as at", "as of", "updated", "correct at", "correct as", "position at", "position on", "up to"];
    SAYINGS.iter().any(|saying| lower.contains(saying))
}

/// Whether a line has nothing to say but its date.
pub(crate) fn only_as_at(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["as at", "as of", "updated", "last updated", "position at", "position as at", "correct as at", "date:"]
        .iter()
        .any(|start| lower.starts_with(start))
}

/// The first date in a text. A month alone (`Sept 2021`) stands for its last day,
/// since that is when a month's report is true.
pub(crate) fn date_in(text: &str) -> Option<Date> {
    let parts = parts(text);
    (0..parts.len()).find_map(|i| {
        let part = |k: usize| parts.get(i + k).map_or("", |part| part.as_str());
        // A number that follows letters or digits without a gap belongs to a reference.
        let ymd = || if part(0).len() == 4 { date(part(0), part(1), part(2)) } else { None };
        let dmy = || date(part(2), part(1), part(0));
        let mdy = || month(part(0)).and_then(|_| date(part(2), part(0), part(1)));
        let packed = || packed(part(0));
        let of_month = || {
            let first = date(part(1), part(0), "1")?;
            month(part(0)).map(|_| first.last_of_month())
        };
        ymd().or_else(dmy).or_else(mdy).or_else(packed).or_else(of_month)
    })
}

/// Number of a month by its name or the start of it. Cells of dates are read more generously, with
/// a slip of the pen; among headings `Match` is no March.
pub(crate) fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = if word.eq_ignore_ascii_case("sept") { "sep" } else { word };
    let is = |name: &str| word.eq_ignore_ascii_case(name) || word.eq_ignore_ascii_case(&name[..3]);
    let at = NAMES.iter().position(|name| is(name))?;
    i8::try_from(at + 1).ok()
}

/// Runs of digits and runs of letters; ordinal endings and `of` are left out.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let (mut last, mut version) = (' ', false);
    for c in text.chars() {
        // `v3 - Nov 2025` is the third version, of November.
        let begins = c.is_ascii_digit() && parts.last().is_some_and(|part| part.eq_ignore_ascii_case("v"));
        if begins && last.eq_ignore_ascii_case(&'v') || version && c.is_ascii_digit() {
            version = true;
            last = c;
            continue;
        }
        version = false;
        let same =
            (c.is_ascii_digit() && last.is_ascii_digit()) || (c.is_alphabetic() && last.is_alphabetic());
        match parts.last_mut() {
            Some(part) if same => part.push(c),
            _ if c.is_ascii_digit() || c.is_alphabetic() => parts.push(c.to_string()),
            _ => {}
        }
        last = c;
    }
    parts.retain(|part| !matches!(part.to_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "of"));
    parts
}

fn date(year: &str, month_text: &str, day: &str) -> Option<Date> {
    let number = |text: &str, longest: usize| -> Option<i16> {
        if text.is_empty() || text.len() > longest { None } else { text.parse().ok() }
    };
    let year = match (year.len(), number(year, 4)?) {
        (4, year) if (1990..2100).contains(&year) => year,
        (2, year) => 2000 + year,
        _ => return None,
    };
    let month = month(month_text).or_else(|| i8::try_from(number(month_text, 2)?).ok())?;
    Date::new(year, month, i8::try_from(number(day, 2)?).ok()?).ok()
}

/// `20210907`.
fn packed(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    date(&text[..4], &text[4..6], &text[6..]).or_else(|| date(&text[4..], &text[2..4], &text[..2]))
}

/// `060921` in a name: day, month, year, or the other way round. Only names have it:
/// in a title six digits may be anything.
fn short(text: &str) -> Option<Date> {
    let recent = |year: &str, month: &str, day: &str| {
        date(year, month, day).filter(|date| (2010..2040).contains(&date.year()))
    };
    parts(text).iter().filter(|part| part.len() == 6 && part.bytes().all(|b| b.is_ascii_digit())).find_map(
        |part| {
            recent(&part[4..], &part[2..4], &part[..2])
                .or_else(|| recent(&part[..2], &part[2..4], &part[4..]))
        },
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_in_titles_and_names() {
        for (text, expected) in [
            ("HRA claims as at 6 September 2021", Some(date(2021, 9, 6))),
            ("Position at 6th Sept 2021", Some(date(2021, 9, 6))),
            ("as at 06/09/2021", Some(date(2021, 9, 6))),
            ("as at 6.9.21", Some(date(2021, 9, 6))),
            ("HRA claims 2021-09-07.xlsx", Some(date(2021, 9, 7))),
            ("20210907_claims.csv", Some(date(2021, 9, 7))),
            ("Claims 07092021.csv", Some(date(2021, 9, 7))),
            ("Updated September 7, 2021", Some(date(2021, 9, 7))),
            ("Sept 2021", Some(date(2021, 9, 30))),
            ("Feb 2024", Some(date(2024, 2, 29))),
            ("Tracker 2021-22", None),
            ("LE21C00123", None),
            ("31/02/2021", None),
            ("Section 20 cases", None),
            ("S20 v2.xlsx", None),
            ("Improvement Plan - v3 - Nov 2025", Some(date(2025, 11, 30))),
            ("claims v12 6.9.21", Some(date(2021, 9, 6))),
            ("", None),
        ] {
            assert_eq!(date_in(text), expected, "{text}");
        }
    }

    #[test]
    fn titles_come_before_names() {
        let mut sheet = Sheet::default();
        sheet.file = "2021-08/claims 2021-09-07.xlsx".into();
        sheet.name = "Sheet1".into();
        let titles = ["Report of 1 May 2020".to_owned(), "Updated 2 May 2020".to_owned()];
        assert_eq!(of_sheet(&sheet, &titles), Some(date(2020, 5, 2)));
        assert_eq!(of_sheet(&sheet, &titles[..1]), Some(date(2020, 5, 1)));
        assert_eq!(of_sheet(&sheet, &[]), Some(date(2021, 9, 7)));
        for (file, expected) in [
            ("CMS export 060921.csv", Some(date(2021, 9, 6))),
            ("210906.csv", Some(date(2021, 9, 6))),
            ("123456.csv", None),
        ] {
            sheet.file = file.into();
            assert_eq!(of_sheet(&sheet, &[]), expected, "{file}");
        }
        sheet.name = "Oct 2021".into();
        assert_eq!(of_sheet(&sheet, &[]), Some(date(2021, 10, 31)));
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "\\PC{0,40}") {
            let _ = date_in(&text);
        }

        #[test]
        fn a_date_is_found_in_every_form(year in 2000i16..2040, month in 1i8..13, day in 1i8..29) {
            let expected = date(year, month, day);
            for text in [
                format!("as at {day}/{month}/{year}"),
                format!("x {day:02}.{month:02}.{:02} y", year - 2000),
                format!("{expected}"),
                format!("f_{year}{month:02}{day:02}.csv"),
            ] {
                prop_assert_eq!(date_in(&text), Some(expected));
            }
        }
    }
}
