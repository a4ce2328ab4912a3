//! What ends a command early: what happened, why, and what to do about it.

use std::process::ExitCode;

use crate::say::harmless;

/// Exit codes, decided here and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Something that should have worked did not.
    Failed,
    /// Wrong usage or configuration.
    Usage,
    /// The guard refused, and the former output stands.
    Guarded,
    /// Published, but some input could not be read.
    Partly,
}

impl Exit {
    /// Its number.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Guarded => 3,
            Exit::Partly => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    what: String,
    hint: String,
}

impl Failure {
    /// Wrong usage or configuration.
    pub fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure { exit: Exit::Usage, what: what.into(), hint: hint.into() }
    }

    /// Something that should have worked did not.
    pub fn failed(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure { exit: Exit::Failed, what: what.into(), hint: hint.into() }
    }

    /// The guard refused.
    pub fn guarded(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure { exit: Exit::Guarded, what: what.into(), hint: hint.into() }
    }

    /// The same, as the guard says it.
    pub fn into_guarded(self) -> Self {
        Failure::guarded(
            format!("nothing was published, and the former output stands: {}", self.what),
            "see that the folder is there, and that its share is mounted; then run again",
        )
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// What happened.
    pub fn message(&self) -> &str {
        &self.what
    }

    /// Tells the person, and gives the exit code.
    pub fn report(&self) -> Exit {
        eprintln!("collate: {}", harmless(&self.what));
        if !self.hint.is_empty() {
            eprintln!("  {}", self.hint);
        }
        self.exit
    }
}
