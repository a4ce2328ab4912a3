//! Which row of the register is each record of today?
//!
//! ```text
//! 1  says the same, in the same sheet and row
//! 2  says the same, in the same sheet
//! 3  says the same, anywhere
//! 4  says most of the same, of the same person: it was edited
//! ```
//! In each step the rows that are there still come before those that had gone. A row is one record
//! and a record one row: of two records that say the same, one is new.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::print::{Print, Prints};

/// A row that the register knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownRow {
    /// Its number in the register.
    pub row: i64,
    /// Its sheet, as a number of the register.
    pub source: i64,
    /// Row as a spreadsheet shows it.
    pub number: u32,
    /// It was not there any more in the last run.
    pub gone: bool,
}

/// All rows that the register knows, in the order of their numbers.
#[derive(Debug, Default)]
pub struct KnownRows {
    /// The rows.
    pub rows: Vec<KnownRow>,
    /// Their fingerprints.
    pub prints: Prints,
}

/// A record of today.
#[derive(Debug, Clone, Copy)]
pub struct Today<'a> {
    /// Its sheet, as a number of the register; none for a sheet that it never saw.
    pub source: Option<i64>,
    /// Row as a spreadsheet shows it.
    pub number: u32,
    /// Its fingerprint.
    pub print: Print<'a>,
}

/// Cells that more of the rows have than this say nothing of a single one.
const COMMON: usize = 24;
/// Share of what two records say that must be the same for one to be the other, edited.
const ALIKE: f64 = 0.5;

/// The index in `known` of each record of today, where it is known.
pub fn recall(known: &KnownRows, today: &[Today]) -> Vec<Option<u32>> {
    let mut found = Found { of: vec![None; today.len()], taken: vec![false; known.rows.len()] };
    let mut same: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (index, _) in known.rows.iter().enumerate() {
        same.entry(known.prints.get(index).content).or_default().push(index as u32);
    }
    for rows in same.values_mut() {
        rows.sort_by_key(|row| (known.rows[*row as usize].gone, *row));
    }
    for step in 0..3 {
        for (record, now) in today.iter().enumerate() {
            let Some(rows) = same.get(&now.print.content).filter(|_| found.of[record].is_none()) else {
                continue;
            };
            let fits = |row: &KnownRow| match step {
                0 => Some(row.source) == now.source && row.number == now.number,
                1 => Some(row.source) == now.source,
                _ => true,
            };
            let free = |row: &&u32| !found.taken[**row as usize] && fits(&known.rows[**row as usize]);
            if let Some(row) = rows.iter().find(free) {
                found.take(record, *row);
            }
        }
    }
    edited(known, today, &mut found);
    found.of
}

struct Found {
    of: Vec<Option<u32>>,
    taken: Vec<bool>,
}

impl Found {
    fn take(&mut self, record: usize, row: u32) {
        self.of[record] = Some(row);
        self.taken[row as usize] = true;
    }
}

/// Rows that say most of the same, the most alike first.
fn edited(known: &KnownRows, today: &[Today], found: &mut Found) {
    let left: Vec<usize> = (0..today.len()).filter(|record| found.of[*record].is_none()).collect();
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    if left.is_empty() {
        return;
    }
    for row in (0..known.rows.len()).filter(|row| !found.taken[*row]) {
        let mut cells = known.prints.get(row).cells.to_vec();
        cells.dedup();
        for cell in cells {
            holders.entry(cell).or_default().push(row as u32);
        }
    }
    if holders.is_empty() {
        return;
    }
    let rows = known.rows.len() as f64;
    // A cell that few rows have says more than one that many have; one that no row has is news.
    let bits = |cell: &u32| {
        holders.get(cell).map_or(rows.log2().max(1.0), |h| (rows / h.len() as f64).log2().max(0.1))
    };
    let candidates = |record: &usize| -> Vec<(f64, bool, usize, u32)> {
        let now = &today[*record];
        let mut near: Vec<u32> = (now.print.cells.iter())
            .filter_map(|cell| holders.get(cell).filter(|rows| rows.len() <= COMMON))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let mut alike = Vec::new();
        for row in near {
            let then = known.prints.get(row as usize);
            let place = &known.rows[row as usize];
            let here = Some(place.source) == now.source && place.number == now.number;
            let (shared, ours, theirs) = overlap(now.print.cells, then.cells, bits);
            let share = shared / ours.max(theirs).max(f64::MIN_POSITIVE);
            if share >= ALIKE && of_one(now.print.identity, then.identity, here) {
                alike.push((share, here, *record, row));
            }
        }
        alike
    };
    let mut candidates: Vec<_> = left.par_iter().flat_map_iter(candidates).collect();
    candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    for (_, _, record, row) in candidates {
        if found.of[record].is_none() && !found.taken[row as usize] {
            found.take(record, row);
        }
    }
}

/// What two sorted lists share, and what each has, by weight.
fn overlap(xs: &[u32], ys: &[u32], weight: impl Fn(&u32) -> f64) -> (f64, f64, f64) {
    let (mut i, mut j) = (0, 0);
    let (mut shared, mut ours, mut theirs) = (0.0, 0.0, 0.0);
    while i < xs.len() || j < ys.len() {
        match (xs.get(i), ys.get(j)) {
            (Some(x), Some(y)) if x == y => {
                shared += weight(x);
                ours += weight(x);
                theirs += weight(x);
                i += 1;
                j += 1;
            }
            (Some(x), y) if y.is_none_or(|y| x < y) => {
                ours += weight(x);
                i += 1;
            }
            (_, Some(y)) => {
                theirs += weight(y);
                j += 1;
            }
            _ => unreachable!("one of the two lists goes on"),
        }
    }
    (shared, ours, theirs)
}

/// Of the words that say whom the two are of, most are the same: a brother's row, which shares the
/// surname, is another row. Half is enough in the same place.
fn of_one(xs: &[u32], ys: &[u32], here: bool) -> bool {
    let most = xs.len().max(ys.len());
    let (shared, _, _) = overlap(xs, ys, |_| 1.0);
    let half = most as f64 / 2.0;
    most == 0 || shared > half || here && shared >= half
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::tests::prints;

    const TOM: &[&str] = &["Tom Reed", "1/2/2015", "WB1 2CD", "Case open", "JS"];
    const ANN: &[&str] = &["Ann Reed", "3/4/2017", "WB1 2CD", "Case open", "JS"];
    const ZOE: &[&str] = &["Zoe Marsh", "9/9/2012", "WB7 8EF", "Case closed", "KT"];

    #[test]
    fn rows_are_known_again() {
        let then = [(0, 2, TOM), (0, 3, ANN), (0, 4, ZOE), (0, 5, ZOE)];
        let known = KnownRows {
            rows: (then.iter().enumerate())
                .map(|(row, (source, number, _))| KnownRow {
                    row: row as i64,
                    source: *source,
                    number: *number,
                    gone: false,
                })
                .collect(),
            prints: prints(&then.map(|(_, _, cells)| cells)),
        };
        let typing_error: &[&str] = &["Tom Read", "1/2/2015", "WB1 2CD", "Case open", "JS"];
        let concluded: &[&str] = &["Ann Reed", "3/4/2017", "WB1 2CD", "Case concluded 1/9/2021", "JS"];
        let brother: &[&str] = &["Lou Reed", "5/5/2019", "WB1 2CD", "Case open", "JS"];
        for (what, today, expected) in [
            ("as it was", vec![(0, 2, TOM), (0, 3, ANN)], vec![Some(0), Some(1)]),
            ("sorted", vec![(0, 2, ZOE), (0, 3, ANN), (0, 4, TOM)], vec![Some(2), Some(1), Some(0)]),
            ("in another sheet", vec![(1, 9, TOM)], vec![Some(0)]),
            ("copied: the copy is new", vec![(1, 9, TOM), (0, 2, TOM)], vec![None, Some(0)]),
            ("two that say the same", vec![(0, 5, ZOE), (0, 4, ZOE)], vec![Some(3), Some(2)]),
            ("edited in place", vec![(0, 2, typing_error)], vec![Some(0)]),
            ("edited and moved", vec![(0, 9, concluded)], vec![Some(1)]),
            ("a brother in the place of one who left", vec![(0, 2, brother)], vec![None]),
            ("nobody", vec![], vec![]),
        ] {
            let cells: Vec<&[&str]> = today.iter().map(|(_, _, cells)| *cells).collect();
            let now = prints(&cells);
            let today: Vec<Today> = (today.iter().enumerate())
                .map(|(i, (source, number, _))| Today {
                    source: Some(*source),
                    number: *number,
                    print: now.get(i),
                })
                .collect();
            assert_eq!(recall(&known, &today), expected, "{what}");
        }
    }
}
