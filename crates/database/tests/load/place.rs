//! A database of its own for each test, asked in the same words whichever it is.

use std::env;

use collate_database::{Changes, DatabaseError, Target, load};
use collate_model::Dataset;
use postgres::{Client, NoTls, SimpleQueryMessage};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The rows of a query: every cell as text, `None` where there is no value.
pub type Rows = Vec<Vec<Option<String>>>;

/// A place to load into.
pub enum Place {
    Sqlite(TempDir),
    Postgres { url: String, schema: String },
}

/// The server that `scripts/with-postgres` started.
pub fn server() -> Option<String> {
    let url = env::var("COLLATE_TEST_POSTGRES").ok();
    if url.is_none() {
        eprintln!("SKIPPED on PostgreSQL: run scripts/with-postgres cargo test");
    }
    url
}

impl Place {
    /// An empty place of each sort. The schema is named after the test.
    pub fn all(test: &str) -> Vec<Place> {
        let mut all = vec![Place::Sqlite(tempfile::tempdir().unwrap())];
        all.extend(Place::postgres(test));
        all
    }

    /// An empty schema, if there is a server.
    pub fn postgres(test: &str) -> Option<Place> {
        let place = Place::Postgres { url: server()?, schema: format!("test {test}") };
        place.execute(&format!("DROP SCHEMA IF EXISTS \"test {test}\" CASCADE"));
        Some(place)
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Place::Sqlite(_))
    }

    /// As on the command line.
    pub fn target(&self) -> Target {
        match self {
            Place::Sqlite(dir) => format!("sqlite:{}/merged.db", dir.path().display()),
            Place::Postgres { url, schema } => format!("{url}?schema={}", schema.replace(' ', "%20")),
        }
        .parse()
        .unwrap()
    }

    pub fn load(&self, dataset: &Dataset) -> Result<Changes, DatabaseError> {
        load(dataset, &manifest(), &self.target())?.commit()
    }

    pub fn sqlite(&self) -> Connection {
        match self {
            Place::Sqlite(dir) => Connection::open(dir.path().join("merged.db")).unwrap(),
            Place::Postgres { .. } => panic!("it is a server"),
        }
    }

    /// A connection to which the schema's tables need no prefix.
    pub fn client(&self) -> Client {
        match self {
            Place::Sqlite(_) => panic!("it is a file"),
            Place::Postgres { url, schema } => {
                let mut client = Client::connect(url, NoTls).unwrap();
                client.batch_execute(&format!("SET search_path = \"{schema}\"")).unwrap();
                client
            }
        }
    }

    pub fn execute(&self, sql: &str) {
        match self {
            Place::Sqlite(_) => self.sqlite().execute_batch(sql).unwrap(),
            Place::Postgres { .. } => self.client().batch_execute(sql).unwrap(),
        }
    }

    pub fn rows(&self, sql: &str) -> Rows {
        match self {
            Place::Sqlite(_) => {
                let connection = self.sqlite();
                let mut query = connection.prepare(sql).unwrap();
                let columns = query.column_count();
                let text = |value: ValueRef| match value {
                    ValueRef::Null => None,
                    ValueRef::Integer(number) => Some(number.to_string()),
                    ValueRef::Real(number) => Some(number.to_string()),
                    ValueRef::Text(text) => Some(String::from_utf8(text.to_vec()).unwrap()),
                    ValueRef::Blob(_) => panic!("nothing is stored as bytes"),
                };
                let row = |row: &rusqlite::Row| (0..columns).map(|i| row.get_ref(i).map(text)).collect();
                query.query_map([], row).unwrap().map(Result::unwrap).collect()
            }
            Place::Postgres { .. } => {
                let messages = self.client().simple_query(sql).unwrap();
                let cells = |message| match message {
                    SimpleQueryMessage::Row(row) => {
                        Some((0..row.len()).map(|i| row.get(i).map(str::to_owned)).collect())
                    }
                    _ => None,
                };
                messages.into_iter().filter_map(cells).collect()
            }
        }
    }

    /// The one cell of a query.
    pub fn one(&self, sql: &str) -> String {
        self.rows(sql)[0][0].clone().unwrap_or_default()
    }

    /// Everything in the tables that collate made, to compare.
    pub fn content(&self) -> Vec<(String, Rows)> {
        let tables = self.rows("SELECT DISTINCT table_name FROM collate_columns ORDER BY 1");
        let name = |row: Vec<Option<String>>| row[0].clone().unwrap();
        tables.into_iter().map(name).map(|table| (table.clone(), self.sorted(&table))).collect()
    }

    fn sorted(&self, table: &str) -> Rows {
        let mut rows = self.rows(&format!("SELECT * FROM \"{table}\""));
        rows.sort();
        rows
    }
}

pub fn manifest() -> Value {
    json!({ "program": "collate", "version": "0.1.0", "inputs": [{ "file": "a.csv", "sha256": "77c0" }] })
}

/// Cells to compare with.
pub fn cells<const N: usize>(texts: [&str; N]) -> Vec<Option<String>> {
    texts.iter().map(|text| (!text.is_empty()).then(|| (*text).to_owned())).collect()
}
