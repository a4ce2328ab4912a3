//! What keys are made of: a value, one of its names, its sound, its year.
//!
//! Keys are computed once per distinct value. They are 32-bit hashes: two values that fall
//! together cost a few needless comparisons and nothing else.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::FxHasher;

use crate::compare::Comparer;

/// One ingredient of a blocking key, on one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Atom {
    /// The whole value.
    Value(usize),
    /// Each single name.
    Name(usize),
    /// The first letter of the first name.
    Initial(usize),
    /// How each single name sounds.
    Sound(usize),
    /// Each single name with each one letter left out, and as it is: shared by names one slip apart.
    Slip(usize),
    /// Year of a date.
    Year(usize),
    /// Year and month of a date.
    Month(usize),
    /// Day and month of a date, without the year.
    Birthday(usize),
    /// Year, and day and month in either order.
    AnyOrder(usize),
    /// Outward part of a postcode.
    District(usize),
}

impl Atom {
    /// The column it reads.
    pub fn column(self) -> usize {
        match self {
            Atom::Value(c) | Atom::Name(c) | Atom::Initial(c) | Atom::Sound(c) | Atom::Slip(c) => c,
            Atom::Year(c) | Atom::Month(c) | Atom::Birthday(c) | Atom::AnyOrder(c) | Atom::District(c) => c,
        }
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Atom::Value(_) => "",
            Atom::Name(_) => " (each name)",
            Atom::Initial(_) => " (initial)",
            Atom::Sound(_) => " (sound)",
            Atom::Slip(_) => " (one slip)",
            Atom::Year(_) => " (year)",
            Atom::Month(_) => " (year and month)",
            Atom::Birthday(_) => " (day and month)",
            Atom::AnyOrder(_) => " (day and month in either order)",
            Atom::District(_) => " (district)",
        }
    }
}

/// The keys of each distinct value of an atom's column.
pub struct AtomKeys {
    /// Value `v` has the keys `keys[ends[v - 1]..ends[v]]`; where no value has more than one, this
    /// is empty, and value `v` has `keys[v]`, 0 for none.
    ends: Vec<u32>,
    keys: Vec<u32>,
}

impl AtomKeys {
    /// Computes them.
    pub fn new(atom: Atom, comparer: &Comparer) -> Self {
        let column = atom.column();
        let count = comparer.records().columns()[column].values().len();
        let ids: Vec<u32> = (0..count as u32).collect();
        let chunks: Vec<(Vec<u32>, Vec<u32>)> = ids
            .par_chunks(8192)
            .map(|ids| {
                let (mut counts, mut keys) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
                for id in ids {
                    let start = keys.len();
                    value_keys(atom, comparer, *id, &mut keys);
                    distinct_from(&mut keys, start);
                    counts.push((keys.len() - start) as u32);
                }
                (counts, keys)
            })
            .collect();
        let counts = || chunks.iter().flat_map(|(counts, _)| counts);
        if counts().all(|count| *count <= 1) {
            let keys = chunks.iter().flat_map(|(counts, keys)| {
                let mut keys = keys.iter();
                counts.iter().map(move |count| if *count == 0 { 0 } else { *keys.next().unwrap_or(&0) })
            });
            return AtomKeys { ends: Vec::new(), keys: keys.collect() };
        }
        let mut end = 0;
        let ends = counts().map(|count| {
            end += count;
            end
        });
        AtomKeys { ends: ends.collect(), keys: chunks.iter().flat_map(|(_, keys)| keys).copied().collect() }
    }

    /// The keys of a value.
    pub fn of_value(&self, id: u32) -> &[u32] {
        let id = id as usize;
        if self.ends.is_empty() {
            return if self.keys[id] == 0 { &[] } else { &self.keys[id..=id] };
        }
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.keys[start as usize..self.ends[id] as usize]
    }
}

/// Sorts the keys from `start` on and keeps each once; 0 is none.
fn distinct_from(keys: &mut Vec<u32>, start: usize) {
    keys[start..].sort_unstable();
    let mut kept = start;
    for i in start..keys.len() {
        if keys[i] != 0 && (kept == start || keys[kept - 1] != keys[i]) {
            keys[kept] = keys[i];
            kept += 1;
        }
    }
    keys.truncate(kept);
}

fn value_keys(atom: Atom, comparer: &Comparer, id: u32, keys: &mut Vec<u32>) {
    let column = atom.column();
    let text = &comparer.records().columns()[column].values()[id as usize];
    match atom {
        Atom::Value(_) => keys.push(hash(text.as_bytes())),
        Atom::Name(_) | Atom::Initial(_) | Atom::Sound(_) | Atom::Slip(_) => {
            let Some((tokens, values)) = comparer.names(column) else { return };
            let value = &values[id as usize];
            if let Atom::Initial(_) = atom {
                keys.push(hash(&[value.initial()]));
                return;
            }
            for token in value.tokens.iter().map(|t| &tokens[*t as usize]).filter(|t| t.len() > 1) {
                match atom {
                    Atom::Sound(_) => keys.push(hash(&sound(token))),
                    Atom::Slip(_) => slips(token, keys),
                    _ => keys.push(hash(token.as_bytes())),
                }
            }
        }
        Atom::Year(_) | Atom::Month(_) | Atom::Birthday(_) | Atom::AnyOrder(_) => {
            let Some((year, month, day, estimated)) = comparer.date(column, id) else { return };
            let known = match atom {
                Atom::Year(_) => year > 0,
                Atom::Month(_) => year > 0 && month > 0,
                _ => year > 0 && month > 0 && day > 0 && !estimated,
            };
            if known {
                let (year, month, day) = (u32::from(year), u32::from(month), u32::from(day));
                let number = match atom {
                    Atom::Year(_) => year,
                    Atom::Month(_) => year * 100 + month,
                    Atom::Birthday(_) => month * 100 + day,
                    _ => (year * 100 + month.min(day)) * 100 + month.max(day),
                };
                keys.push(hash(&number.to_le_bytes()));
            }
        }
        Atom::District(_) => keys.push(hash(text.split(' ').next().unwrap_or(text).as_bytes())),
    }
}

/// Never 0, which means "no key".
pub fn hash(bytes: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    fold(hasher.finish())
}

/// One key from two, order kept.
pub fn combine(a: u32, b: u32) -> u32 {
    fold((u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn fold(hash: u64) -> u32 {
    ((hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32 | 1
}

/// The name itself and the name with each one letter left out.
fn slips(name: &str, keys: &mut Vec<u32>) {
    keys.push(hash(name.as_bytes()));
    if name.len() < 4 {
        return;
    }
    let mut shorter = Vec::with_capacity(name.len());
    for skip in 0..name.len() {
        shorter.clear();
        shorter.extend(name.bytes().enumerate().filter(|(i, _)| *i != skip).map(|(_, b)| b));
        keys.push(hash(&shorter));
    }
}

/// How a name sounds: its first letter and up to three classes of consonants, as Russell's
/// Soundex of 1918 has them, with the first letter classed too where it is often mistaken.
fn sound(name: &str) -> [u8; 4] {
    let class = |b: u8| match b.to_ascii_lowercase() {
        b'b' | b'f' | b'p' | b'v' => b'1',
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => b'2',
        b'd' | b't' => b'3',
        b'l' => b'4',
        b'm' | b'n' => b'5',
        b'r' => b'6',
        b'h' | b'w' => b'-',
        _ => b'.',
    };
    let first = match name.as_bytes()[0].to_ascii_lowercase() {
        b'k' | b'q' => b'c',
        b'z' => b's',
        b'y' | b'i' => b'j',
        other => other,
    };
    let (mut code, mut filled, mut last) = ([first, b'0', b'0', b'0'], 1, class(name.as_bytes()[0]));
    for b in name.bytes().skip(1) {
        let this = class(b);
        if this != b'-' {
            if this != b'.' && this != last && filled < 4 {
                code[filled] = this;
                filled += 1;
            }
            last = this;
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_share_a_key() {
        for (x, y) in
            [("kathryn", "catherine"), ("robert", "rupert"), ("stephen", "steven"), ("yusuf", "jusuf")]
        {
            assert_eq!(sound(x), sound(y), "{x} {y}");
        }
        assert_ne!(sound("smith"), sound("jones"));
    }

    #[test]
    fn names_one_slip_apart_share_a_key() {
        for (x, y, share) in [
            ("smith", "smth", true),
            ("smith", "smiht", true),
            ("smith", "smyth", true),
            ("smith", "jones", false),
        ] {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            slips(x, &mut a);
            slips(y, &mut b);
            assert_eq!(a.iter().any(|k| b.contains(k)), share, "{x} {y}");
        }
    }
}
