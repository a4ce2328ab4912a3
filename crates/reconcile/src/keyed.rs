//! Entities that are known by a reference, and failing that by what they say: claims, plan
//! actions, audits, episodes.
//!
//! Keys are tried in the kinds' order. Two rows with the same key are one, unless an earlier key,
//! which both have, says otherwise; a row that would fit two different ones stays on its own.

use std::collections::BTreeMap;

use crate::union::Union;

/// The keys of one row: one entry per key of the entity, `None` where the row can't fill it.
pub type Keys = Vec<Option<String>>;

/// Number of the entity of each row, the key that joined it (where one did), and how many there are.
pub fn link(rows: &[Keys]) -> (Vec<u32>, Vec<Option<usize>>, usize) {
    let mut union = Union::new(rows.len());
    let mut joined = vec![None; rows.len()];
    let keys = rows.first().map_or(0, Vec::len);
    for key in 0..keys {
        let mut same: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (i, row) in rows.iter().enumerate() {
            if let Some(text) = &row[key] {
                same.entry(text).or_default().push(i as u32);
            }
        }
        for rows_of_key in same.values().filter(|r| r.len() > 1) {
            join(rows, key, rows_of_key, &mut union, &mut joined);
        }
    }
    let (entities, count) = union.numbered();
    (entities, joined, count)
}

fn join(rows: &[Keys], key: usize, same: &[u32], union: &mut Union, joined: &mut [Option<usize>]) {
    let mut told: BTreeMap<Vec<Option<&str>>, u32> = BTreeMap::new();
    let mut silent = Vec::new();
    for row in same {
        let earlier: Vec<Option<&str>> = rows[*row as usize][..key].iter().map(Option::as_deref).collect();
        if earlier.iter().all(Option::is_none) {
            silent.push(*row);
        } else {
            told.entry(earlier).or_insert(*row);
        }
    }
    // Of rows with an earlier key, all that differ in it stay apart; the others are of the only one.
    let mut leaders: Vec<u32> = told.into_values().map(|row| union.find(row)).collect();
    leaders.sort_unstable();
    leaders.dedup();
    let Some(first) = silent.first().copied() else { return };
    for row in &silent {
        union.join(first, *row);
        joined[*row as usize].get_or_insert(key);
    }
    if let [only] = leaders[..] {
        union.join(only, first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_joined_by_their_first_key_and_then_the_next() {
        let rows = |keys: &[[&str; 2]]| -> Vec<Keys> {
            let some = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
            keys.iter().map(|row| row.iter().map(some).collect()).collect()
        };
        for (what, keys, expected) in [
            ("same reference", vec![["A", "x"], ["A", "y"]], vec![0, 0]),
            ("other reference, same content", vec![["A", "x"], ["B", "x"]], vec![0, 1]),
            ("no reference, same content", vec![["A", "x"], ["", "x"]], vec![0, 0]),
            ("fits two", vec![["A", "x"], ["B", "x"], ["", "x"]], vec![0, 1, 2]),
            ("content alone", vec![["", "x"], ["", "x"], ["", "z"]], vec![0, 0, 1]),
            ("nothing", vec![["", ""], ["", ""]], vec![0, 1]),
        ] {
            assert_eq!(link(&rows(&keys)).0, expected, "{what}");
        }
    }
}
