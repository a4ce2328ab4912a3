//! Splits delimited text into records and cells without copying, and forgives quotes as people
//! type them. A general csv reader lets a quote that is never closed swallow the rest of the
//! file; here a cell counts as quoted only if its quote is closed as a quote must be.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3};

/// What was odd about a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stray {
    /// Opened, but closed nowhere in the rest of the file.
    NeverClosed,
    /// Closed by a quote that stands inside another cell further down.
    ClosedElsewhere,
    /// What it would hold looks like rows of the table.
    HoldsRows,
}

/// Goes through the records of a text.
pub(crate) struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: u8,
    /// Cells of a typical record, where known: tells rows of the table from a long cell.
    width: usize,
    row: u32,
    /// Quotes that were taken as they stand: number of the record, and why.
    pub strays: Vec<(u32, Stray)>,
}

/// How a cell that begins with a quote goes on.
enum Quoted {
    /// Properly closed: content, and where the cell ends.
    Closed { content: std::ops::Range<usize>, end: usize },
    /// Closed, with more text behind it on the same line: the cell ends after this position.
    More(usize),
    /// No quoted cell.
    Stray(Option<Stray>),
}

impl<'a> Records<'a> {
    /// `delimiter` must be ASCII.
    pub fn new(text: &'a str, delimiter: u8, width: usize) -> Self {
        Records { text, at: 0, delimiter, width, row: 0, strays: Vec::new() }
    }

    /// From the record that begins at this byte, as if it were the first.
    pub fn from(self, at: usize) -> Self {
        Records { at, ..self }
    }

    /// Number of the last record, from 1: what a spreadsheet shows, blank lines counted.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// How far into the text the next record begins.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Hands the cells of the next record to `cell` (column from 0, where a borrowed text stands,
    /// text) and returns their number; `None` at the end.
    #[inline]
    pub fn next(&mut self, mut cell: impl FnMut(u32, usize, Cow<'a, str>)) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        self.row += 1;
        let mut column = 0;
        loop {
            let start = self.at;
            let end = if bytes.get(start) == Some(&b'"') {
                match self.quoted(start) {
                    Quoted::Closed { content, end } => {
                        cell(column, content.start, unquoted(&self.text[content]));
                        end
                    }
                    Quoted::More(after) => {
                        let end = self.cell_end(after);
                        cell(column, start, Cow::Borrowed(&self.text[start..end]));
                        end
                    }
                    Quoted::Stray(why) => {
                        self.strays.extend(why.map(|why| (self.row, why)));
                        let end = self.cell_end(start);
                        cell(column, start, Cow::Borrowed(&self.text[start..end]));
                        end
                    }
                }
            } else {
                let end = self.cell_end(start);
                cell(column, start, Cow::Borrowed(&self.text[start..end]));
                end
            };
            column += 1;
            self.at = end + 1;
            match bytes.get(end) {
                Some(byte) if *byte == self.delimiter => {}
                Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => {
                    self.at += 1;
                    return Some(column as usize);
                }
                _ => return Some(column as usize),
            }
        }
    }

    fn cell_end(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        memchr3(self.delimiter, b'\n', b'\r', rest).map_or(self.text.len(), |at| from + at)
    }

    fn quoted(&self, open: usize) -> Quoted {
        let bytes = self.text.as_bytes();
        let mut from = open + 1;
        let close = loop {
            let Some(at) = memchr(b'"', &bytes[from..]) else {
                return Quoted::Stray(Some(Stray::NeverClosed));
            };
            if bytes.get(from + at + 1) != Some(&b'"') {
                break from + at;
            }
            from += at + 2;
        };
        let content = open + 1..close;
        let lines = memchr::memchr2(b'\n', b'\r', &bytes[content.clone()]).is_some();
        let spaces = bytes[close + 1..].iter().take_while(|byte| **byte == b' ').count();
        let end = close + 1 + spaces;
        let ends = bytes.get(end).is_none_or(|byte| *byte == self.delimiter || matches!(byte, b'\n' | b'\r'));
        if ends {
            return if lines && self.holds_rows(&self.text[content.clone()]) {
                Quoted::Stray(Some(Stray::HoldsRows))
            } else {
                Quoted::Closed { content, end }
            };
        }
        if lines {
            return Quoted::Stray(Some(Stray::ClosedElsewhere));
        }
        // In text pasted from a document a quote is just a quote, and tabs always part cells.
        if self.delimiter == b'\t' { Quoted::Stray(None) } else { Quoted::More(end) }
    }

    /// True if most whole lines inside have as many cells as the table has.
    fn holds_rows(&self, content: &str) -> bool {
        if self.width < 3 {
            return false;
        }
        let mut lines = content.split(['\n', '\r']).filter(|line| !line.is_empty()).skip(1).peekable();
        let (mut whole, mut alike) = (0, 0);
        while let Some(line) = lines.next() {
            if lines.peek().is_none() {
                break;
            }
            whole += 1;
            alike += usize::from(memchr_iter(self.delimiter, line.as_bytes()).count() + 1 == self.width);
        }
        alike * 2 > whole
    }
}

fn unquoted(content: &str) -> Cow<'_, str> {
    match memchr(b'"', content.as_bytes()) {
        None => Cow::Borrowed(content),
        Some(_) => Cow::Owned(content.replace("\"\"", "\"")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str, delimiter: u8, width: usize) -> (Vec<Vec<String>>, Vec<(u32, Stray)>) {
        let mut records = Records::new(text, delimiter, width);
        let mut all = Vec::new();
        loop {
            let mut cells = Vec::new();
            let Some(count) = records.next(|_, at, cell| {
                if let Cow::Borrowed(cell) = cell {
                    assert_eq!(text.get(at..at + cell.len()), Some(cell));
                }
                cells.push(cell.into_owned());
            }) else {
                break;
            };
            assert_eq!(count, cells.len());
            all.push(cells);
        }
        (all, records.strays)
    }

    #[test]
    fn records_and_cells() {
        let cases: [(&str, &[&[&str]]); 12] = [
            ("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]),
            ("a,b\r\n1,2", &[&["a", "b"], &["1", "2"]]),
            ("a,b\r1,2\r", &[&["a", "b"], &["1", "2"]]),
            ("a\n\n\nb", &[&["a"], &[""], &[""], &["b"]]),
            ("a,", &[&["a", ""]]),
            (",\n", &[&["", ""]]),
            ("\"x,\ny\",z", &[&["x,\ny", "z"]]),
            ("\"say \"\"hi\"\"\" ,z", &[&["say \"hi\"", "z"]]),
            ("\"Best practice\" guide,z", &[&["\"Best practice\" guide", "z"]]),
            ("\"Smith, J\" (mother),z", &[&["\"Smith, J\" (mother)", "z"]]),
            ("6\" ruler,\"\",z", &[&["6\" ruler", "", "z"]]),
            ("\"\"\"\"", &[&["\""]]),
        ];
        for (text, expected) in cases {
            let (found, strays) = split(text, b',', 0);
            assert_eq!(found, expected, "{text:?}");
            assert!(strays.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn a_stray_quote_swallows_nothing() {
        let rows = "1,2,3\n4,5,6\n7,8,9\n";
        for (head, tail, why) in [
            ("a,\"b,c\n", "x,y,z\n", Stray::NeverClosed),
            ("a,\"b,c\n", "x,6\" y,z\n", Stray::ClosedElsewhere),
            ("a,\"b,c\n", "x,\"y\",z\n", Stray::ClosedElsewhere),
            ("a,\"b,c\n", "x,y\",z\n", Stray::HoldsRows),
        ] {
            let (found, strays) = split(&format!("{head}{rows}{tail}"), b',', 3);
            assert_eq!(found.len(), 5, "{why:?}");
            assert_eq!(found[0], ["a", "\"b", "c"]);
            assert_eq!(strays[0], (1, why));
        }
        let (found, _) = split("\"Best\tpractice\" x\ty\n", b'\t', 3);
        assert_eq!(found, [["\"Best", "practice\" x", "y"]]);
    }

    proptest! {
        #[test]
        fn what_a_csv_writer_wrote_comes_back(
            rows in proptest::collection::vec(proptest::collection::vec("[a-z ,;\"\n\té]{0,6}", 3), 1..8),
            delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        ) {
            let mut writer = csv::WriterBuilder::new()
                .delimiter(delimiter)
                .quote_style(csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let (found, strays) = split(&text, delimiter, 0);
            prop_assert_eq!(found, rows);
            prop_assert!(strays.is_empty());
        }

        #[test]
        fn any_text_splits_and_no_letter_is_lost(text in "[ab\",\n\r\t]{0,60}", width in 0usize..5) {
            let (found, _) = split(&text, b',', width);
            let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
            let kept: usize = found.iter().flatten().map(|cell| letters(cell)).sum();
            prop_assert_eq!(kept, letters(&text));
        }
    }
}
