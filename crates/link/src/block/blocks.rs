//! Blocks by sorting, rule after rule, and the pairs in them.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::given::{Given, Lines};
use super::keys::{Atoms, RuleBlocks};
use super::rules::{Rule, candidates, narrower};
use crate::compare::Comparer;

/// Up to this many records every pair is compared.
const EVERY_PAIR: usize = 1500;
/// Candidate pairs per record that the rules may give in all.
fn budget(records: u64) -> u64 {
    if records <= MANY { 80 * records } else { 50 * records }
}

/// From here on time is dear.
pub(crate) const MANY: u64 = 250_000;
/// Pairs per record of one rule from which, where time is dear, narrower rules take its place.
const BROAD: u64 = 3;

/// Told how many pieces of a stage are done, and of how many.
pub type Tick<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What one rule did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleReport {
    /// The rule in words.
    pub rule: String,
    /// Pairs in its blocks, those that an earlier rule gives included; of a rule that was too broad
    /// among very many records, about so many.
    pub pairs: u64,
    /// Records in its largest block.
    pub largest: usize,
    /// Blocks that were too large and were divided.
    pub divided: usize,
    /// Blocks that stayed too large and were left to the other rules.
    pub left_out: usize,
    /// Taken; otherwise its pairs would have gone over the budget, or every pair is compared anyway.
    pub used: bool,
    /// One of the user's own rules.
    pub own: bool,
}

/// The rules that were used, and what each did.
pub struct Blocks {
    given: Given,
    /// What each rule did, those included that were not used.
    pub report: Vec<RuleReport>,
}

/// A rule to try.
struct Task {
    rule: Rule,
    own: bool,
    /// It takes the place of a broader one.
    narrow: bool,
}

impl Task {
    fn new(rule: Rule) -> Self {
        Task { rule, own: false, narrow: false }
    }

    fn own(rule: &Rule) -> Self {
        Task { rule: rule.clone(), own: true, narrow: false }
    }
}

/// Blocks of about so many records are shown together.
const BATCH: usize = 512;

/// The pairs that a rule gives first, of some of its blocks.
#[derive(Default)]
pub struct Batch {
    /// The records, block after block.
    pub records: Vec<u32>,
    /// The pairs, as places in `records`.
    pub pairs: Vec<(u32, u32)>,
}

impl Batch {
    /// A pair, the earlier record first.
    pub fn pair(&self, places: (u32, u32)) -> (u32, u32) {
        let (a, b) = (self.records[places.0 as usize], self.records[places.1 as usize]);
        (a.min(b), a.max(b))
    }
}

/// Space for one batch, kept from one to the next.
#[derive(Default)]
struct Space {
    members: Vec<u64>,
    ends: Vec<usize>,
    lines: Lines,
    batch: Batch,
}

impl Space {
    /// Some of the blocks: of each, the pairs that no earlier rule gives, nor this one under a
    /// smaller key. Blocks without such a pair are left out.
    fn take(
        &mut self,
        runs: &mut std::slice::Iter<(u32, u32)>,
        built: &RuleBlocks,
        earlier: &Given,
    ) -> &Batch {
        let Space { members, ends, lines, batch: Batch { records, pairs } } = self;
        members.clear();
        ends.clear();
        records.clear();
        pairs.clear();
        while members.len() < BATCH
            && let Some((from, to)) = runs.next()
        {
            members.extend_from_slice(&built.sorted[*from as usize..*to as usize]);
            ends.push(members.len());
        }
        earlier.fetch(members.iter().map(|entry| *entry as u32), lines);
        let several = built.keys.single().is_none();
        let mut from = 0;
        for end in ends.iter() {
            let (first, before) = (records.len(), pairs.len());
            for i in from..*end {
                for j in i + 1..*end {
                    let (a, b, key) = (members[i] as u32, members[j] as u32, (members[i] >> 32) as u32);
                    let smaller = || several && built.keys.shared(a, b).is_some_and(|shared| shared < key);
                    if a != b && !smaller() && !earlier.give_at(lines, (i, j), a, b) {
                        pairs.push(((first + i - from) as u32, (first + j - from) as u32));
                    }
                }
            }
            if pairs.len() > before {
                records.extend(members[from..*end].iter().map(|entry| *entry as u32));
            }
            from = *end;
        }
        &self.batch
    }
}

impl Blocks {
    /// Chooses the rules, builds their blocks, and shows the pairs that they give, batch by batch, to `each`, with space of the
    /// thread and a state per chunk of the work; the states go to `absorb` in order. The chunks do not depend on the
    /// number of threads. Blocks of one rule are forgotten before the next rule's are built. The
    /// user's `own` rules are always taken. Of `at_once` pairs at most the states are held together.
    #[expect(clippy::too_many_arguments, reason = "each is another part of the one walk")]
    pub fn walk<S: Send, T>(
        comparer: &Comparer,
        own: &[Rule],
        at_once: u64,
        tick: Tick,
        space: impl Fn() -> T + Sync,
        state: impl Fn() -> S + Sync,
        each: impl Fn(&mut T, &mut S, &Batch) + Sync,
        mut absorb: impl FnMut(S),
    ) -> Self {
        let mut blocks = Blocks { given: Given::default(), report: Vec::new() };
        let records = comparer.records().len();
        let mut work = |blocks: &mut Blocks, built: RuleBlocks, progress: &(dyn Fn(f64) + Sync)| {
            walk_rule(&built, &blocks.given, at_once, progress, &space, &state, &each, &mut absorb);
            blocks.given.push(built.keys);
        };
        if records <= EVERY_PAIR {
            blocks.report.push(every_pair(records as u64));
            let progress = |share: f64| tick((share * 100.0) as usize, 100);
            work(&mut blocks, RuleBlocks::every_pair(records as u32), &progress);
            blocks.report.extend(own.iter().map(|rule| rule_not_needed(rule, comparer)));
            return blocks;
        }
        let (built_in, dividers) = candidates(comparer.records());
        let mut rules: VecDeque<Task> =
            own.iter().map(Task::own).chain(built_in.into_iter().map(Task::new)).collect();
        let (mut spent, budget) = (0, budget(records as u64));
        let mut atoms = Atoms::new(comparer);
        let (mut done, mut all) = (0, rules.len());
        while let Some(Task { rule, own, narrow }) = rules.pop_front() {
            let before = done;
            let progress = |share: f64| tick(before * 100 + (share * 100.0) as usize, all * 100);
            progress(0.0);
            done += 1;
            // Both names are the most telling of all, and nothing narrower finds what they find.
            if !own && !narrow && !rule.any_order && records as u64 > MANY {
                let pairs = atoms.estimate(&rule);
                if pairs > BROAD * records as u64 {
                    blocks.report.push(too_broad(&rule, pairs, comparer));
                    let instead = narrower(&rule, comparer.records());
                    all += instead.len();
                    let instead = instead.into_iter().rev().map(|rule| Task { rule, own, narrow: true });
                    instead.for_each(|task| rules.push_front(task));
                    continue;
                }
            }
            let others: Vec<_> = dividers.iter().copied().filter(|d| !rule.atoms.contains(d)).collect();
            let (built, mut report) = atoms.build(&rule, &others);
            report.own = own;
            report.used = own || spent + report.pairs <= budget;
            if report.used {
                spent += if own { 0 } else { report.pairs };
                work(&mut blocks, built, &progress);
            }
            blocks.report.push(report);
        }
        blocks
    }

    /// The rules and what they give, without a look at the pairs.
    pub fn of(comparer: &Comparer, own: &[Rule]) -> Self {
        Self::walk(comparer, own, u64::MAX, &|_, _| {}, || (), || (), |_, _, _| {}, |_| {})
    }

    /// The pair is in a block of some rule.
    pub fn give(&self, a: u32, b: u32) -> bool {
        self.given.give(a, b)
    }

    /// Pairs in all blocks; one that several rules give counts each time.
    pub fn pairs(&self) -> u64 {
        self.report.iter().filter(|rule| rule.used).map(|rule| rule.pairs).sum()
    }
}

fn every_pair(records: u64) -> RuleReport {
    RuleReport {
        rule: "every pair".to_owned(),
        pairs: records * records.saturating_sub(1) / 2,
        largest: records as usize,
        divided: 0,
        left_out: 0,
        used: true,
        own: false,
    }
}

/// The report of a rule that was not built: narrower ones take its place.
fn too_broad(rule: &Rule, pairs: u64, comparer: &Comparer) -> RuleReport {
    RuleReport { rule: rule.name(comparer.records()), pairs, largest: 0, used: false, ..every_pair(0) }
}

/// The report of a user's rule where every pair is compared anyway.
fn rule_not_needed(rule: &Rule, comparer: &Comparer) -> RuleReport {
    RuleReport {
        rule: rule.name(comparer.records()),
        pairs: 0,
        largest: 0,
        used: false,
        own: true,
        ..every_pair(0)
    }
}

/// Shows the blocks of one rule, in chunks of about equal work.
#[expect(clippy::too_many_arguments, reason = "each is another part of the one walk")]
fn walk_rule<S: Send, T>(
    built: &RuleBlocks,
    earlier: &Given,
    at_once: u64,
    progress: &(dyn Fn(f64) + Sync),
    space: &(impl Fn() -> T + Sync),
    state: &(impl Fn() -> S + Sync),
    each: &(impl Fn(&mut T, &mut S, &Batch) + Sync),
    absorb: &mut impl FnMut(S),
) {
    let work = |run: &(u32, u32)| u64::from(run.1 - run.0).pow(2) / 2;
    let total: u64 = built.runs.iter().map(work).sum();
    let enough = (total / 64).max(20_000).min(at_once / 4);
    let (mut chunks, mut from, mut sum) = (Vec::new(), 0, 0);
    for (i, run) in built.runs.iter().enumerate() {
        sum += work(run);
        if sum >= enough || i + 1 == built.runs.len() {
            chunks.push((&built.runs[from..=i], sum));
            (from, sum) = (i + 1, 0);
        }
    }
    let done = AtomicU64::new(0);
    let of_chunk = |(theirs, space): &mut (T, Space), (runs, sum): (&[(u32, u32)], u64)| {
        let (mut own, mut runs) = (state(), runs.iter());
        while runs.len() > 0 {
            each(theirs, &mut own, space.take(&mut runs, built, earlier));
        }
        progress((done.fetch_add(sum, Ordering::Relaxed) + sum) as f64 / total as f64);
        own
    };
    let mut rest = &chunks[..];
    while !rest.is_empty() {
        let mut sum = 0;
        let fit = |(_, pairs): &&(&[(u32, u32)], u64)| {
            sum += pairs;
            sum <= at_once
        };
        let (now, later) = rest.split_at(rest.iter().take_while(fit).count().max(1));
        let space = || (space(), Space::default());
        let states: Vec<S> = now.par_iter().map_init(space, |space, chunk| of_chunk(space, *chunk)).collect();
        states.into_iter().for_each(&mut *absorb);
        rest = later;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::block::atom::Atom;
    use crate::records::{Column, FieldKind, Records};

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

    fn pairs(records: &Records, own: &[Rule]) -> BTreeMap<(u32, u32), u32> {
        let [all, few] = [u64::MAX, 1000].map(|at_once| pairs_at_once(records, own, at_once));
        assert!(all == few, "how many are held at once makes no difference");
        all
    }

    fn pairs_at_once(records: &Records, own: &[Rule], at_once: u64) -> BTreeMap<(u32, u32), u32> {
        let comparer = Comparer::new(records);
        let mut counts = BTreeMap::new();
        let every = |_: &mut (), list: &mut Vec<(u32, u32)>, batch: &Batch| {
            list.extend(batch.pairs.iter().map(|places| batch.pair(*places)));
        };
        let count = |list: Vec<(u32, u32)>| list.into_iter().for_each(|p| *counts.entry(p).or_default() += 1);
        let blocks = Blocks::walk(&comparer, own, at_once, &|_, _| {}, || (), Vec::new, every, count);
        assert!(counts.keys().all(|(a, b)| blocks.give(*a, *b)));
        counts
    }

    #[test]
    fn few_records_are_all_compared() {
        for n in [0, 1, 2, 50] {
            assert_eq!(pairs(&people(n), &[]).len(), n * n.saturating_sub(1) / 2);
        }
    }

    #[test]
    fn every_pair_is_given_once_and_the_same_values_always_meet() {
        let records = people(3000);
        let found = pairs(&records, &[]);
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

    #[test]
    fn a_rule_of_the_user_gives_its_pairs_besides_the_others_and_once() {
        let teams = (0..3000).map(|i| [["ab", "bc", "cd", "de"][i / 11 % 4]]);
        let records = people(3000).with(Column::from_texts("team", FieldKind::Code, teams));
        let rule = Rule { atoms: vec![Atom::Month(2), Atom::Value(3)], any_order: false };
        let (without, with) = (pairs(&records, &[]), pairs(&records, std::slice::from_ref(&rule)));
        assert!(with.values().all(|count| *count == 1));
        assert!(without.keys().all(|pair| with.contains_key(pair)));
        assert!(with.len() > without.len());
        let comparer = Comparer::new(&records);
        let report = Blocks::of(&comparer, &[rule]).report;
        assert!(report[0].own && report[0].used && report[1..].iter().all(|r| !r.own), "{report:?}");
    }
}
