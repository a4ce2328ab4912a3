//! What is doubtful about a cell, in words that never repeat the cell.

use collate_model::Severity;

/// A short fixed word, a sentence, and what to do.
pub(crate) type Flaw = &'static collate_model::Flaw;

/// A flaw: its words are kept once, however many cells have it.
macro_rules! flaw {
    ($code:expr, $what:expr, $todo:expr $(,)?) => {
        &collate_model::Flaw { code: $code, what: $what, todo: $todo }
    };
}
pub(crate) use flaw;

/// Flaws that cost nothing: the value was read, and only the manner is worth knowing.
const HARMLESS: &[&str] = &[
    "date-with-words",
    "date-quarter-assumed",
    "money-about",
    "money-with-words",
    "number-with-words",
    "rag-two",
    "rag-white",
    "yes-no-cross",
];

/// How much a flaw matters.
pub(crate) fn severity(code: &str) -> Severity {
    if HARMLESS.contains(&code) { Severity::Info } else { Severity::Warning }
}
