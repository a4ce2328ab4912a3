//! `history.csv`: the values over time of the fields that change over time.

use collate_model::Dataset;

use crate::error::PublishError;
use crate::output::{Column, Look, Output, Take};
use crate::row::Row;

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

pub(crate) struct History<'a>(pub &'a Dataset);

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

    fn count(&self) -> u64 {
        self.0.history.len() as u64
    }

    fn rows(&self, row: &mut Row, take: Take<'_>) -> Result<(), PublishError> {
        let Dataset { pool, sources, tables, .. } = self.0;
        for item in &self.0.history {
            let (table, source) = (&tables[item.table as usize], &sources[item.at.source as usize]);
            row.start().text(pool.get(table.ids[item.entity as usize])).text(&table.def.name);
            row.text(&table.columns[item.column as usize].name).text(pool.get(item.value));
            match item.date {
                Some(date) => row.show(date),
                None => row.blank(),
            };
            row.text(&source.file).text(&source.sheet).cell(item.at);
            take(row)?;
        }
        Ok(())
    }
}
