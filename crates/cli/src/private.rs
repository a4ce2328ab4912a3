//! Files that only their owner may read.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes the file, or empties the one that is there.
pub fn create(path: &Path) -> io::Result<File> {
    let file = of_owner().create(true).truncate(true).open(path)?;
    // One that is there has the permissions that it was made with.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Makes the file, where there is none.
pub fn create_new(path: &Path) -> io::Result<File> {
    of_owner().create_new(true).open(path)
}

fn of_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
