//! `provenance.csv`: the source cell of every merged value, and why it was chosen.

use std::ops::Range;

use collate_model::{Chosen, Dataset, EntityColumn, each_row};

use crate::cells::Cells;
use crate::output::{Column, Key, Look, Output, stretches};

static COLUMNS: [Column; 9] = [
    Column::new("collate_id", "Id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("column", "Column", Look::Name),
    Column::new("value", "Value", Look::Value),
    Column::new("original", "As it was written", Look::Text),
    Column::new("file", "File", Look::Text),
    Column::new("sheet", "Sheet", Look::Text),
    Column::new("cell", "Cell", Look::Id),
    Column::new("why", "Why this value", Look::Prose),
];

pub(crate) struct Provenance<'a> {
    dataset: &'a Dataset,
    count: u64,
}

impl<'a> Provenance<'a> {
    pub fn new(dataset: &'a Dataset) -> Self {
        let columns = dataset.tables.iter().flat_map(|table| &table.columns);
        let count = columns.map(|column| column.chosen.iter().flatten().count() as u64).sum();
        Provenance { dataset, count }
    }
}

/// A value that was taken from a cell.
#[derive(Clone, Copy)]
struct Merged<'a> {
    value: &'a str,
    original: &'a str,
    chosen: Chosen,
}

impl<'a> Merged<'a> {
    fn of(column: &'a EntityColumn, entity: usize) -> Option<Self> {
        let (chosen, value) = (column.chosen(entity)?, column.value(entity));
        // Mostly it is published as it was written.
        let same = column.values[entity] == chosen.raw;
        let original = if same { value } else { column.texts.get(chosen.raw) };
        Some(Merged { value, original, chosen })
    }
}

impl Output for Provenance<'_> {
    fn name(&self) -> &str {
        "provenance"
    }

    fn title(&self) -> &str {
        "Provenance"
    }

    fn about(&self) -> &str {
        "One row per merged value: the cell it was taken from, what is written there, and why it was chosen."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn key(&self) -> Key {
        Key::Columns(&[0, 1, 2])
    }

    fn count(&self) -> u64 {
        self.count
    }

    fn items(&self) -> usize {
        self.dataset.tables.iter().map(|table| table.count).sum()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        let Dataset { sources, tables, .. } = self.dataset;
        let mut id = String::new();
        for (table, entities) in stretches(tables.iter().map(|table| table.count), items) {
            let table = &tables[table];
            each_row(&table.columns, entities, Merged::of, |entity, values| {
                id.clear();
                table.push_id(entity, &mut id);
                for (column, merged) in table.columns.iter().zip(values) {
                    let Some(Merged { value, original, chosen }) = merged else { continue };
                    let source = &sources[chosen.origin.source as usize];
                    cells.text(&id);
                    cells.text(&table.def.name);
                    cells.text(&column.name);
                    cells.text(value);
                    cells.text(original);
                    cells.text(&source.file);
                    cells.text(&source.sheet);
                    cells.cell(chosen.origin);
                    cells.text(column.texts.get(chosen.why));
                    cells.end_row();
                }
            });
        }
    }
}
