//! Free text: white space tidied, line breaks kept.

use std::borrow::Cow;

use collate_model::Value;

use crate::missing;

/// Free text; only bare marks such as `-` and `N/A` mean that there is none.
pub(crate) fn clean(text: &str) -> Value {
    if missing::is_mark(text) { Value::Missing } else { Value::Text(tidied(text).into()) }
}

/// As [`tidy`], for a text that is only looked at: nearly every text is tidy.
pub(crate) fn tidied(text: &str) -> Cow<'_, str> {
    if is_tidy(text) { Cow::Borrowed(text) } else { Cow::Owned(tidy(text)) }
}

/// Only visible ASCII characters with single spaces between them.
fn is_tidy(text: &str) -> bool {
    let mut before = b' ';
    let tidy = text.bytes().all(|byte| {
        let fits = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        fits
    });
    tidy && !text.ends_with(' ')
}

/// Runs of white space become one space, or one line break where the run holds one;
/// invisible characters go.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap: Option<char> = None;
    for c in text.chars() {
        if c == '\n' || c == '\r' || c == '\u{2028}' || c == '\u{2029}' {
            gap = Some('\n');
        } else if c.is_whitespace() {
            gap = gap.or(Some(' '));
        } else if c.is_control() || is_invisible(c) {
        } else {
            if let Some(gap) = gap.take().filter(|_| !out.is_empty()) {
                out.push(gap);
            }
            out.push(c);
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tidies() {
        for (text, tidied) in [
            (" a \t b\u{a0}c ", "a b c"),
            ("one \r\n\r\n two", "one\ntwo"),
            ("zero\u{200b}width", "zerowidth"),
            ("\u{200b}", ""),
        ] {
            assert_eq!(tidy(text), tidied);
        }
        assert_eq!(clean("None outstanding"), Value::Text("None outstanding".into()));
        assert_eq!(clean("None"), Value::Text("None".into()));
        assert_eq!(clean("n/a"), Value::Missing);
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "(.|\n){0,30}|[ a~]{0,8}") {
            let once = tidy(&text);
            prop_assert_eq!(&*tidied(&text), once.as_str());
            prop_assert_eq!(tidy(&once), once);
        }
    }
}
