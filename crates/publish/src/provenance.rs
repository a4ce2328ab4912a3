//! `provenance.csv`: the source cell of every merged value, and why it was chosen.

use collate_model::Dataset;

use crate::error::PublishError;
use crate::output::{Column, Look, Output, Take};
use crate::row::Row;

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

pub(crate) struct Provenance<'a>(pub &'a Dataset);

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

    fn count(&self) -> u64 {
        let columns = self.0.tables.iter().flat_map(|table| &table.columns);
        columns.map(|column| column.chosen.iter().flatten().count() as u64).sum()
    }

    fn rows(&self, row: &mut Row, take: Take<'_>) -> Result<(), PublishError> {
        let Dataset { pool, sources, tables, .. } = self.0;
        for table in tables {
            for (i, &id) in table.ids.iter().enumerate() {
                for column in &table.columns {
                    let Some(chosen) = column.chosen[i] else { continue };
                    let source = &sources[chosen.origin.source as usize];
                    row.start().text(pool.get(id)).text(&table.def.name).text(&column.name);
                    row.text(pool.get(column.values[i])).text(pool.get(chosen.raw));
                    row.text(&source.file).text(&source.sheet).cell(chosen.origin);
                    row.text(pool.get(chosen.why));
                    take(row)?;
                }
            }
        }
        Ok(())
    }

    fn is_long_list(&self) -> bool {
        true
    }
}
