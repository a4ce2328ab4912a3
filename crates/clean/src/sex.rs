//! Sex: `male`, `female`, `unborn`, `unknown`, from words, letters and both official codings
//! (1 and 2 of the looked-after children return, 0 to 2 and 9 of the children in need census).

use collate_model::Value;

use crate::flaw::{Flaw, flaw};
use crate::fold::fold;
use crate::missing;

/// A sex code.
pub(crate) fn clean(text: &str) -> (Value, Option<Flaw>) {
    let folded = fold(without_letter(text.strip_suffix(".0").unwrap_or(text)));
    let first = folded.split(' ').next().unwrap_or_default();
    let code = match (folded.as_str(), first) {
        ("unborn" | "not yet born", _) | (_, "0" | "unborn") => "unborn",
        (_, "m" | "1" | "male" | "boy" | "man" | "mal") => "male",
        (_, "f" | "2" | "female" | "girl" | "woman" | "fem") => "female",
        ("not known" | "not stated" | "indeterminate" | "not specified" | "other" | "non binary", _)
        | ("not stated recorded" | "not stated recorded or unborn" | "neither", _)
        | (_, "u" | "9" | "3" | "i" | "unknown" | "unk" | "nk") => "unknown",
        _ if missing::is_missing(text) => return (Value::Missing, None),
        _ => {
            let doubt = flaw!("sex-unknown", "Male, female or unknown was expected.", "Write M, F or U.");
            return (Value::Unreadable, Some(doubt));
        }
    };
    (Value::Codes([code.into()].into()), None)
}

/// The answer without the letter of a list before it: `a) Male`.
fn without_letter(text: &str) -> &str {
    let trimmed = text.trim().trim_start_matches('(');
    match trimmed.split_once(')') {
        Some((letter, rest)) if letter.chars().count() == 1 && !rest.trim().is_empty() => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, code) in [
            ("M", "male"),
            ("Female", "female"),
            ("1", "male"),
            ("2.0", "female"),
            ("1 - Male", "male"),
            ("a) Male", "male"),
            ("(b) Female", "female"),
            ("c) Not stated/recorded (or unborn)", "unknown"),
            ("0", "unborn"),
            ("Girl", "female"),
            ("U", "unknown"),
            ("Not known", "unknown"),
        ] {
            assert_eq!(clean(text), (Value::Codes([code.into()].into()), None), "{text}");
        }
        assert_eq!(clean("-"), (Value::Missing, None));
        assert_eq!(clean("12").1.map(|f| f.code), Some("sex-unknown"));
    }
}
