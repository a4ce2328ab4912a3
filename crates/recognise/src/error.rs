//! What can be wrong with a file that describes tracker kinds, or with the overrides of a run.

use std::fmt;

/// One thing wrong in a kind's file: where, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindError {
    /// The file's name.
    pub file: String,
    /// The key, or the line where the file is no TOML.
    pub key: String,
    /// What was expected.
    pub expected: String,
}

impl KindError {
    pub(crate) fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
        KindError { file: file.to_owned(), key: format!("line {line}"), expected: error.message().to_owned() }
    }
}

impl fmt::Display for KindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: expected {}", self.file, self.key, self.expected)
    }
}

impl std::error::Error for KindError {}
