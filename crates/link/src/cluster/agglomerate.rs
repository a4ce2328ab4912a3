//! Joining groups, the best match first.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::atomic::{self, AtomicUsize};

use rayon::prelude::*;

use super::components::components;
use super::group::{Bar, Groups, Match};
use super::{Doubt, Edge, Why};
use crate::block::Tick;
use crate::model::Scorer;
use crate::settings::Settings;

/// The cluster of each record (numbered in the order of their first records), and the doubtful
/// pairs of clusters.
pub fn agglomerate(
    scorer: &Scorer,
    edges: &[Edge],
    settings: &Settings,
    tick: Tick,
) -> (Vec<u32>, Vec<Doubt>) {
    let records = scorer.comparer().records().len();
    let pieces = components(records, edges);
    let done = AtomicUsize::new(0);
    tick(0, pieces.len());
    let solve = |(members, edges): &(Vec<u32>, Vec<Edge>)| {
        let solved = solve(scorer, members, edges, settings);
        tick(done.fetch_add(1, atomic::Ordering::Relaxed) + 1, pieces.len());
        solved
    };
    let solved: Vec<(Vec<Vec<u32>>, Vec<Doubt>)> = pieces.par_iter().map(solve).collect();
    let mut leader: Vec<u32> = (0..records as u32).collect();
    let mut doubts = Vec::new();
    for (groups, doubtful) in solved {
        for group in groups {
            let first = group.iter().min().copied().unwrap_or(0);
            group.iter().for_each(|r| leader[*r as usize] = first);
        }
        doubts.extend(doubtful);
    }
    (numbered(&leader), doubts)
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
    groups: (usize, usize),
    versions: (u32, u32),
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

struct Piece<'a> {
    groups: Groups<'a>,
    members: Vec<Vec<u32>>,
    versions: Vec<u32>,
    near: Vec<BTreeMap<usize, Match>>,
    heap: BinaryHeap<Candidate>,
}

fn solve(
    scorer: &Scorer,
    records: &[u32],
    edges: &[Edge],
    settings: &Settings,
) -> (Vec<Vec<u32>>, Vec<Doubt>) {
    let mut piece = Piece {
        groups: Groups::new(scorer, settings.strict),
        members: records.iter().map(|r| vec![*r]).collect(),
        versions: vec![0; records.len()],
        near: vec![BTreeMap::new(); records.len()],
        heap: BinaryHeap::new(),
    };
    let index = |record: u32| records.binary_search(&record).expect("an edge of this component");
    for edge in edges {
        piece.meet(index(edge.a), index(edge.b));
    }
    let mut torn = Vec::new();
    while let Some(candidate) = piece.heap.pop() {
        let (x, y) = candidate.groups;
        if candidate.weight < settings.join_at {
            break;
        }
        if candidate.versions != (piece.versions[x], piece.versions[y]) {
            continue;
        }
        if piece.against_rivals(x, y, candidate.weight) >= settings.join_at {
            piece.join(x, y);
        } else {
            torn.push(candidate);
        }
    }
    torn.retain(|c| c.versions == (piece.versions[c.groups.0], piece.versions[c.groups.1]));
    let torn: Vec<(usize, usize)> = torn.into_iter().map(|c| c.groups).collect();
    let doubts = piece.doubts(&torn, settings);
    (piece.members.into_iter().filter(|m| m.len() > 1).collect(), doubts)
}

impl Piece<'_> {
    /// Compares two groups and remembers how they match.
    fn meet(&mut self, x: usize, y: usize) {
        let (x, y) = (x.min(y), x.max(y));
        let found = self.groups.compare(&self.members[x], &self.members[y]);
        self.near[x].insert(y, found);
        self.near[y].insert(x, found);
        if found.barred.is_none() {
            let versions = (self.versions[x], self.versions[y]);
            self.heap.push(Candidate { weight: found.weight, groups: (x, y), versions });
        }
    }

    /// log2 of the odds of the join against "somebody else" and against every other group that
    /// one of the two fits and that can't be the same person as the other.
    fn against_rivals(&mut self, x: usize, y: usize, weight: f64) -> f64 {
        let mut others = 1.0;
        for (one, other) in [(x, y), (y, x)] {
            let rivals: Vec<(usize, Match)> = self.near[one].iter().map(|(r, m)| (*r, *m)).collect();
            for (rival, found) in rivals {
                if rival == other || found.barred == Some(Bar::Apart) || found.weight < weight - 12.0 {
                    continue;
                }
                let between = match self.near[other].get(&rival) {
                    Some(known) => *known,
                    None => self.groups.compare(&self.members[other], &self.members[rival]),
                };
                if between.differ() {
                    others += found.weight.exp2();
                }
            }
        }
        weight - others.log2()
    }

    /// Joins y into x, and compares the whole with all that either was near.
    fn join(&mut self, x: usize, y: usize) {
        let moved = std::mem::take(&mut self.members[y]);
        self.members[x].extend(moved);
        self.members[x].sort_unstable();
        self.versions[x] += 1;
        self.versions[y] += 1;
        let mut near = std::mem::take(&mut self.near[x]);
        near.append(&mut std::mem::take(&mut self.near[y]));
        for other in near.into_keys().filter(|other| *other != x && *other != y) {
            self.near[other].remove(&y);
            self.meet(x, other);
        }
    }

    /// What is left between groups and likely enough to be shown to a person.
    fn doubts(&mut self, torn: &[(usize, usize)], settings: &Settings) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for x in 0..self.members.len() {
            let near: Vec<(usize, Match)> = self.near[x].range(x + 1..).map(|(y, m)| (*y, *m)).collect();
            for (y, found) in near {
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
        doubts
    }

    /// The pair of records, one of each group, that match best.
    fn closest(&mut self, x: usize, y: usize) -> (u32, u32) {
        let mut best = (f64::NEG_INFINITY, (self.members[x][0], self.members[y][0]));
        for a in &self.members[x] {
            for b in &self.members[y] {
                let weight = self.groups.compare(&[*a], &[*b]).weight;
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
            self.near[one].iter().filter(move |(r, _)| **r != other).map(|(_, m)| m.weight)
        };
        others(x, y).chain(others(y, x)).max_by(f64::total_cmp).map(|next| weight - next)
    }
}
