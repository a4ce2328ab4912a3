//! Cells of a workbook that could not be read, or have no value though they should: finds
//! their places, and turns them into notes that stay few however many there are.

use collate_model::{CellKind, Severity, cell_name};

use crate::sink::SheetSink;

/// Notes on single cells in one sheet before they are only counted.
const NAMED_CELLS: usize = 20;

/// `cell B7` for a position counted from 0.
pub(crate) fn place((row, col): (u32, u32)) -> String {
    format!("cell {}", cell_name(row.saturating_add(1), col))
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

    /// Finds the place of unreadable cells from the cells around them: the reader doesn't tell.
    pub fn settle(
        &mut self,
        bad: &mut Vec<Option<&'static str>>,
        before: Option<(u32, u32)>,
        after: Option<(u32, u32)>,
        sink: &mut SheetSink<'_>,
    ) {
        let count = bad.len() as u32;
        let first = match (before, after) {
            (Some(before), Some(after)) if before.0 == after.0 && before.1 + count + 1 == after.1 => {
                Some((before.0, before.1 + 1))
            }
            (None, Some((0, col))) if col == count => Some((0, 0)),
            _ => None,
        };
        for (shown, i) in bad.drain(..).zip(0..) {
            let at = first.map(|(row, col)| (row, col + i));
            if let (Some(at), Some(shown)) = (at, shown) {
                // A limit that this passes is met again by the next cell.
                let _ = sink.push_at(at, CellKind::Error, shown);
                continue;
            }
            self.cells += 1;
            if self.cells > NAMED_CELLS {
                continue;
            }
            let what = match (at, before, after) {
                (Some(_), ..) => "the cell can't be read and was left empty".to_owned(),
                (None, Some(before), Some(after)) => {
                    format!(
                        "a cell between {} and {} can't be read and was left empty",
                        place(before),
                        place(after)
                    )
                }
                (None, Some(before), None) => {
                    format!("a cell after {} can't be read and was left empty", place(before))
                }
                (None, None, _) => {
                    "a cell at the top of the sheet can't be read and was left empty".to_owned()
                }
            };
            let note = sink.note(
                Severity::Warning,
                "cell-unreadable",
                what,
                "type the value again, save and run again",
            );
            let row = before.or(after).map_or(0, |(row, _)| row.saturating_add(1));
            sink.notes.push(match at {
                Some((row, col)) => note.on_cell(row + 1, col),
                None => note.on_row(row),
            });
        }
    }

    pub fn finish(self, sink: &mut SheetSink<'_>) {
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
            sink.notes.push(note.on_cell(row.saturating_add(1), col));
        }
    }
}
