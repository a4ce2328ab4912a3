//! The copy of the register that is kept beside it, and what is done with a damaged one.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::RegisterError;

/// The file's name with something behind it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Where the copy of a register lies.
pub fn kept(path: &Path) -> PathBuf {
    beside(path, ".copy")
}

/// Makes the file, if it is missing, readable by its owner alone; SQLite gives its journals the same
/// permissions.
pub fn private(path: &Path) -> Result<(), RegisterError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(failed(path, &error)),
        _ => Ok(()),
    }
}

/// How often a copy is tried while others keep writing.
const TRIES: usize = 5;

/// Copies the register beside itself: the copy is whole, or it is the former one.
pub fn copy(db: &Connection, path: &Path) -> Result<(), RegisterError> {
    let of = |error: rusqlite::Error| RegisterError::of(path, &error);
    let wal = beside(path, "-wal");
    for _ in 0..TRIES {
        // What is in the journal goes into the file. Then nobody writes until it is copied: a person may
        // be deciding just now.
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(of)?;
        db.execute_batch("BEGIN IMMEDIATE").map_err(of)?;
        if fs::metadata(&wal).map_or(0, |meta| meta.len()) == 0 {
            break;
        }
        db.execute_batch("ROLLBACK").map_err(of)?;
    }
    let copied = put(path, &kept(path));
    if !db.is_autocommit() {
        db.execute_batch("ROLLBACK").map_err(of)?;
    }
    copied
}

/// Copies a file into the place of another, which is whole until the copy is.
fn put(from: &Path, to: &Path) -> Result<(), RegisterError> {
    let new = beside(to, ".new");
    let _ = fs::remove_file(&new);
    private(&new)?;
    let copied = fs::copy(from, &new).and_then(|_| OpenOptions::new().write(true).open(&new)?.sync_all());
    copied.and_then(|()| fs::rename(&new, to)).map_err(|error| {
        let _ = fs::remove_file(&new);
        failed(to, &error)
    })
}

/// Puts a damaged register aside and the copy in its place; false where there is no copy. There is a
/// register at every moment: without one, a run that comes after an accident would begin a new one.
pub fn restore(path: &Path) -> Result<bool, RegisterError> {
    let kept = kept(path);
    if !kept.is_file() {
        return Ok(false);
    }
    if path.exists() {
        let damaged = (1..).map(|n| beside(path, &format!(".damaged-{n}"))).find(|path| !path.exists());
        put(path, &damaged.expect("numbers do not end"))?;
    }
    // The journal is of the damaged one; that of the copy is left of looking whose it is.
    for of in [path, &kept] {
        for ending in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(beside(of, ending));
        }
    }
    put(&kept, path)?;
    Ok(true)
}

fn failed(path: &Path, error: &io::Error) -> RegisterError {
    RegisterError::new(
        format!("{} can't be written: {error}", path.display()),
        "see that its folder can be written and has room, or run with --no-register (ids then do not last)",
    )
}
