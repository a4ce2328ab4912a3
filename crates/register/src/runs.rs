//! The runs that were, and what they read.

use rusqlite::OptionalExtension;
use serde_json::Value;

use crate::error::RegisterError;
use crate::store::Register;

/// A run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its number.
    pub run: i64,
    /// When it was, UTC in ISO 8601.
    pub at: String,
    /// Its output was put in place.
    pub published: bool,
    /// Hash of all that it was given.
    pub given: String,
    /// Hash of the manifest that it published.
    pub manifest: String,
    /// What it counted.
    pub counts: Value,
}

/// A file that a run read.
#[derive(Debug, Clone, PartialEq)]
pub struct InputSeen {
    /// Its name.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Its records.
    pub rows: u64,
    /// For each sheet its records, and how many of them fill each field.
    pub sheets: Value,
}

const SELECT: &str = "SELECT run, at, published, given, manifest, counts FROM runs";

fn run(row: &rusqlite::Row) -> rusqlite::Result<Run> {
    Ok(Run {
        run: row.get(0)?,
        at: row.get(1)?,
        published: row.get(2)?,
        given: row.get(3)?,
        manifest: row.get(4)?,
        counts: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
    })
}

impl Register {
    /// The last run whose output was put in place.
    pub fn last_published(&self) -> Result<Option<Run>, RegisterError> {
        let select = format!("{SELECT} WHERE published = 1 ORDER BY run DESC LIMIT 1");
        self.db.query_row(&select, [], run).optional().map_err(|error| self.failed(error))
    }

    /// The last run of which all was done; 0 where there was none.
    pub(crate) fn last_settled(&self) -> Result<i64, RegisterError> {
        let select = "SELECT coalesce(max(run), 0) FROM runs WHERE settled = 1";
        self.db.query_row(select, [], |row| row.get(0)).map_err(|error| self.failed(error))
    }

    /// All runs, the oldest first.
    pub fn runs(&self) -> Result<Vec<Run>, RegisterError> {
        let read = || -> rusqlite::Result<Vec<Run>> {
            self.db.prepare(&format!("{SELECT} ORDER BY run"))?.query_map([], run)?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The files that a run read.
    pub fn inputs(&self, run: i64) -> Result<Vec<InputSeen>, RegisterError> {
        let read = || -> rusqlite::Result<Vec<InputSeen>> {
            let mut select = self.db.prepare(
                "SELECT file, sha256, bytes, rows, sheets FROM inputs WHERE run = ?1 ORDER BY file",
            )?;
            let input = |row: &rusqlite::Row| {
                Ok(InputSeen {
                    file: row.get(0)?,
                    sha256: row.get(1)?,
                    bytes: row.get::<_, i64>(2)? as u64,
                    rows: row.get::<_, i64>(3)? as u64,
                    sheets: serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default(),
                })
            };
            select.query_map([run], input)?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Since when a file has been as it is, in the runs without a break up to the last; the time of the
    /// first of them.
    pub fn unchanged_since(&self, file: &str, sha256: &str) -> Result<Option<String>, RegisterError> {
        let select = "
            SELECT min(runs.at) FROM inputs JOIN runs USING (run)
            WHERE file = ?1 AND run > coalesce(
                (SELECT max(run) FROM inputs WHERE file = ?1 AND sha256 <> ?2), 0)";
        self.db.query_row(select, [file, sha256], |row| row.get(0)).map_err(|error| self.failed(error))
    }

    /// The output of a run is in place.
    pub fn published(&self, run: i64) -> Result<(), RegisterError> {
        let update = "UPDATE runs SET published = 1 WHERE run = ?1";
        self.db.execute(update, [run]).map(|_| ()).map_err(|error| self.failed(error))
    }

    /// All that a run was to do is done; `given` is the hash of all that it was given.
    pub fn settled(&self, run: i64, given: &str) -> Result<(), RegisterError> {
        let update = "UPDATE runs SET given = ?2, settled = 1 WHERE run = ?1";
        self.db.execute(update, (run, given)).map(|_| ()).map_err(|error| self.failed(error))
    }

    /// Makes up for a run that died after its output was put in place and before it could say so: the
    /// manifest there, whose hash this is, is its own.
    pub fn make_up_for(&self, manifest: &str) -> Result<(), RegisterError> {
        let update = "UPDATE runs SET published = 1
            WHERE run = (SELECT max(run) FROM runs) AND published = 0 AND manifest = ?1";
        self.db.execute(update, [manifest]).map(|_| ()).map_err(|error| self.failed(error))
    }
}
