//! What the tests of this crate share: files in memory to `FileRead`, and sheets to plain rows.

// Every test binary compiles this module and uses its own part of it.
#![allow(dead_code)]

use std::io::{Cursor, Write};

use collate_model::{CellKind, Severity, Sheet};
use collate_read::{FileRead, Input, Limits, read};

/// Reads these bytes as a file of that name.
pub fn read_bytes(name: &str, bytes: &[u8]) -> FileRead {
    read_within(name, bytes, &Limits::default())
}

/// The same, under other limits.
pub fn read_within(name: &str, bytes: &[u8], limits: &Limits) -> FileRead {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&Input { path, name: name.to_owned() }, limits)
}

/// (row number, cells of the filled columns) of every filled row.
pub fn rows(sheet: &Sheet) -> Vec<(u32, Vec<&str>)> {
    (0..sheet.rows())
        .map(|i| (sheet.row_number(i), (0..sheet.cols()).map(|j| sheet.text(i, j)).collect()))
        .collect()
}

/// Kind and text of the cell at a row number and column index.
pub fn cell(sheet: &Sheet, row: u32, col: u32) -> (CellKind, &str) {
    match (sheet.row_index(row), sheet.col_index(col)) {
        (Some(i), Some(j)) => (sheet.kind(i, j), sheet.text(i, j)),
        _ => (CellKind::Empty, ""),
    }
}

/// Severity and code of every note of a file and its sheets.
pub fn codes(file: &FileRead) -> Vec<(Severity, &'static str)> {
    let sheets = file.sheets.iter().flat_map(|sheet| &sheet.notes);
    file.notes.iter().chain(sheets).map(|note| (note.severity, note.code)).collect()
}

/// A zip package with these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
