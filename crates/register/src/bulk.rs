//! Rows that are inserted many at a time: a statement for each would take longer than the row itself.

use rusqlite::{Connection, Result, Statement, ToSql};

/// Rows of one statement.
const TOGETHER: usize = 32;

/// New rows of a table, which are in it once [`Bulk::finish`] was called.
pub(crate) struct Bulk<'c> {
    insert: Statement<'c>,
    columns: usize,
    /// Rows that wait in the statement.
    waiting: usize,
}

impl<'c> Bulk<'c> {
    /// Rows with values for these columns.
    pub fn new(db: &'c Connection, table: &str, columns: &[&str]) -> Result<Self> {
        let row = format!("({})", vec!["?"; columns.len()].join(", "));
        let (rows, names) = (vec![row; TOGETHER].join(", "), columns.join(", "));
        // The last statement may have fewer rows. A sum, because SQLite would prepare the statement anew
        // whenever a limit that it has looked at is another one.
        let insert = format!("INSERT INTO {table} ({names}) SELECT * FROM (VALUES {rows}) LIMIT 0 + ?");
        Ok(Bulk { insert: db.prepare(&insert)?, columns: columns.len(), waiting: 0 })
    }

    /// Adds a row.
    pub fn insert(&mut self, row: &[&dyn ToSql]) -> Result<()> {
        debug_assert_eq!(row.len(), self.columns);
        let start = self.waiting * self.columns + 1;
        for (at, value) in (start..).zip(row) {
            self.insert.raw_bind_parameter(at, value)?;
        }
        self.waiting += 1;
        if self.waiting < TOGETHER { Ok(()) } else { self.write() }
    }

    /// Adds what still waits.
    pub fn finish(&mut self) -> Result<()> {
        if self.waiting == 0 { Ok(()) } else { self.write() }
    }

    fn write(&mut self) -> Result<()> {
        self.insert.raw_bind_parameter(TOGETHER * self.columns + 1, self.waiting as i64)?;
        self.waiting = 0;
        self.insert.raw_execute().map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::params;

    #[test]
    fn every_row_is_inserted_once_and_in_order() {
        for count in [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 5 * TOGETHER + 3] {
            let db = Connection::open_in_memory().unwrap();
            db.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT").unwrap();
            let mut bulk = Bulk::new(&db, "t", &["a", "b"]).unwrap();
            let expected: Vec<(i64, String)> = (1..=count as i64).map(|n| (n, n.to_string())).collect();
            expected.iter().try_for_each(|(n, text)| bulk.insert(params![n, text])).unwrap();
            bulk.finish().unwrap();
            let mut select = db.prepare("SELECT a, b FROM t ORDER BY rowid").unwrap();
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            let rows: Vec<(i64, String)> = rows.map(Result::unwrap).collect();
            assert_eq!(rows, expected, "{count}");
        }
    }
}
