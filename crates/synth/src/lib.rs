//! A made-up council: a seed goes in, a folder of trackers with every kind of mess comes out,
//! and beside them `truth.csv`, which says for each child in each row who it is.
//!
//! ```text
//! seed -> council, people (facts) -> mess (what a keeper was told) -> written (a cell)
//!      -> trackers (rows) -> folder -> write_xlsx, write_xls, write_ods, write_text
//! ```
//! Nobody in it is real: names are drawn from lists by frequency, postcodes, authority and court
//! do not exist, NHS numbers are from the range kept for tests. The same options give the same
//! bytes on any machine (but for the mark of the system in a zip package), and memory does not grow with
//! what is written.

mod council;
mod days;
mod folder;
mod ids;
mod lists;
mod mess;
mod names;
mod people;
#[cfg(test)]
mod readback;
mod rng;
mod sheet;
mod trackers;
mod truth;
mod write_ods;
mod write_text;
mod write_xls;
mod write_xlsx;
mod written;

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use council::Council;
use folder::Folder;

pub use folder::write_texts;

/// The most children a council can have: more would need longer identifiers.
pub const MOST_CHILDREN: usize = 4_000_000;

/// What to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Number of children, up to [`MOST_CHILDREN`].
    pub children: usize,
    /// Another seed, another council.
    pub seed: u64,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// All files, `truth.csv` last.
    pub files: Vec<PathBuf>,
    /// Children in the council, whether or not a tracker names them.
    pub children: usize,
    /// Families.
    pub families: usize,
    /// Sets of court proceedings.
    pub cases: usize,
    /// Rows of trackers that speak of children.
    pub rows: usize,
    /// Children named in those rows: the mentions to be linked.
    pub parts: usize,
}

/// Why nothing, or not all, was made.
#[derive(Debug)]
#[non_exhaustive]
pub enum SynthError {
    /// The folder has something in it.
    NotEmpty(PathBuf),
    /// More children were asked for than there are identifiers.
    TooMany(usize),
    /// A file could not be written.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl SynthError {
    fn at(path: &Path, cause: io::Error) -> Self {
        SynthError::Io { path: path.to_owned(), cause }
    }
}

impl fmt::Display for SynthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SynthError::NotEmpty(path) => {
                write!(f, "{} is not empty: name a folder that is new or empty", path.display())
            }
            SynthError::TooMany(children) => {
                write!(f, "a council of {children} children is too big: ask for {MOST_CHILDREN} at most")
            }
            SynthError::Io { path, cause } => write!(f, "{} could not be written: {cause}", path.display()),
        }
    }
}

impl Error for SynthError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            SynthError::Io { cause, .. } => Some(cause),
            SynthError::NotEmpty(_) | SynthError::TooMany(_) => None,
        }
    }
}

/// Writes the council into `dir`, which is created, or must be empty. Calls `progress(done, of)`
/// now and then; both count children walked past. The same options give the same bytes.
pub fn generate(options: &Options, dir: &Path, progress: &dyn Fn(usize, usize)) -> Result<Made, SynthError> {
    if options.children > MOST_CHILDREN {
        return Err(SynthError::TooMany(options.children));
    }
    let council = Council::new(options.children, options.seed);
    let mut folder = Folder::create(dir, options.children * trackers::WALKS, progress)?;
    trackers::write(&council, &mut folder)?;
    let (files, rows, parts) = folder.finish()?;
    Ok(Made {
        files,
        children: council.children(),
        families: council.families(),
        cases: council.cases(),
        rows,
        parts,
    })
}
