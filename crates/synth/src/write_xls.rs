//! Writes sheets as an old Excel workbook: the records of BIFF8 that readers need
//! ([MS-XLS], sections 2.3 and 2.4) in one stream of a compound file, with the 1904 date system.

mod compound;

use std::io;
use std::path::Path;

use crate::sheet::{Cell, Sheet, serial};

const GENERAL: u16 = 15;
const DATE: u16 = 16;
const DATE_FORMAT: u16 = 164;

/// Writes the workbook. A sheet has at most 65,536 rows.
pub fn write(sheets: &[Sheet], path: &Path) -> io::Result<()> {
    std::fs::write(path, compound::wrap(&workbook(sheets)))
}

/// Records, one after the other.
#[derive(Default)]
struct Records(Vec<u8>);

impl Records {
    fn push(&mut self, kind: u16, parts: &[&[u8]]) {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        self.0.extend(kind.to_le_bytes());
        self.0.extend((length as u16).to_le_bytes());
        parts.iter().for_each(|part| self.0.extend(*part));
    }

    fn words(&mut self, kind: u16, words: &[u16]) {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.push(kind, &[&bytes]);
    }
}

fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    let mut out = globals(sheets, &vec![0; sheets.len()]);
    // The directory of sheets has offsets in it, of a length that does not depend on them.
    let mut offset = out.0.len() as u32;
    let pages: Vec<Records> = sheets.iter().map(page).collect();
    let offsets: Vec<u32> = pages
        .iter()
        .map(|page| {
            offset += page.0.len() as u32;
            offset - page.0.len() as u32
        })
        .collect();
    out = globals(sheets, &offsets);
    pages.iter().for_each(|page| out.0.extend(&page.0));
    out.0
}

fn globals(sheets: &[Sheet], offsets: &[u32]) -> Records {
    let mut out = Records::default();
    out.words(0x0809, &[0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0, 6, 0]);
    out.words(0x0042, &[1200]);
    out.words(0x003D, &[0, 0, 0x3000, 0x2000, 0x38, 0, 0, 1, 600]);
    out.words(0x0022, &[1]);
    for _ in 0..4 {
        let name = "Arial".as_bytes();
        out.push(0x0031, &[&[200, 0, 0, 0, 0xFF, 0x7F, 0x90, 1, 0, 0, 0, 0, 0, 0, 5, 0], name]);
    }
    let (length, characters) = text("dd/mm/yyyy");
    out.push(0x041E, &[&DATE_FORMAT.to_le_bytes(), &length.to_le_bytes(), &characters]);
    for index in 0..=DATE {
        // The first fifteen are styles, as the format wants; the last two are for cells.
        let format = if index == DATE { DATE_FORMAT } else { 0 };
        let kind = if index < GENERAL { 0xFFF5 } else { 0x0001 };
        out.words(0x00E0, &[0, format, kind, 0x0020, 0, 0, 0, 0, 0, 0x20C0]);
    }
    out.push(0x0293, &[&[0x00, 0x80, 0x00, 0xFF]]);
    for (sheet, offset) in sheets.iter().zip(offsets) {
        let (length, characters) = text(&sheet.name);
        out.push(0x0085, &[&offset.to_le_bytes(), &[0, 0, length as u8], &characters]);
    }
    out.push(0x000A, &[]);
    out
}

fn page(sheet: &Sheet) -> Records {
    let mut out = Records::default();
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0) as u16;
    out.words(0x0809, &[0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 0, 6, 0]);
    for column in &sheet.hidden_columns {
        out.words(0x007D, &[*column, *column, 2048, GENERAL, 1, 0]);
    }
    out.push(
        0x0200,
        &[&[0; 4], &(sheet.rows.len() as u32).to_le_bytes(), &[0; 2], &width.to_le_bytes(), &[0; 2]],
    );
    for (i, row) in sheet.rows.iter().enumerate().take(65_536) {
        let hidden = if sheet.hidden_rows.contains(&(i as u32)) { 0x20 } else { 0 };
        out.words(0x0208, &[i as u16, 0, width, 255, 0, 0, 0x0100 | hidden, GENERAL]);
        for (j, cell) in row.iter().enumerate() {
            push_cell(&mut out, i as u16, j as u16, cell);
        }
    }
    if !sheet.merged.is_empty() {
        let mut words = vec![sheet.merged.len() as u16];
        for (first, last, column) in &sheet.merged {
            words.extend([*first as u16, *last as u16, *column, *column]);
        }
        out.words(0x00E5, &words);
    }
    out.words(0x023E, &[0x06B6, 0, 0, 0x40, 0, 0, 0, 0, 0]);
    out.push(0x000A, &[]);
    out
}

fn push_cell(out: &mut Records, row: u16, column: u16, cell: &Cell) {
    let place = |format: u16| [row, column, format].map(u16::to_le_bytes).concat();
    let number = |out: &mut Records, format: u16, value: f64| {
        out.push(0x0203, &[&place(format), &value.to_le_bytes()]);
    };
    match cell {
        Cell::Empty => {}
        Cell::Text(content) => {
            let (length, characters) = text(content);
            out.push(0x0204, &[&place(GENERAL), &length.to_le_bytes(), &characters]);
        }
        Cell::Number(value) => number(out, GENERAL, *value),
        Cell::Date(day) => number(out, DATE, f64::from(serial(*day, true))),
        Cell::Serial(day) => number(out, GENERAL, f64::from(serial(*day, true))),
    }
}

/// Number of UTF-16 units, and the flag and bytes of an uncompressed string. A record holds
/// 8,224 bytes, so no more than 4,000 units are kept.
fn text(content: &str) -> (u16, Vec<u8>) {
    let units: Vec<u16> = content.encode_utf16().take(4_000).collect();
    let mut bytes = vec![1];
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    (units.len() as u16, bytes)
}
