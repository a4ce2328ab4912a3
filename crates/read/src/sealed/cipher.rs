//! The hashes and the cipher that the locks are made of.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Length of a block of AES.
pub(super) const BLOCK: usize = 16;

/// A hash by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Hash::Sha1,
            "SHA256" | "SHA-256" => Hash::Sha256,
            "SHA384" | "SHA-384" => Hash::Sha384,
            "SHA512" | "SHA-512" => Hash::Sha512,
            _ => return None,
        })
    }

    /// The hash of these, one after the other.
    pub fn hash(self, parts: &[&[u8]]) -> Vec<u8> {
        fn with<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut hasher = D::new();
            parts.iter().for_each(|part| hasher.update(part));
            hasher.finalize().to_vec()
        }
        match self {
            Hash::Sha1 => with::<Sha1>(parts),
            Hash::Sha256 => with::<Sha256>(parts),
            Hash::Sha384 => with::<Sha384>(parts),
            Hash::Sha512 => with::<Sha512>(parts),
        }
    }

    /// A password made slow to guess: hashed with a salt, and then again and again with a count.
    pub fn spun(self, salt: &[u8], password: &[u8], turns: u32) -> Vec<u8> {
        let first = self.hash(&[salt, password]);
        (0..turns).fold(first, |hash, turn| self.hash(&[&turn.to_le_bytes(), &hash]))
    }
}

/// AES with a key of any of its lengths.
pub(super) enum Aes {
    Short(Aes128),
    Middle(Aes192),
    Long(Aes256),
}

impl Aes {
    pub fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(Aes::Short),
            24 => Aes192::new_from_slice(key).ok().map(Aes::Middle),
            32 => Aes256::new_from_slice(key).ok().map(Aes::Long),
            _ => None,
        }
    }

    /// Undoes the cipher block by block; what is no whole block at the end is left out.
    pub fn blocks(&self, sealed: &[u8]) -> Vec<u8> {
        let mut open = Vec::with_capacity(sealed.len());
        for block in sealed.as_chunks::<BLOCK>().0 {
            let mut block = Block::from(*block);
            match self {
                Aes::Short(aes) => aes.decrypt_block(&mut block),
                Aes::Middle(aes) => aes.decrypt_block(&mut block),
                Aes::Long(aes) => aes.decrypt_block(&mut block),
            }
            open.extend_from_slice(&block);
        }
        open
    }

    /// Undoes the cipher where each block was mixed with the one before, the first with `start`.
    pub fn chained(&self, start: &[u8], sealed: &[u8]) -> Vec<u8> {
        let mut open = self.blocks(sealed);
        let before = start.iter().take(BLOCK).chain(sealed);
        open.iter_mut().zip(before).for_each(|(byte, before)| *byte ^= before);
        open
    }
}

/// RC4, a stream of bytes to mix with others; the same undoes it.
pub(super) struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    pub fn new(key: &[u8]) -> Self {
        let mut state = std::array::from_fn(|i| i as u8);
        let mut j = 0u8;
        for (i, key) in (0..256).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[i]).wrapping_add(*key);
            state.swap(i, usize::from(j));
        }
        Rc4 { state, i: 0, j: 0 }
    }

    pub fn apply(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.i = self.i.wrapping_add(1);
            let i = usize::from(self.i);
            self.j = self.j.wrapping_add(self.state[i]);
            let j = usize::from(self.j);
            self.state.swap(i, j);
            *byte ^= self.state[usize::from(self.state[i].wrapping_add(self.state[j]))];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_is_that_of_the_books() {
        // RFC 6229, keys of 40 and 128 bits.
        for (key, expected) in [
            (&[1, 2, 3, 4, 5][..], [0xB2, 0x39, 0x63, 0x05]),
            (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [0x9A, 0xC7, 0xCC, 0x9A]),
        ] {
            let mut bytes = [0; 4];
            Rc4::new(key).apply(&mut bytes);
            assert_eq!(bytes, expected);
        }
    }
}
