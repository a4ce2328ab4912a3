//! What there must be before rows can come: tables, columns that are new, indexes, comments. Only what
//! collate made is touched, and nothing of it is ever dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::database::Database;
use crate::error::Trouble;
use crate::name::quoted;
use crate::own;
use crate::table::{Column, Table};

/// The tables and columns that former runs made, with the words of their types.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Made(pub BTreeMap<String, BTreeMap<String, String>>);

impl Made {
    /// Of what `collate_columns` has: table, column, type.
    pub fn of(rows: Vec<[String; 3]>) -> Self {
        let mut made = Made::default();
        for [table, column, kind] in rows {
            let columns = made.0.entry(table).or_default();
            if !column.is_empty() {
                columns.insert(column, kind);
            }
        }
        made
    }

    fn column(&self, table: &Table, column: &Column) -> Option<&str> {
        self.0.get(&table.name)?.get(&column.name).map(String::as_str)
    }

    /// Columns of a table that a former run filled and this one does not have.
    pub fn lost(&self, table: &Table) -> Vec<String> {
        let made = self.0.get(&table.name).into_iter().flatten().map(|(name, _)| name);
        made.filter(|name| table.columns.iter().all(|column| column.name != **name)).cloned().collect()
    }

    /// Tables that a former run filled and this one does not have.
    pub fn lost_tables<'a>(&'a self, tables: &'a [Table]) -> impl Iterator<Item = &'a str> {
        let names = self.0.keys().map(String::as_str);
        names.filter(|name| tables.iter().all(|table| table.name != *name))
    }
}

/// Nothing is in the way: no table that is not ours, no column that was of another type.
pub(crate) fn check(made: &Made, there: &BTreeSet<String>, tables: &[Table]) -> Result<(), Trouble> {
    for table in tables {
        if there.contains(&table.name) && !made.0.contains_key(&table.name) {
            return Err(Trouble::new(
                format!("a table {} is there that collate did not make", table.name),
                "rename that table, or load into another schema (postgres://…?schema=NAME) or another file; \
                 nothing was changed",
            ));
        }
        if !there.contains(&table.name) && made.0.contains_key(&table.name) {
            return Err(Trouble::new(
                format!("the table {} that collate made is gone", table.name),
                "somebody dropped or renamed it: bring it back, or load into an empty schema or a new file",
            ));
        }
        for column in &table.columns {
            let (was, is) = (made.column(table, column), column.kind.word());
            if let Some(was) = was.filter(|was| *was != is) {
                return Err(Trouble::new(
                    format!(
                        "column {} of table {} holds {was}, and is now to hold {is}",
                        column.name, table.name
                    ),
                    "collate does not change the type of a column under those who use it: drop the tables of the \
                     schema, or load into an empty schema or a new file; nothing was changed",
                ));
            }
        }
    }
    Ok(())
}

/// Statements that make the tables which are not there yet. They lock nothing that others use.
pub(crate) fn create(db: &dyn Database, made: &Made, tables: &[Table]) -> Vec<String> {
    let new = tables.iter().filter(|table| !made.0.contains_key(&table.name));
    new.map(|table| {
        let columns = table.columns.iter().map(|column| definition(db, column, false));
        let key: Vec<String> = table.key().map(quoted).collect();
        format!(
            "CREATE TABLE {} ({}, PRIMARY KEY ({}))",
            db.qualified(&table.name),
            columns.collect::<Vec<_>>().join(", "),
            key.join(", ")
        )
    })
    .collect()
}

/// The statement that makes the table into which the rows of another are staged.
pub(crate) fn stage(db: &dyn Database, table: &Table, staged: &str) -> String {
    let columns = table.columns.iter().map(|column| definition(db, column, true));
    let mut parts: Vec<String> = columns.collect();
    let key: Vec<String> = table.key().map(quoted).collect();
    parts.extend(db.stages_sorted().then(|| format!("PRIMARY KEY ({})", key.join(", "))));
    format!("CREATE TEMP TABLE {staged} ({}){}", parts.join(", "), db.stage_ending())
}

/// Statements that add the columns which tables of former runs do not have yet.
pub(crate) fn alter(db: &dyn Database, made: &Made, tables: &[Table]) -> Vec<String> {
    let mut statements = Vec::new();
    for table in tables.iter().filter(|table| made.0.contains_key(&table.name)) {
        for column in table.columns.iter().filter(|column| made.column(table, column).is_none()) {
            let definition = definition(db, column, false);
            statements.push(format!("ALTER TABLE {} ADD COLUMN {definition}", db.qualified(&table.name)));
        }
    }
    statements
}

/// Statements for indexes, references and comments of all that is new. They come after the rows, which
/// are then sorted and checked in one go.
pub(crate) fn finish(db: &dyn Database, made: &Made, tables: &[Table]) -> Vec<String> {
    let mut statements = Vec::new();
    for table in tables {
        let new = |column: &&Column| made.column(table, column).is_none();
        let new: Vec<&Column> = table.columns.iter().filter(new).collect();
        for column in &new {
            if column.indexed {
                statements.push(db.index(table, column));
            }
            if column.of_entity && !db.refers_at_once() {
                statements.push(refer(db, table, column));
            }
        }
        let is_new = !made.0.contains_key(&table.name);
        statements.extend(db.comments(table, is_new, &new));
    }
    statements
}

/// The statement that lets a column of a table that has its rows refer to the ids.
fn refer(db: &dyn Database, table: &Table, column: &Column) -> String {
    let into = db.qualified(&table.name);
    format!("ALTER TABLE {into} ADD FOREIGN KEY ({}) {}", quoted(&column.name), references(db))
}

fn references(db: &dyn Database) -> String {
    format!("REFERENCES {} (\"collate_id\")", db.qualified(own::IDS))
}

fn definition(db: &dyn Database, column: &Column, staged: bool) -> String {
    let mut text = format!("{} {}", quoted(&column.name), db.type_name(column.kind));
    if column.key {
        text.push_str(" NOT NULL");
    }
    if column.of_entity && !staged && db.refers_at_once() {
        text = format!("{text} {}", references(db));
    }
    text
}
