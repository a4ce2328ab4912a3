//! A SQLite file.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use collate_publish::Output;
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql};

use crate::database::Database;
use crate::error::Trouble;
use crate::name::{index_name, quoted};
use crate::rows::each_row;
use crate::table::{Column, Table};
use crate::types::Type;

/// How long another program may hold the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// A file with one transaction.
pub(crate) struct Sqlite {
    /// Closed before the file is removed.
    connection: Option<Connection>,
    /// The file, if it was made for this load: it goes if the load fails.
    fresh: Option<PathBuf>,
}

impl Sqlite {
    /// Opens the file, or makes one that only its owner can read, and begins. Readers are kept out from
    /// the start, so that none can keep the transaction from ending.
    pub fn open(path: &Path) -> Result<Self, Trouble> {
        let fresh = create(path).map_err(|error| {
            Trouble::new(
                format!("the file can't be opened: {error}"),
                "name a file in a folder that is there and that you may write to",
            )
        })?;
        let mut sqlite = Sqlite { connection: None, fresh: fresh.then(|| path.to_owned()) };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = sqlite.connection.insert(Connection::open_with_flags(path, flags).map_err(trouble)?);
        connection.busy_timeout(PATIENCE).map_err(trouble)?;
        connection
            .execute_batch("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; BEGIN EXCLUSIVE")
            .map_err(trouble)?;
        Ok(sqlite)
    }

    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("it is open until it is dropped")
    }
}

impl Drop for Sqlite {
    /// What is not committed is undone by closing; a file that was made for it holds nothing then.
    fn drop(&mut self) {
        self.connection = None;
        if let Some(path) = &self.fresh {
            let _ = fs::remove_file(path);
        }
    }
}

/// Makes an empty file, 0600 on unix, unless there is one.
fn create(path: &Path) -> io::Result<bool> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_file() => Ok(false),
        Err(error) => Err(error),
    }
}

/// SQLite's messages name tables and constraints, never values.
fn trouble(error: rusqlite::Error) -> Trouble {
    let code = error.sqlite_error_code();
    let hint = match code {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program is using the file: run again when it has ended; nothing in it was changed"
        }
        Some(ErrorCode::NotADatabase) => "name a SQLite file, or one that does not exist yet",
        Some(ErrorCode::DiskFull) => "make room on the disk and run again; nothing in it was changed",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            "see that you may write the file and in its folder; nothing in it was changed"
        }
        Some(ErrorCode::ConstraintViolation) => {
            "if a table of your own refers to rows that are gone, let it refer to collate_ids, which keeps \
             every id; nothing in it was changed"
        }
        _ => "nothing in it was changed",
    };
    Trouble::new(error.to_string(), hint)
}

/// A cell as SQLite stores it.
struct Cell<'a>(&'a str, &'a Column);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let Cell(text, column) = self;
        if text.is_empty() && !column.key {
            return Ok(ToSqlOutput::from(rusqlite::types::Null));
        }
        let whole = || text.parse::<i64>().ok().map(ToSqlOutput::from);
        let real = || text.parse::<f64>().ok().map(ToSqlOutput::from);
        let number = match column.kind {
            Type::Text | Type::Date => None,
            Type::Whole => whole(),
            Type::Number | Type::Money => whole().or_else(real),
        };
        Ok(number.unwrap_or_else(|| ToSqlOutput::from(*text)))
    }
}

impl Database for Sqlite {
    fn qualified(&self, table: &str) -> String {
        quoted(table)
    }

    fn type_name(&self, kind: Type) -> &'static str {
        match kind {
            Type::Text => "TEXT",
            Type::Date => "DATE",
            Type::Whole => "INTEGER",
            Type::Number => "NUMERIC",
            Type::Money => "NUMERIC(18, 2)",
        }
    }

    /// A row is then found without reading all of them.
    fn stages_sorted(&self) -> bool {
        true
    }

    fn stage_ending(&self) -> &'static str {
        " WITHOUT ROWID"
    }

    /// It can't be told later.
    fn refers_at_once(&self) -> bool {
        true
    }

    fn index(&self, table: &Table, column: &Column) -> String {
        format!(
            "CREATE INDEX {} ON {} ({})",
            index_name(table, column),
            quoted(&table.name),
            quoted(&column.name)
        )
    }

    /// It has no comments: `collate_columns` has them.
    fn comments(&self, _: &Table, _: bool, _: &[&Column]) -> Vec<String> {
        Vec::new()
    }

    fn tables(&mut self) -> Result<BTreeSet<String>, Trouble> {
        let names = || -> rusqlite::Result<BTreeSet<String>> {
            let mut query = self
                .connection()
                .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")?;
            query.query_map([], |row| row.get(0))?.collect()
        };
        names().map_err(trouble)
    }

    fn rows(&mut self, sql: &str) -> Result<Vec<[String; 3]>, Trouble> {
        let rows = || -> rusqlite::Result<Vec<[String; 3]>> {
            let mut query = self.connection().prepare(sql)?;
            query.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?.collect()
        };
        rows().map_err(trouble)
    }

    fn run(&mut self, sql: &str) -> Result<u64, Trouble> {
        self.connection().execute(sql, []).map(|rows| rows as u64).map_err(trouble)
    }

    fn fill(&mut self, into: &str, table: &Table, output: &dyn Output) -> Result<(), Trouble> {
        let places = vec!["?"; table.columns.len()].join(", ");
        let mut insert =
            self.connection().prepare(&format!("INSERT INTO {into} VALUES ({places})")).map_err(trouble)?;
        each_row(output, table, &mut |row| {
            for (i, column) in table.columns.iter().enumerate() {
                insert.raw_bind_parameter(i + 1, Cell(row.get(i), column)).map_err(trouble)?;
            }
            insert.raw_execute().map(|_| ()).map_err(trouble)
        })
    }

    /// Nothing is put off to the end, but for constraints that a user's table puts off.
    fn check(&mut self) -> Result<(), Trouble> {
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Trouble> {
        self.connection().execute_batch("COMMIT").map_err(trouble)?;
        self.fresh = None;
        Ok(())
    }
}
