//! `conflicts.csv`: values that lost against the merged one, and why.

use std::ops::Range;

use collate_model::{Dataset, EntityColumn, EntityTable};

use crate::cells::Cells;
use crate::output::{Column, Key, Look, Output, columns_of, stretches};

static COLUMNS: [Column; 12] = [
    Column::new("collate_id", "Id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("column", "Column", Look::Name),
    Column::new("kept", "Value kept", Look::Value),
    Column::new("kept_file", "Kept: file", Look::Text),
    Column::new("kept_sheet", "Kept: sheet", Look::Text),
    Column::new("kept_cell", "Kept: cell", Look::Id),
    Column::new("other", "Other value", Look::Value),
    Column::new("other_file", "Other: file", Look::Text),
    Column::new("other_sheet", "Other: sheet", Look::Text),
    Column::new("other_cell", "Other: cell", Look::Id),
    Column::new("why", "Why it lost", Look::Prose),
];

pub(crate) struct Conflicts<'a> {
    dataset: &'a Dataset,
    columns: Vec<(&'a EntityTable, &'a EntityColumn)>,
}

impl<'a> Conflicts<'a> {
    pub fn new(dataset: &'a Dataset) -> Self {
        Conflicts { dataset, columns: columns_of(dataset) }
    }
}

impl Output for Conflicts<'_> {
    fn name(&self) -> &str {
        "conflicts"
    }

    fn title(&self) -> &str {
        "Conflicts"
    }

    fn about(&self) -> &str {
        "One row per value that disagrees with the merged one: both values, both cells, and why the other lost."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn key(&self) -> Key {
        Key::Running(&[0, 1, 2])
    }

    fn count(&self) -> u64 {
        self.items() as u64
    }

    fn items(&self) -> usize {
        self.columns.iter().map(|(_, column)| column.conflicts.len()).sum()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        let mut id = String::new();
        let lengths = self.columns.iter().map(|(_, column)| column.conflicts.len());
        for (of, items) in stretches(lengths, items) {
            let (table, column) = self.columns[of];
            for conflict in &column.conflicts[items] {
                let entity = conflict.entity as usize;
                let Some(chosen) = column.chosen(entity) else { continue };
                id.clear();
                table.push_id(entity, &mut id);
                cells.text(&id);
                cells.text(&table.def.name);
                cells.text(&column.name);
                let other = column.texts.get(conflict.other);
                for (value, at) in [(column.value(entity), chosen.origin), (other, conflict.other_at)] {
                    let source = &self.dataset.sources[at.source as usize];
                    cells.text(value);
                    cells.text(&source.file);
                    cells.text(&source.sheet);
                    cells.cell(at);
                }
                cells.text(column.texts.get(chosen.why));
                cells.end_row();
            }
        }
    }

    /// Both values side by side, then where they are.
    fn shown(&self) -> Vec<usize> {
        vec![0, 1, 2, 3, 7, 11, 4, 5, 6, 8, 9, 10]
    }
}
