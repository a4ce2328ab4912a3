//! References that are kept as text, identifiers of children within one authority, and the
//! names of officials.

use std::borrow::Cow;

use collate_model::{SmolStr, Value};

use crate::flaw::{Flaw, flaw};
use crate::missing;
use crate::text::tidied;

/// No authority's identifier is longer; what is longer is a sentence.
const LONGEST_ID: usize = 30;

/// An opaque reference: as written, on one line.
pub(crate) fn clean(text: &str) -> Value {
    if missing::is_awaited(text) {
        return Value::Missing;
    }
    let tidied = on_one_line(text, " ");
    Value::Refs([without_decimals(&tidied).into()].into())
}

/// An official: as written, on one line.
pub(crate) fn official(text: &str) -> Value {
    if missing::is_awaited(text) { Value::Missing } else { Value::Text(on_one_line(text, ", ").into()) }
}

/// Tidied, with this for line breaks.
fn on_one_line<'a>(text: &'a str, joint: &str) -> Cow<'a, str> {
    let tidied = tidied(text);
    if tidied.contains('\n') { Cow::Owned(tidied.replace('\n', joint)) } else { tidied }
}

/// Digits of a number that stands beside others with a slash between them.
const LIST: usize = 5;

/// Identifiers of children: upper case, without spaces and the `.0` that a spreadsheet adds;
/// leading zeros stay.
pub(crate) fn clean_child_id(text: &str) -> (Value, Option<Flaw>) {
    if missing::is_awaited(text) {
        return (Value::Missing, None);
    }
    let mut ids: Vec<SmolStr> = Vec::new();
    let tidied = tidied(text);
    // `774500/774501` are two numbers, `12/345` is one.
    let numbers = |part: &str| part.trim().len() >= LIST && part.trim().bytes().all(|b| b.is_ascii_digit());
    let slash = tidied.contains('/') && tidied.split('/').all(numbers);
    for part in tidied.split(|c| matches!(c, '\n' | ';' | ',' | '&') || slash && c == '/') {
        let squeezed: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        let id = without_decimals(&squeezed).to_uppercase();
        let mangled = id.contains("E+") && id.contains('.');
        // Initials and surnames are of many children.
        let is_none = !id.is_empty() && !id.chars().any(|c| c.is_ascii_digit());
        let sentence = id.len() > LONGEST_ID || is_none;
        if mangled || sentence {
            let doubt = flaw!(
                "child-id-unreadable",
                "A child's identifier was expected, and the cell holds something else or a rounded number.",
                "Format the column as text and copy the identifier from the case system.",
            );
            return (Value::Unreadable, Some(doubt));
        }
        if !id.is_empty() && !ids.iter().any(|other| **other == *id) {
            ids.push(id.into());
        }
    }
    (if ids.is_empty() { Value::Missing } else { Value::Refs(ids.into()) }, None)
}

/// `12345.0` without its decimals.
fn without_decimals(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, decimals))
            if !whole.is_empty()
                && !decimals.is_empty()
                && whole.bytes().all(|b| b.is_ascii_digit())
                && decimals.bytes().all(|b| b == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_child_ids() {
        for (text, ids) in [
            ("0012345", &["0012345"][..]),
            ("12345.0", &["12345"]),
            (" ab 123 ", &["AB123"]),
            ("123_BAD", &["123_BAD"]),
            ("123; 456", &["123", "456"]),
            ("123\n123", &["123"]),
            ("12.5", &["12.5"]),
            ("774500/774501", &["774500", "774501"]),
            ("774520 / 774521", &["774520", "774521"]),
            ("12/345", &["12/345"]),
        ] {
            let expected = Value::Refs(ids.iter().map(|id| SmolStr::from(*id)).collect());
            assert_eq!(clean_child_id(text), (expected, None), "{text}");
        }
        for text in [
            "1.23E+09",
            "see other sheet",
            "KB",
            "SMITH",
            "774500; SMITH",
            "ask the social worker for this 1234567890",
        ] {
            assert_eq!(clean_child_id(text).1.map(|f| f.code), Some("child-id-unreadable"), "{text}");
        }
    }

    #[test]
    fn references_stay_as_written() {
        assert_eq!(clean("ab/12 \n 3"), Value::Refs(["ab/12 3".into()].into()));
        assert_eq!(clean("1234.0"), Value::Refs(["1234".into()].into()));
        assert_eq!(official(" Ann  Lee\nlocum"), Value::Text("Ann Lee, locum".into()));
        assert_eq!(official("TBC"), Value::Missing);
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in ".{0,20}") {
            if let (Value::Refs(ids), _) = clean_child_id(&text) {
                for id in ids.iter() {
                    prop_assert_eq!(clean_child_id(id).0, Value::Refs([id.clone()].into()));
                }
            }
        }
    }
}
