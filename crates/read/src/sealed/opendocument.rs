//! The lock of OpenDocument files, which lies on the parts of the package, or on one part that is a package
//! itself. OpenDocument 1.3 part 2, 3.4 and 4; what LibreOffice 24 and later write (AES-GCM, Argon2id) is in
//! none of its versions yet.
//!
//! ```text
//! password ─> start key ─> PBKDF2 | Argon2id ─> key ─> AES-CBC | AES-GCM ─> deflated part
//! ```

use std::io::{Cursor, Read, Write};

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use flate2::read::DeflateDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sha1::Sha1;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::base64::base64;
use super::cipher::{Aes, Hash};
use crate::looks::attribute;
use crate::package::Package;

/// The part that says how the others are locked.
const MANIFEST: &str = "meta-inf/manifest.xml";
/// The parts with all cells: of a package whose parts are locked, and of one that is locked as a whole.
const CONTENT: &str = "content.xml";
const WHOLE: &str = "encrypted-package";
const MIMETYPE: &str = "mimetype";
/// No program makes a password slower to guess than this.
const MOST_TURNS: u32 = 10_000_000;
const MOST_MEMORY: u32 = 1 << 20;
const MOST_PASSES: u32 = 100;
/// Bytes of a part whose hash tells whether the password was right.
const CHECKED: usize = 1024;
/// Bytes that AES-GCM is started with.
const START: usize = 12;
/// The longest key of AES.
const LONGEST_KEY: usize = 32;

/// A workbook whose cells are locked.
pub(super) struct Locked {
    mimetype: Vec<u8>,
    sealed: Vec<u8>,
    whole: bool,
    /// `None` for a lock that this program does not know.
    lock: Option<Lock>,
    most: u64,
}

/// What opens with the right password only.
struct Lock {
    start_key: Hash,
    derivation: Derivation,
    salt: Vec<u8>,
    key_bytes: usize,
    cipher: Cipher,
}

/// How a key is made of a start key.
enum Derivation {
    Pbkdf2 { turns: u32 },
    Argon2id { passes: u32, memory: u32, lanes: u32 },
}

/// How a part is locked, with what the cipher starts from.
enum Cipher {
    /// With the hash of the first bytes of the open part.
    Cbc {
        start: Vec<u8>,
        hash: Hash,
        expected: Vec<u8>,
    },
    Gcm {
        start: [u8; START],
    },
}

impl Locked {
    /// `None` for what is no locked spreadsheet. A part that unpacks to more than `most` bytes is cut off.
    pub fn of(bytes: &[u8], most: u64) -> Option<Self> {
        let mut package = Package::open(bytes)?;
        if !package.has(MANIFEST) {
            return None;
        }
        let manifest = package.text(MANIFEST)?.text;
        let whole = package.has(WHOLE);
        let lock = lock_of(&manifest, if whole { WHOLE } else { CONTENT })?;
        let mimetype = unpacked(&mut package, MIMETYPE, most).unwrap_or_default();
        let spreadsheet = mimetype.is_empty() || String::from_utf8_lossy(&mimetype).contains("spreadsheet");
        let sealed = unpacked(&mut package, if whole { WHOLE } else { CONTENT }, most)?;
        spreadsheet.then_some(Locked { mimetype, sealed, whole, lock: lock.known, most })
    }

    /// The lock is of a kind that this program knows.
    pub fn is_known(&self) -> bool {
        self.lock.is_some()
    }

    /// A package with the cells open; `None` where the password is the wrong one.
    pub fn open(&self, password: &str) -> Option<Vec<u8>> {
        let part = self.lock.as_ref()?.open(password, &self.sealed)?;
        let part = if part.starts_with(b"PK") { part } else { inflated(&part, self.most) };
        if self.whole { Some(part) } else { self.package(&part) }
    }

    fn package(&self, content: &[u8]) -> Option<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [(MIMETYPE, &self.mimetype[..]), (CONTENT, content)] {
            let large = bytes.len() as u64 >= u64::from(u32::MAX);
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            zip.start_file(name, stored.large_file(large)).ok()?;
            zip.write_all(bytes).ok()?;
        }
        Some(zip.finish().ok()?.into_inner())
    }
}

fn unpacked(package: &mut Package<'_>, name: &str, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // What is cut off opens as far as it goes.
    let _ = package.part(name)?.take(most).read_to_end(&mut bytes);
    Some(bytes)
}

/// As far as it can be inflated: what is missing is seen by the reader of the part.
fn inflated(bytes: &[u8], most: u64) -> Vec<u8> {
    let mut part = Vec::new();
    let _ = DeflateDecoder::new(bytes).take(most.saturating_add(1)).read_to_end(&mut part);
    part
}

/// That a part is locked, and how, if that is known.
struct Found {
    known: Option<Lock>,
}

/// How the manifest says that a part is locked; `None` where it is not.
fn lock_of(manifest: &str, part: &str) -> Option<Found> {
    let mut xml = Reader::from_str(manifest);
    let mut inside = false;
    let mut said = Said::default();
    loop {
        match xml.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "file-entry" => inside = attribute(&tag, "full-path").as_deref() == Some(part),
                "encryption-data" if inside => said.data = Some(tag.into_owned()),
                "algorithm" if inside => said.algorithm = Some(tag.into_owned()),
                "key-derivation" if inside => said.derivation = Some(tag.into_owned()),
                "start-key-generation" if inside => said.start_key = Some(tag.into_owned()),
                _ => {}
            },
            Event::End(tag) if inside && tag.local_name().as_ref() == "file-entry" => {
                return said.data.is_some().then(|| Found { known: said.lock() });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// What the manifest says of a locked part.
#[derive(Default)]
struct Said {
    data: Option<BytesStart<'static>>,
    algorithm: Option<BytesStart<'static>>,
    derivation: Option<BytesStart<'static>>,
    start_key: Option<BytesStart<'static>>,
}

impl Said {
    fn lock(&self) -> Option<Lock> {
        let derivation = self.derivation.as_ref()?;
        let key_bytes = number(derivation, "key-size").unwrap_or(16) as usize;
        let start_key = match &self.start_key {
            Some(tag) => hash_of(&attribute(tag, "start-key-generation-name")?)?,
            None => Hash::Sha1,
        };
        Some(Lock {
            start_key,
            derivation: derivation_of(derivation)?,
            salt: base64(&attribute(derivation, "salt")?)?,
            key_bytes: Some(key_bytes).filter(|bytes| *bytes <= LONGEST_KEY)?,
            cipher: self.cipher()?,
        })
    }

    fn cipher(&self) -> Option<Cipher> {
        let algorithm = self.algorithm.as_ref()?;
        let name = attribute(algorithm, "algorithm-name")?;
        let start = base64(&attribute(algorithm, "initialisation-vector")?)?;
        if name.ends_with("aes256-gcm") {
            return Some(Cipher::Gcm { start: start.try_into().ok()? });
        }
        let data = self.data.as_ref()?;
        let cbc = name.contains("#aes") && name.ends_with("-cbc");
        cbc.then_some(Cipher::Cbc {
            start,
            hash: hash_of(&attribute(data, "checksum-type")?)?,
            expected: base64(&attribute(data, "checksum")?)?,
        })
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

fn derivation_of(tag: &BytesStart<'_>) -> Option<Derivation> {
    let name = attribute(tag, "key-derivation-name")?;
    if name.ends_with("argon2id") {
        let (passes, memory) = (number(tag, "argon2-iterations")?, number(tag, "argon2-memory")?);
        let lanes = number(tag, "argon2-lanes")?;
        let sane = passes <= MOST_PASSES && memory <= MOST_MEMORY;
        return sane.then_some(Derivation::Argon2id { passes, memory, lanes });
    }
    let turns = number(tag, "iteration-count").filter(|turns| (1..=MOST_TURNS).contains(turns))?;
    name.to_lowercase().ends_with("pbkdf2").then_some(Derivation::Pbkdf2 { turns })
}

/// A hash by its address, of which only the end tells: `...xmlenc#sha256`, `...manifest:1.0#sha1-1k`, `SHA1/1K`.
fn hash_of(name: &str) -> Option<Hash> {
    let name = name.rsplit('#').next()?.to_uppercase();
    Hash::of(name.trim_end_matches("-1K").trim_end_matches("/1K"))
}

impl Lock {
    /// What a password opens; `None` where it is the wrong one.
    fn open(&self, password: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let key = self.key(password)?;
        match &self.cipher {
            Cipher::Cbc { start, hash, expected } => {
                let mut open = Aes::new(&key)?.chained(start, sealed);
                let filled = usize::from(*open.last()?);
                open.truncate(open.len().checked_sub(filled)?);
                let checked = hash.hash(&[&open[..open.len().min(CHECKED)]]);
                (checked == *expected).then_some(open)
            }
            Cipher::Gcm { start } => {
                // What the cipher starts from stands before what it locks.
                let sealed = sealed.strip_prefix(&start[..]).unwrap_or(sealed);
                let cipher = Aes256Gcm::new_from_slice(&key).ok()?;
                cipher.decrypt(&Nonce::from(*start), sealed).ok()
            }
        }
    }

    fn key(&self, password: &str) -> Option<Vec<u8>> {
        let start = self.start_key.hash(&[password.as_bytes()]);
        let mut key = vec![0; self.key_bytes];
        match self.derivation {
            Derivation::Pbkdf2 { turns } => pbkdf2::pbkdf2_hmac::<Sha1>(&start, &self.salt, turns, &mut key),
            Derivation::Argon2id { passes, memory, lanes } => {
                let params = Params::new(memory, passes, lanes, Some(key.len())).ok()?;
                let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
                argon.hash_password_into(&start, &self.salt, &mut key).ok()?;
            }
        }
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_are_known_by_what_the_manifest_says() {
        let entry =
            |inside: &str| format!("<m><file-entry full-path='content.xml'>{inside}</file-entry></m>");
        let data = |algorithm: &str, derivation: &str| {
            entry(&format!(
                "<encryption-data checksum-type='SHA1/1K' checksum='Zg=='>\
                 <algorithm algorithm-name='{algorithm}' initialisation-vector='Zg=='/>\
                 <key-derivation key-derivation-name='{derivation}' iteration-count='1024' salt='Zg=='/>\
                 </encryption-data>"
            ))
        };
        let cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
        for (manifest, expected) in [
            (data(cbc, "PBKDF2"), Some(true)),
            (data("Blowfish CFB", "PBKDF2"), Some(false)),
            (data(cbc, "PGP"), Some(false)),
            (entry(""), None),
            (String::new(), None),
        ] {
            let found = lock_of(&manifest, CONTENT).map(|found| found.known.is_some());
            assert_eq!(found, expected, "{manifest}");
        }
    }
}
