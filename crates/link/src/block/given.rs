//! The pairs that the rules so far give: every record's keys under all of them, side by side.
//!
//! Whether an earlier rule gives a pair is asked for nearly every pair that is compared. So all keys
//! of a record lie in one line of memory, and the lines of a batch of records are fetched together:
//! what is far away is then waited for once, not pair by pair.

use rayon::prelude::*;

use super::keys::RecordKeys;

/// Rules whose keys fill one line of memory (64 bytes).
const LANES: usize = 16;

/// Keys of one record under [`LANES`] rules, 0 for none.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Line([u32; LANES]);

/// The keys of all records under some rules.
#[derive(Default)]
pub struct Given {
    /// Of rules with one key a record at most: tables with a line for each record.
    tables: Vec<Vec<Line>>,
    /// Lanes that are filled in the last table.
    filled: usize,
    /// Of rules under which a record may have several keys.
    several: Vec<RecordKeys>,
}

/// The lines of some records, fetched together: all those of the first table, all those of the next.
#[derive(Default)]
pub struct Lines {
    lines: Vec<Line>,
    records: usize,
}

impl Given {
    /// One rule more.
    pub fn push(&mut self, keys: RecordKeys) {
        let Some(single) = keys.single() else {
            self.several.push(keys);
            return;
        };
        if self.tables.is_empty() || self.filled == LANES {
            self.tables.push(vec![Line::default(); single.len()]);
            self.filled = 0;
        }
        let (lane, table) = (self.filled, self.tables.len() - 1);
        let lines = self.tables[table].par_iter_mut().zip(single).with_min_len(4096);
        lines.for_each(|(line, key)| line.0[lane] = *key);
        self.filled += 1;
    }

    /// Fetches the lines of some records.
    pub fn fetch(&self, records: impl ExactSizeIterator<Item = u32> + Clone, into: &mut Lines) {
        into.records = records.len();
        into.lines.clear();
        for table in &self.tables {
            into.lines.extend(records.clone().map(|record| table[record as usize]));
        }
    }

    /// Two records share a key under some rule. `lines` were fetched, `at` are the places of the two
    /// among them.
    pub fn give_at(&self, lines: &Lines, at: (usize, usize), a: u32, b: u32) -> bool {
        lines.lines.chunks_exact(lines.records).any(|table| share(&table[at.0], &table[at.1]))
            || self.several.iter().any(|keys| keys.shared(a, b).is_some())
    }

    /// Two records share a key under some rule.
    pub fn give(&self, a: u32, b: u32) -> bool {
        self.tables.iter().any(|table| share(&table[a as usize], &table[b as usize]))
            || self.several.iter().any(|keys| keys.shared(a, b).is_some())
    }
}

fn share(x: &Line, y: &Line) -> bool {
    x.0.iter().zip(&y.0).fold(false, |shared, (x, y)| shared | (x == y && *x != 0))
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
        let mut lines = Lines::default();
        given.fetch((0..31).rev(), &mut lines);
        for a in 0..31u32 {
            for b in a + 1..31 {
                let expected = b == a + 1 && b <= 20 || (a, b) == (25, 27);
                assert_eq!((given.give(a, b), given.give(b, a)), (expected, expected), "{a} {b}");
                let at = (30 - a as usize, 30 - b as usize);
                assert_eq!(given.give_at(&lines, at, a, b), expected, "{a} {b}, fetched");
            }
        }
    }
}
