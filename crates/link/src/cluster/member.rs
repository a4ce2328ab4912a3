//! How firmly each record belongs to its cluster, and which other record says so best.

use rayon::prelude::*;

use super::group::Groups;
use super::probability;
use crate::compare::{Memory, Pattern};
use crate::model::Scorer;

/// A record in its cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
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
pub fn members(scorer: &Scorer, clusters: &[u32]) -> Vec<Member> {
    let mut order: Vec<u32> = (0..clusters.len() as u32).collect();
    order.sort_unstable_by_key(|r| (clusters[*r as usize], *r));
    let same = |x: &u32, y: &u32| clusters[*x as usize] == clusters[*y as usize];
    let groups: Vec<&[u32]> = order.chunk_by(same).collect();
    let found: Vec<(u32, Member)> = groups
        .par_iter()
        .with_min_len(256)
        .map_init(
            || (Groups::new(scorer, false), Memory::default(), Vec::new()),
            |(groups, memory, rest), cluster| {
                let of = |record: &u32| (*record, member(scorer, groups, memory, rest, *record, cluster));
                cluster.iter().map(of).collect::<Vec<_>>()
            },
        )
        .flatten_iter()
        .collect();
    let alone = Member { weight: f32::NAN, probability: 1.0, partner: 0, pattern: Pattern::default() };
    let mut members = vec![alone; clusters.len()];
    for (record, member) in found {
        members[record as usize] = member;
    }
    members
}

/// The records that one of a cluster is set against.
pub fn rest(record: u32, cluster: &[u32]) -> Vec<u32> {
    others(record, cluster).collect()
}

fn others(record: u32, cluster: &[u32]) -> impl Iterator<Item = u32> {
    cluster.iter().copied().filter(move |other| *other != record).take(MOST_OTHERS)
}

fn member(
    scorer: &Scorer,
    groups: &mut Groups,
    memory: &mut Memory,
    rest: &mut Vec<u32>,
    record: u32,
    cluster: &[u32],
) -> Member {
    rest.clear();
    rest.extend(others(record, cluster));
    if rest.is_empty() {
        return Member { weight: f32::NAN, probability: 1.0, partner: record, pattern: Pattern::default() };
    }
    let weight = groups.compare(&[record], rest).weight;
    let mut best = (f64::NEG_INFINITY, record, Pattern::default());
    for other in rest.iter() {
        let pattern = scorer.comparer().pattern(record.min(*other), record.max(*other), memory);
        let weight = scorer.pair(record, *other, pattern);
        if weight > best.0 {
            best = (weight, *other, pattern);
        }
    }
    Member {
        weight: weight as f32,
        probability: probability(weight) as f32,
        partner: best.1,
        pattern: best.2,
    }
}
