//! Numbers that last: which entity of today is which of the register.
//!
//! Every mention that is known again has a vote for the number that it had. A number goes to the
//! entity that holds most of its mentions; where two are equal, to the one of which it is more, then
//! to the one with the oldest row. Of several numbers that want one entity the oldest stays, and the
//! others lead to it. An entity that no number wants gets the next one that was never used.

use std::collections::{BTreeMap, BTreeSet};

/// A mention that may be known.
#[derive(Debug, Clone, Copy)]
pub struct Vote {
    /// The entity of today.
    pub entity: u32,
    /// The row's number in the register, where the row is known.
    pub row: Option<i64>,
    /// The number that the mention had, and the one that it had first.
    pub had: Option<(u32, u32)>,
}

/// What became of the numbers of one sort.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Numbered {
    /// The number of each entity.
    pub numbers: Vec<u32>,
    /// (retired number, the one that it leads to).
    pub merged: BTreeMap<u32, u32>,
    /// (new number, the one of which its rows were a part).
    pub split: BTreeMap<u32, u32>,
    /// The next number.
    pub next: u32,
}

/// What a number has of an entity.
struct Share {
    number: u32,
    entity: u32,
    mentions: u32,
    oldest: i64,
}

/// Gives each of `count` entities its number; `retired` says which numbers were retired before.
pub fn number(votes: &[Vote], count: usize, next: u32, retired: &BTreeSet<u32>) -> Numbered {
    let mut known = vec![0u32; count];
    let mut had: Vec<(u32, u32, i64)> = Vec::new();
    for vote in votes {
        if let (Some((number, _)), Some(row)) = (vote.had, vote.row) {
            had.push((number, vote.entity, row));
            known[vote.entity as usize] += 1;
        }
    }
    had.sort_unstable();
    let shares: Vec<Share> = (had.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)))
        .map(|same| Share {
            number: same[0].0,
            entity: same[0].1,
            mentions: same.len() as u32,
            oldest: same[0].2,
        })
        .collect();
    let better = |x: &Share, y: &Share| {
        // x is more of its entity than y of its own: two fractions, multiplied out.
        let part =
            |of: &Share, other: &Share| u64::from(of.mentions) * u64::from(known[other.entity as usize]);
        x.mentions
            .cmp(&y.mentions)
            .then_with(|| part(x, y).cmp(&part(y, x)))
            .then_with(|| y.oldest.cmp(&x.oldest))
            .then_with(|| y.entity.cmp(&x.entity))
    };
    // Of each number the entity that it goes to; a lower number comes first, so the oldest stays.
    let mut numbers = vec![0u32; count];
    let mut numbered = Numbered { next, ..Numbered::default() };
    for of_number in shares.chunk_by(|x, y| x.number == y.number) {
        let Some(best) = of_number.iter().max_by(|x, y| better(x, y)) else { continue };
        match &mut numbers[best.entity as usize] {
            free @ 0 => *free = best.number,
            older => {
                numbered.merged.insert(best.number, *older);
            }
        }
    }
    // The entity that all mentions of a first number are in now; none where they are in several.
    let mut whole: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    for vote in votes {
        let Some((_, first)) = vote.had else { continue };
        let here = whole.entry(first).or_insert(Some(vote.entity));
        *here = here.filter(|entity| *entity == vote.entity);
    }
    // Most of what a new entity's mentions were before, and were first.
    let mut before: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for vote in votes.iter().filter(|vote| numbers[vote.entity as usize] == 0) {
        before.entry(vote.entity).or_default().extend(vote.had);
    }
    for (entity, number) in numbers.iter_mut().enumerate().filter(|(_, number)| **number == 0) {
        *number = numbered.next;
        numbered.next += 1;
        let had = before.remove(&(entity as u32)).unwrap_or_default();
        if let Some(former) = most(had.iter().map(|(now, _)| *now)) {
            numbered.split.insert(*number, former);
        }
        // What was joined and is apart again has a new number, and its former ones lead there.
        let firsts = || had.iter().map(|(_, first)| *first);
        let all_here = firsts().filter(|first| whole.get(first) == Some(&Some(entity as u32)));
        for first in most(firsts()).into_iter().chain(all_here).filter(|first| retired.contains(first)) {
            numbered.merged.insert(first, *number);
        }
    }
    numbered.numbers = numbers;
    numbered
}

/// The most frequent; of several the smallest.
fn most(numbers: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    numbers.for_each(|number| *counts.entry(number).or_default() += 1);
    counts.into_iter().max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(&x.0))).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// (entity of today, number that the mention had; 0 where the row is new); rows in their order.
    fn votes(mentions: &[(u32, u32)]) -> Vec<Vote> {
        let vote = |(row, (entity, had)): (usize, &(u32, u32))| Vote {
            entity: *entity,
            row: (*had > 0).then_some(row as i64),
            had: (*had > 0).then_some((*had, *had)),
        };
        mentions.iter().enumerate().map(vote).collect()
    }

    #[test]
    fn numbers_last() {
        for (what, mentions, expected, merged, split) in [
            ("all new", &[(0, 0), (1, 0), (0, 0)][..], &[9, 10][..], &[][..], &[][..]),
            ("as before", &[(0, 1), (0, 1), (1, 2)], &[1, 2], &[], &[]),
            ("in another order", &[(0, 2), (1, 1)], &[2, 1], &[], &[]),
            ("a new row", &[(0, 1), (0, 0), (1, 0)], &[1, 9], &[], &[]),
            ("two become one: the older stays", &[(0, 2), (0, 1), (0, 2)], &[1], &[(2, 1)], &[]),
            ("one becomes two: the larger keeps it", &[(0, 1), (1, 1), (1, 1)], &[9, 1], &[], &[(9, 1)]),
            ("equal halves: the older keeps it", &[(1, 1), (0, 1), (0, 1), (1, 1)], &[9, 1], &[], &[(9, 1)]),
            (
                "a row moves from one to the other",
                &[(0, 1), (0, 1), (0, 2), (1, 2), (1, 2)],
                &[1, 2],
                &[],
                &[],
            ),
            ("half moves: it stays where it is all there is", &[(0, 1), (0, 2), (1, 2)], &[1, 2], &[], &[]),
            ("most moves to an older one", &[(0, 1), (0, 2), (0, 2), (1, 2)], &[1, 9], &[(2, 1)], &[(9, 2)]),
        ] {
            let entities = mentions.iter().map(|(entity, _)| *entity as usize + 1).max().unwrap_or(0);
            let found = number(&votes(mentions), entities, 9, &BTreeSet::new());
            assert_eq!(found.numbers, expected, "{what}");
            assert_eq!(found.merged.into_iter().collect::<Vec<_>>(), merged, "{what}");
            assert_eq!(found.split.into_iter().collect::<Vec<_>>(), split, "{what}");
        }
    }

    #[test]
    fn what_was_joined_and_is_apart_again_is_found_by_its_former_number() {
        let vote = |entity, row, first| Vote { entity, row: Some(row), had: Some((1, first)) };
        let votes = [vote(0, 0, 1), vote(0, 1, 1), vote(1, 2, 2)];
        let found = number(&votes, 2, 9, &BTreeSet::from([2]));
        assert_eq!((found.numbers, found.merged), (vec![1, 9], BTreeMap::from([(2, 9)])));
    }

    proptest! {
        #[test]
        fn no_number_is_given_twice_or_again(mentions in prop::collection::vec((0u32..6, 0u32..6), 0..30)) {
            let entities = mentions.iter().map(|(entity, _)| *entity as usize + 1).max().unwrap_or(0);
            let found = number(&votes(&mentions), entities, 6, &BTreeSet::new());
            let distinct: BTreeSet<u32> = found.numbers.iter().copied().collect();
            prop_assert_eq!(distinct.len(), entities);
            prop_assert!(distinct.iter().all(|number| *number < found.next && *number > 0));
            // A number is either given, or leads to one that is, or none of its rows is there.
            for (_, had) in mentions.iter().filter(|(_, had)| *had > 0) {
                let to = found.merged.get(had).unwrap_or(had);
                prop_assert!(distinct.contains(to));
            }
        }
    }
}
