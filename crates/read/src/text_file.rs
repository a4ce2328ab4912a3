//! A csv, tsv or txt file to one sheet: decodes it, finds its delimiter, reads every row
//! (prose above the table, ragged rows and blank lines too) and says what was odd.

use std::collections::BTreeMap;

use collate_model::{Note, Severity};

use crate::Limits;
use crate::dialect::Dialect;
use crate::encoding::{self, Decoded};
use crate::isolated::over_memory;
use crate::limits::Refusal;
use crate::parse::Parsed;
use crate::records::Stray;
use crate::stretches::{Layout, Stretch};

/// How many rows a note names before it only counts.
const NAMED: usize = 5;

/// Bytes for each cell of a sheet while it is read.
const CELL: u64 = 24;

/// Refuses a text that would take more memory than a file may. It is read in this process, in one pass,
/// so what it takes follows from its size: the bytes, their text (three times as long where each is a
/// letter of an old encoding), and a place for each cell.
pub(crate) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let size = bytes.len() as u64;
    if size.saturating_mul(CELL) <= limits.memory_bytes {
        return Ok(());
    }
    let count = |byte| memchr::memchr_iter(byte, bytes).count() as u64;
    let cells = [b',', b';', b'\t', b'|'].into_iter().map(count).max().unwrap_or_default();
    let text = if std::str::from_utf8(bytes).is_ok() { 0 } else { 3 * size };
    let needed = size + text + CELL * (cells + count(b'\n') + count(b'\r'));
    if needed <= limits.memory_bytes { Ok(()) } else { Err(over_memory(limits)) }
}

pub(crate) fn read(bytes: Vec<u8>, file: &str, extension: &str, limits: &Limits, parsed: &mut Parsed) {
    let (text, decoded) = encoding::into_text(bytes);
    parsed.encoding = decoded.encoding;
    parsed.notes.extend(encoding_notes(&decoded, file));
    let dialect = Dialect::of(&text, extension);
    if dialect.delimiter == b'\t' {
        parsed.format = "tsv";
    }
    let layout = Layout { text: &text, dialect, file, limits };
    let Stretch { mut sink, strays, ragged, .. } = layout.read();
    sink.notes.extend(stray_notes(&strays, file));
    sink.notes.extend(ragged.note(file, dialect.width));
    sink.finish_over(text, false, Vec::new(), parsed);
}

fn encoding_notes(decoded: &Decoded<'_>, file: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    let Decoded { encoding, undefined, foreign, line, .. } = decoded;
    if *encoding != "UTF-8" && *encoding != "UTF-8 with BOM" {
        let what = format!("the file is not in UTF-8 and was read as {encoding}");
        let todo = "if accented letters look wrong in the result, save the file as xlsx or as csv UTF-8";
        notes.push(Note::new(Severity::Info, "encoding", file, what, todo));
    }
    if *foreign > 0 {
        let what = format!(
            "the file is in UTF-8 apart from {foreign} bytes, the first in line {line}, which were read as Windows-1252"
        );
        notes.push(Note::new(
            Severity::Warning,
            "encoding-mixed",
            file,
            what,
            "check the accented letters there",
        ));
    }
    if *undefined > 0 {
        let what = format!(
            "{undefined} characters, the first in line {line}, mean nothing in {encoding} and were replaced by \u{FFFD}"
        );
        notes.push(Note::new(
            Severity::Warning,
            "encoding-undefined",
            file,
            what,
            "correct them in the file",
        ));
    }
    notes
}

/// One note for each sort of stray quote, on the first row that has one.
fn stray_notes(strays: &[(u32, Stray)], file: &str) -> Vec<Note> {
    let mut by_sort: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (row, stray) in strays {
        let what = match stray {
            Stray::NeverClosed => "a quotation mark opens here and is closed nowhere in the rest of the file",
            Stray::ClosedElsewhere => "a quotation mark opens here, and the next one belongs to another cell",
            Stray::HoldsRows => {
                "a quotation mark opens here, and the text up to the next one looks like rows of the table"
            }
        };
        by_sort.entry(what).or_default().push(*row);
    }
    let note = |(what, rows): (&str, Vec<u32>)| {
        let more = if rows.len() > 1 {
            format!("; so do {} more: {}", rows.len() - 1, named(&rows[1..]))
        } else {
            String::new()
        };
        let what = format!("{what}; it was read as a plain character, so no row is lost{more}");
        let todo = "close the quotation mark or remove it, and check the cells of that row";
        Note::new(Severity::Warning, "quote-open", file, what, todo).on_row(rows[0])
    };
    by_sort.into_iter().map(note).collect()
}

/// Rows with more or fewer cells than the others.
#[derive(Debug, Default)]
pub(crate) struct Ragged {
    count: u64,
    first: Vec<u32>,
}

impl Ragged {
    pub(crate) fn add(&mut self, row: u32) {
        self.count += 1;
        if self.first.len() <= NAMED {
            self.first.push(row);
        }
    }

    /// As many more, found where so many rows stand before.
    pub(crate) fn follow(&mut self, before: u32, other: &Ragged) {
        self.count += other.count;
        let room = (NAMED + 1).saturating_sub(self.first.len());
        self.first.extend(other.first.iter().take(room).map(|row| before + row));
    }

    fn note(&self, file: &str, width: usize) -> Option<Note> {
        if self.count == 0 {
            return None;
        }
        let what = format!(
            "{} rows have more or fewer cells than the {width} of most rows; they were read as they are: {}",
            self.count,
            named(&self.first)
        );
        let todo = "check that the cells of these rows stand under the right headings";
        Some(Note::new(Severity::Warning, "rows-ragged", file, what, todo))
    }
}

/// `rows 3, 7, 9 and others`.
fn named(rows: &[u32]) -> String {
    let list: Vec<String> = rows.iter().take(NAMED).map(u32::to_string).collect();
    let others = if rows.len() > NAMED { " and others" } else { "" };
    format!("rows {}{others}", list.join(", "))
}
