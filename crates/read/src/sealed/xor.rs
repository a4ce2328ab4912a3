//! The oldest lock of Excel, "XOR obfuscation", which mixes records with sixteen bytes that a password gives.
//! [MS-OFFCRYPTO] 2.3.7.

/// Bytes that are used over and over.
const ROUND: usize = 16;
/// What a short password is filled up with.
const FILLING: [u8; 15] =
    [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00];
/// The longest password; Excel takes no more.
const LONGEST: usize = 15;

/// What the record `FilePass` says.
pub(super) struct Lock {
    key: u16,
    verifier: u16,
}

/// The bytes that a password gives.
pub(super) struct Keys([u8; ROUND]);

impl Lock {
    /// From the record, which begins with the sort of the lock since Excel 97.
    pub fn of(pass: &[u8]) -> Option<Self> {
        let ([a, b, c, d] | [0, 0, a, b, c, d]) = *pass else { return None };
        let (key, verifier) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        Some(Lock { key, verifier })
    }

    /// `None` where the password (in UTF-16) is the wrong one.
    pub fn keys(&self, password: &[u8]) -> Option<Keys> {
        // Of each character the byte that tells something.
        let letters =
            password.as_chunks::<2>().0.iter().map(|[low, high]| if *low == 0 { *high } else { *low });
        let letters: Vec<u8> = letters.take(LONGEST).collect();
        if letters.is_empty() || (key(&letters), verifier(&letters)) != (self.key, self.verifier) {
            return None;
        }
        let key = self.key.to_le_bytes();
        let mut filled = letters.iter().chain(&FILLING).zip(key.iter().cycle());
        let mut mixed = [0; ROUND];
        mixed.fill_with(|| filled.next().map_or(0, |(letter, key)| (letter ^ key).rotate_right(1)));
        Some(Keys(mixed))
    }
}

impl Keys {
    /// Opens what a record holds, which stands at `at` in the stream.
    pub fn apply(&self, record: &mut [u8], at: usize) {
        let from = at + record.len();
        for (i, byte) in (from..).zip(record) {
            *byte = (*byte ^ self.0[i % ROUND]).rotate_right(5);
        }
    }
}

/// The key of a password: bits of a register that is shifted, for each bit of the password that is set.
fn key(letters: &[u8]) -> u16 {
    let shifted = |register: u16| {
        let register = register.rotate_left(1);
        if register & 1 == 1 { register ^ 0x1020 } else { register }
    };
    let (mut register, mut last, mut key) = (0x8000, 0xFFFF, 0);
    for letter in letters.iter().rev() {
        for bit in 0..8 {
            register = shifted(register);
            if bit < 7 && letter >> bit & 1 == 1 {
                key ^= register;
            }
            last = shifted(last);
        }
    }
    key ^ last
}

/// What tells whether a password may be the right one: its letters, folded into fifteen bits.
fn verifier(letters: &[u8]) -> u16 {
    let turned = |bits: u16| (bits << 1 | bits >> 14) & 0x7FFF;
    let folded = letters.iter().rev().fold(0, |bits, letter| turned(bits) ^ u16::from(*letter));
    turned(folded) ^ letters.len() as u16 ^ 0xCE4B
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_locks_are_none() {
        for (pass, expected) in [
            (&[1u8, 2, 3, 4][..], true),
            (&[0, 0, 1, 2, 3, 4], true),
            (&[1, 0, 1, 2, 3, 4], false),
            (&[1, 2], false),
            (&[], false),
        ] {
            assert_eq!(Lock::of(pass).is_some(), expected, "{pass:?}");
        }
    }
}
