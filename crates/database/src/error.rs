//! Why a database was not loaded: which, what happened, and what a person can do about it.

use std::error::Error;
use std::fmt;

/// What happened inside one database. Never a value of the dataset, never a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl Trouble {
    pub(crate) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Trouble { what: what.into(), hint: hint.into() }
    }

    /// The same, with the table in which it happened.
    pub(crate) fn in_table(self, table: &str) -> Self {
        Trouble { what: format!("table {table}: {}", self.what), ..self }
    }
}

/// A database was not loaded, and is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseError {
    /// The database, without a password.
    pub target: String,
    /// What happened, and what to do.
    pub trouble: Trouble,
}

impl DatabaseError {
    /// What to do about it.
    pub fn hint(&self) -> &str {
        &self.trouble.hint
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.target, self.trouble.what)
    }
}

impl Error for DatabaseError {}
