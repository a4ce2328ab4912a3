//! The records of a long text, read in stretches side by side.
//!
//! Where a record begins can't be known without reading all before it: a line may be in the middle of a
//! quoted cell. So every stretch is read as if its first line began a record, and held against where
//! the one before it really ends; one that began wrongly is read again.

use std::borrow::Cow;

use collate_model::CellKind;
use memchr::{memchr, memchr_iter};
use rayon::prelude::*;

use crate::Limits;
use crate::dialect::Dialect;
use crate::records::{Records, Stray};
use crate::sink::SheetSink;
use crate::text_file::Ragged;

/// Bytes of a stretch.
const STRETCH: usize = 1 << 22;
/// Lines among which the beginning of a stretch is looked for.
const LINES: usize = 64;

/// A text, and how its records are told.
pub(crate) struct Layout<'t, 'a> {
    pub text: &'t str,
    pub dialect: Dialect,
    pub file: &'a str,
    pub limits: &'a Limits,
}

/// Records that were read one after the other; rows are counted from the first of them.
pub(crate) struct Stretch<'a> {
    pub sink: SheetSink<'a>,
    pub strays: Vec<(u32, Stray)>,
    pub ragged: Ragged,
    start: usize,
    end: usize,
    rows: u32,
}

impl<'a> Layout<'_, 'a> {
    /// All records.
    pub fn read(&self) -> Stretch<'a> {
        let starts = self.starts(STRETCH);
        // None may take more than its share, so that all together stay within the limit.
        let share = Limits { cells: self.limits.cells / starts.len() as u64, ..self.limits.clone() };
        self.side_by_side(&starts, &share)
            .unwrap_or_else(|| self.stretch(self.dialect.skip, self.text.len(), self.limits))
    }

    /// Where stretches of so many bytes begin.
    fn starts(&self, size: usize) -> Vec<usize> {
        let mut starts = vec![self.dialect.skip];
        starts.extend((1..self.text.len() / size).filter_map(|i| self.row_after(i * size)));
        starts.dedup();
        starts
    }

    /// Where a line begins that looks like a row: it has as many cells as most.
    fn row_after(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut start = at + memchr(b'\n', &bytes[at..])? + 1;
        for _ in 0..LINES {
            let end = start + memchr(b'\n', &bytes[start..])?;
            if memchr_iter(self.dialect.delimiter, &bytes[start..end]).count() + 1 == self.dialect.width {
                return Some(start);
            }
            start = end + 1;
        }
        None
    }

    /// All records, stretch by stretch; `None` where there is but one, or where a limit may be passed.
    fn side_by_side(&self, starts: &[usize], share: &Limits) -> Option<Stretch<'a>> {
        if starts.len() == 1 {
            return None;
        }
        let until = |i: usize| starts.get(i + 1).copied().unwrap_or(self.text.len());
        let read = |(i, start): (usize, &usize)| self.stretch(*start, until(i), share);
        let read: Vec<Stretch> = starts.par_iter().enumerate().map(read).collect();
        let (mut at, mut before) = (starts[0], 0);
        let (mut sinks, mut strays, mut ragged) = (Vec::new(), Vec::new(), Ragged::default());
        for (i, mut stretch) in read.into_iter().enumerate() {
            if at >= until(i) {
                // The last cell of the one before goes on beyond all of it.
                continue;
            }
            if stretch.start != at {
                stretch = self.stretch(at, until(i), share);
            }
            if stretch.sink.is_full() {
                return None;
            }
            strays.extend(stretch.strays.into_iter().map(|(row, why)| (before + row, why)));
            ragged.follow(before, &stretch.ragged);
            sinks.push((before, stretch.sink));
            (at, before) = (stretch.end, before + stretch.rows);
        }
        let sink = SheetSink::of_stretches(sinks, self.file, self.limits)?;
        Some(Stretch { sink, strays, ragged, start: starts[0], end: at, rows: before })
    }

    /// The records from one that begins at `start` to the first that begins at `until` or later.
    fn stretch<'l>(&self, start: usize, until: usize, limits: &'l Limits) -> Stretch<'l>
    where
        'a: 'l,
    {
        let Dialect { delimiter, width, .. } = self.dialect;
        let mut records = Records::new(self.text, delimiter, width).from(start);
        let mut sink = SheetSink::over(self.text.len(), self.file, limits);
        let mut ragged = Ragged::default();
        let mut room = true;
        while records.position() < until {
            let row = records.row().saturating_add(1);
            let mut blank = true;
            let found = records.next(|col, start, cell| {
                blank &= cell.is_empty();
                room = room
                    && match cell {
                        Cow::Borrowed(cell) => sink.push_part(row, col, start, cell),
                        Cow::Owned(cell) => sink.push(row, col, CellKind::Text, &cell),
                    };
            });
            let Some(found) = found.filter(|_| room) else { break };
            if !blank && found != width && found > 1 {
                ragged.add(row);
            }
        }
        let (end, rows) = (records.position(), records.row());
        Stretch { sink, strays: records.strays, ragged, start, end, rows }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::Parsed;

    /// All that is told of the records of a text.
    fn told(text: &str, stretch: Stretch) -> String {
        let (counts, strays) = ((stretch.start, stretch.rows, stretch.ragged), stretch.strays);
        let mut parsed = Parsed::default();
        stretch.sink.finish_over(text.to_owned(), false, Vec::new(), &mut parsed);
        let cells = parsed.sheets.iter().flat_map(|sheet| {
            let places = (0..sheet.rows()).flat_map(|i| (0..sheet.cols()).map(move |j| (i, j)));
            let cell = |(i, j)| (sheet.row_number(i), sheet.col_number(j), sheet.text(i, j).to_owned());
            places.map(cell).collect::<Vec<_>>()
        });
        let cells: Vec<(u32, u32, String)> = cells.collect();
        format!("{counts:?} {strays:?} {cells:?} {:?}", parsed.notes)
    }

    fn layout<'t, 'a>(text: &'t str, skip: usize, limits: &'a Limits) -> Layout<'t, 'a> {
        Layout { text, dialect: Dialect { delimiter: b',', width: 3, skip }, file: "f.csv", limits }
    }

    #[test]
    fn a_stretch_that_begins_in_a_cell_is_read_again() {
        let quoted = format!("x,\"{}\",\"say \"\"hi\"\"\"\n", "a, b, c\nd,e,f,g\n".repeat(9));
        let text = format!(
            "sep=,\n{}{quoted}open,\"stray,\n{}{quoted}",
            "1,2,3\n".repeat(9),
            "4,5,6\n\n7\n".repeat(9)
        );
        let limits = Limits::default();
        let layout = layout(&text, 6, &limits);
        let expected = told(&text, layout.stretch(6, text.len(), &limits));
        for size in [10, 25, 50, 100, 200] {
            let starts = layout.starts(size);
            assert!(starts.len() > 1, "{size}");
            let found = layout.side_by_side(&starts, &limits).unwrap();
            assert_eq!(told(&text, found), expected, "{size}");
        }
    }

    #[test]
    fn where_a_limit_may_be_passed_no_stretch_is_taken() {
        let text = "1,2,3\n".repeat(20);
        for (cells, bytes, taken) in [(60, 60, true), (59, 60, false), (60, 59, false)] {
            let limits = Limits { cells, inflated_bytes: bytes, ..Limits::default() };
            let layout = layout(&text, 0, &limits);
            let found = layout.side_by_side(&layout.starts(30), &limits);
            assert_eq!(found.is_some(), taken, "{cells} cells, {bytes} bytes");
        }
    }

    proptest! {
        #[test]
        fn stretches_come_to_the_whole(text in "([ab\",\n]{0,9}|a,b,c\n|\"a\n,,\",\"b\"\"\",\n){0,30}", size in 1usize..40) {
            let limits = Limits::default();
            let layout = layout(&text, 0, &limits);
            if let Some(found) = layout.side_by_side(&layout.starts(size), &limits) {
                let whole = layout.stretch(0, text.len(), &limits);
                prop_assert_eq!(told(&text, found), told(&text, whole));
            }
        }
    }
}
