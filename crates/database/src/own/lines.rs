//! A small table whose rows are at hand.

use std::ops::Range;

use collate_publish::{Cells, Column, Key, Output};

/// The table.
pub(crate) struct Lines {
    pub name: &'static str,
    pub about: &'static str,
    pub columns: &'static [Column],
    pub key: Key,
    pub rows: Vec<Vec<String>>,
}

impl Output for Lines {
    fn name(&self) -> &str {
        self.name
    }

    fn title(&self) -> &str {
        self.name
    }

    fn about(&self) -> &str {
        self.about
    }

    fn columns(&self) -> &[Column] {
        self.columns
    }

    fn key(&self) -> Key {
        self.key
    }

    fn count(&self) -> u64 {
        self.rows.len() as u64
    }

    fn items(&self) -> usize {
        self.rows.len()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        for row in &self.rows[items] {
            row.iter().for_each(|cell| cells.text(cell));
            cells.end_row();
        }
    }
}
