//! What every output is: a table that says its columns once and writes any stretch of its rows.
//! The csv file, the sheet of the workbook and the table of a database are all drawn from it.

use std::borrow::Cow;
use std::ops::Range;

use collate_model::{Dataset, EntityColumn, EntityTable, FieldType};

use crate::cells::Cells;
use crate::{changes, conflicts, entities, history, marks, problems, provenance, redirects, review, sources};

/// How a column looks in the workbook. In csv files everything is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Identifiers and references: text, never a number.
    Id,
    /// Text.
    Text,
    /// A file; its sheet and row are in the next two columns. A link to them, where the way is known.
    File,
    /// Sentences: a wide column.
    Prose,
    /// The name of a column or entity: `date_of_birth` is shown as `Date of birth`.
    Name,
    /// A value of any column: days become real dates, all else is text.
    Value,
    /// ISO days become real dates; what is no day stays text.
    Date,
    /// A deadline or period, as it was written: like a date in the workbook, but text by nature.
    Span,
    /// Pounds.
    Money,
    /// A number as it is.
    Number,
    /// A whole number: of a row, or of things counted.
    Whole,
    /// A number with two decimals.
    Bits,
    /// 0 to 1, shown as a percentage.
    Probability,
    /// Shown with a capital.
    YesNo,
    /// The word in its colour.
    Rag,
    /// The word in its colour.
    Severity,
    /// Lines to be compared with those of the column with this index: what differs is marked.
    Beside(u8),
    /// Left to a person: one of three answers.
    Answer,
    /// Left to a person.
    Comment,
}

impl From<FieldType> for Look {
    fn from(kind: FieldType) -> Look {
        match kind {
            FieldType::Text
            | FieldType::People
            | FieldType::Forename
            | FieldType::Surname
            | FieldType::Official
            | FieldType::Code
            | FieldType::Codes
            | FieldType::LegalStatus
            | FieldType::Sex => Look::Text,
            FieldType::Date => Look::Date,
            FieldType::DateSpan => Look::Span,
            FieldType::CaseNumber
            | FieldType::Reference
            | FieldType::ChildId
            | FieldType::Nhs
            | FieldType::Upn
            | FieldType::Postcode => Look::Id,
            FieldType::YesNo => Look::YesNo,
            FieldType::Money => Look::Money,
            FieldType::Number => Look::Number,
            FieldType::Rag => Look::Rag,
        }
    }
}

/// Stands in a text where one of two that are compared says nothing: that is no difference.
pub(crate) const NOTHING: &str = "–";

/// One column of an output.
#[derive(Debug, Clone)]
pub struct Column {
    /// Heading in the csv file.
    pub name: Cow<'static, str>,
    /// Heading in the workbook.
    pub title: Cow<'static, str>,
    /// How it looks in the workbook.
    pub look: Look,
    /// It has no value at all: hidden in the workbook.
    pub empty: bool,
}

impl Column {
    /// A column with fixed headings.
    pub const fn new(name: &'static str, title: &'static str, look: Look) -> Self {
        Column { name: Cow::Borrowed(name), title: Cow::Borrowed(title), look, empty: false }
    }

    /// Only in the workbook, for a person to fill in.
    pub fn is_for_answers(&self) -> bool {
        matches!(self.look, Look::Answer | Look::Comment)
    }
}

/// What tells the rows of an output apart, for databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The columns with these indices, which no two rows share.
    Columns(&'static [usize]),
    /// The columns with these indices, and a running number among the rows that share them. Such rows
    /// follow each other.
    Running(&'static [usize]),
}

/// A table that is published.
pub trait Output: Sync {
    /// Name of the csv file, without its ending.
    fn name(&self) -> &str;

    /// Title of the sheet.
    fn title(&self) -> &str;

    /// What one row is, in a sentence.
    fn about(&self) -> &str;

    /// The columns.
    fn columns(&self) -> &[Column];

    /// What tells its rows apart.
    fn key(&self) -> Key {
        Key::Columns(&[0])
    }

    /// Number of rows.
    fn count(&self) -> u64;

    /// What the rows are of, in the order in which they are published: an item has one row, or none,
    /// or several.
    fn items(&self) -> usize;

    /// Writes the rows of these items.
    fn write(&self, items: Range<usize>, cells: &mut dyn Cells);

    /// Indices of the columns in the order in which the workbook shows them.
    fn shown(&self) -> Vec<usize> {
        (0..self.columns().len()).collect()
    }
}

/// Of lists that follow each other, those that items of the whole fall into: (list, items in it).
pub fn stretches(
    lengths: impl Iterator<Item = usize>,
    items: Range<usize>,
) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut start = 0;
    lengths.enumerate().filter_map(move |(list, length)| {
        let (from, to) = (items.start.max(start), items.end.min(start + length));
        let within = (from < to).then(|| (list, from - start..to - start));
        start += length;
        within
    })
}

/// Every column of every table of a dataset, with its table.
pub(crate) fn columns_of(dataset: &Dataset) -> Vec<(&EntityTable, &EntityColumn)> {
    dataset.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column))).collect()
}

/// Every output of a dataset, in the order in which they are published.
pub fn outputs(dataset: &Dataset) -> Vec<Box<dyn Output + '_>> {
    let mut all = entities::all(dataset);
    all.push(Box::new(sources::Sources(dataset)));
    all.push(Box::new(provenance::Provenance::new(dataset)));
    all.push(Box::new(conflicts::Conflicts::new(dataset)));
    all.push(Box::new(history::History::new(dataset)));
    all.push(Box::new(review::Reviews(dataset)));
    all.push(Box::new(changes::Changes(dataset)));
    all.push(Box::new(redirects::Redirects(dataset)));
    all.push(Box::new(marks::Marks(dataset)));
    all.push(Box::new(problems::Problems(dataset)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_the_whole_fall_into_the_lists_in_their_order() {
        for (items, expected) in [
            (0..7, vec![(0, 0..3), (2, 0..4)]),
            (2..4, vec![(0, 2..3), (2, 0..1)]),
            (3..3, vec![]),
            (4..9, vec![(2, 1..4)]),
        ] {
            assert_eq!(stretches([3, 0, 4].into_iter(), items).collect::<Vec<_>>(), expected);
        }
    }
}
