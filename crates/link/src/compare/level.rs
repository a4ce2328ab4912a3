//! The comparison levels of each kind of field, best first, with the probabilities that a
//! model starts from: what holds where there is too little data to learn from.
//!
//! `m` is the share of pairs of one person that have the level, `household` that of brothers
//! and sisters, `u` that of unrelated people, each among pairs where both sides are known.
//! They are round figures, chosen from published rates of disagreement between registers of
//! the same people and from the arithmetic of names and calendars, not fitted to any data.

use crate::records::FieldKind;

/// One level of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// What it says, for explanations: "the same", "one letter apart".
    pub label: &'static str,
    /// Probability of the level in one person's records.
    pub m: f64,
    /// Probability of the level between two people of one household.
    pub household: f64,
    /// Probability of the level between unrelated people.
    pub u: f64,
    /// Which question was asked: an initial can't be compared with more than an initial. The
    /// probabilities of each question's levels add up to one.
    pub question: u8,
}

/// At least one side is not known: no evidence.
pub const MISSING: u8 = 0;
/// The best level of every kind of field.
pub const SAME: u8 = 1;

const fn level(label: &'static str, m: f64, household: f64, u: f64) -> Level {
    Level { label, m, household, u, question: 0 }
}

/// The two answers to a question of its own: it fits, or it does not.
const fn fits(question: u8, label: &'static str, m: f64, household: f64, u: f64) -> Level {
    Level { label, m, household, u, question }
}

const fn misfits(question: u8, label: &'static str, m: f64, household: f64, u: f64) -> Level {
    Level { label, m: 1.0 - m, household: 1.0 - household, u: 1.0 - u, question }
}

const FORENAME: [Level; 10] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.8, 0.0008, 0.004),
    level("has a name in common", 0.06, 0.004, 0.003),
    level("is a short form", 0.035, 0.001, 0.001),
    level("is spelt nearly the same", 0.05, 0.004, 0.002),
    fits(1, "has the same initial", 0.95, 0.06, 0.07),
    level("is swapped with the surname", 0.005, 0.00001, 0.00001),
    level("is somewhat alike", 0.015, 0.03, 0.02),
    level("is different", 0.035, 0.96, 0.97),
    misfits(1, "has another initial", 0.95, 0.06, 0.07),
];

const SURNAME: [Level; 7] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.79, 0.72, 0.002),
    level("has a part in common", 0.07, 0.06, 0.001),
    level("is spelt nearly the same", 0.045, 0.03, 0.001),
    level("is swapped with the forename", 0.005, 0.00001, 0.00001),
    level("is somewhat alike", 0.01, 0.01, 0.01),
    level("is different", 0.08, 0.18, 0.986),
];

const DATE: [Level; 15] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.905, 0.03, 0.000_17),
    fits(1, "agrees as far as it is known", 0.95, 0.03, 0.02),
    level("has day and month swapped", 0.015, 0.0003, 0.0002),
    level("has one digit different", 0.03, 0.002, 0.0012),
    level("has the same month and a stand-in day", 0.015, 0.001, 0.0004),
    fits(2, "fits the expected date", 0.95, 0.05, 0.015),
    level("has two parts of three the same", 0.01, 0.012, 0.009),
    level("is the first of January of the same year", 0.005, 0.0005, 0.0005),
    level("is in the same year", 0.005, 0.0295, 0.0495),
    level("is different", 0.015, 0.925, 0.939),
    misfits(1, "does not agree with the part that is known", 0.95, 0.03, 0.02),
    misfits(2, "does not fit the expected date", 0.95, 0.05, 0.015),
    fits(3, "fits the age", 0.95, 0.12, 0.12),
    misfits(3, "does not fit the age", 0.95, 0.12, 0.12),
];

const POSTCODE: [Level; 6] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.72, 0.68, 0.0004),
    level("has one character different", 0.03, 0.02, 0.0002),
    level("is in the same sector", 0.03, 0.03, 0.004),
    level("is in the same district", 0.05, 0.05, 0.03),
    level("is different", 0.17, 0.22, 0.965),
];

const IDENTIFIER: [Level; 4] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.97, 0.000_000_1, 0.000_000_1),
    level("has one character different", 0.015, 0.001, 0.000_1),
    level("is different", 0.015, 0.998_999_9, 0.999_899_9),
];

const REFERENCE: [Level; 4] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.84, 0.8, 0.001),
    level("has one character different", 0.05, 0.04, 0.001),
    level("is different", 0.11, 0.16, 0.998),
];

const CODE: [Level; 3] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.98, 0.5, 0.5),
    level("is different", 0.02, 0.5, 0.5),
];

const SET: [Level; 3] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.65, 0.65, 0.01),
    level("have none in common", 0.35, 0.35, 0.99),
];

const TEXT: [Level; 5] = [
    level("not known", 0.0, 0.0, 0.0),
    level("the same", 0.75, 0.02, 0.02),
    level("is nearly the same", 0.08, 0.01, 0.01),
    level("has words in common", 0.07, 0.03, 0.03),
    level("is different", 0.1, 0.94, 0.94),
];

/// The levels of a kind of field; the index is the level, 0 is [`MISSING`].
pub fn levels(kind: FieldKind) -> &'static [Level] {
    match kind {
        FieldKind::Forename => &FORENAME,
        FieldKind::Surname => &SURNAME,
        FieldKind::Date => &DATE,
        FieldKind::Postcode => &POSTCODE,
        FieldKind::Identifier => &IDENTIFIER,
        FieldKind::Reference => &REFERENCE,
        FieldKind::Code => &CODE,
        FieldKind::Set => &SET,
        FieldKind::Text => &TEXT,
    }
}

/// The level of names that are swapped between two fields, where a kind of field has one.
pub fn swapped(kind: FieldKind) -> Option<u8> {
    match kind {
        FieldKind::Forename => Some(super::name::forename::SWAPPED),
        FieldKind::Surname => Some(super::name::surname::SWAPPED),
        _ => None,
    }
}

/// How many questions the levels of a kind of field answer.
pub fn questions(kind: FieldKind) -> u8 {
    levels(kind).iter().map(|level| level.question).max().unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_has_three_distributions() {
        for kind in [
            FieldKind::Forename,
            FieldKind::Surname,
            FieldKind::Date,
            FieldKind::Postcode,
            FieldKind::Identifier,
            FieldKind::Reference,
            FieldKind::Code,
            FieldKind::Set,
            FieldKind::Text,
        ] {
            let table = levels(kind);
            assert_eq!(table[MISSING as usize].label, "not known", "{kind:?}");
            assert_eq!(table[SAME as usize].label, "the same", "{kind:?}");
            for question in 0..questions(kind) {
                for part in [|l: &Level| l.m, |l: &Level| l.household, |l: &Level| l.u] {
                    let sum: f64 = table.iter().filter(|l| l.question == question).map(part).sum();
                    assert!((sum - 1.0).abs() < 2e-3, "{kind:?}: {sum}");
                }
            }
        }
    }
}
