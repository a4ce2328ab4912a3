//! Which people a row names, and whether it names anything at all.

use collate_model::{Dataset, DateSpan, FieldType, Note, PersonName, Role, Severity, Value, cell_name};

use crate::entities::Entities;
use crate::rows::{Row, Rows};

/// A child that a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The row.
    pub row: Row,
    /// Which of the row's children, from 1.
    pub part: u32,
    /// How many children the row names.
    pub of: u32,
}

/// The children that rows speak of, row by row, part by part.
pub fn children(rows: &Rows) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for row in rows.iter().filter(|row| rows.view(*row).mentions("child")) {
        let people = named(rows, row);
        let of = people.len().max(1) as u32;
        if people.is_empty() {
            if has_evidence(rows, row) {
                mentions.push(Mention { row, part: 1, of });
            }
            continue;
        }
        // A family name alone names nobody, unless the row is about one child whom it knows otherwise.
        let alone = people.len() == 1 && has_evidence(rows, row);
        for (part, person) in (1..).zip(people) {
            if alone || !(person.placeholder || person.label) {
                mentions.push(Mention { row, part, of });
            }
        }
    }
    mentions
}

/// The children among the people in a row's name cell.
fn named<'a>(rows: &Rows<'a>, row: Row) -> Vec<&'a PersonName> {
    let people =
        ["child_name", "forename", "surname"].iter().find_map(|field| match rows.cell(row, field)?.value {
            Value::People(ref people) => Some(people),
            _ => None,
        });
    people.into_iter().flatten().filter(|person| person.role == Role::Child).collect()
}

/// The row knows something that belongs to one child.
fn has_evidence(rows: &Rows, row: Row) -> bool {
    let dated =
        |field| matches!(rows.cell(row, field).map(|c| &c.value), Some(Value::Dates(d)) if d.len() == 1);
    let numbered = |field| rows.refs(row, field).len() == 1;
    dated("dob") || dated("expected_dob") || ["child_id", "nhs_number", "upn"].into_iter().any(numbered)
}

/// The name of a mentioned child, put together from the columns that hold its parts.
pub fn person(rows: &Rows, mention: Mention) -> PersonName {
    let one = |field: &str| match rows.cell(mention.row, field).map(|c| &c.value) {
        Some(Value::People(people)) => people.first(),
        _ => None,
    };
    let full = rows.cell(mention.row, "child_name").is_some();
    if full && let Some(person) = named(rows, mention.row).get(mention.part as usize - 1) {
        let mut person = (*person).clone();
        if person.label {
            person.surname = "".into();
        }
        return person;
    }
    let mut person = PersonName::default();
    if let Some(forename) = one("forename") {
        person = forename.clone();
    }
    if let Some(middle) =
        one("middle_name").filter(|m| !m.forenames.is_empty() && !person.forenames.is_empty())
    {
        person.forenames = format!("{} {}", person.forenames, middle.forenames).into();
    }
    if let Some(surname) = one("surname") {
        person.surname = surname.surname.clone();
        person.aliases.extend(surname.aliases.iter().cloned());
        person.unborn |= surname.unborn;
    }
    // A child of whom only the expected date is known has no name yet.
    let expected =
        rows.cell(mention.row, "expected_dob").is_some() && rows.cell(mention.row, "dob").is_none();
    person.unborn |= person.forenames.is_empty() && expected;
    person
}

/// The mentioned child's own date of birth, or expected one.
pub fn born(rows: &Rows, mention: Mention, person: &PersonName) -> Option<DateSpan> {
    let dates = |field: &str| match rows.cell(mention.row, field).map(|c| &c.value) {
        Some(Value::Dates(dates)) => pick(dates, mention).copied(),
        _ => None,
    };
    let expected = || dates("expected_dob").map(|date| DateSpan { estimated: true, ..date });
    let known = |date: &DateSpan| date.from.is_some();
    dates("dob").filter(known).or(person.dob).or_else(expected).filter(known)
}

/// Of several values in a cell, the one of this child: the only one for an only child, or as
/// many values as children, in their order.
pub fn pick<T>(values: &[T], mention: Mention) -> Option<&T> {
    if mention.of == 1 || values.len() == mention.of as usize {
        values.get(mention.part as usize - 1)
    } else {
        None
    }
}

/// Counts the rows that were used; notes those that name nobody and nothing, and cells that speak
/// of something that their row does not name.
pub fn account(rows: &Rows, linked: &Entities, dataset: &mut Dataset) {
    let mut used: Vec<Vec<bool>> = rows.tables.iter().map(|v| vec![false; v.table.rows.len()]).collect();
    for row in linked.rows() {
        used[row.table as usize][row.record as usize] = true;
    }
    for row in rows.iter() {
        let view = rows.view(row);
        let counts = &mut dataset.counts[view.source as usize];
        if used[row.table as usize][row.record as usize] {
            counts.used += 1;
            dataset.notes.extend(unclaimed(rows, linked, row));
            dataset.notes.extend(shared_out(rows, row));
            continue;
        }
        counts.without_identity += 1;
        let what =
            format!("this row names no {}, so nothing could be made of it", view.kind.entities.join(", no "));
        let note = Note::new(
            Severity::Warning,
            "row-without-identity",
            &view.table.file,
            what,
            "add a name, a number or a date of birth to the row if it is a record",
        );
        dataset.notes.push(note.on_sheet(&view.table.sheet).on_row(rows.number(row)));
    }
}

/// A note on the cells of a row that speak of an entity that the row does not name: their values
/// are in no merged column.
fn unclaimed(rows: &Rows, linked: &Entities, row: Row) -> Option<Note> {
    let view = rows.view(row);
    let nameless: Vec<&str> = (rows.kinds.entities.iter().zip(&linked.sets))
        .filter(|(def, set)| view.mentions(&def.name) && set.of(row).is_empty())
        .map(|(def, _)| def.name.as_str())
        .collect();
    if nameless.is_empty() {
        return None;
    }
    let mut cells = Vec::new();
    for (c, column) in view.table.columns.iter().enumerate() {
        let of = column.field.map(|field| view.kind.fields[field].of.as_str());
        if of.is_some_and(|of| nameless.contains(&of)) && !column.get(row.record as usize).value.is_missing()
        {
            let (number, col) = view.table.origin(row.record as usize, c);
            cells.push(cell_name(number, col));
        }
    }
    let what = format!(
        "{} speak of a {} that this row does not name, so they are in no merged column",
        cells.join(", "),
        nameless.join(" or a ")
    );
    let note = Note::new(
        Severity::Warning,
        "value-of-nobody",
        &view.table.file,
        what,
        "name it in the row, one name for each",
    );
    (!cells.is_empty()).then(|| note.on_sheet(&view.table.sheet).on_row(rows.number(row)))
}

/// A note on the cells that hold one child's date, sex or number in a row that names several: they
/// are nobody's in particular.
fn shared_out(rows: &Rows, row: Row) -> Option<Note> {
    let view = rows.view(row);
    let children = named(rows, row).len();
    if children < 2 || !view.mentions("child") {
        return None;
    }
    let mut cells = Vec::new();
    for (c, column) in view.table.columns.iter().enumerate() {
        let Some(field) = column.field.map(|field| &view.kind.fields[field]) else { continue };
        let values = match &column.get(row.record as usize).value {
            Value::Dates(dates) => dates.len(),
            Value::Refs(values) | Value::Codes(values) => values.len(),
            _ => 0,
        };
        if field.of == "child" && is_personal(field.kind) && values > 0 && values != children {
            let (number, col) = view.table.origin(row.record as usize, c);
            cells.push(cell_name(number, col));
        }
    }
    let what = format!(
        "the row names {children} children, and {} does not say which of them it is of",
        cells.join(", ")
    );
    let todo = "write one value for each child, in the order of the names, or give each child a row";
    let note = Note::new(Severity::Warning, "value-of-several", &view.table.file, what, todo);
    (!cells.is_empty()).then(|| note.on_sheet(&view.table.sheet).on_row(rows.number(row)))
}

/// A value of this type belongs to one child: one value in a row of several children is nobody's.
pub fn is_personal(kind: FieldType) -> bool {
    matches!(kind, FieldType::Date | FieldType::ChildId | FieldType::Nhs | FieldType::Upn | FieldType::Sex)
}
