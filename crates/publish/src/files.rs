//! Files and folders that only their owner can read, flushed to the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, Scope, ScopedJoinHandle};

use sha2::{Digest, Sha256};

use crate::error::{At, ErrorKind, PublishError};

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its name in the folder.
    pub name: String,
    /// Rows without headings; for a workbook, of all its tables; `None` for the manifest.
    pub rows: Option<u64>,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
}

/// Bytes of a file after which the disk is set to work on them.
const FLUSHED: usize = 32 << 20;

/// Threads that do nothing but wait for the disk, while those that reckon go on.
pub(crate) type Flushers<'scope, 'env> = Scope<'scope, 'env>;

/// A file whose hash is reckoned, and which is flushed, while it is written.
pub(crate) struct HashedFile<'scope, 'env> {
    file: Arc<File>,
    hash: Sha256,
    unflushed: usize,
    flushes: Flushes<'scope>,
    flushers: &'scope Flushers<'scope, 'env>,
}

type Flushes<'scope> = Vec<ScopedJoinHandle<'scope, io::Result<()>>>;

impl<'scope, 'env> HashedFile<'scope, 'env> {
    /// A new file; fails if there is one already.
    pub fn create(path: &Path, flushers: &'scope Flushers<'scope, 'env>) -> Result<Self, PublishError> {
        let (file, hash) = (Arc::new(create(path)?), Sha256::new());
        Ok(HashedFile { file, hash, unflushed: 0, flushes: Vec::new(), flushers })
    }

    /// Writes all of the bytes.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        (&*self.file).write_all(bytes)?;
        self.unflushed += bytes.len();
        if self.unflushed < FLUSHED { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unflushed = 0;
        let file = Arc::clone(&self.file);
        let flush = thread::Builder::new().spawn_scoped(self.flushers, move || file.sync_all())?;
        self.flushes.push(flush);
        Ok(())
    }

    /// Says what the file is; it is still on its way to the disk.
    pub fn finish(mut self, name: &str, rows: u64) -> io::Result<Flushing<'scope>> {
        self.flush()?;
        let written = Written { name: name.to_owned(), rows: Some(rows), sha256: hexadecimal(self.hash) };
        Ok(Flushing { written, flushes: self.flushes })
    }
}

/// A file that is whole, but may not be on the disk yet.
pub(crate) struct Flushing<'scope> {
    written: Written,
    flushes: Flushes<'scope>,
}

impl Flushing<'_> {
    /// Waits for the disk. An error is told to one flush only, so all of them are asked.
    pub fn wait(self, folder: &Path) -> Result<Written, PublishError> {
        for flush in self.flushes {
            let flushed = flush.join().unwrap_or_else(|_| Err(io::Error::other("the flush broke off")));
            flushed.at(ErrorKind::Write, &folder.join(&self.written.name))?;
        }
        Ok(self.written)
    }
}

/// A new file, 0600 on unix; fails if there is one already.
pub(crate) fn create(path: &Path) -> Result<File, PublishError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).at(ErrorKind::Write, path)
}

/// A new folder, 0700 on unix; fails if there is one already.
pub(crate) fn create_folder(path: &Path) -> Result<(), PublishError> {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).at(ErrorKind::Write, path)
}

/// Flushes a written file and says what it is.
pub(crate) fn finish(
    file: &File,
    folder: &Path,
    name: &str,
    rows: Option<u64>,
) -> Result<Written, PublishError> {
    let path = folder.join(name);
    file.sync_all().at(ErrorKind::Write, &path)?;
    Ok(Written { name: name.to_owned(), rows, sha256: sha256(&path)? })
}

/// SHA-256 of a file in hexadecimal.
pub(crate) fn sha256(path: &Path) -> Result<String, PublishError> {
    let digest = || -> io::Result<String> {
        let (mut file, mut hash) = (File::open(path)?, Sha256::new());
        let mut buffer = vec![0; 1 << 18];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                n => hash.update(&buffer[..n]),
            }
        }
        Ok(hexadecimal(hash))
    };
    digest().at(ErrorKind::Read, path)
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Flushes the names in a folder. Only unix systems can and need to.
pub(crate) fn sync_folder(path: &Path) -> Result<(), PublishError> {
    #[cfg(unix)]
    File::open(path).and_then(|folder| folder.sync_all()).at(ErrorKind::Write, path)?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
