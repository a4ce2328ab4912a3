//! A [`Sheet`] to [`Table`]s of a tracker kind, each column with its field and why.
//!
//! ```text
//! kinds/*.toml -> load -> Kinds -> lexicon ┐
//! Sheet -> heading (lexicon, assign, shape) -> body (lines, shape) -> build -> Table
//! ```
//! Kinds are data: nothing here knows a tracker by name. Nothing is assumed of a sheet's layout
//! either: titles, several tables, repeated headings, rows that go on with the one above.
//! Every row is accounted for in [`Recognised::counts`].

mod as_at;
mod assign;
mod beside;
mod births;
mod body;
mod build;
mod check;
mod error;
mod fills;
mod form;
mod glance;
mod heading;
mod lexicon;
mod lines;
mod load;
mod marks;
mod normal;
mod numbered;
mod overrides;
mod parts;
mod period;
mod shape;
mod surname_apart;
mod turned;
mod unpivot;
mod year;

use collate_model::{Kinds, Note, RowCounts, Severity, Sheet, Table};

pub use error::KindError;
pub use load::{builtin, load};
pub use marks::Found as MarkFound;
pub use overrides::{FileOverride, IGNORE, Overrides, SheetOverride};

use crate::body::{Body, Section};
use crate::build::Builder;
use crate::fills::Fills;
use crate::glance::PlainRows;
use crate::heading::{Finder, Nearest};
use crate::lexicon::Lexicon;
use crate::normal::key;
use crate::parts::together;

/// Titles above a table that are looked at, the nearest.
const MOST_TITLES: usize = 24;
/// Cells above all tables in which a date is looked for, the first.
const MOST_SAID: usize = 500;
/// Two kinds whose confidence is nearer than this can't be told apart.
const DOUBTFUL: f32 = 0.03;
/// A row of so many cells above all headings is no title but a row of a table that is not known.
const WIDE: usize = 4;

/// What a sheet was taken for.
#[derive(Debug, Clone, Default)]
pub struct Recognised {
    /// Its tables, from the top; none if it is no tracker.
    pub tables: Vec<Table>,
    /// What became of its rows: `read` is the sum of `header`, `furniture`, `continued`,
    /// `left_alone` and the records of the tables. What records come to is for later stages to count.
    pub counts: RowCounts,
    /// What could not be done.
    pub notes: Vec<Note>,
    /// What a person sees on the records beside their values.
    pub marks: Vec<MarkFound>,
    /// It is one of our own outputs, or a truth file, and was left alone.
    pub own: bool,
}

/// Recognises sheets; the known headings are indexed once for all of them.
pub struct Recogniser<'a> {
    kinds: &'a Kinds,
    lexicon: Lexicon,
}

/// Recognises one sheet. For many, a [`Recogniser`] is faster.
pub fn recognise(sheet: &Sheet, kinds: &Kinds, overrides: &Overrides) -> Recognised {
    Recogniser::new(kinds).recognise(sheet, overrides)
}

impl<'a> Recogniser<'a> {
    /// Indexes the headings of all kinds.
    pub fn new(kinds: &'a Kinds) -> Self {
        Recogniser { kinds, lexicon: Lexicon::new(kinds) }
    }

    /// Recognises one sheet. Of tables side by side each is recognised by itself; a row that holds records
    /// of two of them counts once for each.
    pub fn recognise(&self, sheet: &Sheet, overrides: &Overrides) -> Recognised {
        let mut told = overrides.for_sheet(&sheet.file, &sheet.name);
        let remembered = (told == SheetOverride::default()).then(|| remembered(sheet, overrides)).flatten();
        if let Some((_, like)) = &remembered {
            told = like.clone();
        }
        if is_own(sheet) {
            let what = "This is an output of this program, or a file of known matches: it was left alone.";
            let mut left = leave(sheet, "own-output", what.into(), String::new());
            left.own = true;
            return left;
        }
        if told.kind.as_deref() == Some(IGNORE) {
            let what = "collate.toml says to leave this sheet alone.";
            return leave(sheet, "ignored", what.into(), String::new());
        }
        let mut found = self.recognise_as(sheet, &told);
        if let Some((file, _)) = remembered {
            let what = format!(
                "The sheet has the headings of {file} in collate.toml, and was read in the same way."
            );
            let todo = "If it is something else, say in collate.toml what.";
            let note = Note::new(Severity::Info, "mapping-remembered", &sheet.file, what, todo);
            found.notes.push(note.on_sheet(&sheet.name));
        }
        found
    }

    /// Recognises a sheet of which the user said this. A heading row that the user named settles the layout.
    fn recognise_as(&self, sheet: &Sheet, told: &SheetOverride) -> Recognised {
        if told.header_row.is_some() {
            return self.recognise_block(sheet, told);
        }
        // What the spreadsheet program knows as tables is apart whatever is known of each; where headings
        // that come again are all there is to go by, there must be two trackers.
        for (blocks, fewest) in [(beside::tables(sheet), 1), (beside::blocks(sheet), 2)] {
            let one = |columns| self.recognise_block(&sheet.of_columns(columns), told);
            let parts: Vec<Recognised> = blocks.unwrap_or_default().into_iter().map(one).collect();
            if parts.iter().filter(|part| !part.tables.is_empty()).count() >= fewest {
                return together(sheet, parts);
            }
        }
        match beside::stretches(sheet) {
            Some(stretches) => self.recognise_stretches(sheet, stretches, told),
            None => self.recognise_block(sheet, told),
        }
    }

    /// One table below another, or forms. A kind that the user named is first looked for as any other;
    /// only where nothing like it is there is whatever has one of its headings taken for it.
    fn recognise_block(&self, sheet: &Sheet, told: &SheetOverride) -> Recognised {
        let open = told.header_row.is_none();
        if open && let Some(parts) = self.forms_among_tables(sheet, told) {
            return together(sheet, parts);
        }
        let read = |forms: form::Forms| forms.on_page(self.recognise_tables(&forms.table, told, true), sheet);
        if open && let Some(found) = self.stacked_forms(sheet, told).and_then(read) {
            return found;
        }
        let strict = self.recognise_tables(sheet, told, open);
        if !strict.tables.is_empty() || !open {
            return strict;
        }
        if let Some(found) = form::find(sheet, &self.lexicon).and_then(read) {
            return found;
        }
        let turned = turned::find(sheet, self.kinds, &self.lexicon)
            .and_then(|turned| turned.on_page(self.recognise_tables(&turned.table, told, true), sheet));
        if let Some(found) = turned {
            return found;
        }
        if told.kind.is_some() { self.recognise_tables(sheet, told, false) } else { strict }
    }

    /// The tables of a sheet; `strict` asks of a kind that the user named as much as of any other.
    fn recognise_tables(&self, sheet: &Sheet, told: &SheetOverride, strict: bool) -> Recognised {
        let finder = Finder::new(sheet, self.kinds, &self.lexicon, told, strict);
        let mut reader = Reader::new(&finder, told);
        reader.read();
        let Reader { mut recognised, .. } = reader;
        recognised.marks = marks::of_tables(sheet, &recognised.tables);
        if recognised.tables.is_empty() {
            return self.leave_unknown(sheet, finder.into_nearest());
        }
        recognised
    }

    /// Recognises what of a sheet is not hidden. Hidden rows are counted as left alone; a hidden column
    /// takes no row with it.
    pub fn recognise_visible(&self, sheet: &mut Sheet, overrides: &Overrides) -> Recognised {
        if sheet.hidden {
            return leave(
                sheet,
                "hidden-left",
                "The sheet is hidden and was left out.".into(),
                String::new(),
            );
        }
        let (rows, cols) = sheet.leave_hidden();
        let mut found = self.recognise(sheet, overrides);
        found.counts.read += rows;
        found.counts.left_alone += rows;
        if rows + cols > 0 {
            let what = format!("{rows} hidden rows and {cols} hidden columns were left out.");
            let note = Note::new(Severity::Info, "hidden-left", &sheet.file, what, "");
            found.notes.push(note.on_sheet(&sheet.name));
        }
        found
    }

    fn leave_unknown(&self, sheet: &Sheet, nearest: Option<Nearest>) -> Recognised {
        let what = match nearest {
            _ if sheet.rows() == 0 => "The sheet is empty.".to_owned(),
            None => "No row of this sheet holds headings of a tracker that is known.".to_owned(),
            Some(Nearest { kind, reading }) => {
                let kind = &self.kinds.kinds[kind];
                let missing = |anchor: &Vec<String>| -> Vec<&str> {
                    let fields = anchor.iter().filter_map(|name| kind.field(name));
                    fields.filter(|f| !reading.has(*f)).map(|f| kind.fields[f].title.as_str()).collect()
                };
                let least = kind.anchors.iter().map(missing).min_by_key(Vec::len).unwrap_or_default();
                let lacks = if least.is_empty() {
                    "but too few of its headings were recognised".to_owned()
                } else {
                    format!("but has no column for {}", least.join(" and "))
                };
                format!(
                    "This sheet is no tracker that is known. It is nearest to \"{}\", {lacks}.",
                    kind.title
                )
            }
        };
        let todo =
            "If it is a tracker, say in collate.toml which kind it is, and which columns are which fields.";
        leave(sheet, "not-a-tracker", what, if sheet.rows() == 0 { String::new() } else { todo.into() })
    }
}

/// Reads a sheet from top to bottom.
struct Reader<'f, 'a> {
    finder: &'f Finder<'a>,
    told: &'a SheetOverride,
    merged: build::Merged,
    /// Titles above the next table, with their places.
    titles: Vec<Section>,
    /// Everything said above any table, for the date.
    said: Vec<String>,
    /// The first row above all headings that is no title.
    unknown: Option<u32>,
    recognised: Recognised,
}

impl<'f, 'a> Reader<'f, 'a> {
    fn new(finder: &'f Finder<'a>, told: &'a SheetOverride) -> Self {
        Reader {
            finder,
            told,
            merged: build::merged_down(finder.sheet),
            titles: Vec::new(),
            said: Vec::new(),
            unknown: None,
            recognised: Recognised::default(),
        }
    }

    fn read(&mut self) {
        let sheet = self.finder.sheet;
        self.recognised.counts.read = sheet.rows() as u64;
        let mut body = self.start_without_heading();
        let mut plain = PlainRows::new();
        let mut i = 0;
        while i < sheet.rows() {
            if body.is_some() && sheet.marks.is_sums(sheet.row_number(i)) {
                self.recognised.counts.furniture += 1;
                i += 1;
                continue;
            }
            if let Some(open) = &mut body
                && self.told.header_row != Some(sheet.row_number(i))
                && open.other.is_none()
                && plain.has(i, &self.finder.glance, open)
            {
                open.take_plain(i);
                i += 1;
                continue;
            }
            if let Some(open) = &mut body
                && self.finder.glance.repeats(i, &open.heading)
                && !open.new_section(&mut self.recognised.counts)
            {
                open.pass(i, &mut self.recognised.counts);
                i += 1;
                continue;
            }
            if let Some(heading) = self.heading_at(i, body.is_some()) {
                let section = match body.take() {
                    Some(mut open) => {
                        let section = open.close(&mut self.recognised.counts);
                        self.finish(open);
                        section
                    }
                    None => self.titles.last().cloned(),
                };
                self.recognised.counts.header += heading.count as u64;
                i += heading.count;
                let kind = &self.finder.kinds.kinds[heading.reading.kind];
                body = Some(Body::new(sheet, kind, heading, section));
                plain = PlainRows::new();
                continue;
            }
            match &mut body {
                Some(open) => open.take(i, &mut self.recognised.counts),
                None => self.take_title(i),
            }
            i += 1;
        }
        if let Some(mut open) = body {
            open.end(&mut self.recognised.counts);
            self.finish(open);
        }
        if let Some(row) = self.unknown {
            let what = "Rows above the first heading that is known were left alone: they belong to no tracker that is known.";
            let todo = "If they are records, say in collate.toml which row holds their heading.";
            let note = Note::new(Severity::Warning, "rows-left-alone", &sheet.file, what, todo);
            self.recognised.notes.push(note.on_sheet(&sheet.name).on_row(row));
        }
    }

    /// A sheet that the user says has no heading.
    fn start_without_heading(&mut self) -> Option<Body<'a>> {
        if self.told.header_row != Some(0) {
            return None;
        }
        let heading = self.finder.given(None, &[])?;
        let kind = &self.finder.kinds.kinds[heading.reading.kind];
        (heading.reading.matched > 0).then(|| Body::new(self.finder.sheet, kind, heading, None))
    }

    fn heading_at(&self, i: usize, in_body: bool) -> Option<heading::Heading> {
        let titles = || self.titles.iter().map(|title| title.text.clone()).collect::<Vec<_>>();
        match self.told.header_row {
            None => self.finder.at(i, titles, in_body),
            Some(row) if row == self.finder.sheet.row_number(i) => self.finder.given(Some(i), &titles()),
            Some(_) => None,
        }
    }

    fn take_title(&mut self, i: usize) {
        let sheet = self.finder.sheet;
        let cells = self.finder.cells(i);
        let texts: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
        if texts.len() >= WIDE && !lines::is_ruler(&texts) && !lines::is_key(&texts) {
            self.recognised.counts.left_alone += 1;
            self.unknown.get_or_insert(sheet.row_number(i));
            return;
        }
        self.recognised.counts.furniture += 1;
        if self.said.len() < MOST_SAID {
            self.said.extend(cells.iter().map(|(_, text)| (*text).to_owned()));
        }
        if let [(j, text)] = cells[..]
            && !lines::is_ruler(&[text])
            && !lines::is_remark(text)
            && !as_at::only_as_at(text)
            && text.split_whitespace().count() <= 16
        {
            let text = heading::tidy(text);
            // A text of many pages has no title but the last ones.
            if self.titles.len() >= MOST_TITLES {
                self.titles.remove(0);
            }
            self.titles.push(Section { text, row: sheet.row_number(i), col: sheet.col_number(j) });
        }
    }

    fn finish(&mut self, body: Body<'a>) {
        let sheet = self.finder.sheet;
        let kinds = &self.finder.kinds.kinds;
        let kind = &kinds[body.heading.reading.kind];
        let as_at = as_at::of_sheet(sheet, &self.said);
        let rows = |i: usize| sheet.row_number(i);
        let mut taken: Vec<u32> =
            (body.heading.first..body.heading.first + body.heading.count).map(rows).collect();
        taken.extend(body.parts.iter().flat_map(|part| &part.records).map(|record| rows(record.row)));
        taken.sort_unstable();
        // Beside the table, under no heading, a key may stand in the rows of records.
        let headed = |col: u32| sheet.col_index(col).is_none_or(|j| !body.heading.headers[j].is_empty());
        let fills = Fills::new(sheet, |row, col| headed(col) && taken.binary_search(&row).is_ok());
        let builder = Builder { sheet, kind, kinds, merged: &self.merged, as_at, fills };
        let told: Vec<Option<&str>> = (0..sheet.cols())
            .map(|j| assign::told(self.told, &body.heading.headers[j], &sheet.col_label(j)))
            .collect();
        for part in body.parts.iter().filter(|part| !part.records.is_empty()) {
            let table = surname_apart::joined(kind, builder.table(&body, part, &told));
            let (table, notes) = births::in_order(kind, table);
            self.recognised.notes.extend(notes);
            let k = body.heading.reading.kind;
            let table = numbered::rows_of(sheet, kind, k, self.finder.lexicon(), table);
            let (table, note) = unpivot::rows_of(sheet, kind, table, &self.said);
            self.recognised.tables.push(table);
            self.recognised.notes.extend(note);
            for record in part.records.iter().filter(|record| record.shifted()) {
                let what = "The cells of this row stand one column to the left of their headings; they were read as if one cell had fallen off.";
                let todo = "Check the row, and put the missing cell back.";
                let note = Note::new(Severity::Info, "row-shifted", &sheet.file, what, todo);
                let row = sheet.row_number(record.row);
                self.recognised.notes.push(note.on_sheet(&sheet.name).on_row(row));
            }
        }
        for row in &body.updates {
            let what = "A line of text stands below a record, under no heading of its own: it was left out.";
            let todo = "Put it into a column of the record.";
            let note = Note::new(Severity::Warning, "line-left-out", &sheet.file, what, todo);
            self.recognised.notes.push(note.on_sheet(&sheet.name).on_row(*row));
        }
        if let Some(row) = body.left {
            let what = "From this row on something else stands below the table, under headings of its own: it was left alone.";
            let todo = "If these are records, take out the blank row and the headings above them; if they are a tracker of their own, put it on a sheet of its own.";
            let note = Note::new(Severity::Warning, "rows-left-alone", &sheet.file, what, todo);
            self.recognised.notes.push(note.on_sheet(&sheet.name).on_row(row));
        }
        self.note_doubt(&body);
    }

    fn note_doubt(&mut self, body: &Body) {
        let sheet = self.finder.sheet;
        let Some((other, confidence)) = body.heading.runner_up else { return };
        if body.heading.reading.confidence() - confidence >= DOUBTFUL {
            return;
        }
        let kinds = &self.finder.kinds.kinds;
        let title = |k: usize| &kinds[k].title;
        let what = format!(
            "The table under this heading was taken for \"{}\", but \"{}\" fits nearly as well.",
            title(body.heading.reading.kind),
            title(other)
        );
        let todo = "Say in collate.toml which kind it is.";
        let note = Note::new(Severity::Warning, "kind-doubtful", &sheet.file, what, todo);
        let row = sheet.row_number(body.heading.first);
        self.recognised.notes.push(note.on_sheet(&sheet.name).on_row(row));
    }
}

/// Rows at the top in which headings are looked for.
const TOP_ROWS: usize = 30;

/// What the user said of another sheet whose headings this one has, in one row.
fn remembered(sheet: &Sheet, overrides: &Overrides) -> Option<(String, SheetOverride)> {
    (0..sheet.rows().min(TOP_ROWS)).find_map(|i| {
        let same = |text: &str, heading: &str| {
            heading::tidy(text) == heading || !key(heading).is_empty() && key(text) == key(heading)
        };
        let has = |heading: &str| (0..sheet.cols()).any(|j| same(sheet.text(i, j), heading));
        overrides.for_shape(has).map(|(file, told)| (file.to_owned(), told))
    })
}

/// The workbook says so in its first cell, the text files in their first headings.
fn is_own(sheet: &Sheet) -> bool {
    if sheet.rows() == 0 || sheet.cols() == 0 {
        return false;
    }
    let heads: Vec<String> = (0..sheet.cols().min(4)).map(|j| key(sheet.text(0, j))).collect();
    sheet.text(0, 0).starts_with("Written by collate")
        || matches!(heads[0].as_str(), "collateid" | "collatereview" | "collatemark" | "collateproblem")
        || heads == ["file", "sheet", "row", "part"]
}

/// A sheet that is left alone, with the reason.
fn leave(sheet: &Sheet, code: &'static str, what: String, todo: String) -> Recognised {
    let rows = sheet.rows() as u64;
    Recognised {
        tables: Vec::new(),
        counts: RowCounts { read: rows, left_alone: rows, ..RowCounts::default() },
        notes: vec![Note::new(Severity::Info, code, &sheet.file, what, todo).on_sheet(&sheet.name)],
        marks: Vec::new(),
        own: false,
    }
}
