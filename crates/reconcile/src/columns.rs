//! What the rows know of children, as columns for the linkage engine.

use std::collections::BTreeMap;

use collate_clean::fold_name;
use collate_link::{Column, FieldKind, MAX_COLUMNS, Records, Speaks};
use collate_model::{DateSpan, Note, PersonName, Precision, Value};

use crate::mention::{Mention, born, person, pick};
use crate::rows::Rows;
use crate::{child_ids, relatives, shared_numbers};

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

/// Builds the records, one per mention, and says which numbers could not be used.
/// A short list is kept by hand: nobody enters a child twice without seeing it.
pub fn records(rows: &Rows, mentions: &[Mention], short: bool) -> (Records, Vec<Note>) {
    let mut notes = Vec::new();
    let people: Vec<PersonName> = mentions.iter().map(|m| person(rows, *m)).collect();
    let mut records = Records::new(mentions.len());
    let mut add = |column: Column| {
        if !column.values().is_empty() && records.columns().len() < MAX_COLUMNS {
            records = std::mem::take(&mut records).with(column);
        }
    };
    let names = |pick: fn(&PersonName) -> &str, alias: fn(&(Box<str>, Box<str>)) -> &str| {
        let of = move |p: &PersonName| {
            let mut texts = vec![fold_name(pick(p))];
            texts.extend(p.aliases.iter().map(|a| fold_name(alias(a))));
            texts
        };
        people.iter().map(of).collect::<Vec<_>>()
    };
    add(Column::from_texts("forename", FieldKind::Forename, names(|p| &p.forenames, |a| &a.0)));
    add(Column::from_texts("surname", FieldKind::Surname, names(|p| &p.surname, |a| &a.1)));
    let dates = mentions.iter().zip(&people).map(|(m, p)| match born(rows, *m, p) {
        Some(span) => date(&span),
        None => by_age(rows, *m, p),
    });
    add(Column::from_texts("date of birth", FieldKind::Date, dates.collect::<Vec<_>>()));
    let (mut own, other) = child_ids::columns(rows, mentions);
    notes.extend(shared_numbers::leave_out(rows, mentions, &people, "child id", &mut own));
    add(Column::from_texts("child id", FieldKind::Identifier, own));
    add(Column::from_texts("other id", FieldKind::Identifier, other).not_exclusive());
    for (field, name, kind, exclusive) in [
        ("nhs_number", "NHS number", FieldKind::Identifier, true),
        ("upn", "UPN", FieldKind::Identifier, true),
        ("national_id", "national id", FieldKind::Identifier, false),
        ("postcode", "postcode", FieldKind::Postcode, false),
        ("sex", "sex", FieldKind::Code, false),
        ("case_number", "case number", FieldKind::Reference, false),
        ("family_id", "family group", FieldKind::Reference, false),
    ] {
        let shared = matches!(field, "case_number" | "family_id" | "postcode");
        let of = |m: &Mention| texts(rows, *m, field, shared).into_iter().map(str::to_owned).collect();
        let mut values: Vec<Vec<String>> = mentions.iter().map(of).collect();
        if kind == FieldKind::Identifier {
            notes.extend(shared_numbers::leave_out(rows, mentions, &people, name, &mut values));
        }
        let column = Column::from_texts(name, kind, values);
        add(if exclusive { column } else { column.not_exclusive() });
    }
    for (header, texts) in free_columns(rows, mentions) {
        if let Some(column) = free_column(&header, &texts) {
            add(column);
        }
    }
    let tables: Vec<u32> = mentions.iter().map(|m| m.row.table).collect();
    let distinct = rows.tables.iter().map(|view| view.kind.distinct || short).collect();
    let rows = by_row(mentions);
    let records = records.from_sources(tables, distinct);
    let records = match relatives::column(&records, &rows) {
        Some(column) if records.columns().len() < MAX_COLUMNS => records.with(column),
        _ => records,
    };
    (records.kept_apart(rows), notes)
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

/// A row's values of a field that speak of this child.
pub fn texts<'a>(rows: &Rows<'a>, mention: Mention, field: &str, shared: bool) -> Vec<&'a str> {
    match rows.cell(mention.row, field).map(|cell| &cell.value) {
        Some(Value::Refs(refs)) if shared => refs.iter().map(|r| &**r).collect(),
        Some(Value::Refs(values) | Value::Codes(values)) => {
            pick(values, mention).map(|v| &**v).into_iter().collect()
        }
        Some(Value::Text(text)) if mention.of == 1 => vec![&**text],
        _ => Vec::new(),
    }
}

/// The engine's form of a date of birth.
fn date(span: &DateSpan) -> Option<String> {
    let from = span.from?;
    let mark = if span.estimated { "~" } else { "" };
    match span.precision {
        Precision::Day => Some(format!("{from}{mark}")),
        Precision::Month | Precision::Week => Some(format!("{:04}-{:02}{mark}", from.year(), from.month())),
        Precision::Year => Some(format!("{:04}{mark}", from.year())),
        Precision::Span | Precision::Open => None,
    }
}

/// The engine's form of an age: the latest year of birth that it allows.
fn by_age(rows: &Rows, mention: Mention, person: &PersonName) -> Option<String> {
    let year = rows.as_at(mention.row)?.year() - i16::from(person.age?);
    Some(format!("{year:04}~"))
}

/// The columns that lists of people have beyond the known fields, by heading.
fn free_columns<'a>(rows: &Rows<'a>, mentions: &[Mention]) -> BTreeMap<String, Vec<Option<&'a str>>> {
    let mut columns: BTreeMap<String, Vec<Option<&str>>> = BTreeMap::new();
    for (t, view) in rows.tables.iter().enumerate().filter(|(_, view)| view.kind.name == "people_list") {
        for column in view.table.columns.iter().filter(|c| c.field.is_none()) {
            let own = columns.entry(heading(&column.header)).or_insert_with(|| vec![None; mentions.len()]);
            for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| m.row.table == t as u32) {
                if let Value::Text(text) = &column.get(mention.row.record as usize).value {
                    own[i] = Some(text);
                }
            }
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
fn free_column(header: &str, texts: &[Option<&str>]) -> Option<Column> {
    let known = texts.iter().flatten().count();
    let length: usize = texts.iter().flatten().map(|text| text.len()).sum();
    if known < 2 || length / known > LONGEST_TEXT || header == "age" {
        return None;
    }
    let folded = texts.iter().map(|text| text.map(|t| t.to_lowercase()));
    let column = Column::from_texts(header, FieldKind::Text, folded.collect::<Vec<_>>());
    let distinct = column.values().len();
    if distinct * 50 > known * 49 {
        return None;
    }
    let household = HOUSEHOLD_WORDS
        .iter()
        .any(|word| header.split(' ').any(|w| w.trim_end_matches(char::is_numeric) == *word));
    Some(if household { column.speaking(Speaks::OfHousehold) } else { column })
}
