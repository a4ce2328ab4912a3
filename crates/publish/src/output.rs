//! What every output is: a table that says its columns once and gives its rows one by one.
//! The csv file and the sheet of the workbook are both drawn from it.

use std::borrow::Cow;

use collate_model::{Dataset, FieldType};

use crate::error::PublishError;
use crate::row::Row;
use crate::{conflicts, entities, history, problems, provenance, review, sources};

/// How a column looks in the workbook. In csv files everything is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Identifiers and references: text, never a number.
    Id,
    /// Text.
    Text,
    /// Sentences: a wide column.
    Prose,
    /// The name of a column or entity: `date_of_birth` is shown as `Date of birth`.
    Name,
    /// A value of any column: days become real dates, all else is text.
    Value,
    /// ISO days become real dates; what is no day stays text.
    Date,
    /// Pounds.
    Money,
    /// A number as it is.
    Number,
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
            FieldType::Date | FieldType::DateSpan => Look::Date,
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

/// One column of an output.
#[derive(Debug, Clone)]
pub(crate) struct Column {
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

/// Takes each row as it is made.
pub(crate) type Take<'a> = &'a mut dyn FnMut(&Row) -> Result<(), PublishError>;

/// A table that is published.
pub(crate) trait Output: Sync {
    /// Name of the csv file, without its ending.
    fn name(&self) -> &str;

    /// Title of the sheet.
    fn title(&self) -> &str;

    /// What one row is, in a sentence.
    fn about(&self) -> &str;

    /// The columns.
    fn columns(&self) -> &[Column];

    /// Number of rows.
    fn count(&self) -> u64;

    /// Makes every row in `row` and hands it to `take`, in the order in which they are published.
    fn rows(&self, row: &mut Row, take: Take<'_>) -> Result<(), PublishError>;

    /// Indices of the columns in the order in which the workbook shows them.
    fn shown(&self) -> Vec<usize> {
        (0..self.columns().len()).collect()
    }

    /// A long list that few people open in a workbook: beyond some size it is left to the csv file.
    fn is_long_list(&self) -> bool {
        false
    }
}

/// Every output of a dataset, in the order in which they are published.
pub(crate) fn all(dataset: &Dataset) -> Vec<Box<dyn Output + '_>> {
    let mut all = entities::all(dataset);
    all.push(Box::new(sources::Sources(dataset)));
    all.push(Box::new(provenance::Provenance(dataset)));
    all.push(Box::new(conflicts::Conflicts(dataset)));
    all.push(Box::new(history::History(dataset)));
    all.push(Box::new(review::Reviews(dataset)));
    all.push(Box::new(problems::Problems(dataset)));
    all
}
