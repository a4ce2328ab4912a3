//! The tags of a sheet's part, seen as its bytes are unpacked: hidden rows and columns, merged
//! areas, and the cells whose style says something. Texts are not looked at, so that it costs a
//! small part of what reading the sheet does.

use collate_model::{Area, Marks};

use super::comments::Comment;
use super::styles::Styles;
use crate::sink::{MAX_COLS, MAX_ROWS, area};

/// No tag of a sheet that matters is longer.
const LONGEST_TAG: usize = 64 << 10;
/// No more styled cells than this are remembered of a sheet: whole sheets are coloured in.
const MOST_CELLS: usize = 2_000_000;

/// What was seen of one sheet's part; rows from 1, columns from 0, ends included.
#[derive(Debug, Default)]
pub(crate) struct PartLooks {
    hidden_rows: Vec<(u32, u32)>,
    hidden_cols: Vec<(u32, u32)>,
    cells: Vec<(u32, u32, u32)>,
    pub merges: Vec<Area>,
}

impl PartLooks {
    /// The marks on the sheet.
    pub fn marks(self, styles: &Styles, comments: Vec<Comment>) -> Marks {
        let mut marks = Marks {
            hidden_rows: self.hidden_rows,
            hidden_cols: self.hidden_cols,
            comments,
            ..Marks::default()
        };
        for (row, col, style) in self.cells {
            let look = styles.look(style);
            if let Some(fill) = look.fill {
                marks.fills.push((row, col, fill));
            }
            if look.struck {
                marks.struck.push((row, col));
            }
        }
        marks.fills.sort_unstable();
        marks.struck.sort_unstable();
        marks
    }
}

/// Sees a part in pieces, from its beginning to its end.
pub(crate) struct Scanner<'a> {
    styles: &'a Styles,
    /// No style says anything: cells need not be looked at.
    plain: bool,
    /// The tag that the last piece broke off in.
    broken: Vec<u8>,
    row: u32,
    col: u32,
    found: PartLooks,
}

impl<'a> Scanner<'a> {
    /// Before the first piece.
    pub fn new(styles: &'a Styles) -> Self {
        Scanner {
            styles,
            plain: styles.are_plain(),
            broken: Vec::new(),
            row: 0,
            col: 0,
            found: PartLooks::default(),
        }
    }

    /// What was seen.
    pub fn finish(self) -> PartLooks {
        self.found
    }

    /// Sees the next piece.
    pub fn see(&mut self, piece: &[u8]) {
        let mut rest = piece;
        if !self.broken.is_empty() {
            let Some(end) = memchr::memchr(b'>', rest) else {
                self.keep(rest);
                return;
            };
            let mut tag = std::mem::take(&mut self.broken);
            tag.extend_from_slice(&rest[..end]);
            self.tag(&tag[1..]);
            rest = &rest[end + 1..];
        }
        while let Some(start) = memchr::memchr(b'<', rest) {
            rest = &rest[start..];
            // The ends of elements, and texts and values, which are most of a sheet.
            match rest.get(1..3) {
                Some([b'/', _] | [b'v' | b't' | b'f', b'>']) => {
                    rest = &rest[2..];
                    continue;
                }
                Some(b"c ") if self.plain => {
                    rest = &rest[2..];
                    continue;
                }
                _ => {}
            }
            match memchr::memchr(b'>', rest) {
                Some(end) => {
                    self.tag(&rest[1..end]);
                    rest = &rest[end + 1..];
                }
                None => {
                    self.keep(rest);
                    return;
                }
            }
        }
    }

    fn keep(&mut self, piece: &[u8]) {
        if self.broken.len() + piece.len() <= LONGEST_TAG {
            self.broken.extend_from_slice(piece);
        } else {
            self.broken.clear();
        }
    }

    /// One tag, without its brackets.
    fn tag(&mut self, tag: &[u8]) {
        let end = tag.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(tag.len());
        let (name, rest) = tag.split_at(end);
        if name.starts_with(b"/") {
            return;
        }
        let name = name.iter().rposition(|byte| *byte == b':').map_or(name, |at| &name[at + 1..]);
        match name {
            b"c" => self.cell(rest),
            b"row" => self.begin_row(rest),
            b"col" => {
                let number = |name| attribute(rest, name).and_then(number);
                if let (Some(first), Some(last), true) = (number(b"min"), number(b"max"), is_hidden(rest)) {
                    let last = last.min(MAX_COLS);
                    if (1..=last).contains(&first) {
                        self.found.hidden_cols.push((first - 1, last - 1));
                    }
                }
            }
            b"mergeCell" => {
                let corners = attribute(rest, b"ref").and_then(|place| {
                    let colon = place.iter().position(|byte| *byte == b':')?;
                    Some((position(&place[..colon])?, position(&place[colon + 1..])?))
                });
                if let Some(((top, left), (bottom, right))) = corners {
                    self.found.merges.extend(area((top - 1, left), (bottom - 1, right)));
                }
            }
            _ => {}
        }
    }

    fn begin_row(&mut self, rest: &[u8]) {
        self.row = attribute(rest, b"r").and_then(number).unwrap_or(self.row.saturating_add(1));
        self.col = 0;
        if !is_hidden(rest) || self.row == 0 || self.row > MAX_ROWS {
            return;
        }
        match self.found.hidden_rows.last_mut() {
            Some((_, last)) if *last + 1 == self.row => *last = self.row,
            _ => self.found.hidden_rows.push((self.row, self.row)),
        }
    }

    fn cell(&mut self, rest: &[u8]) {
        let style = attribute(rest, b"s").and_then(number).unwrap_or(0);
        // A place need only be known where the style says something, but for cells that do not say
        // where they are; then all are counted.
        let place = attribute(rest, b"r");
        if place.is_some() && !self.styles.speaks(style) {
            return;
        }
        let (row, col) = place.and_then(position).unwrap_or((self.row.max(1), self.col));
        self.col = col.saturating_add(1);
        if self.styles.speaks(style) && self.found.cells.len() < MOST_CELLS {
            self.found.cells.push((row, col, style));
        }
    }
}

fn is_hidden(tag: &[u8]) -> bool {
    attribute(tag, b"hidden").is_some_and(|value| matches!(value, b"1" | b"true"))
}

/// The value of an attribute, by its whole name.
fn attribute<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let mut rest = tag;
    loop {
        let equals = memchr::memchr(b'=', rest)?;
        let key = rest[..equals].trim_ascii();
        let value = rest[equals + 1..].trim_ascii_start();
        let (quote, value) = value.split_first()?;
        let end = memchr::memchr(*quote, value)?;
        if key == name {
            return Some(&value[..end]);
        }
        rest = &value[end + 1..];
    }
}

fn number(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

/// `B7` as (7, 1): row from 1, column from 0. `None` outside any sheet.
pub(super) fn position(place: &[u8]) -> Option<(u32, u32)> {
    let letters = place.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let col = place[..letters]
        .iter()
        .fold(0, |col, letter| col * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = number(&place[letters..])?;
    ((1..=MAX_ROWS).contains(&row) && col <= MAX_COLS).then_some((row, col - 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SHEET: &str = r#"<?xml version="1.0"?><x:worksheet><cols><col min="2" max='3' hidden="1"/><col min="5" max="5" hidden="0"/></cols>
        <sheetData><row r="1" s="1" customFormat="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="9"><v>1</v></c></row>
        <x:row r="3" hidden="1"><x:c r="C3" s="2"/></x:row><row hidden="true"><c s="1"/><c s="1"><is><t>s="1"</t></is></c></row><row r="9"/></sheetData>
        <mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A5"/><mergeCell ref="A9:A8"/></mergeCells></x:worksheet>"#;

    fn styles() -> Styles {
        super::super::styles::tests_styles()
    }

    #[test]
    fn looks_are_seen_whatever_the_pieces() {
        let styles = styles();
        for size in [1, 2, 7, 64, 100_000] {
            let mut scanner = Scanner::new(&styles);
            SHEET.as_bytes().chunks(size).for_each(|piece| scanner.see(piece));
            let found = scanner.finish();
            assert_eq!(found.hidden_cols, [(1, 2)], "{size}");
            assert_eq!(found.hidden_rows, [(3, 4)], "{size}");
            assert_eq!(found.cells, [(1, 0, 1), (3, 2, 2), (4, 0, 1), (4, 1, 1)], "{size}");
            assert_eq!(found.merges, [Area { top: 1, left: 0, bottom: 2, right: 1 }], "{size}");
        }
    }

    #[test]
    fn positions() {
        for (place, expected) in [
            ("A1", Some((1, 0))),
            ("XFD1048576", Some((1_048_576, 16_383))),
            ("aa10", Some((10, 26))),
            ("XFE1", None),
            ("A0", None),
            ("A", None),
            ("7", None),
            ("", None),
            ("AAAA1", None),
            ("A1048577", None),
        ] {
            assert_eq!(position(place.as_bytes()), expected, "{place}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..5), text in "[<>c r\"=/s0-9A-C]{0,200}") {
            let styles = styles();
            let mut scanner = Scanner::new(&styles);
            pieces.iter().for_each(|piece| scanner.see(piece));
            scanner.see(text.as_bytes());
            let _ = scanner.finish();
        }
    }
}
