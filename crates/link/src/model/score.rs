//! Match weights: what a pair's agreement adds up to, in bits.

use super::{Frequencies, Model};
use crate::compare::{Comparer, MISSING, Pattern, SAME, swapped};
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

/// The same as odds too, so that means over many records take no powers of two.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// In bits.
    pub bits: FieldWeight,
    /// 2 to the power of `bits.same`.
    pub same_odds: f64,
    /// 2 to the power of `bits.household`.
    pub household_odds: f64,
}

/// What a level says, whatever the values.
struct LevelWeight {
    evidence: Evidence,
    /// The share of values that agree at the level, which rarity is measured against, and its log2.
    typical: f64,
    typical_bits: f64,
}

/// What a column's level can come to at most, whatever the values, in bits.
#[derive(Clone, Copy, Default)]
struct Most {
    /// Against two unrelated people.
    unrelated: f32,
    /// Against two of one household.
    household: f32,
}

/// Columns of a pattern that one look at the table of the [`Most`] sees.
const AT_ONCE: usize = 2;
/// The ways in which so many columns agree.
const WAYS: usize = 1 << (4 * AT_ONCE);
/// What rounding may take off a sum of [`Most`], in bits.
const ROUNDING: f32 = 1e-3;

/// Scores pairs and groups with a fitted model.
pub struct Scorer<'a> {
    comparer: &'a Comparer<'a>,
    frequencies: &'a Frequencies,
    /// For each column and level.
    levels: Vec<Vec<LevelWeight>>,
    prior_same: f64,
    /// Bits that two rows of one source free of duplicates have against them.
    within: f64,
    prior_household: f64,
    prior_rest: f64,
    /// For each two columns, by how both agree.
    most: Vec<[Most; WAYS]>,
}

impl<'a> Scorer<'a> {
    /// Looks the weights of every level up once.
    pub fn new(model: &Model, comparer: &'a Comparer<'a>, frequencies: &'a Frequencies) -> Self {
        let level = |(m, h, u): (f64, f64, f64), typical: f64| {
            let (same_odds, household_odds) = if m > 0.0 { (m / u, h / u) } else { (1.0, 1.0) };
            let bits = FieldWeight { same: same_odds.log2(), household: household_odds.log2(), rarity: 0.0 };
            LevelWeight {
                evidence: Evidence { bits, same_odds, household_odds },
                typical,
                typical_bits: typical.log2(),
            }
        };
        let levels = model.columns.iter().map(|c| {
            let of = |l: usize| match l as u8 {
                MISSING => level((0.0, 0.0, 1.0), 1.0),
                // Swapped names are as rare as in their places.
                swap if Some(swap) == swapped(c.kind) => {
                    level((c.m[l], c.household[l], c.u[l]), c.u[SAME as usize])
                }
                _ => level((c.m[l], c.household[l], c.u[l]), c.u[l]),
            };
            (0..c.m.len()).map(of).collect()
        });
        let mut scorer = Scorer {
            comparer,
            frequencies,
            levels: levels.collect(),
            prior_same: model.prior_same.log2(),
            within: (model.prior_same / model.prior_within).log2(),
            prior_household: model.prior_household,
            prior_rest: (1.0 - model.prior_same - model.prior_household).max(f64::MIN_POSITIVE),
            most: Vec::new(),
        };
        scorer.most = scorer.most();
        scorer
    }

    /// The table that [`Scorer::at_most`] looks things up in.
    fn most(&self) -> Vec<[Most; WAYS]> {
        let of = |column: usize, level: usize| -> Most {
            let Some(of_level) = self.levels.get(column).and_then(|levels| levels.get(level)) else {
                return Most::default();
            };
            let bits = of_level.evidence.bits;
            let rarest = match level as u8 {
                MISSING => None,
                level => self.frequencies.rarest(self.comparer, column, level),
            };
            let rarity = rarest.map_or(0.0, |share| of_level.typical_bits - f64::from(share.bits)).max(0.0);
            let of_person = if self.of_household(column) { 0.0 } else { rarity };
            Most {
                unrelated: (bits.same + rarity) as f32,
                household: (bits.same - bits.household + of_person) as f32,
            }
        };
        let pairs = (0..self.levels.len()).step_by(AT_ONCE).map(|first| {
            let mut ways = [Most::default(); WAYS];
            for (way, most) in ways.iter_mut().enumerate() {
                let (x, y) = (of(first, way & 15), of(first + 1, way >> 4));
                most.unrelated = x.unrelated + y.unrelated;
                most.household = x.household + y.household;
            }
            ways
        });
        pairs.collect()
    }

    /// What no pair of a pattern weighs more than, whatever its values: either alternative to one
    /// person alone is less than both.
    pub fn at_most(&self, pattern: Pattern) -> f32 {
        // A model that somebody wrote may count rows of one source for a match.
        let slack = ROUNDING + (-2.0 * self.within).max(0.0) as f32;
        let (mut unrelated, mut household) = (slack, slack);
        for (way, ways) in pattern.to_bits().to_le_bytes().into_iter().zip(&self.most) {
            let most = ways[way as usize];
            unrelated += most.unrelated;
            household += most.household;
        }
        let against = |prior: f64| (self.prior_same - prior.log2()) as f32;
        (unrelated + against(self.prior_rest)).min(household + against(self.prior_household))
    }

    /// The comparer it reads records through.
    pub fn comparer(&self) -> &'a Comparer<'a> {
        self.comparer
    }

    /// What a column's level says about two records.
    pub fn field(&self, column: usize, level: u8, a: u32, b: u32) -> FieldWeight {
        let of_level = &self.levels[column][level as usize];
        let mut weight = of_level.evidence.bits;
        if level != MISSING
            && let Some(share) = self.frequencies.of_agreement(self.comparer, column, level, a, b)
        {
            // What is rare among unrelated people is as rare among brothers and sisters, unless
            // it is the household's own: then they share it, rare or not.
            weight.rarity = of_level.typical_bits - f64::from(share.bits);
            weight.same += weight.rarity;
            if self.of_household(column) {
                weight.household += weight.rarity;
            }
        }
        weight
    }

    /// The same with its odds.
    pub fn evidence(&self, column: usize, level: u8, a: u32, b: u32) -> Evidence {
        let of_level = &self.levels[column][level as usize];
        let mut evidence = of_level.evidence;
        if let Some(share) = self.frequencies.of_agreement(self.comparer, column, level, a, b) {
            let (rarer, bits) =
                (of_level.typical / f64::from(share.of_all), of_level.typical_bits - f64::from(share.bits));
            evidence.bits.rarity = bits;
            evidence.bits.same += bits;
            evidence.same_odds *= rarer;
            if self.of_household(column) {
                evidence.bits.household += bits;
                evidence.household_odds *= rarer;
            }
        }
        evidence
    }

    /// The same without rarity.
    pub fn typical(&self, column: usize, level: u8) -> Evidence {
        self.levels[column][level as usize].evidence
    }

    /// Bits for one person of a level, without rarity; 0 where it is missing.
    pub fn bits(&self, column: usize, level: u8) -> f64 {
        self.levels[column][level as usize].evidence.bits.same
    }

    fn of_household(&self, column: usize) -> bool {
        self.comparer.records().columns()[column].speaks == Speaks::OfHousehold
    }

    /// Match weight of a pair: log2 of the odds that it is of one person.
    pub fn pair(&self, a: u32, b: u32, pattern: Pattern) -> f64 {
        let mut sum = FieldWeight::default();
        for column in 0..self.levels.len() {
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
        self.levels.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::Memory;
    use crate::records::{Column, FieldKind, Records};

    const NAMES: [&str; 8] = ["ann", "anne", "ann marie", "bob", "bo", "kowalczyk", "smith", "smith jones"];
    const DAYS: [&str; 5] = ["2012-03-14", "2012-03-15", "2012-03", "2014-12-03", ""];

    proptest! {
        /// For every pair, whatever its values, by fitted models and by such as somebody writes.
        #[test]
        fn no_pair_weighs_more_than_its_pattern_can(
            people in prop::collection::vec((0..8usize, 0..8usize, 0..5usize, 0..3u32), 2..12),
            prior_same in 1e-6..0.5f64,
            prior_within in 1e-9..1.0f64,
            prior_household in 0.0..0.4f64,
            persons in prop::collection::vec(0..4u32, 12),
        ) {
            let column = |name, kind, texts: Vec<&'static str>| {
                Column::from_texts(name, kind, texts.into_iter().map(|text| [text]))
            };
            let records = Records::new(people.len())
                .with(column("forename", FieldKind::Forename, people.iter().map(|p| NAMES[p.0]).collect()))
                .with(column("surname", FieldKind::Surname, people.iter().map(|p| NAMES[p.1]).collect()))
                .with(column("born", FieldKind::Date, people.iter().map(|p| DAYS[p.2]).collect()))
                .from_sources(people.iter().map(|p| p.3).collect(), vec![true, false, true]);
            let model = Model { prior_same, prior_within, prior_household, ..Model::starting(&records) };
            let comparer = Comparer::new(&records);
            let frequencies = Frequencies::new(&comparer, Some(&persons[..people.len()]));
            let scorer = Scorer::new(&model, &comparer, &frequencies);
            let mut memory = Memory::default();
            for b in 1..people.len() as u32 {
                for a in 0..b {
                    let pattern = comparer.pattern(a, b, &mut memory);
                    let weight = scorer.pair(a, b, pattern);
                    prop_assert!(f64::from(scorer.at_most(pattern)) >= weight, "{a} {b} {pattern:?}");
                }
            }
        }
    }
}
