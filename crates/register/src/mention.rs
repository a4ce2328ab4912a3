//! The mentions of a row, as they are kept.

/// Bytes of one mention.
const BYTES: usize = 15;

/// A mention of an entity in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The entity's sort, as a number of the register.
    pub sort: u8,
    /// Which of the children of the row.
    pub part: u16,
    /// A hash of its forenames; 0 where there are none.
    pub sign: u32,
    /// The number of the entity.
    pub number: u32,
    /// The number that it was given first.
    pub first: u32,
}

impl Mention {
    /// Appends it.
    pub fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.sort);
        bytes.extend(self.part.to_le_bytes());
        for number in [self.sign, self.number, self.first] {
            bytes.extend(number.to_le_bytes());
        }
    }

    /// The bytes are those of whole mentions.
    pub fn are_whole(bytes: &[u8]) -> bool {
        bytes.len().is_multiple_of(BYTES)
    }

    /// All of a row.
    pub fn all(bytes: &[u8]) -> impl Iterator<Item = Mention> + '_ {
        bytes.chunks_exact(BYTES).map(|bytes| {
            let number =
                |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
            Mention {
                sort: bytes[0],
                part: u16::from_le_bytes([bytes[1], bytes[2]]),
                sign: number(3),
                number: number(7),
                first: number(11),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_read_as_they_were_written() {
        let mentions = [
            Mention { sort: 1, part: 1, sign: 7, number: 42, first: 42 },
            Mention { sort: 200, part: 65_535, sign: u32::MAX, number: 0, first: 1 },
        ];
        let mut bytes = Vec::new();
        mentions.iter().for_each(|mention| mention.put(&mut bytes));
        assert_eq!(Mention::all(&bytes).collect::<Vec<_>>(), mentions);
    }
}
