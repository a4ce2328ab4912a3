//! Identifiers, references, codes and short texts.

use crate::kernel::{Word, jaro_winkler, osa_distance};

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
    if long_enough && osa_distance(x, y) == 1 {
        reference_level::ONE_CHARACTER
    } else {
        reference_level::DIFFERENT
    }
}

/// Level of two different short texts.
pub fn level(x: &Word, y: &Word) -> u8 {
    if x.len().min(y.len()) >= 4 && (osa_distance(x, y) <= 1 || jaro_winkler(x, y) >= 0.92) {
        return text_level::NEAR;
    }
    let common = x.text().split(' ').filter(|w| w.len() > 2 && y.text().split(' ').any(|v| v == *w)).count();
    let fewest = x.text().split(' ').count().min(y.text().split(' ').count());
    match common {
        0 => text_level::DIFFERENT,
        _ if common == fewest && fewest > 1 => text_level::NEAR,
        _ => text_level::WORDS,
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
            assert_eq!(level(&Word::new(x), &Word::new(y)), expected, "{x} {y}");
        }
    }
}
