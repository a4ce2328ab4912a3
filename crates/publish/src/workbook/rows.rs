//! The rows of one output in its sheet.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::beside;
use super::cell::{self, Shape};
use super::links::Links;
use super::looks::Looks;
use super::sheet::FIRST_ROW;
use crate::cells::Cells;
use crate::output::{Column, Look, Output};
use crate::row::Row;

/// Height of a line, and of the tallest row that a spreadsheet allows, in points.
pub(super) const LINE: f64 = 15.0;
const TALLEST: f64 = 405.0;

/// Items after which it is seen whether the sheet is full.
const STRETCH: usize = 512;

/// What of an output is in its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Filled {
    /// Rows in the sheet.
    pub rows: u64,
    /// Rows for which there was no room.
    pub left_out: u64,
    /// Columns for which there was no room.
    pub left_columns: usize,
    /// Texts that were cut because a cell can't hold them.
    pub cut_texts: u64,
}

/// Puts rows into a sheet, one below the other.
pub(super) struct Rows<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    links: Links<'a>,
    /// The columns as they are shown: where each is in the output, and what it is.
    columns: Vec<(usize, &'a Column)>,
    /// Characters of the longest line of each, up to what fits.
    widths: &'a mut [usize],
    limit: u64,
    row: Row,
    failed: Result<(), XlsxError>,
    /// What is in the sheet so far.
    pub filled: Filled,
}

impl<'a> Rows<'a> {
    /// Up to `limit` rows.
    pub fn new(
        sheet: &'a mut Worksheet,
        looks: &'a Looks,
        links: Links<'a>,
        columns: Vec<(usize, &'a Column)>,
        widths: &'a mut [usize],
        limit: u64,
    ) -> Self {
        let (row, failed, filled) = (Row::default(), Ok(()), Filled::default());
        Rows { sheet, looks, links, columns, widths, limit, row, failed, filled }
    }

    /// Writes the rows of the output for which there is room.
    pub fn write(&mut self, output: &dyn Output) -> Result<(), XlsxError> {
        for from in (0..output.items()).step_by(STRETCH) {
            output.write(from..(from + STRETCH).min(output.items()), self);
            std::mem::replace(&mut self.failed, Ok(()))?;
            if self.filled.rows == self.limit {
                break;
            }
        }
        Ok(())
    }

    fn put_row(&mut self) -> Result<(), XlsxError> {
        let number = FIRST_ROW + self.filled.rows as u32;
        let mut tallest = 1;
        for (col, (i, column)) in self.columns.iter().enumerate() {
            let (cap, at) = (cap(column.look), (number, col as u16));
            let text = self.row.get(*i);
            let Shape { width, lines, cut } = match column.look {
                Look::Beside(other) => {
                    let other = self.row.get(other.into());
                    beside::write(self.sheet, at, (text, other), cap, self.looks)?
                }
                Look::File => {
                    let place = [text, self.row.get(i + 1), self.row.get(i + 2)];
                    let link = self.links.to(place);
                    cell::write_file(self.sheet, at, text, link, cap, self.looks)?
                }
                look => cell::write(self.sheet, at, text, look, cap, self.looks)?,
            };
            self.widths[col] = self.widths[col].max(width.min(cap));
            tallest = tallest.max(lines);
            self.filled.cut_texts += u64::from(cut);
        }
        // Not every program works out the height of a row with wrapped text for itself.
        if tallest > 1 {
            self.sheet.set_row_height(number, (tallest as f64 * LINE).min(TALLEST))?;
        }
        self.filled.rows += 1;
        Ok(())
    }
}

impl Cells for Rows<'_> {
    fn text(&mut self, text: &str) {
        self.row.push(text);
    }

    fn end_row(&mut self) {
        if self.filled.rows < self.limit && self.failed.is_ok() {
            self.failed = self.put_row();
        }
        self.row.clear();
    }
}

/// Widest that a column gets, in characters.
pub(super) fn cap(look: Look) -> usize {
    match look {
        Look::Id => 24,
        Look::Text | Look::File | Look::Value | Look::Date | Look::Span => 48,
        Look::Prose => 70,
        Look::Answer => 19,
        Look::Beside(_) => 34,
        Look::Comment => 30,
        Look::Name
        | Look::Money
        | Look::Number
        | Look::Whole
        | Look::Bits
        | Look::Probability
        | Look::YesNo
        | Look::Rag
        | Look::Severity => 20,
    }
}
