//! Excel 97-2003 workbooks. calamine parses the whole of one at once and trusts what it says
//! of itself, so its records are walked first: is it protected, is it whole, is it sane.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetVisible, Xls, XlsError};
use collate_model::{CellKind, Note};

use crate::cell_text::{as_percent, borrowed, write_cell};
use crate::limits::Refusal;
use crate::parse::{Parsed, no_sheets, skipped, unreadable};
use crate::sink::{SheetSink, area};
use crate::xlsb::without_cells;
use crate::{Limits, biff, biff_looks};

/// Notes on what the records of a sheet hold and the parser did not give.
fn unread(walk: &biff::Cells, range: &Range<Data>, file: &str, name: &str) -> Vec<Note> {
    let is_there = |(row, col): &(u16, u16)| {
        let value = range.get_value((u32::from(*row), u32::from(*col)));
        value.is_some_and(|value| *value != Data::Empty)
    };
    let note = |what: &str, (row, col): (u16, u16)| {
        unreadable(file, name, what).on_cell(u32::from(row) + 1, u32::from(col))
    };
    let mut notes = Vec::new();
    let missing: Vec<(u16, u16)> = walk.filled.iter().filter(|at| !is_there(at)).copied().collect();
    if let Some(first) = missing.first() {
        let what = match missing.len() {
            1 => "this cell could not be read".to_owned(),
            count => format!("{count} cells could not be read, this is the first"),
        };
        notes.push(note(&what, *first));
    }
    if let Some(first) = walk.passed_over {
        let what = "the formula in this cell, and others like it, were saved by a very old program and were not read";
        notes.push(note(what, first));
    }
    if walk.lost {
        let what = "the records of the sheet are damaged; cells after the damage may be missing";
        notes.push(unreadable(file, name, what));
    }
    notes
}

pub(crate) fn read(bytes: &[u8], file: &str, limits: &Limits, parsed: &mut Parsed) -> Result<(), Refusal> {
    let walked = biff::walk(bytes, limits)?;
    if !walked.whole {
        let what = "the workbook is cut off; rows and sheets at its end are missing";
        parsed.notes.push(Refusal::damaged(what).note(file));
    }
    let mut workbook = match Xls::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(XlsError::Password) => return Err(Refusal::password()),
        Err(_) => return Err(Refusal::damaged("the records of the workbook can't be read")),
    };
    if workbook.sheets_metadata().is_empty() {
        return Err(no_sheets());
    }
    let date_1904 = workbook.has_1904_epoch();
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    let sheets = workbook.sheets_metadata().to_vec();
    // Where the two disagree about the sheets, nobody knows which is which.
    let walks = if walked.sheets.len() == sheets.len() { &walked.sheets[..] } else { &[] };
    if sheets.len() > limits.sheets {
        parsed.notes.push(Refusal::limit("sheets", limits.sheets as u64, "the number of sheets").note(file));
    }
    let mut looks = collate_model::quietly(|| biff_looks::seen(bytes)).unwrap_or_default();
    for (at, sheet) in sheets.into_iter().take(limits.sheets).enumerate() {
        let name = sheet.name.as_str();
        if let Some(kind) = without_cells(sheet.typ) {
            parsed.notes.push(skipped(file, name, kind));
            continue;
        }
        let (true, Ok(range)) = (seen.insert(name.to_owned()), workbook.worksheet_range(name)) else {
            parsed.notes.push(unreadable(file, name, "the sheet is missing from the file or damaged"));
            continue;
        };
        let (marks, percents) = looks.get_mut(at).map(std::mem::take).unwrap_or_default();
        let mut sink = SheetSink::new(file, name, limits);
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells() {
            let (row, col) = (top + row as u32, left + col as u32);
            let mut kind = write_cell(&borrowed(value), date_1904, &mut text);
            if kind == CellKind::Number && percents.contains(&(row + 1, col)) {
                kind = as_percent(&mut text);
            }
            if !sink.push_at((row, col), kind, &text) {
                break;
            }
        }
        if let Some(walk) = walks.get(at) {
            sink.notes.extend(unread(walk, &range, file, name));
        }
        let merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
        let merges = merges.iter().filter_map(|merged| area(merged.start, merged.end)).collect();
        sink.finish(sheet.visible != SheetVisible::Visible, merges, marks, parsed);
    }
    Ok(())
}
