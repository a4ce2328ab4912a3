//! A few records drawn by what they hold: another order of rows, fields or sources draws the same.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::FxHasher;

use crate::records::Records;
use crate::spread::sort;

/// About `most` records, or all where there are no more, in an order that looks random and rests on
/// nothing but their values. Of records with the same values each is drawn for itself.
pub fn drawn(records: &Records, most: usize) -> Vec<u32> {
    let digests: Vec<Vec<u64>> = records
        .columns()
        .par_iter()
        .map(|column| {
            let of = |value: &str| scramble(hash(&column.name).wrapping_add(hash(value)));
            column.values().par_iter().with_min_len(4096).map(|value| of(value)).collect()
        })
        .collect();
    let digest = |record: u32| {
        let of_column = |(column, digests): (&crate::records::Column, &Vec<u64>)| {
            column.ids(record).iter().fold(0u64, |sum, id| sum.wrapping_add(digests[*id as usize]))
        };
        let sum = records.columns().iter().zip(&digests).map(of_column).fold(0, u64::wrapping_add);
        scramble(sum)
    };
    let mut all: Vec<(u64, u32)> =
        (0..records.len() as u32).into_par_iter().with_min_len(4096).map(|r| (digest(r), r)).collect();
    sort(&mut all);
    // Which of several with the same values is drawn makes no difference.
    let mut same = (0, 0);
    for (digest, _) in &mut all {
        same = if same.0 == *digest { (*digest, same.1 + 1) } else { (*digest, 0) };
        *digest = scramble(digest.wrapping_add(same.1));
    }
    if records.len() > most {
        let share = u64::MAX / records.len() as u64 * most as u64;
        all.retain(|(digest, _)| *digest <= share);
    }
    sort(&mut all);
    all.into_iter().map(|(_, record)| record).collect()
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// A fixed sequence of well-mixed numbers (the finaliser of SplitMix64, Steele and others 2014).
pub fn scramble(i: u64) -> u64 {
    let mut z = i.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Column, FieldKind};

    #[test]
    fn the_same_records_are_drawn_in_the_same_order_wherever_they_stand() {
        // A thousand of them have the values of another.
        let n = 5000;
        let records = |place: &dyn Fn(usize) -> usize, turned: bool| {
            let column = |name: &str, of: usize| {
                let texts = (0..n).map(|i| [format!("{name}{}", place(i) % 4003 * 7919 % of)]);
                Column::from_texts(name, FieldKind::Text, texts)
            };
            let (one, other) = (column("a", 3989), column("b", 11));
            let columns = if turned { [other, one] } else { [one, other] };
            columns.into_iter().fold(Records::new(n), Records::with)
        };
        for (most, least, largest) in [(n, n, n), (n * 2, n, n), (500, 420, 580), (1, 0, 6)] {
            let straight = drawn(&records(&|i| i, false), most);
            assert!((least..=largest).contains(&straight.len()), "{} of {most}", straight.len());
            let turned = drawn(&records(&|i| n - 1 - i, true), most);
            // The record with the same values, the first of them.
            let first = |place: usize| {
                let values = |i: usize| i % 4003;
                (0..=place).find(|i| values(*i) == values(place))
            };
            let values = |drawn: &[u32], place: &dyn Fn(usize) -> usize| -> Vec<Option<usize>> {
                drawn.iter().map(|record| first(place(*record as usize))).collect()
            };
            assert_eq!(values(&turned, &|i| n - 1 - i), values(&straight, &|i| i));
        }
    }
}
