//! `sources.csv`: every source row, the entities that it went into, and why.

use std::ops::Range;

use collate_model::{Dataset, Short, Source};

use crate::cells::Cells;
use crate::output::{Column, Key, Look, Output};

static COLUMNS: [Column; 9] = [
    Column::new("file", "File", Look::Text),
    Column::new("sheet", "Sheet", Look::Text),
    Column::new("row", "Row", Look::Whole),
    Column::new("part", "Part", Look::Whole),
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

    /// Two tables side by side have rows of one number.
    fn key(&self) -> Key {
        Key::Running(&[0, 1, 2, 4, 3])
    }

    fn count(&self) -> u64 {
        self.0.links.len() as u64
    }

    fn items(&self) -> usize {
        self.0.links.len()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        let Dataset { pool, sources, tables, .. } = self.0;
        let (mut id, mut reason) = (String::new(), String::new());
        for link in &self.0.links[items] {
            let (source, table) = (&sources[link.source as usize], &tables[link.table as usize]);
            id.clear();
            table.push_id(link.entity as usize, &mut id);
            cells.text(&source.file);
            cells.text(&source.sheet);
            cells.number(link.row.into());
            cells.number(link.part.into());
            cells.text(&table.def.name);
            cells.text(&id);
            cells.decimals(link.weight, 2);
            cells.decimals(link.probability, 4);
            reason.clear();
            if let Some((source, row)) = link.like {
                push_like(&sources[source as usize], row, &mut reason);
            }
            reason.push_str(pool.get(link.reason));
            cells.text(&reason);
            cells.end_row();
        }
    }
}

/// `like row 12 of court.xlsx, sheet Current: `
fn push_like(source: &Source, row: u32, reason: &mut String) {
    reason.push_str("like row ");
    reason.push_str(Short::default().digits(row.into(), 1).as_str());
    reason.push_str(" of ");
    reason.push_str(&source.file);
    if !source.sheet.is_empty() {
        reason.push_str(", sheet ");
        reason.push_str(&source.sheet);
    }
    reason.push_str(": ");
}
