//! Cells as a parser gives them to a [`Sheet`].

mod stretches;

use std::hash::Hasher;
use std::sync::Arc;

use rustc_hash::FxHasher;

use crate::{Cell, CellKind, Sheet};

/// Texts that are remembered.
const RECENT: usize = 1 << 15;

/// Takes cells in any order and builds a [`Sheet`]; row by row is fastest.
#[derive(Debug, Default)]
pub struct SheetBuilder {
    /// Bytes of text that [`SheetBuilder::finish_over`] will be given, before the builder's own.
    base: usize,
    text: String,
    rows: Vec<u32>,
    /// By column number; the cells of `rows` as far down as the column was filled.
    columns: Vec<Vec<Cell>>,
    /// Cells of rows above the last one.
    late: Vec<(u32, u32, Cell)>,
    pushed: usize,
    slots: u64,
    /// Texts of late, by a hash: where each stands. Most of a tracker's texts occur again and again.
    recent: Vec<(u32, u32)>,
}

impl SheetBuilder {
    /// An empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty builder whose cells mostly stand in a text of so many bytes, which is not copied.
    pub fn over(bytes: usize) -> Self {
        SheetBuilder { base: bytes, ..Self::default() }
    }

    /// Adds a cell: row from 1, column from 0. White space at the ends is taken off;
    /// a cell with nothing else is not kept. A second cell at the same place replaces the first.
    /// Returns false, and keeps nothing, once the text would pass 4 GiB.
    #[must_use]
    pub fn push(&mut self, row: u32, col: u32, kind: CellKind, text: &str) -> bool {
        let text = trim(text);
        let slot = self.slot(text);
        let (at, len) = self.recent[slot];
        if let Some(known) = self.text.get(at as usize..(at + len) as usize)
            && known == text
            && !text.is_empty()
        {
            return self.place(row, col, kind, self.base + at as usize, text.len());
        }
        let start = self.text.len();
        let fits = self.place(row, col, kind, self.base + start, text.len());
        if fits {
            self.text.push_str(text);
            if let (Ok(start), Ok(len)) = (u32::try_from(start), u32::try_from(text.len())) {
                self.recent[slot] = (start, len.min(u32::MAX - start));
            }
        }
        fits
    }

    /// Where a text is remembered.
    fn slot(&mut self, text: &str) -> usize {
        if self.recent.is_empty() {
            self.recent.resize(RECENT, (0, 0));
        }
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        hasher.finish() as usize % RECENT
    }

    /// As [`SheetBuilder::push`], for a cell whose text stands at byte `start` of the text that the
    /// builder is made over.
    #[must_use]
    pub fn push_at(&mut self, row: u32, col: u32, kind: CellKind, start: usize, text: &str) -> bool {
        let trimmed = trim(text);
        let before = if trimmed.len() == text.len() {
            0
        } else {
            text.len() - text.trim_start_matches(is_blank).len()
        };
        self.place(row, col, kind, start + before, trimmed.len())
    }

    /// Number of cells so far.
    pub fn len(&self) -> usize {
        self.pushed
    }

    /// No cell so far.
    pub fn is_empty(&self) -> bool {
        self.pushed == 0
    }

    /// Cells for which the builder holds room. Never more than [`SheetBuilder::rectangle`], and
    /// cheap: what a limit on memory should look at on the way.
    pub fn slots(&self) -> u64 {
        self.slots
    }

    /// Cells that the finished sheet would hold, empty ones of the filled rectangle included:
    /// what a limit on memory should look at before [`SheetBuilder::finish`].
    pub fn rectangle(&self) -> u64 {
        let mut filled: Vec<bool> = self.columns.iter().map(|column| !column.is_empty()).collect();
        for (_, col, _) in &self.late {
            let col = *col as usize;
            filled.resize(filled.len().max(col + 1), false);
            filled[col] = true;
        }
        let cols = filled.iter().filter(|filled| **filled).count();
        (self.rows.len() + self.new_rows().len()) as u64 * cols as u64
    }

    /// The finished sheet.
    pub fn finish(self, file: &str, name: &str) -> Sheet {
        self.finish_over(String::new(), file, name)
    }

    /// The finished sheet, with the text that the builder was made over.
    ///
    /// # Panics
    /// If it was made over a text of another length.
    pub fn finish_over(mut self, mut text: String, file: &str, name: &str) -> Sheet {
        assert_eq!(text.len(), self.base, "the text that the builder was made over");
        self.settle();
        if text.is_empty() {
            text = std::mem::take(&mut self.text);
        } else {
            text.push_str(&self.text);
        }
        let (mut cols, mut cells) = (Vec::new(), Vec::new());
        for (col, mut column) in (0..).zip(self.columns) {
            if !column.is_empty() {
                column.resize(self.rows.len(), Cell::default());
                cols.push(col);
                cells.push(Arc::new(column));
            }
        }
        let (file, name) = (file.to_owned(), name.to_owned());
        Sheet { file, name, text: Arc::new(text), rows: self.rows, cols, cells, ..Sheet::default() }
    }

    /// True where there is nothing to keep, or it was kept.
    fn place(&mut self, row: u32, col: u32, kind: CellKind, start: usize, len: usize) -> bool {
        if len == 0 || kind == CellKind::Empty {
            return true;
        }
        let Some(cell) = Cell::new(start, len, kind) else { return false };
        self.pushed += 1;
        match self.rows.last() {
            Some(last) if *last > row => {
                self.late.push((row, col, cell));
                return true;
            }
            Some(last) if *last == row => {}
            _ => self.rows.push(row),
        }
        self.put(self.rows.len() - 1, col as usize, cell);
        true
    }

    fn put(&mut self, i: usize, col: usize, cell: Cell) {
        if self.columns.len() <= col {
            self.columns.resize(col + 1, Vec::new());
        }
        let column = &mut self.columns[col];
        if i < column.len() {
            column[i] = cell;
        } else {
            self.slots += (i + 1 - column.len()) as u64;
            column.resize(i, Cell::default());
            column.push(cell);
        }
    }

    /// Rows that only late cells have.
    fn new_rows(&self) -> Vec<u32> {
        let known = |row: &u32| self.rows.binary_search(row).is_ok();
        let mut new: Vec<u32> = self.late.iter().map(|(row, ..)| *row).filter(|row| !known(row)).collect();
        new.sort_unstable();
        new.dedup();
        new
    }

    /// Puts the late cells in their places.
    fn settle(&mut self) {
        let new = self.new_rows();
        if !new.is_empty() {
            let mut rows = [self.rows.as_slice(), &new].concat();
            rows.sort_unstable();
            let places: Vec<usize> = self.rows.iter().map(|row| rows.partition_point(|r| r < row)).collect();
            for column in self.columns.iter_mut().filter(|column| !column.is_empty()) {
                let mut spread = vec![Cell::default(); places[column.len() - 1] + 1];
                for (cell, place) in column.iter().zip(&places) {
                    spread[*place] = *cell;
                }
                *column = spread;
            }
            self.rows = rows;
        }
        for (row, col, cell) in std::mem::take(&mut self.late) {
            self.put(self.rows.partition_point(|r| *r < row), col as usize, cell);
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
}

fn trim(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) { text } else { text.trim_matches(is_blank) }
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

    #[test]
    fn cells_in_any_order_make_the_same_sheet() {
        let cells =
            [(3, 0, "a"), (1, 2, "b"), (5, 2, "c"), (1, 0, "d"), (3, 2, "e"), (2, 2, "f"), (1, 2, "g")];
        let mut sorted = cells;
        sorted.sort_by_key(|cell| (cell.0, cell.1));
        let build = |cells: &[(u32, u32, &str)]| {
            let mut builder = SheetBuilder::new();
            for (row, col, text) in cells {
                assert!(builder.push(*row, *col, CellKind::Text, text));
            }
            assert_eq!((builder.len(), builder.rectangle()), (7, 8));
            assert!(builder.slots() <= builder.rectangle());
            let sheet = builder.finish("f", "");
            let texts = (0..4).flat_map(|i| (0..2).map(move |j| (i, j)));
            texts.map(|(i, j)| sheet.text(i, j).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(build(&cells), ["d", "g", "", "f", "a", "e", "", "c"]);
        assert_eq!(build(&cells), build(&sorted));
    }

    #[test]
    fn cells_of_a_given_text_are_not_copied() {
        let text = "one, two \u{a0},x";
        let mut builder = SheetBuilder::over(text.len());
        assert!(builder.push_at(1, 0, CellKind::Text, 0, &text[..3]));
        assert!(builder.push_at(1, 1, CellKind::Text, 4, &text[4..11]));
        assert!(builder.push(1, 2, CellKind::Text, " own "));
        let sheet = builder.finish_over(text.to_owned(), "f.csv", "");
        assert_eq!([0, 1, 2].map(|j| sheet.text(0, j)), ["one", "two", "own"]);
        assert_eq!(sheet.cell(0, 1).range(), 5..8);
    }
}
