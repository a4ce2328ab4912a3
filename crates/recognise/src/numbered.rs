//! Children in columns of their own (`Child 1`, `DOB 1`, `Child 2` …) turned into rows: a row for each
//! child, with all else that the row says.

use std::collections::BTreeMap;

use collate_model::{Evidence, Kind, Sheet, Table, TableColumn};

use crate::lexicon::Lexicon;
use crate::normal::words;
use crate::unpivot::{copy, empty_like};

/// What says who a child is, the first the most.
const WHO: [&str; 6] = ["child_name", "forename", "surname", "dob", "child_id", "sex"];
/// Children that a row has columns for, at most.
const MOST: u32 = 12;

/// The columns of each child, with their fields.
type Groups = BTreeMap<u32, Vec<(usize, usize)>>;

/// The table with one record for each child, if it has columns for several. Every value keeps its cell.
pub(crate) fn rows_of(sheet: &Sheet, kind: &Kind, k: usize, lexicon: &Lexicon, table: Table) -> Table {
    let groups = groups(kind, k, lexicon, &table);
    let named = |columns: &&Vec<(usize, usize)>| {
        columns
            .iter()
            .any(|(_, field)| matches!(kind.fields[*field].name.as_str(), "child_name" | "forename"))
    };
    if groups.values().filter(named).count() < 2 {
        return table;
    }
    let grouped = |c: &usize| groups.values().flatten().any(|(column, _)| column == c);
    let kept: Vec<usize> = (0..table.columns.len()).filter(|c| !grouped(c)).collect();
    let mut fields: Vec<(usize, u32)> =
        groups.values().flatten().map(|(c, field)| (*field, table.columns[*c].col)).collect();
    fields.sort_unstable();
    fields.dedup_by_key(|(field, _)| *field);
    let records: Vec<(usize, Option<u32>)> = (0..table.rows.len())
        .flat_map(|r| {
            let filled =
                |columns: &[(usize, usize)]| columns.iter().any(|(c, _)| !table.text(r, *c).is_empty());
            let there: Vec<_> =
                groups.iter().filter(|(_, columns)| filled(columns)).map(|(n, _)| (r, Some(*n))).collect();
            if there.is_empty() { vec![(r, None)] } else { there }
        })
        .collect();
    let mut long = empty_like(&table);
    let of_child = |(field, col): &(usize, u32)| TableColumn {
        header: kind.fields[*field].title.clone(),
        col: *col,
        field: Some(*field),
        evidence: Evidence::Values(1.0),
    };
    let own = kept.iter().map(|c| table.columns[*c].clone());
    long.columns = own.chain(fields.iter().map(of_child)).collect();
    long.rows = records.iter().map(|(r, _)| table.rows[*r]).collect();
    let at = long.rows.iter().map(|row| sheet.row_index(*row).unwrap_or_default() as u32).collect();
    long.lay_over(sheet, at, &[]);
    for (record, (r, number)) in records.iter().enumerate() {
        for (column, from) in kept.iter().enumerate() {
            copy(&table, (*r, *from), &mut long, (record, column));
        }
        for (c, field) in number.iter().flat_map(|number| &groups[number]) {
            if let Some(place) = fields.iter().position(|(known, _)| known == field) {
                copy(&table, (*r, *c), &mut long, (record, kept.len() + place));
            }
        }
    }
    long
}

/// The columns that say by a number whose they are, where no column says who else the row is of.
fn groups(kind: &Kind, k: usize, lexicon: &Lexicon, table: &Table) -> Groups {
    let mut groups = Groups::new();
    let is_who = |field: usize| WHO.iter().position(|name| kind.fields[field].name == *name);
    if table.columns.iter().filter_map(|column| column.field).any(|field| is_who(field).is_some()) {
        return groups;
    }
    for (c, column) in table.columns.iter().enumerate().filter(|(_, column)| column.field.is_none()) {
        let mut said = words(&column.header);
        let numbers: Vec<usize> = (0..said.len()).filter(|i| said[*i].parse::<u32>().is_ok()).collect();
        let &[at] = &numbers[..] else { continue };
        let number: u32 = said.remove(at).parse().unwrap_or_default();
        let meanings = lexicon.meanings(&said.join(" "));
        let mine = meanings.iter().filter(|meaning| meaning.kind == k && meaning.score >= 0.9);
        let best = mine.filter_map(|meaning| Some((is_who(meaning.field)?, meaning.field))).min();
        if let (Some((_, field)), 1..=MOST) = (best, number) {
            let columns = groups.entry(number).or_default();
            if !columns.iter().any(|(_, known)| *known == field) {
                columns.push((c, field));
            }
        }
    }
    groups
}
