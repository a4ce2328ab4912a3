//! The whole way from records to clusters.

use rayon::prelude::*;

use crate::block::RuleReport;
use crate::cluster::{Coverage, Doubt, Edge, Member, Settings, agglomerate, members};
use crate::compare::Comparer;
use crate::explain::{Explanation, explain};
use crate::model::{Frequencies, KeptPair, Model, Patterns, Scorer, fit, refit};
use crate::records::Records;

/// Rounds of clustering; after each but the last the model is estimated anew from the clusters.
const ROUNDS: usize = 3;
/// Pairs of records below this weight can't bring two groups together, in bits.
const WEAKEST_EDGE: f64 = -4.0;

/// What is going on, for whoever shows progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding the pairs worth comparing.
    Blocking,
    /// Comparing them.
    Comparing,
    /// Fitting the model.
    Fitting,
    /// Forming clusters; the number of the round.
    Clustering(usize),
}

/// What linking found.
pub struct Linked {
    /// Cluster of each record, numbered from 0 in the order of their first records.
    pub clusters: Vec<u32>,
    /// Each record in its cluster.
    pub members: Vec<Member>,
    /// Pairs of clusters that a person should look at, the most likely first.
    pub doubts: Vec<Doubt>,
    /// The model that was fitted.
    pub model: Model,
    /// What each blocking rule did.
    pub blocking: Vec<RuleReport>,
    /// Pairs that were compared.
    pub candidates: u64,
}

/// Told of each step: the stage, how many of its steps are done, and of how many.
pub type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// Links records.
pub fn link(records: &Records, settings: &Settings) -> Linked {
    link_with(records, settings, &|_, _, _| {})
}

/// Links records and says how far it is.
pub fn link_with(records: &Records, settings: &Settings, progress: Progress) -> Linked {
    progress(Stage::Blocking, 0, 1);
    let comparer = Comparer::new(records);
    let mut frequencies = Frequencies::new(&comparer, None);
    let (patterns, blocks) =
        Patterns::new(&comparer, &frequencies, &|done, of| progress(Stage::Comparing, done, of));
    let blocking = blocks.report;
    progress(Stage::Fitting, 0, 1);
    let mut model = fit(&comparer, &patterns);
    let (mut coverage, mut round) = (Coverage::unknown(), 1);
    loop {
        let tick = |done, of| progress(Stage::Clustering(round), done, of);
        let scorer = Scorer::new(&model, &comparer, &frequencies);
        let edges = edges(&scorer, &patterns.kept);
        let (clusters, mut doubts) = agglomerate(&scorer, &coverage, &edges, settings, &tick);
        if round == ROUNDS {
            doubts.sort_by(|x, y| {
                y.weight.total_cmp(&x.weight).then((x.left, x.right).cmp(&(y.left, y.right)))
            });
            let members = members(&scorer, &clusters);
            let candidates = patterns.candidates;
            return Linked { clusters, members, doubts, blocking, candidates, model };
        }
        model = refit(&model, &comparer, &clusters);
        frequencies = Frequencies::new(&comparer, Some(&clusters));
        coverage = Coverage::of(records, &clusters);
        round += 1;
    }
}

impl Linked {
    /// Explains two records with the fitted model.
    pub fn explain(&self, records: &Records, a: u32, b: u32) -> Explanation {
        let comparer = Comparer::new(records);
        let frequencies = Frequencies::new(&comparer, Some(&self.clusters));
        explain(&Scorer::new(&self.model, &comparer, &frequencies), a, b)
    }
}

fn edges(scorer: &Scorer, kept: &[KeptPair]) -> Vec<Edge> {
    kept.par_iter()
        .with_min_len(4096)
        .filter_map(|pair| {
            let weight = scorer.pair(pair.a, pair.b, pair.pattern);
            (weight >= WEAKEST_EDGE).then_some(Edge {
                a: pair.a,
                b: pair.b,
                weight: weight as f32,
                pattern: pair.pattern,
            })
        })
        .collect()
}
