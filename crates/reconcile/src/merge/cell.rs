//! The cells of one column: each of its distinct values is put into words once, before any row is
//! looked at.

use collate_model::{CleanColumn, Cleaned};

use super::candidate::{Offer, Offered};
use crate::rows::TableView;

/// The cells of one column of a table, in words.
pub struct Cells<'a> {
    /// The column.
    pub column: usize,
    cells: &'a CleanColumn,
    said: Vec<Said>,
}

/// What a value says by itself.
#[derive(Clone, Copy)]
pub enum Said {
    /// Nothing at all.
    Nothing,
    /// That depends on other cells of the row.
    Depends,
    /// This.
    Words(Offer),
}

impl<'a> Cells<'a> {
    /// The cells of this column; `say` puts one value into words.
    pub fn new(
        view: &TableView<'a>,
        column: usize,
        offered: &mut Offered,
        say: impl Fn(&Cleaned, &mut Offered) -> Said,
    ) -> Self {
        let cells = &view.table.columns[column];
        offered.pool.reserve(cells.values.len());
        let said = cells.values.iter().map(|cell| say(cell, offered)).collect();
        Cells { column, cells, said }
    }

    /// What a record's cell says.
    pub fn said(&self, record: u32) -> Said {
        self.said[self.cells.ids[record as usize] as usize]
    }
}
