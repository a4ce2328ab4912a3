//! A sheet as it was read: every filled cell with its place, before anyone asks what it means.

use crate::{Note, column_name};

/// What the file said a cell holds. The text is always there too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellKind {
    /// Nothing, or only white space.
    #[default]
    Empty,
    /// Text (every filled cell of a text file is text).
    Text,
    /// A number; its text is the shortest that reads back to the same number.
    Number,
    /// A real date or date and time of the workbook; its text is ISO 8601
    /// (`2021-08-24` or `2021-08-24T10:30:00`). Both epochs are already resolved.
    Date,
    /// `true` or `false`.
    Bool,
    /// An error value such as `#N/A`; its text is what a spreadsheet shows.
    Error,
}

/// One cell: a range of the sheet's text buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Where the cell's text starts in the buffer, in bytes.
    pub start: u32,
    /// How many bytes long it is.
    pub len: u32,
    /// What the file said it holds.
    pub kind: CellKind,
}

/// A rectangle of cells, ends included; rows from 1, columns from 0, as in [`crate::Origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// A sheet of `rows × cols` filled rows and columns. Rows and columns that are wholly
/// empty take no room: [`Sheet::row_number`] and [`Sheet::col_number`] give the real places.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// File, relative to the folder that was read.
    pub file: String,
    /// Name of the sheet; empty for text files.
    pub name: String,
    /// Merged areas, where the format tells.
    pub merges: Vec<Area>,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// What could not be read in this sheet.
    pub notes: Vec<Note>,
    text: String,
    rows: Vec<u32>,
    cols: Vec<u32>,
    /// Column-major: the cell at (row i, column j) is `cells[j * rows + i]`.
    cells: Vec<Cell>,
}

impl Sheet {
    /// Number of rows that hold anything.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of columns that hold anything.
    pub fn cols(&self) -> usize {
        self.cols.len()
    }

    /// Row number, as a spreadsheet shows it, of the `i`-th filled row.
    pub fn row_number(&self, i: usize) -> u32 {
        self.rows[i]
    }

    /// Column index (0 is A) of the `j`-th filled column.
    pub fn col_number(&self, j: usize) -> u32 {
        self.cols[j]
    }

    /// Position of a row number among the filled rows.
    pub fn row_index(&self, number: u32) -> Option<usize> {
        self.rows.binary_search(&number).ok()
    }

    /// Position of a column index among the filled columns.
    pub fn col_index(&self, number: u32) -> Option<usize> {
        self.cols.binary_search(&number).ok()
    }

    /// The cell in the `i`-th filled row and `j`-th filled column.
    pub fn cell(&self, i: usize, j: usize) -> Cell {
        self.cells[j * self.rows.len() + i]
    }

    /// The text in the `i`-th filled row and `j`-th filled column, trimmed; empty if there is none.
    pub fn text(&self, i: usize, j: usize) -> &str {
        let cell = self.cell(i, j);
        &self.text[cell.start as usize..(cell.start + cell.len) as usize]
    }

    /// What the file said the cell holds.
    pub fn kind(&self, i: usize, j: usize) -> CellKind {
        self.cell(i, j).kind
    }

    /// Number of filled cells.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| cell.kind != CellKind::Empty).count()
    }

    /// `C` for the `j`-th filled column, if that is the third of the sheet.
    pub fn col_label(&self, j: usize) -> String {
        column_name(self.cols[j])
    }
}

/// Takes cells in any order and builds a [`Sheet`].
#[derive(Debug, Default)]
pub struct SheetBuilder {
    text: String,
    cells: Vec<(u32, u32, Cell)>,
}

impl SheetBuilder {
    /// An empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a cell: row from 1, column from 0. White space at the ends is taken off;
    /// a cell with nothing else is not kept. A second cell at the same place replaces the first.
    /// Returns false, and keeps nothing, once the text would pass 4 GiB.
    #[must_use]
    pub fn push(&mut self, row: u32, col: u32, kind: CellKind, text: &str) -> bool {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        if text.is_empty() || kind == CellKind::Empty {
            return true;
        }
        let Ok(start) = u32::try_from(self.text.len()) else { return false };
        let Ok(len) = u32::try_from(text.len()) else { return false };
        if start.checked_add(len).is_none() {
            return false;
        }
        self.text.push_str(text);
        self.cells.push((row, col, Cell { start, len, kind }));
        true
    }

    /// Number of cells so far.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// No cell so far.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Cells that the finished sheet would hold, empty ones of the filled rectangle included:
    /// what a limit on memory should look at before [`SheetBuilder::finish`].
    pub fn rectangle(&self) -> u64 {
        let (rows, cols) = self.places();
        rows.len() as u64 * cols.len() as u64
    }

    /// The finished sheet.
    pub fn finish(self, file: &str, name: &str) -> Sheet {
        let (rows, cols) = self.places();
        let mut cells = vec![Cell::default(); rows.len() * cols.len()];
        // Cells mostly come row by row, so the last row found is nearly always the right one.
        let mut i = 0;
        for (row, col, cell) in self.cells {
            if rows[i] != row {
                i = if rows.get(i + 1) == Some(&row) { i + 1 } else { rows.partition_point(|r| *r < row) };
            }
            let j = cols.partition_point(|c| *c < col);
            cells[j * rows.len() + i] = cell;
        }
        Sheet {
            file: file.to_owned(),
            name: name.to_owned(),
            text: self.text,
            rows,
            cols,
            cells,
            ..Sheet::default()
        }
    }

    fn places(&self) -> (Vec<u32>, Vec<u32>) {
        let mut rows: Vec<u32> = Vec::new();
        let mut filled: Vec<bool> = Vec::new();
        for (row, col, _) in &self.cells {
            if rows.last() != Some(row) {
                rows.push(*row);
            }
            let col = *col as usize;
            if filled.len() <= col {
                filled.resize(col + 1, false);
            }
            filled[col] = true;
        }
        rows.sort_unstable();
        rows.dedup();
        let cols = (0..filled.len() as u32).filter(|c| filled[*c as usize]).collect();
        (rows, cols)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_rows_and_columns_take_no_room_but_places_stay_true() {
        let mut builder = SheetBuilder::new();
        for (row, col, text) in [(9, 5, "b"), (2, 1, " a "), (2, 5, "  "), (9, 1, "c"), (9, 1, "d")] {
            assert!(builder.push(row, col, CellKind::Text, text));
        }
        let sheet = builder.finish("f.csv", "");
        assert_eq!((sheet.rows(), sheet.cols()), (2, 2));
        assert_eq!((sheet.row_number(1), sheet.col_number(1)), (9, 5));
        assert_eq!(
            (sheet.text(0, 0), sheet.text(0, 1), sheet.text(1, 0), sheet.text(1, 1)),
            ("a", "", "d", "b")
        );
        assert_eq!(sheet.filled(), 3);
    }
}
