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

/// Copies the register beside itself: the copy is whole, or it is the former one.
pub fn copy(db: &Connection, path: &Path) -> Result<(), RegisterError> {
    let (new, kept) = (beside(path, ".new"), beside(path, ".copy"));
    // What is in the journal goes into the file; nobody else writes while the run holds its lock.
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(|error| RegisterError::of(path, &error))?;
    let _ = fs::remove_file(&new);
    private(&new)?;
    let copied = fs::copy(path, &new).and_then(|_| OpenOptions::new().write(true).open(&new)?.sync_all());
    copied.and_then(|()| fs::rename(&new, &kept)).map_err(|error| {
        let _ = fs::remove_file(&new);
        failed(&kept, &error)
    })
}

/// Puts a damaged register aside and the copy in its place; false where there is no copy.
pub fn restore(path: &Path) -> Result<bool, RegisterError> {
    let kept = beside(path, ".copy");
    if !kept.is_file() {
        return Ok(false);
    }
    let damaged = (1..).map(|n| beside(path, &format!(".damaged-{n}"))).find(|path| !path.exists());
    let damaged = damaged.expect("numbers do not end");
    fs::rename(path, &damaged).map_err(|error| failed(path, &error))?;
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(beside(path, ending));
    }
    private(path)?;
    fs::copy(&kept, path).map(|_| true).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &io::Error) -> RegisterError {
    RegisterError::new(
        format!("{} can't be written: {error}", path.display()),
        "see that its folder can be written and has room, or run with --no-register (ids then do not last)",
    )
}
