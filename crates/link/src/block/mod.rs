//! Blocking: which pairs of records are worth comparing.
//!
//! A rule turns a record into keys; records that share a key are a block, found by sorting.
//! A pair is given only by the first rule that finds it, which is decided by comparing keys,
//! so that no set of pairs is ever held.

mod atom;
mod blocks;
mod given;
mod keys;
mod own;
mod rules;

pub use atom::Atom;
pub(crate) use blocks::MANY;
pub use blocks::{Batch, Blocks, RuleReport, Tick};
pub use own::{OwnRule, RuleError};
pub use rules::Rule;
