//! `conflicts.csv`: values that lost against the merged one, and why.

use collate_model::Dataset;

use crate::error::PublishError;
use crate::output::{Column, Look, Output, Take};
use crate::row::Row;

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

pub(crate) struct Conflicts<'a>(pub &'a Dataset);

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

    fn count(&self) -> u64 {
        self.0.conflicts.len() as u64
    }

    fn rows(&self, row: &mut Row, take: Take<'_>) -> Result<(), PublishError> {
        let Dataset { pool, sources, tables, .. } = self.0;
        for conflict in &self.0.conflicts {
            let table = &tables[conflict.table as usize];
            row.start().text(pool.get(table.ids[conflict.entity as usize])).text(&table.def.name);
            row.text(&table.columns[conflict.column as usize].name);
            for (value, at) in [(conflict.kept, conflict.kept_at), (conflict.other, conflict.other_at)] {
                let source = &sources[at.source as usize];
                row.text(pool.get(value)).text(&source.file).text(&source.sheet).cell(at);
            }
            row.text(pool.get(conflict.why));
            take(row)?;
        }
        Ok(())
    }

    /// Both values side by side, then where they are.
    fn shown(&self) -> Vec<usize> {
        vec![0, 1, 2, 3, 7, 11, 4, 5, 6, 8, 9, 10]
    }
}
