//! How much a file may ask for before it is refused: the wall between a damaged or hostile
//! file and the machine's memory.

use collate_model::{Note, Severity};
use serde::{Deserialize, Serialize};

/// What one input file may need. A file that asks for more is refused with a note that
/// names the limit and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Size of the file on disk, in bytes.
    pub file_bytes: u64,
    /// What a workbook may unpack to, and what the text of one sheet may come to, in bytes.
    pub inflated_bytes: u64,
    /// Number of parts in a workbook's zip package.
    pub entries: usize,
    /// Number of sheets of a workbook.
    pub sheets: usize,
    /// Cells of one sheet's filled rectangle: filled rows times filled columns.
    pub cells: u64,
    /// Memory of the process that reads a workbook, in bytes.
    pub memory_bytes: u64,
    /// Time that reading a workbook may take, in seconds.
    pub seconds: u64,
}

impl Default for Limits {
    /// 512 MiB on disk, 2 GiB unpacked, 20,000 parts, 1,000 sheets, 50 million cells in a sheet
    /// (a million rows of fifty columns), 3 GiB of memory, two minutes.
    fn default() -> Self {
        Limits {
            file_bytes: 512 << 20,
            inflated_bytes: 2 << 30,
            entries: 20_000,
            sheets: 1000,
            cells: 50_000_000,
            memory_bytes: 3 << 30,
            seconds: 120,
        }
    }
}

/// Why a file or sheet was not read: a note without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub code: &'static str,
    pub what: String,
    pub todo: String,
}

impl Refusal {
    pub fn new(code: &'static str, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Refusal { code, what: what.into(), todo: todo.into() }
    }

    /// A limit was passed: `subject` wants more of `limit` than `value`.
    pub fn limit(limit: &str, value: u64, subject: &str) -> Self {
        // As the user would set it.
        let (limit, unit) = match limit {
            "file_bytes" => ("file_mib", 1 << 20),
            "inflated_bytes" => ("inflated_mib", 1 << 20),
            "cells" => ("million_cells", 1_000_000),
            other => (other, 1),
        };
        let value = value as f64 / f64::from(unit);
        Refusal::new(
            "limit",
            format!("{subject} is larger than the limit `{limit}` of {value} allows"),
            "split it into smaller files, or remove what isn't part of the tracker, and run again",
        )
    }

    pub fn damaged(what: impl Into<String>) -> Self {
        Refusal::new(
            "file-damaged",
            what,
            "open it in a spreadsheet program, let it repair the file, save a copy and run again; \
             or fetch the file again from where it came",
        )
    }

    pub fn password() -> Self {
        Refusal::new(
            "file-locked",
            "the file is protected by a password",
            "open it, save a copy without the password, and run again",
        )
    }

    /// The note on a file.
    pub fn note(self, file: &str) -> Note {
        Note::new(Severity::Error, self.code, file, self.what, self.todo)
    }
}
