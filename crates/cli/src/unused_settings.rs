//! Settings that fit nothing that was read.

use std::collections::BTreeMap;

use collate_model::{Note, Severity, TableColumn, column_name};
use collate_recognise::{IGNORE, Overrides};

use crate::pipeline::{FileFound, SheetFound};

/// What collate.toml says of files, sheets and columns that are not there: most likely a slip of the
/// pen, and then the setting that was meant does not hold.
pub fn unused_settings(overrides: &Overrides, read: &[FileFound]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |file: &str, sheet: &str, what: String| {
        let todo = "write the name in collate.toml as collate inspect shows it";
        notes.push(Note::new(Severity::Warning, "setting-unused", file, what, todo).on_sheet(sheet));
    };
    for (name, told) in &overrides.files {
        let Some(FileFound { sheets, .. }) = read.iter().find(|found| found.file.name == *name) else {
            note(
                name,
                "",
                "collate.toml speaks of this file, which is not among those that were read".to_owned(),
            );
            continue;
        };
        let has = |column: &str, sheet: Option<&str>| {
            let of = |found: &&SheetFound| sheet.is_none_or(|sheet| found.source.sheet == sheet);
            let named = |c: &TableColumn| c.header == column || column_name(c.col) == column;
            let tables = sheets.iter().filter(of).flat_map(|sheet| &sheet.found.tables);
            tables.flat_map(|table| &table.columns).any(named)
        };
        let ignored = |field: &str| field == IGNORE;
        let slips = |columns: &BTreeMap<String, String>, sheet: Option<&str>| -> Vec<String> {
            columns.iter().filter(|(c, f)| !ignored(f) && !has(c, sheet)).map(|(c, _)| c.clone()).collect()
        };
        for column in slips(&told.columns, None) {
            note(
                name,
                "",
                format!("collate.toml speaks of a column `{column}`, which no table of this file has"),
            );
        }
        for (sheet, told) in &told.sheets {
            if !sheets.iter().any(|found| found.source.sheet == *sheet) {
                note(
                    name,
                    sheet,
                    "collate.toml speaks of this sheet, which the file does not have".to_owned(),
                );
                continue;
            }
            for column in slips(&told.columns, Some(sheet)) {
                note(
                    name,
                    sheet,
                    format!("collate.toml speaks of a column `{column}`, which no table of this sheet has"),
                );
            }
        }
    }
    notes
}
