//! Which cleaner reads which field type. A [`Cleaner`] is made once per column, so that a
//! field's list of values is prepared once.

use collate_model::{CellKind, Cleaned, Field, FieldType, Value};

use crate::codes::Vocabulary;
use crate::flaw::Flaw;
use crate::{
    Context, case_number, codes, dates, legal_status, missing, money, nhs, number, people, postcode, rag,
    reference, sex, text, upn, yes_no,
};

/// Reads one text, for tests, `inspect` and recognition by values. `context` has the decisions
/// that were taken over the whole column.
pub fn clean_text(text: &str, cell: CellKind, field: &Field, context: &Context) -> Cleaned {
    Cleaner::new(Some(field), *context).clean(text, cell)
}

/// Reads the cells of one column.
pub(crate) struct Cleaner<'a> {
    field: Option<&'a Field>,
    context: Context,
    vocabulary: Vocabulary,
}

impl<'a> Cleaner<'a> {
    /// For a field; `None` is a column that is kept as text under its own heading.
    pub(crate) fn new(field: Option<&'a Field>, context: Context) -> Self {
        Cleaner { field, context, vocabulary: field.map(Vocabulary::new).unwrap_or_default() }
    }

    /// One cell.
    pub(crate) fn clean(&self, text: &str, cell: CellKind) -> Cleaned {
        let (value, flaw) = if cell == CellKind::Error || missing::is_error(text) {
            (Value::Missing, missing::of_error(text))
        } else if text.trim().is_empty() {
            (Value::Missing, None)
        } else {
            self.value(text, cell)
        };
        Cleaned { raw: text.into(), value, flaw }
    }

    fn value(&self, text: &str, cell: CellKind) -> (Value, Option<Flaw>) {
        let Some(field) = self.field else { return (text::clean(text), None) };
        match field.kind {
            // These have words of their own for what is not known.
            FieldType::Text => (text::clean(text), None),
            FieldType::YesNo => yes_no::clean(text, &self.context),
            FieldType::Sex => sex::clean(text),
            FieldType::Money => money::clean(text),
            FieldType::Code => codes::clean_one(text, &self.vocabulary),
            FieldType::Codes => codes::clean_several(text, &self.vocabulary),
            FieldType::LegalStatus => legal_status::clean(text, &self.vocabulary),
            _ if missing::is_missing(text) => (Value::Missing, None),
            FieldType::People => people::clean(text, field, &self.context),
            FieldType::Forename => people::clean_forename(text),
            FieldType::Surname => people::clean_surname(text),
            FieldType::Official => (reference::official(text), None),
            FieldType::Date => dates::clean(text, cell, &self.context, false),
            FieldType::DateSpan => dates::clean(text, cell, &self.context, true),
            FieldType::CaseNumber => case_number::clean(text, cell),
            FieldType::Reference => (reference::clean(text), None),
            FieldType::ChildId => reference::clean_child_id(text),
            FieldType::Nhs => nhs::clean(text),
            FieldType::Upn => upn::clean(text),
            FieldType::Postcode => postcode::clean(text),
            FieldType::Number => number::clean(text),
            FieldType::Rag => rag::clean(text),
        }
    }
}
