//! Excel 97-2003 workbooks. calamine parses the whole of one at once and trusts what it says
//! of itself, so its records are walked first: is it protected, is it whole, is it sane.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Reader, SheetVisible, Xls, XlsError};

use crate::Limits;
use crate::cell_text::{borrowed, write_cell};
use crate::limits::Refusal;
use crate::ole::Ole;
use crate::parse::{Parsed, skipped, unreadable};
use crate::sink::{SheetSink, area};
use crate::streamed::without_cells;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const DIMENSIONS: u16 = 0x0200;
/// Rows and columns that the format has.
const SHEET: (u64, u64) = (65_536, 256);

pub(crate) fn read(bytes: &[u8], file: &str, limits: &Limits, parsed: &mut Parsed) -> Result<(), Refusal> {
    if !whole(bytes, limits)? {
        let what = "the workbook is cut off; rows and sheets at its end are missing";
        parsed.notes.push(Refusal::damaged(what).note(file));
    }
    let mut workbook = match Xls::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(XlsError::Password) => return Err(Refusal::password()),
        Err(_) => return Err(Refusal::damaged("the records of the workbook can't be read")),
    };
    let date_1904 = workbook.has_1904_epoch();
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        let name = sheet.name.as_str();
        if let Some(kind) = without_cells(sheet.typ) {
            parsed.notes.push(skipped(file, name, kind));
            continue;
        }
        let (true, Ok(range)) = (seen.insert(name.to_owned()), workbook.worksheet_range(name)) else {
            parsed.notes.push(unreadable(file, name, "the sheet is missing from the file or damaged"));
            continue;
        };
        let mut sink = SheetSink::new(file, name, limits);
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells() {
            let kind = write_cell(&borrowed(value), date_1904, &mut text);
            if !sink.push_at((top + row as u32, left + col as u32), kind, &text) {
                break;
            }
        }
        let merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
        let merges = merges.iter().filter_map(|merged| area(merged.start, merged.end)).collect();
        match sink.finish(sheet.visible != SheetVisible::Visible, merges) {
            Ok(sheet) => parsed.sheets.push(sheet),
            Err(note) => parsed.notes.push(note),
        }
    }
    Ok(())
}

/// Walks the workbook's records: false if they break off.
fn whole(bytes: &[u8], limits: &Limits) -> Result<bool, Refusal> {
    let stream = Ole::open(bytes).and_then(|ole| ole.stream("Workbook").or_else(|| ole.stream("Book")));
    let Some(stream) = stream else {
        return Err(Refusal::damaged("the records of the workbook can't be found"));
    };
    let records = &stream.bytes;
    let (mut at, mut depth) = (0, 0u32);
    while let Some(header) = records.get(at..at + 4) {
        let kind = u16::from_le_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_le_bytes([header[2], header[3]]));
        let Some(data) = records.get(at + 4..at + 4 + length) else { return Ok(false) };
        match kind {
            BOF => depth += 1,
            EOF => depth = depth.saturating_sub(1),
            FILE_PASS => return Err(Refusal::password()),
            DIMENSIONS => check_dimensions(data, limits)?,
            // Padding behind the last sheet.
            _ if depth == 0 => break,
            _ => {}
        }
        at += 4 + length;
    }
    Ok(depth == 0 && !stream.cut)
}

/// The parser makes room for the rectangle that this record names before it reads a cell.
fn check_dimensions(data: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let word =
        |at: usize| data.get(at..at + 2).map_or(0, |pair| u64::from(u16::from_le_bytes([pair[0], pair[1]])));
    let (first, last, cols) = if data.len() >= 14 {
        (word(0) | word(2) << 16, word(4) | word(6) << 16, word(10))
    } else {
        (word(0), word(2), word(6))
    };
    if first > last.max(1) || last > SHEET.0 {
        return Err(Refusal::damaged("a sheet claims more rows than an Excel 97-2003 workbook can have"));
    }
    let area = (last - first.min(last)) * cols.clamp(1, SHEET.1);
    if area > limits.cells {
        return Err(Refusal::limit("cells", limits.cells, "a sheet of the workbook"));
    }
    Ok(())
}
