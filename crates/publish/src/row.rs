//! One row of an output, in a buffer that is used again for every row.

use std::fmt::Write;

use collate_model::{Origin, cell_name, column_name};

/// Columns whose letters are remembered; beyond the last of a spreadsheet they are rare.
const REMEMBERED: u32 = 16_384;

/// The cells of one row, as text.
#[derive(Debug, Default)]
pub(crate) struct Row {
    text: String,
    ends: Vec<usize>,
    letters: Vec<String>,
}

impl Row {
    /// Forgets the former row.
    pub fn start(&mut self) -> &mut Self {
        self.text.clear();
        self.ends.clear();
        self
    }

    /// A cell of text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self.end()
    }

    /// An empty cell.
    pub fn blank(&mut self) -> &mut Self {
        self.end()
    }

    /// A cell with a whole number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        let _ = write!(self.text, "{number}");
        self.end()
    }

    /// A cell with a running number: `R-0001`.
    pub fn running(&mut self, prefix: char, index: usize) -> &mut Self {
        let _ = write!(self.text, "{prefix}-{:04}", index + 1);
        self.end()
    }

    /// A cell with a number of fixed decimals; empty if it is no number.
    pub fn decimals(&mut self, number: f32, places: usize) -> &mut Self {
        if number.is_finite() {
            let start = self.text.len();
            let _ = write!(self.text, "{number:.places$}");
            let zero = self.text[start..].bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
            if zero && self.text[start..].starts_with('-') {
                self.text.remove(start);
            }
        }
        self.end()
    }

    /// A cell with anything that can be written out.
    pub fn show(&mut self, value: impl std::fmt::Display) -> &mut Self {
        let _ = write!(self.text, "{value}");
        self.end()
    }

    /// A cell with the name of a spreadsheet's cell: `C12`.
    pub fn cell(&mut self, at: Origin) -> &mut Self {
        if at.col >= REMEMBERED {
            self.text.push_str(&cell_name(at.row, at.col));
            return self.end();
        }
        while self.letters.len() <= at.col as usize {
            self.letters.push(column_name(self.letters.len() as u32));
        }
        self.text.push_str(&self.letters[at.col as usize]);
        self.number(u64::from(at.row))
    }

    /// The cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = &self.text[start..end];
            start = end;
            cell
        })
    }

    /// One cell.
    pub fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..self.ends[i]]
    }

    fn end(&mut self) -> &mut Self {
        self.ends.push(self.text.len());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_as_people_read_them() {
        let mut row = Row::default();
        row.start().text("gone");
        let far = Origin { source: 0, row: 7, col: 20_000 };
        row.start().text("a").blank().number(12).running('R', 0).cell(far);
        row.cell(Origin { source: 0, row: 12, col: 27 }).show("x");
        assert_eq!(row.cells().collect::<Vec<_>>(), ["a", "", "12", "R-0001", "ACOG7", "AB12", "x"]);
        assert_eq!((row.get(0), row.get(1), row.get(5)), ("a", "", "AB12"));
    }

    #[test]
    fn decimals_have_no_negative_zero_and_no_nan() {
        for (number, places, expected) in [
            (1.0, 2, "1.00"),
            (-12.345, 2, "-12.35"),
            (-0.001, 2, "0.00"),
            (-0.001, 4, "-0.0010"),
            (0.999_96, 4, "1.0000"),
            (f32::NAN, 2, ""),
            (f32::INFINITY, 2, ""),
        ] {
            let mut row = Row::default();
            row.decimals(number, places);
            assert_eq!(row.get(0), expected, "{number}");
        }
    }
}
