//! Dates of one record against each other, by the rules of its kind: notes, never a reason to leave a
//! value out.

use collate_model::{Check, CleanTable, Date, Kind, Note, Value};
use jiff::Unit;

/// Cells with one sort of note before they are only counted.
const MOST_NOTES: usize = 20;

/// Notes on all records that break a rule.
pub(crate) fn checks(kind: &Kind, table: &CleanTable) -> Vec<Note> {
    kind.checks.iter().flat_map(|check| of_rule(kind, table, check)).collect()
}

fn of_rule(kind: &Kind, table: &CleanTable, check: &Check) -> Vec<Note> {
    let column = |name: &str| {
        let field = kind.field(name)?;
        table.columns.iter().position(|column| column.field == Some(field))
    };
    let Some(from) = column(&check.from) else { return Vec::new() };
    let to = column(&check.to);
    if to.is_none() && !check.open {
        return Vec::new();
    }
    let broken = (0..table.rows.len()).filter(|record| {
        let Some(first) = day(table, from, *record) else { return false };
        let last = match to {
            Some(to) if !is_missing(table, to, *record) => day(table, to, *record),
            _ if check.open && !is_over(kind, table, check, *record) => table.as_at,
            _ => None,
        };
        last.is_some_and(|last| match check.days {
            Some(days) => since(first, last) > days,
            None => last < first,
        })
    });
    let broken: Vec<usize> = broken.collect();
    let place = |record: &usize| {
        let at = to.filter(|to| !is_missing(table, *to, *record)).unwrap_or(from);
        let (row, col) = table.origin(*record, at);
        let note = Note::new(check.severity, code(check), &table.file, &check.says, &check.todo);
        note.on_sheet(&table.sheet).on_cell(row, col)
    };
    let mut notes: Vec<Note> = broken.iter().take(MOST_NOTES).map(place).collect();
    if broken.len() > MOST_NOTES {
        let what = format!("{} more rows: {}", broken.len() - MOST_NOTES, check.says);
        let mut note =
            Note::new(check.severity, code(check), &table.file, what, &check.todo).on_sheet(&table.sheet);
        note.col = Some(table.columns[to.unwrap_or(from)].col);
        notes.push(note);
    }
    notes
}

/// The day in a cell, where it is one day.
fn day(table: &CleanTable, column: usize, record: usize) -> Option<Date> {
    match &table.columns[column].get(record).value {
        Value::Dates(dates) if dates.len() == 1 => dates[0].exact(),
        _ => None,
    }
}

fn is_missing(table: &CleanTable, column: usize, record: usize) -> bool {
    table.columns[column].get(record).value.is_missing()
}

/// Another field says that the record is closed.
fn is_over(kind: &Kind, table: &CleanTable, check: &Check, record: usize) -> bool {
    check.unless.iter().any(|name| {
        let field = kind.field(name);
        let column = table.columns.iter().position(|column| column.field.is_some() && column.field == field);
        column.is_some_and(|column| !is_missing(table, column, record))
    })
}

/// Days from one to the other.
fn since(first: Date, last: Date) -> i64 {
    first.until((Unit::Day, last)).map_or(0, |span| i64::from(span.get_days()))
}

/// The sort of a rule, for filters.
fn code(check: &Check) -> &'static str {
    match (check.days, check.open) {
        (None, _) => "check-order",
        (Some(_), false) => "check-late",
        (Some(_), true) => "check-overdue",
    }
}
