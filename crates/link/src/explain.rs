//! Why two records are, or are not, one person.
//!
//! A score is a record of its contributions; text, JSON and every other view are drawn from it.

use serde::Serialize;

use crate::cluster::probability;
use crate::compare::{MISSING, Memory, Pattern, SAME, levels};
use crate::model::{FieldWeight, Scorer};
use crate::records::{Column, Records};

/// What one field says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// Name of the column.
    pub field: String,
    /// Values of the one record.
    pub left: Vec<String>,
    /// Values of the other.
    pub right: Vec<String>,
    /// How they agree, in words.
    pub level: &'static str,
    /// Bits for one person against unrelated people.
    pub weight: f64,
    /// The part of them that comes from how rare the shared value is.
    pub rarity: f64,
}

/// The whole reckoning for two records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Field by field, in the order of the columns.
    pub contributions: Vec<Contribution>,
    /// Bits that any two records start from.
    pub prior: f64,
    /// Bits taken off because two people of one household would agree like that too.
    pub household: f64,
    /// Bits taken off because both records are of one source that is free of duplicates.
    pub within_source: f64,
    /// The sum: log2 of the odds that they are one person.
    pub weight: f64,
    /// Probability that they are one person.
    pub probability: f64,
    /// The same in a sentence.
    pub sentence: String,
}

/// Explains a pair of records.
pub fn explain(scorer: &Scorer, a: u32, b: u32) -> Explanation {
    let records = scorer.comparer().records();
    let pattern = scorer.comparer().pattern(a.min(b), a.max(b), &mut Memory::default());
    let values = |column: &Column, record| {
        column.ids(record).iter().map(|id| column.values()[*id as usize].to_string()).collect()
    };
    let mut sum = FieldWeight::default();
    let mut contributions = Vec::new();
    for (c, column) in records.columns().iter().enumerate() {
        let level = pattern.get(c);
        let weight = scorer.field(c, level, a, b);
        sum.same += weight.same;
        sum.household += weight.household;
        contributions.push(Contribution {
            field: column.name.clone(),
            left: values(column, a),
            right: values(column, b),
            level: levels(column.kind)[level as usize].label,
            weight: weight.same,
            rarity: weight.rarity,
        });
    }
    let within = usize::from(records.same_distinct_source(a, b));
    let weight = scorer.odds(sum, within);
    Explanation {
        contributions,
        prior: scorer.prior(),
        household: -scorer.against(sum),
        within_source: weight - scorer.odds(sum, 0),
        weight,
        probability: probability(weight),
        sentence: sentence(records, pattern),
    }
}

/// `forename and date of birth the same; surname has a part in common; postcode is different`.
pub fn sentence(records: &Records, pattern: Pattern) -> String {
    let columns = || records.columns().iter().enumerate();
    let same: Vec<&str> =
        columns().filter(|(c, _)| pattern.get(*c) == SAME).map(|(_, column)| column.name.as_str()).collect();
    let mut parts = Vec::new();
    match same.as_slice() {
        [] => {}
        [one] => parts.push(format!("{one} the same")),
        [most @ .., last] => parts.push(format!("{} and {last} the same", most.join(", "))),
    }
    for (c, column) in columns() {
        let level = pattern.get(c);
        if level != MISSING && level != SAME {
            parts.push(format!("{} {}", column.name, levels(column.kind)[level as usize].label));
        }
    }
    if parts.is_empty() { "nothing to compare".to_owned() } else { parts.join("; ") }
}
