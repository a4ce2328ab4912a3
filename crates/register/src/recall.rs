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

use crate::print::Prints;

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

/// The records of a table of today.
#[derive(Debug, Clone, Copy)]
pub struct Today<'a> {
    /// Its sheet, as a number of the register; none for a sheet that it never saw.
    pub source: Option<i64>,
    /// Row of each record as a spreadsheet shows it.
    pub numbers: &'a [u32],
    /// Their fingerprints.
    pub prints: &'a Prints,
}

/// A record: its table, and which of the records of that.
type Record = (usize, usize);

impl Today<'_> {
    /// The record of this number stands where the row stood.
    fn is_at(&self, record: usize, place: &KnownRow) -> bool {
        Some(place.source) == self.source && place.number == self.numbers[record]
    }
}

/// Cells that more of the rows have than this say nothing of a single one.
const COMMON: usize = 24;
/// Share of what two records say that must be the same for one to be the other, edited.
const ALIKE: f64 = 0.5;

/// The index in `known` of each record of each table of today, where it is known.
pub fn recall(known: &KnownRows, today: &[Today]) -> Vec<Vec<Option<u32>>> {
    let of = today.iter().map(|table| vec![None; table.numbers.len()]).collect();
    let mut found = Found { of, taken: vec![false; known.rows.len()] };
    if known.rows.is_empty() {
        return found.of;
    }
    let mut same: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (index, _) in known.rows.iter().enumerate() {
        same.entry(known.prints.get(index).content).or_default().push(index as u32);
    }
    for rows in same.values_mut() {
        rows.sort_by_key(|row| (known.rows[*row as usize].gone, *row));
    }
    for step in 0..3 {
        for (table, record) in found.left() {
            let now = &today[table];
            let Some(rows) = same.get(&now.prints.get(record).content) else { continue };
            let fits = |row: &KnownRow| match step {
                0 => now.is_at(record, row),
                1 => Some(row.source) == now.source,
                _ => true,
            };
            let free = |row: &&u32| !found.taken[**row as usize] && fits(&known.rows[**row as usize]);
            if let Some(row) = rows.iter().find(free) {
                found.take((table, record), *row);
            }
        }
    }
    edited(known, today, &mut found);
    found.of
}

struct Found {
    of: Vec<Vec<Option<u32>>>,
    taken: Vec<bool>,
}

impl Found {
    /// The records that are not found yet.
    fn left(&self) -> Vec<Record> {
        let of_table = |(table, of): (usize, &Vec<Option<u32>>)| {
            let left = of.iter().enumerate().filter(|(_, row)| row.is_none());
            left.map(|(record, _)| (table, record)).collect::<Vec<Record>>()
        };
        self.of.iter().enumerate().flat_map(of_table).collect()
    }

    fn take(&mut self, (table, record): Record, row: u32) {
        self.of[table][record] = Some(row);
        self.taken[row as usize] = true;
    }
}

/// Rows that say most of the same, the most alike first.
fn edited(known: &KnownRows, today: &[Today], found: &mut Found) {
    let left = found.left();
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
    let candidates = |(table, record): &Record| -> Vec<(f64, bool, Record, u32)> {
        let now = today[*table].prints.get(*record);
        let mut near: Vec<u32> = (now.cells.iter())
            .filter_map(|cell| holders.get(cell).filter(|rows| rows.len() <= COMMON))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let mut alike = Vec::new();
        for row in near {
            let then = known.prints.get(row as usize);
            let here = today[*table].is_at(*record, &known.rows[row as usize]);
            let (shared, ours, theirs) = overlap(now.cells, then.cells, bits);
            let share = shared / ours.max(theirs).max(f64::MIN_POSITIVE);
            if share >= ALIKE && of_one(now.identity, then.identity, here) {
                alike.push((share, here, (*table, *record), row));
            }
        }
        alike
    };
    let mut candidates: Vec<_> = left.par_iter().flat_map_iter(candidates).collect();
    candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    for (_, _, record, row) in candidates {
        if found.of[record.0][record.1].is_none() && !found.taken[row as usize] {
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
            // Each record in a table of its own, and, where all are of one sheet, in one table.
            let tables: Vec<(u32, Prints)> =
                today.iter().map(|(_, number, cells)| (*number, prints(&[cells]))).collect();
            let apart: Vec<Today> = (today.iter().zip(&tables))
                .map(|((source, ..), (number, prints))| Today {
                    source: Some(*source),
                    numbers: std::slice::from_ref(number),
                    prints,
                })
                .collect();
            assert_eq!(recall(&known, &apart).concat(), expected, "{what}");
            let Some((source, ..)) = today.first().filter(|first| today.iter().all(|one| one.0 == first.0))
            else {
                continue;
            };
            let (numbers, cells): (Vec<u32>, Vec<&[&str]>) =
                today.iter().map(|(_, number, cells)| (*number, *cells)).unzip();
            let together = Today { source: Some(*source), numbers: &numbers, prints: &prints(&cells) };
            assert_eq!(recall(&known, &[together]), [expected], "{what}");
        }
    }
}
