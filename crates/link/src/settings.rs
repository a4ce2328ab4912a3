//! What the caller decides: when to join, what to start from, which pairs to compare besides.

use crate::block::Rule;
use crate::model::Start;

/// How records are linked.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Groups are joined from this weight on, in bits. The weight of two groups is cautious: what
    /// differs is averaged over their records and weighed by their sizes, what agrees counts once
    /// however often it is repeated, and that no rival was found counts for little. So most groups
    /// a little below 0 are one person, and the default is there.
    pub join_at: f64,
    /// Groups that are not joined are shown to a person from this weight on, in bits.
    pub review_at: f64,
    /// Wholly different forenames or dates of birth bar a join unless an identifier agrees: twins
    /// share all but the forename, and namesakes all but the date. For records of families, and
    /// wherever there are too few records to learn how often such things differ.
    pub strict: bool,
    /// What the model starts from, and whether it is fitted at all.
    pub start: Start,
    /// Blocking rules besides the built-in ones. They are used whatever they cost.
    pub rules: Vec<Rule>,
    /// Bytes of memory that pairs of records may take; beyond it they are worked on in parts, which
    /// lie in a temporary file meanwhile. The result is the same.
    pub pair_memory: Option<u64>,
}

/// Records from which on a model has enough to learn from.
const ENOUGH_TO_LEARN: usize = 2000;
/// Bits from which groups of few records are joined.
const CAUTIOUS: f64 = 0.5;

impl Settings {
    /// The same for so many records: where there is little to learn a model from, it is trusted
    /// less, and what differs wholly bars a join.
    pub fn for_records(&self, records: usize) -> Settings {
        let mut settings = self.clone();
        if Self::are_few(records) {
            settings.join_at = settings.join_at.max(CAUTIOUS);
            settings.strict = true;
        }
        settings
    }

    /// Too few records to learn from how often one person's names and dates differ.
    pub fn are_few(records: usize) -> bool {
        records < ENOUGH_TO_LEARN
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            join_at: -1.0,
            review_at: -3.0,
            strict: false,
            start: Start::Fresh,
            rules: Vec::new(),
            pair_memory: None,
        }
    }
}
