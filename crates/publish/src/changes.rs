//! `changes.csv`: what is different from the last published run.

use std::ops::Range;

use collate_model::Dataset;

use crate::cells::Cells;
use crate::output::{Column, Key, Look, Output};

static COLUMNS: [Column; 9] = [
    Column::new("collate_id", "Id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("change", "Change", Look::Name),
    Column::new("column", "Column", Look::Name),
    Column::new("old", "Before", Look::Value),
    Column::new("new", "Now", Look::Value),
    Column::new("file", "File", Look::Text),
    Column::new("sheet", "Sheet", Look::Text),
    Column::new("cell", "Cell", Look::Id),
];

pub(crate) struct Changes<'a>(pub &'a Dataset);

impl Output for Changes<'_> {
    fn name(&self) -> &str {
        "changes"
    }

    fn title(&self) -> &str {
        "Changes"
    }

    fn about(&self) -> &str {
        "One row per difference from the last run: what is new, gone, merged or split, and every changed value."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn key(&self) -> Key {
        Key::Columns(&[0, 2, 3])
    }

    fn count(&self) -> u64 {
        self.0.changes.len() as u64
    }

    fn items(&self) -> usize {
        self.0.changes.len()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        for change in &self.0.changes[items] {
            let def = &self.0.tables[change.sort].def;
            let (file, sheet, cell) = &change.at;
            cells.text(&def.id(change.number));
            cells.text(&def.name);
            cells.text(&change.what.to_string());
            for text in [&change.column, &change.old, &change.new, file, sheet, cell] {
                cells.text(text);
            }
            cells.end_row();
        }
    }
}
