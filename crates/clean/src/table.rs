//! A whole table: each column's decisions first, then each distinct text once, then the notes.

use std::collections::BTreeMap;

use collate_model::{CleanColumn, CleanTable, Cleaned, Kind, Note, Severity, Table, cell_name};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::Context;
use crate::checks::checks;
use crate::cleaner::Cleaner;
use crate::decide::decide;
use crate::distinct::Distinct;
use crate::flaw::severity;

/// A column with more flawed cells of one sort is reported by its first cells and a count.
const MOST_NOTES: usize = 200;

/// How many of them are then reported one by one.
const FIRST_NOTES: usize = 20;

/// How many ranges of rows a counting note names.
const MOST_RANGES: usize = 12;

/// Cleans a recognised table; every distinct text of a column is cleaned once. The order of
/// day and month is decided over the whole column first. Notes name cells and never quote them.
pub fn clean_table(table: &Table, kind: &Kind) -> (CleanTable, Vec<Note>) {
    let columns = (0..table.columns.len()).into_par_iter().with_max_len(1);
    let cleaned: Vec<(CleanColumn, Vec<Note>)> =
        columns.map(|column| clean_column(table, kind, column)).collect();
    let (columns, notes): (Vec<_>, Vec<_>) = cleaned.into_iter().unzip();
    let clean = CleanTable {
        file: table.file.clone(),
        sheet: table.sheet.clone(),
        kind: table.kind.clone(),
        section: table.section.clone(),
        as_at: table.as_at,
        rows: table.rows.clone(),
        columns,
        moved: table.moved().clone(),
    };
    let mut notes: Vec<Note> = notes.into_iter().flatten().collect();
    notes.extend(checks(kind, &clean));
    (clean, notes)
}

fn clean_column(table: &Table, kind: &Kind, column: usize) -> (CleanColumn, Vec<Note>) {
    let mut notes = Vec::new();
    let about = &table.columns[column];
    let field = about.field.and_then(|field| kind.fields.get(field));
    let distinct = Distinct::of(table, column);
    let texts = distinct.texts();
    let place = Place { table, column };
    let context = match field {
        Some(field) => decide(field, &place, &distinct.ids, &texts, &mut notes),
        None => Context::default(),
    };
    let cleaner = Cleaner::new(field, context);
    let values: Vec<Cleaned> = texts.par_iter().map(|(text, cell)| cleaner.clean(text, *cell)).collect();
    let ids = distinct.ids;
    flaws(&place, &ids, &values, &mut notes);
    (CleanColumn { field: about.field, header: about.header.clone(), col: about.col, ids, values }, notes)
}

/// A column of the table, and where its notes belong.
pub(crate) struct Place<'a> {
    pub(crate) table: &'a Table,
    column: usize,
}

impl Place<'_> {
    pub(crate) fn note(&self, severity: Severity, code: &'static str, what: String, todo: String) -> Note {
        let mut note = Note::new(severity, code, &self.table.file, what, todo).on_sheet(&self.table.sheet);
        note.col = Some(self.table.columns[self.column].col);
        note
    }

    fn origin(&self, record: usize) -> (u32, u32) {
        self.table.origin(record, self.column)
    }

    pub(crate) fn cell(&self, record: usize) -> String {
        let (row, col) = self.origin(record);
        cell_name(row, col)
    }
}

pub(crate) fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

/// One note per flawed cell; many of one sort are counted.
fn flaws(place: &Place, ids: &[u32], values: &[Cleaned], notes: &mut Vec<Note>) {
    let mut sorts: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    // A cell that was copied down ("as above") has one note, at its own place.
    let copies = !place.table.moved().is_empty();
    let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
    // A million rows are gone through by one byte each.
    let flawed: Vec<bool> = values.iter().map(|value| value.flaw.is_some()).collect();
    for (record, id) in ids.iter().enumerate().filter(|(_, id)| flawed[**id as usize]) {
        if let Some(flaw) = values[*id as usize].flaw
            && (!copies || seen.insert(place.origin(record)))
        {
            sorts.entry(flaw.code).or_default().push(record);
        }
    }
    for (code, records) in sorts {
        let shown = if records.len() > MOST_NOTES { FIRST_NOTES } else { records.len() };
        for record in &records[..shown] {
            if let Some(flaw) = values[ids[*record] as usize].flaw {
                let (row, col) = place.origin(*record);
                let note = place.note(severity(code), code, flaw.what.to_owned(), flaw.todo.to_owned());
                notes.push(note.on_cell(row, col));
            }
        }
        let rest = &records[shown..];
        if let Some(flaw) = rest.first().and_then(|record| values[ids[*record] as usize].flaw) {
            let rows: Vec<u32> = rest.iter().map(|record| place.origin(*record).0).collect();
            let what = format!("{} more in rows {}: {}", cells(rest.len()), ranges(&rows), flaw.what);
            notes.push(place.note(severity(code), code, what, flaw.todo.to_owned()));
        }
    }
}

/// `4-9, 12, 15-20 and others`.
fn ranges(rows: &[u32]) -> String {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows.dedup();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let named: Vec<String> = runs
        .iter()
        .take(MOST_RANGES)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    let others = if runs.len() > MOST_RANGES { " and others" } else { "" };
    format!("{}{others}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use collate_model::{CellKind, Evidence, TableColumn, Value};
    use jiff::civil::date;

    const KIND: &str = r#"
        name = "test"
        title = "Test"
        purpose = ""
        row = ""
        entities = ["child"]
        anchors = []
        field = [
            { name = "dob", title = "Date of birth", type = "date", of = "child" },
            { name = "nhs_number", title = "NHS number", type = "nhs", of = "child" },
            { name = "child_name", title = "Child", type = "people", of = "child" },
        ]
    "#;

    fn kind() -> Kind {
        toml::from_str(KIND).expect("a kind")
    }

    fn table(field: Option<usize>, cells: &[(&str, CellKind)]) -> Table {
        let mut table = Table::default();
        table.file = "f.xlsx".into();
        table.sheet = "S".into();
        table.as_at = Some(date(2021, 9, 7));
        table.columns = vec![TableColumn { header: "H".into(), col: 2, field, evidence: Evidence::Told }];
        table.rows = (5..5 + cells.len() as u32).collect();
        table.allocate();
        for (record, (text, cell)) in cells.iter().enumerate() {
            table.set(record, 0, *cell, text);
        }
        table
    }

    fn text(texts: &[&'static str]) -> Vec<(&'static str, CellKind)> {
        texts
            .iter()
            .map(|text| (*text, if text.is_empty() { CellKind::Empty } else { CellKind::Text }))
            .collect()
    }

    #[test]
    fn every_distinct_text_is_cleaned_once_and_the_first_is_the_empty_one() {
        let (clean, notes) = clean_table(&table(None, &text(&["a", "", "b", "a"])), &kind());
        let column = &clean.columns[0];
        assert_eq!((column.ids.as_slice(), column.values.len()), (&[1, 0, 2, 1][..], 3));
        assert_eq!(column.values[0].value, Value::Missing);
        assert_eq!(column.get(2).value, Value::Text("b".into()));
        assert!(notes.is_empty());
    }

    #[test]
    fn a_column_of_american_dates_is_read_month_first() {
        let cells = text(&["03/04/2012", "08/24/2012", "12/31/2012"]);
        let (clean, notes) = clean_table(&table(Some(0), &cells), &kind());
        let Value::Dates(dates) = &clean.columns[0].get(0).value else { panic!("no dates") };
        assert_eq!(dates[0].exact(), Some(date(2012, 3, 4)));
        assert_eq!(notes.len(), 1);
        assert_eq!((notes[0].code, notes[0].severity, notes[0].col), ("date-order", Severity::Info, Some(2)));
        assert!(notes[0].what.contains("2 cells") && notes[0].what.contains("C6"), "{}", notes[0].what);
    }

    #[test]
    fn a_mixed_column_is_read_day_first_and_the_odd_cells_are_named() {
        let cells = text(&["03/04/2012", "24/08/2012", "12/31/2012"]);
        let (clean, notes) = clean_table(&table(Some(0), &cells), &kind());
        let Value::Dates(dates) = &clean.columns[0].get(0).value else { panic!("no dates") };
        assert_eq!(dates[0].exact(), Some(date(2012, 4, 3)));
        let codes: Vec<_> = notes.iter().map(|note| (note.code, note.row)).collect();
        assert_eq!(codes, [("date-order", 0), ("date-order-mixed", 7)]);
    }

    fn names(texts: &[&'static str]) -> (Vec<String>, Vec<Note>) {
        let (clean, notes) = clean_table(&table(Some(2), &text(texts)), &kind());
        let name = |record| match &clean.columns[0].get(record).value {
            Value::People(people) => people
                .iter()
                .map(|person| format!("{}/{}", person.forenames, person.surname))
                .collect::<Vec<_>>()
                .join("; "),
            other => format!("{other:?}"),
        };
        ((0..texts.len()).map(name).collect(), notes)
    }

    #[test]
    fn a_column_of_names_is_read_surname_first_where_its_cells_speak_for_it() {
        let (read, notes) = names(&[
            "Hall-Winter Kofi Sol",
            "Marlston Olivia",
            "Johnson L",
            "SMITH Jane",
            "Marlston Olivia & Jack",
            "Oxstead Zaria",
            "Poppy Davies",
            "Carr, Logan",
            "Bob CARR",
        ]);
        assert_eq!(
            read,
            [
                "Kofi Sol/Hall-Winter",
                "Olivia/Marlston",
                "L/Johnson",
                "Jane/Smith",
                "Olivia/Marlston; Jack/Marlston",
                "Zaria/Oxstead",
                "Poppy/Davies",
                "Logan/Carr",
                "Bob/Carr",
            ]
        );
        let codes: Vec<_> = notes.iter().map(|note| (note.code, note.row)).collect();
        assert_eq!(codes, [("name-order", 0), ("people-ambiguous", 11)]);
        assert!(
            notes[0].what.contains("4 different texts speak for it (first C6), 1 against it"),
            "{}",
            notes[0].what
        );
        assert_eq!((notes[0].severity, notes[0].col), (Severity::Info, Some(2)));
    }

    #[test]
    fn little_or_mixed_evidence_leaves_names_forename_first() {
        for cells in [
            &["Oxstead Zaria", "Marlston Olivia", "Carr Jane"][..],
            // A family in many rows speaks once.
            &["Oxstead Zaria", "Marlston Olivia", "Marlston Olivia", "Marlston Olivia"],
            &["Oxstead Zaria", "Marlston Olivia", "Carr Jane", "Hall Jack", "Poppy Davies", "Amy Davies"],
            // Commas tell of themselves alone.
            &["Oxstead Zaria", "Marlston, Olivia", "Carr, Jane", "Hall, Jack", "Hill, Amy"],
        ] {
            let (read, notes) = names(cells);
            assert_eq!(read[0], "Oxstead/Zaria");
            assert!(notes.iter().all(|note| note.code != "name-order"));
        }
    }

    #[test]
    fn half_converted_dates_are_noticed() {
        let mut cells = text(&["24/08/2012", "13/04/2012", "25/12/2013", "31/01/2014", "17/06/2015"]);
        cells.extend([
            ("2012-03-04", CellKind::Date),
            ("2012-05-06", CellKind::Date),
            ("2013-07-12", CellKind::Date),
        ]);
        cells.extend([("2014-01-02", CellKind::Date), ("2015-11-10T00:00:00", CellKind::Date)]);
        let (_, notes) = clean_table(&table(Some(0), &cells), &kind());
        assert_eq!(notes.iter().map(|note| note.code).collect::<Vec<_>>(), ["date-half-converted"]);
        cells.push(("2015-11-13", CellKind::Date));
        assert!(clean_table(&table(Some(0), &cells), &kind()).1.is_empty());
    }

    #[test]
    fn many_flaws_of_one_sort_are_counted_and_no_note_quotes_a_cell() {
        let cells: Vec<_> = (0..250).map(|_| ("Secretname", CellKind::Text)).collect();
        let (_, notes) = clean_table(&table(Some(1), &cells), &kind());
        assert_eq!(notes.len(), FIRST_NOTES + 1);
        assert!(
            notes[FIRST_NOTES].what.starts_with("230 cells more in rows 25-254:"),
            "{}",
            notes[FIRST_NOTES].what
        );
        assert!(
            notes
                .iter()
                .all(|note| note.code == "nhs-unreadable" && !format!("{note:?}").contains("Secretname"))
        );
    }

    #[test]
    fn a_cell_that_is_copied_down_has_one_note() {
        let mut table = table(Some(1), &text(&["bad", "", "bad"]));
        table.copy_from(1, 0, 0);
        let (clean, notes) = clean_table(&table, &kind());
        assert_eq!(clean.columns[0].ids, [1, 1, 1]);
        assert_eq!(notes.iter().map(|note| note.row).collect::<Vec<_>>(), [5, 7]);
    }
}
