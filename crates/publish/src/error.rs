//! Why nothing was published: a kind, the path, the cause, and what a person can do about it.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The target holds files that are not a former output.
    NotOurs,
    /// The target is a file, or a path without a name.
    NotAFolder,
    /// Something that is not ours stands where the former output is put aside.
    InTheWay,
    /// The manifest is no JSON object with `"program": "collate"`.
    Manifest,
    /// A folder or file could not be read.
    Read,
    /// A folder or file could not be written.
    Write,
    /// The workbook could not be made.
    Workbook,
    /// The finished folder could not be put in its place.
    Swap,
    /// Another run swapped the output at the same moment.
    Overtaken,
}

/// Nothing was published, and the former output stands.
#[derive(Debug)]
pub struct PublishError {
    /// What went wrong.
    pub kind: ErrorKind,
    /// Where.
    pub path: PathBuf,
    /// What the system said, if it was asked.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
}

impl PublishError {
    pub(crate) fn new(kind: ErrorKind, path: &Path) -> Self {
        PublishError { kind, path: path.to_owned(), cause: None }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self.kind {
            ErrorKind::NotOurs => {
                "Name a folder that does not exist yet, an empty one, or a former output of collate. \
                 Nothing in it was touched."
            }
            ErrorKind::NotAFolder => "Name a folder, such as merged.",
            ErrorKind::InTheWay => "Look at what is in it, move it somewhere else, and run again.",
            ErrorKind::Manifest => "This is a fault of the program that called: please report it.",
            ErrorKind::Read => "See that you may open it, and run again. The former output stands.",
            ErrorKind::Write | ErrorKind::Workbook => {
                "See that there is room on the disk and that you may write there, and run again. \
                 The former output stands."
            }
            ErrorKind::Swap => {
                "Close what is open from that folder in other programs, see that you may write in the \
                 folder above it, and run again. The former output stands."
            }
            ErrorKind::Overtaken => "Run again when the other run has ended; what it published is whole.",
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.kind {
            ErrorKind::NotOurs => write!(f, "{path} holds files that collate did not write")?,
            ErrorKind::NotAFolder => write!(f, "{path} is not a folder that can be written to")?,
            ErrorKind::InTheWay => write!(f, "{path} is in the way")?,
            ErrorKind::Manifest => {
                write!(f, "the manifest for {path} does not say \"program\": \"collate\"")?
            }
            ErrorKind::Read => write!(f, "{path} could not be read")?,
            ErrorKind::Write => write!(f, "{path} could not be written")?,
            ErrorKind::Workbook => write!(f, "the workbook {path} could not be made")?,
            ErrorKind::Swap => write!(f, "the new output could not be put in its place, {path}")?,
            ErrorKind::Overtaken => {
                write!(f, "{path}: another run of collate has just published here; run again")?
            }
        }
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

/// Puts the kind and the path on a failure of the system.
pub(crate) trait At<T> {
    fn at(self, kind: ErrorKind, path: &Path) -> Result<T, PublishError>;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> At<T> for Result<T, E> {
    fn at(self, kind: ErrorKind, path: &Path) -> Result<T, PublishError> {
        self.map_err(|cause| PublishError { kind, path: path.to_owned(), cause: Some(cause.into()) })
    }
}
