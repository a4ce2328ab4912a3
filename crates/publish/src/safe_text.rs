//! Text that a spreadsheet would run as a formula, made harmless.
//!
//! A csv file does not say which cells are text, so a spreadsheet takes a cell that starts
//! with one of a few characters for a formula. Such text gets an apostrophe in front, which
//! spreadsheets read as "this is text". Taking one leading apostrophe away from text that is
//! then dangerous gives the original back.

use std::borrow::Cow;

/// The text, with an apostrophe in front if a spreadsheet would run it.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A spreadsheet would, or might, run this text: it starts with `=`, `+`, `-`, `@`, a tab or
/// a line break, after any spaces and quotes, and is no plain number.
pub(crate) fn is_formula(text: &str) -> bool {
    // Nearly every cell starts with a letter or a digit.
    if text.bytes().next().is_none_or(|first| first.is_ascii_alphanumeric()) {
        return false;
    }
    for c in text.chars() {
        match c {
            '\t' | '\r' | '\n' => return true,
            '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' => return !is_plain_number(text.trim()),
            '\'' | '"' | '‘' | '’' | '“' | '”' | '\u{feff}' | '\u{200b}' => {}
            c if c.is_whitespace() || c.is_control() => {}
            _ => return false,
        }
    }
    false
}

/// `-12.50`, `+7`.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "=HYPERLINK(\"http://example.org\")",
            "+44 7700 900123",
            "-",
            "- see below",
            "-1+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\tx",
            "\r=1",
            "\nx",
            "  =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\"=1",
            "'=1",
            "“=1",
            " ' \" @x",
            "＝1+1",
            "-1,5",
            "'-5",
            "-.5",
            "-5.",
            "--5",
        ] {
            assert_eq!(safe(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn harmless_text_stays_as_it_is() {
        for text in [
            "",
            " ",
            "'",
            "-12.50",
            "+7",
            " -3 ",
            "2021-08-24",
            "Smith-Jones",
            "O'Neill",
            "'hello",
            "a=b",
            "£5",
            "(=1)",
            "\u{200b}",
            "émile",
        ] {
            assert_eq!(safe(text), text);
        }
    }

    proptest! {
        #[test]
        fn the_original_can_be_told(text in "[ '\"=+@\t\ra1.-]{0,8}|\\PC{0,12}") {
            let published = safe(&text).into_owned();
            let starts_like_a_formula = published.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
            prop_assert!(!starts_like_a_formula || is_plain_number(&published));
            let original = match published.strip_prefix('\'') {
                Some(rest) if is_formula(rest) => rest,
                _ => &published,
            };
            prop_assert_eq!(original, text.as_str());
        }
    }
}
