//! The lock of Office 2007. [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9.

use super::cipher::{Aes, Hash};

const TURNS: u32 = 50_000;
const VERIFIER: usize = 16;
/// Length of SHA-1, the only hash of this lock.
const HASH: usize = 20;
/// Where the length of the key stands in the header, in bits.
const KEY_BITS: usize = 16;

/// What opens with the right password only.
pub(super) struct Lock {
    key_bytes: usize,
    salt: Vec<u8>,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
}

impl Lock {
    /// From what follows the version and the flags.
    pub fn of(info: &[u8]) -> Option<Self> {
        let (length, rest) = info.split_first_chunk::<4>()?;
        let (header, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let bits = u32::from_le_bytes(header.get(KEY_BITS..KEY_BITS + 4)?.try_into().ok()?);
        let (salt_length, rest) = rest.split_first_chunk::<4>()?;
        let (salt, rest) = rest.split_at_checked(u32::from_le_bytes(*salt_length) as usize)?;
        let (verifier, rest) = rest.split_at_checked(VERIFIER)?;
        Some(Lock {
            key_bytes: bits as usize / 8,
            salt: salt.to_vec(),
            verifier: verifier.to_vec(),
            verifier_hash: rest.get(4..)?.to_vec(),
        })
    }

    pub fn open(&self, password: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let aes = Aes::new(self.key(password).get(..self.key_bytes)?)?;
        let verifier = Hash::Sha1.hash(&[&aes.blocks(&self.verifier)]);
        let right = aes.blocks(&self.verifier_hash).get(..HASH)? == verifier;
        right.then(|| aes.blocks(sealed))
    }

    /// As much of a key as there can be of it.
    fn key(&self, password: &[u8]) -> Vec<u8> {
        let spun = Hash::Sha1.spun(&self.salt, password, TURNS);
        let last = Hash::Sha1.hash(&[&spun, &0u32.to_le_bytes()]);
        let half = |pad: u8| {
            let mut mixed = [pad; 64];
            mixed.iter_mut().zip(&last).for_each(|(byte, last)| *byte ^= last);
            Hash::Sha1.hash(&[&mixed])
        };
        [half(0x36), half(0x5C)].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// Keys and locked texts by msoffcrypto-tool 6.1.0, for the salt 0, 1, 2 and so on to 15.
    #[test]
    fn what_another_program_locked_is_opened() {
        for (bits, verifier, hash, package) in [
            (
                128u32,
                "321feb4ed6a4d67f690d22f94e8be547",
                "eeb8b93b1bdcc1a18d0e5fb79be899df325ff6529deaf7d01473db256a47d9ec",
                "3790e6514e4c9fdc53c2fd5d119a22c43949e8506afcecadba2cfeeb78b3437b",
            ),
            (
                256,
                "44433c1424e778a2e7959706e30ccee1",
                "4ba5572c66ebd590531255ff85a9cc9b081a78b70ee81dde0781e66da57455c6",
                "27fa19f1c1c20c2ac641ff9db3abaaf19d24a3d0965947bce628cff72e743eca",
            ),
        ] {
            let mut info = 32u32.to_le_bytes().to_vec();
            info.extend([0; KEY_BITS]);
            info.extend(bits.to_le_bytes());
            info.extend([0; 12]);
            info.extend(16u32.to_le_bytes());
            info.extend(0..16);
            info.extend(bytes(verifier));
            info.extend(20u32.to_le_bytes());
            info.extend(bytes(hash));
            let lock = Lock::of(&info).unwrap();
            let open = |password: &str| {
                let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
                lock.open(&password, &bytes(package))
            };
            assert_eq!(
                open("Password1").as_deref(),
                Some(&b"PK a package of 32 bytes, no mor"[..]),
                "{bits}"
            );
            assert_eq!(open("password1"), None, "{bits}");
        }
    }
}
