//! How much of one source another one has.
//!
//! Where nine in ten children of a tracker are in the case management system too, and the system
//! has each child once, then a child of the tracker who fits one child of the system and no other
//! is most likely that child: the alternative is that hers is the tenth. What speaks for a pair
//! by itself, likelihood and prior, does not know that the others were looked at.

use super::order::{by_cluster, each_cluster, left_over};
use crate::records::Records;

/// More sources than this are taken to say nothing about each other.
const MOST_SOURCES: usize = 512;
/// Records of a source that count against coverage before it is seen.
const DOUBT: f32 = 10.0;
/// However much of a source is seen to be in another, this share of it may not be.
const LEAST_LEFT: f32 = 0.15;

/// For each two sources, log2 of the share of the one that the other does not have, negated.
#[derive(Debug, Default)]
pub struct Coverage {
    sources: usize,
    bits: Vec<f32>,
    /// For each source, log2 of the share of its records that are of nobody who is well known,
    /// negated.
    well_known: Vec<f32>,
}

impl Coverage {
    /// Nothing is known.
    pub fn unknown() -> Self {
        Coverage::default()
    }

    /// From clusters; only sources that have each person once say that there is nobody else.
    pub fn of(records: &Records, clusters: &[u32]) -> Self {
        let sources = records.sources();
        let well_known = well_known(records, clusters);
        if !(2..=MOST_SOURCES).contains(&sources) || records.distinct_pairs() == 0 {
            return Coverage { well_known, ..Coverage::unknown() };
        }
        let order = by_cluster(clusters);
        let mut sizes = vec![0.0f32; sources];
        let mut shared = vec![0.0f32; sources * sources];
        for cluster in each_cluster(&order) {
            let mut others: Vec<u32> = cluster.iter().map(|(_, record)| records.source(*record)).collect();
            for source in &others.clone() {
                sizes[*source as usize] += 1.0;
            }
            others.sort_unstable();
            others.dedup();
            for (_, record) in cluster {
                let own = records.source(*record);
                for other in others.iter().filter(|other| **other != own) {
                    shared[own as usize * sources + *other as usize] += 1.0;
                }
            }
        }
        let bits = (0..sources * sources).map(|i| {
            let (own, other) = (i / sources, i % sources);
            if records.is_distinct(other as u32) { left(shared[i], sizes[own]) } else { 0.0 }
        });
        Coverage { sources, bits: bits.collect(), well_known }
    }

    /// Bits for a match of a record of `source`, which was left over, with somebody well known.
    pub fn well_known(&self, source: u32) -> f32 {
        self.well_known.get(source as usize).copied().unwrap_or(0.0)
    }

    /// Bits for a match of a record of `source` with the only record of `other` that it fits.
    pub fn bits(&self, source: u32, other: u32) -> f32 {
        if self.sources == 0 { 0.0 } else { self.bits[source as usize * self.sources + other as usize] }
    }
}

/// Of each source that may have a person more than once: the share of records that are in a cluster
/// of more than [`PIECE`].
fn well_known(records: &Records, clusters: &[u32]) -> Vec<f32> {
    let (mut all, mut known) = (vec![0.0; records.sources()], vec![0.0; records.sources()]);
    for (record, left_over) in (0..).zip(left_over(clusters)) {
        let source = records.source(record) as usize;
        all[source] += 1.0;
        known[source] += f32::from(!left_over);
    }
    let of = |source: usize| match records.is_distinct(source as u32) {
        true => 0.0,
        false => left(known[source], all[source]),
    };
    (0..records.sources()).map(of).collect()
}

/// log2 of the share that is not covered, negated.
fn left(covered: f32, all: f32) -> f32 {
    -(1.0 - covered / (all + DOUBT)).max(LEAST_LEFT).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_has_nearly_everybody_says_so() {
        // A hundred records of source 0, each with its like in source 1, which has another hundred.
        let records =
            Records::new(300).from_sources((0..300).map(|r| u32::from(r >= 100)).collect(), vec![true, true]);
        let clusters: Vec<u32> = (0..300).map(|r| if r < 200 { r % 100 } else { r }).collect();
        let coverage = Coverage::of(&records, &clusters);
        assert!(coverage.bits(0, 1) > 2.0, "{coverage:?}");
        assert!((0.9..1.0).contains(&coverage.bits(1, 0)), "{coverage:?}");
        let open =
            records.clone().from_sources((0..300).map(|r| u32::from(r >= 100)).collect(), vec![true, false]);
        assert_eq!(Coverage::of(&open, &clusters).bits(0, 1), 0.0);
    }

    #[test]
    fn who_is_left_over_of_a_source_of_large_clusters_is_most_likely_of_one_of_them() {
        // Nineteen persons with ten records each, and ten records alone.
        let clusters: Vec<u32> = (0..200).map(|r| if r < 190 { r / 10 } else { r - 171 }).collect();
        let of = |distinct| Records::new(200).from_sources(vec![0; 200], vec![distinct]);
        let bits = Coverage::of(&of(false), &clusters).well_known(0);
        assert!((2.5..2.8).contains(&bits), "{bits}");
        // A source that has each person once has no such clusters.
        assert_eq!(Coverage::of(&of(true), &clusters).well_known(0), 0.0);
        let alone: Vec<u32> = (0..200).collect();
        assert_eq!(Coverage::of(&of(false), &alone).well_known(0), 0.0);
    }
}
