//! What an output writes its rows into, cell by cell: the lines of a csv file, a row of a sheet, or of
//! a table in a database.

use std::fmt::Write;

use collate_model::{Date, Origin};

/// Takes the cells of one row after the other, each row in the order of the columns.
pub trait Cells {
    /// A cell of text.
    fn text(&mut self, text: &str);

    /// The row is complete.
    fn end_row(&mut self);
}

impl dyn Cells + '_ {
    /// A cell with a whole number.
    pub fn number(&mut self, number: u64) {
        self.text(Short::default().digits(number, 1).as_str());
    }

    /// A cell with a running number: `R-0001`.
    pub fn running(&mut self, prefix: u8, index: usize) {
        self.text(Short::default().push(prefix).push(b'-').digits(index as u64 + 1, 4).as_str());
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
        let scale = 10u64.pow(places);
        // Exact: the 24 bits of an `f32` and the 14 of the scale fit an `f64`.
        let scaled = (f64::from(number) * scale as f64).round_ties_even();
        let mut text = Short::default();
        if scaled.abs() < 1e15 {
            if scaled < 0.0 {
                text.push(b'-');
            }
            let scaled = scaled.abs() as u64;
            text.digits(scaled / scale, 1).push(b'.').digits(scaled % scale, places as usize);
        } else if number.is_finite() {
            let _ = write!(text, "{number:.*}", places as usize);
        }
        self.text(text.as_str());
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
        self.text(text.digits(at.row.into(), 1).as_str());
    }
}

/// The longest number that is written: an `f32` of 39 digits, its sign and decimals.
const LONGEST: usize = 48;

/// A short text that needs no memory of its own.
struct Short {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Default for Short {
    fn default() -> Self {
        Short { bytes: [0; LONGEST], len: 0 }
    }
}

impl Short {
    fn push(&mut self, byte: u8) -> &mut Self {
        if let Some(free) = self.bytes.get_mut(self.len) {
            *free = byte;
            self.len += 1;
        }
        self
    }

    /// A number with at least this many digits.
    fn digits(&mut self, mut number: u64, least: usize) -> &mut Self {
        let mut digits = [b'0'; 20];
        let mut first = digits.len();
        while number > 0 || first > digits.len() - least {
            first -= 1;
            digits[first] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        digits[first..].iter().for_each(|digit| {
            self.push(*digit);
        });
        self
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        text.bytes().for_each(|byte| {
            self.push(byte);
        });
        Ok(())
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

    #[test]
    fn decimals_have_no_negative_zero_and_no_nan() {
        for (number, places, expected) in [
            (1.0, 2, "1.00"),
            (-12.345, 2, "-12.35"),
            (0.125, 2, "0.12"),
            (0.375, 2, "0.38"),
            (-0.001, 2, "0.00"),
            (-0.001, 4, "-0.0010"),
            (0.999_96, 4, "1.0000"),
            (f32::NAN, 2, ""),
            (f32::INFINITY, 2, ""),
        ] {
            assert_eq!(written(|cells| cells.decimals(number, places)), expected, "{number}");
        }
    }

    proptest! {
        #[test]
        fn decimals_are_rounded_exactly(number in prop::num::f32::NORMAL, small in -1e4f32..1e4, places in 1u32..5) {
            for number in [number, small] {
                let expected = format!("{number:.*}", places as usize);
                let zero = expected.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
                let expected = if zero { expected.trim_start_matches('-') } else { &expected };
                prop_assert_eq!(written(|cells| cells.decimals(number, places)), expected);
            }
        }

        #[test]
        fn cells_have_the_names_that_a_spreadsheet_shows(row: u32, col: u32) {
            for col in [col, col % 1000] {
                let at = Origin { source: 0, row, col };
                prop_assert_eq!(written(|cells| cells.cell(at)), cell_name(row, col));
            }
        }
    }
}
