//! Comments in an old Excel workbook. Of Excel 97 and later a `Note` names a cell and an object, the
//! object's text follows it in a `TxO` and the records that continue that: [MS-XLS] 2.4.179, 2.4.181,
//! 2.4.329 and 2.5.143. Of Excel 5 and 95 a `Note` has the text itself, and those that continue it name
//! no row: OpenOffice.org's documentation of the Excel file format, 5.70.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use crate::biff::{u16_at, u32_at};
use crate::looks::Comment;

const NOTE: u16 = 0x001C;
const OBJECT: u16 = 0x005D;
const TEXT: u16 = 0x01B6;
const CONTINUED: u16 = 0x003C;
/// What an object's record begins with: the part that has its number, and the length of that.
const COMMON: u64 = 0x0012_0015;

/// The row of a note that goes on with the one before.
const GOES_ON: u64 = 0xFFFF;

/// The comments of a sheet while its records go by.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Those of Excel 5 and 95.
    old: Option<OldNotes>,
    /// The object that was seen last.
    object: u64,
    /// UTF-16 units of its text that are still to come.
    left: usize,
    texts: BTreeMap<u64, Vec<u16>>,
    /// Row and column, from 0, and object.
    notes: Vec<(u32, u32, u64)>,
}

/// Notes that have their texts in them.
#[derive(Debug)]
struct OldNotes {
    encoding: &'static Encoding,
    /// Row and column, from 0, and the bytes of the text.
    notes: Vec<(u32, u32, Vec<u8>)>,
}

impl OldNotes {
    fn see(&mut self, data: &[u8]) {
        let (row, text) = (u16_at(data, 0), data.get(6..).unwrap_or_default());
        match self.notes.last_mut() {
            Some((.., before)) if row == GOES_ON => before.extend_from_slice(text),
            _ if row == GOES_ON => {}
            _ => self.notes.push((row as u32, u16_at(data, 2) as u32, text.to_vec())),
        }
    }

    fn texts(self) -> impl Iterator<Item = Comment> {
        let decoded = move |bytes: &[u8]| self.encoding.decode_without_bom_handling(bytes).0.into_owned();
        self.notes.into_iter().map(move |(row, col, bytes)| (row, col, decoded(&bytes)))
    }
}

impl Notes {
    /// Those of Excel 5 or 95.
    pub fn old(encoding: &'static Encoding) -> Self {
        Notes { old: Some(OldNotes { encoding, notes: Vec::new() }), ..Notes::default() }
    }

    /// A record of the sheet.
    pub fn see(&mut self, kind: u16, data: &[u8]) {
        if let Some(old) = &mut self.old {
            if kind == NOTE {
                old.see(data);
            }
            return;
        }
        match kind {
            OBJECT if u32_at(data, 0) == COMMON => self.object = u16_at(data, 6),
            TEXT => self.left = u16_at(data, 10) as usize,
            CONTINUED if self.left > 0 => self.go_on(data),
            NOTE => self.notes.push((u16_at(data, 0) as u32, u16_at(data, 2) as u32, u16_at(data, 6))),
            _ => {}
        }
    }

    /// A piece of a text: whether its characters have two bytes each, then those.
    fn go_on(&mut self, data: &[u8]) {
        let Some((wide, data)) = data.split_first() else { return };
        let before = self.texts.entry(self.object).or_default();
        let length = before.len();
        if wide & 1 == 0 {
            before.extend(data.iter().take(self.left).map(|byte| u16::from(*byte)));
        } else {
            let units = data.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            before.extend(units.take(self.left));
        }
        self.left -= before.len() - length;
    }

    /// The comments in the order of their cells.
    pub fn finish(self) -> Vec<Comment> {
        let old = self.old.into_iter().flat_map(OldNotes::texts);
        let said = |(row, col, object): &(u32, u32, u64)| {
            self.texts.get(object).map(|text| (*row, *col, String::from_utf16_lossy(text)))
        };
        let said = old.chain(self.notes.iter().filter_map(said));
        let said = said.map(|(row, col, text)| (row + 1, col, text.replace('\r', "\n").trim().to_owned()));
        let mut comments: Vec<Comment> = said.filter(|(.., text)| !text.is_empty()).collect();
        comments.sort_by_key(|(row, col, _)| (*row, *col));
        comments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(number: u16) -> (u16, Vec<u8>) {
        (OBJECT, [&[0x15, 0, 0x12, 0, 0x19, 0][..], &number.to_le_bytes(), &[0; 14]].concat())
    }

    fn text(length: u16) -> (u16, Vec<u8>) {
        (TEXT, [&[0; 10][..], &length.to_le_bytes(), &[0; 6]].concat())
    }

    fn note(row: u16, col: u16, object: u16) -> (u16, Vec<u8>) {
        let words = [row, col, 0, object].map(u16::to_le_bytes);
        (NOTE, words.concat())
    }

    fn wide(text: &str) -> (u16, Vec<u8>) {
        (CONTINUED, [1].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect())
    }

    #[test]
    fn notes_find_their_texts() {
        let records = [
            object(1),
            text(12),
            (CONTINUED, b"\0KM: ".to_vec()),
            // The rest of it continues in characters of two bytes; formats follow, which are no text.
            wide("chased Ž"),
            (CONTINUED, vec![0; 16]),
            object(2),
            text(2),
            (CONTINUED, b"\0ok".to_vec()),
            // An object that is no comment's.
            object(3),
            text(4),
            (CONTINUED, b"\0shape".to_vec()),
            note(6, 1, 2),
            note(2, 0, 1),
            note(9, 9, 77),
        ];
        let mut notes = Notes::default();
        records.iter().for_each(|(kind, data)| notes.see(*kind, data));
        assert_eq!(notes.finish(), [(3, 0, "KM: chased Ž".to_owned()), (7, 1, "ok".to_owned())]);
        let continued = || (NOTE, [&[0xFF, 0xFF, 0, 0, 4, 0][..], b"Zo\xEB\x80"].concat());
        let old = [
            continued(),
            (NOTE, [&[4, 0, 2, 0, 8, 0][..], b"KM:\rby "].concat()),
            continued(),
            (TEXT, b"no text of these".to_vec()),
            (NOTE, [&[1, 0, 0, 0, 1, 0][..], b"x"].concat()),
        ];
        let mut notes = Notes::old(encoding_rs::WINDOWS_1252);
        old.iter().for_each(|(kind, data)| notes.see(*kind, data));
        assert_eq!(notes.finish(), [(2, 0, "x".to_owned()), (5, 2, "KM:\nby Zoë€".to_owned())]);
        for (kind, data) in &records {
            for end in 0..data.len() {
                let mut notes = Notes::default();
                notes.see(TEXT, &text(9).1);
                notes.see(*kind, &data[..end]);
                let _ = notes.finish();
            }
        }
    }
}
