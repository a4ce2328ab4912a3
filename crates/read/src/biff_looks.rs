//! What a person sees in an old Excel workbook beside its texts: fill colours, struck-through cells,
//! hidden rows and columns; with the comments, which `biff_comments.rs` gathers. Record types and layouts
//! as in [MS-XLS] 2.4; those of Excel 5 and 95 (BIFF5) as OpenOffice.org's documentation of the Excel
//! file format has them.

use std::collections::BTreeMap;

use collate_model::{Marks, Rgb};
use encoding_rs::{Encoding, WINDOWS_1252};

use crate::biff::{BOF, BOUND_SHEET, EOF, Records, u16_at, u32_at};
use crate::biff_comments::Notes;
use crate::looks::{Look, Percents, indexed};
use crate::ole::Ole;
use crate::xlsx::NumberFormat;

const CODE_PAGE: u16 = 0x0042;
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const PALETTE: u16 = 0x0092;
const ROW: u16 = 0x0208;
const COL_INFO: u16 = 0x007D;
const MULTIPLE: u16 = 0x00BD;
const MULTIPLE_BLANK: u16 = 0x00BE;
/// Records of one cell, blank ones included: row, column, style.
const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];
/// Version 8 of the format; what came before lays styles and comments out in another way.
const BIFF8: u64 = 0x0600;

/// What is seen of each sheet, in the order of the workbook: its marks, and the cells (row from 1) whose
/// number is shown as a percentage.
pub(crate) fn seen(bytes: &[u8]) -> Vec<(Marks, Percents)> {
    let stream = Ole::open(bytes).and_then(|ole| ole.stream("Workbook").or_else(|| ole.stream("Book")));
    let Some(stream) = stream else { return Vec::new() };
    let bytes = &stream.bytes;
    let (mut struck, mut styles, mut palette, mut sheets) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut is_old, mut encoding, mut formats) = (false, WINDOWS_1252, BTreeMap::new());
    for (kind, data) in (Records { bytes, at: 0 }) {
        match kind {
            BOF => is_old = u16_at(data, 0) < BIFF8,
            CODE_PAGE => encoding = of_code_page(u16_at(data, 0)),
            FONT => struck.push(u16_at(data, 2) & 8 != 0),
            FORMAT => formats.extend(format(data, is_old)),
            XF => styles.push(data.to_vec()),
            PALETTE => palette = data.get(2..).unwrap_or_default().chunks_exact(4).map(rgb).collect(),
            BOUND_SHEET => sheets.push(u32_at(data, 0) as usize),
            EOF => break,
            _ => {}
        }
    }
    let of_style = |xf: &Vec<u8>| {
        let id = u16_at(xf, 2) as u32;
        let format = formats.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id));
        (look(xf, is_old, &struck, &palette), format == NumberFormat::Percent)
    };
    let looks: Vec<(Look, bool)> = styles.iter().map(of_style).collect();
    let notes = || if is_old { Notes::old(encoding) } else { Notes::default() };
    sheets.into_iter().map(|at| of_sheet(bytes, at, &looks, notes())).collect()
}

/// A number format of the workbook's own: its number, and what it makes of numbers.
fn format(data: &[u8], is_old: bool) -> Option<(u32, NumberFormat)> {
    let id = u16_at(data, 0) as u32;
    // Of two bytes a letter the first is enough: what a code is made of is ASCII.
    let code: String = match is_old {
        true => data.get(3..)?.iter().map(|byte| char::from(*byte)).collect(),
        false if data.get(4)? & 1 != 0 => data.get(5..)?.chunks(2).map(|two| char::from(two[0])).collect(),
        false => data.get(5..)?.iter().map(|byte| char::from(*byte)).collect(),
    };
    Some((id, NumberFormat::of(&code)))
}

fn rgb(entry: &[u8]) -> Rgb {
    Rgb([entry[0], entry[1], entry[2]])
}

/// The encoding of a workbook from before there was Unicode in it.
fn of_code_page(number: u64) -> &'static Encoding {
    let label = match number {
        10_000 | 0x8000 => "macintosh".to_owned(),
        866 => "ibm866".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// The fonts are numbered without a fifth: number 4 is never used, so those after it are one too high.
fn look(xf: &[u8], is_old: bool, struck: &[bool], palette: &[Rgb]) -> Look {
    let font = u16_at(xf, 0) as usize;
    let font = if font > 4 { font - 1 } else { font };
    let (pattern, colour) = match is_old {
        true => (u32_at(xf, 8) >> 16 & 0x3F, u16_at(xf, 8)),
        false => (u32_at(xf, 14) >> 26, u16_at(xf, 18)),
    };
    let index = (colour & 0x7F) as usize;
    let own = || index.checked_sub(8).and_then(|at| palette.get(at)).copied();
    let fill = if pattern == 1 && index < 64 { own().or_else(|| indexed(index)) } else { None };
    Look { fill, struck: struck.get(font).copied().unwrap_or(false) }
}

fn of_sheet(bytes: &[u8], at: usize, looks: &[(Look, bool)], mut notes: Notes) -> (Marks, Percents) {
    let (mut marks, mut percents) = (Marks::default(), Percents::new());
    let mut depth = 0;
    for (kind, data) in (Records { bytes, at }) {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth != 1 => {}
            ROW if u16_at(data, 12) & 0x20 != 0 => {
                let row = u16_at(data, 0) as u32 + 1;
                marks.hidden_rows.push((row, row));
            }
            COL_INFO if u16_at(data, 8) & 1 != 0 => {
                marks.hidden_cols.push((u16_at(data, 0) as u32, (u16_at(data, 2) as u32).min(255)));
            }
            MULTIPLE | MULTIPLE_BLANK => {
                let (row, first) = (u16_at(data, 0), u16_at(data, 2));
                let size = if kind == MULTIPLE { 6 } else { 2 };
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (col, cell) in (first..).zip(cells.chunks_exact(size)) {
                    mark(&mut marks, &mut percents, (row, col), u16_at(cell, 0), looks);
                }
            }
            _ if CELLS.contains(&kind) => {
                let place = (u16_at(data, 0), u16_at(data, 2));
                mark(&mut marks, &mut percents, place, u16_at(data, 4), looks);
            }
            _ => notes.see(kind, data),
        }
    }
    marks.fills.sort_unstable();
    marks.fills.dedup_by_key(|(row, col, _)| (*row, *col));
    marks.struck.sort_unstable();
    marks.struck.dedup();
    marks.comments = notes.finish();
    (marks, percents)
}

fn mark(
    marks: &mut Marks,
    percents: &mut Percents,
    (row, col): (u64, u64),
    style: u64,
    looks: &[(Look, bool)],
) {
    let Some((look, is_percent)) = looks.get(style as usize) else { return };
    let place = (row as u32 + 1, col as u32);
    if *is_percent {
        percents.insert(place);
    }
    marks.fills.extend(look.fill.map(|fill| (place.0, place.1, fill)));
    if look.struck {
        marks.struck.push(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ole::tests::compound;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A style of this font, with a solid fill of this colour, or none.
    fn style(font: u16, colour: Option<u16>) -> Vec<u8> {
        shown(0, font, colour)
    }

    /// The same with this number format.
    fn shown(format: u16, font: u16, colour: Option<u16>) -> Vec<u8> {
        let pattern: u32 = if colour.is_some() { 1 << 26 } else { 0 };
        let mut xf = words(&[font, format, 0, 0, 0, 0, 0]);
        xf.extend(pattern.to_le_bytes());
        xf.extend(colour.unwrap_or(0x40).to_le_bytes());
        record(XF, &xf)
    }

    #[test]
    fn looks_are_read_from_the_records() {
        let font = |struck: bool| record(FONT, &words(&[200, if struck { 8 } else { 0 }, 0, 0, 0, 0, 0]));
        let palette = [words(&[1]), vec![1, 2, 3, 0]].concat();
        let mut globals = [
            record(BOF, &words(&[0x0600, 5])),
            font(false),
            font(false),
            font(false),
            font(false),
            font(true),
        ]
        .concat();
        for xf in [
            style(0, None),
            style(0, Some(10)),
            style(5, None),
            style(0, Some(8)),
            shown(10, 0, None),
            shown(164, 0, None),
        ] {
            globals.extend(xf);
        }
        let own = [words(&[164, 4]), vec![0], b"0.0%".to_vec()].concat();
        globals.extend(record(FORMAT, &own));
        globals.extend(record(PALETTE, &palette));
        let at = globals.len() + record(BOUND_SHEET, &[0; 8]).len() + record(EOF, &[]).len();
        globals.extend(record(BOUND_SHEET, &[&(at as u32).to_le_bytes()[..], &[0; 4]].concat()));
        globals.extend(record(EOF, &[]));
        let sheet = [
            record(BOF, &words(&[0x0600, 0x10])),
            record(COL_INFO, &words(&[1, 2, 0, 0, 1, 0])),
            record(ROW, &words(&[4, 0, 3, 0, 0, 0, 0x20, 0])),
            record(0x0201, &words(&[0, 0, 1])),
            record(0x0204, &words(&[0, 1, 2, 0])),
            record(MULTIPLE_BLANK, &words(&[2, 3, 0, 3, 1, 5])),
            record(MULTIPLE, &words(&[3, 0, 1, 0, 0, 2, 0, 0, 1])),
            record(0x0203, &words(&[6, 1, 4, 0, 0, 0, 0])),
            record(0x0203, &words(&[6, 2, 5, 0, 0, 0, 0])),
            record(EOF, &[]),
        ];
        globals.extend(sheet.concat());
        let found: Vec<(Marks, Percents)> = seen(&compound("Workbook", &globals));
        let (red, own) = (Rgb([255, 0, 0]), Rgb([1, 2, 3]));
        let [(found, percents)] = &found[..] else { panic!("one sheet") };
        assert_eq!(percents.iter().copied().collect::<Vec<_>>(), [(7, 1), (7, 2)]);
        assert_eq!(found.fills, [(1, 0, red), (3, 4, own), (3, 5, red), (4, 0, red)]);
        assert_eq!(found.struck, [(1, 1), (4, 1)]);
        assert_eq!((&found.hidden_rows[..], &found.hidden_cols[..]), (&[(5, 5)][..], &[(1, 2)][..]));
        for end in 0..globals.len() {
            let _ = seen(&compound("Workbook", &globals[..end]));
        }
    }
}
