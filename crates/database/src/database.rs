//! What SQLite and PostgreSQL do differently.

use std::collections::BTreeSet;

use collate_publish::Output;

use crate::error::Trouble;
use crate::table::{Column, Table};
use crate::types::Type;

/// An open connection with one transaction. Dropped without [`Database::commit`], it has changed nothing.
pub(crate) trait Database {
    /// The quoted name of a table, with its schema.
    fn qualified(&self, table: &str) -> String;

    /// A type as the database calls it.
    fn type_name(&self, kind: Type) -> &'static str;

    /// A staged table is sorted by its key.
    fn stages_sorted(&self) -> bool;

    /// What the statement that makes a staged table ends with.
    fn stage_ending(&self) -> &'static str;

    /// Columns refer to other tables from the start; else it is told once the rows are there, and they
    /// are checked in one go.
    fn refers_at_once(&self) -> bool;

    /// The statement that makes an index.
    fn index(&self, table: &Table, column: &Column) -> String;

    /// Statements that say what a table and these columns of it hold.
    fn comments(&self, table: &Table, is_new: bool, columns: &[&Column]) -> Vec<String>;

    /// The names of all tables and views.
    fn tables(&mut self) -> Result<BTreeSet<String>, Trouble>;

    /// Rows of a query, as text.
    fn rows(&mut self, sql: &str) -> Result<Vec<[String; 3]>, Trouble>;

    /// Runs a statement; gives the number of rows that it changed.
    fn run(&mut self, sql: &str) -> Result<u64, Trouble>;

    /// Writes all rows of an output into an empty table.
    fn fill(&mut self, into: &str, table: &Table, output: &dyn Output) -> Result<(), Trouble>;

    /// Checks now what constraints put off to the end.
    fn check(&mut self) -> Result<(), Trouble>;

    /// Makes the changes last.
    fn commit(&mut self) -> Result<(), Trouble>;
}
