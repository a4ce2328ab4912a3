//! Sheets from text, and what the tests look at in a result.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::sync::LazyLock;

use collate_model::{CellKind, Kinds, RowCounts, Sheet, SheetBuilder, Table};
use collate_recognise::{Overrides, Recognised, Recogniser, builtin, recognise};

/// A sheet of text cells: rows are lines, columns are separated by `|` or tabs, blank lines are blank rows.
pub fn sheet_named(file: &str, name: &str, text: &str) -> Sheet {
    let mut builder = SheetBuilder::new();
    for (row, line) in (1..).zip(text.lines()) {
        for (col, cell) in (0..).zip(line.split(['|', '\t'])) {
            assert!(builder.push(row, col, CellKind::Text, &cell.replace("\\n", "\n")));
        }
    }
    builder.finish(file, name)
}

pub fn sheet(text: &str) -> Sheet {
    sheet_named("tracker.csv", "", text)
}

/// Recognises, and holds that every row is accounted for.
pub fn read(sheet: &Sheet) -> Recognised {
    static KINDS: LazyLock<Kinds> = LazyLock::new(builtin);
    static RECOGNISER: LazyLock<Recogniser<'static>> = LazyLock::new(|| Recogniser::new(&KINDS));
    accounted(sheet, RECOGNISER.recognise(sheet, &Overrides::default()))
}

pub fn read_with(sheet: &Sheet, kinds: &Kinds, overrides: &Overrides) -> Recognised {
    accounted(sheet, recognise(sheet, kinds, overrides))
}

fn accounted(sheet: &Sheet, found: Recognised) -> Recognised {
    let RowCounts { read, header, furniture, continued, left_alone, .. } = found.counts;
    let records: u64 = found.tables.iter().map(|table| table.rows.len() as u64).sum();
    // Of tables side by side, a row counts once for each that it fills.
    let rows = sheet.rows() as u64;
    let most = if side_by_side(&found.tables) { rows * sheet.cols() as u64 } else { rows };
    assert!((rows..=most).contains(&read), "{read} of {rows} rows");
    assert_eq!(read, header + furniture + continued + left_alone + records, "{:?}", found.counts);
    found
}

/// Whether two of the tables have no column in common.
fn side_by_side(tables: &[Table]) -> bool {
    let columns = |table: &Table| table.columns.iter().map(|column| column.col).collect::<Vec<_>>();
    let apart = |one: &Table, other: &Table| columns(one).iter().max() < columns(other).iter().min();
    tables.iter().any(|one| tables.iter().any(|other| apart(one, other)))
}

/// Name of the field of each column, `-` for a free one.
pub fn fields(table: &Table, kinds: &Kinds) -> Vec<String> {
    let kind = kinds.kind(&table.kind).unwrap();
    let name = |field: Option<usize>| field.map_or("-".to_owned(), |f| kind.fields[f].name.clone());
    table.columns.iter().map(|column| name(column.field)).collect()
}

/// The texts of one field, record by record.
pub fn column(table: &Table, field: &str) -> Vec<String> {
    let kinds = builtin();
    let f = kinds.kind(&table.kind).unwrap().field(field);
    let c = table.columns.iter().position(|column| column.field == f && f.is_some());
    let c = c.unwrap_or_else(|| panic!("{field} is not among {:?}", fields(table, &kinds)));
    (0..table.rows.len()).map(|r| table.text(r, c).to_owned()).collect()
}
