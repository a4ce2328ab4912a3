//! Tables that are turned round: months down and measures across, courses down and staff across. Each filled
//! cell becomes a row of a plain table, which is recognised as any other; every value keeps its cell.

use collate_clean::{fit, names_nobody};
use collate_model::{
    CellKind, FieldType, Kind, Kinds, Note, RowCounts, Severity, Sheet, SheetBuilder, Table, Unpivot,
};

use crate::heading::{said, tidy};
use crate::lexicon::Lexicon;
use crate::unpivot::is_done;
use crate::{Recognised, marks, shape};

/// Rows at the top among which the heading is looked for.
const TOP: usize = 30;
/// A page with more rows or columns is no such table.
const LONGEST: usize = 5000;
const WIDEST: usize = 200;
/// Columns that the heading has beside the first, at least.
const FEWEST: usize = 2;
/// Share of the filled cells that must read as values.
const READABLE: f32 = 0.5;

/// A turned table as a plain one.
pub(crate) struct Turned {
    pub table: Sheet,
    kind: String,
    /// The row number of the heading.
    heading: u32,
    /// Record by record the place that it was made from, and its first column; rows by number.
    cells: Vec<(u32, u32, u32)>,
}

/// Looks for a turned table of a kind that the names of sheet and file, or the titles, speak of.
pub(crate) fn find(sheet: &Sheet, kinds: &Kinds, lexicon: &Lexicon) -> Option<Turned> {
    if sheet.rows() > LONGEST || sheet.cols() > WIDEST {
        return None;
    }
    kinds.kinds.iter().enumerate().find_map(|(k, kind)| {
        let plan = kind.unpivot.as_ref()?;
        let down = kind.field(plan.down.as_ref()?)?;
        let across = kind.field(&plan.heading)?;
        let is_heading = |i: &usize| is_heading(sheet, lexicon, *i, (k, across));
        let at = (0..sheet.rows().min(TOP)).find(is_heading)?;
        let titles = (0..at).flat_map(|i| filled(sheet, i).map(move |j| sheet.text(i, j)));
        let names = [&*sheet.name, &*sheet.file].into_iter().chain(titles);
        if !names.into_iter().any(|name| kind.words.iter().any(|words| said(name, words))) {
            return None;
        }
        turn(sheet, kind, plan, (down, across), at)
    })
}

fn filled(sheet: &Sheet, i: usize) -> impl Iterator<Item = usize> {
    (0..sheet.cols()).filter(move |j| sheet.kind(i, *j) != CellKind::Empty)
}

/// The first heading of a row names what goes down, and the others name nothing that the kind knows.
fn is_heading(sheet: &Sheet, lexicon: &Lexicon, i: usize, (kind, across): (usize, usize)) -> bool {
    let fields = |j: usize| {
        let meanings = lexicon.meanings(&tidy(sheet.text(i, j)));
        meanings.into_iter().filter(|meaning| meaning.kind == kind && meaning.score >= 1.0).map(|m| m.field)
    };
    let mut cells = filled(sheet, i);
    let Some(first) = cells.next() else { return false };
    let others: Vec<usize> = cells.collect();
    others.len() >= FEWEST
        && fields(first).any(|field| field == across)
        && others.iter().all(|j| sheet.kind(i, *j) == CellKind::Text && fields(*j).next().is_none())
}

/// The plain table: what the columns are of, what goes down, and the value, or where that is a date, when.
fn turn(
    sheet: &Sheet,
    kind: &Kind,
    plan: &Unpivot,
    (down, across): (usize, usize),
    at: usize,
) -> Option<Turned> {
    let value = kind.field(&plan.value)?;
    let dates = plan.dates.as_ref().and_then(|name| kind.field(name));
    let mut columns = filled(sheet, at);
    let first = columns.next()?;
    let columns: Vec<usize> = columns.collect();
    // People have two names at least; `Mandatory` is nobody.
    let is_person = |j: &usize| {
        let text = sheet.text(at, *j);
        shape::names_a_person(text) && !names_nobody(text)
    };
    if kind.fields[down].kind == FieldType::Official && !columns.iter().all(is_person) {
        return None;
    }
    let reads = |(i, j): &(usize, usize), field: usize| {
        let of = kind.fields[field].kind;
        sheet.kind(*i, *j) == CellKind::Date && of == FieldType::Date
            || fit([(sheet.text(*i, *j), sheet.kind(*i, *j))], of) > 0.5
    };
    // A value that is of nothing, or of no heading, would be lost.
    let is_whole = |i: usize| {
        filled(sheet, i).all(|j| j == first || columns.contains(&j))
            && (sheet.kind(i, first) != CellKind::Empty || filled(sheet, i).next().is_none())
    };
    if !(at + 1..sheet.rows()).all(is_whole) {
        return None;
    }
    let of_row = |i: usize| columns.iter().map(move |j| (i, *j));
    let named = (at + 1..sheet.rows()).filter(|i| sheet.kind(*i, first) != CellKind::Empty);
    let cells: Vec<(usize, usize)> =
        named.flat_map(of_row).filter(|(i, j)| sheet.kind(*i, *j) != CellKind::Empty).collect();
    let readable = cells.iter().filter(|at| reads(at, value) || dates.is_some_and(|dates| reads(at, dates)));
    if cells.is_empty() || (readable.count() as f32) < cells.len() as f32 * READABLE {
        return None;
    }
    let mut builder = SheetBuilder::new();
    let titles = [Some(down), Some(across), Some(value), dates].into_iter().flatten();
    for (column, field) in (0..).zip(titles) {
        let _ = builder.push(1, column, CellKind::Text, &kind.fields[field].title);
    }
    for (row, (i, j)) in (2..).zip(&cells) {
        let (i, j) = (*i, *j);
        let _ = builder.push(row, 0, CellKind::Text, &tidy(sheet.text(at, j)));
        let _ = builder.push(row, 1, sheet.kind(i, first), sheet.text(i, first));
        let is_date = dates.is_some_and(|dates| reads(&(i, j), dates));
        // A day says when it was, and that it was.
        if is_date && kind.fields[value].kind == FieldType::YesNo && is_done(sheet.text(i, j)) {
            let _ = builder.push(row, 2, CellKind::Text, "Yes");
        }
        let _ = builder.push(row, if is_date { 3 } else { 2 }, sheet.kind(i, j), sheet.text(i, j));
    }
    let place =
        |(i, j): &(usize, usize)| (sheet.row_number(*i), sheet.col_number(*j), sheet.col_number(first));
    Some(Turned {
        table: builder.finish(&sheet.file, &sheet.name),
        kind: kind.name.clone(),
        heading: sheet.row_number(at),
        cells: cells.iter().map(place).collect(),
    })
}

impl Turned {
    /// What was recognised in the table, said of the page; nothing where it is of another kind.
    pub fn on_page(&self, mut found: Recognised, sheet: &Sheet) -> Option<Recognised> {
        let [table] = &mut found.tables[..] else { return None };
        if table.kind != self.kind || table.rows.len() != self.cells.len() {
            return None;
        }
        self.place(table);
        // They speak of rows of the table that was made.
        found.notes.clear();
        let mut used = table.rows.clone();
        used.dedup();
        let read = sheet.rows() as u64;
        found.counts =
            RowCounts { read, header: 1, furniture: read - 1 - used.len() as u64, ..RowCounts::default() };
        found.marks = marks::of_tables(sheet, &found.tables);
        let what = "The table is turned round: each of its filled cells was read as a row of its own.";
        let todo = "If it is something else, say in collate.toml what.";
        let note = Note::new(Severity::Info, "table-turned", &sheet.file, what, todo);
        found.notes.push(note.on_sheet(&sheet.name).on_row(self.heading));
        Some(found)
    }

    fn place(&self, table: &mut Table) {
        for record in 0..table.rows.len() {
            let (row, col, first) = self.cells[table.rows[record] as usize - 2];
            for column in 0..table.columns.len() {
                let (row, col) = match table.origin(record, column).1 {
                    0 => (self.heading, col),
                    1 => (row, first),
                    _ => (row, col),
                };
                table.set_origin(record, column, row, col);
            }
        }
        table.rows = table.rows.iter().map(|row| self.cells[*row as usize - 2].0).collect();
        table.header_rows = vec![self.heading];
    }
}
