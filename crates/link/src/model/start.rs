//! What a model starts from, and what its figures rest on in the end.

use serde::{Deserialize, Serialize};

use super::Model;
use super::fit::STRENGTH_M;
use crate::records::{Column, Records};

/// What a model starts from.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Start {
    /// Round figures for each kind of field, fitted to the records.
    #[default]
    Fresh,
    /// The figures of another model, fitted to the records.
    From(Model),
    /// The figures of another model as they are.
    Frozen(Model),
}

impl Start {
    /// The model before anything is fitted, for the columns of these records.
    pub fn model(&self, records: &Records) -> Model {
        match self {
            Start::Fresh => Model::starting(records),
            Start::From(model) | Start::Frozen(model) => model.applied_to(records),
        }
    }

    /// Nothing is fitted.
    pub fn is_frozen(&self) -> bool {
        matches!(self, Start::Frozen(_))
    }
}

/// What the figures of a model rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The records.
    Fitted,
    /// Mostly what it started from: fewer records were joined than that counts for.
    TooFew,
    /// Nothing but what it started from: there were no two records to compare.
    Unfitted,
    /// Another model, as it is.
    Frozen,
}

impl Basis {
    /// Joined records below which the figures to start from outweigh them.
    pub const ENOUGH: usize = STRENGTH_M as usize;

    /// From what was compared, and how many records were joined to another.
    pub(crate) fn of(start: &Start, candidates: u64, joined: usize) -> Self {
        match (start.is_frozen(), candidates) {
            (true, _) => Basis::Frozen,
            (false, 0) => Basis::Unfitted,
            _ if joined < Self::ENOUGH => Basis::TooFew,
            _ => Basis::Fitted,
        }
    }
}

impl Model {
    /// The model for the columns of these records: a column that it does not know has the figures
    /// to start from. The shares of pairs that are of one person or household fall as records are
    /// added, because every record has about as many others of its person as before.
    pub fn applied_to(&self, records: &Records) -> Model {
        let mut model = Model::starting(records);
        for (column, own) in records.columns().iter().zip(&mut model.columns) {
            if let Some(known) = self.columns.iter().find(|known| known.is_of(column)) {
                own.clone_from(known);
            }
        }
        let fewer = self.records.max(2) as f64 / records.len().max(2) as f64;
        let scaled = |share: f64| (share * fewer).min(share.max(0.5));
        model.prior_same = scaled(self.prior_same);
        model.prior_within = scaled(self.prior_within);
        model.prior_household = scaled(self.prior_household);
        model.fitted_to = self.fitted_to;
        model
    }

    /// The columns of these records that the model does not know.
    pub fn unknown<'a>(&self, records: &'a Records) -> Vec<&'a str> {
        let unknown = |column: &&Column| !self.columns.iter().any(|known| known.is_of(column));
        records.columns().iter().filter(unknown).map(|column| column.name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::FieldKind;

    fn records(len: usize, columns: &[(&str, FieldKind)]) -> Records {
        columns.iter().fold(Records::new(len), |records, (name, kind)| {
            records.with(Column::from_texts(name, *kind, vec![["x"]; len]))
        })
    }

    #[test]
    fn a_model_is_applied_by_the_names_and_kinds_of_columns() {
        let old = records(10, &[("name", FieldKind::Surname), ("town", FieldKind::Text)]);
        let mut model = Model::starting(&old);
        model.columns[0].m[1] = 0.7;
        let new =
            records(20, &[("town", FieldKind::Code), ("sex", FieldKind::Code), ("name", FieldKind::Surname)]);
        let applied = model.applied_to(&new);
        assert_eq!(applied.columns[2], model.columns[0]);
        assert_eq!(applied.columns[..2], Model::starting(&new).columns[..2]);
        assert_eq!(model.unknown(&new), ["town", "sex"]);
        // Twice the records have four times the pairs and twice the pairs of one person.
        assert_eq!(applied.prior_same, model.prior_same / 2.0);
        assert_eq!(model.applied_to(&old), model);
    }

    #[test]
    fn what_a_model_rests_on() {
        let model = Model::starting(&records(2, &[]));
        for (start, candidates, joined, basis) in [
            (Start::Fresh, 0, 0, Basis::Unfitted),
            (Start::Fresh, 100, 39, Basis::TooFew),
            (Start::From(model.clone()), 100, 40, Basis::Fitted),
            (Start::Frozen(model), 100, 40, Basis::Frozen),
        ] {
            assert_eq!(Basis::of(&start, candidates, joined), basis);
        }
    }
}
