//! A hash that is the same on every machine and in every version: it is kept in files.

/// The hash of nothing.
pub const HASH_OF_NOTHING: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a of 64 bits (Fowler, Noll and Vo).
pub fn lasting_hash(text: &str) -> u64 {
    text.bytes().fold(HASH_OF_NOTHING, with)
}

/// The [`lasting_hash`] of several texts, side by side: a step has to wait for the one before it, but not
/// for those of the others.
pub fn lasting_hashes<const N: usize>(texts: [&str; N]) -> [u64; N] {
    let shortest = texts.iter().map(|text| text.len()).min().unwrap_or(0);
    let parts = texts.map(|text| text.as_bytes().split_at(shortest));
    let mut hashes = [HASH_OF_NOTHING; N];
    for at in 0..shortest {
        for (hash, (start, _)) in hashes.iter_mut().zip(&parts) {
            *hash = with(*hash, start[at]);
        }
    }
    for (hash, (_, rest)) in hashes.iter_mut().zip(parts) {
        *hash = rest.iter().copied().fold(*hash, with);
    }
    hashes
}

fn with(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_what_they_were() {
        // What was kept yesterday is read tomorrow: these numbers must never change.
        for (text, expected) in
            [("", HASH_OF_NOTHING), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(lasting_hash(text), expected, "{text}");
        }
    }

    #[test]
    fn side_by_side_they_are_the_same() {
        for texts in [["", "", "", ""], ["foobar", "a", "é", "foo"], ["one", "two", "six", "ten"]] {
            assert_eq!(lasting_hashes(texts), texts.map(lasting_hash), "{texts:?}");
        }
    }
}
