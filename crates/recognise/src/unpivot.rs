//! Columns that each hold a record of their own (months across, courses across) turned into rows.

use collate_clean::fit;
use collate_model::{
    CellKind, Evidence, FieldType, Kind, Note, Severity, Sheet, Table, TableColumn, Unpivot,
};

use crate::year::{self, Period};

/// A wide table has at least so many such columns.
const WIDE: usize = 2;
/// Share of a column's cells that must read like those of the others before it is taken for one of them.
const ALIKE: f32 = 0.6;

/// The table with one record for each filled cell of its wide columns, if it has any. Every value keeps
/// its cell; what the heading says has the heading's cell. Months without a year get that which the lines
/// above (`said`) or the sheet's name say, with a note.
pub(crate) fn rows_of(sheet: &Sheet, kind: &Kind, table: Table, said: &[String]) -> (Table, Option<Note>) {
    let Some(plan) = &kind.unpivot else { return (table, None) };
    let field = |name: &String| kind.field(name);
    let (Some(heading), Some(value)) = (field(&plan.heading), field(&plan.value)) else {
        return (table, None);
    };
    let has = |field: usize| table.columns.iter().any(|column| column.field == Some(field));
    if has(heading) {
        return (table, None);
    }
    let wide = wide(&table, kind, plan);
    if wide.len() < WIDE {
        return (table, None);
    }
    let is_period = matches!(kind.fields[heading].kind, FieldType::Date | FieldType::DateSpan);
    let filled = |c: usize| (0..table.rows.len()).any(|r| !table.text(r, c).is_empty());
    let period = |c: &usize| Period { heading: &table.columns[*c].header, filled: filled(*c) };
    let periods: Vec<Period> = wide.iter().filter(|_| is_period).map(period).collect();
    let whole = year::whole(&periods, said, &kind.words, sheet, table.as_at);
    let kept: Vec<usize> = (0..table.columns.len()).filter(|c| !wide.contains(c)).collect();
    let dates = plan.dates.as_ref().and_then(field);
    let own = |field: usize| TableColumn {
        header: kind.fields[field].title.clone(),
        col: table.columns[wide[0]].col,
        field: Some(field),
        evidence: Evidence::Values(1.0),
    };
    let records: Vec<(usize, Option<usize>)> = (0..table.rows.len())
        .flat_map(|r| {
            let filled: Vec<_> =
                wide.iter().filter(|c| !table.text(r, **c).is_empty()).map(|c| (r, Some(*c))).collect();
            if filled.is_empty() { vec![(r, None)] } else { filled }
        })
        .collect();
    let mut long = empty_like(&table);
    // A value of no month stays under its own heading.
    let kept_column = |c: &usize| {
        let mut column = table.columns[*c].clone();
        if column.field == Some(value) {
            (column.field, column.evidence) = (None, Evidence::Free);
        }
        column
    };
    long.columns = kept.iter().map(kept_column).chain([own(heading), own(value)]).collect();
    long.columns.extend(dates.map(own));
    long.rows = records.iter().map(|(r, _)| table.rows[*r]).collect();
    let at = long.rows.iter().map(|row| sheet.row_index(*row).unwrap_or_default() as u32).collect();
    long.lay_over(sheet, at, &[]);
    let heading_row = table.header_rows.last().copied().unwrap_or_default();
    for (record, (r, c)) in records.iter().enumerate() {
        for (column, from) in kept.iter().enumerate() {
            copy(&table, (*r, *from), &mut long, (record, column));
        }
        let Some(c) = c else { continue };
        let about = &table.columns[*c];
        let place = wide.iter().position(|other| other == c);
        let whole = whole.as_ref().zip(place).and_then(|((headings, _), place)| headings[place].as_deref());
        long.set(record, kept.len(), CellKind::Text, whole.unwrap_or(&about.header));
        long.set_origin(record, kept.len(), heading_row, about.col);
        let is_date = table.kind_of(*r, *c) == CellKind::Date || fits(&table, *r, *c, FieldType::Date);
        if is_date && dates.is_some() {
            // A day says when it was, and that it was.
            copy(&table, (*r, *c), &mut long, (record, kept.len() + 2));
            let (row, col) = table.origin(*r, *c);
            if kind.fields[value].kind == FieldType::YesNo && is_done(table.text(*r, *c)) {
                long.set(record, kept.len() + 1, CellKind::Text, "Yes");
            }
            long.set_origin(record, kept.len() + 1, row, col);
        } else {
            copy(&table, (*r, *c), &mut long, (record, kept.len() + 1));
        }
    }
    let note = whole.map(|(_, from)| {
        let what = format!("The months have no year; they were taken to be of {from}.");
        let todo = "If that is wrong, write the year into the headings.";
        Note::new(Severity::Warning, "months-year-assumed", &sheet.file, what, todo)
            .on_sheet(&sheet.name)
            .on_row(heading_row)
    });
    (long, note)
}

/// The columns that hold a record each: those that the kind says, and such without a field as read alike.
fn wide(table: &Table, kind: &Kind, plan: &Unpivot) -> Vec<usize> {
    let said = |column: &TableColumn| {
        column.field.is_some_and(|field| plan.fields.contains(&kind.fields[field].name))
    };
    let types: Vec<FieldType> = [Some(&plan.value), plan.dates.as_ref()]
        .into_iter()
        .flatten()
        .filter_map(|name| Some(kind.fields[kind.field(name)?].kind))
        .collect();
    let alike = |c: usize| {
        let filled: Vec<usize> = (0..table.rows.len()).filter(|r| !table.text(*r, c).is_empty()).collect();
        let fitting = filled.iter().filter(|r| types.iter().any(|kind| fits(table, **r, c, *kind))).count();
        !filled.is_empty() && fitting as f32 >= filled.len() as f32 * ALIKE
    };
    let from = table.columns.iter().position(said).unwrap_or(usize::MAX);
    let is_wide = |c: &usize| {
        let column = &table.columns[*c];
        said(column) || plan.dates.is_some() && *c >= from && column.field.is_none() && alike(*c)
    };
    (0..table.columns.len()).filter(is_wide).collect()
}

/// A day in the place of a yes says that it was done, unless it is one that is only planned.
pub(crate) fn is_done(text: &str) -> bool {
    let text = text.to_lowercase();
    !["book", "due", "plan"].into_iter().any(|word| text.contains(word))
}

/// A table of the same place and kind, without columns and records.
pub(crate) fn empty_like(table: &Table) -> Table {
    let mut empty = Table::default();
    empty.file.clone_from(&table.file);
    empty.sheet.clone_from(&table.sheet);
    empty.kind.clone_from(&table.kind);
    empty.confidence = table.confidence;
    empty.runner_up.clone_from(&table.runner_up);
    empty.section.clone_from(&table.section);
    empty.as_at = table.as_at;
    empty.header_rows.clone_from(&table.header_rows);
    empty
}

fn fits(table: &Table, record: usize, column: usize, kind: FieldType) -> bool {
    fit([(table.text(record, column), table.kind_of(record, column))], kind) > 0.5
}

/// Copies a cell with its place.
pub(crate) fn copy(from: &Table, (r, c): (usize, usize), to: &mut Table, (record, column): (usize, usize)) {
    let text = from.text(r, c);
    if !text.is_empty() {
        to.set(record, column, from.kind_of(r, c), text);
    }
    let (row, col) = from.origin(r, c);
    to.set_origin(record, column, row, col);
}
