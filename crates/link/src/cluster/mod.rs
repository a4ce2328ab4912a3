//! From scored pairs to persons.
//!
//! Never connected components: one nearly empty record would chain two people together.
//! Groups grow by joining the two that match best as wholes, and a group that fits two others
//! about equally well is joined to neither.

mod account;
mod agglomerate;
mod components;
mod coverage;
mod group;
mod member;
mod order;
mod sums;

use serde::{Deserialize, Serialize};

use crate::compare::Pattern;
use crate::pile::{Entry, number};

pub(crate) use account::{FieldAccount, account};
pub(crate) use agglomerate::agglomerate;
pub(crate) use components::root;
pub use coverage::Coverage;
pub(crate) use group::{Bar, Groups, Match};
pub(crate) use member::rest;
pub use member::{Member, members, probabilities};
pub(crate) use order::{by_cluster, each_cluster, in_groups, left_over};

/// A cluster of no more records is a piece that may be left over of a larger one.
pub(crate) const PIECE: usize = 3;

/// A pair of records with its match weight in bits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Edge {
    /// One record.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// log2 of the odds that they are one person.
    pub weight: f32,
    /// How they agree.
    pub pattern: Pattern,
}

impl Entry for Edge {
    const BYTES: usize = 20;

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.a.to_le_bytes());
        bytes.extend(self.b.to_le_bytes());
        bytes.extend(self.weight.to_bits().to_le_bytes());
        bytes.extend(self.pattern.to_bits().to_le_bytes());
    }

    fn get(bytes: &[u8]) -> Self {
        Edge {
            a: u32::from_le_bytes(number(bytes)),
            b: u32::from_le_bytes(number(&bytes[4..])),
            weight: f32::from_bits(u32::from_le_bytes(number(&bytes[8..]))),
            pattern: Pattern::from_bits(u64::from_le_bytes(number(&bytes[12..]))),
        }
    }
}

/// Why a pair of clusters was not joined although much speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Likely, but not likely enough.
    TooClose,
    /// It fits another cluster about as well.
    TwoCandidates,
    /// Both have a number that only one person can have, and it differs.
    IdentifiersDiffer,
    /// Everything fits but the forename.
    ForenamesDiffer,
    /// Everything fits but the date of birth.
    DatesDiffer,
    /// Of forename, surname and date of birth two differ, among records of families.
    TooLittleInCommon,
    /// Two sources have them side by side, different in the same way.
    DifferenceRepeats,
    /// Rows of one source that shows that it has each person once, and not much the same name and
    /// date of birth.
    OneSource,
}

/// Two clusters that a person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// The record of the one cluster that is most like the other.
    pub left: u32,
    /// The record of the other that is most like it.
    pub right: u32,
    /// How these two records agree.
    pub pattern: Pattern,
    /// Match weight of the two clusters, in bits.
    pub weight: f64,
    /// Bits between this and the next best candidate; `None` where there is no other.
    pub lead: Option<f64>,
    /// Why they were not joined.
    pub why: Why,
}

/// Probability from log2 of the odds.
pub fn probability(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}
