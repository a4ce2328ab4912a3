//! The records of an Excel 97-2003 workbook, walked before a parser trusts them: is it
//! protected, is it whole, and does any sheet ask for more room than a sheet can need?
//! Record types as in [MS-XLS] 2.3.

use crate::limits::{Limits, Refusal};
use crate::ole::Ole;

pub(crate) const BOF: u16 = 0x0809;
pub(crate) const EOF: u16 = 0x000A;
pub(crate) const FILE_PASS: u16 = 0x002F;
pub(crate) const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const MULTIPLE: u16 = 0x00BD;
/// Records of one cell; they begin with its row and column.
const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, MULTIPLE];
/// Formulas as versions before Excel 5 wrote them; the parser passes over them.
const OLD_FORMULAS: [u16; 2] = [0x0206, 0x0406];
const FORMULA: u16 = 0x0006;
/// No record is longer; what is longer is read out of step.
const LONGEST: usize = 8224;
/// Rows and columns of a sheet in this format.
const ROWS: u64 = 65_536;
const COLS: u64 = 256;

/// What a walk through the records of a workbook found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Walked {
    /// It does not break off.
    pub whole: bool,
    /// Its sheets, in their order.
    pub sheets: Vec<Cells>,
}

/// The cells that the records of a sheet hold, by row and column from 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    /// Those with a text or number of their own; not formulas, which may come to nothing.
    pub filled: Vec<(u16, u16)>,
    /// The first that the parser passes over.
    pub passed_over: Option<(u16, u16)>,
    /// The records are out of step somewhere.
    pub lost: bool,
}

/// Walks through the records.
pub(crate) fn walk(bytes: &[u8], limits: &Limits) -> Result<Walked, Refusal> {
    let ole = Ole::open(bytes);
    if ole.as_ref().is_some_and(Ole::loops) {
        return Err(Refusal::damaged("the parts of the workbook go round in a circle"));
    }
    let stream = ole.and_then(|ole| ole.stream("Workbook").or_else(|| ole.stream("Book")));
    let Some(stream) = stream else {
        return Err(Refusal::damaged("the records of the workbook can't be found"));
    };
    let mut whole = !stream.cut;
    let mut sheets = Vec::new();
    let mut globals = Records { bytes: &stream.bytes, at: 0 };
    for (kind, data) in &mut globals {
        match kind {
            FILE_PASS => return Err(Refusal::password()),
            BOUND_SHEET => sheets.push(u32_at(data, 0) as usize),
            EOF => break,
            _ => {}
        }
    }
    whole &= globals.intact();
    let mut walked = Walked { whole, sheets: Vec::new() };
    for at in sheets {
        let mut cells = Cells::default();
        walked.whole &= sheet(&stream.bytes, at, limits, &mut cells)?;
        walked.sheets.push(cells);
    }
    Ok(walked)
}

/// Walks one sheet; the parser goes to where the list of sheets says, so this does too.
fn sheet(bytes: &[u8], at: usize, limits: &Limits, cells: &mut Cells) -> Result<bool, Refusal> {
    let mut records = Records { bytes, at };
    let mut depth = 0;
    let mut area = Rectangle::default();
    for (kind, data) in &mut records {
        cells.lost |= data.len() > LONGEST;
        match kind {
            BOF => depth += 1,
            // Charts and the like have sheets of their own inside the sheet.
            EOF if depth <= 1 => return Ok(true),
            EOF => depth -= 1,
            DIMENSIONS if depth == 1 => declared(data, limits)?,
            _ if depth == 1 && CELLS.contains(&kind) => {
                area.add(u16_at(data, 0), u16_at(data, 2));
                if kind == MULTIPLE {
                    area.add(u16_at(data, 0), u16_at(data, data.len().saturating_sub(2)));
                }
                check(&area, limits)?;
                cells.add(kind, data);
            }
            _ if depth == 1 && OLD_FORMULAS.contains(&kind) => {
                cells.passed_over.get_or_insert((u16_at(data, 0) as u16, u16_at(data, 2) as u16));
            }
            // A sheet begins with its BOF; anything else is no sheet, but is parsed as one.
            _ if depth == 0 => return Err(damaged()),
            _ => {}
        }
    }
    Ok(false)
}

impl Cells {
    fn add(&mut self, kind: u16, data: &[u8]) {
        let (row, first) = (u16_at(data, 0) as u16, u16_at(data, 2) as u16);
        let last = match kind {
            FORMULA => return,
            MULTIPLE => u16_at(data, data.len().saturating_sub(2)) as u16,
            _ => first,
        };
        // As many as the record has room for, whatever it says.
        let room = (data.len() / 6).max(1);
        self.filled.extend((first..=last.max(first)).take(room).map(|col| (row, col)));
    }
}

/// The parser makes room for as many cells as a Dimensions record names, in the older and the newer
/// layout, before it has seen one. Its columns may be nonsense, which it mends in part.
fn declared(data: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let (first_row, rows, first_col, cols) = if data.len() >= 14 {
        (u32_at(data, 0), u32_at(data, 4), u16_at(data, 8), u16_at(data, 10))
    } else {
        (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4), u16_at(data, 6))
    };
    if rows == 0 || cols == 0 {
        return Ok(());
    }
    let first_col = if first_col >= COLS || cols < first_col { 0 } else { first_col };
    let Some(height) = rows.checked_sub(first_row).filter(|_| rows <= ROWS) else {
        return Err(damaged());
    };
    let size = height * (cols - first_col);
    if size > limits.cells {
        return Err(Refusal::limit("cells", limits.cells, "a sheet of the workbook"));
    }
    if size > ROWS * COLS { Err(damaged()) } else { Ok(()) }
}

fn damaged() -> Refusal {
    Refusal::damaged("the workbook's list of sheets or a sheet's size is damaged")
}

/// The parser makes room for every cell of the rectangle that a sheet's cells span.
fn check(area: &Rectangle, limits: &Limits) -> Result<(), Refusal> {
    if area.rows.1 > ROWS || area.cols.1 > COLS {
        return Err(damaged());
    }
    if area.size() > limits.cells {
        return Err(Refusal::limit("cells", limits.cells, "a sheet of the workbook"));
    }
    Ok(())
}

/// First row and column, and the ones after the last.
#[derive(Debug, Default)]
struct Rectangle {
    rows: (u64, u64),
    cols: (u64, u64),
}

impl Rectangle {
    fn add(&mut self, row: u64, col: u64) {
        if self.size() == 0 {
            *self = Rectangle { rows: (row, row + 1), cols: (col, col + 1) };
        }
        self.rows = (self.rows.0.min(row), self.rows.1.max(row + 1));
        self.cols = (self.cols.0.min(col), self.cols.1.max(col + 1));
    }

    fn size(&self) -> u64 {
        self.rows.1.saturating_sub(self.rows.0) * self.cols.1.saturating_sub(self.cols.0)
    }
}

/// (type, data) of each record, up to the end or to a record that doesn't fit.
pub(crate) struct Records<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl Records<'_> {
    /// The last record did not run past the end.
    fn intact(&self) -> bool {
        self.at < self.bytes.len()
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let header = self.bytes.get(self.at..self.at.checked_add(4)?)?;
        let start = self.at + 4;
        let end = start + u16_at(header, 2) as usize;
        self.at = end;
        Some((u16_at(header, 0) as u16, self.bytes.get(start..end)?))
    }
}

/// Zero where the record is too short.
pub(crate) fn u16_at(data: &[u8], at: usize) -> u64 {
    data.get(at..at + 2).map_or(0, |pair| u64::from(u16::from_le_bytes([pair[0], pair[1]])))
}

pub(crate) fn u32_at(data: &[u8], at: usize) -> u64 {
    u16_at(data, at) | u16_at(data, at + 2) << 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ole::tests::compound;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = data.len() as u16;
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    /// A workbook of one sheet with these records between its BOF and its end.
    fn workbook(inside: &[u8], end: bool) -> Vec<u8> {
        let bof = record(BOF, &[0; 16]);
        let tail = if end { record(EOF, &[]) } else { Vec::new() };
        // 20 bytes of BOF, 12 of the list of sheets, 4 of EOF.
        let list = record(BOUND_SHEET, &[36, 0, 0, 0, 0, 0, 1, 0]);
        let records = [&bof[..], &list, &record(EOF, &[]), &bof, inside, &tail].concat();
        // Type 0 goes on as padding up to the end of the last sector.
        compound("Workbook", &records)
    }

    fn dimensions(rows: u32, cols: u16) -> Vec<u8> {
        spans((0, rows), (0, cols))
    }

    /// First row and column, and the ones after the last.
    fn spans(rows: (u32, u32), cols: (u16, u16)) -> Vec<u8> {
        let rows = [rows.0, rows.1].map(u32::to_le_bytes).concat();
        let cols = [cols.0, cols.1, 0].map(u16::to_le_bytes).concat();
        record(DIMENSIONS, &[rows, cols].concat())
    }

    fn number(row: u16, col: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &col.to_le_bytes(), &[0; 10]].concat())
    }

    #[test]
    fn sheets_are_walked_before_the_parser_sees_them() {
        for (inside, end, expected) in [
            (vec![], true, Ok(true)),
            (vec![], false, Ok(false)),
            (record(BOF, &[0; 16]), true, Ok(false)),
            (number(65_535, 255), true, Ok(true)),
            (number(1, 256), true, Err("file-damaged")),
            (dimensions(65_536, 256), true, Ok(true)),
            (dimensions(70, 60_000), true, Ok(true)),
            (dimensions(u32::MAX, 256), true, Err("file-damaged")),
            // Columns that no sheet has, in so many rows that the parser's room for them is none.
            (dimensions(4000, 60_000), true, Err("limit")),
            (spans((0, 4000), (300, 200)), true, Ok(true)),
            (spans((0, 65_536), (300, 299)), true, Err("file-damaged")),
            // It counts from the first to the last, whichever is larger.
            (spans((9, 5), (0, 5)), true, Err("file-damaged")),
            (spans((5, 5), (0, 5)), true, Ok(true)),
            (spans((0, 0), (0, 0)), true, Ok(true)),
        ] {
            let found = walk(&workbook(&inside, end), &Limits::default()).map(|walked| walked.whole);
            assert_eq!(found.map_err(|refusal| refusal.code), expected, "{inside:?}");
        }
        let few = Limits { cells: 100, ..Limits::default() };
        for inside in [dimensions(20, 20), [number(0, 0), number(20, 20)].concat()] {
            assert_eq!(walk(&workbook(&inside, true), &few).unwrap_err().code, "limit");
        }
    }

    #[test]
    fn what_the_parser_should_give_is_known() {
        let old_formula = record(0x0406, &[4, 0, 2, 0, 0, 0]);
        let formula = record(FORMULA, &[5, 0, 0, 0, 0, 0]);
        // Row 6, columns 1 to 2, and a last column beyond what there is room for.
        let several = record(MULTIPLE, &[&[6, 0, 1, 0][..], &[0; 12], &[2, 0]].concat());
        let liar = record(MULTIPLE, &[7, 0, 0, 0, 255, 0]);
        let long = record(0x1234, &[0; 9000]);
        let inside = [number(3, 1), old_formula, formula, several, liar, long].concat();
        let walked = walk(&workbook(&inside, true), &Limits::default()).unwrap();
        let expected =
            Cells { filled: vec![(3, 1), (6, 1), (6, 2), (7, 0)], passed_over: Some((4, 2)), lost: true };
        assert_eq!(walked.sheets, [expected]);
    }

    #[test]
    fn protection_is_seen() {
        let records = [record(BOF, &[0; 16]), record(FILE_PASS, &[0; 6])].concat();
        let found = walk(&compound("Workbook", &records), &Limits::default());
        assert_eq!(found.unwrap_err().code, "file-locked");
    }
}
