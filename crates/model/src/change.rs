//! What is different from the last published run.

use std::fmt;
use std::str::FromStr;

/// What became of an entity, or of a value of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Changed {
    /// It was not there before.
    New,
    /// It had gone, and is there again.
    Back,
    /// None of its rows is there any more.
    Gone,
    /// It was found to be one with another, whose id stays.
    Merged,
    /// It was part of another.
    Split,
    /// It has a date on which it ended, and had none.
    Concluded,
    /// The date on which it ended is gone.
    Reopened,
    /// A value is another.
    Value,
}

impl Changed {
    /// All of them, in the order in which they are told.
    pub const ALL: [Changed; 8] = [
        Changed::New,
        Changed::Back,
        Changed::Gone,
        Changed::Merged,
        Changed::Split,
        Changed::Concluded,
        Changed::Reopened,
        Changed::Value,
    ];
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Changed::New => "new",
            Changed::Back => "back",
            Changed::Gone => "gone",
            Changed::Merged => "merged",
            Changed::Split => "split",
            Changed::Concluded => "concluded",
            Changed::Reopened => "re-opened",
            Changed::Value => "value",
        })
    }
}

impl FromStr for Changed {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Changed::ALL.into_iter().find(|changed| changed.to_string() == text).ok_or(())
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Index of the entity's sort.
    pub sort: usize,
    /// Its number.
    pub number: u32,
    /// What it is.
    pub what: Changed,
    /// The column whose value changed.
    pub column: String,
    /// The former value; of a split the id of which it was a part.
    pub old: String,
    /// The new value; of a merge the id that stays.
    pub new: String,
    /// File, sheet and name of the cell that brought the new value; empty where there is none.
    pub at: (String, String, String),
}

/// An id that is no longer used, and the one that it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// Index of the entities' sort.
    pub sort: usize,
    /// The number that was retired.
    pub from: u32,
    /// The number in use.
    pub to: u32,
}
