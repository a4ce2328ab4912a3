//! An output as a csv file: UTF-8 without a byte order mark, commas, lines that end in `\n`,
//! quotes only where needed, nothing that a spreadsheet would run.
//!
//! Stretches of rows become lines side by side, and are written in their order while the next
//! ones are being made.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use collate_model::Short;
use rayon::prelude::*;

use crate::cells::Cells;
use crate::error::{At, ErrorKind, PublishError};
use crate::files::{Flushers, Flushing, HashedFile};
use crate::output::Output;
use crate::safe_text::safe;

/// Items whose lines are made in one go.
const STRETCH: usize = 512;

/// Stretches that are held at a time.
const HELD: usize = 16;

/// Writes `NAME.csv` into the folder.
pub(crate) fn write<'scope>(
    output: &dyn Output,
    folder: &Path,
    flushers: &'scope Flushers<'scope, '_>,
) -> Result<Flushing<'scope>, PublishError> {
    let name = format!("{}.csv", output.name());
    let path = folder.join(&name);
    let mut file = HashedFile::create(&path, flushers)?;

    let columns = output.columns();
    let published = columns.iter().take_while(|column| !column.is_for_answers()).count();
    let mut headings = Lines::new(published);
    columns.iter().for_each(|column| headings.text(&column.name));
    headings.end_row();
    file.write(&headings.bytes).at(ErrorKind::Write, &path)?;

    let mut rows = 0;
    let mut write = |ready: &[Lines]| {
        rows += ready.iter().map(|lines| lines.rows).sum::<u64>();
        ready.iter().try_for_each(|lines| file.write(&lines.bytes)).at(ErrorKind::Write, &path)
    };
    let empty = || (0..HELD).map(|_| Lines::new(published)).collect::<Vec<_>>();
    let (mut ready, mut next) = (empty(), empty());
    for from in (0..output.items()).step_by(STRETCH * HELD) {
        let (written, ()) = rayon::join(|| write(&ready), || make(output, from, &mut next));
        written?;
        std::mem::swap(&mut ready, &mut next);
    }
    write(&ready)?;
    file.finish(&name, rows).at(ErrorKind::Write, &path)
}

/// The lines of the items from this one on, as many as are held at a time.
fn make(output: &dyn Output, from: usize, held: &mut [Lines]) {
    let stretch = |i: usize| -> Range<usize> {
        let start = (from + i * STRETCH).min(output.items());
        start..(start + STRETCH).min(output.items())
    };
    held.par_iter_mut().enumerate().for_each(|(i, lines)| {
        lines.clear();
        output.write(stretch(i), lines);
    });
}

/// Rows as the lines of a csv file.
struct Lines {
    bytes: Vec<u8>,
    rows: u64,
    /// Cells of a row that are published: those that are left to a person come last.
    published: usize,
    /// Cells of the row so far.
    cells: usize,
}

impl Lines {
    fn new(published: usize) -> Self {
        Lines { bytes: Vec::new(), rows: 0, published, cells: 0 }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.rows = 0;
    }

    /// Begins a cell; false where it is not published.
    fn begin(&mut self) -> bool {
        if self.cells > 0 && self.cells < self.published {
            self.bytes.push(b',');
        }
        self.cells += 1;
        self.cells <= self.published
    }

    /// A cell that needs quotes, if that is known; anything else that is more than letters and digits.
    fn escape(&mut self, text: &str, is_safe: bool) {
        let text = if is_safe { Cow::Borrowed(text) } else { safe(text) };
        if !text.bytes().any(|byte| MEANING[byte as usize] & QUOTED != 0) {
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        self.bytes.push(b'"');
        for (i, part) in text.split('"').enumerate() {
            self.bytes.extend_from_slice(if i == 0 { b"" } else { b"\"\"" });
            self.bytes.extend_from_slice(part.as_bytes());
        }
        self.bytes.push(b'"');
    }
}

impl Cells for Lines {
    fn text(&mut self, text: &str) {
        if !self.begin() {
            return;
        }
        let bytes = text.as_bytes();
        let Some(first) = bytes.first() else { return };
        let meaning = meaning(bytes);
        let is_safe = meaning & UNSAFE == 0 && first.is_ascii_alphanumeric();
        if is_safe && meaning == 0 {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.escape(text, is_safe);
        }
    }

    fn plain(&mut self, text: &Short) {
        if self.begin() {
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }

    fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.rows += 1;
        self.cells = 0;
    }
}

/// A byte that needs quotes around its cell.
const QUOTED: u8 = 1;

/// A byte that may not be published as it is, even after a letter or digit.
const UNSAFE: u8 = 2;

/// All that the bytes of a cell mean.
fn meaning(bytes: &[u8]) -> u8 {
    // Most cells are short: a table is quicker for them, and reckoning for many bytes at a time.
    let (many, rest) = bytes.as_chunks::<16>();
    let of_rest = rest.iter().fold(0, |all, byte| all | MEANING[*byte as usize]);
    many.iter().fold(of_rest, |all, many| many.iter().fold(all, |all, byte| all | meaning_of(*byte)))
}

/// What a byte means to a csv file: nothing but itself, [`QUOTED`], [`UNSAFE`] (a control character;
/// 0xC2 starts some of those beyond ASCII).
const fn meaning_of(byte: u8) -> u8 {
    let quoted = (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r');
    let is_unsafe = (byte < 0x20) | (byte == 0x7f) | (byte == 0xc2);
    (quoted as u8 * QUOTED) | (is_unsafe as u8 * UNSAFE)
}

/// What each byte means.
const MEANING: [u8; 256] = {
    let mut meaning = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        meaning[byte] = meaning_of(byte as u8);
        byte += 1;
    }
    meaning
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_for_answers_are_left_out() {
        let mut lines = Lines::new(2);
        for _ in 0..2 {
            ["a", "", "answer", "comment"].into_iter().for_each(|text| lines.text(text));
            lines.end_row();
        }
        assert_eq!((lines.bytes.as_slice(), lines.rows), (&b"a,\na,\n"[..], 2));
    }

    proptest! {
        #[test]
        fn lines_are_as_the_csv_crate_writes_them(
            rows in prop::collection::vec(prop::collection::vec("[a1,\"\r\n =\t\u{7f}\u{85}é-]{0,5}|\\PC{0,40}", 3), 0..5),
        ) {
            let mut lines = Lines::new(3);
            let mut writer =
                csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
            for row in &rows {
                row.iter().for_each(|text| lines.text(text));
                lines.end_row();
                writer.write_record(row.iter().map(|text| safe(text).into_owned())).unwrap();
            }
            prop_assert_eq!(lines.bytes, writer.into_inner().unwrap());
        }
    }
}
