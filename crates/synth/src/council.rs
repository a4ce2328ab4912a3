//! The council: how many families and cases there are, who is in which case, who works there.
//! Holds eight bytes a family; everything else is made when it is asked for.

use jiff::civil::{Date, date};

use crate::days::{self, AS_AT};
use crate::ids;
use crate::names::{self, Sex};
use crate::people::{self, Child, Family};
use crate::rng::{Rng, scattered};

/// Name of the council.
pub const COUNCIL: &str = "Wyeborough Council";

/// One set of proceedings.
#[derive(Debug, Clone)]
pub struct Case {
    /// Number in the council, from 0.
    pub number: u32,
    /// Court number.
    pub court_number: String,
    /// A second court number, of an application that was consolidated with this one.
    pub consolidated: Option<String>,
    /// Day of issue.
    pub issued: Date,
    /// Day of the final order.
    pub concluded: Option<Date>,
    /// Positions in the family of the children concerned.
    pub children: Vec<usize>,
    /// Number of the judge, for [`Council::official`].
    pub judge: usize,
}

/// The whole council.
#[derive(Debug)]
pub struct Council {
    /// Seed of all streams.
    pub seed: u64,
    /// Number of social workers.
    pub staff: usize,
    /// First child and first case of each family, and after the last.
    heads: Vec<(u32, u32)>,
    /// A number that shifts all identifiers.
    salt: u64,
}

impl Council {
    /// Plans a council with exactly so many children.
    pub fn new(children: usize, seed: u64) -> Self {
        let mut heads = vec![(0u32, 0u32)];
        let (mut child, mut case) = (0u32, 0u32);
        while (child as usize) < children {
            let (more, cases) = people::sizes(seed, heads.len() as u64 - 1);
            child = (child + more).min(children as u32);
            case += cases;
            heads.push((child, case));
        }
        let salt = Rng::stream(seed, "salt", 0).bits() >> 8;
        Council { seed, staff: (children / 15).clamp(8, 4_000), heads, salt }
    }

    /// Number of families.
    pub fn families(&self) -> usize {
        self.heads.len() - 1
    }

    /// Number of children.
    pub fn children(&self) -> usize {
        self.heads.last().map_or(0, |head| head.0 as usize)
    }

    /// Number of cases.
    pub fn cases(&self) -> usize {
        self.heads.last().map_or(0, |head| head.1 as usize)
    }

    /// First child of a family, and how many there are.
    pub fn children_of(&self, family: usize) -> (u32, usize) {
        let first = self.heads[family].0;
        (first, (self.heads[family + 1].0 - first) as usize)
    }

    /// All families, in an order of the tracker's own.
    pub fn walk_families(&self, order: &str) -> impl Iterator<Item = Family> + use<'_> {
        let mut rng = Rng::stream(self.seed, order, u64::MAX);
        scattered(self.families(), &mut rng).map(|i| people::family(self, i))
    }

    /// All children, each with its family and its position there, in an order of the tracker's own.
    pub fn walk_children(&self, order: &str) -> impl Iterator<Item = (Family, usize)> + use<'_> {
        let mut rng = Rng::stream(self.seed, order, u64::MAX);
        scattered(self.children(), &mut rng).map(|child| {
            let i = self.heads.partition_point(|head| head.0 as usize <= child) - 1;
            (people::family(self, i), child - self.heads[i].0 as usize)
        })
    }

    /// The cases of a family.
    pub fn cases_of(&self, family: usize, children: &[Child], rng: &mut Rng) -> Vec<Case> {
        let (first, count) = (self.heads[family].1, self.heads[family + 1].1 - self.heads[family].1);
        let mut cases = Vec::new();
        let Some(eldest) = children.first() else { return cases };
        let mut from = date(2015, 1, 5).max(days::plus(eldest.dob, -60)).min(days::plus(AS_AT, -3));
        for i in 0..count {
            // The later of two draws: there are more recent cases than old ones on a tracker.
            let issued = days::random(from, AS_AT, rng).max(days::random(from, AS_AT, rng));
            let concluded = days::plus(issued, rng.between(80, 330));
            let concluded = (concluded < AS_AT).then_some(concluded);
            let born = |child: &Child| days::between(issued, child.dob) < 100;
            let mut concerned: Vec<usize> = (0..children.len()).filter(|c| born(&children[*c])).collect();
            if concerned.len() > 1 && rng.chance(0.15) {
                concerned.remove(rng.below(concerned.len()));
            }
            if concerned.is_empty() {
                concerned.push(0);
            }
            let number = |year| ids::case_number(first + i, self.cases() as u32, year, self.salt);
            // Another type letter and the same serial: unique, and as confusing as in life.
            let consolidated = rng.chance(0.05).then(|| number(issued.year() - 1).replacen('C', "P", 1));
            cases.push(Case {
                number: first + i,
                court_number: number(issued.year()),
                consolidated,
                issued,
                concluded,
                children: concerned,
                judge: rng.below(6 + self.staff / 100),
            });
            // A later application, for example for a new baby, may be made while the first is live.
            from = days::plus(concluded.unwrap_or(issued), 1).min(days::plus(AS_AT, -1));
        }
        cases
    }

    /// The council's own number for a child.
    pub fn child_id(&self, child: &Child) -> String {
        ids::child_id(child.number, self.salt)
    }

    /// The number of a second file that somebody opened for the same child.
    pub fn second_id(&self, child: &Child) -> String {
        ids::child_id(child.number + self.children() as u32, self.salt)
    }

    /// A child's number in the former system.
    pub fn legacy_id(&self, child: &Child) -> String {
        ids::legacy_id(child.number, self.salt)
    }

    /// NHS number, while there are any.
    pub fn nhs(&self, child: &Child) -> Option<String> {
        ids::nhs(child.number, self.salt)
    }

    /// Unique pupil number, for children of school age.
    pub fn upn(&self, child: &Child) -> String {
        ids::upn(child.number, child.dob.year() + 4, self.salt)
    }

    /// Forename and surname of a member of staff or a judge.
    pub fn official(&self, role: &str, number: usize) -> (&'static str, String) {
        let mut rng = Rng::stream(self.seed, role, number as u64);
        let sex = if rng.chance(0.7) { Sex::Female } else { Sex::Male };
        let heritage = names::heritage(&mut rng);
        (names::forename(heritage, sex, &mut rng), names::surname(heritage, &mut rng))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_council_has_exactly_the_children_that_were_asked_for() {
        for n in [0, 1, 5, 200, 2_000] {
            let council = Council::new(n, 3);
            let all: usize = council.walk_families("test").map(|family| family.children.len()).sum();
            assert_eq!((council.children(), all), (n, n));
            let mut seen: Vec<u32> =
                council.walk_children("x").map(|(family, at)| family.children[at].number).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..n as u32).collect::<Vec<_>>());
        }
    }

    #[test]
    fn families_are_what_families_are() {
        let council = Council::new(20_000, 11);
        let (mut twins, mut same_sex, mut half, mut unborn) = (0, 0, 0, 0);
        for family in council.walk_families("test") {
            half += usize::from(family.fathers.len() > 1);
            for (i, child) in family.children.iter().enumerate() {
                twins += usize::from(child.twin);
                unborn += usize::from(child.unborn());
                for other in &family.children[..i] {
                    assert_ne!(child.forename, other.forename);
                    let apart = days::between(other.dob, child.dob);
                    assert!(apart >= 300 || apart == 0, "{apart}");
                    assert!(apart > 0 || (child.twin && other.twin));
                    same_sex += usize::from(apart == 0 && child.sex == other.sex);
                }
            }
            for case in &family.cases {
                assert!(case.issued <= AS_AT && !case.children.is_empty());
            }
        }
        assert!((300..700).contains(&twins), "twins {twins}");
        assert!(same_sex > 80, "same sex {same_sex}");
        assert!((800..3_000).contains(&half), "half-siblings {half}");
        assert!((200..700).contains(&unborn), "unborn {unborn}");
    }
}
