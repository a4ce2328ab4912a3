//! The databases that a run loads the tables into, besides the folder.
//!
//! Each is loaded up to the end of its transaction before anything changes: what takes long or can fail
//! leaves the folder and all of them as they were. Then the folder is swapped in, and the transactions
//! end. The folder comes first because it is what `collate explain` and later runs go by: no database
//! has ids that it does not have.

use std::fmt;
use std::path::{Path, PathBuf};

use collate_database::{Changes, Target, load};
use collate_model::Dataset;
use collate_publish::Published;
use serde::Serialize;
use serde_json::Value;

use crate::args::RunArgs;
use crate::config::Config;
use crate::failure::Failure;
use crate::summary::number;

/// The databases, checked.
pub struct Databases(Vec<Target>);

/// A database that was loaded.
#[derive(Debug, Serialize)]
pub struct Loaded {
    database: String,
    rows_added: u64,
    rows_changed: u64,
    rows_gone: u64,
}

impl Databases {
    /// Those of the command line, or else of the settings. What is wrong is told without the text,
    /// which may hold a password.
    pub fn of(args: &RunArgs, config: &Config) -> Result<Self, Failure> {
        let hint = "write --to sqlite:FILE, or --to postgres://USER@HOST/DATABASE";
        let parse = |text: &String| {
            text.parse::<Target>().map_err(|error| Failure::usage(format!("--to: {error}"), hint))
        };
        let targets: Vec<Target> = if args.to.is_empty() {
            let folder = config.beside(Path::new(""));
            let targets = config.databases().iter().map(parse).collect::<Result<Vec<_>, _>>()?;
            if targets.iter().any(Target::has_password) {
                return Err(Failure::usage(
                    format!(
                        "`to` in {} holds a password, which would be published in manifest.json",
                        config.name()
                    ),
                    "take it out, and put it into the environment's PGPASSWORD or a ~/.pgpass that only you can read",
                ));
            }
            targets.into_iter().map(|target| target.beside(&folder)).collect()
        } else {
            args.to.iter().map(parse).collect::<Result<_, _>>()?
        };
        for (i, target) in targets.iter().enumerate() {
            let shown = target.to_string();
            if targets[..i].iter().any(|other| other.to_string() == shown) {
                return Err(Failure::usage(format!("{shown} is named twice"), "name each database once"));
            }
            if target.file().is_some_and(|file| absolute(file).starts_with(absolute(&args.out))) {
                return Err(Failure::usage(
                    format!("{shown} lies in the folder that is published, which is swapped as a whole"),
                    "name a file outside of it",
                ));
            }
        }
        Ok(Databases(targets))
    }

    /// Their names, for whoever compares them.
    pub fn names(&self) -> String {
        self.0.iter().map(|target| format!("{target}\n")).collect()
    }

    /// Those that are files are there.
    pub fn are_there(&self) -> bool {
        self.0.iter().filter_map(Target::file).all(Path::is_file)
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Loads all of them, up to the end of their transactions.
    pub fn load(
        &self,
        dataset: &Dataset,
        manifest: &Value,
    ) -> Result<Vec<collate_database::Loaded>, Failure> {
        let load = |target| {
            load(dataset, manifest, target).map_err(|error| {
                let hint = format!("{}. The folder stands as it was, too", error.hint());
                Failure::failed(format!("{error}; nothing was published"), hint)
            })
        };
        self.0.iter().map(load).collect()
    }
}

/// Ends the transactions, now that the folder is in place. All are tried, even after one that failed.
pub fn commit(all: Vec<collate_database::Loaded>, published: &Published) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut failed) = (Vec::new(), Vec::new());
    for database in all {
        let name = database.target().to_owned();
        match database.commit() {
            Ok(Changes { added, changed, gone }) => loaded.push(Loaded {
                database: name,
                rows_added: added,
                rows_changed: changed,
                rows_gone: gone,
            }),
            Err(error) => failed.push(error),
        }
    }
    let Some(first) = failed.first() else { return Ok(loaded) };
    let errors: Vec<String> = failed.iter().map(ToString::to_string).collect();
    let new: Vec<String> = std::iter::once(published.out.display().to_string())
        .chain(loaded.into_iter().map(|loaded| loaded.database))
        .collect();
    Err(Failure::failed(
        format!("{}. The result of this run is in {}", errors.join("; "), new.join(", ")),
        first.hint(),
    ))
}

/// A path by which two that mean one place are seen to do so, also where nothing is there yet.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match there {
        Some((above, real)) => real.join(path.strip_prefix(above).unwrap_or(&path)),
        None => path,
    }
}

impl fmt::Display for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Loaded { database, rows_added, rows_changed, rows_gone } = self;
        let (added, changed, gone) = (number(*rows_added), number(*rows_changed), number(*rows_gone));
        write!(f, "Loaded into {database}: {added} rows added, {changed} changed, {gone} gone")
    }
}
