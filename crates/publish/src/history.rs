//! `history.csv`: the values over time of the fields that change over time.

use std::ops::Range;

use collate_model::{Dataset, EntityColumn, EntityTable};

use crate::cells::Cells;
use crate::output::{Column, Key, Look, Output, columns_of, stretches};

static COLUMNS: [Column; 8] = [
    Column::new("collate_id", "Id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("column", "Column", Look::Name),
    Column::new("value", "Value", Look::Value),
    Column::new("date", "Date", Look::Date),
    Column::new("file", "File", Look::Text),
    Column::new("sheet", "Sheet", Look::Text),
    Column::new("cell", "Cell", Look::Id),
];

pub(crate) struct History<'a> {
    dataset: &'a Dataset,
    columns: Vec<(&'a EntityTable, &'a EntityColumn)>,
}

impl<'a> History<'a> {
    pub fn new(dataset: &'a Dataset) -> Self {
        History { dataset, columns: columns_of(dataset) }
    }
}

impl Output for History<'_> {
    fn name(&self) -> &str {
        "history"
    }

    /// Excel keeps the name "History" for itself.
    fn title(&self) -> &str {
        "Over time"
    }

    fn about(&self) -> &str {
        "One row per value of a field that changes over time, such as a status: the value, its date and its cell."
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
        self.columns.iter().map(|(_, column)| column.history.len()).sum()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        let mut id = String::new();
        let lengths = self.columns.iter().map(|(_, column)| column.history.len());
        for (of, items) in stretches(lengths, items) {
            let (table, column) = self.columns[of];
            for item in &column.history[items] {
                let source = &self.dataset.sources[item.at.source as usize];
                id.clear();
                table.push_id(item.entity as usize, &mut id);
                cells.text(&id);
                cells.text(&table.def.name);
                cells.text(&column.name);
                cells.text(column.texts.get(item.value));
                cells.day(item.date);
                cells.text(&source.file);
                cells.text(&source.sheet);
                cells.cell(item.at);
                cells.end_row();
            }
        }
    }
}
