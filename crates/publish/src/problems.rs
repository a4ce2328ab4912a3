//! `problems.csv`: what could not be done, where, and what a person can do about it.

use std::ops::Range;

use collate_model::{Dataset, Severity, cell_name, column_name};

use crate::cells::Cells;
use crate::output::{Column, Look, Output};

static COLUMNS: [Column; 8] = [
    Column::new("collate_problem", "Problem", Look::Id),
    Column::new("severity", "Severity", Look::Severity),
    Column::new("file", "File", Look::Text),
    Column::new("sheet", "Sheet", Look::Text),
    Column::new("place", "Place", Look::Id),
    Column::new("code", "Sort", Look::Text),
    Column::new("what", "What happened", Look::Prose),
    Column::new("to_do", "What to do", Look::Prose),
];

pub(crate) struct Problems<'a>(pub &'a Dataset);

/// The word for a severity.
pub(crate) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A place on a sheet as a spreadsheet shows it; empty for a whole sheet.
pub(crate) fn place(row: u32, col: Option<u32>) -> String {
    match (row, col) {
        (0, None) => String::new(),
        (0, Some(col)) => format!("column {}", column_name(col)),
        (row, None) => format!("row {row}"),
        (row, Some(col)) => cell_name(row, col),
    }
}

impl Output for Problems<'_> {
    fn name(&self) -> &str {
        "problems"
    }

    fn title(&self) -> &str {
        "Problems"
    }

    fn about(&self) -> &str {
        "One row per thing that could not be done or looks wrong: where it is, and what to do about it."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn count(&self) -> u64 {
        self.0.notes.len() as u64
    }

    fn items(&self) -> usize {
        self.0.notes.len()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        for i in items {
            let note = &self.0.notes[i];
            cells.running(b'P', i);
            cells.text(word(note.severity));
            cells.text(&note.file);
            cells.text(&note.sheet);
            cells.text(&place(note.row, note.col));
            cells.text(note.code);
            cells.text(&note.what);
            cells.text(&note.todo);
            cells.end_row();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_a_spreadsheet_shows_them() {
        for (row, col, expected) in
            [(0, None, ""), (0, Some(2), "column C"), (12, None, "row 12"), (12, Some(2), "C12")]
        {
            assert_eq!(place(row, col), expected);
        }
    }
}
