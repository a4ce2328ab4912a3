//! A recognised table: a stretch of a sheet whose rows are records of one tracker kind.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Cell, CellKind};

/// Why a column was taken for a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// The header is one of the field's known headers.
    Exact,
    /// The header's words contain, or are contained in, a known header's; the score is 0 to 1.
    Words(f32),
    /// The header is spelt nearly like a known header; the score is 0 to 1.
    Fuzzy(f32),
    /// The values look like the field's; the score is the share that parse, 0 to 1.
    Values(f32),
    /// `collate.toml` says so.
    Told,
    /// No field was found: the column is kept under its own heading.
    Free,
}

/// One column of a [`Table`].
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// Heading as it is written in the sheet (two header rows are joined with a space).
    pub header: String,
    /// Column index in the sheet, from 0.
    pub col: u32,
    /// Index of the field in the kind's list; `None` for a column kept under its own heading.
    pub field: Option<usize>,
    /// Why.
    pub evidence: Evidence,
}

/// Rows × columns of one tracker kind, with one text buffer for all cells.
/// Blank cells that mean "as above" are filled, continuation rows are joined, titles,
/// rulers, totals and repeated headers are gone.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// File, relative to the folder that was read.
    pub file: String,
    /// Sheet; empty for text files.
    pub sheet: String,
    /// Name of the tracker kind.
    pub kind: String,
    /// How sure the kind is, 0 to 1.
    pub confidence: f32,
    /// The next best kind and its confidence.
    pub runner_up: Option<(String, f32)>,
    /// Heading above the table, for example the section of a plan.
    pub section: String,
    /// Date on which the tracker was true, from a title, the sheet's or the file's name.
    pub as_at: Option<Date>,
    /// Rows that hold the heading, as a spreadsheet shows them.
    pub header_rows: Vec<u32>,
    /// The columns, from left to right.
    pub columns: Vec<TableColumn>,
    /// Row number of each record, as a spreadsheet shows it.
    pub rows: Vec<u32>,
    text: String,
    /// Column-major: `cells[column * rows + record]`.
    cells: Vec<Cell>,
    /// Places of cells that do not stand where their row and column say:
    /// (record, column) → (row number, column index) in the sheet.
    moved: BTreeMap<(u32, u32), (u32, u32)>,
}

impl Table {
    /// Room for `records × columns` empty cells; set `columns` and `rows` first.
    pub fn allocate(&mut self) {
        self.cells = vec![Cell::default(); self.columns.len() * self.rows.len()];
    }

    /// Sets a cell's text.
    ///
    /// # Panics
    /// If the table's text would pass 4 GiB: a [`crate::Sheet`] can't hold that much,
    /// and a table holds no more than its sheet.
    pub fn set(&mut self, record: usize, column: usize, kind: CellKind, text: &str) {
        let start = u32::try_from(self.text.len()).expect("a table's text fits 4 GiB");
        self.text.push_str(text);
        let at = column * self.rows.len() + record;
        self.cells[at] = Cell { start, len: text.len() as u32, kind };
    }

    /// Makes a cell the same as another record's in the same column ("as above"), place included.
    pub fn copy_from(&mut self, record: usize, column: usize, other: usize) {
        let n = self.rows.len();
        self.cells[column * n + record] = self.cells[column * n + other];
        let place = self.origin(other, column);
        self.moved.insert((record as u32, column as u32), place);
    }

    /// Says that a cell's text really stands at this row number and column index.
    pub fn set_origin(&mut self, record: usize, column: usize, row: u32, col: u32) {
        self.moved.insert((record as u32, column as u32), (row, col));
    }

    /// A cell's text; empty if there is none.
    pub fn text(&self, record: usize, column: usize) -> &str {
        let cell = self.cells[column * self.rows.len() + record];
        &self.text[cell.start as usize..(cell.start + cell.len) as usize]
    }

    /// What the file said the cell holds.
    pub fn kind_of(&self, record: usize, column: usize) -> CellKind {
        self.cells[column * self.rows.len() + record].kind
    }

    /// (row number, column index) of a cell in its sheet.
    pub fn origin(&self, record: usize, column: usize) -> (u32, u32) {
        self.moved
            .get(&(record as u32, column as u32))
            .copied()
            .unwrap_or((self.rows[record], self.columns[column].col))
    }

    /// The places that differ from what row and column say, for whoever keeps them longer than the table.
    pub fn moved(&self) -> &BTreeMap<(u32, u32), (u32, u32)> {
        &self.moved
    }
}
