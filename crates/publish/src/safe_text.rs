//! Text that a spreadsheet would run as a formula, or that would steer a terminal, made harmless.
//!
//! Control characters, which names of files may hold too, become their pictures: escape is `␛`.
//! Tabs and line breaks are usual in cells and stay.
//!
//! A csv file does not say which cells are text, so a spreadsheet takes a cell that starts
//! with one of a few characters for a formula. Such text gets an apostrophe in front, which
//! spreadsheets read as "this is text". Taking one leading apostrophe away from text that is
//! then dangerous gives the original back.

use std::borrow::Cow;

/// The [`visible`] text, with an apostrophe in front if a spreadsheet would run it.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if is_formula(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// The text with pictures for its control characters but `\t`, `\n` and `\r\n`; those that have
/// no picture become `�`.
pub fn visible(text: &str) -> Cow<'_, str> {
    let stays = |(at, c): (usize, char)| match c {
        '\t' | '\n' => true,
        '\r' => text[at + 1..].starts_with('\n'),
        c => !c.is_control(),
    };
    if text.char_indices().all(stays) {
        return Cow::Borrowed(text);
    }
    let shown = |(at, c): (usize, char)| match c {
        c if stays((at, c)) => c,
        '\0'..'\u{20}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'),
        '\u{7f}' => '␡',
        _ => '�',
    };
    text.char_indices().map(shown).collect()
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
            "\r\n=1",
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
            "+1\t",
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

    #[test]
    fn control_characters_are_shown() {
        for (text, shown) in [
            ("a\u{1b}[2Jb.csv", "a␛[2Jb.csv"),
            ("\0\u{7}\u{7f}", "␀␇␡"),
            ("\u{85}\u{9b}", "��"),
            ("a\rb\r", "a␍b␍"),
            ("\r=1", "␍=1"),
            ("\u{1b}=1", "␛=1"),
            ("=\u{1b}", "'=␛"),
            ("a\tb\nc\r\nd", "a\tb\nc\r\nd"),
            ("é\u{1}é", "é␁é"),
        ] {
            assert_eq!(safe(text), shown, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn only_tabs_and_line_breaks_are_left(text in "(.|[\r\n\t\u{0}-\u{1f}]){0,12}") {
            let shown = safe(&text).replace("\r\n", "\n");
            prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            let once = visible(&text);
            prop_assert_eq!(visible(&once), once.as_ref());
        }

        #[test]
        fn the_original_can_be_told(text in "[ '\"=+@\t\na1.-]{0,8}|\\PC{0,12}") {
            let published = safe(&text).into_owned();
            let starts_like_a_formula = published.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
            prop_assert!(!starts_like_a_formula || is_plain_number(published.trim()));
            let original = match published.strip_prefix('\'') {
                Some(rest) if is_formula(rest) => rest,
                _ => &published,
            };
            prop_assert_eq!(original, text.as_str());
        }
    }
}
