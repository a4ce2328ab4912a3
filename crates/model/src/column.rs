//! A cleaned table: every distinct text of a column cleaned once, every record an id into that list.

use std::collections::BTreeMap;

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::Value;

/// One distinct text of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cleaned {
    /// The original text.
    pub raw: SmolStr,
    /// What it means.
    pub value: Value,
    /// What is doubtful about it.
    pub flaw: Option<&'static Flaw>,
}

/// What is doubtful about a cell, in words that never repeat the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flaw {
    /// Short fixed word.
    pub code: &'static str,
    /// A sentence.
    pub what: &'static str,
    /// What to do; empty where there is nothing to do.
    pub todo: &'static str,
}

/// One column of a [`CleanTable`].
#[derive(Debug, Clone)]
pub struct CleanColumn {
    /// Index of the field in the kind's list; `None` for a column kept under its own heading.
    pub field: Option<usize>,
    /// Heading in the sheet.
    pub header: String,
    /// Column index in the sheet, from 0.
    pub col: u32,
    /// For each record an index into `values`; 0 is the empty cell.
    pub ids: Vec<u32>,
    /// The distinct texts; the first is the empty one.
    pub values: Vec<Cleaned>,
}

impl CleanColumn {
    /// A record's cell.
    pub fn get(&self, record: usize) -> &Cleaned {
        &self.values[self.ids[record] as usize]
    }
}

/// The records of one table with clean values.
#[derive(Debug, Clone)]
pub struct CleanTable {
    /// File, relative to the folder that was read.
    pub file: String,
    /// Sheet; empty for text files.
    pub sheet: String,
    /// Name of the tracker kind.
    pub kind: String,
    /// Heading above the table, for example the section of a plan.
    pub section: String,
    /// Date on which the tracker was true.
    pub as_at: Option<Date>,
    /// Row number of each record, as a spreadsheet shows it.
    pub rows: Vec<u32>,
    /// The columns.
    pub columns: Vec<CleanColumn>,
    /// Cells that stand elsewhere than their row and column say, as in [`crate::Table`].
    pub moved: BTreeMap<(u32, u32), (u32, u32)>,
}

impl CleanTable {
    /// The table without these records, which are sorted.
    pub fn without(mut self, records: &[u32]) -> Self {
        let place = |record: u32| {
            (records.binary_search(&record).is_err())
                .then(|| record - records.partition_point(|gone| *gone < record) as u32)
        };
        let keep = |list: &mut Vec<u32>| {
            let mut record = 0;
            list.retain(|_| {
                record += 1;
                place(record - 1).is_some()
            });
        };
        keep(&mut self.rows);
        self.columns.iter_mut().for_each(|column| keep(&mut column.ids));
        let moved = std::mem::take(&mut self.moved).into_iter();
        self.moved = moved.filter_map(|((record, col), to)| Some(((place(record)?, col), to))).collect();
        self
    }

    /// (row number, column index) of a record's cell in its sheet.
    pub fn origin(&self, record: usize, column: usize) -> (u32, u32) {
        self.moved
            .get(&(record as u32, column as u32))
            .copied()
            .unwrap_or((self.rows[record], self.columns[column].col))
    }
}
