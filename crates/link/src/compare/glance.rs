//! What can be said of two records at a glance: at most how well they match.
//!
//! Nearly all candidate pairs agree in the blocking key and in little else. To see that, names
//! need not be compared letter by letter: each value is boiled down to 64 bits, from which
//! follows a level that the full comparison will not beat (of texts of several words: hardly ever).
//! Only pairs that could still be of one person are compared in full.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use super::date::DateValue;
use super::{Comparer, Prepared, SAME, name, postcode, text};
use crate::records::{Column, FieldKind};

/// Nothing is known.
const NOTHING: u64 = 0;
/// Several values, any of which may agree.
const SEVERAL: u64 = u64::MAX;

/// The lowest bits of a glance tell different values apart; two that fall together are merely
/// compared in full.
const IDENTITY: u64 = (1 << 12) - 1;
/// Above them, how rare the value is, in bits from [`LEAST_RARE`] on.
const RARITY: u32 = 12;
const LEAST_RARE: f32 = -8.0;
const MOST_RARE: f32 = 23.0;
/// Above that, the letters of a name, the pairs of letters of a text, or a date.
const LETTER: u32 = 17;
const LETTERS: u64 = ((1 << 26) - 1) << LETTER;
/// The length of a name or text.
const LENGTH: u32 = 43;
const LONGEST: usize = 31;
/// A name has one part that is no initial, so that only its letters can make it like another.
const PLAIN: u32 = 48;
/// The first two letters of a name, as one of sixteen numbers.
const START: u32 = 49;
/// Pairs of letters of a text take the bits of its letters, and these five of names.
const PAIRS: u64 = LETTERS | 31 << PLAIN;
/// What names have in common by their short forms, texts by their words, and postcodes by their
/// districts: a few bits that are set in both.
const SHARED: u32 = 53;
/// A word that more than one in this many texts have does not make them alike.
const COMMON_WORD: usize = 50;

/// Glances that fill one line of memory (64 bytes).
const LANES: usize = 8;

/// Glances of one record.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([u64; LANES]);

/// The glances of all records, and what they allow is worth.
pub struct Glances {
    /// One glance per column: tables of [`LANES`] columns, with a line for each record.
    tables: Vec<Vec<Line>>,
    worth: Vec<Worth>,
    /// The forename and the surname column, which may have been swapped.
    swap: Option<(usize, usize)>,
}

/// More than anything that speaks against a pair.
const ENOUGH: f32 = 100.0;

/// Bits for one person that a column can bring at best.
struct Worth {
    kind: FieldKind,
    same: f32,
    /// The best level of values that are not the same.
    near: f32,
    /// Names that are alike, but not nearly the same.
    alike: f32,
    different: f32,
    /// By level: the level of two dates is known at once.
    levels: Vec<f32>,
}

/// Space for some records and pairs, kept from one batch to the next.
#[derive(Default)]
pub struct Scratch {
    lines: Vec<Line>,
    /// The same column by column.
    cells: Vec<u64>,
    bits: Vec<f32>,
}

impl Glances {
    /// Of all records. `weights` are the bits of each column's levels; `rarity` says of a column's
    /// value how many bits agreement on it is worth beyond them.
    pub fn new(comparer: &Comparer, weights: &[Vec<f32>], rarity: impl Fn(usize, u32) -> f32 + Sync) -> Self {
        let records = comparer.records();
        let columns = records.columns();
        let of_column = |c: usize| {
            let mut looks = looks(&columns[c], &comparer.prepared[c]);
            for (id, look) in looks.iter_mut().enumerate() {
                let rarity = rarity(c, id as u32).ceil().clamp(LEAST_RARE, MOST_RARE) - LEAST_RARE;
                *look |= (rarity as u64) << RARITY;
            }
            looks
        };
        let looks: Vec<Vec<u64>> = (0..columns.len()).into_par_iter().map(of_column).collect();
        let glance = |c: usize, record: u32| match columns[c].ids(record) {
            [] => NOTHING,
            [id] => looks[c][*id as usize],
            _ => SEVERAL,
        };
        let table = |from: usize| {
            let line = |record: u32| {
                let mut line = Line([NOTHING; LANES]);
                let own = from..columns.len().min(from + LANES);
                line.0.iter_mut().zip(own).for_each(|(cell, c)| *cell = glance(c, record));
                line
            };
            (0..records.len() as u32).into_par_iter().with_min_len(4096).map(line).collect()
        };
        let tables = (0..columns.len()).step_by(LANES).map(table).collect();
        let worth = columns.iter().zip(weights).map(|(column, weights)| Worth::new(column.kind, weights));
        let swap = comparer.swap.as_ref().map(|(forename, surname, _)| (*forename, *surname));
        Glances { tables, worth: worth.collect(), swap }
    }

    /// For every pair of some records, by its places among them, at most how many bits speak for one
    /// person.
    pub fn at_most<'s>(&self, records: &[u32], pairs: &[(u32, u32)], scratch: &'s mut Scratch) -> &'s [f32] {
        let Scratch { lines, cells, bits } = scratch;
        bits.clear();
        bits.resize(pairs.len(), 0.0);
        // All that is far away in memory is waited for together.
        lines.clear();
        self.tables.iter().for_each(|table| lines.extend(records.iter().map(|r| table[*r as usize])));
        cells.clear();
        for c in 0..self.worth.len() {
            let lines = &lines[c / LANES * records.len()..][..records.len()];
            cells.extend(lines.iter().map(|line| line.0[c % LANES]));
        }
        let column = |c: usize| &cells[c * records.len()..][..records.len()];
        for (c, worth) in self.worth.iter().enumerate() {
            let column = column(c);
            match worth.kind {
                FieldKind::Forename | FieldKind::Surname => {
                    worth.add(column, pairs, bits, |x, y| worth.of_names(x, y))
                }
                FieldKind::Date => worth.add(column, pairs, bits, |x, y| worth.of_dates(x, y)),
                FieldKind::Code | FieldKind::Set => worth.add(column, pairs, bits, |_, _| worth.different),
                FieldKind::Identifier | FieldKind::Reference | FieldKind::Postcode => {
                    worth.add(column, pairs, bits, |x, y| worth.of_references(x, y));
                }
                FieldKind::Text => worth.add(column, pairs, bits, |x, y| worth.of_texts(x, y)),
            }
        }
        if let Some((forename, surname)) = self.swap {
            add_swapped(column(forename), column(surname), pairs, bits);
        }
        bits
    }

    /// What one column brings to two records at most.
    pub fn of_column(&self, column: usize, a: u32, b: u32) -> f32 {
        let cell = |record: u32| self.tables[column / LANES][record as usize].0[column % LANES];
        self.worth[column].of_pair(cell(a), cell(b))
    }
}

/// Forename and surname may stand in each other's place, one of them with a slip.
fn add_swapped(forenames: &[u64], surnames: &[u64], pairs: &[(u32, u32)], bits: &mut [f32]) {
    let same = |x: u64, y: u64| x != NOTHING && (x ^ y) & IDENTITY == 0;
    for (bits, (i, j)) in bits.iter_mut().zip(pairs) {
        let (i, j) = (*i as usize, *j as usize);
        if same(forenames[i], surnames[j]) || same(surnames[i], forenames[j]) {
            *bits += ENOUGH;
        }
    }
}

impl Worth {
    fn new(kind: FieldKind, weights: &[f32]) -> Self {
        let different = |level: u8| weights[level as usize];
        let (alike, different) = match kind {
            FieldKind::Forename => (different(name::forename::ALIKE), different(name::forename::DIFFERENT)),
            FieldKind::Surname => (different(name::surname::ALIKE), different(name::surname::DIFFERENT)),
            FieldKind::Text => (different(text::text_level::NEAR), different(text::text_level::DIFFERENT)),
            FieldKind::Postcode => (different(postcode::SECTOR), different(postcode::DIFFERENT)),
            _ => (weights[weights.len() - 1], weights[weights.len() - 1]),
        };
        Worth {
            kind,
            same: weights[SAME as usize],
            near: weights[SAME as usize + 1..].iter().copied().fold(f32::NEG_INFINITY, f32::max),
            alike: alike.max(different),
            different,
            levels: weights.to_vec(),
        }
    }

    fn of_pair(&self, x: u64, y: u64) -> f32 {
        if x == NOTHING || y == NOTHING {
            return 0.0;
        }
        if (x ^ y) & IDENTITY == 0 || x == SEVERAL || y == SEVERAL {
            return self.of_same(x, y);
        }
        match self.kind {
            FieldKind::Forename | FieldKind::Surname => self.of_names(x, y),
            FieldKind::Date => self.of_dates(x, y),
            FieldKind::Code | FieldKind::Set => self.different,
            FieldKind::Identifier | FieldKind::Reference | FieldKind::Postcode => self.of_references(x, y),
            FieldKind::Text => self.of_texts(x, y),
        }
    }

    /// Adds what a column brings to every pair; `unlike` says it of values that differ.
    fn add(&self, column: &[u64], pairs: &[(u32, u32)], bits: &mut [f32], unlike: impl Fn(u64, u64) -> f32) {
        for (bits, (i, j)) in bits.iter_mut().zip(pairs) {
            let (x, y) = (column[*i as usize], column[*j as usize]);
            if x == NOTHING || y == NOTHING {
                continue;
            }
            let alike = (x ^ y) & IDENTITY == 0 || x == SEVERAL || y == SEVERAL;
            *bits += if alike { self.of_same(x, y) } else { unlike(x, y) };
        }
    }

    /// Values that are the same, or of which any may be.
    #[cold]
    fn of_same(&self, x: u64, y: u64) -> f32 {
        let rarity = |glance: u64| (glance >> RARITY & 31) as f32 + LEAST_RARE;
        self.near.max(self.same + rarity(x).max(rarity(y)))
    }

    /// One edit changes at most two letters, two edits, of names of eight letters or more, four.
    /// Jaro-Winkler similarity of .94 takes a Jaro similarity of .9, so letters without a partner are
    /// at most .15 of all letters; of .82 one of .7, and at most .45; of .8, and at most .3, where not
    /// even the first two letters are the same.
    fn of_names(&self, x: u64, y: u64) -> f32 {
        let letters = u64::from(((x ^ y) & LETTERS).count_ones());
        let (a, b) = (x >> LENGTH & 31, y >> LENGTH & 31);
        let both = a + b;
        let most = if (x ^ y) >> START & 15 == 0 { 9 } else { 6 };
        let by_letters = if letters * 20 <= both * most { self.alike } else { self.different };
        let edits = if a.min(b) < 8 { 2 } else { 4 };
        let near = letters <= edits.max(both * 3 / 20) || x & y & 1 << PLAIN == 0 || (x & y) >> SHARED != 0;
        if near { self.near } else { by_letters }
    }

    fn of_dates(&self, x: u64, y: u64) -> f32 {
        // Days of which no part is the same are different.
        let parts = (x ^ y) >> LETTER;
        let known = x & y & KNOWN_DAY != 0;
        if known && parts >> 10 & 4095 != 0 && parts >> 6 & 15 != 0 && parts >> 1 & 31 != 0 {
            return self.different;
        }
        self.levels[unpacked(x).against(&unpacked(y)) as usize]
    }

    /// One edit changes at most two letters; postcodes may share their district.
    fn of_references(&self, x: u64, y: u64) -> f32 {
        let shared = if (x & y) >> SHARED != 0 { self.alike } else { self.different };
        if ((x ^ y) & LETTERS).count_ones() <= 2 { self.near } else { shared }
    }

    /// One edit changes at most six pairs of letters, two edits most often eight; both change the
    /// length by little.
    fn of_texts(&self, x: u64, y: u64) -> f32 {
        let shared = if (x & y) >> SHARED != 0 { self.alike } else { self.different };
        let (a, b) = (x >> LENGTH & 31, y >> LENGTH & 31);
        let pairs = ((x ^ y) & PAIRS).count_ones();
        let near = pairs <= if a + b < 16 { 6 } else { 8 } && a.abs_diff(b) <= 1 + a.max(b) / 5;
        if near { self.near } else { shared }
    }
}

/// The glance of each distinct value.
fn looks(column: &Column, prepared: &Prepared) -> Vec<u64> {
    let values = || column.values().par_iter().enumerate().with_min_len(4096);
    match prepared {
        Prepared::Dates(dates) => dates.iter().map(packed).collect(),
        Prepared::Names(names) => values().map(|(id, text)| identity(text) | names.look(id)).collect(),
        Prepared::Texts(_) => {
            let common = common_words(column.values());
            let word = |w: &str| w.len() > 2 && !common.contains_key(w);
            let shared =
                |text: &str| text.split(' ').filter(|w| word(w)).fold(0, |all, w| all | bit(w.as_bytes()));
            let length = |text: &str| (text.len().min(LONGEST) as u64) << LENGTH;
            let look =
                |text: &str| identity(text) | letter_pairs(text) | length(text) | shared(text) << SHARED;
            values().map(|(_, text)| look(text)).collect()
        }
        Prepared::Postcodes(_) => {
            let district = |text: &str| bit(text.split(' ').next().unwrap_or(text).as_bytes());
            values().map(|(_, text)| identity(text) | letters(text) | district(text) << SHARED).collect()
        }
        Prepared::Words(_) => values().map(|(_, text)| identity(text) | letters(text)).collect(),
    }
}

/// Words that do not tell texts apart: those of more than one text in [`COMMON_WORD`].
fn common_words(values: &[Box<str>]) -> FxHashMap<&str, u32> {
    // A part of the values shows what is common.
    let step = values.len() / 10_000 + 1;
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for word in values.iter().step_by(step).flat_map(|text| text.split(' ')) {
        *counts.entry(word).or_default() += 1;
    }
    let least = values.len() / step / COMMON_WORD;
    counts.retain(|_, count| *count as usize > least.max(2));
    counts
}

fn hashed(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
}

/// Never 0, so that no glance is [`NOTHING`].
fn identity(text: &str) -> u64 {
    hashed(text.as_bytes()) & IDENTITY | 1
}

/// One of the eleven bits from [`SHARED`] on.
fn bit(bytes: &[u8]) -> u64 {
    1 << (hashed(bytes) % 11)
}

/// Which letters and digits are in a text.
fn letters(text: &str) -> u64 {
    let place = |byte: u8| match byte {
        b'a'..=b'z' => byte - b'a',
        b'A'..=b'Z' => byte - b'A',
        other => other % 26,
    };
    text.bytes().fold(0, |all, byte| all | 1 << (LETTER + u32::from(place(byte))))
}

/// Which pairs of neighbouring letters are in a text, an odd number of times: long texts have so many
/// that to have them at all says nothing.
fn letter_pairs(text: &str) -> u64 {
    let place = |pair: &[u8]| match (hashed(pair) >> 7) % 31 {
        place @ 0..26 => u64::from(LETTER) + place,
        place => u64::from(PLAIN) + place - 26,
    };
    text.as_bytes().windows(2).fold(0, |all, pair| all ^ 1 << place(pair))
}

/// The look of a name of one part, of which `families` are the short forms it belongs to.
pub(super) fn plain_name(text: &str, families: &[u16]) -> u64 {
    if text.len() > LONGEST || !text.is_ascii() {
        return 0;
    }
    let shared = families.iter().fold(0, |all, family| all | bit(&family.to_le_bytes()));
    let start = hashed(&text.as_bytes()[..2]) & 15;
    letters(text) | 1 << PLAIN | (text.len() as u64) << LENGTH | start << START | shared << SHARED
}

/// Set in the glance of a date of which the day is known, and not merely expected.
const KNOWN_DAY: u64 = 1 << SHARED;

fn packed(date: &DateValue) -> u64 {
    let (year, month, day, estimated) = date.parts();
    let parts =
        u64::from(year & 4095) << 10 | u64::from(month) << 6 | u64::from(day) << 1 | u64::from(estimated);
    let known = if year > 0 && month > 0 && day > 0 && !estimated { KNOWN_DAY } else { 0 };
    parts << LETTER | known | hashed(&parts.to_le_bytes()) & IDENTITY | 1
}

fn unpacked(glance: u64) -> DateValue {
    let parts = glance >> LETTER;
    DateValue::new(
        (parts >> 10 & 4095) as u16,
        (parts >> 6 & 15) as u8,
        (parts >> 1 & 31) as u8,
        parts & 1 == 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{MISSING, Memory, levels};
    use crate::records::Records;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the values, the glance never says less than the full comparison.
        #[test]
        fn a_glance_is_never_too_strict(
            names in prop::collection::vec("(bill|william|[a-e]{1,9}|ann marie|é[a-c]{2,4}|x)", 2..6),
            dates in prop::collection::vec("20[01][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9])~?|201[0-3]|", 2..6),
            codes in prop::collection::vec("[A-C]{1,2}[1-3] [1-3][A-B]{2}|", 2..6),
        ) {
            let n = names.len().min(dates.len()).min(codes.len());
            let column = |name, kind, values: &[String]| Column::from_texts(name, kind, values[..n].iter().map(|v| [v]));
            let records = Records::new(n)
                .with(column("forename", FieldKind::Forename, &names))
                .with(column("surname", FieldKind::Surname, &names))
                .with(column("born", FieldKind::Date, &dates))
                .with(column("postcode", FieldKind::Postcode, &codes))
                .with(column("case", FieldKind::Reference, &codes));
            let comparer = Comparer::new(&records);
            // Better levels are worth more.
            let weights: Vec<Vec<f32>> = records.columns().iter()
                .map(|c| levels(c.kind).iter().map(|l| if l.m > 0.0 { (l.m / l.u).log2() as f32 } else { 0.0 }).collect())
                .collect();
            let glances = Glances::new(&comparer, &weights, |_, _| 0.0);
            let (mut scratch, mut memory) = (Scratch::default(), Memory::default());
            let all: Vec<u32> = (0..n as u32).collect();
            let pairs: Vec<(u32, u32)> = (0..n as u32).flat_map(|a| (a + 1..n as u32).map(move |b| (a, b))).collect();
            let mut bound = glances.at_most(&all, &pairs, &mut scratch).iter();
            for a in 0..n as u32 {
                for b in a + 1..n as u32 {
                    let pattern = comparer.pattern(a, b, &mut memory);
                    let full: f32 = (0..5).map(|c| (c, pattern.get(c))).filter(|(_, l)| *l != MISSING)
                        .map(|(c, l)| weights[c][l as usize]).sum();
                    prop_assert!(*bound.next().unwrap() >= full - 1e-3);
                }
            }
        }
    }
}
