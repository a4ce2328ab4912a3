//! The pairs that the rules so far give: every record's keys under all of them, side by side.
//!
//! Whether an earlier rule gives a pair is asked for nearly every pair that is compared, so all
//! keys of a record lie in one line of memory.

use rayon::prelude::*;

use super::keys::RecordKeys;

/// Rules whose keys fill one line of memory (64 bytes).
const LANES: usize = 16;

/// The keys of all records under some rules.
#[derive(Default)]
pub struct Given {
    /// Of rules with one key a record at most: tables of [`LANES`] keys a record, 0 for none.
    lines: Vec<Vec<u32>>,
    /// Lanes that are filled in the last table.
    filled: usize,
    /// Of rules under which a record may have several keys.
    several: Vec<RecordKeys>,
}

impl Given {
    /// One rule more.
    pub fn push(&mut self, keys: RecordKeys) {
        let Some(single) = keys.single() else {
            self.several.push(keys);
            return;
        };
        if self.lines.is_empty() || self.filled == LANES {
            self.lines.push(vec![0; single.len() * LANES]);
            self.filled = 0;
        }
        let (lane, table) = (self.filled, self.lines.len() - 1);
        let lines = self.lines[table].par_chunks_mut(LANES).zip(single).with_min_len(4096);
        lines.for_each(|(line, key)| line[lane] = *key);
        self.filled += 1;
    }

    /// Two records share a key under some rule.
    pub fn give(&self, a: u32, b: u32) -> bool {
        let line = |table: &'_ [u32], record: u32| -> [u32; LANES] {
            let at = record as usize * LANES;
            table[at..at + LANES].try_into().unwrap_or_default()
        };
        self.lines.iter().any(|table| {
            let (xs, ys) = (line(table, a), line(table, b));
            xs.iter().zip(&ys).fold(false, |shared, (x, y)| shared | (x == y && *x != 0))
        }) || self.several.iter().any(|keys| keys.shared(a, b).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_given_by_any_rule_under_which_it_shares_a_key() {
        // Of twenty rules, rule r puts records r and r + 1 together; record 30 has a key of its own under
        // each, and no other record has any. One rule more has several keys a record.
        let packed = |key: u64, record: u64| key << 32 | record;
        let mut given = Given::default();
        for r in 0..20 {
            given.push(RecordKeys::new(&[packed(7, r), packed(7, r + 1), packed(9, 30)], 31));
        }
        given.push(RecordKeys::new(&[packed(3, 25), packed(4, 25), packed(4, 27), packed(5, 27)], 31));
        for a in 0..31u32 {
            for b in a + 1..31 {
                let expected = b == a + 1 && b <= 20 || (a, b) == (25, 27);
                assert_eq!((given.give(a, b), given.give(b, a)), (expected, expected), "{a} {b}");
            }
        }
    }
}
