//! UK postcodes: `AB1 2CD`, or the first half alone where that is all that is given.

use collate_model::Value;

use crate::flaw::{Flaw, flaw};
use crate::fold::fold;

/// A postcode in upper case with one space. A confidential address has none.
pub(crate) fn clean(text: &str) -> (Value, Option<Flaw>) {
    // No postcode is a word alone, so what holds a figure is not looked up.
    let word = !text.bytes().any(|byte| byte.is_ascii_digit());
    if word
        && matches!(
            fold(text).as_str(),
            "con" | "conf" | "confidential" | "withheld" | "nfa" | "no fixed abode"
        )
    {
        return (Value::Missing, None);
    }
    if let Some(postcode) = normal(text) {
        return (Value::Refs([postcode.into()].into()), None);
    }
    // An address in the column: its last words may be the postcode.
    let words: Vec<&str> =
        text.split([' ', ',', '\n', '\t', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let tail = |count: usize| words.len().checked_sub(count).map(|from| words[from..].concat());
    let found =
        [tail(2), tail(1)].into_iter().flatten().find_map(|tail| normal(&tail).filter(|p| p.contains(' ')));
    match found {
        Some(postcode) => (Value::Refs([postcode.into()].into()), None),
        None => {
            let doubt = flaw!(
                "postcode-unreadable",
                "A UK postcode was expected.",
                "Check the postcode: letters O and I are often typed for 0 and 1.",
            );
            (Value::Unreadable, Some(doubt))
        }
    }
}

fn normal(text: &str) -> Option<String> {
    let mut text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.make_ascii_uppercase();
    if !text.is_ascii() {
        return None;
    }
    let half = text.len().checked_sub(3)?;
    let (outward, inward) = text.split_at(half);
    if is_outward(outward) && is_inward(inward) || text == "GIR0AA" {
        return Some(format!("{outward} {inward}"));
    }
    is_outward(&text).then_some(text)
}

fn is_outward(text: &str) -> bool {
    let area = |b: u8| b.is_ascii_uppercase() && !b"QVX".contains(&b);
    let second = |b: u8| b.is_ascii_uppercase() && !b"IJZ".contains(&b);
    let digit = |b: u8| b.is_ascii_digit();
    match *text.as_bytes() {
        [a, b] => area(a) && digit(b),
        [a, b, c] => {
            area(a) && (digit(b) && (digit(c) || b"ABCDEFGHJKPSTUW".contains(&c)) || second(b) && digit(c))
        }
        [a, b, c, d] => area(a) && second(b) && digit(c) && (digit(d) || b"ABEHMNPRVWXY".contains(&d)),
        _ => false,
    }
}

fn is_inward(text: &str) -> bool {
    let unit = |b: u8| b.is_ascii_uppercase() && !b"CIKMOV".contains(&b);
    matches!(*text.as_bytes(), [a, b, c] if a.is_ascii_digit() && unit(b) && unit(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads() {
        for (text, postcode) in [
            ("le1 1aa", "LE1 1AA"),
            ("LE11AA", "LE1 1AA"),
            ("sw1a  2aa", "SW1A 2AA"),
            ("W1A 0AX", "W1A 0AX"),
            ("M1 1AE", "M1 1AE"),
            ("EC1Y8SY", "EC1Y 8SY"),
            ("GIR 0AA", "GIR 0AA"),
            ("AB1", "AB1"),
            ("1 High Street, Leicester LE1 1AA", "LE1 1AA"),
            ("1 High Street\nLE11AA", "LE1 1AA"),
        ] {
            assert_eq!(clean(text), (Value::Refs([postcode.into()].into()), None), "{text}");
        }
        assert_eq!(clean("CON"), (Value::Missing, None));
        for text in ["QE1 1AA", "LE1 1CA", "LE1 1A", "Leicester", "12", "é"] {
            assert_eq!(clean(text).1.map(|f| f.code), Some("postcode-unreadable"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_cleaning_twice_changes_nothing(text in "[A-Za-z0-9 é]{0,9}|.{0,12}") {
            if let (Value::Refs(refs), None) = clean(&text) {
                prop_assert_eq!(clean(&refs[0]).0, Value::Refs(refs));
            }
        }
    }
}
