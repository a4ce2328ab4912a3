//! `review.csv`: pairs that may be the same and that a person should decide.

use std::ops::Range;

use collate_model::{Dataset, EntityTable, FieldType, SourceId, TextId};

use crate::cells::Cells;
use crate::output::{Column, Look, NOTHING, Output};

const LEFT_VALUES: u8 = 18;
const RIGHT_VALUES: u8 = 19;

/// Most lines of values of a side.
const LINES: usize = 12;

static COLUMNS: [Column; 22] = [
    Column::new("collate_review", "Review", Look::Id),
    Column::new("entity", "What", Look::Name),
    Column::new("left_id", "One: id", Look::Id),
    Column::new("left", "One: in short", Look::Text),
    Column::new("left_file", "One: file", Look::File),
    Column::new("left_sheet", "One: sheet", Look::Text),
    Column::new("left_row", "One: row", Look::Whole),
    Column::new("left_part", "One: part", Look::Whole),
    Column::new("right_id", "Other: id", Look::Id),
    Column::new("right", "Other: in short", Look::Text),
    Column::new("right_file", "Other: file", Look::File),
    Column::new("right_sheet", "Other: sheet", Look::Text),
    Column::new("right_row", "Other: row", Look::Whole),
    Column::new("right_part", "Other: part", Look::Whole),
    Column::new("weight", "Weight", Look::Bits),
    Column::new("probability", "Probability", Look::Probability),
    Column::new("lead", "Lead", Look::Bits),
    Column::new("reason", "Why it is doubtful", Look::Text),
    Column::new("left_values", "The one", Look::Beside(RIGHT_VALUES)),
    Column::new("right_values", "The other", Look::Beside(LEFT_VALUES)),
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

/// What is known of both sides, a line for each field: the deciding row's own words first, then the
/// merged values. Line by line, the two are of the same fields.
fn values(
    table: &EntityTable,
    (left, left_text): (u32, &str),
    (right, right_text): (u32, &str),
) -> [String; 2] {
    let mut sides = [left_text, right_text].map(|text| text.replace('\n', ", "));
    let mut lines = 0;
    for column in &table.columns {
        let values = [left, right].map(|entity| column.value(entity as usize));
        let known = values.iter().filter(|value| !value.is_empty()).count();
        let is_said = known == 2 && left_text.contains(values[0]) && right_text.contains(values[1]);
        let is_story = values.iter().any(|value| value.len() > LONGEST);
        if is_said || is_story || known < needed(column.kind) || lines == LINES {
            continue;
        }
        for (side, value) in sides.iter_mut().zip(values) {
            let value = if value.is_empty() { NOTHING.into() } else { value.replace('\n', " ") };
            side.extend(["\n", &column.title, ": ", &value]);
        }
        lines += 1;
    }
    sides
}

/// More sides than there are.
const NEVER: usize = 3;

/// Longest text that is compared, in bytes: a story says little at a glance.
const LONGEST: usize = 100;

/// How many of the two sides must have a value for it to be shown: what tells who a child is may help
/// where one has it alone.
fn needed(kind: FieldType) -> usize {
    match kind {
        FieldType::ChildId
        | FieldType::Nhs
        | FieldType::Upn
        | FieldType::Postcode
        | FieldType::Sex
        | FieldType::Forename
        | FieldType::Surname
        | FieldType::CaseNumber => 1,
        FieldType::Number | FieldType::Money | FieldType::Rag | FieldType::YesNo | FieldType::DateSpan => {
            NEVER
        }
        _ => 2,
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
        "One row per pair that may be the same: what differs is red, and a click on a file opens it at the row. Pick Same child, Different children or Not sure in the yellow column, save the file, and run collate again."
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
            let text = |text| self.0.pool.get(text);
            let (left, right) =
                ((review.left, text(review.left_text)), (review.right, text(review.right_text)));
            for side in values(table, left, right) {
                cells.text(&side);
            }
            let comment = self.0.pool.get(review.comment);
            cells.text(if comment.is_empty() { "" } else { "Not sure" });
            cells.text(comment);
            cells.end_row();
        }
    }

    /// What a person needs for an answer first, both sides next to each other.
    fn shown(&self) -> Vec<usize> {
        vec![0, 18, 19, 17, 20, 21, 4, 5, 6, 7, 10, 11, 12, 13, 15, 14, 16, 2, 8, 1, 3, 9]
    }
}
