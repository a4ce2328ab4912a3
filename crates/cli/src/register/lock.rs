//! Two runs into one folder are kept apart. The lock is the system's own: it ends with the process that
//! holds it, however that ends, so there is no stale one.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::failure::Failure;

/// Held as long as it lives.
#[derive(Debug)]
pub struct Lock {
    /// None where the folder's system has no locks.
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock of an output folder.
    pub fn take(out: &Path) -> Result<Self, Failure> {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let path = out.with_file_name(format!(".{name}.collate-lock"));
        if let Some(folder) = path.parent() {
            // Publishing tells what is wrong with it, if anything is.
            let _ = std::fs::create_dir_all(folder);
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let Ok(file) = options.open(&path) else { return Ok(Lock { _file: None }) };
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(Failure::failed(
                format!("another run of collate is writing into {}", out.display()),
                "wait until it has ended; if it hangs, end it and run again",
            )),
            Err(TryLockError::Error(_)) => Ok(Lock { _file: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_run_at_a_time_and_a_dead_run_holds_nothing() {
        let place = tempfile::tempdir().unwrap();
        let (one, other) = (place.path().join("one"), place.path().join("other"));
        let held = Lock::take(&one).unwrap();
        assert!(Lock::take(&one).is_err());
        assert!(Lock::take(&other).is_ok());
        drop(held);
        // The file is still there, and nobody holds it.
        assert!(place.path().join(".one.collate-lock").exists());
        assert!(Lock::take(&one).is_ok());
    }
}
