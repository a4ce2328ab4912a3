//! The links that a run found, kept beside the register: the next run takes them as they are where all
//! that they rest on is the same, as it is when only dates, statuses and notes have changed. The result
//! is that of linking anew, for it is a result of just what is compared here.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use collate_link::{Linked, Records, Settings};
use collate_reconcile::KeptLinks;
use sha2::{Digest, Sha256};

use super::given::hexadecimal;
use crate::private;

/// What the file begins with.
const MARK: &str = "links of collate ";

/// The file of links.
pub struct Links {
    /// None where nothing is kept.
    path: Option<PathBuf>,
    /// Whatever is kept, it is found anew.
    again: bool,
    /// What was asked for last, as a hash.
    asked: RefCell<String>,
    /// What is to be written.
    found: RefCell<Option<Vec<u8>>>,
}

impl Links {
    /// Those beside this register.
    pub fn beside(register: Option<&Path>, again: bool) -> Self {
        let path = register.map(|register| {
            let mut name = register.file_name().unwrap_or_default().to_owned();
            name.push(".links");
            register.with_file_name(name)
        });
        Links { path, again, asked: RefCell::default(), found: RefCell::default() }
    }

    /// Writes what was found, after all else is done. If that fails, the next run finds it again.
    pub fn write(self) {
        let (Some(path), Some(found)) = (self.path, self.found.into_inner()) else { return };
        let unfinished = path.with_extension("links.new");
        let written = private::create(&unfinished).and_then(|mut file| {
            file.write_all(head(&self.asked.into_inner(), &found).as_bytes())?;
            file.write_all(&found)
        });
        if written.and_then(|()| std::fs::rename(&unfinished, &path)).is_err() {
            let _ = std::fs::remove_file(&unfinished);
        }
    }
}

impl KeptLinks for Links {
    fn find(&self, records: &Records, settings: &Settings) -> Option<Linked> {
        let path = self.path.as_ref()?;
        let asked = hash_of(records, settings);
        self.asked.replace(asked.clone());
        let kept = std::fs::read(path).ok().filter(|_| !self.again)?;
        // The head has a fixed length, so a file of another version or a damaged one differs in it.
        let (begun, found) = kept.split_at_checked(head(&asked, &[]).len())?;
        (begun == head(&asked, found).as_bytes()).then(|| postcard::from_bytes(found).ok()).flatten()
    }

    fn keep(&self, linked: &Linked) {
        if self.path.is_some() {
            self.found.replace(postcard::to_stdvec(linked).ok());
        }
    }
}

/// What was asked for, and the hash of what was found.
fn head(asked: &str, found: &[u8]) -> String {
    format!("{MARK}{asked} {}\n", hexadecimal(Sha256::new_with_prefix(found)))
}

/// The hash of all that links are a result of. How much memory pairs may take changes nothing.
fn hash_of(records: &Records, settings: &Settings) -> String {
    let settings = Settings { pair_memory: None, ..settings.clone() };
    let version = env!("CARGO_PKG_VERSION");
    let mut all = Bytes(Sha256::new_with_prefix(format!("{version} {settings:?}")));
    records.hash(&mut all);
    hexadecimal(all.0)
}

/// What is hashed, byte by byte.
struct Bytes(Sha256);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Not asked for: 64 bits are too few for two different lists never to be taken for one.
    fn finish(&self) -> u64 {
        0
    }
}
