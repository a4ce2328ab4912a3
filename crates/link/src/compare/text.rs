//! Identifiers, references, codes and short texts.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::kernel::{Word, are_alike, osa_at_most};

/// Levels of identifiers and references.
mod reference_level {
    pub const ONE_CHARACTER: u8 = 2;
    pub const DIFFERENT: u8 = 3;
}

/// Levels of codes.
pub mod code {
    /// Another code.
    pub const DIFFERENT: u8 = 2;
}

/// Levels of short texts.
pub mod text_level {
    /// Nearly the same, or another name for it.
    pub const NEAR: u8 = 2;
    /// Words in common.
    pub const WORDS: u8 = 3;
    /// Nothing in common.
    pub const DIFFERENT: u8 = 4;
}

/// Level of two different identifiers or references.
pub fn reference(x: &Word, y: &Word) -> u8 {
    let long_enough = x.len().min(y.len()) >= 4 && x.len().abs_diff(y.len()) <= 1;
    if long_enough && osa_at_most(x, y, 1) == Some(1) {
        reference_level::ONE_CHARACTER
    } else {
        reference_level::DIFFERENT
    }
}

/// The distinct short texts of a column.
pub struct Texts {
    values: Vec<TextValue>,
}

struct TextValue {
    whole: Word,
    /// The longer of its words, by their numbers among those of the column.
    words: SmallVec<[u32; 4]>,
    /// How many words it has, short ones included.
    count: u32,
}

/// Shorter words don't make texts alike.
const WORD: usize = 3;

impl Texts {
    /// Prepares them.
    pub fn new(values: &[Box<str>]) -> Self {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        for word in values.iter().flat_map(|text| text.split(' ')).filter(|word| word.len() >= WORD) {
            let next = numbers.len() as u32;
            numbers.entry(word).or_insert(next);
        }
        let prepare = |text: &str| {
            let words = text.split(' ');
            let long = words.clone().filter(|word| word.len() >= WORD);
            TextValue {
                whole: Word::new(text),
                words: long.map(|word| numbers[word]).collect(),
                count: words.count() as u32,
            }
        };
        Texts { values: values.par_iter().with_min_len(4096).map(|text| prepare(text)).collect() }
    }

    /// Level of two different ones.
    pub fn level(&self, x: usize, y: usize) -> u8 {
        let (x, y) = (&self.values[x], &self.values[y]);
        let long_enough = x.whole.len().min(y.whole.len()) >= 4;
        if long_enough
            && (osa_at_most(&x.whole, &y.whole, 1).is_some() || are_alike(&x.whole, &y.whole, 0.92))
        {
            return text_level::NEAR;
        }
        let common = x.words.iter().filter(|word| y.words.contains(word)).count() as u32;
        let fewest = x.count.min(y.count);
        match common {
            0 => text_level::DIFFERENT,
            _ if common == fewest && fewest > 1 => text_level::NEAR,
            _ => text_level::WORDS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_texts() {
        for (x, y, expected) in [
            ("WB21C00123", "WB21C00124", 2),
            ("WB21C00123", "WB21C0123", 2),
            ("12", "13", 3),
            ("WB21C00123", "WB22C99123", 3),
        ] {
            assert_eq!(reference(&Word::new(x), &Word::new(y)), expected, "{x} {y}");
        }
        for (x, y, expected) in [
            ("edinburgh", "edinburg", 2),
            ("city of edinburgh", "edinburgh", 3),
            ("farm worker", "worker farm north", 2),
            ("farmer", "poet", 4),
        ] {
            assert_eq!(Texts::new(&[x.into(), y.into()]).level(0, 1), expected, "{x} {y}");
        }
    }
}
