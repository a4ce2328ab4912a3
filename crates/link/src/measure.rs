//! How good a clustering is against known truth.

use serde::Serialize;

/// Precision, recall and their harmonic mean, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measure {
    /// Share of what was found that is true.
    pub precision: f64,
    /// Share of what is true that was found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Measure {
    fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Measure { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// Of all pairs of records in one cluster, how many are of one person, and how many of the pairs
/// of one person are in one cluster. Where there are no pairs to judge, 1.
pub fn pairs(found: &[u32], truth: &[u32]) -> Measure {
    let of = |sizes: Vec<u64>| sizes.iter().map(|n| n * (n - 1) / 2).sum::<u64>() as f64;
    let both = of(sizes(found.iter().zip(truth).collect()));
    let (found, true_pairs) = (of(sizes(found.iter().collect())), of(sizes(truth.iter().collect())));
    let share = |all: f64| if all > 0.0 { both / all } else { 1.0 };
    Measure::new(share(found), share(true_pairs))
}

/// B-cubed (Bagga and Baldwin 1998): for each record, which share of its cluster is of its person,
/// and which share of its person's records is in its cluster; averaged over the records, so that
/// a person with many records counts no more per record than one with few.
pub fn clusters(found: &[u32], truth: &[u32]) -> Measure {
    let n = found.len().max(1) as f64;
    let count = |ids: &[u32]| {
        let mut counts = vec![0f64; ids.iter().max().map_or(0, |m| *m as usize + 1)];
        ids.iter().for_each(|id| counts[*id as usize] += 1.0);
        counts
    };
    let (of_found, of_truth) = (count(found), count(truth));
    let mut both: Vec<(u32, u32)> = found.iter().copied().zip(truth.iter().copied()).collect();
    both.sort_unstable();
    let (mut precision, mut recall) = (0.0, 0.0);
    for group in both.chunk_by(|x, y| x == y) {
        let size = group.len() as f64;
        precision += size * size / of_found[group[0].0 as usize];
        recall += size * size / of_truth[group[0].1 as usize];
    }
    if found.is_empty() { Measure::new(1.0, 1.0) } else { Measure::new(precision / n, recall / n) }
}

fn sizes<T: Ord>(mut keys: Vec<T>) -> Vec<u64> {
    keys.sort_unstable();
    keys.chunk_by(|x, y| x == y).map(|group| group.len() as u64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_small_clusterings_are_what_a_person_counts() {
        for (found, truth, p, r, bp, br) in [
            (vec![0, 0, 1, 1], vec![0, 0, 1, 1], 1.0, 1.0, 1.0, 1.0),
            (vec![0, 0, 0, 0], vec![0, 0, 1, 1], 2.0 / 6.0, 1.0, 0.5, 1.0),
            (vec![0, 1, 2, 3], vec![0, 0, 1, 1], 1.0, 0.0, 1.0, 0.5),
            (vec![0, 0, 1], vec![0, 0, 0], 1.0, 1.0 / 3.0, 1.0, 5.0 / 9.0),
            (vec![], vec![], 1.0, 1.0, 1.0, 1.0),
        ] {
            let (pairs, cubed) = (pairs(&found, &truth), clusters(&found, &truth));
            assert_eq!((pairs.precision, pairs.recall), (p, r), "{found:?}");
            assert!((cubed.precision - bp).abs() < 1e-12 && (cubed.recall - br).abs() < 1e-12, "{found:?}");
        }
    }
}
