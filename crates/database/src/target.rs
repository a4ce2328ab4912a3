//! A database as the command line names it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::database::Database;
use crate::error::Trouble;
use crate::postgresql::Postgres;
use crate::postgresql::server::Server;
use crate::sqlite::Sqlite;

/// A database to load into. It is shown without a password.
#[derive(Debug, Clone)]
pub enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// A schema of a database on a server.
    Postgres(Box<Server>),
}

impl Target {
    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Target::Sqlite(path) => Some(path),
            Target::Postgres(_) => None,
        }
    }

    /// Its text holds a password.
    pub fn has_password(&self) -> bool {
        matches!(self, Target::Postgres(server) if server.has_password)
    }

    /// The same with a file that is named relative to a folder.
    pub fn beside(self, folder: &Path) -> Self {
        match self {
            Target::Sqlite(path) => Target::Sqlite(folder.join(path)),
            server => server,
        }
    }

    /// Opens it and begins a transaction.
    pub(crate) fn open(&self) -> Result<Box<dyn Database>, Trouble> {
        Ok(match self {
            Target::Sqlite(path) => Box::new(Sqlite::open(path)?),
            Target::Postgres(server) => Box::new(Postgres::open(server)?),
        })
    }
}

/// `sqlite:FILE`, `postgres://…` or `postgresql://…`. What is wrong is told without the text, which may
/// hold a password.
impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("sqlite", path)) => {
                let path = path.strip_prefix("//").unwrap_or(path);
                if path.is_empty() {
                    Err("write the file behind sqlite:".to_owned())
                } else {
                    Ok(Target::Sqlite(path.into()))
                }
            }
            Some(("postgres" | "postgresql", _)) => {
                Server::parse(text).map(|server| Target::Postgres(server.into()))
            }
            _ => Err("a database is written sqlite:FILE or postgres://USER@HOST/DATABASE".to_owned()),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Target::Postgres(server) => server.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_are_named_by_what_they_are() {
        for (text, file) in [
            ("sqlite:merged.db", Some("merged.db")),
            ("sqlite:///srv/merged.db", Some("/srv/merged.db")),
            ("sqlite://merged.db", Some("merged.db")),
            ("postgres://ann@host/db", None),
            ("postgresql://ann@host/db", None),
        ] {
            let target: Target = text.parse().unwrap();
            assert_eq!(target.file(), file.map(Path::new), "{text}");
        }
        for text in ["", "merged.db", "sqlite:", "mysql://ann:s3cret@host/db"] {
            let error = text.parse::<Target>().unwrap_err();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
