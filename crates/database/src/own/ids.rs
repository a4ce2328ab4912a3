//! `collate_ids`: every id, also those that the dataset no longer has. Other people's tables can
//! refer to it for good.

use std::ops::Range;

use collate_model::{Dataset, EntityTable};
use collate_publish::{Cells, Column, Look, Output, stretches};

static COLUMNS: [Column; 3] = [
    Column::new("collate_id", "Id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("state", "current, or retired once the dataset has it no longer", Look::Text),
];

pub(crate) struct Ids<'a>(Vec<&'a EntityTable>);

impl<'a> Ids<'a> {
    pub fn new(dataset: &'a Dataset) -> Self {
        Ids(dataset.tables.iter().filter(|table| table.is_published()).collect())
    }
}

impl Output for Ids<'_> {
    fn name(&self) -> &str {
        super::IDS
    }

    fn title(&self) -> &str {
        "Ids"
    }

    fn about(&self) -> &str {
        "One row per id that was ever loaded. Rows are never deleted: refer to this table from your own."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn count(&self) -> u64 {
        self.items() as u64
    }

    fn items(&self) -> usize {
        self.0.iter().map(|table| table.count).sum()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        let mut id = String::new();
        for (table, entities) in stretches(self.0.iter().map(|table| table.count), items) {
            let table = self.0[table];
            for entity in entities {
                id.clear();
                table.push_id(entity, &mut id);
                cells.text(&id);
                cells.text(&table.def.name);
                cells.text("current");
                cells.end_row();
            }
        }
    }
}
