//! One pass over the candidate pairs: how often each agreement pattern occurs, and the pairs
//! that could be of one person.

use rustc_hash::FxHashMap;

use super::Model;
use crate::block::{Blocks, Tick};
use crate::compare::{Comparer, MISSING, Memory, Pattern};

/// Bits below the point where a pair would be joined, down to which pairs are kept for scoring:
/// the model may yet change, and rare values add to what the pattern says.
const SLACK: f64 = 14.0;

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

/// What the candidate pairs look like.
pub struct Patterns {
    /// Each pattern with the number of its pairs: (between sources, or within one that may hold
    /// duplicates; within one kept free of duplicates). In the order of the patterns.
    pub counts: Vec<(Pattern, [u64; 2])>,
    /// The pairs that could be of one person, in the order of the blocks.
    pub kept: Vec<KeptPair>,
    /// Candidate pairs in all.
    pub candidates: u64,
}

#[derive(Default)]
struct Chunk {
    memory: Memory,
    counts: FxHashMap<Pattern, [u64; 2]>,
    kept: Vec<KeptPair>,
}

impl Patterns {
    /// Streams every candidate pair past; `tick` is told how many chunks of the work are done.
    pub fn new(comparer: &Comparer, blocks: &Blocks, tick: Tick) -> Self {
        let records = comparer.records();
        let model = Model::starting(records);
        let enough = -model.prior_same.log2() - SLACK;
        let weights: Vec<Vec<f32>> = (model.columns.iter())
            .map(|c| c.m.iter().zip(&c.u).map(|(m, u)| (m / u).log2() as f32).collect())
            .collect();
        let chunks = blocks.for_each_pair(tick, Chunk::default, |chunk, a, b| {
            if records.are_apart(a, b) {
                return;
            }
            let pattern = comparer.pattern(a, b, &mut chunk.memory);
            let within = usize::from(records.same_distinct_source(a, b));
            chunk.counts.entry(pattern).or_default()[within] += 1;
            let mut weight = 0.0;
            for (c, column) in weights.iter().enumerate() {
                let level = pattern.get(c);
                if level != MISSING {
                    weight += f64::from(column[level as usize]);
                }
            }
            if weight >= enough {
                chunk.kept.push(KeptPair { a, b, pattern });
            }
        });
        let mut counts: FxHashMap<Pattern, [u64; 2]> = FxHashMap::default();
        let mut kept = Vec::with_capacity(chunks.iter().map(|c| c.kept.len()).sum());
        for chunk in chunks {
            for (pattern, count) in chunk.counts {
                let sum = counts.entry(pattern).or_default();
                sum[0] += count[0];
                sum[1] += count[1];
            }
            kept.extend(chunk.kept);
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable();
        let candidates = counts.iter().map(|(_, [between, within])| between + within).sum();
        Patterns { counts, kept, candidates }
    }
}
