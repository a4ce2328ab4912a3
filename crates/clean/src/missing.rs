//! What people write where they know nothing.

use crate::flaw::{Flaw, flaw};
use crate::fold::fold;

/// What a spreadsheet shows where a formula fails; `#N/A` is what people use for "not known".
const ERRORS: &[&str] = &[
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
];

/// Whether a text is an error of a spreadsheet.
pub(crate) fn is_error(text: &str) -> bool {
    text.starts_with('#') && ERRORS.contains(&text.trim())
}

/// What there is to say of an error: a value may have been lost.
pub(crate) fn of_error(text: &str) -> Option<Flaw> {
    let error = flaw!(
        "cell-error",
        "The cell shows an error of the spreadsheet in place of a value; it counts as empty.",
        "Mend the formula, or type the value in.",
    );
    is_error(text).then_some(error)
}

/// Marks that never carry meaning, not even in free text.
const MARKS: &[&str] = &[
    "n a",
    "na",
    "n k",
    "nk",
    "not applicable",
    "null",
    "nan",
    "ref",
    "value",
    "div 0",
    "num",
    "xx",
    "xxx",
    "xxxx",
];

/// Words that mean "nothing is known" wherever a value of some type was expected.
const WORDS: &[&str] = &[
    "blank",
    "missing",
    "nil",
    "no data",
    "no record",
    "none",
    "none recorded",
    "not available",
    "not given",
    "not held",
    "not known",
    "not on file",
    "not provided",
    "not recorded",
    "not stated",
    "not yet known",
    "unk",
    "unknown",
];

/// Text that stands for nothing in free text too: `-`, `N/A`, `#REF!`.
pub(crate) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    if !text.chars().any(char::is_alphanumeric) {
        // Ticks, crosses and arrows are statements; ASCII punctuation and dashes are not.
        return text
            .chars()
            .all(|c| c.is_ascii() || c.is_whitespace() || "–—−…·•¿\u{200b}\u{feff}".contains(c));
    }
    // No mark is longer; free text mostly is. Figures stand in none but an error's.
    if text.len() > 20 || has_figures(text) && !text.starts_with('#') {
        return false;
    }
    let folded = fold(text);
    let error = matches!(folded.as_str(), "ref" | "value" | "num" | "div 0");
    MARKS.contains(&folded.as_str()) && (!error || text.starts_with('#'))
}

/// Text that stands for nothing where a value of some type was expected.
pub(crate) fn is_missing(text: &str) -> bool {
    is_mark(text) || (text.len() <= 30 && !has_figures(text) && WORDS.contains(&fold(text).as_str()))
}

/// Text that says that the value will come: `TBC`. For a date or a yes/no that is an answer,
/// for a name or a sum it is none.
pub(crate) fn is_awaited(text: &str) -> bool {
    text.len() <= 30
        && !has_figures(text)
        && matches!(
            fold(text).as_str(),
            "tbc"
                | "tba"
                | "tbd"
                | "to be confirmed"
                | "to be advised"
                | "to be agreed"
                | "awaited"
                | "awaiting"
                | "pending"
                | "not yet"
                | "not named"
                | "not issued"
                | "not yet issued"
                | "to be issued"
                | "unallocated"
                | "to be allocated"
        )
}

/// A figure stays when a text is folded, and no word for nothing has one.
fn has_figures(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_marks_and_words() {
        for text in
            ["", "-", "--", "–", "?", "??", "...", "N/A", "n.a.", "NA", "n/k", "#N/A", "#REF!", "XXX", " - "]
        {
            assert!(is_mark(text), "{text}");
            assert!(is_missing(text), "{text}");
        }
        for text in ["None", "nil", "Not known", "UNKNOWN", "not recorded"] {
            assert!(!is_mark(text) && is_missing(text), "{text}");
        }
        for text in ["✓", "✗", "0", "no", "TBC", "value", "Naomi", "Unknown father", "日本"] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
