//! What is seen of a sheet while its cells are read: hidden rows and columns, merged areas, and the
//! cells whose style says something.

use std::collections::BTreeSet;

use collate_model::{Area, Marks};

use super::comments::Comment;
use super::styles::Styles;
use crate::sink::{MAX_COLS, MAX_ROWS, area};
use crate::xlsx::NumberFormat;

/// No more styled cells than this are remembered of a sheet: whole sheets are coloured in.
const MOST_CELLS: usize = 2_000_000;

/// Cells whose number is shown as a percentage: row from 1, column from 0.
pub(crate) type Percents = BTreeSet<(u32, u32)>;

/// One sheet; rows from 1, columns from 0, ends included.
#[derive(Debug)]
pub(crate) struct Seen<'a> {
    styles: &'a Styles,
    /// No style says anything: cells need not be looked at.
    plain: bool,
    hidden_rows: Vec<(u32, u32)>,
    hidden_cols: Vec<(u32, u32)>,
    cells: Vec<(u32, u32, u32)>,
    merges: Vec<Area>,
    /// Cells whose words are all struck through, whatever their style.
    struck: Vec<(u32, u32)>,
    /// Filled for formats whose parser does not say it of a number.
    pub percents: Percents,
    /// The first of the formulas that come to an error and are left out by the parser, and how many.
    pub errors: Option<((u32, u32), u32)>,
    /// The first cell whose looks were not remembered.
    pub forgotten: Option<(u32, u32)>,
}

impl<'a> Seen<'a> {
    /// Before anything is seen.
    pub fn new(styles: &'a Styles) -> Self {
        Seen {
            styles,
            plain: styles.are_plain(),
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            cells: Vec::new(),
            merges: Vec::new(),
            struck: Vec::new(),
            percents: Percents::new(),
            errors: None,
            forgotten: None,
        }
    }

    /// A row is hidden.
    pub fn hide_row(&mut self, row: u32) {
        if row == 0 || row > MAX_ROWS {
            return;
        }
        match self.hidden_rows.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => self.hidden_rows.push((row, row)),
        }
    }

    /// Columns are hidden; these are counted from 1.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        let last = last.min(MAX_COLS);
        if (1..=last).contains(&first) {
            self.hidden_cols.push((first - 1, last - 1));
        }
    }

    /// A cell has this style.
    #[inline]
    pub fn cell(&mut self, row: u32, col: u32, style: u32) {
        if self.plain || !self.styles.speaks(style) || row > MAX_ROWS || col >= MAX_COLS {
            return;
        }
        if self.cells.len() < MOST_CELLS {
            self.cells.push((row, col, style));
        } else {
            self.forgotten.get_or_insert((row, col));
        }
    }

    /// The words of a cell are all struck through.
    pub fn strike(&mut self, row: u32, col: u32) {
        if self.struck.len() < MOST_CELLS && row <= MAX_ROWS && col < MAX_COLS {
            self.struck.push((row, col));
        } else {
            self.forgotten.get_or_insert((row, col));
        }
    }

    /// A cell has this style, and the parser of its number does not say whether it is a percentage.
    pub fn percent(&mut self, row: u32, col: u32, style: u32) {
        if self.styles.format(style) == NumberFormat::Percent && self.percents.len() < MOST_CELLS {
            self.percents.insert((row, col));
        }
    }

    /// A formula that comes to an error, which the parser passes over.
    pub fn unread_error(&mut self, row: u32, col: u32) {
        let (_, count) = self.errors.get_or_insert(((row, col), 0));
        *count += 1;
    }

    /// Cells are merged: `A1:B2`.
    pub fn merge(&mut self, corners: &[u8]) {
        self.merges.extend(self::corners(corners));
    }

    /// Cells are merged, from corner to corner; both counted from 0.
    pub fn merge_cells(&mut self, start: (u32, u32), end: (u32, u32)) {
        self.merges.extend(area(start, end));
    }

    /// Merged areas and marks, with the comments on the sheet.
    pub fn marks(self, comments: Vec<Comment>) -> (Vec<Area>, Marks) {
        let mut marks = Marks {
            hidden_rows: self.hidden_rows,
            hidden_cols: self.hidden_cols,
            struck: self.struck,
            comments,
            ..Marks::default()
        };
        for (row, col, style) in self.cells {
            let look = self.styles.look(style);
            if let Some(fill) = look.fill {
                marks.fills.push((row, col, fill));
            }
            if look.struck {
                marks.struck.push((row, col));
            }
        }
        marks.fills.sort_unstable();
        marks.struck.sort_unstable();
        marks.struck.dedup();
        (self.merges, marks)
    }
}

/// `A1:B2` as an area; `None` outside any sheet, and for a single cell.
pub(super) fn corners(text: &[u8]) -> Option<Area> {
    let colon = memchr::memchr(b':', text)?;
    let ((top, left), (bottom, right)) = position(&text[..colon]).zip(position(&text[colon + 1..]))?;
    area((top - 1, left), (bottom - 1, right))
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
    let row: u32 = std::str::from_utf8(&place[letters..]).ok()?.trim().parse().ok()?;
    ((1..=MAX_ROWS).contains(&row) && col <= MAX_COLS).then_some((row, col - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_put_in_order() {
        let styles = super::super::styles::tests_styles();
        let mut seen = Seen::new(&styles);
        for row in [3, 4, 9, 0, MAX_ROWS + 1] {
            seen.hide_row(row);
        }
        for (first, last) in [(2, 3), (0, 1), (5, 4), (16_384, 99_999)] {
            seen.hide_columns(first, last);
        }
        for (row, col, style) in [(4, 1, 1), (1, 0, 0), (3, 2, 2), (1, 1, 9)] {
            seen.cell(row, col, style);
        }
        for corners in ["A1:B2", "A5", "A9:A8", "x:y"] {
            seen.merge(corners.as_bytes());
        }
        let (merges, marks) = seen.marks(Vec::new());
        assert_eq!(marks.hidden_rows, [(3, 4), (9, 9)]);
        assert_eq!(marks.hidden_cols, [(1, 2), (16_383, 16_383)]);
        assert_eq!(
            marks.fills.iter().map(|(row, col, _)| (*row, *col)).collect::<Vec<_>>(),
            [(3, 2), (4, 1)]
        );
        assert_eq!(marks.struck, [(3, 2)]);
        assert_eq!(merges, [Area { top: 1, left: 0, bottom: 2, right: 1 }]);
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
}
