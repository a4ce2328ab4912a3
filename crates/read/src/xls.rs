//! Excel 97-2003 workbooks. calamine parses the whole of one at once and trusts what it says
//! of itself, so its records are walked first: is it protected, is it whole, is it sane.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Reader, SheetVisible, Xls, XlsError};

use crate::cell_text::{borrowed, write_cell};
use crate::limits::Refusal;
use crate::parse::{Parsed, no_sheets, skipped, unreadable};
use crate::sink::{SheetSink, area};
use crate::xlsb::without_cells;
use crate::{Limits, biff, biff_looks};

pub(crate) fn read(bytes: &[u8], file: &str, limits: &Limits, parsed: &mut Parsed) -> Result<(), Refusal> {
    if !biff::whole(bytes, limits)? {
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
    if sheets.len() > limits.sheets {
        parsed.notes.push(Refusal::limit("sheets", limits.sheets as u64, "the number of sheets").note(file));
    }
    let mut marks = collate_model::quietly(|| biff_looks::marks(bytes)).unwrap_or_default();
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
        sink.finish(
            sheet.visible != SheetVisible::Visible,
            merges,
            marks.get_mut(at).map(std::mem::take).unwrap_or_default(),
            parsed,
        );
    }
    Ok(())
}
