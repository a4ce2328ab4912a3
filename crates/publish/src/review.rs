//! `review.csv`: pairs that may be the same and that a person should decide.

use std::ops::Range;

use collate_model::{Dataset, EntityTable, SourceId, TextId};

use crate::cells::Cells;
use crate::output::{Column, Look, Output};

static COLUMNS: [Column; 20] = [
    Column::new("collate_review", "Review", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("left_id", "One: id", Look::Id),
    Column::new("left", "The one", Look::Text),
    Column::new("left_file", "One: file", Look::Text),
    Column::new("left_sheet", "One: sheet", Look::Text),
    Column::new("left_row", "One: row", Look::Whole),
    Column::new("left_part", "One: part", Look::Whole),
    Column::new("right_id", "Other: id", Look::Id),
    Column::new("right", "The other", Look::Text),
    Column::new("right_file", "Other: file", Look::Text),
    Column::new("right_sheet", "Other: sheet", Look::Text),
    Column::new("right_row", "Other: row", Look::Whole),
    Column::new("right_part", "Other: part", Look::Whole),
    Column::new("weight", "Weight", Look::Bits),
    Column::new("probability", "Probability", Look::Probability),
    Column::new("lead", "Lead", Look::Bits),
    Column::new("reason", "Why it is doubtful", Look::Prose),
    Column::new("answer", "Answer", Look::Answer),
    Column::new("comment", "Comment", Look::Comment),
];

pub(crate) struct Reviews<'a>(pub &'a Dataset);

impl Reviews<'_> {
    fn side(
        &self,
        cells: &mut dyn Cells,
        table: &EntityTable,
        entity: u32,
        text: TextId,
        at: (SourceId, u32, u32),
    ) {
        let (source, row, part) = at;
        let source = &self.0.sources[source as usize];
        cells.text(&table.id(entity as usize));
        cells.text(self.0.pool.get(text));
        cells.text(&source.file);
        cells.text(&source.sheet);
        cells.number(row.into());
        cells.number(part.into());
    }
}

impl Output for Reviews<'_> {
    fn name(&self) -> &str {
        "review"
    }

    fn title(&self) -> &str {
        "Review"
    }

    fn about(&self) -> &str {
        "One row per pair that may be the same: pick Same child, Different children or Not sure in the yellow column, save the file, and run collate again."
    }

    fn columns(&self) -> &[Column] {
        &COLUMNS
    }

    fn count(&self) -> u64 {
        self.0.review.len() as u64
    }

    fn items(&self) -> usize {
        self.0.review.len()
    }

    fn write(&self, items: Range<usize>, cells: &mut dyn Cells) {
        for i in items {
            let review = &self.0.review[i];
            let table = &self.0.tables[review.table as usize];
            match self.0.pool.get(review.code) {
                "" => cells.running(b'R', i),
                code => cells.text(code),
            }
            cells.text(&table.def.name);
            self.side(cells, table, review.left, review.left_text, review.left_at);
            self.side(cells, table, review.right, review.right_text, review.right_at);
            cells.decimals(review.weight, 2);
            cells.decimals(review.probability, 4);
            cells.decimals(review.lead, 2);
            cells.text(self.0.pool.get(review.reason));
            let comment = self.0.pool.get(review.comment);
            cells.text(if comment.is_empty() { "" } else { "Not sure" });
            cells.text(comment);
            cells.end_row();
        }
    }

    /// What a person needs for an answer first, both sides next to each other.
    fn shown(&self) -> Vec<usize> {
        vec![0, 1, 3, 9, 17, 18, 19, 15, 14, 16, 2, 4, 5, 6, 7, 8, 10, 11, 12, 13]
    }
}
