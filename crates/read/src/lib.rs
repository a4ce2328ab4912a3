//! Files to sheets: text and typed cells, each with its place.
//!
//! [`find`] turns the paths of the command line into inputs, [`read`] turns one input into
//! sheets. Reading never fails as a whole: a file that is damaged, protected, too large or no
//! spreadsheet at all gives an error note that says what was found and what to do; a sheet or
//! cell that can't be read costs only itself. Files are opened read-only.
//!
//! ```text
//! bytes -> format (by content) -> text_file | xlsx | xlsb | xls | ods | docx -> SheetSink -> Sheet
//! ```

mod biff;
mod biff_comments;
mod biff_looks;
mod cell_text;
mod container;
mod dialect;
mod docx;
mod encoding;
mod find;
mod format;
mod isolated;
mod limits;
mod looks;
mod odd_cells;
mod ods;
mod ole;
mod package;
mod parse;
mod records;
mod sealed;
mod sink;
mod source;
mod stretches;
mod text_file;
mod utf8;
mod xls;
mod xlsb;
mod xlsx;

use std::borrow::Cow;

use collate_model::{Note, Severity, Sheet};
use serde::{Deserialize, Serialize};

pub use find::{Input, find};
use limits::Refusal;

pub use isolated::{Reader, serve};
pub use limits::Limits;
pub use sealed::{PASSWORD_VARIABLE, Passwords};

/// What reading one file gave.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileRead {
    /// The input's name.
    pub name: String,
    /// SHA-256 of the bytes in hexadecimal; empty if they could not be read, or the file is over the limit.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// `csv`, `tsv`, `xlsx`, `xlsm`, `xlsb`, `xls`, `ods`, `docx`, or `unknown` for a refused file.
    pub format: Cow<'static, str>,
    /// For text `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, `UTF-16BE`, `UTF-32LE`, `UTF-32BE`,
    /// `Windows-1252` or `MacRoman`; else empty.
    pub encoding: Cow<'static, str>,
    /// The sheets that were read, in the order of the workbook, each with its own notes.
    pub sheets: Vec<Sheet>,
    /// Notes on the file, and on sheets that were not read.
    pub notes: Vec<Note>,
    /// Something could not be read: an error note, here or on a sheet, says what.
    pub refused: bool,
}

/// Reads one file, in this process.
pub fn read(input: &Input, limits: &Limits) -> FileRead {
    read_with(input, limits, &Passwords::default())
}

/// As [`read`], with passwords for what is protected by one.
pub fn read_with(input: &Input, limits: &Limits, passwords: &Passwords) -> FileRead {
    let source = source::load(&input.path, limits);
    let mut file = unread(input, source.sha256, source.size);
    match source.bytes {
        Ok(bytes) => {
            let extension = find::extension(&input.path);
            file.take(parse::parse(bytes, &input.name, &extension, limits, passwords));
        }
        Err(refusal) => file.notes.push(refusal.note(&input.name)),
    }
    if !file.sheets.is_empty() && file.sheets.iter().all(|sheet| sheet.rows() == 0) {
        file.notes.push(blank(&input.name));
    }
    let mut notes = file.notes.iter().chain(file.sheets.iter().flat_map(|sheet| &sheet.notes));
    file.refused = notes.any(|note| note.severity == Severity::Error);
    file
}

/// Reads bytes as if they were a file of this name, without looking at any file: for tests.
pub fn read_bytes(bytes: Vec<u8>, name: &str, limits: &Limits) -> FileRead {
    let input = Input { path: name.into(), name: name.to_owned() };
    let mut file = unread(&input, String::new(), bytes.len() as u64);
    let extension = find::extension(&input.path);
    file.take(parse::parse(bytes, name, &extension, limits, &Passwords::default()));
    file
}

impl FileRead {
    /// It is protected by a password, and none of those that were given opens it.
    pub fn wants_password(&self) -> bool {
        self.notes.iter().any(|note| note.code == sealed::WANTS_PASSWORD)
    }

    fn take(&mut self, parsed: parse::Parsed) {
        self.format = Cow::Borrowed(parsed.format);
        self.encoding = Cow::Borrowed(parsed.encoding);
        self.sheets = parsed.sheets;
        self.notes = parsed.notes;
    }
}

/// A file that could not be read, with its size and hash.
fn refused(input: &Input, limits: &Limits, refusal: Refusal) -> FileRead {
    let source = source::load(&input.path, limits);
    let mut file = unread(input, source.sha256, source.size);
    file.notes.push(refusal.note(&input.name));
    file.refused = true;
    file
}

fn unread(input: &Input, sha256: String, bytes: u64) -> FileRead {
    FileRead {
        name: input.name.clone(),
        sha256,
        bytes,
        format: Cow::Borrowed("unknown"),
        encoding: Cow::Borrowed(""),
        sheets: Vec::new(),
        notes: Vec::new(),
        refused: false,
    }
}

/// A file of nothing but empty cells is no tracker that somebody keeps: most likely it was emptied,
/// or saved before it was filled.
fn blank(file: &str) -> Note {
    let what = "no sheet of the file holds any text or number";
    let todo = "open it and see whether it is the right file, or remove it from the folder";
    Note::new(Severity::Error, "file-blank", file, what, todo)
}
