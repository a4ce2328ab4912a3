//! The rows under a heading: which are records, which only go on with the record above,
//! and which are furniture of the page.

use collate_clean::names_nobody;
use collate_model::{CellKind, Field, FieldType, Kind, RowCounts, Sheet};
use rustc_hash::FxHashSet;

use crate::heading::Heading;
use crate::lines::{goes_on, is_amount, is_key, is_open, is_remark, is_ruler, is_total, is_update};
use crate::shape;

/// A heading between or above rows with the cell in which it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    pub text: String,
    pub row: u32,
    pub col: u32,
}

/// A record: one row, and what is odd about it.
pub(crate) struct Record {
    /// Position of the row.
    pub row: usize,
    /// Nearly no record has any; there may be millions.
    odd: Option<Box<Odd>>,
}

#[derive(Default)]
struct Odd {
    shifted: bool,
    tails: Vec<Tail>,
    given_up: Vec<usize>,
}

/// A cell whose text goes on with a record's: column of the table, then row and column of the
/// sheet, all by position.
pub(crate) type Tail = (usize, usize, usize);

impl Record {
    /// It is more or less than the cells of its row.
    pub(crate) fn is_odd(&self) -> bool {
        self.odd.is_some()
    }

    /// The row stands one column too far to the left.
    pub(crate) fn shifted(&self) -> bool {
        self.odd.as_ref().is_some_and(|odd| odd.shifted)
    }

    /// Texts of later rows to append.
    pub(crate) fn tails(&self) -> &[Tail] {
        self.odd.as_ref().map_or(&[], |odd| &odd.tails)
    }

    /// Its own text of a column went to the tails of a record above.
    fn gave_up(&self, at: usize) -> bool {
        self.odd.as_ref().is_some_and(|odd| odd.given_up.contains(&at))
    }

    fn add_tail(&mut self, tail: Tail) {
        self.odd.get_or_insert_default().tails.push(tail);
    }
}

/// Records under one section.
#[derive(Default)]
pub(crate) struct Part {
    pub section: Option<Section>,
    pub records: Vec<Record>,
}

/// A filled cell: column of the table, column of the sheet (both by position), text.
/// They differ in rows that stand a column out of place.
type Filled<'a> = (usize, usize, &'a str);

/// The filled cells of a row, and their texts alone. Filled again for the next row, so that rows
/// by the million ask for no memory.
#[derive(Default)]
pub(crate) struct RowCells<'a> {
    cells: Vec<Filled<'a>>,
    texts: Vec<&'a str>,
}

/// Reads rows one after the other.
pub(crate) struct Body<'a> {
    sheet: &'a Sheet,
    kind: &'a Kind,
    pub heading: Heading,
    pub parts: Vec<Part>,
    /// Positions of the columns that have a heading.
    named: Vec<usize>,
    /// Fields without which there is no record of the kind: a row that has one begins a record.
    begins: FxHashSet<usize>,
    /// Row numbers that a cell is merged across.
    wide: FxHashSet<u32>,
    /// Blank means "as above" in some of its columns.
    fills_down: bool,
    pending: Option<Section>,
    /// A ruler or a repeated heading stood just above.
    broken: bool,
    last: usize,
    /// The row before is a key's.
    in_key: bool,
    /// The first row number of what stands here under headings of its own, which nobody knows.
    pub other: Option<u32>,
    /// The first such row number of all.
    pub left: Option<u32>,
    /// Row numbers of lines that somebody wrote below records, under no heading.
    pub updates: Vec<u32>,
}

impl<'a> Body<'a> {
    pub(crate) fn new(sheet: &'a Sheet, kind: &'a Kind, heading: Heading, section: Option<Section>) -> Self {
        let named = (0..sheet.cols()).filter(|j| !heading.headers[*j].is_empty()).collect();
        let needed = |name: &&String| kind.anchors.iter().all(|anchor| anchor.contains(name));
        let mut begins: FxHashSet<usize> =
            kind.anchors.iter().flatten().filter(needed).filter_map(|name| kind.field(name)).collect();
        if begins.is_empty() {
            begins.extend(kind.anchors.iter().flatten().filter_map(|name| kind.field(name)));
        }
        let wide = sheet
            .merges
            .iter()
            .filter(|a| a.top == a.bottom && a.right >= a.left + 2)
            .map(|a| a.top)
            .collect();
        let last = (heading.first + heading.count).saturating_sub(1);
        let parts = vec![Part { section, records: Vec::new() }];
        let mut fields = kind.fields.iter().enumerate();
        let fills_down = fields.any(|(f, field)| field.fill_down && heading.reading.has(f));
        Body {
            sheet,
            kind,
            heading,
            parts,
            named,
            begins,
            wide,
            fills_down,
            pending: None,
            broken: false,
            last,
            other: None,
            left: None,
            in_key: false,
            updates: Vec::new(),
        }
    }

    /// Takes the next row.
    pub(crate) fn take(&mut self, i: usize, counts: &mut RowCounts) {
        let mut row = RowCells::default();
        self.fill(&mut row, i);
        let gap = self.broken || self.gap(i);
        if self.other.is_some() && gap && self.fitting(&row.cells) >= 2 {
            self.other = None;
        }
        if self.other.is_none() && self.is_other(i, &row.cells) {
            self.take_back_title(counts, false);
            self.pending = None;
            self.other = Some(self.sheet.row_number(i));
            self.left = self.left.or(self.other);
        }
        self.last = i;
        if self.other.is_some() {
            counts.left_alone += 1;
            return;
        }
        self.broken = false;
        // The entries of a key stand right below its title.
        let explains = self.in_key && !gap && row.texts.len() <= 2 && self.is_of_colours(i, &row);
        self.in_key = explains || row.texts.len() == 1 && is_key(&row.texts);
        if explains || self.is_furniture(&row) {
            self.broken = is_ruler(&row.texts);
            counts.furniture += 1;
            return;
        }
        let cells = row.cells;
        if let [(at, _, text)] = cells[..]
            && is_update(text)
            && self.field(at).is_some_and(|field| field.kind != FieldType::Text)
            && self.parts.iter().any(|part| !part.records.is_empty())
        {
            self.updates.push(self.sheet.row_number(i));
            counts.furniture += 1;
            return;
        }
        if let [(j, _, text)] = cells[..]
            && let Some(heading) = self.stands_alone(i, j, text, gap)
        {
            if heading {
                self.pending = Some(self.section_at(i, j));
            }
            counts.furniture += 1;
            return;
        }
        let moved = self.moved(&cells);
        let shifted = moved.is_some();
        let cells = moved.unwrap_or(cells);
        if self.pending.is_none() && self.continues(&cells, gap) {
            self.append(i, &cells);
            counts.continued += 1;
            return;
        }
        self.open_section();
        let given_up = self.give_tails(i, &cells);
        let odd = shifted || !given_up.is_empty();
        let odd = odd.then(|| Box::new(Odd { shifted, tails: Vec::new(), given_up }));
        self.records().push(Record { row: i, odd });
    }

    /// The row names a colour, or has one and no record's cells.
    fn is_of_colours(&self, i: usize, row: &RowCells) -> bool {
        let number = self.sheet.row_number(i);
        let filled = |j: usize| self.sheet.marks.fill(number, self.sheet.col_number(j)).is_some();
        row.texts.iter().any(|text| collate_clean::rating_of(text).is_some())
            && (row.texts.len() == 1 || (0..self.sheet.cols()).any(filled))
    }

    /// A heading that stands above the next record begins a part.
    fn open_section(&mut self) {
        if let Some(section) = self.pending.take() {
            self.parts.push(Part { section: Some(section), records: Vec::new() });
        }
    }

    /// The filled cells of a row, each in its own column.
    fn fill(&self, row: &mut RowCells<'a>, i: usize) {
        let sheet = self.sheet;
        let all = (0..sheet.cols()).map(|j| (j, j, sheet.text(i, j)));
        row.cells.clear();
        row.cells.extend(all.filter(|(_, _, text)| !text.is_empty()));
        row.texts.clear();
        row.texts.extend(row.cells.iter().map(|(_, _, text)| *text));
    }

    /// Whether a row is a record whatever stands above it, as nearly all are: a test that any
    /// number of rows can be put to at once. `row` is room for it.
    pub(crate) fn is_plain(&self, i: usize, row: &mut RowCells<'a>) -> bool {
        self.fill(row, i);
        row.cells.len() > 1
            && !self.fills_down
            && !self.is_furniture(row)
            && !row.cells.iter().all(|(at, ..)| self.is_long(*at))
            && self.moved(&row.cells).is_none()
            && !self.is_other(i, &row.cells)
    }

    /// Whether a row below a blank one, or below a title that stands there, holds headings of something
    /// else: different words, one in each cell, that are no values of the columns in which they stand, with
    /// more rows below.
    fn is_other(&self, i: usize, cells: &[Filled]) -> bool {
        let titled = || {
            let filled = |j: &usize| self.sheet.kind(i - 1, *j) != CellKind::Empty;
            self.gap(i - 1) && (0..self.sheet.cols()).filter(filled).count() == 1
        };
        if cells.len() < 2 || i == 0 || !(self.gap(i) || titled()) {
            return false;
        }
        let is_word = |(_, j, text): &Filled| {
            self.sheet.kind(i, *j) == CellKind::Text
                && text.len() <= 40
                && !text.contains([',', ';', '@'])
                && !text.chars().any(|c| c.is_ascii_digit())
        };
        let misfits = |(at, _, text): &&Filled| {
            self.field(*at).is_some_and(|field| shape::fits(field, text) == Some(false))
        };
        let fits = |(at, _, text): &Filled| {
            let field = self.field(*at).filter(|field| field.kind != FieldType::People);
            field.is_some_and(|field| shape::fits(field, text) == Some(true))
        };
        let goes_on = |j: &usize| i + 1 < self.sheet.rows() && self.sheet.kind(i + 1, *j) != CellKind::Empty;
        let distinct: FxHashSet<&str> = cells.iter().map(|(_, _, text)| *text).collect();
        cells.iter().all(is_word)
            && cells.iter().filter(misfits).count() >= 2
            && !cells.iter().any(fits)
            && distinct.len() == cells.len()
            && !cells[0].2.contains(' ')
            && !self.gap(i + 1)
            && cells.iter().filter(|(_, j, _)| goes_on(j)).count() >= 2
    }

    /// Cells that fit their fields.
    fn fitting(&self, cells: &[Filled]) -> usize {
        let fits = |(at, _, text): &&Filled| {
            self.field(*at).is_some_and(|field| shape::fits(field, text) == Some(true))
        };
        cells.iter().filter(fits).count()
    }

    /// Takes the next row, which is plain.
    pub(crate) fn take_plain(&mut self, i: usize) {
        self.last = i;
        self.broken = false;
        self.open_section();
        self.records().push(Record { row: i, odd: None });
    }

    /// Whether a heading that repeats this one starts another section, by the title above it.
    /// A title that is only printed again on every page does not.
    pub(crate) fn new_section(&mut self, counts: &mut RowCounts) -> bool {
        self.take_back_title(counts, true);
        let current = self.parts.last().and_then(|part| part.section.as_ref());
        if self.pending.as_ref().map(|section| &section.text) == current.map(|section| &section.text) {
            self.pending = None;
        }
        self.pending.is_some()
    }

    /// Passes over a repeated heading.
    pub(crate) fn pass(&mut self, i: usize, counts: &mut RowCounts) {
        counts.header += 1;
        self.broken = true;
        self.last = i;
    }

    /// The sheet ends: a name that stands alone in its last row is a record's, and no title of anything.
    pub(crate) fn end(&mut self, counts: &mut RowCounts) {
        let last = self.last;
        let cells: Vec<usize> =
            (0..self.sheet.cols()).filter(|j| self.sheet.kind(last, *j) != CellKind::Empty).collect();
        let is_name = |j: usize| {
            let text = self.sheet.text(last, j);
            let of_people = self.field(j).is_some_and(|field| field.kind == FieldType::People);
            of_people && self.named.first() == Some(&j) && shape::names_a_person(text) && !names_nobody(text)
        };
        if !matches!(cells[..], [only] if is_name(only)) {
            self.close(counts);
        }
    }

    /// Another table starts below: what its title is.
    pub(crate) fn close(&mut self, counts: &mut RowCounts) -> Option<Section> {
        self.take_back_title(counts, false);
        self.pending.take()
    }

    /// The row just above a heading, if one cell is all it holds, was its title, not a record.
    fn take_back_title(&mut self, counts: &mut RowCounts, after_gap: bool) {
        let last = self.last;
        let alone = |i: usize| {
            (0..self.sheet.cols()).filter(|j| self.sheet.kind(i, *j) != CellKind::Empty).count() == 1
        };
        let Some(record) = self.records().last() else { return };
        if record.row != last || !record.tails().is_empty() || !alone(last) || (after_gap && !self.gap(last))
        {
            return;
        }
        self.records().pop();
        counts.furniture += 1;
        let j = (0..self.sheet.cols()).find(|j| self.sheet.kind(last, *j) != CellKind::Empty);
        self.pending = j.map(|j| self.section_at(last, j));
    }

    fn section_at(&self, i: usize, j: usize) -> Section {
        Section {
            text: crate::heading::tidy(self.sheet.text(i, j)),
            row: self.sheet.row_number(i),
            col: self.sheet.col_number(j),
        }
    }

    fn records(&mut self) -> &mut Vec<Record> {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        let at = self.parts.len() - 1;
        &mut self.parts[at].records
    }

    fn gap(&self, i: usize) -> bool {
        i == 0 || i >= self.sheet.rows() || self.sheet.row_number(i) > self.sheet.row_number(i - 1) + 1
    }

    fn field(&self, j: usize) -> Option<&'a Field> {
        self.heading.reading.fields[j].0.map(|f| &self.kind.fields[f])
    }

    /// Free text, in which a text may go on over several rows.
    fn is_long(&self, j: usize) -> bool {
        self.field(j).is_none_or(|field| field.kind == FieldType::Text)
    }

    fn is_furniture(&self, row: &RowCells) -> bool {
        let RowCells { cells, texts: all } = row;
        let Some((first, _, text)) = cells.first() else { return true };
        let leads = self.named.first().is_none_or(|named| first <= named);
        let remark = || {
            let placed = leads || !self.is_long(*first);
            cells.len() <= 3 && placed && is_remark(text) && self.agreement(&cells[1..]) <= 0
        };
        // `No. of cases` is a sum below cases, and a measure among measures.
        let begins = || {
            let told = self.heading.reading.fields[*first].0.filter(|f| self.begins.contains(f));
            told.is_some() && self.is_long(*first)
        };
        // `Under 26 weeks | 3` counts records, and is none.
        let counts = || {
            let amounts = cells[1..].iter().all(|(_, _, text)| text.len() <= 6 && is_amount(text));
            let no_name = || is_phrase(text) || shape::names_a_group(text) || names_nobody(text);
            let misfit = |field: &Field| {
                shape::fits(field, text) == Some(false) || field.kind == FieldType::People && no_name()
            };
            let words = text.split_whitespace().count();
            cells.len() > 1
                && cells.len() <= 4
                && amounts
                && words > 1
                && self.field(*first).is_some_and(misfit)
        };
        is_ruler(all)
            || (leads && counts())
            || (leads && is_total(all) && !begins())
            || ((leads || all.len() > 1) && is_key(all))
            || remark()
    }

    /// A row of one cell: `Some(true)` if it is a heading of the rows below, `Some(false)` if it is
    /// a remark, `None` if it may be a record or go on with one.
    fn stands_alone(&self, i: usize, j: usize, text: &str, gap: bool) -> Option<bool> {
        let words = text.split_whitespace().count();
        if self.wide.contains(&self.sheet.row_number(i)) {
            return Some(words <= 12);
        }
        if self.named.first() != Some(&j) || goes_on(text) && !shape::is_label(text) {
            let group = self.field(j).is_some_and(|field| field.kind == FieldType::People)
                && shape::names_a_group(text)
                && words <= 8;
            return group.then_some(true);
        }
        match self.field(j) {
            Some(field) if field.kind == FieldType::Text => {
                let group = shape::names_a_group(text) && words <= 8;
                (group && gap && field.fill_down).then_some(true)
            }
            Some(field) if field.kind == FieldType::People && (is_phrase(text) || shape::is_label(text)) => {
                Some(words <= 10)
            }
            Some(field) => (shape::fits(field, text) == Some(false)).then_some(words <= 10),
            None => shape::names_a_group(text).then_some(words <= 10),
        }
    }

    /// The cells under their own headings, of a row whose first cell fell off, so that it stands one
    /// column to the left.
    fn moved(&self, cells: &[Filled<'a>]) -> Option<Vec<Filled<'a>>> {
        let end = self.named.last()?;
        let full = cells.len() < 2 || cells.iter().any(|(j, ..)| j >= end || !self.named.contains(j));
        if full {
            return None;
        }
        let stays = self.agreement(cells);
        if stays >= 0 {
            return None;
        }
        let right = |j: usize| self.named.iter().copied().find(|k| *k > j).unwrap_or(j);
        let moved: Vec<Filled> = cells.iter().map(|(_, j, text)| (right(*j), *j, *text)).collect();
        let moves = self.agreement(&moved);
        (moves >= 0 && moves - stays >= 2).then_some(moved)
    }

    /// Cells that fit their fields, less those that do not.
    fn agreement(&self, cells: &[Filled]) -> i32 {
        let one = |(at, _, text): &Filled| match self.field(*at).and_then(|field| shape::fits(field, text)) {
            Some(true) => 1,
            Some(false) => -1,
            None => 0,
        };
        cells.iter().map(one).sum()
    }

    /// Whether a row only goes on with the texts of the record above.
    fn continues(&self, cells: &[Filled], gap: bool) -> bool {
        let above = self.parts.last().is_some_and(|part| !part.records.is_empty());
        if !above || !cells.iter().all(|(at, ..)| self.is_long(*at)) {
            return false;
        }
        let lower = cells.iter().filter(|(_, _, text)| goes_on(text)).count() * 2;
        let begins = |at: usize| self.heading.reading.fields[at].0.is_some_and(|f| self.begins.contains(&f));
        let anchored = cells.iter().any(|(at, ..)| begins(*at));
        let known = cells.iter().any(|(at, ..)| self.field(*at).is_some());
        lower > cells.len() || (gap && lower == cells.len()) || (known && !anchored)
    }

    fn append(&mut self, i: usize, cells: &[Filled]) {
        for (at, j, _) in cells {
            let head = self.head(*at).unwrap_or_else(|| self.records().len() - 1);
            self.records()[head].add_tail((*at, i, *j));
        }
    }

    /// The record that holds the text of a column: in a column where blank means "as above",
    /// the last that is not blank.
    fn head(&mut self, at: usize) -> Option<usize> {
        if !self.field(at).is_some_and(|field| field.fill_down) {
            return None;
        }
        let sheet = self.sheet;
        let back = |record: &Record| {
            let j = if record.shifted() { self.named.iter().copied().rfind(|k| *k < at) } else { Some(at) };
            j.is_some_and(|j| !sheet.text(record.row, j).is_empty()) && !record.gave_up(at)
        };
        self.parts.last().and_then(|part| part.records.iter().rposition(back))
    }

    /// A cell of a record that is only the rest of the sentence begun in the same column above,
    /// while blanks to its left say "as above": its text goes there.
    fn give_tails(&mut self, i: usize, cells: &[Filled]) -> Vec<usize> {
        let mut given = Vec::new();
        if !self.fills_down {
            return given;
        }
        for (at, j, text) in cells {
            let Some(f) = self.heading.reading.fields[*at].0 else { continue };
            let outer_own = cells.iter().any(|(other, ..)| {
                self.heading.reading.fields[*other].0.is_some_and(|o| o < f && self.kind.fields[o].fill_down)
            });
            if outer_own || !self.is_long(*at) || !goes_on(text) {
                continue;
            }
            let Some(head) = self.head(*at) else { continue };
            let record = &self.records()[head];
            let end = record
                .tails()
                .iter()
                .rfind(|tail| tail.0 == *at)
                .map_or((record.row, *at), |tail| (tail.1, tail.2));
            if is_open(self.sheet.text(end.0, end.1)) {
                self.records()[head].add_tail((*at, i, *j));
                given.push(*at);
            }
        }
        given
    }

    /// Where a record's cell of a column stands in the sheet, by position.
    pub(crate) fn place(&self, record: &Record, at: usize) -> Option<usize> {
        if record.gave_up(at) {
            return None;
        }
        if !record.shifted() {
            return Some(at);
        }
        self.named.iter().copied().rfind(|k| *k < at).filter(|_| self.named.contains(&at))
    }
}
/// Words in small letters that stand in cells of names.
const AMONG_NAMES: [&str; 24] = [
    "and", "aka", "known", "as", "formerly", "nee", "née", "unborn", "baby", "born", "dob", "of", "de", "da",
    "du", "la", "le", "van", "von", "der", "bin", "al", "el", "or",
];

/// Words that are no names: `Longer than 12 weeks`, `Waiting for the panel`.
fn is_phrase(text: &str) -> bool {
    let said: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &&&str| {
        word.chars().all(char::is_alphabetic)
            && word.starts_with(char::is_lowercase)
            && !AMONG_NAMES.contains(word)
    };
    let small = said.iter().filter(plain).count();
    // Whoever writes names in small letters writes them all so.
    said.len() >= 3 && small > 0 && small < said.len() && said[0].starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_told_from_names() {
        for (text, expected) in [
            ("Longer than 12 weeks", true),
            ("Waiting for the panel", true),
            ("Katie Marsden", false),
            ("Anna de la Cruz", false),
            ("Katie and Tom Marsden", false),
            ("Smith, Jo (aka Jones)", false),
            ("unborn baby Smith", false),
            ("katie jane marsden", false),
            ("Smith x3", false),
            ("Cases closed", false),
        ] {
            assert_eq!(is_phrase(text), expected, "{text}");
        }
    }
}
