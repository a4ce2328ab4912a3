//! Which people a row names, and whether it names anything at all.

use std::borrow::Cow;

use collate_model::{
    Dataset, DateSpan, FieldType, Note, PersonName, Role, Severity, Value, cell_name, lasting_hash,
};

use rayon::prelude::*;

use crate::entities::Entities;
use crate::rows::{PersonColumn, Row, Rows, TableView};

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
    let tables = (0..).zip(&rows.tables).filter(|(_, view)| view.mentions("child"));
    let of_table = |(table, view): (u32, &TableView)| {
        let records = 0..view.table.rows.len() as u32;
        let of_row = move |record| of_row(rows, Row { table, record });
        records.into_par_iter().with_min_len(4096).flat_map_iter(of_row).collect::<Vec<Mention>>()
    };
    tables.flat_map(of_table).collect()
}

/// The children that a row speaks of.
fn of_row<'a>(rows: &Rows<'a>, row: Row) -> impl Iterator<Item = Mention> + use<'a> {
    let count = named(rows, row).count() as u32;
    let of = count.max(1);
    let known = count < 2 && has_evidence(rows, row);
    let nameless = (count == 0 && known).then_some(Mention { row, part: 1, of });
    // A family name alone names nobody, unless the row is about one child whom it knows otherwise.
    let named = (1..).zip(named(rows, row)).filter(move |(_, p)| known || !(p.placeholder || p.label));
    nameless.into_iter().chain(named.map(move |(part, _)| Mention { row, part, of }))
}

/// The children among the people in a row's name cell.
fn named<'a>(rows: &Rows<'a>, row: Row) -> impl Iterator<Item = &'a PersonName> + use<'a> {
    let columns = &rows.view(row).person;
    let people = [columns.whole, columns.forename, columns.surname]
        .into_iter()
        .find_map(|column| if let Value::People(people) = column.value(row)? { Some(people) } else { None });
    people.into_iter().flatten().filter(|person| person.role == Role::Child)
}

/// The row knows something that belongs to one child.
fn has_evidence(rows: &Rows, row: Row) -> bool {
    let columns = &rows.view(row).person;
    let dated =
        |column: &PersonColumn| matches!(column.value(row), Some(Value::Dates(dates)) if dates.len() == 1);
    let numbered =
        |column: &PersonColumn| matches!(column.value(row), Some(Value::Refs(refs)) if refs.len() == 1);
    dated(&columns.dob) || dated(&columns.expected) || columns.numbers.iter().any(numbered)
}

/// The name of a mentioned child, in the cells that hold its parts.
pub enum Name<'a> {
    /// All of it in one cell.
    Whole(&'a PersonName),
    /// Each part in a column of its own.
    Parts {
        /// The forename's cell.
        forename: Option<&'a PersonName>,
        /// The middle name's, where there is a forename.
        middle: Option<&'a PersonName>,
        /// The surname's.
        surname: Option<&'a PersonName>,
    },
}

/// Finds the cells that hold a mentioned child's name.
pub fn name<'a>(rows: &Rows<'a>, mention: Mention) -> Name<'a> {
    let columns = &rows.view(mention.row).person;
    let one = |column: PersonColumn<'a>| match column.value(mention.row) {
        Some(Value::People(people)) => people.first(),
        _ => None,
    };
    let whole = columns.whole.value(mention.row).is_some();
    if whole && let Some(person) = named(rows, mention.row).nth(mention.part as usize - 1) {
        return Name::Whole(person);
    }
    let forename = one(columns.forename);
    let middle = one(columns.middle)
        .filter(|middle| !middle.forenames.is_empty() && forename.is_some_and(|f| !f.forenames.is_empty()));
    Name::Parts { forename, middle, surname: one(columns.surname) }
}

impl<'a> Name<'a> {
    /// All forenames.
    pub fn forenames(&self) -> Cow<'a, str> {
        match self {
            Name::Whole(person) => Cow::Borrowed(&person.forenames),
            Name::Parts { forename, middle, .. } => match (forename, middle) {
                (Some(forename), Some(middle)) => {
                    format!("{} {}", forename.forenames, middle.forenames).into()
                }
                (forename, _) => forename.map_or("", |forename| &forename.forenames).into(),
            },
        }
    }

    /// The surname; a label is none.
    pub fn surname(&self) -> &'a str {
        match self {
            Name::Whole(person) if person.label => "",
            Name::Whole(person) => &person.surname,
            Name::Parts { forename, surname, .. } => surname.or(*forename).map_or("", |name| &name.surname),
        }
    }

    /// Other names, as (forenames, surname).
    pub fn aliases(&self) -> impl Iterator<Item = &'a (Box<str>, Box<str>)> + use<'a> {
        let (first, second) = self.people();
        first.into_iter().chain(second).flat_map(|person| &person.aliases)
    }

    /// What is said of the child beside the name: a date of birth and an age.
    pub fn beside(&self) -> (Option<DateSpan>, Option<u8>) {
        self.people().0.map_or((None, None), |person| (person.dob, person.age))
    }

    fn people(&self) -> (Option<&'a PersonName>, Option<&'a PersonName>) {
        match self {
            Name::Whole(person) => (Some(person), None),
            Name::Parts { forename, surname, .. } => (*forename, *surname),
        }
    }
}

/// A hash of the forenames of a mentioned child: it tells the children of a row apart, whatever their
/// order. 0 where there is no forename.
pub fn sign(rows: &Rows, mention: Mention) -> u32 {
    let of_part = |part| name(rows, Mention { part, ..mention }).forenames().to_lowercase();
    let forenames = of_part(mention.part);
    if forenames.is_empty() {
        return 0;
    }
    // Two of a row may be written alike, be it by a slip: then their order has to tell them apart.
    let before = (1..mention.part).filter(|part| of_part(*part) == forenames).count();
    (lasting_hash(&forenames) as u32).wrapping_add(before as u32)
}

/// The name of a mentioned child, put together from the columns that hold its parts.
pub fn person(rows: &Rows, mention: Mention) -> PersonName {
    let name = name(rows, mention);
    let (first, _) = name.people();
    PersonName {
        forenames: name.forenames().into(),
        surname: name.surname().into(),
        aliases: name.aliases().cloned().collect(),
        unborn: unborn(rows, mention, &name),
        ..first.cloned().unwrap_or_default()
    }
}

/// The child of this name was not born yet when the row was written, as far as the row says.
pub fn unborn(rows: &Rows, mention: Mention, name: &Name) -> bool {
    let (first, second) = name.people();
    let said = first.into_iter().chain(second).any(|person| person.unborn);
    // "Baby boy Smith" with a day of birth beside it is there, and nobody wrote the name down yet.
    if birth(rows, mention, name.beside().0).is_some_and(|date| !date.estimated) {
        return false;
    }
    // A child of whom only the expected date is known has no name yet.
    let columns = &rows.view(mention.row).person;
    let expected =
        || columns.expected.value(mention.row).is_some() && columns.dob.value(mention.row).is_none();
    said || matches!(name, Name::Parts { .. }) && name.forenames().is_empty() && expected()
}

/// The mentioned child's own date of birth, or expected one.
pub fn born(rows: &Rows, mention: Mention, person: &PersonName) -> Option<DateSpan> {
    birth(rows, mention, person.dob)
}

/// The mentioned child's own date of birth, or expected one; `beside` is the one beside the name.
pub fn birth(rows: &Rows, mention: Mention, beside: Option<DateSpan>) -> Option<DateSpan> {
    let columns = &rows.view(mention.row).person;
    let dates = |column: PersonColumn| match column.value(mention.row) {
        // Of an only child the day of birth counts more than the one that was expected.
        Some(Value::Dates(dates)) if mention.of == 1 => {
            dates.iter().find(|date| !date.estimated).or_else(|| dates.first()).copied()
        }
        Some(Value::Dates(dates)) => pick(dates, mention).copied(),
        _ => None,
    };
    let expected = || dates(columns.expected).map(|date| DateSpan { estimated: true, ..date });
    let known = |date: &DateSpan| date.from.is_some();
    dates(columns.dob).filter(known).or(beside).or_else(expected).filter(known)
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
        // Records that were made of one row count as the row, once.
        let of_row = |record: &usize| view.table.rows[*record] == view.table.rows[row.record as usize];
        let again = row.record > 0 && of_row(&(row.record as usize - 1));
        let (records, used) = (row.record as usize..view.table.rows.len(), &used[row.table as usize]);
        if used[row.record as usize] {
            counts.used += u64::from(!again);
            dataset.notes.extend(unclaimed(rows, linked, row));
            dataset.notes.extend(shared_out(rows, row));
            continue;
        }
        if again {
            continue;
        }
        if records.take_while(of_row).any(|record| used[record]) {
            counts.used += 1;
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
    let of_kind = view.kind.entities.iter().filter_map(|name| rows.kinds.entity(name));
    let mut nameless: Vec<usize> = of_kind.filter(|entity| linked.sets[*entity].of(row).is_empty()).collect();
    nameless.sort_unstable();
    let nameless: Vec<&str> =
        nameless.into_iter().map(|entity| rows.kinds.entities[entity].name.as_str()).collect();
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
    let children = named(rows, row).count();
    if children == 0 || !view.mentions("child") {
        return None;
    }
    // A child may have several numbers, but one date of birth.
    let is_odd = |kind: FieldType, values: usize| {
        values > 0 && values != children && (children > 1 || kind == FieldType::Date)
    };
    let mut cells = Vec::new();
    for (c, column) in view.table.columns.iter().enumerate() {
        let Some(field) = column.field.map(|field| &view.kind.fields[field]) else { continue };
        let values = match &column.get(row.record as usize).value {
            Value::Dates(dates) => dates.len(),
            Value::Refs(values) | Value::Codes(values) => values.len(),
            _ => 0,
        };
        if field.of == "child" && is_personal(field.kind) && is_odd(field.kind, values) {
            let (number, col) = view.table.origin(row.record as usize, c);
            cells.push(cell_name(number, col));
        }
    }
    let what = match children {
        1 => format!(
            "the row names one child, and {} has several dates: the first was taken",
            cells.join(", ")
        ),
        _ => format!(
            "the row names {children} children, and {} does not say which of them it is of",
            cells.join(", ")
        ),
    };
    let todo = "write one value for each child, in the order of the names, or give each child a row";
    let note = Note::new(Severity::Warning, "value-of-several", &view.table.file, what, todo);
    (!cells.is_empty()).then(|| note.on_sheet(&view.table.sheet).on_row(rows.number(row)))
}

/// A value of this type belongs to one child: one value in a row of several children is nobody's.
pub fn is_personal(kind: FieldType) -> bool {
    matches!(kind, FieldType::Date | FieldType::ChildId | FieldType::Nhs | FieldType::Upn | FieldType::Sex)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::with_list;

    #[test]
    fn children_of_a_row_have_signs_of_their_own() {
        with_list(&[("child_name", &["Piotr; Tomas; PIOTR; ", "Tomas; Piotr"])], |rows, mentions| {
            let signs: Vec<u32> = mentions.iter().map(|mention| sign(rows, *mention)).collect();
            let [piotr, tomas, other, nameless, moved_tomas, moved_piotr] = signs[..] else {
                panic!("{signs:?}");
            };
            assert_eq!((piotr, tomas, nameless), (moved_piotr, moved_tomas, 0));
            assert!(other != piotr && other != tomas, "{signs:?}");
        });
    }
}
