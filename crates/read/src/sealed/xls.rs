//! The locks of Excel up to 2003, which lie on the records of a workbook and not around the file: RC4,
//! with a key for every 1,024 bytes, or `xor.rs`. [MS-OFFCRYPTO] 2.3.5 to 2.3.7, [MS-XLS] 2.2.10.

use md5::Md5;
use sha2::Digest;

use super::cipher::{Hash, Rc4};
use super::xor;
use crate::biff::{BOF, BOUND_SHEET, FILE_PASS, Records};
use crate::ole::Ole;

/// Bytes of the stream that share a key.
const STRETCH: usize = 1024;
/// Records that are never locked: `FilePass`, `InterfaceHdr`, `RRDHead`, `UsrExcl`, `FileLock`,
/// `RRDInfo`, and the beginnings of sheets.
const PLAIN: [u16; 7] = [FILE_PASS, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196, BOF];
/// Bytes before the data of a record: its sort and length.
const HEAD: usize = 4;
const SALT: usize = 16;
const VERIFIER: usize = 16;
const KEY: usize = 16;

/// A record that stands where the lock stood, and that no reader looks at.
const NOTHING: [u8; 2] = [0, 0];

/// A workbook whose records are locked.
pub(super) struct Locked<'a> {
    ole: Ole<'a>,
    stream: &'static str,
    records: Vec<u8>,
    /// `None` for a lock that this program does not know.
    lock: Option<AnyLock>,
}

/// A lock of either sort.
enum AnyLock {
    Xor(xor::Lock),
    Rc4(Lock),
}

/// What opens with the right password only.
struct Lock {
    /// The newer kind, by the cryptographic interface of Windows, with the length of its keys in bytes.
    newer: Option<usize>,
    salt: Vec<u8>,
    verifier: Vec<u8>,
}

impl<'a> Locked<'a> {
    /// `None` for a workbook that is not locked.
    pub fn of(ole: Ole<'a>) -> Option<Self> {
        let stream = ["Workbook", "Book"].into_iter().find(|name| ole.has(name))?;
        let records = ole.stream(stream)?.bytes;
        let (_, pass) = Records { bytes: &records, at: 0 }.find(|(kind, _)| *kind == FILE_PASS)?;
        let lock = xor::Lock::of(pass).map(AnyLock::Xor).or_else(|| Lock::of(pass).map(AnyLock::Rc4));
        Some(Locked { ole, stream, records, lock })
    }

    /// The lock is of a kind that this program knows.
    pub fn is_known(&self) -> bool {
        self.lock.is_some()
    }

    /// The file with its records open; `None` where the password is the wrong one.
    pub fn open(&self, password: &[u8]) -> Option<Vec<u8>> {
        let mut open = self.records.clone();
        match self.lock.as_ref()? {
            AnyLock::Xor(lock) => {
                let keys = lock.keys(password)?;
                let mut records = Records { bytes: &self.records, at: 0 };
                let mut start = HEAD;
                while let Some((_, data)) = records.next() {
                    keys.apply(&mut open[start..start + data.len()], start);
                    start = records.at + HEAD;
                }
            }
            AnyLock::Rc4(lock) => {
                let keys = lock.keys(password)?;
                for (stretch, number) in open.chunks_mut(STRETCH).zip(0u32..) {
                    Rc4::new(&keys.key(number)).apply(stretch);
                }
            }
        }
        // What was never locked is put back: the beginning of each record, and some records as a whole.
        let mut records = Records { bytes: &self.records, at: 0 };
        let mut start = 0;
        while let Some((kind, data)) = records.next() {
            let plain = match kind {
                BOUND_SHEET => 4.min(data.len()),
                _ if PLAIN.contains(&kind) => data.len(),
                _ => 0,
            };
            let end = start + HEAD + plain;
            open[start..end].copy_from_slice(&self.records[start..end]);
            if kind == FILE_PASS {
                open[start..start + 2].copy_from_slice(&NOTHING);
            }
            start = records.at;
        }
        self.ole.with_stream(self.stream, &open)
    }
}

impl Lock {
    fn of(pass: &[u8]) -> Option<Self> {
        let version = |at: usize| Some(u16::from_le_bytes([*pass.get(at)?, *pass.get(at + 1)?]));
        match (version(0)?, version(2)?, version(4)?) {
            (1, 1, 1) => {
                let (salt, verifier) = pass.get(6..)?.split_at_checked(SALT)?;
                let verifier = verifier.get(..2 * VERIFIER)?;
                Some(Lock { newer: None, salt: salt.to_vec(), verifier: verifier.to_vec() })
            }
            (1, 2..=4, 2) => {
                let length = u32::from_le_bytes(pass.get(10..14)?.try_into().ok()?) as usize;
                let (header, rest) = pass.get(14..)?.split_at_checked(length)?;
                let bits = u32::from_le_bytes(header.get(16..20)?.try_into().ok()?) as usize;
                let salt = rest.get(4..4 + SALT)?;
                let rest = rest.get(4 + SALT..)?;
                // The verifier, the length of its hash, and the hash.
                let verifier = [rest.get(..VERIFIER)?, rest.get(VERIFIER + 4..VERIFIER + 24)?].concat();
                let bytes = if bits == 0 { 5 } else { bits / 8 };
                (bytes <= KEY).then_some(Lock { newer: Some(bytes), salt: salt.to_vec(), verifier })
            }
            _ => None,
        }
    }

    /// `None` where the password is the wrong one.
    fn keys(&self, password: &[u8]) -> Option<Keys> {
        let keys = match self.newer {
            None => {
                let first = Md5::digest(password);
                let turn = [&first[..5], &self.salt].concat();
                Keys { newer: None, base: Md5::digest(turn.repeat(16))[..5].to_vec() }
            }
            newer => Keys { newer, base: Hash::Sha1.hash(&[&self.salt, password]) },
        };
        let mut verifier = self.verifier.clone();
        Rc4::new(&keys.key(0)).apply(&mut verifier);
        let (verifier, hash) = verifier.split_at_checked(VERIFIER)?;
        let expected = match self.newer {
            None => Md5::digest(verifier).to_vec(),
            Some(_) => Hash::Sha1.hash(&[verifier]),
        };
        (hash == expected).then_some(keys)
    }
}

/// The keys that a password gives.
struct Keys {
    newer: Option<usize>,
    base: Vec<u8>,
}

impl Keys {
    fn key(&self, stretch: u32) -> Vec<u8> {
        let number = stretch.to_le_bytes();
        match self.newer {
            None => Md5::digest([&self.base, &number[..]].concat()).to_vec(),
            Some(bytes) => {
                let mut key = Hash::Sha1.hash(&[&self.base, &number]);
                key.truncate(bytes);
                // Keys of 40 bits are filled up.
                if bytes == 5 {
                    key.resize(KEY, 0);
                }
                key
            }
        }
    }
}
