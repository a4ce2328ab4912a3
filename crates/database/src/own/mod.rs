//! Tables that only a database has: the ids, who has to do with whom, values that are no value of
//! their column's type, the run, and what collate made.

mod as_text;
mod columns;
mod ids;
mod lines;
mod relations;
mod run;

pub(crate) use as_text::AsText;
pub(crate) use columns::columns;
pub(crate) use ids::Ids;
pub(crate) use relations::Relations;
pub(crate) use run::run;

/// Every id that was ever loaded.
pub(crate) const IDS: &str = "collate_ids";

/// Every table and column that collate made.
pub(crate) const COLUMNS: &str = "collate_columns";
