//! The keys of records under one rule, and the blocks of records that share one.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::atom::{Atom, AtomKeys, combine, hash};
use super::blocks::RuleReport;
use super::rules::Rule;
use crate::compare::Comparer;
use crate::drawn::drawn;
use crate::records::Column;

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
    /// The records that rules are estimated from, once one is.
    sample: Option<Vec<u32>>,
}

impl<'a> Atoms<'a> {
    /// None yet.
    pub fn new(comparer: &'a Comparer<'a>) -> Self {
        Atoms { comparer, known: FxHashMap::default(), sample: None }
    }

    fn of(&mut self, atom: Atom) -> Arc<RecordKeys> {
        let comparer = self.comparer;
        let keys = || {
            let column = &comparer.records().columns()[atom.column()];
            Arc::new(RecordKeys::of_atom(&AtomKeys::new(atom, comparer), column))
        };
        self.known.entry(atom).or_insert_with(keys).clone()
    }

    /// About how many pairs a rule would give, from a sample of the records.
    pub fn estimate(&mut self, rule: &Rule) -> u64 {
        let records = self.comparer.records();
        let sample = self.sample.get_or_insert_with(|| drawn(records, SAMPLE)).clone();
        let mut entries = self.entries(rule, sample.len(), |at| sample[at]);
        entries.par_sort_unstable();
        let pairs: u64 = runs(&entries).map(|(from, to)| ((to - from) * (to - from - 1) / 2) as u64).sum();
        let of_each = records.len() as f64 / sample.len().max(1) as f64;
        (pairs as f64 * of_each * of_each) as u64
    }

    /// Builds the blocks of a rule; blocks that are too large are divided by `dividers`.
    pub fn build(&mut self, rule: &Rule, dividers: &[Atom]) -> (RuleBlocks, RuleReport) {
        let records = self.comparer.records().len();
        let mut entries = self.entries(rule, records, |at| at as u32);
        entries.par_sort_unstable();
        let (mut divided, mut left_out) = (0, 0);
        for divider in dividers {
            let large: Vec<(usize, usize)> =
                runs(&entries).filter(|(from, to)| to - from > LARGEST).collect();
            if large.is_empty() {
                break;
            }
            divided += large.len();
            let keys = self.of(*divider);
            for (from, to) in &large {
                for entry in &mut entries[*from..*to] {
                    let part = keys.of(*entry as u32).iter().min().copied().unwrap_or(2);
                    *entry = packed(combine((*entry >> 32) as u32, part), *entry as u32);
                }
            }
            entries.par_sort_unstable();
        }
        let too_large: Vec<(usize, usize)> =
            runs(&entries).filter(|(from, to)| to - from > LARGEST).collect();
        for (from, to) in too_large {
            left_out += 1;
            entries[from..to].fill(u64::MAX);
        }
        if left_out > 0 {
            entries.retain(|entry| *entry != u64::MAX);
        }
        let runs: Vec<(u32, u32)> = runs(&entries)
            .filter(|(from, to)| to - from > 1)
            .map(|(from, to)| (from as u32, to as u32))
            .collect();
        let sizes = || runs.iter().map(|(from, to)| (to - from) as usize);
        let report = RuleReport {
            rule: rule.name(self.comparer.records()),
            pairs: sizes().map(|size| (size * (size - 1) / 2) as u64).sum(),
            largest: sizes().max().unwrap_or(0),
            divided,
            left_out,
            used: false,
            own: false,
        };
        let keys = RecordKeys::new(&entries, self.comparer.records().len());
        (RuleBlocks { keys, sorted: entries, runs }, report)
    }

    /// (key, record) of so many records.
    fn entries(&mut self, rule: &Rule, records: usize, record: impl Fn(usize) -> u32 + Sync) -> Vec<u64> {
        let atoms: Vec<Arc<RecordKeys>> = rule.atoms.iter().map(|atom| self.of(*atom)).collect();
        let single: Option<Vec<&[u32]>> = atoms.iter().map(|keys| keys.single()).collect();
        let of_chunk = |from: usize| {
            let chunk = (from..(from + CHUNK).min(records)).map(&record);
            match &single {
                Some(atoms) => single_keys(rule, atoms, chunk),
                None => all_keys(rule, &atoms, chunk),
            }
        };
        let starts: Vec<usize> = (0..records).step_by(CHUNK).collect();
        let chunks: Vec<Vec<u64>> = starts.into_par_iter().map(of_chunk).collect();
        chunks.concat()
    }
}

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

/// (key, record) where no ingredient has more than one key a record.
fn single_keys(rule: &Rule, atoms: &[&[u32]], records: impl Iterator<Item = u32> + Clone) -> Vec<u64> {
    let known = |key: u32, of: u32| if of == 0 { 0 } else { key };
    let mut keys: Vec<u32> = Vec::with_capacity(CHUNK);
    for (i, atom) in atoms.iter().enumerate() {
        let parts = records.clone().map(|record| atom[record as usize]);
        if i == 0 {
            keys.extend(parts.map(|part| known(first(rule, part), part)));
        } else {
            let join =
                |(key, part): (&mut u32, u32)| *key = known(known(joined(rule, *key, part), *key), part);
            keys.iter_mut().zip(parts).for_each(join);
        }
    }
    let mut entries = Vec::with_capacity(keys.len());
    entries.extend(records.zip(keys).filter(|(_, key)| *key != 0).map(|(record, key)| packed(key, record)));
    entries
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
/// Records from which the pairs of a rule are estimated.
const SAMPLE: usize = 30_000;

fn packed(key: u32, record: u32) -> u64 {
    u64::from(key) << 32 | u64::from(record)
}

/// Ranges of entries with one key.
fn runs(entries: &[u64]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let key = entries.get(from)? >> 32;
        let length = entries[from..].iter().take_while(|e| **e >> 32 == key).count();
        let run = (from, from + length);
        from += length;
        Some(run)
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
        for entry in entries {
            counts[*entry as u32 as usize] += 1;
        }
        if counts.iter().all(|count| *count <= 1) {
            let mut keys = counts;
            for entry in entries {
                keys[*entry as u32 as usize] = (entry >> 32) as u32;
            }
            return RecordKeys { ends: Vec::new(), keys };
        }
        let (mut ends, mut end) = (counts, 0);
        for count in &mut ends {
            (*count, end) = (end, end + *count);
        }
        // What is now the start of each record's keys is their end once they are filled in.
        let mut keys = vec![0; entries.len()];
        for entry in entries {
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
