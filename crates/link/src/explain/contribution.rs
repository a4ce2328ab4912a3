//! Field by field: what two records, or two groups of records, add up to.

use super::Serialize;
use crate::cluster::{Coverage, FieldAccount, account, probability};
use crate::compare::{MISSING, Pattern, SAME, levels};
use crate::model::Scorer;
use crate::records::{Column, Records};

/// What one field says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// Name of the column.
    pub field: String,
    /// Distinct values of the one side.
    pub left: Vec<String>,
    /// Distinct values of the other.
    pub right: Vec<String>,
    /// How they agree at best, in words.
    pub level: &'static str,
    /// Pairs of records, one of each side, that agree like that.
    pub at_level: usize,
    /// Pairs of records that both know the field.
    pub known: usize,
    /// Bits for one person against unrelated people.
    pub weight: f64,
    /// The part of them that comes from how rare the shared value is.
    pub rarity: f64,
}

/// The whole reckoning for two records, or for two groups of records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Field by field, in the order of the columns.
    pub contributions: Vec<Contribution>,
    /// Bits that any two records start from.
    pub prior: f64,
    /// Bits taken off because two people of one household would agree like that too.
    pub household: f64,
    /// Bits taken off because records of both are of one source that is free of duplicates.
    pub within_source: f64,
    /// Bits added because nobody else fits in a source that has nearly everybody.
    pub nobody_else: f64,
    /// The sum: log2 of the odds that they are one person.
    pub weight: f64,
    /// Probability that they are one person.
    pub probability: f64,
    /// The same in a sentence.
    pub sentence: String,
}

impl Explanation {
    pub(super) fn of(scorer: &Scorer, coverage: &Coverage, left: &[u32], right: &[u32]) -> Self {
        let records = scorer.comparer().records();
        let account = account(scorer, coverage, left, right);
        let mut pattern = Pattern::default();
        let mut contributions = Vec::new();
        for (c, (column, field)) in records.columns().iter().zip(&account.fields).enumerate() {
            pattern.set(c, field.level);
            contributions.push(contribution(column, field, left, right));
        }
        let weight = scorer.odds(account.sum, account.within) + account.alone;
        Explanation {
            contributions,
            prior: scorer.prior(),
            household: -scorer.against(account.sum),
            within_source: scorer.odds(account.sum, account.within) - scorer.odds(account.sum, 0),
            nobody_else: account.alone,
            weight,
            probability: probability(weight),
            sentence: sentence(records, pattern),
        }
    }
}

fn contribution(column: &Column, field: &FieldAccount, left: &[u32], right: &[u32]) -> Contribution {
    Contribution {
        field: column.name.clone(),
        left: values(column, left).into_iter().map(|(text, _)| text).collect(),
        right: values(column, right).into_iter().map(|(text, _)| text).collect(),
        level: levels(column.kind)[field.level as usize].label,
        at_level: field.at_level,
        known: field.known,
        weight: field.weight.same,
        rarity: field.weight.rarity,
    }
}

/// The distinct values that records have in a column, each with the number of them that have it,
/// in the order in which they come.
pub(super) fn values(column: &Column, records: &[u32]) -> Vec<(String, usize)> {
    let mut found: Vec<(u32, usize)> = Vec::new();
    for id in records.iter().flat_map(|record| column.ids(*record)) {
        match found.iter_mut().find(|(known, _)| known == id) {
            Some((_, count)) => *count += 1,
            None => found.push((*id, 1)),
        }
    }
    found.into_iter().map(|(id, count)| (column.values()[id as usize].to_string(), count)).collect()
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
