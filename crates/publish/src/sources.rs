//! `sources.csv`: every source row, the entities that it went into, and why.

use collate_model::Dataset;

use crate::error::PublishError;
use crate::output::{Column, Look, Output, Take};
use crate::row::Row;

static COLUMNS: [Column; 9] = [
    Column::new("file", "File", Look::Text),
    Column::new("sheet", "Sheet", Look::Text),
    Column::new("row", "Row", Look::Number),
    Column::new("part", "Part", Look::Number),
    Column::new("entity", "What", Look::Name),
    Column::new("collate_id", "Id", Look::Id),
    Column::new("weight", "Weight", Look::Bits),
    Column::new("probability", "Probability", Look::Probability),
    Column::new("reason", "Why it belongs there", Look::Prose),
];

pub(crate) struct Sources<'a>(pub &'a Dataset);

impl Output for Sources<'_> {
    fn name(&self) -> &str {
        "sources"
    }

    fn title(&self) -> &str {
        "Sources"
    }

    fn about(&self) -> &str {
        "One row per mention: which row of which tracker went into which child, case or other entity, and why."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn count(&self) -> u64 {
        self.0.links.len() as u64
    }

    fn rows(&self, row: &mut Row, take: Take<'_>) -> Result<(), PublishError> {
        let Dataset { pool, sources, tables, .. } = self.0;
        for link in &self.0.links {
            let (source, table) = (&sources[link.source as usize], &tables[link.table as usize]);
            row.start().text(&source.file).text(&source.sheet);
            row.number(link.row.into()).number(link.part.into());
            row.text(&table.def.name).text(pool.get(table.ids[link.entity as usize]));
            row.decimals(link.weight, 2).decimals(link.probability, 4).text(pool.get(link.reason));
            take(row)?;
        }
        Ok(())
    }

    fn is_long_list(&self) -> bool {
        true
    }
}
