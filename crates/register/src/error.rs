//! What goes wrong with a register, and what to do about it.

use std::error::Error;
use std::fmt;
use std::path::Path;

use rusqlite::ErrorCode;

/// Why the register could not be used.
#[derive(Debug)]
pub struct RegisterError {
    /// What happened.
    pub what: String,
    /// What to do.
    pub todo: String,
    /// The file is no register, or is damaged.
    pub damaged: bool,
}

impl RegisterError {
    pub(crate) fn new(what: impl Into<String>, todo: impl Into<String>) -> Self {
        RegisterError { what: what.into(), todo: todo.into(), damaged: false }
    }

    pub(crate) fn damaged(path: &Path, why: &str) -> Self {
        let what = format!("the register {} is damaged: {why}", path.display());
        RegisterError {
            damaged: true,
            ..Self::new(what, "put a copy of the file in its place and run again")
        }
    }

    /// The same, of this file.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        let at = path.display();
        if is_garbled(error) {
            return Self::damaged(path, &in_short(error));
        }
        match code {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::damaged(path, &error.to_string())
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::new(
                format!("the register {at} can't be written: it, or its folder, is read-only"),
                "make the file and its folder writable, or run with --no-register (ids then do not last)",
            ),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::new(
                format!("the register {at} is in use by another program"),
                "wait until it has ended, close whatever has the file open, and run again",
            ),
            Some(ErrorCode::DiskFull) => Self::new(
                format!("there is no room on the disk for the register {at}"),
                "make room and run again; what was published before is as it was",
            ),
            Some(ErrorCode::CannotOpen) => Self::new(
                format!("the register {at} can't be opened: {error}"),
                "see that its folder is there and can be written",
            ),
            _ => Self::new(
                format!("the register {at} can't be used: {}", in_short(error)),
                "run again; if it stays so, put a copy of the file in its place",
            ),
        }
    }
}

/// What stands in a column is none of what is ever written there.
fn is_garbled(error: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..)
    )
}

/// What is wrong, without the statement that found it.
fn in_short(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for RegisterError {}
