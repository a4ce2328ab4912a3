//! The links that a run found, kept beside the register: the next run takes them as they are where all
//! that they rest on is the same, as it is when only dates and notes have changed. The result is that of
//! linking anew, for it is a result of just what is compared here.

use std::cell::RefCell;
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Write};
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

    /// Writes what was found, after all else is done. If that fails, the next run finds it again. What is
    /// somebody else's file is left alone.
    pub fn write(self) {
        let (Some(path), Some(found)) = (self.path, self.found.into_inner()) else { return };
        if path.symlink_metadata().is_ok() && !is_ours(&path) {
            return;
        }
        let mut unfinished = path.clone().into_os_string();
        unfinished.push(".new");
        let _ = std::fs::remove_file(&unfinished);
        let written = private::create_new(Path::new(&unfinished)).and_then(|mut file| {
            file.write_all(head(&self.asked.into_inner(), &found).as_bytes())?;
            file.write_all(&found)
        });
        if written.and_then(|()| std::fs::rename(&unfinished, &path)).is_err() {
            let _ = std::fs::remove_file(&unfinished);
        }
    }
}

/// The file begins as one of ours or is empty, and is no link to another.
fn is_ours(path: &Path) -> bool {
    let start = || -> io::Result<Vec<u8>> {
        let mut start = Vec::new();
        File::open(path)?.take(MARK.len() as u64).read_to_end(&mut start)?;
        Ok(start)
    };
    path.symlink_metadata().is_ok_and(|about| about.is_file())
        && start().is_ok_and(|start| MARK.as_bytes().starts_with(&start))
}

impl KeptLinks for Links {
    fn find(&self, records: &Records, settings: &Settings) -> Option<Linked> {
        let path = self.path.as_ref()?;
        let asked = hash_of(records, settings);
        self.asked.replace(asked.clone());
        let kept = std::fs::read(path).ok().filter(|_| !self.again)?;
        // The head has a fixed length, so a file of another version or a damaged one differs in it.
        let (begun, found) = kept.split_at_checked(head(&asked, &[]).len())?;
        if begun != head(&asked, found).as_bytes() {
            return None;
        }
        postcard::from_bytes(found).ok().filter(|linked: &Linked| is_of(linked, records))
    }

    fn keep(&self, linked: &Linked) {
        if self.path.is_some() {
            self.found.replace(postcard::to_stdvec(linked).ok());
        }
    }
}

/// There is what there must be for each record.
fn is_of(linked: &Linked, records: &Records) -> bool {
    let count = linked.clusters.iter().max().map_or(0, |last| *last as usize + 1);
    let is_record = |record: u32| (record as usize) < records.len();
    linked.clusters.len() == records.len()
        && linked.members.len() == records.len()
        && linked.probabilities.len() == count
        && linked.members.iter().all(|member| is_record(member.partner))
        && linked.doubts.iter().all(|doubt| is_record(doubt.left) && is_record(doubt.right))
}

/// What was asked for, and the hash of what was found.
fn head(asked: &str, found: &[u8]) -> String {
    format!("{MARK}{asked} {}\n", hexadecimal(Sha256::new_with_prefix(found)))
}

/// The hash of all that links are a result of: the program, too, for another build may link otherwise.
/// How much memory pairs may take changes nothing.
fn hash_of(records: &Records, settings: &Settings) -> String {
    let settings = Settings { pair_memory: None, ..settings.clone() };
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let program = program.map(|about| (about.len(), about.modified().ok()));
    let version = env!("CARGO_PKG_VERSION");
    let mut all = Bytes(Sha256::new_with_prefix(format!("{version} {program:?} {settings:?}")));
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
