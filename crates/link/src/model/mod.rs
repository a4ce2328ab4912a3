//! The comparison model: what each level of agreement says about two records.
//!
//! After Fellegi and Sunter, "A Theory for Record Linkage" (JASA 1969), with three classes in
//! place of two: a pair is of one person, of two people of one household, or of two unrelated
//! people. The household class explains a shared surname, address or case, so that only what
//! speaks of the person can join two records of one family.

mod fit;
mod frequency;
mod patterns;
mod saved;
mod score;
mod start;

use serde::{Deserialize, Serialize};

use crate::compare::{SAME, date, levels, name, swapped};
use crate::records::{FieldKind, Records};

pub use fit::{fit, refit};
pub use frequency::Frequencies;
pub use patterns::{KeptPair, Patterns};
pub use saved::ModelError;
pub use score::{Evidence, FieldWeight, Scorer};
pub use start::{Basis, Start};

/// No level has a smaller probability: none gets an infinite weight.
pub const FLOOR: f64 = 0.001;
/// Two rows of a source that is kept free of duplicates are one person this much less often than
/// two others, before the data says better.
const WITHIN: f64 = 32.0;
/// The floor for unrelated people, where agreement can be rarer than one in a million.
pub const U_FLOOR: f64 = 1e-8;

/// What the levels of one column say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnModel {
    /// Name of the column.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// Probability of each level between records of one person; index 0, missing, is not used.
    pub m: Vec<f64>,
    /// The same between people of one household.
    pub household: Vec<f64>,
    /// The same between unrelated people.
    pub u: Vec<f64>,
}

/// A comparison model for the columns of [`Records`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// One entry per column, in their order.
    pub columns: Vec<ColumnModel>,
    /// Share of all pairs that are of one person.
    pub prior_same: f64,
    /// The same within sources that are kept free of duplicates, where it is far smaller.
    pub prior_within: f64,
    /// Share of all pairs that are of one household but not of one person.
    pub prior_household: f64,
    /// Candidate pairs that it was fitted to.
    pub fitted_to: u64,
    /// Records that they were of.
    pub records: u64,
}

impl ColumnModel {
    /// Holds the class of one person to what the word means: most of its records agree in name,
    /// date of birth and identifiers. Without it the class is free to become something else that
    /// is more frequent than true pairs: a household, or strangers of one age.
    fn hold_person(&mut self) {
        if self.kind == FieldKind::Set {
            self.hold_set();
        }
        let least = match self.kind {
            FieldKind::Forename | FieldKind::Surname => 0.5,
            FieldKind::Date | FieldKind::Identifier => 0.65,
            _ => return,
        };
        let same = SAME as usize;
        let missing = least - self.m[same];
        if missing > 0.0 {
            let others: Vec<usize> =
                (1..self.m.len()).filter(|level| *level != same && self.asks(*level)).collect();
            let rest: f64 = others.iter().map(|level| self.m[*level]).sum();
            for level in others {
                self.m[level] -= missing * self.m[level] / rest;
            }
            self.m[same] = least;
        }
    }

    /// Two sources each know a part of a set, so one person's may well have nothing in common.
    /// Clusters that were formed by the sets show too little of that.
    fn hold_set(&mut self) {
        let same = SAME as usize;
        let most = levels(self.kind)[same].m;
        for shares in [&mut self.m, &mut self.household] {
            let excess = (shares[same] - most).max(0.0);
            shares[same] -= excess;
            shares[same + 1] += excess;
        }
    }

    /// Holds the class of one household to what the word means: brothers and sisters differ in
    /// forename and, but for twins, in date of birth, father and son in the date. Without it the
    /// class takes a part of the true pairs where there are no households.
    fn hold_household(&mut self) {
        let Some((most, agree)) = self.unlike_in_household() else { return };
        let alike: f64 = self.answers().filter(|level| *level < agree).map(|l| self.household[l]).sum();
        if alike > most {
            let levels: Vec<usize> = self.answers().collect();
            for level in levels {
                let share = if level < agree { most / alike } else { (1.0 - most) / (1.0 - alike) };
                self.household[level] *= share;
            }
        }
    }

    /// Most of a household's pairs that can be alike in the column, and the level from which they are
    /// not.
    fn unlike_in_household(&self) -> Option<(f64, usize)> {
        let (most, agree) = match self.kind {
            FieldKind::Forename => (0.08, name::forename::DOUBTFUL),
            FieldKind::Date => (0.15, date::DOUBTFUL),
            FieldKind::Identifier => (0.002, SAME + 1),
            _ => return None,
        };
        Some((most, agree as usize))
    }

    /// The levels that answer the question that the best level answers.
    fn answers(&self) -> impl Iterator<Item = usize> + '_ {
        (SAME as usize..self.m.len()).filter(|level| self.asks(*level))
    }

    /// The level is an answer to the question that the best level answers.
    fn asks(&self, level: usize) -> bool {
        let table = levels(self.kind);
        table[level].question == table[SAME as usize].question
    }

    /// Two people who share a value, as twins share a date of birth, have it miswritten as often as
    /// one person has: a slip must not speak louder for one person than the value itself does.
    fn share_slips(&mut self) {
        let same = SAME as usize;
        let twins = self.household[same] / self.m[same];
        for level in 1..self.m.len() {
            if level != same && self.asks(level) {
                self.household[level] = self.household[level].max(self.m[level] * twins);
            }
        }
    }

    /// However often a keeper swaps forename and surname, what the swapped names say about the
    /// person is what they would say in their places: how often they are swapped cancels out.
    fn level_swaps(&mut self) {
        if let Some(swapped) = swapped(self.kind) {
            let (swapped, same) = (swapped as usize, SAME as usize);
            self.household[swapped] = self.m[swapped] * self.household[same] / self.m[same];
            self.u[swapped] = self.m[swapped] * self.u[same] / self.m[same];
        }
    }
}

impl Model {
    /// The model to start from: round figures for each kind of field, and every second record
    /// one that has a match.
    pub fn starting(records: &Records) -> Self {
        let columns = records.columns().iter().map(|column| {
            let table = levels(column.kind);
            let mut model = ColumnModel {
                name: column.name.clone(),
                kind: column.kind,
                m: table.iter().map(|l| l.m).collect(),
                household: table.iter().map(|l| l.household).collect(),
                u: table.iter().map(|l| l.u).collect(),
            };
            model.share_slips();
            model.level_swaps();
            model
        });
        let prior = 1.0 / (records.len().max(2) as f64);
        Model {
            columns: columns.collect(),
            prior_same: prior,
            prior_within: prior / WITHIN,
            prior_household: prior,
            fitted_to: 0,
            records: records.len() as u64,
        }
    }
}
