//! Blocks by sorting, and the pairs in them.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use super::atom::{AtomKeys, combine, hash};
use super::rules::{Rule, candidates};
use crate::compare::Comparer;
use crate::records::Records;

/// Up to this many records every pair is compared.
const EVERY_PAIR: usize = 1500;
/// A larger block is divided, or left out where nothing divides it.
const LARGEST: usize = 100;
/// Candidate pairs per record that the rules may give in all.
const BUDGET: u64 = 80;
/// A record with many names and many values of another column has at most this many keys of one rule.
const MOST_KEYS: usize = 24;

/// Told how many pieces of a stage are done, and of how many.
pub type Tick<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What one rule did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleReport {
    /// The rule in words.
    pub rule: String,
    /// Pairs in its blocks, those that an earlier rule gives included.
    pub pairs: u64,
    /// Records in its largest block.
    pub largest: usize,
    /// Blocks that were too large and were divided.
    pub divided: usize,
    /// Blocks that stayed too large and were left to the other rules.
    pub left_out: usize,
    /// Taken; otherwise its pairs would have gone over the budget.
    pub used: bool,
}

/// The keys and blocks of one rule.
struct RuleBlocks {
    ends: Vec<u32>,
    keys: Vec<u32>,
    /// Records in the order of their keys.
    sorted: Vec<u64>,
    /// Blocks of two records or more, as ranges of `sorted`.
    runs: Vec<(u32, u32)>,
}

/// The blocks of all rules.
pub struct Blocks {
    rules: Vec<RuleBlocks>,
    /// What each rule did.
    pub report: Vec<RuleReport>,
}

impl Blocks {
    /// Chooses the rules and builds their blocks.
    pub fn new(comparer: &Comparer) -> Self {
        let records = comparer.records();
        if records.len() <= EVERY_PAIR {
            return Self::every_pair(records);
        }
        let (rules, dividers) = candidates(records);
        let mut blocks = Blocks { rules: Vec::new(), report: Vec::new() };
        let (mut spent, budget) = (0, BUDGET * records.len() as u64);
        for rule in &rules {
            let own: Vec<_> = dividers.iter().filter(|d| !rule.atoms.contains(d)).collect();
            let (built, mut report) = build(rule, &own, comparer);
            report.used = spent + report.pairs <= budget;
            if report.used {
                spent += report.pairs;
                blocks.rules.push(built);
            }
            blocks.report.push(report);
        }
        blocks
    }

    fn every_pair(records: &Records) -> Self {
        let n = records.len() as u32;
        let rule = RuleBlocks {
            ends: (1..=n).collect(),
            keys: vec![1; n as usize],
            sorted: (0..n).map(u64::from).collect(),
            runs: if n > 1 { vec![(0, n)] } else { Vec::new() },
        };
        let report = RuleReport {
            rule: "every pair".to_owned(),
            pairs: records.pairs(),
            largest: records.len(),
            divided: 0,
            left_out: 0,
            used: true,
        };
        Blocks { rules: vec![rule], report: vec![report] }
    }

    /// Calls `each` once for every candidate pair (a < b), with a state per chunk of the work.
    /// The chunks do not depend on the number of threads; their states come back in order.
    pub fn for_each_pair<S: Send>(
        &self,
        tick: Tick,
        state: impl Fn() -> S + Sync,
        each: impl Fn(&mut S, u32, u32) + Sync,
    ) -> Vec<S> {
        let chunks = self.chunks();
        let done = AtomicUsize::new(0);
        tick(0, chunks.len());
        let work = |(rule, from, to): &(usize, usize, usize)| {
            let mut own = state();
            let blocks = &self.rules[*rule];
            for run in &blocks.runs[*from..*to] {
                let members = &blocks.sorted[run.0 as usize..run.1 as usize];
                let key = (members[0] >> 32) as u32;
                for (i, x) in members.iter().enumerate() {
                    for y in &members[i + 1..] {
                        let (a, b) = (*x as u32, *y as u32);
                        if a != b && !self.found_before(*rule, key, a, b) {
                            each(&mut own, a.min(b), a.max(b));
                        }
                    }
                }
            }
            tick(done.fetch_add(1, Ordering::Relaxed) + 1, chunks.len());
            own
        };
        chunks.par_iter().map(work).collect()
    }

    /// An earlier rule gives the pair, or this one under a smaller key.
    fn found_before(&self, rule: usize, key: u32, a: u32, b: u32) -> bool {
        let own = &self.rules[rule];
        let smaller = shared(own.of(a), own.of(b)).is_some_and(|first| first < key);
        smaller || self.rules[..rule].iter().any(|earlier| shared(earlier.of(a), earlier.of(b)).is_some())
    }

    /// (rule, first block, last block): runs of about equal work.
    fn chunks(&self) -> Vec<(usize, usize, usize)> {
        let work = |run: &(u32, u32)| u64::from(run.1 - run.0).pow(2) / 2;
        let total: u64 = self.rules.iter().flat_map(|r| &r.runs).map(work).sum();
        let enough = (total / 256).max(20_000);
        let mut chunks = Vec::new();
        for (rule, blocks) in self.rules.iter().enumerate() {
            let (mut from, mut sum) = (0, 0);
            for (i, run) in blocks.runs.iter().enumerate() {
                sum += work(run);
                if sum >= enough || i + 1 == blocks.runs.len() {
                    chunks.push((rule, from, i + 1));
                    (from, sum) = (i + 1, 0);
                }
            }
        }
        chunks
    }
}

impl RuleBlocks {
    /// The record's keys, sorted.
    fn of(&self, record: u32) -> &[u32] {
        let record = record as usize;
        let start = if record == 0 { 0 } else { self.ends[record - 1] };
        &self.keys[start as usize..self.ends[record] as usize]
    }
}

/// The smallest key in both sorted lists.
fn shared(xs: &[u32], ys: &[u32]) -> Option<u32> {
    let (mut i, mut j) = (0, 0);
    while i < xs.len() && j < ys.len() {
        match xs[i].cmp(&ys[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return Some(xs[i]),
        }
    }
    None
}

fn build(rule: &Rule, dividers: &[&super::atom::Atom], comparer: &Comparer) -> (RuleBlocks, RuleReport) {
    let mut entries = entries(rule, comparer);
    entries.par_sort_unstable();
    entries.dedup();
    let (mut divided, mut left_out) = (0, 0);
    for divider in dividers {
        let large: Vec<(usize, usize)> = runs(&entries).filter(|(from, to)| to - from > LARGEST).collect();
        if large.is_empty() {
            break;
        }
        divided += large.len();
        let keys = AtomKeys::new(**divider, comparer);
        let mut own = Vec::new();
        for (from, to) in large {
            for entry in &mut entries[from..to] {
                own.clear();
                keys.of(comparer, *entry as u32, &mut own);
                let part = own.iter().min().copied().unwrap_or(2);
                *entry = u64::from(combine((*entry >> 32) as u32, part)) << 32 | u64::from(*entry as u32);
            }
        }
        entries.par_sort_unstable();
    }
    let too_large: Vec<(usize, usize)> = runs(&entries).filter(|(from, to)| to - from > LARGEST).collect();
    for (from, to) in too_large {
        left_out += 1;
        entries[from..to].fill(u64::MAX);
    }
    entries.retain(|entry| *entry != u64::MAX);
    let runs: Vec<(u32, u32)> = runs(&entries)
        .filter(|(from, to)| to - from > 1)
        .map(|(from, to)| (from as u32, to as u32))
        .collect();
    let sizes = || runs.iter().map(|(from, to)| (to - from) as usize);
    let report = RuleReport {
        rule: rule.name(comparer.records()),
        pairs: sizes().map(|size| (size * (size - 1) / 2) as u64).sum(),
        largest: sizes().max().unwrap_or(0),
        divided,
        left_out,
        used: false,
    };
    let (ends, keys) = by_record(&entries, comparer.records().len());
    (RuleBlocks { ends, keys, sorted: entries, runs }, report)
}

/// (key, record) of every record, packed into one number each.
fn entries(rule: &Rule, comparer: &Comparer) -> Vec<u64> {
    let atoms: Vec<AtomKeys> = rule.atoms.iter().map(|atom| AtomKeys::new(*atom, comparer)).collect();
    let seed = hash(&[atoms.len() as u8]);
    let of_record = |(keys, parts, products): &mut (Vec<u32>, Vec<u32>, Vec<u32>), record: u32| {
        keys.clear();
        for (i, atom) in atoms.iter().enumerate() {
            parts.clear();
            atom.of(comparer, record, parts);
            if i == 0 {
                keys.extend(parts.iter().map(|p| if rule.any_order { *p } else { combine(seed, *p) }));
                continue;
            }
            products.clear();
            for key in keys.iter() {
                for part in parts.iter() {
                    let (a, b) =
                        if rule.any_order { (*key.min(part), *key.max(part)) } else { (*key, *part) };
                    products.push(combine(a, b));
                }
            }
            std::mem::swap(keys, products);
        }
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(MOST_KEYS);
        keys.iter().map(|key| u64::from(*key) << 32 | u64::from(record)).collect::<Vec<u64>>()
    };
    (0..comparer.records().len() as u32)
        .into_par_iter()
        .with_min_len(4096)
        .map_init(Default::default, of_record)
        .flatten_iter()
        .collect()
}

/// Ranges of entries with one key.
fn runs(entries: &[u64]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let key = entries.get(from)? >> 32;
        let length = entries[from..].iter().take_while(|e| **e >> 32 == key).count();
        let run = (from, from + length);
        from += length;
        Some(run)
    })
}

/// The keys of each record, by counting.
fn by_record(entries: &[u64], records: usize) -> (Vec<u32>, Vec<u32>) {
    let mut ends = vec![0u32; records + 1];
    for entry in entries {
        ends[*entry as u32 as usize + 1] += 1;
    }
    for record in 0..records {
        ends[record + 1] += ends[record];
    }
    let (mut next, mut keys) = (ends.clone(), vec![0; entries.len()]);
    for entry in entries {
        let at = &mut next[*entry as u32 as usize];
        keys[*at as usize] = (entry >> 32) as u32;
        *at += 1;
    }
    ends.remove(0);
    (ends, keys)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::records::{Column, FieldKind};

    fn people(n: usize) -> Records {
        let name = |i: usize, k: usize| ["anna", "ben", "carl", "dora", "emil", "fay"][i / k % 6];
        let surname = |i: usize| ["smith", "jones", "taylor", "brown", "khan"][i * 7 / 3 % 5];
        Records::new(n)
            .with(Column::from_texts("forename", FieldKind::Forename, (0..n).map(|i| [name(i, 1)])))
            .with(Column::from_texts("surname", FieldKind::Surname, (0..n).map(|i| [surname(i)])))
            .with(Column::from_texts(
                "dob",
                FieldKind::Date,
                (0..n).map(|i| [format!("20{:02}-{:02}-{:02}", i / 7 % 18, i % 12 + 1, i % 28 + 1)]),
            ))
    }

    fn pairs(records: &Records) -> BTreeMap<(u32, u32), u32> {
        let comparer = Comparer::new(records);
        let found =
            Blocks::new(&comparer).for_each_pair(&|_, _| {}, Vec::new, |list, a, b| list.push((a, b)));
        let mut counts = BTreeMap::new();
        for pair in found.into_iter().flatten() {
            *counts.entry(pair).or_default() += 1;
        }
        counts
    }

    #[test]
    fn few_records_are_all_compared() {
        for n in [0, 1, 2, 50] {
            assert_eq!(pairs(&people(n)).len(), n * n.saturating_sub(1) / 2);
        }
    }

    #[test]
    fn every_pair_is_given_once_and_the_same_values_always_meet() {
        let records = people(3000);
        let found = pairs(&records);
        assert!(found.values().all(|count| *count == 1));
        let columns = records.columns();
        for a in 0..3000 {
            for b in a + 1..3000 {
                if columns.iter().all(|c| c.ids(a) == c.ids(b)) {
                    assert!(found.contains_key(&(a, b)), "{a} {b}");
                }
            }
        }
    }
}
