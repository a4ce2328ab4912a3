//! What two groups of records say of each other, field by field: sums that can be joined when one
//! of the two grows, so that no two records are compared again.
//!
//! Each record of one group is set against all of the other (log2 of the mean of 2^weight), the
//! records are averaged, and so are both directions, the more weight the more the other side knows:
//! a single row is to be explained by a person's ten rows, rather than they by it.

use crate::model::{Evidence, FieldWeight};

/// What the records of one side say of a record of the other in one field.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    same_odds: f64,
    household_odds: f64,
    /// Records of the other side that know the field.
    known: f64,
}

impl Sum {
    fn add(&mut self, other: &Sum) {
        self.same_odds += other.same_odds;
        self.household_odds += other.household_odds;
        self.known += other.known;
    }
}

/// The records of one side.
#[derive(Debug, Clone, Default)]
struct Side {
    /// Record by record, field by field.
    sums: Vec<Sum>,
    /// What the sums come to, field by field: over the records of which anything is known.
    totals: Vec<Total>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Total {
    same: f64,
    household: f64,
    records: f64,
}

impl Total {
    fn add(&mut self, other: &Total) {
        self.same += other.same;
        self.household += other.household;
        self.records += other.records;
    }
}

impl Side {
    fn clear(&mut self, columns: usize, records: usize) {
        self.sums.clear();
        self.sums.resize(columns * records, Sum::default());
    }

    fn weigh(&mut self, columns: usize) {
        self.totals.clear();
        self.totals.resize(columns, Total::default());
        for record in self.sums.chunks_exact(columns) {
            for (total, sum) in self.totals.iter_mut().zip(record).filter(|(_, sum)| sum.known > 0.0) {
                total.add(&Total {
                    same: (sum.same_odds / sum.known).log2(),
                    household: (sum.household_odds / sum.known).log2(),
                    records: 1.0,
                });
            }
        }
    }

    fn mean(&self, column: usize) -> FieldWeight {
        let total = &self.totals[column];
        let records = total.records.max(1.0);
        FieldWeight { same: total.same / records, household: total.household / records, rarity: 0.0 }
    }
}

/// The sums of two groups.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    columns: usize,
    of_xs: Side,
    of_ys: Side,
}

impl Sums {
    /// Of groups of so many records; what is known of them is added by `add`, for each two records
    /// and each field.
    pub fn of(&mut self, columns: usize, xs: usize, ys: usize, add: impl FnOnce(&mut Adder)) {
        self.columns = columns;
        self.of_xs.clear(columns, xs);
        self.of_ys.clear(columns, ys);
        add(&mut Adder(self));
        self.of_xs.weigh(columns);
        self.of_ys.weigh(columns);
    }

    /// The sums of two groups, joined to one, and a third; `other` is of the second and the third.
    pub fn join(&mut self, other: &Sums) {
        // What the third says of the records of the two is what it said before.
        self.of_xs.sums.extend_from_slice(&other.of_xs.sums);
        self.of_xs.totals.iter_mut().zip(&other.of_xs.totals).for_each(|(total, other)| total.add(other));
        self.of_ys.sums.iter_mut().zip(&other.of_ys.sums).for_each(|(sum, other)| sum.add(other));
        self.of_ys.weigh(self.columns);
    }

    /// The same with the groups in each other's place.
    pub fn turn(&mut self) {
        std::mem::swap(&mut self.of_xs, &mut self.of_ys);
    }

    /// What a field says of the two groups, in bits.
    pub fn field(&self, column: usize) -> FieldWeight {
        let (xs, ys) = (self.of_xs.sums.len() as f64, self.of_ys.sums.len() as f64);
        let share = ys / (xs + ys);
        let (forward, back) = (self.of_xs.mean(column), self.of_ys.mean(column));
        let blend = |forward: f64, back: f64| share * forward + (1.0 - share) * back;
        FieldWeight {
            same: blend(forward.same, back.same),
            household: blend(forward.household, back.household),
            rarity: 0.0,
        }
    }
}

/// Takes what is known of two groups.
pub struct Adder<'s>(&'s mut Sums);

impl Adder<'_> {
    /// What a field says of record `i` of the one group and record `j` of the other.
    pub fn add(&mut self, column: usize, i: usize, j: usize, evidence: &Evidence) {
        let sum = Sum { same_odds: evidence.same_odds, household_odds: evidence.household_odds, known: 1.0 };
        let Sums { columns, of_xs, of_ys } = &mut *self.0;
        of_xs.sums[i * *columns + column].add(&sum);
        of_ys.sums[j * *columns + column].add(&sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evidence of so many bits for one person, half as many for a household.
    fn evidence(bits: f64) -> Evidence {
        Evidence { same_odds: bits.exp2(), household_odds: (bits / 2.0).exp2(), ..Evidence::default() }
    }

    /// Bits between the records of two groups; those below -9 are not known.
    fn sums(bits: &[&[f64]]) -> Sums {
        let mut sums = Sums::default();
        sums.of(2, bits.len(), bits[0].len(), |sums| {
            for (i, row) in bits.iter().enumerate() {
                for (j, bits) in row.iter().enumerate().filter(|(_, bits)| **bits > -9.0) {
                    sums.add(1, i, j, &evidence(*bits));
                }
            }
        });
        sums
    }

    #[test]
    fn what_a_field_says_of_two_groups() {
        for (bits, expected) in [
            (&[&[3.0][..]][..], 3.0),
            (&[&[-99.0]], 0.0),
            // log2 of the mean of 8 and 2, and the mean of 3 and 1; the one record knows less.
            (&[&[3.0, 1.0]], 5f64.log2() * 2.0 / 3.0 + 2.0 / 3.0),
            (&[&[3.0, -99.0]], 3.0),
            (&[&[2.0, 2.0], &[2.0, 2.0], &[2.0, 2.0]], 2.0),
        ] {
            assert!((sums(bits).field(1).same - expected).abs() < 1e-12, "{bits:?}");
            assert!((sums(bits).field(1).household - expected / 2.0).abs() < 0.3, "{bits:?}");
            assert_eq!(sums(bits).field(0).same, 0.0);
        }
    }

    #[test]
    fn joined_sums_are_those_of_the_joined_group() {
        let whole: &[&[f64]] = &[&[3.0, -1.0], &[-99.0, 2.0], &[0.5, -4.0]];
        let mut joined = sums(&whole[..1]);
        joined.join(&sums(&whole[1..]));
        assert!((joined.field(1).same - sums(whole).field(1).same).abs() < 1e-12);
        joined.turn();
        let turned: &[&[f64]] = &[&[3.0, -99.0, 0.5], &[-1.0, 2.0, -4.0]];
        assert!((joined.field(1).same - sums(turned).field(1).same).abs() < 1e-12);
    }
}
