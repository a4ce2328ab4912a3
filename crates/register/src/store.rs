//! The file: opened, checked, brought forward to the schema of today.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::aside;
use crate::error::RegisterError;
use crate::load::Known;

/// The steps from nothing to the schema of today. A step is never changed once it was released;
/// `user_version` of the file says how many it has had.
const STEPS: [&str; 1] = [include_str!("schema/1.sql")];

/// How long another program may hold the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// The register of one merged dataset.
pub struct Register {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) known: Known,
    /// It was damaged, and a copy of an earlier run was put in its place.
    restored: bool,
}

/// Tables of the schema.
const TABLES: i64 = 10;

impl Register {
    /// Opens the register of the output folder of this name, or makes it. A damaged one is put aside,
    /// and the copy that the last run made takes its place; so it does where the file is missing.
    pub fn open(path: &Path, output: &str) -> Result<Self, RegisterError> {
        // To SQLite an empty file is a new database.
        let is_lost = match std::fs::metadata(path) {
            Ok(meta) => meta.len() == 0,
            Err(_) => Self::has_copy(path, output),
        };
        if is_lost && aside::restore(path)? {
            return Ok(Register { restored: true, ..Self::open_this(path, output)? });
        }
        match Self::open_this(path, output) {
            Err(error) if error.damaged && aside::restore(path)? => {
                Ok(Register { restored: true, ..Self::open_this(path, output)? })
            }
            opened => opened,
        }
    }

    /// Opens it for looking only; nothing where there is none.
    pub fn look(path: &Path) -> Result<Option<Self>, RegisterError> {
        if !path.is_file() {
            return Ok(None);
        }
        let of = |error: rusqlite::Error| RegisterError::of(path, &error);
        let db = open_to_look(path).map_err(of)?;
        db.busy_timeout(PATIENCE).map_err(of)?;
        if version(&db).map_err(of)? != STEPS.len() {
            return Ok(None);
        }
        let known = Known::load(&db).map_err(of)?;
        Ok(Some(Register { db, path: path.to_owned(), known, restored: false }))
    }

    fn open_this(path: &Path, output: &str) -> Result<Self, RegisterError> {
        let of = |error: rusqlite::Error| RegisterError::of(path, &error);
        aside::private(path)?;
        let mut db = Connection::open(path).map_err(of)?;
        db.busy_timeout(PATIENCE).map_err(of)?;
        journal(&db, "WAL").map_err(of)?;
        db.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;")
            .map_err(of)?;
        let check: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(of)?;
        if check != "ok" {
            return Err(RegisterError::damaged(path, "its pages do not fit together"));
        }
        migrate(&mut db, path)?;
        if !is_complete(&db).map_err(of)? {
            return Err(RegisterError::damaged(
                path,
                "a table, or a row that a decision is about, is missing",
            ));
        }
        db.execute("INSERT OR IGNORE INTO about (name, value) VALUES ('output', ?1)", [output])
            .map_err(of)?;
        let known = Known::load(&db).map_err(of)?;
        if !known.is_sound() {
            return Err(RegisterError::damaged(path, "what is in it does not fit together"));
        }
        let register = Register { db, path: path.to_owned(), known, restored: false };
        // Now is the time to find that they can't be read, while a copy can still take the file's place.
        register.decisions()?;
        register.runs()?;
        if let Some(last) = register.last_published()? {
            register.inputs(last.run)?;
        }
        Ok(register)
    }

    /// The register of an output folder: `collate.db` beside it; `NAME.collate.db` where that is the
    /// register of another folder.
    pub fn place(out: &Path) -> PathBuf {
        let folder = out.parent().map(Path::to_owned).unwrap_or_default();
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let (own, shared) = (folder.join(format!("{name}.collate.db")), folder.join("collate.db"));
        let is_of_another = || output_of(&shared).is_some_and(|of| of != name);
        if own.exists() || is_of_another() { own } else { shared }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// It was damaged or missing, and the copy of an earlier run was put in its place.
    pub fn was_restored(&self) -> bool {
        self.restored
    }

    /// A copy of the register of this output folder lies beside its place.
    pub fn has_copy(path: &Path, output: &str) -> bool {
        output_of(&aside::kept(path)).as_deref() == Some(output)
    }

    /// Keeps a copy of it, to go back to where it is damaged.
    pub fn keep_copy(&self) -> Result<(), RegisterError> {
        aside::copy(&self.db, &self.path)
    }

    /// What is written next goes into the file itself, and what stood there into the journal: where there
    /// was nearly nothing, each page is then written once. Where others use the register just now, it
    /// stays as it is.
    pub(crate) fn write_in_place(&self) {
        // Truncated, not deleted: that the journal is gone is then flushed before a transaction ends.
        let _ = journal(&self.db, "TRUNCATE");
    }

    /// What is written next goes into a journal first, so that others can read meanwhile. If that fails,
    /// whoever opens the register next does it.
    pub(crate) fn write_ahead(&self) {
        let _ = journal(&self.db, "WAL");
    }

    pub(crate) fn failed(&self, error: rusqlite::Error) -> RegisterError {
        RegisterError::of(&self.path, &error)
    }
}

/// The name of the output folder that a register is of, where that can be read.
fn output_of(path: &Path) -> Option<String> {
    let db = open_to_look(path).ok()?;
    let select = "SELECT value FROM about WHERE name = 'output'";
    db.query_row(select, [], |row| row.get(0)).optional().ok()?
}

/// Changes the journal. Where the file lies on a share that can't do it, SQLite stays with its older one.
fn journal(db: &Connection, mode: &str) -> rusqlite::Result<()> {
    db.query_row(&format!("PRAGMA journal_mode = {mode}"), [], |_| Ok(()))
}

/// Opens a register that is there. Only who may write can undo what a run that died left in the file.
fn open_to_look(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// All tables are there, and the rows of all decisions.
fn is_complete(db: &Connection) -> rusqlite::Result<bool> {
    let tables: i64 = db.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN
            ('about', 'runs', 'inputs', 'sources', 'sorts', 'rows', 'entities', 'changes', 'decisions', 'cases')",
        [],
        |row| row.get(0),
    )?;
    let mut astray = db.prepare("PRAGMA foreign_key_check(decisions)")?;
    Ok(tables == TABLES && !astray.exists([])?)
}

fn version(db: &Connection) -> rusqlite::Result<usize> {
    db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).map(|version| version as usize)
}

/// Brings the schema forward, one step after the other, each whole or not at all.
fn migrate(db: &mut Connection, path: &Path) -> Result<(), RegisterError> {
    let of = |error: rusqlite::Error| RegisterError::of(path, &error);
    let now = version(db).map_err(of)?;
    if now > STEPS.len() {
        return Err(RegisterError::new(
            format!("the register {} was written by a later version of collate", path.display()),
            "use that version, or name another register with --register",
        ));
    }
    if now == 0 {
        let tables: i64 =
            db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(of)?;
        if tables > 0 {
            return Err(RegisterError::new(
                format!("{} is a database, but no register of collate", path.display()),
                "name another file with --register, or move this one away",
            ));
        }
    }
    for (step, sql) in STEPS.iter().enumerate().skip(now) {
        let change = db.transaction().map_err(of)?;
        change.execute_batch(sql).map_err(of)?;
        change.pragma_update(None, "user_version", step as i64 + 1).map_err(of)?;
        change.commit().map_err(of)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_in_which_a_run_died_is_still_known_and_whole() {
        let place = tempfile::tempdir().unwrap();
        let (path, died) = (place.path().join("collate.db"), place.path().join("died"));
        std::fs::create_dir(&died).unwrap();
        let register = Register::open(&path, "one").unwrap();
        register.write_in_place();
        // More than the pages that may be held goes into the file before the transaction ends.
        register.db.execute_batch("PRAGMA cache_size = 8; BEGIN").unwrap();
        for n in 0..2000 {
            register.db.execute("INSERT INTO about VALUES (?1, 'half')", [format!("{n:0100}")]).unwrap();
        }
        for file in ["collate.db", "collate.db-journal"] {
            std::fs::copy(place.path().join(file), died.join(file)).unwrap();
        }
        assert!(std::fs::metadata(died.join("collate.db")).unwrap().len() > 100_000);
        assert_eq!(Register::place(&died.join("two")), died.join("two.collate.db"));
        let register = Register::open(&Register::place(&died.join("one")), "one").unwrap();
        let count = register.db.query_row("SELECT count(*) FROM about", [], |row| row.get(0));
        assert_eq!((register.was_restored(), count), (false, Ok(1)));
    }
}
