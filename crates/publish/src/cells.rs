//! What an output writes its rows into, cell by cell: the lines of a csv file, a row of a sheet, or of
//! a table in a database.

use std::fmt::Write;

use collate_model::{Date, Origin, Short};

/// Takes the cells of one row after the other, each row in the order of the columns.
pub trait Cells {
    /// A cell of text.
    fn text(&mut self, text: &str);

    /// A cell with a number, or with letters, digits and hyphens alone: whoever looks what a text might
    /// do to a file need not look.
    fn plain(&mut self, text: &Short) {
        self.text(text.as_str());
    }

    /// The row is complete.
    fn end_row(&mut self);
}

impl dyn Cells + '_ {
    /// A cell with a whole number.
    pub fn number(&mut self, number: u64) {
        self.plain(Short::default().digits(number, 1));
    }

    /// A cell with a running number: `R-0001`.
    pub fn running(&mut self, prefix: u8, index: usize) {
        self.plain(Short::default().push(prefix).push(b'-').digits(index as u64 + 1, 4));
    }

    /// A cell with a day, which may be unknown.
    pub fn day(&mut self, date: Option<Date>) {
        let mut text = Short::default();
        if let Some(date) = date {
            let _ = write!(text, "{date}");
        }
        self.text(text.as_str());
    }

    /// A cell with a number of this many decimals (at most four); empty if it is no number.
    pub fn decimals(&mut self, number: f32, places: u32) {
        self.plain(Short::default().decimals(number, places));
    }

    /// A cell with the name of a spreadsheet's cell: `C12`.
    pub fn cell(&mut self, at: Origin) {
        let mut letters = [0; 8];
        let (mut first, mut col) = (letters.len(), at.col);
        loop {
            first -= 1;
            letters[first] = b'A' + (col % 26) as u8;
            if col < 26 {
                break;
            }
            col = col / 26 - 1;
        }
        let mut text = Short::default();
        letters[first..].iter().for_each(|letter| {
            text.push(*letter);
        });
        self.plain(text.digits(at.row.into(), 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use collate_model::cell_name;
    use proptest::prelude::*;

    #[derive(Default)]
    struct Seen(Vec<String>);

    impl Cells for Seen {
        fn text(&mut self, text: &str) {
            self.0.push(text.to_owned());
        }

        fn end_row(&mut self) {}
    }

    fn written(write: impl FnOnce(&mut dyn Cells)) -> String {
        let mut seen = Seen::default();
        write(&mut seen);
        seen.0.concat()
    }

    #[test]
    fn cells_are_written_as_people_read_them() {
        let mut seen = Seen::default();
        let cells: &mut dyn Cells = &mut seen;
        cells.text("");
        cells.number(0);
        cells.number(u64::MAX);
        cells.running(b'R', 0);
        cells.running(b'P', 12_344);
        cells.day(Some(Date::constant(2021, 3, 4)));
        cells.day(None);
        let expected = ["", "0", "18446744073709551615", "R-0001", "P-12345", "2021-03-04", ""];
        assert_eq!(seen.0, expected);
    }

    proptest! {
        #[test]
        fn cells_have_the_names_that_a_spreadsheet_shows(row: u32, col: u32) {
            for col in [col, col % 1000] {
                let at = Origin { source: 0, row, col };
                prop_assert_eq!(written(|cells| cells.cell(at)), cell_name(row, col));
            }
        }
    }
}
