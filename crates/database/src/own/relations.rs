//! `relations`: which children and cases an entity has to do with, one row per pair. The entity tables
//! have the same as lists of ids.

use std::ops::Range;

use collate_model::{Dataset, EntityColumn, EntityTable};
use collate_publish::{Cells, Column, Key, Look, Output, stretches};

static COLUMNS: [Column; 4] = [
    Column::new("collate_id", "Id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("other_id", "Id of the child or case that the same rows speak of", Look::Id),
    Column::new("other_entity", "What the other is", Look::Name),
];

/// A column of ids, with its table and the sort of entity that the ids are of.
struct Related<'a> {
    table: &'a EntityTable,
    column: &'a EntityColumn,
    other: &'a str,
}

pub(crate) struct Relations<'a>(Vec<Related<'a>>);

impl<'a> Relations<'a> {
    pub fn new(dataset: &'a Dataset) -> Self {
        let sorts: Vec<&str> = dataset.tables.iter().map(|table| table.def.name.as_str()).collect();
        let of = |table: &'a EntityTable| {
            let sorts = &sorts;
            table.columns.iter().filter_map(move |column| {
                // Such lists are worked out: a field of a tracker that is called like one has cells.
                let sort = column.name.strip_suffix("_ids").filter(|_| column.chosen.is_empty())?;
                let other = *sorts.iter().find(|known| **known == sort)?;
                Some(Related { table, column, other })
            })
        };
        Relations(dataset.tables.iter().filter(|table| table.is_published()).flat_map(of).collect())
    }
}

fn others<'a>(related: &Related<'a>, entity: usize) -> impl Iterator<Item = &'a str> + use<'a> {
    related.column.value(entity).split("; ").filter(|id| !id.is_empty())
}

impl Output for Relations<'_> {
    fn name(&self) -> &str {
        "relations"
    }

    fn title(&self) -> &str {
        "Relations"
    }

    fn about(&self) -> &str {
        "One row per entity and child or case that the same rows of the trackers speak of."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn key(&self) -> Key {
        Key::Columns(&[0, 2])
    }

    fn count(&self) -> u64 {
        let of = |related: &Related| {
            let counts = (0..related.table.count).map(|entity| others(related, entity).count() as u64);
            counts.sum::<u64>()
        };
        self.0.iter().map(of).sum()
    }

    fn items(&self) -> usize {
        self.0.iter().map(|related| related.table.count).sum()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        let mut id = String::new();
        for (of, entities) in stretches(self.0.iter().map(|related| related.table.count), items) {
            let related = &self.0[of];
            for entity in entities {
                id.clear();
                related.table.push_id(entity, &mut id);
                for other in others(related, entity) {
                    cells.text(&id);
                    cells.text(&related.table.def.name);
                    cells.text(other);
                    cells.text(related.other);
                    cells.end_row();
                }
            }
        }
    }
}
