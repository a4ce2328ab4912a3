//! What a person sees in an xlsb workbook beside its texts: the same parts as in xlsx, but of records in
//! place of XML. [MS-XLSB] 2.1.4 (records) and 2.4.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use collate_model::Rgb;

use super::comments::Comment;
use super::seen::Seen;
use super::styles::{Colour, Look, Styles};
use super::{related, styles};
use crate::package::Package;
use crate::xlsx::NumberFormat;

const ROW: u16 = 0;
/// Records of one cell: column, then style in three bytes.
const CELLS: std::ops::RangeInclusive<u16> = 1..=11;
const FORMULA_ERROR: u16 = 11;
const RICH_CELL: u16 = 62;
const FONT: u16 = 43;
const FILL: u16 = 45;
const FORMAT: u16 = 44;
const XF: u16 = 47;
const COLUMNS: u16 = 60;
const SHEET: u16 = 156;
const MERGED: u16 = 176;
const CELL_STYLES: (u16, u16) = (617, 618);
const COMMENT: u16 = 635;
const COMMENT_TEXT: u16 = 637;
/// No record that matters here is longer: a comment has 32,767 characters at most.
const LONGEST: u64 = 1 << 20;

/// The records of a part: type and data.
struct Records<R> {
    from: BufReader<R>,
    data: Vec<u8>,
}

impl<R: Read> Records<R> {
    fn new(from: R) -> Self {
        Records { from: BufReader::new(from), data: Vec::new() }
    }

    /// The next record, without the end of one that is too long; `None` where there is no whole one.
    fn next(&mut self) -> Option<(u16, &[u8])> {
        let kind = self.number(2)?;
        let length = u64::from(self.number(4)?);
        self.data.clear();
        let kept = length.min(LONGEST);
        let read = self.from.by_ref().take(kept).read_to_end(&mut self.data).ok()?;
        let rest = self.from.by_ref().take(length - kept);
        let left = std::io::copy(&mut { rest }, &mut std::io::sink()).ok()?;
        (read as u64 == kept && left == length - kept).then_some((kind as u16, &self.data))
    }

    /// A number in at most so many bytes of seven bits each, lowest first.
    fn number(&mut self, most: usize) -> Option<u32> {
        let mut number = 0;
        for i in 0..most {
            let mut byte = [0];
            self.from.read_exact(&mut byte).ok()?;
            number |= u32::from(byte[0] & 0x7F) << (7 * i);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

/// The styles of a workbook.
pub(crate) fn styles_of(package: &mut Package<'_>) -> Styles {
    let theme = styles::theme_of(package);
    let Some(part) = package.part("xl/styles.bin") else { return Styles::default() };
    let mut records = Records::new(part);
    let (mut struck, mut fills, mut looks) = (Vec::new(), Vec::new(), Vec::new());
    let (mut inside, mut own) = (false, BTreeMap::new());
    while let Some((kind, data)) = records.next() {
        match kind {
            FORMAT => {
                let code = data.get(2..).and_then(wide);
                own.extend(code.map(|(code, _)| (u16_at(data, 0), NumberFormat::of(&code))));
            }
            FONT => struck.push(u16_at(data, 2) & 8 != 0),
            FILL => fills.push(
                (u32_at(data, 0) == 1).then(|| colour(data.get(4..12)?)?.resolve(&theme, &[])).flatten(),
            ),
            kind if kind == CELL_STYLES.0 => inside = true,
            kind if kind == CELL_STYLES.1 => inside = false,
            XF if inside => looks.push((u16_at(data, 4), u16_at(data, 6), u16_at(data, 2))),
            _ => {}
        }
    }
    let look = |(font, fill, _): &(u32, u32, u32)| Look {
        struck: struck.get(*font as usize).copied().unwrap_or(false),
        fill: fills.get(*fill as usize).copied().flatten(),
    };
    let format =
        |(.., id): &(u32, u32, u32)| own.get(id).copied().unwrap_or_else(|| NumberFormat::built_in(*id));
    Styles::of_looks(looks.iter().map(look).collect(), looks.iter().map(format).collect())
}

/// A colour by index, as it is, or of the theme; `None` for that of the window. [MS-XLSB] 2.5.7.
fn colour(data: &[u8]) -> Option<Colour> {
    let [kind, index, low, high, red, green, blue, _] = *data else { return None };
    let mut colour = Colour {
        tint: f64::from(i16::from_le_bytes([low, high])) / f64::from(i16::MAX),
        ..Colour::default()
    };
    match kind >> 1 {
        1 => colour.index = Some(usize::from(index)),
        2 => colour.rgb = Some(Rgb([red, green, blue])),
        3 => colour.theme = Some(usize::from(index)),
        _ => return None,
    }
    Some(colour)
}

/// The parts of the sheets by their names.
pub(crate) fn sheets_of(package: &mut Package<'_>) -> BTreeMap<String, String> {
    let main = "xl/workbook.bin";
    let targets: BTreeMap<String, String> =
        related(package, main).into_iter().map(|relation| (relation.id, relation.part)).collect();
    let Some(part) = package.part(main) else { return BTreeMap::new() };
    let mut records = Records::new(part);
    let mut sheets = BTreeMap::new();
    while let Some((kind, data)) = records.next() {
        if kind == SHEET
            && let Some((id, rest)) = data.get(8..).and_then(wide)
            && let Some((name, part)) = wide(rest).map(|(name, _)| name).zip(targets.get(&id))
        {
            // Of two sheets with one name the first is read.
            sheets.entry(name).or_insert_with(|| part.clone());
        }
    }
    sheets
}

/// Sees a sheet's part.
pub(crate) fn see(package: &mut Package<'_>, part: &str, seen: &mut Seen<'_>) {
    let Some(part) = package.part(part) else { return };
    let mut records = Records::new(part);
    let mut row = 0;
    while let Some((kind, data)) = records.next() {
        match kind {
            ROW => {
                row = u32_at(data, 0).saturating_add(1);
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    seen.hide_row(row);
                }
            }
            COLUMNS if u16_at(data, 16) & 1 != 0 => {
                seen.hide_columns(u32_at(data, 0).saturating_add(1), u32_at(data, 4).saturating_add(1));
            }
            MERGED => {
                let corner = |row: usize, col: usize| (u32_at(data, row), u32_at(data, col));
                seen.merge_cells(corner(0, 8), corner(4, 12));
            }
            _ if CELLS.contains(&kind) || kind == RICH_CELL => {
                seen.cell(row, u32_at(data, 0), u32_at(data, 4) & 0x00FF_FFFF);
                seen.percent(row, u32_at(data, 0), u32_at(data, 4) & 0x00FF_FFFF);
                if kind == FORMULA_ERROR {
                    seen.unread_error(row, u32_at(data, 0));
                }
            }
            _ => {}
        }
    }
}

/// The comments in a part.
pub(super) fn comments(from: impl Read) -> Vec<Comment> {
    let mut records = Records::new(from);
    let (mut comments, mut at) = (Vec::new(), None);
    while let Some((kind, data)) = records.next() {
        match kind {
            COMMENT => at = Some((u32_at(data, 4).saturating_add(1), u32_at(data, 12))),
            COMMENT_TEXT => {
                let text = data.get(1..).and_then(wide).map(|(text, _)| text.trim().to_owned());
                if let (Some((row, col)), Some(text)) = (at.take(), text.filter(|text| !text.is_empty())) {
                    comments.push((row, col, text));
                }
            }
            _ => {}
        }
    }
    comments
}

/// A text of so many UTF-16 units, and what follows it.
fn wide(data: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = data.split_first_chunk::<4>()?;
    let bytes = (u32::from_le_bytes(*length) as usize).checked_mul(2)?;
    let (text, rest) = rest.split_at_checked(bytes)?;
    let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some((String::from_utf16_lossy(&units), rest))
}

/// Zero where the record is too short.
fn u16_at(data: &[u8], at: usize) -> u32 {
    data.get(at..at + 2).map_or(0, |pair| u32::from(u16::from_le_bytes([pair[0], pair[1]])))
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    u16_at(data, at) | u16_at(data, at + 2) << 16
}
