//! The keys of records under one rule, and the blocks of records that share one.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::atom::{Atom, AtomKeys, combine, hash};
use super::blocks::RuleReport;
use super::rules::Rule;
use crate::compare::Comparer;
use crate::records::Column;
use crate::spread::sort;

/// A larger block is divided, or left out where nothing divides it.
const LARGEST: usize = 100;
/// A record with many names and many values of another column has at most this many keys of one rule.
const MOST_KEYS: usize = 24;

/// The keys of every record under one rule, or under one ingredient of rules.
pub struct RecordKeys {
    /// Record `r` has the keys `keys[ends[r - 1]..ends[r]]`, sorted; where no record has more
    /// than one, this is empty, and record `r` has `keys[r]`, 0 for none.
    ends: Vec<u32>,
    keys: Vec<u32>,
}

/// The blocks of one rule.
pub struct RuleBlocks {
    pub(super) keys: RecordKeys,
    /// (key, record) in the order of the keys, packed into one number each.
    pub(super) sorted: Vec<u64>,
    /// Blocks of two records or more, as ranges of `sorted`.
    pub(super) runs: Vec<(u32, u32)>,
}

/// Keys of atoms that were computed already: many rules share one.
pub struct Atoms<'a> {
    comparer: &'a Comparer<'a>,
    known: FxHashMap<Atom, Arc<RecordKeys>>,
}

impl<'a> Atoms<'a> {
    /// None yet.
    pub fn new(comparer: &'a Comparer<'a>) -> Self {
        Atoms { comparer, known: FxHashMap::default() }
    }

    fn of(&mut self, atom: Atom) -> Arc<RecordKeys> {
        let comparer = self.comparer;
        let keys = || {
            let column = &comparer.records().columns()[atom.column()];
            Arc::new(RecordKeys::of_atom(&AtomKeys::new(atom, comparer), column))
        };
        self.known.entry(atom).or_insert_with(keys).clone()
    }

    fn of_rule(&mut self, rule: &Rule) -> Vec<Arc<RecordKeys>> {
        rule.atoms.iter().map(|atom| self.of(*atom)).collect()
    }

    /// About how many pairs a rule would give, from a sample of the records.
    pub fn estimate(&mut self, rule: &Rule) -> u64 {
        let sample = self.comparer.sample();
        let mut entries = all_keys(rule, &self.of_rule(rule), sample.iter().copied());
        sort(&mut entries);
        let pairs: u64 = runs(&entries).iter().map(pairs).sum();
        let of_each = self.comparer.records().len() as f64 / sample.len().max(1) as f64;
        (pairs as f64 * of_each * of_each) as u64
    }

    /// Builds the blocks of a rule; blocks that are too large are divided by `dividers`.
    pub fn build(&mut self, rule: &Rule, dividers: &[Atom]) -> (RuleBlocks, RuleReport) {
        let records = self.comparer.records().len();
        let atoms = self.of_rule(rule);
        let single: Option<Vec<&[u32]>> = atoms.iter().map(|keys| keys.single()).collect();
        let mut only = single.map(|atoms| only_keys(rule, &atoms, records));
        let mut entries = match &only {
            Some(keys) => entries_of(keys),
            None => in_chunks(records, |chunk| all_keys(rule, &atoms, chunk)),
        };
        sort(&mut entries);
        let mut blocks = runs(&entries);
        let (mut divided, mut left_out) = (0, 0);
        for divider in dividers {
            let large: Vec<(u32, u32)> = blocks.iter().copied().filter(is_large).collect();
            if large.is_empty() {
                break;
            }
            divided += large.len();
            let keys = self.of(*divider);
            for (from, to) in large {
                for entry in &mut entries[from as usize..to as usize] {
                    let part = keys.of(*entry as u32).iter().min().copied().unwrap_or(2);
                    let key = combine((*entry >> 32) as u32, part);
                    *entry = packed(key, *entry as u32);
                    if let Some(keys) = &mut only {
                        keys[*entry as u32 as usize] = key;
                    }
                }
            }
            sort(&mut entries);
            blocks = runs(&entries);
        }
        for (from, to) in blocks.iter().copied().filter(is_large) {
            left_out += 1;
            for entry in &mut entries[from as usize..to as usize] {
                if let Some(keys) = &mut only {
                    keys[*entry as u32 as usize] = 0;
                }
                *entry = LEFT_OUT;
            }
        }
        blocks.retain(|block| !is_large(block));
        let sizes = || blocks.iter().map(|(from, to)| (to - from) as usize);
        let report = RuleReport {
            rule: rule.name(self.comparer.records()),
            pairs: blocks.iter().map(pairs).sum(),
            largest: sizes().max().unwrap_or(0),
            divided,
            left_out,
            used: false,
            own: false,
        };
        let keys = match only {
            Some(keys) => RecordKeys { ends: Vec::new(), keys },
            None => RecordKeys::new(&entries, records),
        };
        (RuleBlocks { keys, sorted: entries, runs: blocks }, report)
    }
}

/// Pairs in a block.
fn pairs((from, to): &(u32, u32)) -> u64 {
    let size = u64::from(to - from);
    size * (size - 1) / 2
}

fn is_large((from, to): &(u32, u32)) -> bool {
    (to - from) as usize > LARGEST
}

/// In the place of an entry of a block that is left out; no record has this number.
const LEFT_OUT: u64 = u64::MAX;

/// What the keys of a rule begin with, so that rules of one and of two ingredients differ.
fn seed(rule: &Rule) -> u32 {
    hash(&[rule.atoms.len() as u8])
}

/// One key from that of the ingredients before and of the next.
fn joined(rule: &Rule, before: u32, next: u32) -> u32 {
    if rule.any_order { combine(before.min(next), before.max(next)) } else { combine(before, next) }
}

/// Of a key and those before it, the first.
fn first(rule: &Rule, key: u32) -> u32 {
    if rule.any_order { key } else { combine(seed(rule), key) }
}

/// What a function finds for the records, some of them at a time.
fn in_chunks<T: Clone + Send>(records: usize, of: impl Fn(Range<u32>) -> Vec<T> + Sync) -> Vec<T> {
    let starts: Vec<usize> = (0..records).step_by(CHUNK).collect();
    let of_chunk = |from: usize| of(from as u32..(from + CHUNK).min(records) as u32);
    starts.into_par_iter().map(of_chunk).collect::<Vec<_>>().concat()
}

/// The key of each record, 0 for none, where no ingredient has more than one key a record.
fn only_keys(rule: &Rule, atoms: &[&[u32]], records: usize) -> Vec<u32> {
    let known = |key: u32, of: u32| if of == 0 { 0 } else { key };
    in_chunks(records, |chunk| {
        let mut keys: Vec<u32> = Vec::with_capacity(chunk.len());
        for (i, atom) in atoms.iter().enumerate() {
            let parts = &atom[chunk.start as usize..chunk.end as usize];
            if i == 0 {
                keys.extend(parts.iter().map(|part| known(first(rule, *part), *part)));
            } else {
                let next = |key: &u32, part: &u32| known(known(joined(rule, *key, *part), *key), *part);
                keys.iter_mut().zip(parts).for_each(|(key, part)| *key = next(key, part));
            }
        }
        keys
    })
}

/// (key, record) of the records that have one.
fn entries_of(keys: &[u32]) -> Vec<u64> {
    in_chunks(keys.len(), |chunk| {
        let mut entries = Vec::with_capacity(chunk.len());
        let own = chunk.clone().zip(&keys[chunk.start as usize..chunk.end as usize]);
        entries.extend(own.filter(|(_, key)| **key != 0).map(|(record, key)| packed(*key, record)));
        entries
    })
}

/// (key, record): every ingredient's keys with every other's.
fn all_keys(rule: &Rule, atoms: &[Arc<RecordKeys>], records: impl Iterator<Item = u32>) -> Vec<u64> {
    let (mut entries, mut keys, mut products) = (Vec::new(), Vec::new(), Vec::new());
    for record in records {
        keys.clear();
        for (i, atom) in atoms.iter().enumerate() {
            let parts = atom.of(record);
            if i == 0 {
                keys.extend(parts.iter().map(|part| first(rule, *part)));
                continue;
            }
            products.clear();
            for key in &keys {
                products.extend(parts.iter().map(|part| joined(rule, *key, *part)));
            }
            std::mem::swap(&mut keys, &mut products);
        }
        if keys.len() > 1 {
            keys.sort_unstable();
            keys.dedup();
            keys.truncate(MOST_KEYS);
        }
        entries.extend(keys.iter().map(|key| packed(*key, record)));
    }
    entries
}

const CHUNK: usize = 16 * 1024;

fn packed(key: u32, record: u32) -> u64 {
    u64::from(key) << 32 | u64::from(record)
}

/// Ranges of two entries or more with one key; the entries are sorted.
fn runs(entries: &[u64]) -> Vec<(u32, u32)> {
    let key = |at: usize| entries[at] >> 32;
    in_chunks(entries.len(), |chunk| {
        let (mut from, end) = (chunk.start as usize, chunk.end as usize);
        // The run that goes on from the chunk before is that one's.
        while from < end && from > 0 && key(from) == key(from - 1) {
            from += 1;
        }
        let mut found = Vec::new();
        while from < end {
            let length = entries[from..].iter().take_while(|entry| **entry >> 32 == key(from)).count();
            found.extend((length > 1).then_some((from as u32, (from + length) as u32)));
            from += length;
        }
        found
    })
}

impl RuleBlocks {
    /// One block of all records.
    pub fn every_pair(records: u32) -> Self {
        RuleBlocks {
            keys: RecordKeys { ends: Vec::new(), keys: vec![1; records as usize] },
            sorted: (0..records).map(|record| packed(1, record)).collect(),
            runs: if records > 1 { vec![(0, records)] } else { Vec::new() },
        }
    }
}

impl RecordKeys {
    pub(super) fn new(entries: &[u64], records: usize) -> Self {
        let mut counts = vec![0u32; records];
        let entries = || entries.iter().filter(|entry| **entry != LEFT_OUT);
        for entry in entries() {
            counts[*entry as u32 as usize] += 1;
        }
        if counts.iter().all(|count| *count <= 1) {
            let mut keys = counts;
            for entry in entries() {
                keys[*entry as u32 as usize] = (entry >> 32) as u32;
            }
            return RecordKeys { ends: Vec::new(), keys };
        }
        let (mut ends, mut end) = (counts, 0);
        for count in &mut ends {
            (*count, end) = (end, end + *count);
        }
        // What is now the start of each record's keys is their end once they are filled in.
        let mut keys = vec![0; end as usize];
        for entry in entries() {
            let next = &mut ends[*entry as u32 as usize];
            keys[*next as usize] = (entry >> 32) as u32;
            *next += 1;
        }
        RecordKeys { ends, keys }
    }

    /// The keys of each record under an ingredient, from those of each value.
    fn of_atom(atom: &AtomKeys, column: &Column) -> Self {
        let records = 0..column.len() as u32;
        let own = |record: u32| column.ids(record).iter().flat_map(|id| atom.of_value(*id));
        if records.clone().into_par_iter().with_min_len(4096).all(|record| own(record).nth(1).is_none()) {
            let only = |record: u32| own(record).next().copied().unwrap_or(0);
            let keys = records.into_par_iter().with_min_len(4096).map(only).collect();
            return RecordKeys { ends: Vec::new(), keys };
        }
        let mut keys = Vec::new();
        let ends = records.map(|record| {
            keys.extend(own(record));
            keys.len() as u32
        });
        RecordKeys { ends: ends.collect(), keys }
    }

    /// The only key of each record, 0 for none, where no record has more.
    pub fn single(&self) -> Option<&[u32]> {
        self.ends.is_empty().then_some(&self.keys)
    }

    /// The record's keys; those of a rule sorted.
    fn of(&self, record: u32) -> &[u32] {
        let record = record as usize;
        if self.ends.is_empty() {
            let key = &self.keys[record..=record];
            return if key[0] == 0 { &[] } else { key };
        }
        let start = if record == 0 { 0 } else { self.ends[record - 1] };
        &self.keys[start as usize..self.ends[record] as usize]
    }

    /// The smallest key that two records share.
    pub fn shared(&self, a: u32, b: u32) -> Option<u32> {
        let (xs, ys) = (self.of(a), self.of(b));
        let (mut i, mut j) = (0, 0);
        while i < xs.len() && j < ys.len() {
            match xs[i].cmp(&ys[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => return Some(xs[i]),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{FieldKind, Records};

    #[test]
    fn a_rule_is_estimated_from_a_sample() {
        // Fifty records a surname: 25 pairs for each of a hundred thousand.
        let n = 100_000;
        let surnames = (0..n).map(|i| [format!("n{}", i * 7919 % n / 50)]);
        let records = Records::new(n).with(Column::from_texts("surname", FieldKind::Surname, surnames));
        let comparer = Comparer::new(&records);
        let rule = Rule { atoms: vec![Atom::Value(0)], any_order: false };
        let mut atoms = Atoms::new(&comparer);
        let exact = atoms.build(&rule, &[]).1.pairs as f64;
        assert_eq!(exact, 49.0 * n as f64 / 2.0);
        let about = atoms.estimate(&rule) as f64;
        assert!((about / exact - 1.0).abs() < 0.1, "{about} for {exact}");
    }
}
