//! A workbook in memory: grids of typed cells that all writers take.

use jiff::civil::{Date, date};

use crate::days;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, also if it looks like a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A number formatted as a date.
    Date(Date),
    /// A day's number whose date format was lost.
    Serial(Date),
}

impl Cell {
    /// A cell of text; empty text is no cell.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// The cell as a text file holds it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(day) => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
            Cell::Serial(day) => serial(*day, false).to_string(),
        }
    }
}

/// A spreadsheet's number for a day: days since 30 December 1899, or since 1 January 1904.
pub fn serial(day: Date, from_1904: bool) -> i32 {
    days::between(if from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) }, day)
}

/// One sheet. Rows and columns count from 0.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
    /// Rows that are hidden.
    pub hidden_rows: Vec<u32>,
    /// Columns that are hidden.
    pub hidden_columns: Vec<u16>,
    /// Cells merged downwards: first row, last row, column.
    pub merged: Vec<(u32, u32, u16)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_the_spreadsheets_own() {
        for (day, from_1904, expected) in [
            (date(2021, 5, 31), false, 44_347),
            (date(2021, 5, 31), true, 42_885),
            (date(1904, 1, 1), true, 0),
        ] {
            assert_eq!(serial(day, from_1904), expected);
        }
        assert_eq!(Cell::Date(date(2021, 5, 31)).shown(), "31/05/2021");
        assert_eq!(Cell::text(""), Cell::Empty);
    }
}
