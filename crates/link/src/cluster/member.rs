//! How firmly each record belongs to its cluster, and which other record says so best.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::coverage::Coverage;
use super::group::Groups;
use super::order::{by_cluster, each_cluster};
use super::probability;
use crate::compare::Pattern;
use crate::model::Scorer;

/// A record in its cluster.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Match weight against the rest of the cluster, in bits; NaN where there is no rest.
    pub weight: f32,
    /// Probability that it belongs there; 1 where it stands alone.
    pub probability: f32,
    /// The record of the cluster that it matches best; itself where it stands alone.
    pub partner: u32,
    /// How the two agree.
    pub pattern: Pattern,
}

/// Others of a large cluster that a record is set against.
const MOST_OTHERS: usize = 50;

/// Every record in its cluster.
pub fn members(scorer: &Scorer, coverage: &Coverage, clusters: &[u32]) -> Vec<Member> {
    let order = by_cluster(clusters);
    let persons: Vec<&[(u32, u32)]> = each_cluster(&order).filter(|c| c.len() > 1).collect();
    let of_chunk = |(groups, scratch): &mut (Groups, Scratch), persons: &[&[(u32, u32)]]| {
        let mut found = Vec::new();
        for person in persons {
            scratch.records.clear();
            scratch.records.extend(person.iter().map(|(_, record)| *record));
            scratch.members(groups, &mut found);
        }
        found
    };
    let of_thread = || (Groups::new(scorer, coverage, false), Scratch::default());
    let found: Vec<Vec<(u32, Member)>> = persons.par_chunks(4096).map_init(of_thread, of_chunk).collect();
    let alone =
        |record| Member { weight: f32::NAN, probability: 1.0, partner: record, pattern: Pattern::default() };
    let mut members: Vec<Member> = (0..clusters.len() as u32).map(alone).collect();
    for (record, member) in found.into_iter().flatten() {
        members[record as usize] = member;
    }
    members
}

/// The probability of each cluster that none of its records is somebody else's: the product of those of
/// its members, but for the firmest, against whom the others are held. Of two records that is the
/// probability of the pair; that a cluster is of two persons with several records each is not in it.
pub fn probabilities(members: &[Member], clusters: &[u32]) -> Vec<f32> {
    let count = clusters.iter().max().map_or(0, |last| *last as usize + 1);
    let (mut products, mut firmest) = (vec![1.0f64; count], vec![0.0f64; count]);
    for (member, cluster) in members.iter().zip(clusters) {
        let (cluster, probability) = (*cluster as usize, f64::from(member.probability));
        products[cluster] *= probability;
        firmest[cluster] = firmest[cluster].max(probability);
    }
    let of = |(product, firmest): (f64, f64)| if firmest > 0.0 { (product / firmest) as f32 } else { 0.0 };
    products.into_iter().zip(firmest).map(of).collect()
}

/// The records that one of a cluster is set against.
pub fn rest(record: u32, cluster: &[u32]) -> Vec<u32> {
    others(record, cluster).collect()
}

fn others(record: u32, cluster: &[u32]) -> impl Iterator<Item = u32> {
    cluster.iter().copied().filter(move |other| *other != record).take(MOST_OTHERS)
}

/// Space for one cluster.
#[derive(Default)]
struct Scratch {
    records: Vec<u32>,
    rest: Vec<u32>,
    /// What every two of its records say of each other, where they are few.
    pairs: Vec<(f64, Pattern)>,
}

impl Scratch {
    fn members(&mut self, groups: &mut Groups, found: &mut Vec<(u32, Member)>) {
        if let [a, b] = self.records[..] {
            let (weight, pattern) = groups.of_two(a, b);
            found.extend([(a, member(weight, b, pattern)), (b, member(weight, a, pattern))]);
            return;
        }
        let Scratch { records, rest, pairs } = self;
        let few = records.len() <= MOST_OTHERS;
        if few {
            pairs.clear();
            for (y, b) in records.iter().enumerate() {
                pairs.extend(records[..y].iter().map(|a| groups.pair(*a, *b)));
            }
        }
        // Each two once, those of the second record first.
        let known = |x: usize, y: usize| pairs[x.max(y) * (x.max(y) - 1) / 2 + x.min(y)];
        for (x, record) in records.iter().enumerate() {
            rest.clear();
            rest.extend(others(*record, records));
            let mut best = (f64::NEG_INFINITY, *record, Pattern::default());
            for (i, other) in rest.iter().enumerate() {
                let (weight, pattern) =
                    if few { known(x, i + usize::from(i >= x)) } else { groups.pair(*record, *other) };
                if weight > best.0 {
                    best = (weight, *other, pattern);
                }
            }
            let with_rest = if few {
                groups.compare_by(&[*record], rest, |_, _, i| known(x, i + usize::from(i >= x)).1)
            } else {
                groups.compare(&[*record], rest)
            };
            found.push((*record, member(with_rest.weight, best.1, best.2)));
        }
    }
}

fn member(weight: f64, partner: u32, pattern: Pattern) -> Member {
    Member { weight: weight as f32, probability: probability(weight) as f32, partner, pattern }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_as_sure_as_all_but_the_firmest_of_its_members() {
        let member =
            |probability| Member { weight: 0.0, probability, partner: 0, pattern: Pattern::default() };
        let members = [0.9, 0.9, 1.0, 0.5, 0.8, 1.0].map(member);
        let found = probabilities(&members, &[0, 0, 1, 2, 2, 2]);
        for (found, expected) in found.iter().zip([0.9, 1.0, 0.4]) {
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        }
        assert_eq!(found.len(), 3);
    }
}
