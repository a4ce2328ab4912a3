//! Records and their heading to a [`Table`]: cells copied, continued texts joined, merged cells
//! and blanks that mean "as above" filled, derived columns added.

use collate_model::{
    Cell, CellKind, Date, Derive, Evidence, Field, FieldType, Kind, Sheet, Table, TableColumn,
};
use rustc_hash::FxHashMap;

use crate::as_at::{date_in, says_as_at};
use crate::body::{Body, Part, Record, Section};
use crate::fills::Fills;
use crate::lines::mark;
use crate::normal::words;
use crate::overrides::IGNORE;

/// No more cells than this are looked at for vertical merges: a file may claim to merge a million rows.
const MOST_MERGED: usize = 2_000_000;

/// The blank cells under the first of a vertically merged area → that first cell, all by position.
pub(crate) type Merged = FxHashMap<(usize, usize), usize>;

/// Looks the vertical merges of a sheet up once for all its tables.
pub(crate) fn merged_down(sheet: &Sheet) -> Merged {
    let (mut merged, mut looked) = (Merged::default(), 0);
    for area in sheet.merges.iter().filter(|area| area.bottom > area.top) {
        let (Some(top), Some(j)) = (sheet.row_index(area.top), sheet.col_index(area.left)) else { continue };
        for i in (top + 1..sheet.rows()).take_while(|i| sheet.row_number(*i) <= area.bottom) {
            looked += 1;
            if looked >= MOST_MERGED {
                return merged;
            }
            if sheet.kind(i, j) == CellKind::Empty {
                merged.insert((i, j), top);
            }
        }
    }
    merged
}

/// What is the same for all tables of a sheet.
pub(crate) struct Builder<'a> {
    pub sheet: &'a Sheet,
    pub kind: &'a Kind,
    pub kinds: &'a [Kind],
    pub merged: &'a Merged,
    pub as_at: Option<Date>,
    pub fills: Fills<'a>,
}

impl Builder<'_> {
    /// One table of the records of a part; `told` gives what the user said of each column.
    pub(crate) fn table(&self, body: &Body, part: &Part, told: &[Option<&str>]) -> Table {
        let heading = &body.heading;
        let reading = &heading.reading;
        let records = &part.records;
        let filled = |at: usize| records.iter().any(|record| self.is_filled(body, record, at));
        let kept: Vec<usize> = (0..self.sheet.cols())
            .filter(|at| told[*at] != Some(IGNORE))
            .filter(|at| !heading.headers[*at].is_empty() || filled(*at))
            .collect();
        let column = |at: &usize| {
            let header = &heading.headers[*at];
            let blank = || format!("Column {}", self.sheet.col_label(*at));
            TableColumn {
                header: if header.is_empty() { blank() } else { header.clone() },
                col: self.sheet.col_number(*at),
                field: reading.fields[*at].0,
                evidence: reading.fields[*at].1.clone(),
            }
        };
        let mut table = Table::default();
        table.file.clone_from(&self.sheet.file);
        table.sheet.clone_from(&self.sheet.name);
        table.kind.clone_from(&self.kind.name);
        table.confidence = reading.confidence();
        table.runner_up = heading.runner_up.map(|(k, confidence)| (self.kinds[k].name.clone(), confidence));
        table.section = part.section.as_ref().map(|section| section.text.clone()).unwrap_or_default();
        table.as_at = part.section.as_ref().and_then(|section| dated(&section.text)).or(self.as_at);
        table.header_rows =
            (heading.first..heading.first + heading.count).map(|i| self.sheet.row_number(i)).collect();
        table.columns = kept.iter().map(column).collect();
        table.rows = records.iter().map(|record| self.sheet.row_number(record.row)).collect();
        let derived = self.derived(&table, body, part, &kept);
        table.columns.extend(derived.iter().map(|derived| derived.column.clone()));
        table.lay_over(self.sheet, records.iter().map(|record| record.row as u32).collect(), &kept);
        for (r, record) in records.iter().enumerate() {
            if record.is_odd() || !self.merged.is_empty() {
                for (c, at) in kept.iter().enumerate() {
                    self.set(&mut table, body, record, (r, c), *at);
                }
            }
        }
        self.fills.rate(&mut table, self.kind);
        self.fill_down(&mut table);
        for (d, derived) in derived.iter().enumerate() {
            for (r, cell) in derived.cells.iter().enumerate() {
                if let Some((text, row, col)) = cell {
                    table.set(r, kept.len() + d, CellKind::Text, text);
                    table.set_origin(r, kept.len() + d, *row, *col);
                }
            }
        }
        table
    }

    fn is_filled(&self, body: &Body, record: &Record, at: usize) -> bool {
        let own = body.place(record, at).is_some_and(|j| self.sheet.kind(record.row, j) != CellKind::Empty);
        own || record.tails().iter().any(|tail| tail.0 == at) || self.merged.contains_key(&(record.row, at))
    }

    /// Sets a cell that is not simply the one in the record's row and its own column.
    fn set(&self, table: &mut Table, body: &Body, record: &Record, (r, c): (usize, usize), at: usize) {
        let sheet = self.sheet;
        let filled = |(i, j): &(usize, usize)| sheet.kind(*i, *j) != CellKind::Empty;
        let own = body.place(record, at).map(|j| (record.row, j)).filter(filled);
        let mut tails =
            record.tails().iter().filter(|tail| tail.0 == at).map(|tail| (tail.1, tail.2)).peekable();
        let from_above = || self.merged.get(&(record.row, at)).map(|top| (*top, at));
        let Some((i, j)) = own.or_else(|| tails.next()).or_else(from_above) else {
            if filled(&(record.row, at)) {
                table.put(r, c, Cell::default());
            }
            return;
        };
        let elsewhere = (i, j) != (record.row, at);
        if tails.peek().is_some() {
            let mut text = sheet.text(i, j).to_owned();
            for (i, j) in tails {
                text.push(' ');
                text.push_str(sheet.text(i, j));
            }
            table.set(r, c, CellKind::Text, &text);
        } else if elsewhere {
            table.put(r, c, sheet.cell(i, j));
        }
        if elsewhere {
            table.set_origin(r, c, sheet.row_number(i), sheet.col_number(j));
        }
    }

    /// Blank cells that mean "as above". A new value in an outer column (one that the kind lists
    /// before) ends the inner ones, and a record with a case number of its own is not the case above.
    fn fill_down(&self, table: &mut Table) {
        let mut columns: Vec<(usize, usize)> = (0..table.columns.len())
            .filter_map(|c| Some((table.columns[c].field?, c)))
            .filter(|(f, _)| self.kind.fields[*f].fill_down)
            .collect();
        columns.sort_unstable();
        if columns.is_empty() {
            return;
        }
        for r in 1..table.rows.len() {
            for (f, c) in &columns {
                let of = &self.kind.fields[*f].of;
                let own_number = |column: &TableColumn| {
                    column.field.is_some_and(|g| {
                        self.kind.fields[g].kind == FieldType::CaseNumber && self.kind.fields[g].of == *of
                    })
                };
                let numbered = (0..table.columns.len())
                    .any(|k| own_number(&table.columns[k]) && !table.text(r, k).is_empty());
                if !table.text(r, *c).is_empty() {
                    // A cell merged over several rows is one value, not a new one in each.
                    if table.origin(r, *c) == table.origin(r - 1, *c) {
                        continue;
                    }
                    break;
                }
                if !numbered && !table.text(r - 1, *c).is_empty() {
                    table.copy_from(r, *c, r - 1);
                }
            }
        }
    }

    /// Columns that the sheet does not have but its kind knows how to make.
    fn derived(&self, table: &Table, body: &Body, part: &Part, kept: &[usize]) -> Vec<Derived> {
        let missing = |f: &usize| !table.columns.iter().any(|column| column.field == Some(*f));
        let make = |f: usize| {
            let (cells, col) = match self.kind.fields[f].derive.as_ref()? {
                Derive::Section => {
                    let section = part.section.as_ref().filter(|section| !self.is_title(section))?;
                    let cell = (section.text.clone(), section.row, section.col);
                    (vec![Some(cell); part.records.len()], section.col)
                }
                Derive::ListMark(from) | Derive::SameAs(from) => {
                    let whole = matches!(self.kind.fields[f].derive, Some(Derive::SameAs(_)));
                    let from = self.kind.field(from);
                    let c = table
                        .columns
                        .iter()
                        .position(|column| column.field.is_some() && column.field == from)?;
                    let cell = |record: &Record| {
                        let j = body.place(record, kept[c])?;
                        let text = self.sheet.text(record.row, j);
                        let text = if whole { Some(text.to_owned()) } else { mark(text) };
                        let text = text.filter(|text| !text.is_empty())?;
                        Some((text, self.sheet.row_number(record.row), self.sheet.col_number(j)))
                    };
                    (part.records.iter().map(cell).collect(), table.columns[c].col)
                }
            };
            let found = cells.iter().flatten().count();
            let share = found as f32 / cells.len().max(1) as f32;
            let header = self.kind.fields[f].title.clone();
            let column = TableColumn { header, col, field: Some(f), evidence: Evidence::Values(share) };
            (found > 0).then_some(Derived { column, cells })
        };
        let mut derived: Vec<Derived> =
            (0..self.kind.fields.len()).filter(missing).filter_map(make).collect();
        derived.extend(self.by_fill(table));
        derived.extend(self.group(table, part));
        derived
    }

    /// The heading of a group of rows (`Team A`, `Concluded cases`) as a column, where the kind has no
    /// field for sections: of the field that knows the word, or else under a heading of its own.
    fn group(&self, table: &Table, part: &Part) -> Option<Derived> {
        let section = part.section.as_ref()?;
        let heading = table.header_rows.last().copied().unwrap_or_default();
        let has_sections = self.kind.fields.iter().any(|field| field.derive == Some(Derive::Section));
        if has_sections {
            return None;
        }
        let free = |f: &usize| !table.columns.iter().any(|column| column.field == Some(*f));
        let field = (0..self.kind.fields.len())
            .filter(free)
            .find(|f| speaks_of(&self.kind.fields[*f], &section.text));
        // A title above the heading is only a group's if it is short and a field knows it.
        let is_short = section.text.split_whitespace().count() <= SHORT && !self.is_title(section);
        if section.row <= heading && !(is_short && field.is_some()) {
            return None;
        }
        let header = field.map_or(GROUP, |f| &self.kind.fields[f].title).to_owned();
        let evidence = if field.is_some() { Evidence::Values(1.0) } else { Evidence::Free };
        let column = TableColumn { header, col: section.col, field, evidence };
        let cell = (section.text.clone(), section.row, section.col);
        Some(Derived { column, cells: vec![Some(cell); part.records.len()] })
    }

    /// A rating that is given by colours alone, where no column of the sheet is for it.
    fn by_fill(&self, table: &Table) -> Option<Derived> {
        let rating = |field: &Field| field.kind == FieldType::Rag;
        let f = self.kind.fields.iter().position(rating)?;
        if table.columns.iter().any(|column| column.field.is_some_and(|f| rating(&self.kind.fields[f]))) {
            return None;
        }
        let (col, ratings) = self.fills.column(&table.rows)?;
        let share = ratings.iter().flatten().count() as f32 / ratings.len() as f32;
        let header = self.kind.fields[f].title.clone();
        let column = TableColumn { header, col, field: Some(f), evidence: Evidence::Values(share) };
        let cells =
            ratings.into_iter().zip(&table.rows).map(|(text, row)| Some((text?, *row, col))).collect();
        Some(Derived { column, cells })
    }

    /// The title of the whole document says nothing of one part of it.
    fn is_title(&self, section: &Section) -> bool {
        let text = words(&section.text);
        dated(&section.text).is_some()
            || self
                .kind
                .words
                .iter()
                .map(|phrase| words(phrase))
                .any(|phrase| !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase))
    }
}

/// Words of a title that may be the name of a group.
const SHORT: usize = 3;
/// Heading of a column of groups.
const GROUP: &str = "Group";
/// What a group may be called beside the word that tells.
const OF_GROUPS: [&str; 8] = ["cases", "case", "children", "matters", "claims", "list", "all", "the"];

/// A field in whose words a group is called: `Team A`, `Concluded cases`.
fn speaks_of(field: &Field, text: &str) -> bool {
    let said = words(text);
    if field.name == "team" {
        return said.iter().any(|word| word == "team");
    }
    let telling: Vec<&String> = said.iter().filter(|word| !OF_GROUPS.contains(&word.as_str())).collect();
    let is = |spelling: &String| words(spelling).iter().collect::<Vec<_>>() == telling;
    field.kind == FieldType::Code
        && !telling.is_empty()
        && field.values.iter().any(|(value, spellings)| is(value) || spellings.iter().any(is))
}

/// A column that no column of the sheet holds: per record its text and where that was taken from.
struct Derived {
    column: TableColumn,
    cells: Vec<Option<(String, u32, u32)>>,
}

fn dated(text: &str) -> Option<Date> {
    if says_as_at(text) { date_in(text) } else { None }
}
