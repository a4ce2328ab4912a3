//! `children.csv`, `cases.csv` …: one row per merged entity.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use collate_model::{Dataset, EntityColumn, EntityTable, each_row};

use crate::cells::Cells;
use crate::output::{Column, Look, Output};

/// Names that other files of the folder, or tables of a database, have.
const TAKEN: [&str; 16] = [
    "sources",
    "provenance",
    "conflicts",
    "history",
    "review",
    "changes",
    "redirects",
    "marks",
    "problems",
    "collate",
    "manifest",
    "collate_run",
    "collate_ids",
    "collate_columns",
    "as_text",
    "relations",
];

struct Entities<'a> {
    table: &'a EntityTable,
    name: String,
    about: String,
    columns: Vec<Column>,
}

/// One output per table of the dataset, each with a file name of its own.
pub(crate) fn all(dataset: &Dataset) -> Vec<Box<dyn Output + '_>> {
    let mut taken: BTreeSet<String> = TAKEN.into_iter().map(str::to_owned).collect();
    dataset
        .tables
        .iter()
        .filter(|table| table.is_published())
        .map(|table| {
            let entities = Entities {
                table,
                name: file_name(&table.def.plural, &mut taken),
                about: format!(
                    "One row per {}, merged from every row of the trackers that speaks of it.",
                    table.def.name.replace('_', " ")
                ),
                columns: columns(table),
            };
            Box::new(entities) as Box<dyn Output>
        })
        .collect()
}

fn columns(table: &EntityTable) -> Vec<Column> {
    let id = Column::new("collate_id", "Id", Look::Id);
    let of_table = table.columns.iter().map(|column| Column {
        name: Cow::Owned(column.name.clone()),
        title: Cow::Owned(column.title.clone()),
        look: column.kind.into(),
        empty: table.count > 0 && column.values.iter().all(|value| *value == 0),
    });
    std::iter::once(id).chain(of_table).collect()
}

/// A plural comes from a file that users may write: it must not lead out of the folder or
/// onto another file.
fn file_name(plural: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name: String = plural
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' })
        .collect();
    if name.is_empty() {
        name.push_str("entities");
    }
    let free = (1..)
        .map(|n| if n == 1 { name.clone() } else { format!("{name}-{n}") })
        .find(|name| !taken.contains(name))
        .unwrap_or(name);
    taken.insert(free.clone());
    free
}

impl Output for Entities<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn title(&self) -> &str {
        &self.table.def.title
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn count(&self) -> u64 {
        self.table.count as u64
    }

    fn items(&self) -> usize {
        self.table.count
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        let mut id = String::new();
        each_row(&self.table.columns, items, EntityColumn::value, |entity, values| {
            id.clear();
            self.table.push_id(entity, &mut id);
            cells.text(&id);
            values.iter().for_each(|value| cells.text(value));
            cells.end_row();
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_stay_in_the_folder_and_apart() {
        let mut taken: BTreeSet<String> = TAKEN.into_iter().map(str::to_owned).collect();
        for (plural, expected) in [
            ("children", "children"),
            ("Children", "children-2"),
            ("sources", "sources-2"),
            ("../../etc/x", "______etc_x"),
            ("", "entities"),
        ] {
            assert_eq!(file_name(plural, &mut taken), expected);
        }
    }
}
