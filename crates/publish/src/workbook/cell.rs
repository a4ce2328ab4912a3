//! One cell of a sheet: text as text, days as dates, numbers as numbers.

use std::borrow::Cow;

use rust_xlsxwriter::{ExcelDateTime, Url, Worksheet, XlsxError};

use super::looks::Looks;
use crate::output::Look;
use crate::safe_text::{is_formula, visible};

/// Longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;

/// What a cut text ends with.
const CUT: &str = " … (cut)";

/// What a written cell asks of its column.
pub(super) struct Shape {
    /// Characters of its longest line.
    pub width: usize,
    /// Lines that it takes in a column of the widest width.
    pub lines: usize,
    /// Its text was longer than a cell can hold.
    pub cut: bool,
}

/// Writes a filled or an empty cell. Text longer than `cap` characters is wrapped. A cell
/// names a format only where it differs from its column's ([`Looks::column`]): looking one up
/// costs more than writing the cell.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    text: &str,
    look: Look,
    cap: usize,
    looks: &Looks,
) -> Result<Shape, XlsxError> {
    let narrow = |width| Ok(Shape { width, lines: 1, cut: false });
    if matches!(look, Look::Answer | Look::Comment) {
        match text {
            "" => sheet.write_blank(row, col, &looks.answer)?,
            _ => sheet.write_string_with_format(row, col, &*fit(&visible(text)), &looks.answer)?,
        };
        return narrow(0);
    }
    if text.is_empty() {
        return narrow(0);
    }
    let number = || text.parse::<f64>().ok().filter(|number| number.is_finite());
    let as_number = match look {
        Look::Date | Look::Span | Look::Value => serial(text).map(|day| (day, 10)),
        Look::Money => number().map(|pounds| (pounds, text.len() + 3)),
        Look::Number | Look::Whole | Look::Bits => number().map(|number| (number, text.len())),
        Look::Probability => number().map(|share| (share, text.len() + 1)),
        _ => None,
    };
    if let Some((number, width)) = as_number {
        match look {
            Look::Value => sheet.write_number_with_format(row, col, number, &looks.date)?,
            _ => sheet.write_number(row, col, number)?,
        };
        return narrow(width);
    }
    let shown = match look {
        Look::Name => Cow::Owned(capital(&text.replace('_', " "))),
        Look::YesNo | Look::Severity => Cow::Owned(capital(text)),
        _ => Cow::Borrowed(text),
    };
    if let (Look::Rag | Look::Severity, Some(colour)) = (look, looks.colour(&shown)) {
        sheet.write_string_with_format(row, col, &*shown, colour)?;
        return narrow(shown.len());
    }
    write_text(sheet, (row, col), &shown, cap, looks)
}

/// Writes the name of a file, as a link where there is one.
pub(super) fn write_file(
    sheet: &mut Worksheet,
    at: (u32, u16),
    text: &str,
    link: Option<Url>,
    cap: usize,
    looks: &Looks,
) -> Result<Shape, XlsxError> {
    let Some(link) = link.filter(|_| fits(text) && !is_formula(text)) else {
        return write(sheet, at, text, Look::Text, cap, looks);
    };
    let text = &*visible(text);
    sheet.write_url_with_format(at.0, at.1, link.set_text(text), &looks.link_in_row)?;
    let (width, lines) = extent(text, cap);
    Ok(Shape { width, lines, cut: false })
}

pub(super) fn write_text(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    text: &str,
    cap: usize,
    looks: &Looks,
) -> Result<Shape, XlsxError> {
    let text = &*visible(text);
    let (width, lines) = extent(text, cap);
    let fitting = fit(text);
    let cut = matches!(fitting, Cow::Owned(_));
    let format = if lines > 1 { &looks.wrapped } else { &looks.text };
    if is_formula(text) {
        // Stays text even if somebody edits the cell.
        sheet.write_string_with_format(row, col, &*fitting, &format.clone().set_quote_prefix())?;
    } else if lines > 1 {
        sheet.write_string_with_format(row, col, &*fitting, format)?;
    } else {
        sheet.write_string(row, col, &*fitting)?;
    }
    Ok(Shape { width, lines, cut })
}

/// Characters of the longest line of a text, and the lines that it takes in a column of `cap` characters.
pub(super) fn extent(text: &str, cap: usize) -> (usize, usize) {
    let lengths = text.lines().map(|line| line.chars().count());
    lengths.fold((0, 0), |(width, lines), length| (width.max(length), lines + wrapped_lines(length, cap)))
}

/// Whether a cell can hold the text.
pub(super) fn fits(text: &str) -> bool {
    matches!(fit(text), Cow::Borrowed(_))
}

/// Lines that a text of this length takes in a column of `cap` characters. Words are not
/// broken, so a wrapped line holds a tenth less on average.
pub(super) fn wrapped_lines(length: usize, cap: usize) -> usize {
    if length <= cap { 1 } else { (length * 11).div_ceil(cap * 10) }
}

/// The text, cut where it is longer than a cell can hold.
pub(super) fn fit(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut left = LONGEST - CUT.encode_utf16().count();
    let end = text.char_indices().find_map(|(i, c)| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            None
        }
        None => Some(i),
    });
    Cow::Owned(format!("{}{CUT}", &text[..end.unwrap_or(text.len())]))
}

/// The number that stands for an ISO day in a workbook; `None` if the text is no day, or one
/// before 1900 that a workbook can't hold.
fn serial(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let part = |range: std::ops::Range<usize>| {
        let digits = &bytes[range];
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0u16, |n, digit| n * 10 + u16::from(digit - b'0')))
    };
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let date = ExcelDateTime::from_ymd(year, month as u8, day as u8).ok()?;
    // A workbook counts a 29 February 1900 that never was; before it the days are off by one.
    ((year, month) >= (1900, 3)).then(|| date.to_excel())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn iso_days_become_dates_and_all_else_does_not() {
        for (text, expected) in [
            ("1900-03-01", Some(61.0)),
            ("2021-08-24", Some(44432.0)),
            ("2021-02-30", None),
            ("1899-12-31", None),
            ("1900-02-28", None),
            ("24/08/2021", None),
            ("2021-08-24T10:30", None),
            ("2021-08-2x", None),
            ("éééé-é", None),
            ("", None),
        ] {
            assert_eq!(serial(text), expected, "{text}");
        }
    }

    #[test]
    fn long_text_is_cut_to_what_a_cell_holds() {
        for (text, cut) in [
            ("a".repeat(LONGEST), false),
            ("a".repeat(LONGEST + 1), true),
            ("é".repeat(LONGEST), false),
            ("😀".repeat(LONGEST / 2), false),
            ("😀".repeat(LONGEST / 2 + 1), true),
        ] {
            let fitting = fit(&text);
            assert!(fitting.encode_utf16().count() <= LONGEST);
            assert_eq!(fitting.ends_with(CUT), cut);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,12}") {
            serial(&text);
            capital(&text);
        }
    }
}
