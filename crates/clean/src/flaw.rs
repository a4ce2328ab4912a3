//! What is doubtful about a cell, in words that never repeat the cell.

use collate_model::Severity;

/// A short fixed word, a sentence, and what to do.
pub(crate) type Flaw = (&'static str, String, String);

/// A flaw.
pub(crate) fn flaw(code: &'static str, what: &str, todo: &str) -> Flaw {
    (code, what.to_owned(), todo.to_owned())
}

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
