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
    let mut all: Vec<Box<dyn Output + '_>> = vec![Box::new(own::Ids::new(dataset))];
    all.extend(outputs(dataset));
    all.push(Box::new(own::Relations::new(dataset)));
    all.push(Box::new(own::AsText::new(dataset)));
    all.push(Box::new(own::run(manifest)));
    let mut tables: Vec<Table> = all.iter().map(|output| Table::of(output.as_ref())).collect();
    let columns = own::columns(&tables);
    tables.push(Table::of(&columns));
    all.push(Box::new(columns));

    let there = db.tables()?;
    let made = match there.contains(own::COLUMNS) {
        true => Made::of(db.rows(&format!(
            "SELECT table_name, column_name, coalesce(type, '') FROM {}",
            db.qualified(own::COLUMNS)
        ))?),
        false => Made::default(),
    };
    schema::check(&made, &there, &tables)?;
    let statements = schema::create(db, &made, &tables);
    run_all(db, statements)?;
    let staged = |i: usize| format!("collate_stage_{i}");
    for (i, (table, output)) in tables.iter().zip(&all).enumerate() {
        db.run(&schema::stage(db, table, &staged(i)))?;
        db.fill(&staged(i), table, output.as_ref()).map_err(|trouble| trouble.in_table(&table.name))?;
    }
    let statements = schema::alter(db, &made, &tables);
    run_all(db, statements)?;

    let mut changes = Changes::default();
    let mut merge = |db: &mut dyn Database, table: &str, steps: Vec<Step>| {
        for step in steps {
            let rows = db.run(&step.sql).map_err(|trouble| trouble.in_table(table))?;
            match step.what {
                What::Added => changes.added += rows,
                What::Changed => changes.changed += rows,
                What::Gone => changes.gone += rows,
            }
        }
        Ok(())
    };
    for (i, table) in tables.iter().enumerate() {
        let into = db.qualified(&table.name);
        merge(db, &table.name, merge::steps(table, &made.lost(table), &into, &staged(i)))?;
    }
    for table in made.lost_tables(&tables).filter(|table| there.contains(*table)) {
        let into = db.qualified(table);
        merge(db, table, vec![merge::emptied(&into)])?;
    }
    let statements = schema::finish(db, &made, &tables);
    run_all(db, statements)?;
    db.check()?;
    Ok(changes)
}

fn run_all(db: &mut dyn Database, statements: Vec<String>) -> Result<(), Trouble> {
    statements.iter().try_for_each(|sql| db.run(sql).map(|_| ()))
}
