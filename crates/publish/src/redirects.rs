//! `redirects.csv`: ids that are no longer used, and the ids in use that they lead to.

use std::ops::Range;

use collate_model::Dataset;

use crate::cells::Cells;
use crate::output::{Column, Look, Output};

static COLUMNS: [Column; 3] = [
    Column::new("collate_id", "Former id", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("now", "Id in use", Look::Id),
];

pub(crate) struct Redirects<'a>(pub &'a Dataset);

impl Output for Redirects<'_> {
    fn name(&self) -> &str {
        "redirects"
    }

    fn title(&self) -> &str {
        "Former ids"
    }

    fn about(&self) -> &str {
        "One row per id that is no longer used, with the one that it leads to. No id is ever used again."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn count(&self) -> u64 {
        self.0.redirects.len() as u64
    }

    fn items(&self) -> usize {
        self.0.redirects.len()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        for redirect in &self.0.redirects[items] {
            let def = &self.0.tables[redirect.sort].def;
            cells.text(&def.id(redirect.from));
            cells.text(&def.name);
            cells.text(&def.id(redirect.to));
            cells.end_row();
        }
    }
}
