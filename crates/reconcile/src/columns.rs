//! What the rows know of children, as columns for the linkage engine.

use std::collections::BTreeMap;

use collate_link::{Column, FieldKind, MAX_COLUMNS, Records, Speaks};
use collate_model::{CleanColumn, Note, Value};
use rayon::prelude::*;

use crate::gathered::Gathered;
use crate::identity::Part;
use crate::mention::Mention;
use crate::rows::Rows;
use crate::{child_ids, gathered, identity, relatives, shared_numbers};

/// The fields that are compared as they are: name for people, kind, and whether two persons never
/// share a value.
const FIELDS: [(&str, &str, FieldKind, bool); 7] = [
    ("nhs_number", "NHS number", FieldKind::Identifier, true),
    ("upn", "UPN", FieldKind::Identifier, true),
    ("national_id", "national id", FieldKind::Identifier, false),
    ("postcode", "postcode", FieldKind::Postcode, false),
    ("sex", "sex", FieldKind::Code, false),
    ("case_number", "case number", FieldKind::Reference, false),
    ("family_id", "family group", FieldKind::Reference, false),
];

/// Columns beyond the trackers' own that a list of people may bring to the comparison.
const LONGEST_TEXT: usize = 60;

/// Words in a heading that make its column the household's, not the person's.
const HOUSEHOLD_WORDS: &[&str] = &[
    "address",
    "street",
    "road",
    "suburb",
    "town",
    "city",
    "state",
    "county",
    "phone",
    "telephone",
    "mobile",
    "household",
    "family",
    "house",
    "postcode",
    "zip",
];

/// One column, and notes on numbers that could not be used.
type Found = (Option<Column>, Vec<Note>);

/// Builds the records, one per mention, and says which numbers could not be used.
/// A short list is kept by hand: nobody enters a child twice without seeing it.
pub fn records(rows: &Rows, mentions: &[Mention], short: bool) -> (Records, Vec<Note>) {
    let free = free_columns(rows);
    let is_known = |field: &str| rows.tables.iter().any(|view| view.column(field).is_some());
    let mut jobs: Vec<Box<dyn Fn() -> Vec<Found> + Sync + '_>> = vec![
        Box::new(|| {
            found(
                identity::names(rows, mentions, Part::Forenames).into_column("forename", FieldKind::Forename),
            )
        }),
        Box::new(|| {
            found(identity::names(rows, mentions, Part::Surname).into_column("surname", FieldKind::Surname))
        }),
        Box::new(|| found(identity::births(rows, mentions).into_column("date of birth", FieldKind::Date))),
    ];
    if child_ids::FIELDS.into_iter().any(is_known) {
        jobs.push(Box::new(|| identifiers(rows, mentions)));
    }
    for (field, name, kind, exclusive) in FIELDS.into_iter().filter(|field| is_known(field.0)) {
        jobs.push(Box::new(move || {
            let shared = matches!(field, "case_number" | "family_id" | "postcode");
            let mut values = gathered::field(rows, mentions, field, shared);
            let mut notes = Vec::new();
            if kind == FieldKind::Identifier {
                (values, notes) = shared_numbers::leave_out(rows, mentions, name, values);
            }
            let column = values.into_column(name, kind);
            vec![(Some(if exclusive { column } else { column.not_exclusive() }), notes)]
        }));
    }
    for (header, sources) in &free {
        jobs.push(Box::new(move || vec![(free_column(header, sources, mentions), Vec::new())]));
    }
    let mut records = Records::new(mentions.len());
    let mut notes = Vec::new();
    let found: Vec<Vec<Found>> = jobs.into_par_iter().with_max_len(1).map(|job| job()).collect();
    for (column, told) in found.into_iter().flatten() {
        notes.extend(told);
        let column = column.filter(|column| !column.values().is_empty());
        if let Some(column) = column.filter(|_| records.columns().len() < MAX_COLUMNS) {
            records = records.with(column);
        }
    }
    let tables: Vec<u32> = mentions.iter().map(|m| m.row.table).collect();
    let distinct = rows.tables.iter().map(|view| view.kind.distinct || short).collect();
    let records = records.from_sources(tables, distinct);
    // A list shows by others that it has each person once.
    let records = if rows.tables.len() > 1 { records.finding_distinct() } else { records };
    let rows = by_row(mentions);
    let records = match relatives::column(&records, &rows) {
        Some(column) if records.columns().len() < MAX_COLUMNS => records.with(column),
        _ => records,
    };
    (records.kept_apart(rows), notes)
}

fn found(column: Column) -> Vec<Found> {
    vec![(Some(column), Vec::new())]
}

/// The council's own identifiers: the present ones, and all others.
fn identifiers(rows: &Rows, mentions: &[Mention]) -> Vec<Found> {
    let (own, other) = child_ids::gather(rows, mentions);
    let (own, notes) = shared_numbers::leave_out(rows, mentions, "child id", own);
    let other = other.into_column("other id", FieldKind::Identifier).not_exclusive();
    vec![(Some(own.into_column("child id", FieldKind::Identifier)), notes), (Some(other), Vec::new())]
}

/// One number per row: children named together are different children.
fn by_row(mentions: &[Mention]) -> Vec<u32> {
    let mut group = 0;
    let mut groups = Vec::with_capacity(mentions.len());
    for (i, mention) in mentions.iter().enumerate() {
        if i > 0 && mentions[i - 1].row != mention.row {
            group += 1;
        }
        groups.push(group);
    }
    groups
}

/// The columns that lists of people have beyond the known fields, by heading, each with its table.
fn free_columns<'a>(rows: &Rows<'a>) -> BTreeMap<String, Vec<(u32, &'a CleanColumn)>> {
    let mut columns: BTreeMap<String, Vec<(u32, &CleanColumn)>> = BTreeMap::new();
    for (t, view) in (0..).zip(&rows.tables).filter(|(_, view)| view.kind.name == "people_list") {
        for column in view.table.columns.iter().filter(|c| c.field.is_none()) {
            columns.entry(heading(&column.header)).or_default().push((t, column));
        }
    }
    columns
}

/// A heading in the form in which two lists have it in common.
fn heading(header: &str) -> String {
    let tidy: String =
        header.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    tidy.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A free column, if its values can say anything about who is who: not free prose, not a number
/// of its own on every row, not an age, which says the date of birth again.
fn free_column(header: &str, sources: &[(u32, &CleanColumn)], mentions: &[Mention]) -> Option<Column> {
    if header == "age" {
        return None;
    }
    let mut all = Gathered::new(mentions.len());
    let (mut known, mut length) = (0, 0);
    for of_table in gathered::by_table(mentions) {
        let own = sources.iter().filter(|(table, _)| *table == of_table[0].row.table);
        let mut own: Vec<_> = own.map(|(_, column)| (*column, vec![None; column.values.len()])).collect();
        for mention in of_table {
            // Of several columns with one heading the last that is filled.
            for (column, seen) in own.iter_mut().rev() {
                let distinct = column.ids[mention.row.record as usize] as usize;
                let found = *seen[distinct].get_or_insert_with(|| match &column.values[distinct].value {
                    Value::Text(text) => (text.len(), all.number(&text.to_lowercase())),
                    _ => (0, None),
                });
                if let (len, Some(id)) = found {
                    known += 1;
                    length += len;
                    all.push(Some(id));
                    break;
                }
            }
            all.end();
        }
    }
    if known < 2 || length / known > LONGEST_TEXT || all.values().len() * 50 > known * 49 {
        return None;
    }
    let column = all.into_column(header, FieldKind::Text);
    let household = HOUSEHOLD_WORDS
        .iter()
        .any(|word| header.split(' ').any(|w| w.trim_end_matches(char::is_numeric) == *word));
    Some(if household { column.speaking(Speaks::OfHousehold) } else { column })
}
