//! Two texts that stand next to each other: the words of each that the other has not are marked.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::cell::{self, Shape};
use super::looks::Looks;
use crate::output::NOTHING;
use crate::safe_text::{is_formula, visible};

/// Writes the text; what differs from the other is bold and red.
pub(super) fn write(
    sheet: &mut Worksheet,
    at: (u32, u16),
    (text, other): (&str, &str),
    cap: usize,
    looks: &Looks,
) -> Result<Shape, XlsxError> {
    let (text, other) = (&*visible(text), &*visible(other));
    let parts = parts(text, other);
    let is_plain = parts.iter().all(|(_, unlike)| !unlike);
    // A text that is too long, or that a spreadsheet would run, is written like any other.
    if is_plain || !cell::fits(text) || is_formula(text) {
        return cell::write_text(sheet, at, text, cap, looks);
    }
    let look = |unlike: bool| if unlike { &looks.unlike } else { &looks.alike };
    let rich: Vec<(&Format, &str)> = parts.iter().map(|(part, unlike)| (look(*unlike), *part)).collect();
    sheet.write_rich_string_with_format(at.0, at.1, &rich, &looks.wrapped)?;
    let (width, lines) = cell::extent(text, cap);
    Ok(Shape { width, lines, cut: false })
}

/// The text in pieces, each with whether the other's same line has nothing like it.
fn parts<'t>(text: &'t str, other: &str) -> Vec<(&'t str, bool)> {
    let mut parts: Vec<(usize, usize, bool)> = Vec::new();
    let mut others = other.lines();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let beside = others.next().unwrap_or_default();
        let comparable =
            [line, beside].iter().all(|line| !line.trim_end().ends_with(NOTHING) && !line.is_empty());
        let known: Vec<String> = beside.split_whitespace().map(folded).collect();
        let mut at = start;
        for piece in line.split_inclusive(char::is_whitespace) {
            let word = folded(piece);
            let unlike = comparable && !word.is_empty() && !known.contains(&word);
            let end = at + piece.len();
            match parts.last_mut() {
                Some(last) if last.2 == unlike => last.1 = end,
                _ => parts.push((at, end, unlike)),
            }
            at = end;
        }
        start += line.len();
    }
    parts.into_iter().map(|(from, to, unlike)| (&text[from..to], unlike)).collect()
}

/// A word as it is compared: commas and capitals make no difference.
fn folded(word: &str) -> String {
    word.trim().trim_matches([',', ';']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_other_has_not_are_marked() {
        for (text, other, unlike) in [
            ("Price, Ava, born 2014-05-01", "Price, Eva, born 2014-05-01", vec!["Ava, "]),
            ("PRICE, Ava", "Ava Price", vec![]),
            ("Price\nNHS number: 943", "Price\nNHS number: 944", vec!["943"]),
            ("Price\nNHS number: 943", "Price\nNHS number: –", vec![]),
            ("Price\nNHS number: –", "Price\nNHS number: 943", vec![]),
            ("Price\nmore", "Price", vec![]),
            ("", "Price", vec![]),
        ] {
            let parts = parts(text, other);
            assert_eq!(parts.iter().map(|(part, _)| *part).collect::<String>(), text);
            let marked: Vec<&str> =
                parts.iter().filter(|(_, unlike)| *unlike).map(|(part, _)| *part).collect();
            assert_eq!(marked, unlike, "{text:?} beside {other:?}");
        }
    }
}
