//! Cells of a workbook that could not be read, or have no value though they should: turns them into
//! notes that stay few however many there are.

use collate_model::{Note, Severity, cell_name};

use crate::sink::{MAX_COLS, MAX_ROWS, SheetSink};

/// Notes on single cells in one sheet before they are only counted.
const NAMED_CELLS: usize = 20;

/// `cell B7` for a position counted from 0.
pub(crate) fn place((row, col): (u32, u32)) -> String {
    if row >= MAX_ROWS || col >= MAX_COLS {
        return "a cell outside the sheet".to_owned();
    }
    format!("cell {}", cell_name(row + 1, col))
}

/// Cells of a sheet that need a note.
#[derive(Default)]
pub(crate) struct OddCells {
    cells: usize,
    formulas: usize,
    formula: Option<(u32, u32)>,
}

impl OddCells {
    /// A formula's cell is empty, though formulas always have a value.
    pub fn formula_without_value(&mut self, at: (u32, u32)) {
        self.formulas += 1;
        self.formula.get_or_insert(at);
    }

    /// A cell can't be read.
    pub fn unreadable(&mut self, at: (u32, u32), sink: &mut SheetSink<'_>) {
        let (row, col) = (at.0.min(MAX_ROWS - 1) + 1, at.1.min(MAX_COLS - 1));
        let inside = at.0 < MAX_ROWS && at.1 < MAX_COLS;
        self.add("the cell can't be read and was left empty".to_owned(), sink, |note| {
            if inside { note.on_cell(row, col) } else { note.on_row(row) }
        });
    }

    /// A cell can't be read, and does not say where it is, but that it follows another.
    pub fn unplaced(&mut self, before: Option<(u32, u32)>, sink: &mut SheetSink<'_>) {
        self.settle(1, before, None, sink);
    }

    /// Finds the place of so many unreadable cells from the cells around them: a reader doesn't tell.
    pub fn settle(
        &mut self,
        count: u32,
        before: Option<(u32, u32)>,
        after: Option<(u32, u32)>,
        sink: &mut SheetSink<'_>,
    ) {
        let first = match (before, after) {
            (Some(before), Some(after))
                if before.0 == after.0 && before.1.saturating_add(count).saturating_add(1) == after.1 =>
            {
                Some((before.0, before.1 + 1))
            }
            (None, Some((0, col))) if col == count => Some((0, 0)),
            _ => None,
        };
        for i in 0..count {
            if let Some((row, col)) = first {
                self.unreadable((row, col + i), sink);
                continue;
            }
            let what = match (before, after) {
                (Some(before), Some(after)) => {
                    let (before, after) = (place(before), place(after));
                    format!("a cell between {before} and {after} can't be read and was left empty")
                }
                (Some(before), None) => {
                    format!("a cell after {} can't be read and was left empty", place(before))
                }
                (None, _) => "a cell at the top of the sheet can't be read and was left empty".to_owned(),
            };
            let row = before.or(after).map_or(0, |(row, _)| row.min(MAX_ROWS - 1) + 1);
            self.add(what, sink, |note| note.on_row(row));
        }
    }

    /// Adds a note on one cell, as long as they are few.
    fn add(&mut self, what: String, sink: &mut SheetSink<'_>, placed: impl FnOnce(Note) -> Note) {
        self.cells += 1;
        if self.cells <= NAMED_CELLS {
            let todo = "type the value again, save and run again";
            let note = sink.note(Severity::Warning, "cell-unreadable", what, todo);
            sink.notes.push(placed(note));
        }
    }

    pub fn finish(&self, sink: &mut SheetSink<'_>) {
        if self.cells > NAMED_CELLS {
            let what = format!("{} more cells can't be read and were left empty", self.cells - NAMED_CELLS);
            let todo = "open the workbook in a spreadsheet program, save it again, and run again";
            let note = sink.note(Severity::Warning, "cell-unreadable", what, todo);
            sink.notes.push(note);
        }
        if let Some((row, col)) = self.formula {
            let what = format!(
                "{} formulas have no stored result, this is the first; their cells were read as empty",
                self.formulas
            );
            let todo = "open the workbook in a spreadsheet program, let it calculate, save it, and run again";
            let note = sink.note(Severity::Warning, "formula-without-value", what, todo);
            sink.notes.push(note.on_cell(row.min(MAX_ROWS - 1) + 1, col.min(MAX_COLS - 1)));
        }
    }
}
