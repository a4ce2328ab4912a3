//! What a stage could not do, and what a person can do about it.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde::{Deserialize, Deserializer, Serialize};

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; nothing is lost or doubtful.
    Info,
    /// A value or row is doubtful or was left out.
    Warning,
    /// A whole file or sheet could not be read.
    Error,
}

/// One thing that happened at one place. Never holds a name or a date of birth:
/// the place says where to look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// File, relative to the folder that was read.
    pub file: String,
    /// Sheet; empty for text files and for notes on a whole file.
    pub sheet: String,
    /// Row as a spreadsheet shows it; 0 where the note is on a whole sheet or file.
    pub row: u32,
    /// Column index from 0, where the note is on one cell or column.
    pub col: Option<u32>,
    /// How much it matters.
    pub severity: Severity,
    /// Short fixed word for the sort of note, for filters: `date-impossible`.
    pub code: &'static str,
    /// What happened, in one sentence.
    pub what: String,
    /// What to do about it; empty where there is nothing to do.
    pub todo: String,
}

/// A note that comes from another process of this program.
#[derive(Deserialize)]
struct Sent {
    file: String,
    sheet: String,
    row: u32,
    col: Option<u32>,
    severity: Severity,
    code: String,
    what: String,
    todo: String,
}

// Derived, it would ask for a source that outlives the program, because of the code.
impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Sent { file, sheet, row, col, severity, code, what, todo } = Sent::deserialize(from)?;
        Ok(Note { file, sheet, row, col, severity, code: known(code), what, todo })
    }
}

/// A code for good: there are few, and each is kept once.
fn known(code: String) -> &'static str {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut codes = CODES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    match codes.get(code.as_str()) {
        Some(known) => known,
        None => {
            let kept: &'static str = code.leak();
            codes.insert(kept);
            kept
        }
    }
}

impl Note {
    /// A note on a whole file.
    pub fn new(
        severity: Severity,
        code: &'static str,
        file: &str,
        what: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        Note {
            file: file.to_owned(),
            sheet: String::new(),
            row: 0,
            col: None,
            severity,
            code,
            what: what.into(),
            todo: todo.into(),
        }
    }

    /// The same note, placed on a sheet.
    pub fn on_sheet(mut self, sheet: &str) -> Self {
        sheet.clone_into(&mut self.sheet);
        self
    }

    /// The same note, placed on a row (from 1).
    pub fn on_row(mut self, row: u32) -> Self {
        self.row = row;
        self
    }

    /// The same note, placed on a cell (row from 1, column from 0).
    pub fn on_cell(mut self, row: u32, col: u32) -> Self {
        self.row = row;
        self.col = Some(col);
        self
    }

    /// `trackers.xlsx, sheet "SGO", cell C12`.
    pub fn place(&self) -> String {
        let mut place = self.file.clone();
        if !self.sheet.is_empty() {
            place.push_str(&format!(", sheet \"{}\"", self.sheet));
        }
        match (self.row, self.col) {
            (0, None) => {}
            (0, Some(col)) => place.push_str(&format!(", column {}", crate::column_name(col))),
            (row, None) => place.push_str(&format!(", row {row}")),
            (row, Some(col)) => place.push_str(&format!(", cell {}", crate::cell_name(row, col))),
        }
        place
    }
}
