//! `marks.csv`: what a person sees on the rows beside their values.

use std::ops::Range;

use collate_model::{Dataset, MarkSort, Marked};

use crate::cells::Cells;
use crate::output::{Column, Look, Output};
use crate::problems::place;

static COLUMNS: [Column; 7] = [
    Column::new("collate_mark", "Mark", Look::Id),
    Column::new("file", "File", Look::Text),
    Column::new("sheet", "Sheet", Look::Text),
    Column::new("place", "Place", Look::Id),
    Column::new("mark", "What", Look::Text),
    Column::new("text", "Text", Look::Prose),
    Column::new("collate_ids", "Ids", Look::Id),
];

pub(crate) struct Marks<'a>(pub &'a Dataset);

fn word(sort: MarkSort) -> &'static str {
    match sort {
        MarkSort::HiddenSheet => "hidden sheet",
        MarkSort::HiddenColumn => "hidden column",
        MarkSort::HiddenRow => "hidden row",
        MarkSort::Struck => "struck through",
        MarkSort::Comment => "comment",
    }
}

/// The entities that a row went into: `CH-00012; CA-00003`.
fn ids(dataset: &Dataset, mark: &Marked) -> String {
    let links = &dataset.links;
    let key = (mark.source, mark.row);
    let from = links.partition_point(|link| (link.source, link.row) < key);
    let mut ids: Vec<(u8, u32)> = links[from..]
        .iter()
        .take_while(|link| (link.source, link.row) == key)
        .map(|link| (link.table, link.entity))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let id = |(table, entity): &(u8, u32)| dataset.tables[*table as usize].id(*entity as usize);
    ids.iter().map(id).collect::<Vec<_>>().join("; ")
}

impl Output for Marks<'_> {
    fn name(&self) -> &str {
        "marks"
    }

    fn title(&self) -> &str {
        "Marks"
    }

    fn about(&self) -> &str {
        "One row per thing that a person sees on the trackers beside their values: comments, and what is struck through or hidden."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn count(&self) -> u64 {
        self.0.marks.len() as u64
    }

    fn items(&self) -> usize {
        self.0.marks.len()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        for i in items {
            let mark = &self.0.marks[i];
            cells.running(b'M', i);
            let source = &self.0.sources[mark.source as usize];
            cells.text(&source.file);
            cells.text(&source.sheet);
            cells.text(&place(mark.row, mark.col));
            cells.text(word(mark.sort));
            cells.text(&mark.text);
            cells.text(&ids(self.0, mark));
            cells.end_row();
        }
    }
}
