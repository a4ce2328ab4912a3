//! A sheet as it was read: every filled cell with its place, before anyone asks what it means.

use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Marks, Note, column_name};

/// Cells that are written or read at once.
const PIECE: usize = 8192;

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

/// One cell: a range of the sheet's text buffer, and what the file said it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    start: u32,
    /// Bytes of text times eight, plus the kind: a million rows have many cells.
    len_and_kind: u32,
}

impl Cell {
    fn to_bits(self) -> u64 {
        u64::from(self.start) << 32 | u64::from(self.len_and_kind)
    }

    fn from_bits(bits: u64) -> Self {
        Cell { start: (bits >> 32) as u32, len_and_kind: bits as u32 }
    }

    /// `None` for a cell beyond 4 GiB of text, or of more than 512 MiB.
    pub fn new(start: usize, len: usize, kind: CellKind) -> Option<Self> {
        let end = u32::try_from(start.checked_add(len)?).ok()?;
        let len = end - start as u32;
        (len < 1 << 29).then_some(Cell { start: start as u32, len_and_kind: len << 3 | kind as u32 })
    }

    /// Where its text stands in the buffer.
    pub fn range(self) -> Range<usize> {
        let start = self.start as usize;
        start..start + (self.len_and_kind >> 3) as usize
    }

    /// What the file said it holds.
    pub fn kind(self) -> CellKind {
        match self.len_and_kind & 7 {
            0 => CellKind::Empty,
            1 => CellKind::Text,
            2 => CellKind::Number,
            3 => CellKind::Date,
            4 => CellKind::Bool,
            _ => CellKind::Error,
        }
    }
}

/// A rectangle of cells, ends included; rows from 1, columns from 0, as in [`crate::Origin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// File, relative to the folder that was read.
    pub file: String,
    /// Name of the sheet; empty for text files.
    pub name: String,
    /// Merged areas, where the format tells.
    pub merges: Vec<Area>,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// What a person sees beside the texts, where the format tells.
    pub marks: Marks,
    /// What could not be read in this sheet.
    pub notes: Vec<Note>,
    /// Tables share the text and the columns.
    #[serde(skip)]
    pub(crate) text: Arc<String>,
    pub(crate) rows: Vec<u32>,
    pub(crate) cols: Vec<u32>,
    #[serde(skip)]
    pub(crate) cells: Vec<Arc<Vec<Cell>>>,
}

impl Sheet {
    /// Writes the text and the cells, which are left out where a sheet is serialised: they are most of
    /// it, and go as they are.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_cells(&self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(&(self.text.len() as u64).to_le_bytes())?;
        to.write_all(self.text.as_bytes())?;
        let mut bytes = Vec::new();
        for part in self.cells.iter().flat_map(|column| column.chunks(PIECE)) {
            bytes.clear();
            part.iter().for_each(|cell| bytes.extend(cell.to_bits().to_le_bytes()));
            to.write_all(&bytes)?;
        }
        Ok(())
    }

    /// Reads what [`Sheet::write_cells`] wrote for the sheet that this was.
    ///
    /// # Errors
    /// Those of the reader; the text is no text, or a cell lies outside it.
    pub fn read_cells(&mut self, from: &mut impl Read) -> io::Result<()> {
        let wrong = || io::Error::from(io::ErrorKind::InvalidData);
        let mut number = [0; 8];
        from.read_exact(&mut number)?;
        let mut text = Vec::new();
        from.take(u64::from_le_bytes(number)).read_to_end(&mut text)?;
        let text = String::from_utf8(text).map_err(|_| wrong())?;
        let mut bytes = vec![0; PIECE * 8];
        self.cells.clear();
        for _ in 0..self.cols.len() {
            let mut column = Vec::with_capacity(self.rows.len());
            while column.len() < self.rows.len() {
                let piece = &mut bytes[..(self.rows.len() - column.len()).min(PIECE) * 8];
                from.read_exact(piece)?;
                column.extend(
                    piece.as_chunks().0.iter().map(|cell| Cell::from_bits(u64::from_le_bytes(*cell))),
                );
            }
            if !column.iter().all(|cell| text.get(cell.range()).is_some()) {
                return Err(wrong());
            }
            self.cells.push(Arc::new(column));
        }
        self.text = Arc::new(text);
        Ok(())
    }

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
        self.cells[j][i]
    }

    /// The text in the `i`-th filled row and `j`-th filled column, trimmed; empty if there is none.
    pub fn text(&self, i: usize, j: usize) -> &str {
        self.text_of(self.cell(i, j))
    }

    /// The text of one of its cells.
    pub fn text_of(&self, cell: Cell) -> &str {
        &self.text[cell.range()]
    }

    /// What the file said the cell holds.
    pub fn kind(&self, i: usize, j: usize) -> CellKind {
        self.cell(i, j).kind()
    }

    /// The same sheet with these columns alone (by position), and the rows that hold anything in them.
    pub fn of_columns(&self, columns: Range<usize>) -> Sheet {
        let filled = |i: &usize| columns.clone().any(|j| self.kind(*i, j) != CellKind::Empty);
        let rows: Vec<usize> = (0..self.rows()).filter(filled).collect();
        let column = |j: usize| Arc::new(rows.iter().map(|i| self.cells[j][*i]).collect());
        Sheet {
            file: self.file.clone(),
            name: self.name.clone(),
            merges: self.merges.clone(),
            hidden: self.hidden,
            marks: match (self.cols.get(columns.start), self.cols[..columns.end].last()) {
                (Some(first), Some(last)) => self.marks.of_columns(*first..=*last),
                _ => Marks::default(),
            },
            notes: Vec::new(),
            text: Arc::clone(&self.text),
            rows: rows.iter().map(|i| self.rows[*i]).collect(),
            cols: self.cols[columns.clone()].to_vec(),
            cells: columns.clone().map(column).collect(),
        }
    }

    /// The same sheet with these rows alone (by position).
    pub fn of_rows(&self, rows: Range<usize>) -> Sheet {
        let column = |cells: &Arc<Vec<Cell>>| Arc::new(cells[rows.clone()].to_vec());
        Sheet {
            file: self.file.clone(),
            name: self.name.clone(),
            merges: self.merges.clone(),
            hidden: self.hidden,
            marks: self.marks.clone(),
            notes: Vec::new(),
            text: Arc::clone(&self.text),
            rows: self.rows[rows.clone()].to_vec(),
            cols: self.cols.clone(),
            cells: self.cells.iter().map(column).collect(),
        }
    }

    /// Takes out the rows and columns that are hidden, and rows that hold nothing else; how many of each.
    pub fn leave_hidden(&mut self) -> (u64, u64) {
        let kept_cols: Vec<usize> =
            (0..self.cols()).filter(|j| !self.marks.hides_col(self.cols[*j])).collect();
        let shown = |i: &usize| !self.marks.hides_row(self.rows[*i]);
        let filled = |i: &usize| kept_cols.iter().any(|j| self.kind(*i, *j) != CellKind::Empty);
        let kept_rows: Vec<usize> = (0..self.rows()).filter(shown).filter(filled).collect();
        let left = ((self.rows() - kept_rows.len()) as u64, (self.cols() - kept_cols.len()) as u64);
        if left != (0, 0) {
            let column = |j: &usize| Arc::new(kept_rows.iter().map(|i| self.cells[*j][*i]).collect());
            self.cells = kept_cols.iter().map(column).collect();
            self.cols = kept_cols.iter().map(|j| self.cols[*j]).collect();
            self.rows = kept_rows.iter().map(|i| self.rows[*i]).collect();
        }
        self.marks.leave_hidden();
        left
    }

    /// Number of filled cells.
    pub fn filled(&self) -> usize {
        self.cells
            .iter()
            .flat_map(|column| column.iter())
            .filter(|cell| cell.kind() != CellKind::Empty)
            .count()
    }

    /// `C` for the `j`-th filled column, if that is the third of the sheet.
    pub fn col_label(&self, j: usize) -> String {
        column_name(self.cols[j])
    }
}
