//! What was told already, so that no run says it again.

use rusqlite::OptionalExtension;

use crate::Register;
use crate::error::RegisterError;

impl Register {
    /// Whether just this was told of the file with this hash before; from now on it was.
    pub fn was_told(&self, sha256: &str, what: &str) -> Result<bool, RegisterError> {
        let name = format!("told of {sha256}");
        let before = || -> rusqlite::Result<Option<String>> {
            self.db.query_row("SELECT value FROM about WHERE name = ?1", [&name], |row| row.get(0)).optional()
        };
        let was_told = before().map_err(|error| self.failed(error))?.as_deref() == Some(what);
        if !was_told {
            let write = "INSERT OR REPLACE INTO about (name, value) VALUES (?1, ?2)";
            self.db.execute(write, [&name, what]).map_err(|error| self.failed(error))?;
        }
        Ok(was_told)
    }
}
