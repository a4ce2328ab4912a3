//! Looks at rows by the million: cheap tests of one row that nearly every record fails, and which rows
//! of a table need no second look.

use collate_model::{CellKind, Sheet};
use rayon::prelude::*;

use crate::body::{Body, RowCells};
use crate::heading::Heading;
use crate::lexicon::Lexicon;
use crate::normal::{is_squeezed, squeeze};
use crate::period::period_of;

/// How many rows are looked at together, at first and at most. A table may end at any row, and what
/// was looked at beyond its end was in vain.
const BLOCK: std::ops::RangeInclusive<usize> = 64..=65_536;

/// Fewer rows than this are not worth waking other threads for.
const FEW: usize = 1024;

/// Bytes of the longest text that may be a heading.
const LONGEST: usize = 60;

/// Cells that are looked up among the known headings.
const MOST_LOOKED: usize = 6;

/// Tests of single rows.
pub(crate) struct Glance<'a> {
    pub sheet: &'a Sheet,
    pub lexicon: &'a Lexicon,
    /// Fewest filled cells of a heading.
    pub wanted: usize,
}

impl Glance<'_> {
    /// A cheap test that nearly every record fails.
    pub(crate) fn may_be_heading(&self, i: usize, strict: bool) -> bool {
        let (mut filled, mut odd) = (0, 0);
        for (kind, cell) in self.filled(i) {
            filled += 1;
            // Among records, which are many, a date in text is no heading.
            odd += usize::from(is_odd(kind, cell) && (strict || period_of(kind, cell).is_none()));
            if odd > 2 && odd * 3 > filled {
                return false;
            }
        }
        filled >= self.wanted && (!strict || self.has_known(i))
    }

    /// Whether one of the first headings that a row would have is known.
    fn has_known(&self, i: usize) -> bool {
        let (mut looked, mut text) = (0, String::with_capacity(LONGEST));
        self.filled(i).any(|(kind, cell)| {
            if kind == CellKind::Date && period_of(kind, cell).is_some() {
                return true;
            }
            if is_odd(kind, cell) || looked == MOST_LOOKED || cell.len() > LONGEST {
                return false;
            }
            looked += 1;
            squeeze(cell, &mut text);
            self.lexicon.knows(&text)
        })
    }

    /// The filled cells of a row.
    fn filled(&self, i: usize) -> impl Iterator<Item = (CellKind, &str)> {
        let cells = (0..self.sheet.cols()).map(move |j| self.sheet.cell(i, j));
        cells
            .filter(|cell| cell.kind() != CellKind::Empty)
            .map(|cell| (cell.kind(), self.sheet.text_of(cell)))
    }

    /// A cell is a known heading.
    fn is_known(&self, i: usize, j: usize) -> bool {
        let mut text = String::new();
        squeeze(self.sheet.text(i, j), &mut text);
        !text.is_empty() && self.lexicon.knows(&text)
    }

    /// Whether a row only repeats a heading, as at the top of a printed page.
    pub(crate) fn repeats(&self, i: usize, heading: &Heading) -> bool {
        heading.rows.iter().any(|row| {
            let named = || row.iter().enumerate().filter(|(_, header)| !header.is_empty());
            let (mut same, mut other) = (0, 0);
            for (j, header) in named() {
                if is_squeezed(self.sheet.text(i, j), header) {
                    same += 1;
                } else {
                    other += 1;
                }
                if same == 0 && other == 3 {
                    return false;
                }
            }
            // Under `End date` in the place of `Start date` stands something else.
            let another = |(j, header): (usize, &String)| {
                !is_squeezed(self.sheet.text(i, j), header) && self.is_known(i, j)
            };
            same >= 2 && same * 10 >= (same + other) * 6 && !named().any(another)
        })
    }
}

/// Whether a cell is none that a heading has, but for a few: a figure, say. A program makes a date of the
/// heading `Apr-21`.
fn is_odd(kind: CellKind, text: &str) -> bool {
    match kind {
        CellKind::Text => text.as_bytes().first().is_some_and(u8::is_ascii_digit),
        _ => period_of(kind, text).is_none(),
    }
}

/// The rows under a heading that are records whatever stands above them, block by block.
pub(crate) struct PlainRows {
    from: usize,
    plain: Vec<bool>,
    next: usize,
}

impl PlainRows {
    /// From the first row under a heading.
    pub(crate) fn new() -> Self {
        PlainRows { from: 0, plain: Vec::new(), next: *BLOCK.start() }
    }

    /// Whether the row at position `i` is one; rows are asked for from top to bottom.
    pub(crate) fn has<'a>(&mut self, i: usize, glance: &Glance, body: &Body<'a>) -> bool {
        if i >= self.from + self.plain.len() {
            let end = glance.sheet.rows().min(i + self.next);
            let plain = |row: &mut RowCells<'a>, i: usize| {
                !glance.repeats(i, &body.heading) && !glance.may_be_heading(i, true) && body.is_plain(i, row)
            };
            self.from = i;
            self.plain = if end - i < FEW {
                let mut row = RowCells::default();
                (i..end).map(|i| plain(&mut row, i)).collect()
            } else {
                (i..end).into_par_iter().with_min_len(256).map_init(RowCells::default, plain).collect()
            };
            self.next = (self.next * 2).min(*BLOCK.end());
        }
        self.plain[i - self.from]
    }
}
