//! Where every reader puts its cells: holds them to the limits, keeps the notes on the sheet,
//! and ends as a [`Sheet`].

use collate_model::{Area, CellKind, Marks, Note, Severity, SheetBuilder};

use crate::Limits;
use crate::limits::Refusal;
use crate::parse::Parsed;

/// Rows of a workbook's sheet.
pub(crate) const MAX_ROWS: u32 = 1_048_576;
/// Columns of any sheet.
pub(crate) const MAX_COLS: u32 = 16_384;

/// Bytes of a cell's text; a workbook's cell holds 32,767 characters at most.
const LONGEST_CELL: usize = 1 << 20;

/// One sheet while it is read.
pub(crate) struct SheetSink<'a> {
    pub file: &'a str,
    pub name: String,
    pub notes: Vec<Note>,
    limits: &'a Limits,
    builder: SheetBuilder,
    text_bytes: u64,
    outside: u64,
    full: Option<Refusal>,
}

impl<'a> SheetSink<'a> {
    pub fn new(file: &'a str, name: &str, limits: &'a Limits) -> Self {
        SheetSink {
            file,
            name: name.to_owned(),
            notes: Vec::new(),
            limits,
            builder: SheetBuilder::new(),
            text_bytes: 0,
            outside: 0,
            full: None,
        }
    }

    /// For the one sheet of a text of so many bytes, which is handed over in the end.
    pub fn over(bytes: usize, file: &'a str, limits: &'a Limits) -> Self {
        SheetSink { builder: SheetBuilder::over(bytes), ..Self::new(file, "", limits) }
    }

    /// The sink that would have taken all that these took of a text, one after the other: each with the
    /// number of rows before it. `None` where that may be more than a limit allows.
    pub fn of_stretches(stretches: Vec<(u32, SheetSink)>, file: &'a str, limits: &'a Limits) -> Option<Self> {
        let mut whole = Self::new(file, "", limits);
        let mut builders = Vec::with_capacity(stretches.len());
        for (before, stretch) in stretches {
            whole.text_bytes += stretch.text_bytes;
            whole.outside += stretch.outside;
            let below = |note: Note| Note { row: note.row + before, ..note };
            whole.notes.extend(stretch.notes.into_iter().map(below));
            builders.push((before, stretch.builder));
        }
        whole.builder = SheetBuilder::of_stretches(builders)?;
        let cells = whole.builder.slots().max(whole.builder.len() as u64);
        (whole.text_bytes <= limits.inflated_bytes && cells <= limits.cells).then_some(whole)
    }

    /// A limit was passed, and not all was taken.
    pub fn is_full(&self) -> bool {
        self.full.is_some()
    }

    /// Adds a cell: row from 1, column from 0. False once a limit is passed: stop reading.
    #[inline]
    #[must_use]
    pub fn push(&mut self, row: u32, col: u32, kind: CellKind, text: &str) -> bool {
        if kind == CellKind::Empty || !self.wants(col, text) {
            return true;
        }
        let text = self.fitted(row, col, text);
        let kept = self.full.is_none() && self.builder.push(row, col, kind, text);
        self.kept(kept)
    }

    /// As [`SheetSink::push`], for a text that stands at byte `start` of the sheet's text.
    #[inline]
    #[must_use]
    pub fn push_part(&mut self, row: u32, col: u32, start: usize, text: &str) -> bool {
        if !self.wants(col, text) {
            return true;
        }
        let text = self.fitted(row, col, text);
        let kept = self.full.is_none() && self.builder.push_at(row, col, CellKind::Text, start, text);
        self.kept(kept)
    }

    /// The text of a cell, cut where no person can have written so much: it would be cleaned, compared
    /// and published at many times its size.
    #[inline]
    fn fitted<'t>(&mut self, row: u32, col: u32, text: &'t str) -> &'t str {
        if text.len() <= LONGEST_CELL { text } else { self.cut(row, col, text) }
    }

    #[cold]
    fn cut<'t>(&mut self, row: u32, col: u32, text: &'t str) -> &'t str {
        // A character has four bytes at most.
        let end = (0..=LONGEST_CELL).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let kept = &text[..end];
        let what = format!(
            "the cell holds {} MiB of text, of which the first was read and the rest was left out",
            text.len() >> 20
        );
        let todo = "look at the cell: a quotation mark may be missing, or the file is no table";
        let note = self.note(Severity::Warning, "cell-cut", what, todo).on_cell(row, col);
        self.notes.push(note);
        kept
    }

    /// Whether a cell is to be kept; looks at the limits before.
    #[inline]
    fn wants(&mut self, col: u32, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        if col >= MAX_COLS {
            self.outside += 1;
            return false;
        }
        self.text_bytes += text.len() as u64;
        let (limits, builder) = (self.limits, &self.builder);
        if self.text_bytes > limits.inflated_bytes {
            let limit = limits.inflated_bytes;
            self.full = Some(Refusal::limit("inflated_bytes", limit, "the text of the sheet"));
        } else if builder.len() as u64 >= limits.cells || builder.slots() > limits.cells {
            self.full = Some(self.too_many_cells());
        }
        true
    }

    #[inline]
    fn kept(&mut self, kept: bool) -> bool {
        if !kept && self.full.is_none() {
            self.full = Some(Refusal::new(
                "limit",
                "the texts of the sheet come to more than 4 GiB, or one of them to more than 512 MiB",
                "split it into smaller files, or remove what isn't part of the tracker, and run again",
            ));
        }
        kept
    }

    /// As [`SheetSink::push`] for the cell at a position counted from 0, as workbooks have it.
    #[inline]
    #[must_use]
    pub fn push_at(&mut self, (row, col): (u32, u32), kind: CellKind, text: &str) -> bool {
        if row >= MAX_ROWS {
            self.outside += u64::from(kind != CellKind::Empty);
            return true;
        }
        self.push(row + 1, col, kind, text)
    }

    /// A note on this sheet.
    pub fn note(&self, severity: Severity, code: &'static str, what: impl Into<String>, todo: &str) -> Note {
        Note::new(severity, code, self.file, what, todo).on_sheet(&self.name)
    }

    /// Ends the sheet: it goes to what was parsed, or a note that says which limit it passed.
    pub fn finish(self, hidden: bool, merges: Vec<Area>, marks: Marks, parsed: &mut Parsed) {
        let before = parsed.sheets.len();
        self.finish_over(String::new(), hidden, merges, parsed);
        if let Some(sheet) = parsed.sheets.get_mut(before) {
            sheet.marks = marks.in_order();
        }
    }

    /// As [`SheetSink::finish`], with the text that the sink was made over.
    pub fn finish_over(mut self, text: String, hidden: bool, merges: Vec<Area>, parsed: &mut Parsed) {
        if self.full.is_none() && self.builder.rectangle() > self.limits.cells {
            self.full = Some(self.too_many_cells());
        }
        if let Some(refusal) = self.full {
            parsed.notes.push(refusal.note(self.file).on_sheet(&self.name));
            return;
        }
        if self.outside > 0 {
            let what = format!(
                "{} cells lie beyond row {MAX_ROWS} or column XFD, where no sheet has cells, and were left out",
                self.outside
            );
            let note = self.note(Severity::Warning, "cell-outside", what, "check that the file is whole");
            self.notes.push(note);
        }
        if self.builder.is_empty() {
            let note = self.note(Severity::Info, "sheet-empty", "the sheet holds no text and no numbers", "");
            self.notes.push(note);
        }
        let mut sheet = self.builder.finish_over(text, self.file, &self.name);
        sheet.hidden = hidden;
        sheet.merges = merges;
        sheet.notes = self.notes;
        parsed.sheets.push(sheet);
    }

    fn too_many_cells(&self) -> Refusal {
        Refusal::limit("cells", self.limits.cells, "the filled part of the sheet")
    }
}

/// A merged area from corners counted from 0; `None` for a single cell or one outside any sheet.
pub(crate) fn area(start: (u32, u32), end: (u32, u32)) -> Option<Area> {
    let ordered = start.0 <= end.0 && start.1 <= end.1 && start != end;
    (ordered && end.0 < MAX_ROWS && end.1 < MAX_COLS).then_some(Area {
        top: start.0 + 1,
        left: start.1,
        bottom: end.0 + 1,
        right: end.1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_named_and_positions_clamped() {
        let limits = Limits { cells: 4, ..Limits::default() };
        let mut sink = SheetSink::new("f", "s", &limits);
        for i in 0..3 {
            assert!(sink.push(i + 1, i, CellKind::Text, "x"));
        }
        // Three cells on a diagonal make a rectangle of nine.
        let mut parsed = Parsed::default();
        sink.finish(false, Vec::new(), Marks::default(), &mut parsed);
        let note = &parsed.notes[0];
        assert_eq!((note.code, note.severity), ("limit", Severity::Error));
        assert!(note.what.contains("`million_cells` of 0.000004"), "{}", note.what);

        let mut sink = SheetSink::new("f", "s", &limits);
        for position in [(MAX_ROWS, 0), (0, MAX_COLS), (u32::MAX, u32::MAX)] {
            assert!(sink.push_at(position, CellKind::Text, "x"));
        }
        sink.finish(true, Vec::new(), Marks::default(), &mut parsed);
        let sheet = &parsed.sheets[0];
        assert!(sheet.hidden && sheet.rows() == 0);
        let codes: Vec<_> = sheet.notes.iter().map(|note| note.code).collect();
        assert_eq!(codes, ["cell-outside", "sheet-empty"]);
    }

    #[test]
    fn areas_are_checked() {
        assert_eq!(area((0, 1), (2, 3)), Some(Area { top: 1, left: 1, bottom: 3, right: 3 }));
        for (start, end) in [((0, 0), (0, 0)), ((2, 0), (1, 0)), ((0, 0), (MAX_ROWS, 0))] {
            assert_eq!(area(start, end), None);
        }
    }
}
