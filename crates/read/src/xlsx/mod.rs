//! xlsx and xlsm: each part of the package is unpacked once and read as it comes.
//!
//! ```text
//! workbook.xml, *.rels -> Workbook ┐
//! styles.xml, theme -> Styles      ├-> sheet parts -> Utf8 -> Tokens -> sheet ┬-> SheetSink (cells)
//! sharedStrings.xml -> Strings     ┘                                         └-> Seen -> Marks
//! ```
//! A sheet is never held as a whole but for what it says; a cell that can't be made out costs only
//! itself.

mod number_format;
mod sheet;
mod strings;
mod tokens;
mod words;
mod workbook;

#[cfg(test)]
mod against_calamine;

use std::collections::BTreeSet;
use std::io::{self, Read};

pub(crate) use number_format::NumberFormat;

use crate::Limits;
use crate::limits::Refusal;
use crate::looks::{self, Seen, Styles};
use crate::odd_cells::place;
use crate::package::Package;
use crate::parse::{Parsed, damaged_parts, no_sheets, skipped, unreadable};
use crate::sink::SheetSink;
use crate::utf8::Utf8;
use sheet::{Ending, Shared};
use strings::Strings;
use tokens::Tokens;
use workbook::{Listed, Workbook};

/// Reads a workbook of which so many bytes were unpacked already, all but its texts and sheets.
pub(crate) fn read(
    bytes: &[u8],
    unpacked: u64,
    file: &str,
    limits: &Limits,
    parsed: &mut Parsed,
) -> Result<(), Refusal> {
    let mut package = Package::open(bytes).ok_or_else(structure)?;
    let workbook = Workbook::of(&mut package).ok_or_else(structure)?;
    if workbook.sheets.is_empty() {
        return Err(if workbook.cut { structure() } else { no_sheets() });
    }
    let styles = collate_model::quietly(|| Styles::of(&mut package)).unwrap_or_default();
    let mut budget =
        Budget { left: limits.inflated_bytes.saturating_sub(unpacked), over: false, damaged: false };
    let strings = package.part(&workbook.strings).map(|part| Strings::read(Utf8::new(budget.of(part))));
    let strings = strings.unwrap_or_default();
    let mut book = Book {
        package,
        budget,
        comments: looks::MOST_COMMENTS,
        shared: Shared { strings: &strings, styles: &styles, date_1904: workbook.date_1904 },
        file,
        limits,
    };
    book.read(&workbook, parsed);
    if book.budget.over {
        parsed.sheets.clear();
        return Err(Refusal::limit("inflated_bytes", limits.inflated_bytes, "what the file unpacks to"));
    }
    if book.budget.damaged {
        parsed.notes.push(damaged_parts(file));
    }
    Ok(())
}

/// A part that is among those that are unpacked only when they are read.
pub(crate) fn is_read_later(part: &str) -> bool {
    part.ends_with(".xml") && (part.contains("/worksheets/") || part.ends_with("sharedstrings.xml"))
}

fn structure() -> Refusal {
    Refusal::damaged("the list of sheets of the workbook can't be read")
}

/// How much may still be unpacked, and what went wrong on the way.
struct Budget {
    left: u64,
    over: bool,
    damaged: bool,
}

impl Budget {
    fn of<R: Read>(&mut self, from: R) -> Within<'_, R> {
        Within { from, budget: self }
    }
}

/// A part that ends where the budget does, or where it can't be unpacked.
struct Within<'b, R> {
    from: R,
    budget: &'b mut Budget,
}

impl<R: Read> Read for Within<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.budget.over {
            return Ok(0);
        }
        let Ok(read) = self.from.read(out) else {
            self.budget.damaged = true;
            return Ok(0);
        };
        self.budget.over = read as u64 > self.budget.left;
        self.budget.left = self.budget.left.saturating_sub(read as u64);
        Ok(if self.budget.over { 0 } else { read })
    }
}

/// A workbook while its sheets are read.
struct Book<'a> {
    package: Package<'a>,
    budget: Budget,
    /// Room that is left for comments.
    comments: usize,
    shared: Shared<'a>,
    file: &'a str,
    limits: &'a Limits,
}

impl Book<'_> {
    fn read(&mut self, workbook: &Workbook, parsed: &mut Parsed) {
        if workbook.cut {
            let what = "the workbook's list of sheets breaks off; sheets that it listed later are lost";
            parsed.notes.push(Refusal::damaged(what).note(self.file));
        }
        if self.shared.strings.cut && !self.budget.over {
            let what = "the workbook's table of texts breaks off; cells with later texts were left empty";
            parsed.notes.push(Refusal::damaged(what).note(self.file));
        }
        if workbook.sheets.len() > self.limits.sheets {
            let over = Refusal::limit("sheets", self.limits.sheets as u64, "the number of sheets");
            parsed.notes.push(over.note(self.file));
        }
        let mut names = BTreeSet::new();
        for listed in workbook.sheets.iter().take(self.limits.sheets) {
            if let Some(kind) = without_cells(&listed.kind) {
                parsed.notes.push(skipped(self.file, &listed.name, kind));
            } else if !names.insert(listed.name.as_str()) {
                let what = "a second sheet has the same name as one before it and could not be read";
                parsed.notes.push(unreadable(self.file, &listed.name, what));
            } else {
                self.sheet(listed, parsed);
            }
        }
    }

    fn sheet(&mut self, listed: &Listed, parsed: &mut Parsed) {
        let name = listed.name.as_str();
        let mut sink = SheetSink::new(self.file, name, self.limits);
        let mut seen = Seen::new(self.shared.styles);
        let part = listed.part.as_deref().unwrap_or_default();
        let ending = match self.package.part(part) {
            Some(bytes) => {
                let mut tokens = Tokens::new(Utf8::new(self.budget.of(bytes)));
                sheet::read(&mut tokens, &self.shared, &mut seen, &mut sink)
            }
            None => Ending::Nothing,
        };
        let breaks_off = |after: &str| {
            let what = format!("the sheet breaks off after {after}; what follows is lost");
            unreadable(self.file, name, &what)
        };
        match ending {
            Ending::Whole => {}
            Ending::Cut => {
                let what = "the sheet breaks off after its last row; which cells are merged may be lost";
                sink.notes.push(unreadable(self.file, name, what));
            }
            Ending::CutAfter(last) => {
                sink.notes.push(breaks_off(&last.map_or("its beginning".to_owned(), place)));
            }
            Ending::NoTable => {
                parsed.notes.push(skipped(self.file, name, "a chart, dialog or macro sheet"));
                return;
            }
            Ending::Nothing => {
                parsed.notes.push(unreadable(
                    self.file,
                    name,
                    "the sheet is missing from the file or damaged",
                ));
                return;
            }
        }
        let (package, room) = (&mut self.package, &mut self.comments);
        let comments = collate_model::quietly(|| looks::comments_of(package, part, room)).unwrap_or_default();
        let unread = looks::unread(&seen, &comments, &sink);
        sink.notes.extend(unread);
        let (merges, mut marks) = seen.marks(comments.all);
        marks.tables = collate_model::quietly(|| looks::tables_of(package, part)).unwrap_or_default();
        sink.finish(listed.hidden, merges, marks, parsed);
    }
}

/// What a sheet is that the workbook says is no worksheet.
fn without_cells(kind: &str) -> Option<&'static str> {
    match kind {
        "chartsheet" => Some("a chart sheet"),
        "dialogsheet" => Some("a dialog sheet"),
        "xlMacrosheet" | "xlIntlMacrosheet" => Some("a macro sheet"),
        _ => None,
    }
}
