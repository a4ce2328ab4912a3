//! A PostgreSQL server.

mod copy;
mod pgpass;
pub(crate) mod server;
mod tls;

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;

use collate_publish::Output;
use postgres::error::SqlState;
use postgres::{Client, SimpleQueryMessage};

use crate::database::Database;
use crate::error::Trouble;
use crate::name::{index_name, literal, quoted};
use crate::postgresql::copy::push_row;
use crate::postgresql::server::Server;
use crate::rows::each_row;
use crate::table::{Column, Table};
use crate::types::Type;

/// Bytes that are handed to the server in one go.
const CHUNK: usize = 1 << 17;

/// A connection with one transaction.
pub(crate) struct Postgres {
    client: Client,
    schema: String,
}

impl Postgres {
    /// Connects, and begins. Only one load at a time works on a schema; nothing waits for a lock for
    /// longer than half a minute.
    pub fn open(server: &Server) -> Result<Self, Trouble> {
        let mut database = Postgres { client: server.connect()?, schema: server.schema.clone() };
        let schema = literal(&server.schema);
        database.batch(
            "BEGIN; SET LOCAL lock_timeout = '30s'; SET LOCAL client_min_messages = warning; \
             SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL default_statistics_target = 10",
        )?;
        database.batch(&format!("SELECT pg_advisory_xact_lock(hashtext('collate'), hashtext({schema}))"))?;
        let there = format!("SELECT nspname, '', '' FROM pg_namespace WHERE nspname = {schema}");
        // Who may not make a schema may still be given one.
        if database.rows(&there)?.is_empty() {
            database.run(&format!("CREATE SCHEMA {}", quoted(&server.schema)))?;
        }
        Ok(database)
    }

    fn batch(&mut self, sql: &str) -> Result<(), Trouble> {
        self.client.batch_execute(sql).map_err(trouble)
    }
}

/// What the server said, without its details: they may repeat a value.
fn trouble(error: postgres::Error) -> Trouble {
    let Some(said) = error.as_db_error() else {
        let mut what = error.to_string();
        let mut cause = error.source();
        while let Some(why) = cause {
            // Some causes are part of the message already.
            let why_text = why.to_string();
            if !what.contains(&why_text) {
                what = format!("{what}: {why_text}");
            }
            cause = why.source();
        }
        let hint = if what.contains("certificate") {
            "name the certificate of the server's authority with sslrootcert=FILE in the URL, and the server as \
             its certificate names it; nothing was changed"
        } else {
            "see that the server runs and can be reached, and that the password is in PGPASSWORD, in a \
             ~/.pgpass that only you can read, or in the URL; nothing was changed"
        };
        return Trouble::new(what, hint);
    };
    let code = said.code();
    // Class 22 is about values, and its messages repeat them.
    let what = match code.code().starts_with("22") {
        true => format!("the server refused a value (SQLSTATE {})", code.code()),
        false => format!("{} (SQLSTATE {})", said.message(), code.code()),
    };
    let hint = if *code == SqlState::LOCK_NOT_AVAILABLE {
        "another program is using the tables: run again when it has ended; nothing was changed"
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        "if a table of your own refers to rows that are gone, let it refer to collate_ids, which keeps every \
         id; nothing was changed"
    } else if *code == SqlState::INSUFFICIENT_PRIVILEGE {
        "ask who runs the server for: CREATE SCHEMA merged AUTHORIZATION your user (or name a schema of yours \
         with ?schema=NAME) and GRANT TEMPORARY on the database; nothing was changed"
    } else if code.code().starts_with("28") {
        "see that user and password are right: the password may stand in PGPASSWORD, in a ~/.pgpass that \
         only you can read, or in the URL; nothing was changed"
    } else if *code == SqlState::DISK_FULL {
        "make room on the server's disk and run again; nothing was changed"
    } else {
        "nothing was changed"
    };
    Trouble::new(what, hint)
}

impl Database for Postgres {
    fn qualified(&self, table: &str) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(table))
    }

    fn type_name(&self, kind: Type) -> &'static str {
        match kind {
            Type::Text => "text",
            Type::Date => "date",
            Type::Whole => "bigint",
            Type::Number => "numeric",
            Type::Money => "numeric(18, 2)",
        }
    }

    /// The server joins by hashes, once it knows how many rows there are.
    fn stages_sorted(&self) -> bool {
        false
    }

    fn stage_ending(&self) -> &'static str {
        " ON COMMIT DROP"
    }

    fn refers_at_once(&self) -> bool {
        false
    }

    /// Texts may be too long for a sorted index; identifiers are only ever looked up whole.
    fn index(&self, table: &Table, column: &Column) -> String {
        let how = if column.of_entity { "btree" } else { "hash" };
        let (index, into) = (index_name(table, column), self.qualified(&table.name));
        format!("CREATE INDEX {index} ON {into} USING {how} ({})", quoted(&column.name))
    }

    fn comments(&self, table: &Table, is_new: bool, columns: &[&Column]) -> Vec<String> {
        let into = self.qualified(&table.name);
        let about = is_new.then(|| format!("COMMENT ON TABLE {into} IS {}", literal(&table.about)));
        let of = |column: &&Column| {
            format!("COMMENT ON COLUMN {into}.{} IS {}", quoted(&column.name), literal(&column.comment))
        };
        about.into_iter().chain(columns.iter().map(of)).collect()
    }

    fn tables(&mut self) -> Result<BTreeSet<String>, Trouble> {
        let schema = literal(&self.schema);
        let rows = self.rows(&format!(
            "SELECT c.relname, '', '' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = {schema} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        ))?;
        Ok(rows.into_iter().map(|[name, _, _]| name).collect())
    }

    fn rows(&mut self, sql: &str) -> Result<Vec<[String; 3]>, Trouble> {
        let messages = self.client.simple_query(sql).map_err(trouble)?;
        let row = |message| match message {
            SimpleQueryMessage::Row(row) => {
                Some([0, 1, 2].map(|i| row.get(i).unwrap_or_default().to_owned()))
            }
            _ => None,
        };
        Ok(messages.into_iter().filter_map(row).collect())
    }

    fn run(&mut self, sql: &str) -> Result<u64, Trouble> {
        self.client.execute(sql, &[]).map_err(trouble)
    }

    fn fill(&mut self, into: &str, table: &Table, output: &dyn Output) -> Result<(), Trouble> {
        let lost = |error: std::io::Error| {
            Trouble::new(format!("the rows could not be sent: {error}"), "nothing was changed")
        };
        let mut writer = self.client.copy_in(&format!("COPY {into} FROM STDIN")).map_err(trouble)?;
        let mut lines = Vec::with_capacity(CHUNK * 2);
        each_row(output, table, &mut |row| {
            push_row(&mut lines, table, row);
            if lines.len() >= CHUNK {
                writer.write_all(&lines).map_err(lost)?;
                lines.clear();
            }
            Ok(())
        })?;
        writer.write_all(&lines).map_err(lost)?;
        writer.finish().map_err(trouble)?;
        self.batch(&format!("ANALYZE {into}"))
    }

    fn check(&mut self) -> Result<(), Trouble> {
        self.batch("SET CONSTRAINTS ALL IMMEDIATE")
    }

    /// The transaction's own errors were told already: what fails here is the connection or the server.
    fn commit(&mut self) -> Result<(), Trouble> {
        self.client.batch_execute("COMMIT").map_err(|error| {
            let Trouble { what, .. } = trouble(error);
            Trouble::new(
                format!("the end of the transaction was not confirmed: {what}"),
                "the database has either all of the new data or none of it: run again, which sets it right",
            )
        })
    }
}
