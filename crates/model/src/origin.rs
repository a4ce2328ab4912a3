//! Where a value came from: file, sheet, row and column.

use serde::Serialize;

/// One sheet of one file (a csv file has one sheet with an empty name).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Source {
    /// Path of the file, relative to the folder that was read, with `/` between parts.
    pub file: String,
    /// Name of the sheet; empty for text files.
    pub sheet: String,
}

/// Index of a [`Source`] in the run's list of sources.
pub type SourceId = u32;

/// A cell: row as a spreadsheet shows it (the first is 1), column from 0 (0 is A).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Index of the sheet in the run's list of sources.
    pub source: SourceId,
    /// Row number as a spreadsheet shows it, from 1.
    pub row: u32,
    /// Column index from 0.
    pub col: u32,
}

impl Origin {
    /// The cell's name as a spreadsheet shows it, for example `C12`.
    pub fn cell(&self) -> String {
        cell_name(self.row, self.col)
    }
}

/// Letters of a column: 0 is `A`, 26 is `AA`.
pub fn column_name(mut col: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (col % 26) as u8);
        if col < 26 {
            break;
        }
        col = col / 26 - 1;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

/// `C12` for row 12 (from 1), column 2 (from 0).
pub fn cell_name(row: u32, col: u32) -> String {
    format!("{}{row}", column_name(col))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_names_that_a_spreadsheet_shows() {
        for (col, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(column_name(col), name);
        }
        assert_eq!(cell_name(12, 2), "C12");
    }
}
