//! Postcodes: unit, sector, district.

use super::level::SAME;
use crate::kernel::{Word, osa_at_most};

const ONE_CHARACTER: u8 = 2;
/// The same sector.
pub const SECTOR: u8 = 3;
const DISTRICT: u8 = 4;
/// Another district.
pub const DIFFERENT: u8 = 5;

/// A postcode: upper case, with a space before the inward part.
pub struct Postcode {
    whole: Word,
    /// Length of the outward part.
    outward: usize,
}

impl Postcode {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        Postcode { whole: Word::new(text), outward: text.find(' ').unwrap_or(text.len()) }
    }

    /// Level of two different ones.
    pub fn level(&self, other: &Self) -> u8 {
        let (x, y) = self.whole.units(&other.whole);
        let ((out_x, in_x), (out_y, in_y)) = (x.split_at(self.outward), y.split_at(other.outward));
        if out_x == out_y {
            if in_x == in_y {
                return SAME;
            }
            if in_x.is_empty() || in_y.is_empty() {
                return DISTRICT;
            }
        }
        if !in_x.is_empty() && !in_y.is_empty() && osa_at_most(&self.whole, &other.whole, 1) == Some(1) {
            return ONE_CHARACTER;
        }
        // Before the sector stands the space.
        match (out_x == out_y, in_x.get(1) == in_y.get(1)) {
            (true, true) => SECTOR,
            (true, false) => DISTRICT,
            _ => DIFFERENT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes() {
        for (x, y, expected) in [
            ("WB1 2CD", "WB1 2CE", ONE_CHARACTER),
            ("WB1 2CD", "WB1 2EF", SECTOR),
            ("WB1 2CD", "WB1 3EF", DISTRICT),
            ("WB1 2CD", "WB1", DISTRICT),
            ("WB1 2CD", "WB12 3EF", DIFFERENT),
        ] {
            let (one, other) = (Postcode::new(x), Postcode::new(y));
            assert_eq!((one.level(&other), other.level(&one)), (expected, expected), "{x} {y}");
        }
    }
}
