//! The merged dataset into a SQLite file or a PostgreSQL server, in one transaction.
//!
//! Takes a `Dataset`, the run's manifest and a [`Target`]; gives a [`Loaded`] whose changes last only
//! once it is committed. A table is made of every output that is published as a file, and of a few of
//! the database's own (`own`): the ids, relations, values that are no value of their column's type, the
//! run, and what collate made.
//!
//! Rows are staged beside the tables first, and then merged into them by their keys (`merge.rs`): a row
//! that has not changed is not touched. `docs/databases.md` describes the tables.

mod database;
mod error;
mod merge;
mod name;
mod own;
mod postgresql;
mod rows;
mod schema;
mod sqlite;
mod table;
mod target;
mod types;

use collate_model::Dataset;
use collate_publish::{Output, outputs};
use serde_json::Value;

use database::Database;
pub use error::{DatabaseError, Trouble};
use merge::{Step, What};
use schema::Made;
use table::Table;
pub use target::Target;

/// What a load did to the rows of all tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Rows that are new.
    pub added: u64,
    /// Rows that are not what they were.
    pub changed: u64,
    /// Rows that the dataset no longer has.
    pub gone: u64,
}

/// A database that holds the dataset in a transaction that is not over. Dropped, it is as it was.
pub struct Loaded {
    target: String,
    database: Box<dyn Database>,
    changes: Changes,
}

impl Loaded {
    /// The database, without a password.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Makes the changes last.
    pub fn commit(mut self) -> Result<Changes, DatabaseError> {
        match self.database.commit() {
            Ok(()) => Ok(self.changes),
            Err(trouble) => Err(DatabaseError { target: self.target, trouble }),
        }
    }
}

/// Loads the dataset into a database, up to the end of its transaction. `manifest` is what is published
/// as `manifest.json`, with or without its list of files.
pub fn load(dataset: &Dataset, manifest: &Value, target: &Target) -> Result<Loaded, DatabaseError> {
    let name = target.to_string();
    let loaded = target.open().and_then(|mut database| {
        let changes = load_into(database.as_mut(), dataset, manifest)?;
        Ok((database, changes))
    });
    match loaded {
        Ok((database, changes)) => Ok(Loaded { target: name, database, changes }),
        Err(trouble) => Err(DatabaseError { target: name, trouble }),
    }
}

fn load_into(db: &mut dyn Database, dataset: &Dataset, manifest: &Value) -> Result<Changes, Trouble> {
    let (tables, outputs) = tables(dataset, manifest);
    let there = db.tables()?;
    let made = if there.contains(own::COLUMNS) { made(db)? } else { Made::default() };
    schema::check(&made, &there, &tables)?;

    // What others use is not locked before all rows are staged.
    let statements = schema::create(db, &made, &tables);
    run_all(db, statements)?;
    for (i, (table, output)) in tables.iter().zip(&outputs).enumerate() {
        db.run(&schema::stage(db, table, &staged(i)))?;
        db.fill(&staged(i), table, output.as_ref()).map_err(|trouble| trouble.in_table(&table.name))?;
    }
    let statements = schema::alter(db, &made, &tables);
    run_all(db, statements)?;
    let mut changes = Changes::default();
    for (i, table) in tables.iter().enumerate() {
        let steps = merge::steps(table, &made.lost(table), &db.qualified(&table.name), &staged(i));
        run_steps(db, &table.name, steps, &mut changes)?;
    }
    for table in made.lost_tables(&tables).filter(|table| there.contains(*table)) {
        let steps = vec![merge::emptied(&db.qualified(table))];
        run_steps(db, table, steps, &mut changes)?;
    }
    db.check()?;
    let statements = schema::finish(db, &made, &tables);
    run_all(db, statements)?;
    Ok(changes)
}

/// The tables, with the outputs that their rows come from. The ids, which others refer to, come first.
fn tables<'a>(dataset: &'a Dataset, manifest: &Value) -> (Vec<Table>, Vec<Box<dyn Output + 'a>>) {
    let mut all: Vec<Box<dyn Output + '_>> = vec![Box::new(own::Ids::new(dataset))];
    all.extend(outputs(dataset));
    all.push(Box::new(own::Relations::new(dataset)));
    all.push(Box::new(own::AsText::new(dataset)));
    all.push(Box::new(own::run(manifest)));
    let mut tables: Vec<Table> = all.iter().map(|output| Table::of(output.as_ref())).collect();
    let columns = own::columns(&tables);
    tables.push(Table::of(&columns));
    all.push(Box::new(columns));
    (tables, all)
}

/// What former runs made.
fn made(db: &mut dyn Database) -> Result<Made, Trouble> {
    let columns = db.qualified(own::COLUMNS);
    let sql = format!("SELECT table_name, column_name, coalesce(type, '') FROM {columns}");
    db.rows(&sql).map(Made::of)
}

/// The name of the table in which the rows of the table with this number wait.
fn staged(table: usize) -> String {
    format!("collate_stage_{table}")
}

fn run_steps(
    db: &mut dyn Database,
    table: &str,
    steps: Vec<Step>,
    changes: &mut Changes,
) -> Result<(), Trouble> {
    for step in steps {
        let rows = db.run(&step.sql).map_err(|trouble| trouble.in_table(table))?;
        match step.what {
            What::Added => changes.added += rows,
            What::Changed => changes.changed += rows,
            What::Gone => changes.gone += rows,
        }
    }
    Ok(())
}

fn run_all(db: &mut dyn Database, statements: Vec<String>) -> Result<(), Trouble> {
    statements.iter().try_for_each(|sql| db.run(sql).map(|_| ()))
}
