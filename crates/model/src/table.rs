//! A recognised table: a stretch of a sheet whose rows are records of one tracker kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::{Cell, CellKind, Sheet};

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

/// Rows × columns of one tracker kind. The cells are the sheet's, as long as they are not changed.
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
    /// The sheet's text, and what stands in no cell of it.
    text: Arc<String>,
    own: String,
    /// Position in the sheet of each record's row.
    at: Vec<u32>,
    cells: Vec<Cells>,
    /// Places of cells that do not stand where their row and column say:
    /// (record, column) → (row number, column index) in the sheet.
    moved: BTreeMap<(u32, u32), (u32, u32)>,
}

impl Table {
    /// Room for `records × columns` empty cells; set `columns` and `rows` first.
    pub fn allocate(&mut self) {
        self.cells = vec![Cells::Own(vec![Cell::default(); self.rows.len()]); self.columns.len()];
    }

    /// Lays the table over a sheet: the cells of its first columns are those of the sheet's rows `at`
    /// and columns `from` (all by position) until they are changed; further columns are empty. Set
    /// `columns` and `rows` first.
    pub fn lay_over(&mut self, sheet: &Sheet, at: Vec<u32>, from: &[usize]) {
        self.text = Arc::clone(&sheet.text);
        self.at = at;
        self.cells = from.iter().map(|j| Cells::Sheet(Arc::clone(&sheet.cells[*j]))).collect();
        let empty = || Cells::Own(vec![Cell::default(); self.rows.len()]);
        self.cells.resize_with(self.columns.len(), empty);
    }

    /// Sets a cell's text.
    ///
    /// # Panics
    /// If the table's text would pass 4 GiB.
    pub fn set(&mut self, record: usize, column: usize, kind: CellKind, text: &str) {
        let start = self.text.len() + self.own.len();
        let cell = Cell::new(start, text.len(), kind).expect("a table's text fits 4 GiB");
        self.own.push_str(text);
        self.put(record, column, cell);
    }

    /// Makes a cell this one of the sheet that the table is laid over; the default is an empty one.
    pub fn put(&mut self, record: usize, column: usize, cell: Cell) {
        let cells = &mut self.cells[column];
        if let Cells::Sheet(shared) = cells {
            *cells = Cells::Own(self.at.iter().map(|i| shared[*i as usize]).collect());
        }
        if let Cells::Own(own) = cells {
            own[record] = cell;
        }
    }

    /// Makes a cell the same as another record's in the same column ("as above"), place included.
    pub fn copy_from(&mut self, record: usize, column: usize, other: usize) {
        self.put(record, column, self.cell(other, column));
        let place = self.origin(other, column);
        self.moved.insert((record as u32, column as u32), place);
    }

    /// Says that a cell's text really stands at this row number and column index.
    pub fn set_origin(&mut self, record: usize, column: usize, row: u32, col: u32) {
        self.moved.insert((record as u32, column as u32), (row, col));
    }

    /// A cell's text; empty if there is none.
    pub fn text(&self, record: usize, column: usize) -> &str {
        self.text_of(self.cell(record, column))
    }

    /// What the file said the cell holds.
    pub fn kind_of(&self, record: usize, column: usize) -> CellKind {
        self.cell(record, column).kind()
    }

    /// Each record's cell in a column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = Cell> {
        (0..self.rows.len()).map(move |record| self.cell(record, column))
    }

    fn cell(&self, record: usize, column: usize) -> Cell {
        match &self.cells[column] {
            Cells::Sheet(cells) => cells[self.at[record] as usize],
            Cells::Own(cells) => cells[record],
        }
    }

    /// The text of one of its cells.
    pub fn text_of(&self, cell: Cell) -> &str {
        let (range, shared) = (cell.range(), self.text.len());
        if range.start < shared {
            &self.text[range]
        } else if range.is_empty() {
            ""
        } else {
            &self.own[range.start - shared..range.end - shared]
        }
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

/// The cells of one column.
#[derive(Debug, Clone)]
enum Cells {
    /// Those of a column of the sheet, in the records' rows.
    Sheet(Arc<Vec<Cell>>),
    /// One per record.
    Own(Vec<Cell>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SheetBuilder;

    #[test]
    fn a_table_over_a_sheet_shows_its_cells_until_they_are_changed() {
        let mut builder = SheetBuilder::new();
        for (row, col, text) in [(1, 0, "title"), (2, 0, "a"), (2, 1, "b"), (4, 0, "c"), (4, 1, "d")] {
            assert!(builder.push(row, col, CellKind::Text, text));
        }
        let sheet = builder.finish("f.csv", "");
        let column = |col| TableColumn { header: String::new(), col, field: None, evidence: Evidence::Free };
        let mut table = Table { rows: vec![2, 4], columns: vec![column(1), column(0)], ..Table::default() };
        table.lay_over(&sheet, vec![1, 2], &[1]);
        let texts =
            |table: &Table, c| table.column(c).map(|cell| table.text_of(cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            (texts(&table, 0), texts(&table, 1)),
            (vec!["b".into(), "d".into()], vec![String::new(); 2])
        );
        table.set(0, 0, CellKind::Text, "new");
        table.put(1, 1, sheet.cell(2, 0));
        table.copy_from(0, 1, 1);
        assert_eq!(
            (texts(&table, 0), texts(&table, 1)),
            (vec!["new".into(), "d".into()], vec!["c".into(); 2])
        );
        table.put(1, 0, Cell::default());
        assert_eq!((table.text(1, 0), table.kind_of(1, 0)), ("", CellKind::Empty));
        assert_eq!(table.origin(0, 1), (4, 0));
    }
}
