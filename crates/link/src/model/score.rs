//! Match weights: what a pair's agreement adds up to, in bits.

use super::{Frequencies, Model};
use crate::compare::{Comparer, MISSING, Pattern};
use crate::records::Speaks;

/// What one field says about two records, in bits: against two unrelated people.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FieldWeight {
    /// log2 of how much likelier the level is for one person.
    pub same: f64,
    /// log2 of how much likelier it is for two people of one household.
    pub household: f64,
    /// The part of `same` that comes from how rare the shared value is.
    pub rarity: f64,
}

/// Scores pairs and groups with a fitted model.
pub struct Scorer<'a> {
    comparer: &'a Comparer<'a>,
    frequencies: &'a Frequencies,
    /// For each column and level, without rarity.
    weights: Vec<Vec<FieldWeight>>,
    /// log2 of the share of values that agree at a level, which rarity is measured against.
    typical: Vec<Vec<f64>>,
    prior_same: f64,
    /// Bits that two rows of one source free of duplicates have against them.
    within: f64,
    prior_household: f64,
    prior_rest: f64,
}

impl<'a> Scorer<'a> {
    /// Looks the weights of every level up once.
    pub fn new(model: &Model, comparer: &'a Comparer<'a>, frequencies: &'a Frequencies) -> Self {
        let weight = |m: f64, h: f64, u: f64| FieldWeight {
            same: (m / u).log2(),
            household: (h / u).log2(),
            rarity: 0.0,
        };
        let weights = model.columns.iter().map(|c| {
            let levels = 0..c.m.len();
            let of = |l: usize| {
                if l == 0 { FieldWeight::default() } else { weight(c.m[l], c.household[l], c.u[l]) }
            };
            levels.map(of).collect()
        });
        Scorer {
            comparer,
            frequencies,
            weights: weights.collect(),
            typical: model.columns.iter().map(|c| c.u.iter().map(|u| u.log2()).collect()).collect(),
            prior_same: model.prior_same.log2(),
            within: (model.prior_same / model.prior_within).log2(),
            prior_household: model.prior_household,
            prior_rest: (1.0 - model.prior_same - model.prior_household).max(f64::MIN_POSITIVE),
        }
    }

    /// The comparer it reads records through.
    pub fn comparer(&self) -> &'a Comparer<'a> {
        self.comparer
    }

    /// What a column's level says about two records.
    pub fn field(&self, column: usize, level: u8, a: u32, b: u32) -> FieldWeight {
        let mut weight = self.weights[column][level as usize];
        if level == MISSING {
            return weight;
        }
        if let Some(share) = self.frequencies.of_agreement(self.comparer, column, level, a, b) {
            // What is rare among unrelated people is as rare among brothers and sisters, unless
            // it is the household's own: then they share it, rare or not.
            weight.rarity = self.typical[column][level as usize] - f64::from(share).log2();
            weight.same += weight.rarity;
            if self.comparer.records().columns()[column].speaks == Speaks::OfHousehold {
                weight.household += weight.rarity;
            }
        }
        weight
    }

    /// Match weight of a pair: log2 of the odds that it is of one person.
    pub fn pair(&self, a: u32, b: u32, pattern: Pattern) -> f64 {
        let mut sum = FieldWeight::default();
        for column in 0..self.weights.len() {
            let weight = self.field(column, pattern.get(column), a, b);
            sum.same += weight.same;
            sum.household += weight.household;
        }
        let within = self.comparer.records().same_distinct_source(a, b);
        self.odds(sum, usize::from(within))
    }

    /// log2 of the odds of one person against a household or no relation at all, where the pair
    /// has `within` pairs of rows of one source that is free of duplicates.
    pub fn odds(&self, sum: FieldWeight, within: usize) -> f64 {
        self.prior_same + sum.same - self.against(sum) - self.within * within.min(2) as f64
    }

    /// log2 of how likely the evidence is if it is not one person.
    pub fn against(&self, sum: FieldWeight) -> f64 {
        (self.prior_household * sum.household.exp2() + self.prior_rest).log2()
    }

    /// log2 of the share of all pairs that are of one person.
    pub fn prior(&self) -> f64 {
        self.prior_same
    }

    /// Two people of one household are more frequent than two records of one person.
    pub fn has_families(&self) -> bool {
        self.prior_household > self.prior_same.exp2()
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.weights.len()
    }
}
