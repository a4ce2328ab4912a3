//! What a person sees on a sheet beside its texts.

use serde::{Deserialize, Serialize};

use crate::{Area, Rag, Rgb};

/// Marks on the cells, rows and columns of a sheet; rows from 1, columns from 0, ends included. All
/// are in the order of rows, then columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Stretches of hidden rows.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Stretches of hidden columns.
    pub hidden_cols: Vec<(u32, u32)>,
    /// Cells with a fill colour.
    pub fills: Vec<(u32, u32, Rgb)>,
    /// Cells whose text is struck through.
    pub struck: Vec<(u32, u32)>,
    /// Notes and comments on cells; several on one cell follow each other.
    pub comments: Vec<(u32, u32, String)>,
    /// What colours stand for, as a key beside a table says that is not part of this sheet.
    #[serde(default)]
    pub key: Vec<(Rgb, Rag)>,
    /// The tables that the spreadsheet program itself knows, from left to right.
    #[serde(default)]
    pub tables: Vec<TableArea>,
}

/// A table that the spreadsheet program itself knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableArea {
    /// All of it, headings and sums included.
    pub area: Area,
    /// Its last so many rows are sums.
    pub sums: u32,
}

impl Marks {
    /// The fill of a cell.
    pub fn fill(&self, row: u32, col: u32) -> Option<Rgb> {
        let at = self.fills.binary_search_by_key(&(row, col), |(row, col, _)| (*row, *col)).ok()?;
        Some(self.fills[at].2)
    }

    /// The row holds the sums of a table, and no record.
    pub fn is_sums(&self, row: u32) -> bool {
        let is_last = |table: &TableArea| {
            let Area { top, bottom, .. } = table.area;
            (top + 1..=bottom).contains(&row) && bottom - row < table.sums
        };
        self.tables.iter().any(is_last)
    }

    /// The text of a cell is struck through.
    pub fn is_struck(&self, row: u32, col: u32) -> bool {
        self.struck.binary_search(&(row, col)).is_ok()
    }

    /// What concerns these columns, without the comments: for a part of a sheet while it is recognised.
    pub fn of_columns(&self, cols: std::ops::RangeInclusive<u32>) -> Marks {
        Marks {
            hidden_rows: self.hidden_rows.clone(),
            hidden_cols: self.hidden_cols.clone(),
            fills: self.fills.iter().filter(|(_, col, _)| cols.contains(col)).copied().collect(),
            struck: self.struck.iter().filter(|(_, col)| cols.contains(col)).copied().collect(),
            comments: Vec::new(),
            key: self.key.clone(),
            tables: self.tables.iter().filter(|table| cols.contains(&table.area.left)).copied().collect(),
        }
    }

    /// Brings stretches into order and takes together those that meet: whoever writes them need not have.
    pub fn in_order(mut self) -> Self {
        for stretches in [&mut self.hidden_rows, &mut self.hidden_cols] {
            stretches.sort_unstable();
            let mut apart: Vec<(u32, u32)> = Vec::new();
            for (first, last) in stretches.drain(..) {
                match apart.last_mut() {
                    Some((_, before)) if first <= before.saturating_add(1) => *before = last.max(*before),
                    _ => apart.push((first, last)),
                }
            }
            *stretches = apart;
        }
        self
    }

    /// Takes out the marks on what is hidden.
    pub fn leave_hidden(&mut self) {
        let whole = std::mem::take(self);
        let shown = |row: u32, col: u32| !whole.hides_row(row) && !whole.hides_col(col);
        self.fills = whole.fills.iter().filter(|(row, col, _)| shown(*row, *col)).copied().collect();
        self.struck = whole.struck.iter().filter(|(row, col)| shown(*row, *col)).copied().collect();
        self.comments = whole.comments.iter().filter(|(row, col, _)| shown(*row, *col)).cloned().collect();
    }

    /// The row is hidden.
    pub fn hides_row(&self, row: u32) -> bool {
        within(&self.hidden_rows, row)
    }

    /// The column is hidden.
    pub fn hides_col(&self, col: u32) -> bool {
        within(&self.hidden_cols, col)
    }
}

/// Stretches are in order and apart, so that the last that begins in time is the only one to look at.
fn within(stretches: &[(u32, u32)], number: u32) -> bool {
    let after = stretches.partition_point(|(first, _)| *first <= number);
    after > 0 && number <= stretches[after - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_by_their_place() {
        let red = Rgb([255, 0, 0]);
        let marks = Marks {
            hidden_rows: vec![(2, 3), (9, 9)],
            hidden_cols: vec![(1, 1)],
            fills: vec![(1, 4, red), (2, 0, red)],
            struck: vec![(5, 1)],
            comments: Vec::new(),
            ..Marks::default()
        };
        let jumble = Marks { hidden_rows: vec![(9, 9), (2, 5), (3, 4), (6, 7)], ..Marks::default() };
        assert_eq!(jumble.in_order().hidden_rows, [(2, 7), (9, 9)]);
        assert_eq!((1..=10).filter(|row| marks.hides_row(*row)).collect::<Vec<_>>(), [2, 3, 9]);
        assert_eq!((0..4).filter(|col| marks.hides_col(*col)).collect::<Vec<_>>(), [1]);
        assert_eq!((marks.fill(1, 4), marks.fill(1, 5), marks.fill(2, 0)), (Some(red), None, Some(red)));
        assert_eq!((marks.is_struck(5, 1), marks.is_struck(1, 5)), (true, false));
    }
}
