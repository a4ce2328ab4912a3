//! One level per column, four bits each, in one integer.

/// An agreement pattern.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
pub struct Pattern(u64);

impl Pattern {
    /// The level of a column.
    pub fn get(self, column: usize) -> u8 {
        (self.0 >> (column * 4) & 15) as u8
    }

    /// All levels as one number.
    pub(crate) fn to_bits(self) -> u64 {
        self.0
    }

    /// The levels of such a number.
    pub(crate) fn from_bits(bits: u64) -> Self {
        Pattern(bits)
    }

    /// Sets the level (below 16) of a column (below 16).
    pub fn set(&mut self, column: usize, level: u8) {
        let at = column * 4;
        self.0 = self.0 & !(15 << at) | u64::from(level) << at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_do_not_touch_each_other() {
        let mut pattern = Pattern::default();
        for column in 0..16 {
            pattern.set(column, (15 - column) as u8);
        }
        pattern.set(7, 3);
        for column in 0..16 {
            assert_eq!(pattern.get(column), if column == 7 { 3 } else { (15 - column) as u8 });
        }
    }
}
