//! Joining groups, the best match first.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::io;
use std::sync::atomic::{self, AtomicUsize};

use rayon::prelude::*;

use super::components::{Components, Portions};
use super::coverage::Coverage;
use super::group::{Bar, Between, Groups, Match, Together};
use super::{Doubt, Edge, Why};
use crate::block::Tick;
use crate::compare::Pattern;
use crate::model::Scorer;
use crate::pile::Pile;
use crate::settings::Settings;

/// The cluster of each record (numbered in the order of their first records), and the doubtful
/// pairs of clusters.
pub fn agglomerate(
    scorer: &Scorer,
    coverage: &Coverage,
    edges: &Pile<Edge>,
    settings: &Settings,
    tick: Tick,
) -> io::Result<(Vec<u32>, Vec<Doubt>)> {
    let records = scorer.comparer().records().len();
    let mut leader: Vec<u32> = (0..records as u32).collect();
    let mut doubts = Vec::new();
    let mut solve = |edges: &[Edge], tick: Tick| {
        for chunk in solve_all(scorer, coverage, &Components::new(records, edges), settings, tick) {
            for (record, first) in chunk.joined {
                leader[record as usize] = first;
            }
            doubts.extend(chunk.doubts);
        }
    };
    match edges.all() {
        Some(all) => solve(all, tick),
        None => {
            let most = settings.pair_memory.map_or(u64::MAX, |bytes| bytes / 4 / size_of::<Edge>() as u64);
            let portions = Portions::new(records, edges, most)?;
            for portion in 0..portions.len() {
                tick(portion, portions.len());
                solve(&portions.get(edges, portion)?, &|_, _| {});
            }
        }
    }
    Ok((numbered(&leader), doubts))
}

/// Solves independent pieces.
fn solve_all(
    scorer: &Scorer,
    coverage: &Coverage,
    pieces: &Components,
    settings: &Settings,
    tick: Tick,
) -> Vec<Solved> {
    let chunks = pieces.len().div_ceil(CHUNK);
    let done = AtomicUsize::new(0);
    tick(0, chunks);
    let solve_chunk = |groups: &mut Groups, chunk: usize| {
        let mut solved = Solved::default();
        for piece in chunk * CHUNK..pieces.len().min((chunk + 1) * CHUNK) {
            let (members, edges) = pieces.get(piece);
            solve(groups, members, edges, settings, &mut solved);
        }
        tick(done.fetch_add(1, atomic::Ordering::Relaxed) + 1, chunks);
        solved
    };
    let of_thread = || Groups::new(scorer, coverage, settings.strict);
    (0..chunks).into_par_iter().map_init(of_thread, solve_chunk).collect()
}

/// Pieces that one thread solves before it takes others.
const CHUNK: usize = 256;

/// What came of some pieces.
#[derive(Default)]
struct Solved {
    /// (record, first record of its cluster).
    joined: Vec<(u32, u32)>,
    doubts: Vec<Doubt>,
}

fn numbered(leader: &[u32]) -> Vec<u32> {
    let mut numbers = vec![0; leader.len()];
    let mut next = 0;
    for (record, first) in leader.iter().enumerate() {
        if *first == record as u32 {
            numbers[record] = next;
            next += 1;
        } else {
            numbers[record] = numbers[*first as usize];
        }
    }
    numbers
}

/// A candidate join; the greatest is joined first.
#[derive(PartialEq)]
struct Candidate {
    weight: f64,
    groups: (u32, u32),
    versions: (u32, u32),
    /// The group that offers it.
    of: u32,
}

impl Candidate {
    fn groups(&self) -> (usize, usize) {
        (self.groups.0 as usize, self.groups.1 as usize)
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.weight.total_cmp(&other.weight).then_with(|| Reverse(self.groups).cmp(&Reverse(other.groups)))
    }
}

/// Bits that it takes beyond the usual where what decides is little.
const LITTLE: f64 = 2.0;

/// A group that another may be joined with.
struct Near {
    group: usize,
    found: Match,
    /// Said of both where their match is kept; kept with the group of the smaller number, and seen from
    /// there.
    known: Known,
    /// This group offers the join: of every pair, the group that came to be last.
    offers: bool,
}

/// What the records of two groups are known to say of each other.
enum Known {
    /// How the only record of each agrees with the other's.
    Pair(Pattern),
    Groups(Box<Between>),
    /// It is kept with the other group.
    There,
}

struct Piece<'g, 'a> {
    groups: &'g mut Groups<'a>,
    /// The records of each group in the order in which they came to it; the first is the smallest.
    members: Vec<Vec<u32>>,
    versions: Vec<u32>,
    near: Vec<Vec<Near>>,
    /// Of each group the best join that it offers and that was not tried yet.
    heap: BinaryHeap<Candidate>,
    join_at: f64,
    /// Space that is no longer needed, for what comes next.
    #[expect(clippy::vec_box, reason = "each goes as it is to the next pair of groups")]
    spare: Vec<Box<Between>>,
}

fn solve(groups: &mut Groups, records: &[u32], edges: &[Edge], settings: &Settings, solved: &mut Solved) {
    let told = told(groups, records);
    if told.is_empty() && is_solid(groups, records, edges, settings) {
        solved.joined.extend(records.iter().map(|record| (*record, records[0])));
        return;
    }
    let mut piece = Piece {
        groups,
        members: records.iter().map(|r| vec![*r]).collect(),
        versions: vec![0; records.len()],
        near: records.iter().map(|_| Vec::new()).collect(),
        heap: BinaryHeap::new(),
        join_at: settings.join_at,
        spare: Vec::new(),
    };
    let index = |record: u32| records.binary_search(&record).expect("an edge of this component");
    for edge in edges {
        let found = piece.groups.of_edge(edge);
        piece.remember(index(edge.a), index(edge.b), found, Known::Pair(edge.pattern));
    }
    for (a, b) in told {
        piece.join_told(a, b);
    }
    (0..records.len()).for_each(|group| piece.offer(group, None));
    let mut torn = Vec::new();
    while let Some(candidate) = piece.heap.pop() {
        let (x, y) = candidate.groups();
        if piece.is_current(&candidate) && piece.is_clear(x, y, candidate.weight, settings) {
            let whole = piece.join(x, y);
            piece.offer(whole, None);
            continue;
        }
        piece.offer_next(&candidate);
        if piece.is_current(&candidate) {
            torn.push(candidate);
        }
    }
    torn.retain(|candidate| piece.is_current(candidate));
    let torn: Vec<(usize, usize)> = torn.iter().map(Candidate::groups).collect();
    piece.doubts(&torn, settings, &mut solved.doubts);
    for group in piece.members.iter().filter(|group| group.len() > 1) {
        solved.joined.extend(group.iter().map(|record| (*record, group[0])));
    }
}

/// Pairs of these records that a person said to be one.
fn told(groups: &Groups, records: &[u32]) -> Vec<(u32, u32)> {
    let all = groups.records().told_same();
    if all.is_empty() {
        return Vec::new();
    }
    let of_record = |record: &u32| {
        let record = *record;
        let from = all.partition_point(|(a, _)| *a < record);
        all[from..].iter().take_while(move |(a, _)| *a == record).copied()
    };
    records.iter().flat_map(of_record).collect()
}

/// Largest piece that is taken whole where every pair in it is beyond doubt.
const SOLID: usize = 8;
/// Bits beyond the point of joining that no growth of groups can use up: what speaks against a
/// pair in a group of [`SOLID`] counts at most twice.
const BEYOND_DOUBT: f64 = 12.0;

/// Every two records match so well that the order of joining can't matter.
fn is_solid(groups: &Groups, records: &[u32], edges: &[Edge], settings: &Settings) -> bool {
    let n = records.len();
    let mut together = Together::default();
    n <= SOLID
        && edges.len() == n * (n - 1) / 2
        && edges.iter().all(|edge| {
            let found = groups.of_edge(edge);
            together.see(groups.records(), edge.a, edge.b);
            let enough = if n == 2 { settings.join_at } else { settings.join_at + BEYOND_DOUBT };
            let clear = n == 2 || !found.contradicted;
            found.weight >= enough && found.barred.is_none() && !found.nameless && clear
        })
        && !together.twice
}

impl Piece<'_, '_> {
    /// Remembers how two groups match; what is known of them is seen from the smaller. The first
    /// offers the join.
    fn remember(&mut self, x: usize, y: usize, found: Match, known: Known) {
        let (of_x, of_y) = if x < y { (known, Known::There) } else { (Known::There, known) };
        self.near[x].push(Near { group: y, found, known: of_x, offers: true });
        self.near[y].push(Near { group: x, found, known: of_y, offers: false });
    }

    /// Offers the best join that is a group's to offer and comes after the former one. All of these came
    /// to be with the group, so that none can come later and be better: a group that has grown offers
    /// its own.
    fn offer(&mut self, group: usize, former: Option<&Candidate>) {
        let candidate = |near: &Near| {
            let (x, y) = (group.min(near.group), group.max(near.group));
            let (groups, versions) = ((x as u32, y as u32), (self.versions[x], self.versions[y]));
            Candidate { weight: near.found.weight, groups, versions, of: group as u32 }
        };
        let may =
            |near: &&Near| near.offers && near.found.barred.is_none() && near.found.weight >= self.join_at;
        let offered = self.near[group].iter().filter(may).map(candidate);
        let best = offered.filter(|next| former.is_none_or(|former| next < former)).max();
        self.heap.extend(best);
    }

    /// The group that offered this offers another, unless it has grown meanwhile.
    fn offer_next(&mut self, former: &Candidate) {
        let group = former.of as usize;
        let version = if former.of == former.groups.0 { former.versions.0 } else { former.versions.1 };
        if version == self.versions[group] {
            self.offer(group, Some(former));
        }
    }

    /// Neither of its groups has grown meanwhile.
    fn is_current(&self, candidate: &Candidate) -> bool {
        let (x, y) = candidate.groups();
        candidate.versions == (self.versions[x], self.versions[y])
    }

    fn known(&self, x: usize, y: usize) -> Option<Match> {
        self.near[x].iter().find(|near| near.group == y).map(|near| near.found)
    }

    /// Enough speaks for the join, whoever else there is. Where the forename is not known, or
    /// somebody else fits too, it takes more, because what decides then is little; unless forename,
    /// surname and date of birth are all the same.
    fn is_clear(&mut self, x: usize, y: usize, weight: f64, settings: &Settings) -> bool {
        let alone = self.against_rivals(x, y, weight);
        let torn = weight - alone > 0.5;
        let careful = self.groups.is_careful();
        let little = |found: Match| (careful && found.nameless || torn) && !found.namesakes;
        let more = if self.known(x, y).is_some_and(little) { LITTLE } else { 0.0 };
        alone >= settings.join_at + more
    }

    /// log2 of the odds of the join against "somebody else" and against every other group that
    /// one of the two fits and that can't be the same person as the other.
    fn against_rivals(&mut self, x: usize, y: usize, weight: f64) -> f64 {
        let (mut others, mut together) = (1.0, 0.0);
        let careful = self.groups.is_careful();
        for (one, other) in [(x, y), (y, x)] {
            for i in 0..self.near[one].len() {
                let Near { group: rival, found, .. } = self.near[one][i];
                if rival == other || found.barred == Some(Bar::Apart) || found.weight < weight - 12.0 {
                    continue;
                }
                let between = match self.known(other, rival) {
                    Some(known) => known,
                    None => self.groups.compare(&self.members[other], &self.members[rival]),
                };
                if between.differ() {
                    others += found.weight.exp2();
                    if !careful && between.may_be_one() {
                        together += (1.0 + (found.weight + between.weight).exp2()).log2();
                    }
                }
            }
        }
        weight - (others.log2() - together).max(0.0)
    }

    /// Joins the groups of two records because a person said so; never against what a person said
    /// elsewhere.
    fn join_told(&mut self, a: u32, b: u32) {
        let group = |record: u32| self.members.iter().position(|group| group.contains(&record));
        let (Some(x), Some(y)) = (group(a), group(b)) else { return };
        let against = || self.groups.records().told_different(&self.members[x], &self.members[y]);
        if x != y && !against() {
            self.join(x.min(y), x.max(y));
        }
    }

    /// Joins y into x, and sets the whole, which it gives, against all that either was near.
    fn join(&mut self, x: usize, y: usize) -> usize {
        self.versions[x] += 1;
        self.versions[y] += 1;
        let (mut near_x, mut near_y) = (std::mem::take(&mut self.near[x]), std::mem::take(&mut self.near[y]));
        let near = near_x.iter().chain(&near_y).map(|near| near.group);
        let mut others: Vec<usize> = near.filter(|other| *other != x && *other != y).collect();
        others.sort_unstable();
        others.dedup();
        let mut joined = Vec::with_capacity(others.len());
        for other in others {
            let mut between = self.between(x, &mut near_x, other);
            let of_y = self.between(y, &mut near_y, other);
            between.join(&of_y);
            self.spare.push(of_y);
            self.near[other].retain(|near| near.group != x && near.group != y);
            joined.push((other, between));
        }
        let moved = std::mem::take(&mut self.members[y]);
        self.members[x].extend(moved);
        for (other, mut between) in joined {
            let found = self.groups.matched(&self.members[x], &self.members[other], &between);
            if other < x {
                between.turn();
            }
            self.remember(x, other, found, Known::Groups(between));
        }
        x
    }

    /// What the records of a group and of another say of each other, seen from the first; `near` are
    /// those that it was near.
    fn between(&mut self, group: usize, near: &mut [Near], other: usize) -> Box<Between> {
        let kept = if group < other {
            near.iter_mut().find(|near| near.group == other)
        } else {
            self.near[other].iter_mut().find(|near| near.group == group)
        };
        let known = kept.map(|near| std::mem::replace(&mut near.known, Known::There));
        if let Some(Known::Groups(mut between)) = known {
            if other < group {
                between.turn();
            }
            return between;
        }
        let mut between = self.spare.pop().unwrap_or_default();
        let (xs, ys) = (&self.members[group], &self.members[other]);
        match known {
            Some(Known::Pair(pattern)) => self.groups.see_by(xs, ys, &mut between, |_, _, _| pattern),
            _ => self.groups.see(xs, ys, &mut between),
        }
        between
    }

    /// What is left between groups and likely enough to be shown to a person.
    fn doubts(&mut self, torn: &[(usize, usize)], settings: &Settings, doubts: &mut Vec<Doubt>) {
        for x in 0..self.members.len() {
            self.near[x].sort_unstable_by_key(|near| near.group);
            for i in 0..self.near[x].len() {
                let Near { group: y, found, .. } = self.near[x][i];
                if y < x {
                    continue;
                }
                let (why, from) = match found.barred {
                    Some(Bar::Apart) => continue,
                    Some(Bar::Doubtful(Why::ForenamesDiffer)) => {
                        (Why::ForenamesDiffer, settings.join_at + 3.0)
                    }
                    Some(Bar::Doubtful(why)) => (why, settings.join_at),
                    None if torn.contains(&(x, y)) => (Why::TwoCandidates, settings.join_at),
                    None => (Why::TooClose, settings.review_at),
                };
                if found.weight >= from {
                    let (left, right) = self.closest(x, y);
                    let pattern = self.groups.pattern(left, right);
                    let lead = self.lead(x, y, found.weight);
                    doubts.push(Doubt { left, right, pattern, weight: found.weight, lead, why });
                }
            }
        }
    }

    /// The pair of records, one of each group, that match best.
    fn closest(&mut self, x: usize, y: usize) -> (u32, u32) {
        let mut best = (f64::NEG_INFINITY, (self.members[x][0], self.members[y][0]));
        for a in &self.members[x] {
            for b in &self.members[y] {
                let weight = self.groups.pair(*a, *b).0;
                if weight > best.0 {
                    best = (weight, (*a, *b));
                }
            }
        }
        best.1
    }

    /// Bits to the next best candidate of either group.
    fn lead(&self, x: usize, y: usize, weight: f64) -> Option<f64> {
        let others = |one: usize, other: usize| {
            self.near[one].iter().filter(move |near| near.group != other).map(|near| near.found.weight)
        };
        others(x, y).chain(others(y, x)).max_by(f64::total_cmp).map(|next| weight - next)
    }
}
