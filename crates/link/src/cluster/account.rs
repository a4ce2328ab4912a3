//! What each field adds to the weight of two groups: the reckoning of [`Groups::compare`], taken
//! apart for whoever asks why. A test holds the two to the same sum.
//!
//! [`Groups::compare`]: super::group::Groups::compare

use super::coverage::Coverage;
use super::group::{Groups, enough};
use super::sums::Sums;
use crate::compare::{MISSING, Memory};
use crate::model::{Evidence, FieldWeight, Scorer};

/// What one field says about two groups.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FieldAccount {
    /// The best level that a record of the one has with a record of the other.
    pub level: u8,
    /// Pairs of their records that have it.
    pub at_level: usize,
    /// Pairs of their records that both know the field.
    pub known: usize,
    /// What it adds.
    pub weight: FieldWeight,
}

/// What all fields say about two groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Field by field, in the order of the columns.
    pub fields: Vec<FieldAccount>,
    /// Their sum.
    pub sum: FieldWeight,
    /// Pairs of rows of one source that is free of duplicates.
    pub within: usize,
    /// Bits because nobody else fits in a source that has nearly everybody.
    pub alone: f64,
}

/// Takes the weight of two groups apart.
pub fn account(scorer: &Scorer, coverage: &Coverage, xs: &[u32], ys: &[u32]) -> Account {
    let records = scorer.comparer().records();
    let (xs, ys) = (enough(xs), enough(ys));
    let against = (xs.len().min(ys.len()) as f64).sqrt();
    let pairs = || xs.iter().flat_map(|x| ys.iter().map(move |y| (*x, *y)));
    let mut memory = Memory::default();
    let patterns: Vec<_> =
        pairs().map(|(x, y)| scorer.comparer().pattern(x.min(y), x.max(y), &mut memory)).collect();
    let field = |c: usize| {
        let levels = || patterns.iter().map(|pattern| pattern.get(c));
        let known = || levels().filter(|level| *level != MISSING);
        let level = known().min().unwrap_or(MISSING);
        let both = |of: &dyn Fn(u32, u32, u8) -> Evidence| {
            let mut sums = Sums::default();
            sums.of(1, xs.len(), ys.len(), |sums| {
                let known = pairs().zip(levels()).enumerate().filter(|(_, (_, level))| *level != MISSING);
                for (at, ((x, y), level)) in known {
                    sums.add(0, at / ys.len(), at % ys.len(), &of(x, y, level));
                }
            });
            let bits = sums.field(0);
            let scaled = |bits: f64| if bits < 0.0 { bits * against } else { bits };
            FieldWeight { same: scaled(bits.same), household: scaled(bits.household), rarity: 0.0 }
        };
        let mut weight = both(&|x, y, level| scorer.evidence(c, level, x, y));
        weight.rarity = weight.same - both(&|_, _, level| scorer.typical(c, level)).same;
        FieldAccount {
            level,
            at_level: known().filter(|l| *l == level).count(),
            known: known().count(),
            weight,
        }
    };
    let fields: Vec<FieldAccount> = (0..scorer.columns()).map(field).collect();
    let mut sum = FieldWeight::default();
    for field in &fields {
        sum.same += field.weight.same;
        sum.household += field.weight.household;
        sum.rarity += field.weight.rarity;
    }
    let within = pairs().filter(|(x, y)| records.same_distinct_source(*x, *y)).count();
    let alone = Groups::new(scorer, coverage, false).alone(xs, ys);
    Account { fields, sum, within, alone }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Comparer;
    use crate::model::{Frequencies, Model};
    use crate::records::{Column, FieldKind, Records};

    #[test]
    fn the_parts_add_up_to_the_weight_by_which_groups_are_joined() {
        let n = 30;
        let pick = |values: &'static [&'static str], step: usize| {
            (0..n).map(move |i| [values[i * step / 3 % values.len()]])
        };
        let records = Records::new(n)
            .with(Column::from_texts("f", FieldKind::Forename, pick(&["anna", "ann", "ben", "", "a"], 7)))
            .with(Column::from_texts(
                "s",
                FieldKind::Surname,
                pick(&["smith", "smyth", "okafor", "smith jones"], 5),
            ))
            .with(Column::from_texts(
                "d",
                FieldKind::Date,
                pick(&["2012-03-14", "2012-04-14", "2012", ""], 4),
            ))
            .with(Column::from_texts("p", FieldKind::Postcode, pick(&["AB1 2CD", "AB1 2CE", ""], 8)))
            .from_sources((0..n as u32).map(|i| i % 3).collect(), vec![true, false, true]);
        let comparer = Comparer::new(&records);
        let frequencies = Frequencies::new(&comparer, None);
        let scorer = Scorer::new(&Model::starting(&records), &comparer, &frequencies);
        let clusters: Vec<u32> = (0..n as u32).map(|record| record / 3).collect();
        let coverage = Coverage::of(&records, &clusters);
        let mut groups = Groups::new(&scorer, &coverage, true);
        for (from, middle, to) in [(0, 1, 2), (0, 1, 9), (2, 5, 11), (3, 14, 19), (1, 28, 30)] {
            let (xs, ys): (Vec<u32>, Vec<u32>) = ((from..middle).collect(), (middle..to).collect());
            let account = account(&scorer, &coverage, &xs, &ys);
            let weight = scorer.odds(account.sum, account.within) + account.alone;
            assert!((weight - groups.compare(&xs, &ys).weight).abs() < 1e-9, "{xs:?} {ys:?}");
        }
    }
}
