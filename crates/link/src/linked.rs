//! The whole way from records to clusters.

use std::io;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::block::{MANY, RuleReport};
use crate::cluster::{self, Coverage, Doubt, Edge, Member, agglomerate, members};
use crate::compare::{Aliases, Comparer, Memory};
use crate::model::{Basis, Frequencies, KeptPair, Model, Patterns, Scorer, fit, refit};
use crate::pile::Pile;
use crate::records::Records;
use crate::settings::Settings;

/// Rounds of clustering; after each but the last the model is estimated anew from the clusters. Very
/// many records show in the first round already what others show in the second.
fn rounds(records: usize) -> usize {
    if records as u64 > MANY { 2 } else { 3 }
}

/// Pairs of records below this weight can't bring two groups together, in bits.
const WEAKEST_EDGE: f64 = -4.0;
/// The same where one of the two was left over, and the other is of a person who is well known: a
/// record that says little may fit no single record, and still the person.
const WEAKEST_LEFT_OVER: f64 = -14.0;

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

/// What linking found. It can be kept and read again, but explains nothing then.
#[derive(Serialize, Deserialize)]
pub struct Linked {
    /// Cluster of each record, numbered from 0 in the order of their first records.
    pub clusters: Vec<u32>,
    /// Each record in its cluster.
    pub members: Vec<Member>,
    /// The probability of each cluster that none of its records is somebody else's.
    pub probabilities: Vec<f32>,
    /// Pairs of clusters that a person should look at, the most likely first.
    pub doubts: Vec<Doubt>,
    /// The model that was fitted.
    pub model: Model,
    /// What its figures rest on.
    pub basis: Basis,
    /// What each blocking rule did.
    pub blocking: Vec<RuleReport>,
    /// Pairs in all blocks; one that several rules give counts each time.
    pub candidates: u64,
    /// What explanations need besides; it is not kept.
    #[serde(skip)]
    pub(crate) grounds: Option<Grounds>,
}

impl Linked {
    /// Pairs of records that could bring their groups together, with their weights; none where they are
    /// too many for [`Settings::pair_memory`], or where the links were kept and read again.
    pub fn edges(&self) -> &[Edge] {
        self.grounds.as_ref().map_or(&[], |grounds| &grounds.edges)
    }
}

/// What was weighed with, beside the model.
pub(crate) struct Grounds {
    /// How common each value was taken to be.
    pub frequencies: Frequencies,
    /// Other names for the same that were learnt, column by column.
    pub aliases: Vec<Aliases>,
    /// How much of each source the others have.
    pub coverage: Coverage,
    /// [`Linked::edges`].
    pub edges: Vec<Edge>,
}

/// Told of each step: the stage, how many of its steps are done, and of how many.
pub type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// Links records, all in memory.
pub fn link(records: &Records, settings: &Settings) -> Linked {
    let settings = Settings { pair_memory: None, ..settings.clone() };
    link_with(records, &settings, &|_, _, _| {}).expect("without a ceiling there is no file that can fail")
}

/// Links records and says how far it is.
///
/// # Errors
/// Pairs are too many for [`Settings::pair_memory`], and the temporary file can't be written or read.
pub fn link_with(records: &Records, settings: &Settings, progress: Progress) -> io::Result<Linked> {
    progress(Stage::Blocking, 0, 1);
    let settings = &settings.for_records(records.len());
    let mut comparer = Comparer::new(records);
    let mut frequencies = Frequencies::new(&comparer, None);
    let start = settings.start.model(records);
    let comparing = |done, of| progress(Stage::Comparing, done, of);
    let memory = settings.pair_memory;
    let (mut patterns, blocks) =
        Patterns::new(&comparer, &frequencies, &start, &settings.rules, memory, &comparing)?;
    progress(Stage::Fitting, 0, 1);
    let frozen = settings.start.is_frozen();
    let mut model = if frozen { start.clone() } else { fit(&start, &comparer, &patterns) };
    let (mut coverage, mut left_over, mut round) = (Coverage::unknown(), None, 1);
    let rounds = rounds(records.len());
    let (clusters, mut doubts, edges) = loop {
        let tick = |done, of| progress(Stage::Clustering(round), done, of);
        let scorer = Scorer::new(&model, &comparer, &frequencies);
        let mut edges = edges(&scorer, &patterns.kept, left_over.as_deref(), memory)?;
        edges.extend(told_edges(&scorer))?;
        let (clusters, doubts) = agglomerate(&scorer, &coverage, &edges, settings, &tick)?;
        if round + 1 == rounds && comparer.learn_aliases(&clusters) > 0 {
            patterns.look_again(&comparer)?;
        }
        if round == rounds {
            break (clusters, doubts, edges);
        }
        if !frozen {
            model = refit(&model, &start, &comparer, &clusters);
        }
        frequencies = Frequencies::new(&comparer, Some(&clusters));
        coverage = Coverage::of(records, &clusters);
        left_over = Some(cluster::left_over(&clusters));
        round += 1;
    };
    doubts.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.left, x.right).cmp(&(y.left, y.right))));
    let mut members = members(&Scorer::new(&model, &comparer, &frequencies), &coverage, &clusters);
    for (a, b) in records.told_same().iter().filter(|(a, b)| clusters[*a as usize] == clusters[*b as usize]) {
        members[*a as usize].probability = 1.0;
        members[*b as usize].probability = 1.0;
    }
    let persons = clusters.iter().max().map_or(0, |last| *last as usize + 1);
    let basis = Basis::of(&settings.start, patterns.candidates, records.len() - persons);
    let (candidates, blocking) = (patterns.candidates, blocks.report);
    let aliases = comparer.aliases().to_vec();
    Ok(Linked {
        probabilities: cluster::probabilities(&members, &clusters),
        clusters,
        members,
        doubts,
        model,
        basis,
        blocking,
        candidates,
        grounds: Some(Grounds {
            frequencies,
            aliases,
            coverage,
            edges: edges.into_all().unwrap_or_default(),
        }),
    })
}

/// The pairs that a person said to be one, as edges: they must be of one piece.
fn told_edges(scorer: &Scorer) -> Vec<Edge> {
    let mut memory = Memory::default();
    let edge = |(a, b): &(u32, u32)| {
        let (a, b) = (*a, *b);
        let pattern = scorer.comparer().pattern(a, b, &mut memory);
        Edge { a, b, weight: scorer.pair(a, b, pattern) as f32, pattern }
    };
    scorer.comparer().records().told_same().iter().map(edge).collect()
}

/// Pairs that are scored at once where memory is short.
const PART: usize = 64 * 1024;

/// The pairs that can bring groups together; `left_over` says which records were left over in the
/// round before.
fn edges(
    scorer: &Scorer,
    kept: &Pile<KeptPair>,
    left_over: Option<&[bool]>,
    memory: Option<u64>,
) -> io::Result<Pile<Edge>> {
    let weakest = |pair: &KeptPair| match left_over {
        Some(left_over) if left_over[pair.a as usize] != left_over[pair.b as usize] => WEAKEST_LEFT_OVER,
        _ => WEAKEST_EDGE,
    };
    let told = scorer.comparer().records().told_same();
    let edge = |pair: &KeptPair| {
        let weakest = weakest(pair);
        if scorer.at_most(pair.pattern) < weakest as f32 {
            return None;
        }
        // It comes with the others that were told.
        if !told.is_empty() && told.binary_search(&(pair.a, pair.b)).is_ok() {
            return None;
        }
        let weight = scorer.pair(pair.a, pair.b, pair.pattern);
        let (a, b, pattern) = (pair.a, pair.b, pair.pattern);
        (weight >= weakest).then_some(Edge { a, b, weight: weight as f32, pattern })
    };
    let of_part =
        |part: &[KeptPair]| -> Vec<Edge> { part.par_iter().with_min_len(4096).filter_map(edge).collect() };
    match kept.all() {
        Some(all) if memory.is_none() => Ok(Pile::held(of_part(all))),
        _ => {
            let mut edges = Pile::new(memory.map(|bytes| bytes / 4));
            kept.parts(|part| part.chunks(PART).try_for_each(|part| edges.extend(of_part(part))))?;
            Ok(edges)
        }
    }
}
