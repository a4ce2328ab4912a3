//! One pass over the candidate pairs: how often each agreement pattern occurs, and the pairs
//! that could be of one person.

use std::io;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{ColumnModel, Frequencies, Model};
use crate::block::{Batch, Blocks, Rule, Tick};
use crate::compare::{Comparer, Glances, Memory, Pattern, SAME, Scratch};
use crate::pile::{Entry, Pile, number};

/// Bits below the point where a pair would be joined, down to which pairs are kept for scoring,
/// because the model may yet change: up to a hundred thousand records nearly all of them, among a
/// million those that the round figures to start from leave in sight.
fn slack(records: usize) -> f64 {
    let tenfold = (records as f64 / 100_000.0).log10();
    (30.0 - 18.0 * tenfold).clamp(12.0, 30.0)
}

/// A candidate pair that could be of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptPair {
    /// The earlier record.
    pub a: u32,
    /// The later record.
    pub b: u32,
    /// How they agree.
    pub pattern: Pattern,
}

impl Entry for KeptPair {
    const BYTES: usize = 16;

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.a.to_le_bytes());
        bytes.extend(self.b.to_le_bytes());
        bytes.extend(self.pattern.to_bits().to_le_bytes());
    }

    fn get(bytes: &[u8]) -> Self {
        KeptPair {
            a: u32::from_le_bytes(number(bytes)),
            b: u32::from_le_bytes(number(&bytes[4..])),
            pattern: Pattern::from_bits(u64::from_le_bytes(number(&bytes[8..]))),
        }
    }
}

/// What the candidate pairs look like.
pub struct Patterns {
    /// Each pattern of a pair that could be of one person, with the number of its pairs: (between sources, or within one that may hold
    /// duplicates; within one kept free of duplicates). In the order of the patterns.
    pub counts: Vec<(Pattern, [u64; 2])>,
    /// The pairs that could be of one person, in the order of the blocks.
    pub(crate) kept: Pile<KeptPair>,
    /// Pairs in all blocks; one that several rules give counts each time.
    pub candidates: u64,
}

impl Patterns {
    /// Compares again those pairs in which an alias, learnt meanwhile, could make a difference.
    pub fn look_again(&mut self, comparer: &Comparer) -> io::Result<()> {
        let again = |memory: &mut Memory, pair: &mut KeptPair| {
            if comparer.may_be_alias(pair.a, pair.b, pair.pattern) {
                pair.pattern = comparer.pattern(pair.a, pair.b, memory);
            }
        };
        self.kept.parts_mut(|part| {
            part.par_iter_mut().with_min_len(4096).for_each_init(Memory::default, again);
        })
    }
}

/// What came of a part of the pairs.
#[derive(Default)]
struct Chunk {
    counts: FxHashMap<Pattern, [u64; 2]>,
    kept: Vec<KeptPair>,
}

impl Patterns {
    /// Streams every candidate pair past. `model` is the one to start from, `own` are the user's
    /// blocking rules; `tick` is told how far it is. Pairs are held in so many bytes of `memory`.
    pub fn new(
        comparer: &Comparer,
        frequencies: &Frequencies,
        model: &Model,
        own: &[Rule],
        memory: Option<u64>,
        tick: Tick,
    ) -> io::Result<(Self, Blocks)> {
        let records = comparer.records();
        let enough = (-model.prior_same.log2() - slack(records.len())) as f32;
        let bits = |column: &ColumnModel| {
            let of = |(m, u): (&f64, &f64)| if *m > 0.0 { (m / u).log2() as f32 } else { 0.0 };
            column.m.iter().zip(&column.u).map(of).collect()
        };
        let weights: Vec<Vec<f32>> = model.columns.iter().map(bits).collect();
        let typical: Vec<Vec<f32>> =
            model.columns.iter().map(|c| c.u.iter().map(|u| u.log2() as f32).collect()).collect();
        let rarity = |column: usize, value: u32| {
            typical[column][SAME as usize] - frequencies.of_value(column, value).bits
        };
        let glances = Glances::new(comparer, &weights, rarity);
        let weight = |c: usize, level: u8, a: u32, b: u32| {
            let share = frequencies.of_agreement(comparer, c, level, a, b);
            let rarity = share.map_or(0.0, |share| typical[c][level as usize] - share.bits);
            weights[c][level as usize] + rarity
        };
        let each = |(scratch, memory): &mut (Scratch, Memory), chunk: &mut Chunk, batch: &Batch| {
            let Chunk { counts, kept } = chunk;
            let at_most = glances.at_most(&batch.records, &batch.pairs, scratch);
            for (places, at_most) in batch.pairs.iter().zip(at_most).filter(|(_, most)| **most >= enough) {
                let (a, b) = batch.pair(*places);
                if records.are_apart(a, b) {
                    continue;
                }
                // What the pair can still come to falls as its columns are compared.
                let (mut left, mut sum) = (*at_most, 0.0);
                let pattern = comparer.pattern_while(a, b, memory, |c, level| {
                    let weight = weight(c, level, a, b);
                    left += weight - glances.of_column(c, a, b);
                    sum += weight;
                    left >= enough
                });
                let Some(pattern) = pattern else { continue };
                if comparer.is_swapped(pattern) {
                    sum = (0..weights.len()).map(|c| weight(c, pattern.get(c), a, b)).sum();
                }
                if sum >= enough {
                    let within = usize::from(records.same_distinct_source(a, b));
                    counts.entry(pattern).or_default()[within] += 1;
                    kept.push(KeptPair { a, b, pattern });
                }
            }
        };
        let mut counts: FxHashMap<Pattern, [u64; 2]> = FxHashMap::default();
        let mut kept = Pile::new(memory.map(|bytes| bytes / 2));
        let mut filed = Ok(());
        let absorb = |chunk: Chunk| {
            for (pattern, count) in chunk.counts {
                let sum = counts.entry(pattern).or_default();
                sum[0] += count[0];
                sum[1] += count[1];
            }
            if filed.is_ok() {
                filed = kept.extend(chunk.kept);
            }
        };
        // Half of the memory is for what is held, half for what is on its way there.
        let at_once = memory.map_or(u64::MAX, |bytes| bytes / 2 / size_of::<KeptPair>() as u64);
        let blocks =
            Blocks::walk(comparer, own, at_once, tick, Default::default, Chunk::default, each, absorb);
        filed?;
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable();
        Ok((Patterns { counts, kept, candidates: blocks.pairs() }, blocks))
    }
}
