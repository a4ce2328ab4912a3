//! The lock of Office 2010 and later. [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::base64::base64;
use super::cipher::{Aes, BLOCK, Hash};
use crate::looks::attribute;

/// Bytes of the package that are locked together.
const SEGMENT: usize = 4096;
/// No program makes a password slower to guess than this.
const MOST_TURNS: u32 = 10_000_000;

/// What the three keys that a password gives are for.
const FOR_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const FOR_VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const FOR_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// How something is hashed and locked.
struct Method {
    hash: Hash,
    salt: Vec<u8>,
    key_bytes: usize,
}

/// What opens with the right password only.
pub(super) struct Lock {
    package: Method,
    password: Method,
    turns: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

impl Lock {
    /// From the XML that follows the version.
    pub fn of(xml: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(xml);
        let mut xml = Reader::from_str(&text);
        let mut package = None;
        loop {
            match xml.read_event().ok()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "keyData" => package = Some(Method::of(&tag)?),
                    "encryptedKey" => {
                        let bytes = |name| attribute(&tag, name).and_then(|text| base64(&text));
                        return Some(Lock {
                            package: package?,
                            password: Method::of(&tag)?,
                            turns: attribute(&tag, "spinCount")?
                                .parse()
                                .ok()
                                .filter(|turns| *turns <= MOST_TURNS)?,
                            verifier: bytes("encryptedVerifierHashInput")?,
                            verifier_hash: bytes("encryptedVerifierHashValue")?,
                            key: bytes("encryptedKeyValue")?,
                        });
                    }
                    _ => {}
                },
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    pub fn open(&self, password: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let Method { hash, salt, key_bytes } = &self.password;
        let spun = hash.spun(salt, password, self.turns);
        let opened = |purpose: &[u8], sealed: &[u8]| {
            let mut key = hash.hash(&[&spun, purpose]);
            key.resize(*key_bytes, 0x36);
            Some(Aes::new(&key)?.chained(salt, sealed))
        };
        let verifier = hash.hash(&[&opened(&FOR_VERIFIER, &self.verifier)?]);
        let expected = opened(&FOR_VERIFIER_HASH, &self.verifier_hash)?;
        if expected.get(..verifier.len())? != verifier {
            return None;
        }
        let key = opened(&FOR_KEY, &self.key)?;
        let aes = Aes::new(key.get(..self.package.key_bytes)?)?;
        let mut package = Vec::with_capacity(sealed.len());
        for (segment, number) in sealed.chunks(SEGMENT).zip(0u32..) {
            let mut start = self.package.hash.hash(&[&self.package.salt, &number.to_le_bytes()]);
            start.resize(BLOCK, 0x36);
            package.extend(aes.chained(&start, segment));
        }
        Some(package)
    }
}

impl Method {
    /// `None` for a cipher that is not AES in chains, which no program writes by itself.
    fn of(tag: &BytesStart<'_>) -> Option<Self> {
        let aes = attribute(tag, "cipherAlgorithm")? == "AES"
            && attribute(tag, "cipherChaining")? == "ChainingModeCBC";
        let bits: usize = attribute(tag, "keyBits")?.parse().ok()?;
        aes.then_some(Method {
            hash: Hash::of(&attribute(tag, "hashAlgorithm")?)?,
            salt: base64(&attribute(tag, "saltValue")?)?,
            key_bytes: bits / 8,
        })
    }
}
