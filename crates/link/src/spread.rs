//! Sorting what is spread evenly over all numbers, as hashes are: it falls into many small parts by its
//! highest bits alone, each of which is sorted where the processor is quick.

use rayon::prelude::*;

/// Parts into which the highest eight bits divide.
const PARTS: usize = 256;
/// What is divided at a time.
const CHUNK: usize = 16 * 1024;

/// Sorts entries of which the first number is spread evenly. Any others are sorted too, only slower.
pub fn sort<T: Spread>(entries: &mut [T]) {
    if entries.len() < 4 * CHUNK {
        entries.sort_unstable();
        return;
    }
    let chunks: Vec<(Vec<T>, Vec<usize>)> = entries.par_chunks(CHUNK).map(divided).collect();
    let mut parts = Vec::with_capacity(PARTS);
    let mut rest = entries;
    for part in 0..PARTS {
        let size = chunks.iter().map(|(_, ends)| ends[part + 1] - ends[part]).sum();
        let (own, later) = rest.split_at_mut(size);
        parts.push((part, own));
        rest = later;
    }
    parts.into_par_iter().for_each(|(part, own)| {
        let mut from = 0;
        for (chunk, ends) in &chunks {
            let theirs = &chunk[ends[part]..ends[part + 1]];
            own[from..from + theirs.len()].copy_from_slice(theirs);
            from += theirs.len();
        }
        own.sort_unstable();
    });
}

/// The entries part by part, and where each part begins; the last place is their end.
fn divided<T: Spread>(entries: &[T]) -> (Vec<T>, Vec<usize>) {
    let mut starts = vec![0; PARTS + 1];
    entries.iter().for_each(|entry| starts[usize::from(entry.highest()) + 1] += 1);
    for part in 0..PARTS {
        starts[part + 1] += starts[part];
    }
    let (mut next, mut divided) = (starts.clone(), entries.to_vec());
    for entry in entries {
        let place = &mut next[usize::from(entry.highest())];
        divided[*place] = *entry;
        *place += 1;
    }
    (divided, starts)
}

/// What is sorted by a number first.
pub trait Spread: Ord + Copy + Send + Sync {
    /// The highest eight bits of that number.
    fn highest(&self) -> u8;
}

impl Spread for u64 {
    fn highest(&self) -> u8 {
        (self >> 56) as u8
    }
}

impl Spread for (u64, u32) {
    fn highest(&self) -> u8 {
        self.0.highest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::scramble;

    #[test]
    fn entries_are_sorted_whether_they_are_spread_or_not() {
        let n = 5 * CHUNK as u64 + 7;
        for many in [0, 1, 100, n] {
            for spread in
                [|i: u64| scramble(i), |i: u64| scramble(i) & 1023 | 3 << 56, |i: u64| u64::MAX - i % 7]
            {
                let mut entries: Vec<u64> = (0..many).map(spread).collect();
                let mut pairs: Vec<(u64, u32)> = (0..many).map(|i| (spread(i), (many - i) as u32)).collect();
                let (mut expected, mut expected_pairs) = (entries.clone(), pairs.clone());
                expected.sort_unstable();
                expected_pairs.sort_unstable();
                sort(&mut entries);
                sort(&mut pairs);
                assert!(entries == expected && pairs == expected_pairs, "{many}");
            }
        }
    }
}
