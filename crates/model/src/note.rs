//! What a stage could not do, and what a person can do about it.

use serde::Serialize;

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
