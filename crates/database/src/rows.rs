//! The rows of an output on their way into a table: control characters shown, values that do not fit
//! their column left out (they are in `as_text`), rows that share a key numbered.

use collate_publish::{Cells, Output, visible};

use crate::error::Trouble;
use crate::table::Table;

/// Items that are written in one go.
const STRETCH: usize = 4096;

/// One row: a text per column, empty where there is no value.
#[derive(Debug, Default)]
pub(crate) struct Row {
    text: String,
    ends: Vec<usize>,
}

impl Row {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// One cell.
    pub fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..self.ends[i]]
    }
}

/// Hands every row of an output to `take`, and stops at its first error.
pub(crate) fn each_row(
    output: &dyn Output,
    table: &Table,
    take: &mut dyn FnMut(&Row) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let mut rows = Rows { table, take, row: Row::default(), former: Row::default(), nth: 0, result: Ok(()) };
    for from in (0..output.items()).step_by(STRETCH) {
        output.write(from..(from + STRETCH).min(output.items()), &mut rows);
        std::mem::replace(&mut rows.result, Ok(()))?;
    }
    Ok(())
}

struct Rows<'a> {
    table: &'a Table,
    take: &'a mut dyn FnMut(&Row) -> Result<(), Trouble>,
    row: Row,
    former: Row,
    nth: u64,
    result: Result<(), Trouble>,
}

impl Cells for Rows<'_> {
    fn text(&mut self, text: &str) {
        // Cells that are left to a person come last, and are no columns.
        let at = self.row.ends.len();
        let columns = self.table.columns.len() - usize::from(self.table.running.is_some());
        if at >= columns {
            return;
        }
        let kind = self.table.columns[at].kind;
        if is_plain(text) {
            self.row.push(if kind.fits(text) { text } else { "" });
        } else {
            let shown = visible(text);
            self.row.push(if kind.fits(&shown) { &shown } else { "" });
        }
    }

    fn end_row(&mut self) {
        if let Some(key) = &self.table.running {
            let same = !self.former.ends.is_empty()
                && key.iter().all(|column| self.row.get(*column) == self.former.get(*column));
            self.nth = if same { self.nth + 1 } else { 1 };
            let nth = self.nth.to_string();
            self.row.push(&nth);
        }
        if self.result.is_ok() {
            self.result = (self.take)(&self.row);
        }
        std::mem::swap(&mut self.row, &mut self.former);
        self.row.clear();
    }
}

/// Nothing but what every font shows; most texts are.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}
