//! Bytes to sheets, whatever they are. The one place where parsers run: everything a caller
//! needs to move them into a process of their own is the signature of [`parse`].

use collate_model::{Note, Severity, Sheet};

use crate::format::{self, Format, Sniffed};
use crate::limits::Refusal;
use crate::{Limits, Passwords, docx, ods, sealed, text_file, xls, xlsb, xlsx};

/// What parsing gave; `format` is `unknown` for a file that was refused.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub format: &'static str,
    pub encoding: &'static str,
    pub sheets: Vec<Sheet>,
    pub notes: Vec<Note>,
}

/// Reads a file's bytes. `file` is its name for notes, `extension` is in lower case.
pub(crate) fn parse(
    bytes: Vec<u8>,
    file: &str,
    extension: &str,
    limits: &Limits,
    passwords: &Passwords,
) -> Parsed {
    let mut parsed = Parsed { format: "unknown", ..Parsed::default() };
    let result = collate_model::quietly(|| {
        let bytes = match sealed::open(&bytes, passwords, limits.inflated_bytes) {
            Some(opened) => opened?,
            None => bytes,
        };
        read(bytes, file, extension, limits, &mut parsed)
    });
    let refusal = match result {
        Some(Ok(())) => return parsed,
        Some(Err(refusal)) => refusal,
        None => Refusal::damaged("the file is damaged in a way that stopped the reader"),
    };
    parsed.notes.push(refusal.note(file));
    parsed
}

fn read(
    bytes: Vec<u8>,
    file: &str,
    extension: &str,
    limits: &Limits,
    parsed: &mut Parsed,
) -> Result<(), Refusal> {
    let Sniffed { format, damaged, ambiguous, unpacked } = format::sniff(&bytes, limits)?;
    parsed.format = format.name();
    if !format.fits(extension) {
        let what =
            format!("the name ends in .{extension}, but the file is {}; it was read as such", format.title());
        parsed.notes.push(Note::new(Severity::Info, "extension", file, what, "nothing, or rename it"));
    }
    if damaged {
        parsed.notes.push(damaged_parts(file));
    }
    if ambiguous {
        let what = "several parts of the file have the same name, which no spreadsheet program writes; the last of each was read";
        parsed.notes.push(Refusal::damaged(what).note(file));
    }
    match format {
        Format::Text => {
            text_file::check(&bytes, limits)?;
            text_file::read(bytes, file, extension, limits, parsed);
            Ok(())
        }
        Format::Xlsx { .. } => xlsx::read(&bytes, unpacked, file, limits, parsed),
        Format::Xlsb => xlsb::read(&bytes, file, limits, parsed),
        Format::Xls => xls::read(&bytes, file, limits, parsed),
        Format::Ods => ods::read(&bytes, file, limits, parsed),
        Format::Docx => docx::read(&bytes, file, limits, parsed),
    }
}

/// A note that what a package holds may not be what was once put in.
pub(crate) fn damaged_parts(file: &str) -> Note {
    let what = "parts of the file are damaged (they can't be unpacked, or don't match their checksums); what could be read is there, but may be wrong";
    Refusal::damaged(what).note(file)
}

/// A workbook without a single sheet, which no program writes.
pub(crate) fn no_sheets() -> Refusal {
    Refusal::damaged("the workbook holds no sheets")
}

/// A note that a sheet of a workbook was left out because it has no cells by nature.
pub(crate) fn skipped(file: &str, sheet: &str, kind: &str) -> Note {
    Note::new(
        Severity::Info,
        "sheet-skipped",
        file,
        format!("this is {kind}, not a table, and was left out"),
        "",
    )
    .on_sheet(sheet)
}

/// A note that a sheet, or the rest of it, could not be read.
pub(crate) fn unreadable(file: &str, sheet: &str, what: &str) -> Note {
    Refusal::damaged(what).note(file).on_sheet(sheet)
}
