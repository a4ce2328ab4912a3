//! `as_text`: the values of entities that are no value of their column's type, so that none is lost:
//! `2021-07-01/2021-07-31` is no single day. The column itself has no value there.

use std::ops::Range;

use collate_model::{Dataset, EntityColumn, EntityTable};
use collate_publish::{Cells, Column, Key, Look, Output, stretches};

use crate::types::Type;

static COLUMNS: [Column; 4] = [
    Column::new("collate_id", "Id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("column", "Column of the entity's table", Look::Text),
    Column::new("value", "The value, as children.csv and the like have it", Look::Text),
];

/// A typed column, and the entities whose value does not fit it.
struct Unfitting<'a> {
    table: &'a EntityTable,
    column: &'a EntityColumn,
    entities: Vec<u32>,
}

pub(crate) struct AsText<'a>(Vec<Unfitting<'a>>);

impl<'a> AsText<'a> {
    pub fn new(dataset: &'a Dataset) -> Self {
        let of = |table: &'a EntityTable| {
            table.columns.iter().filter_map(move |column| {
                let kind = Type::from(Look::from(column.kind));
                let misses = |entity: &u32| {
                    let value = column.value(*entity as usize);
                    !value.is_empty() && !kind.fits(value)
                };
                let entities: Vec<u32> = match kind {
                    Type::Text => Vec::new(),
                    _ => (0..table.count as u32).filter(misses).collect(),
                };
                (!entities.is_empty()).then_some(Unfitting { table, column, entities })
            })
        };
        AsText(dataset.tables.iter().filter(|table| table.is_published()).flat_map(of).collect())
    }
}

impl Output for AsText<'_> {
    fn name(&self) -> &str {
        "as_text"
    }

    fn title(&self) -> &str {
        "As text"
    }

    fn about(&self) -> &str {
        "One row per value of an entity that is no value of its column's type, such as a month in a column of days."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn key(&self) -> Key {
        Key::Columns(&[0, 1, 2])
    }

    fn count(&self) -> u64 {
        self.items() as u64
    }

    fn items(&self) -> usize {
        self.0.iter().map(|unfitting| unfitting.entities.len()).sum()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        for (of, items) in stretches(self.0.iter().map(|unfitting| unfitting.entities.len()), items) {
            let Unfitting { table, column, entities } = &self.0[of];
            for entity in &entities[items] {
                cells.text(&table.id(*entity as usize));
                cells.text(&table.def.name);
                cells.text(&column.name);
                cells.text(column.value(*entity as usize));
                cells.end_row();
            }
        }
    }
}
