//! The marks of a sheet that concern its records.

use collate_model::{CellKind, MarkSort, Sheet, Table};

/// A mark before its sheet has a number: row (0 for a whole sheet or column), column, sort, text.
pub type Found = (u32, Option<u32>, MarkSort, String);

/// All marks on the records of these tables, on their columns and on the sheet.
pub(crate) fn of_tables(sheet: &Sheet, tables: &[Table]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut mark = |row, col, sort| found.push((row, col, sort, String::new()));
    let marks = &sheet.marks;
    if tables.is_empty() {
        return found;
    }
    if sheet.hidden {
        mark(0, None, MarkSort::HiddenSheet);
    }
    let cols = (0..sheet.cols()).map(|j| sheet.col_number(j));
    cols.filter(|col| marks.hides_col(*col)).for_each(|col| mark(0, Some(col), MarkSort::HiddenColumn));
    let mut rows: Vec<u32> = tables.iter().flat_map(|table| table.rows.iter().copied()).collect();
    rows.sort_unstable();
    rows.dedup();
    for row in rows.iter().filter(|row| marks.hides_row(**row)) {
        mark(*row, None, MarkSort::HiddenRow);
    }
    for cells in marks.struck.chunk_by(|x, y| x.0 == y.0) {
        let row = cells[0].0;
        let Some(i) = sheet.row_index(row).filter(|_| rows.binary_search(&row).is_ok()) else { continue };
        let filled = |j: &usize| sheet.kind(i, *j) != CellKind::Empty;
        let is_struck = |j: &usize| marks.is_struck(row, sheet.col_number(*j));
        let struck: Vec<usize> = (0..sheet.cols()).filter(filled).filter(is_struck).collect();
        let whole = struck.len() * 2 > (0..sheet.cols()).filter(filled).count();
        if whole {
            mark(row, None, MarkSort::Struck);
        } else {
            struck.iter().for_each(|j| mark(row, Some(sheet.col_number(*j)), MarkSort::Struck));
        }
    }
    for (row, col, text) in &marks.comments {
        found.push((*row, Some(*col), MarkSort::Comment, text.clone()));
    }
    found.sort();
    found
}
