//! Where a server is and how to speak to it, from a URL as PostgreSQL's own programs take it.

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};

use super::{pgpass, tls, trouble};
use crate::error::Trouble;

/// The schema that the tables are in, unless the URL names one. `collate` is a word of SQL.
const SCHEMA: &str = "merged";

/// How long connecting may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server, its database and the schema in it.
#[derive(Clone)]
pub struct Server {
    config: Config,
    pub(crate) schema: String,
    encrypted: bool,
    root_certificates: Option<PathBuf>,
    /// The password stands in the URL.
    pub(crate) has_password: bool,
}

impl Server {
    /// From `postgres://USER@HOST:PORT/DATABASE?schema=NAME&sslmode=…`. What is wrong is told without
    /// the URL, which may hold a password.
    pub fn parse(url: &str) -> Result<Server, String> {
        let (place, options) = url.split_once('?').unwrap_or((url, ""));
        let (mut schema, mut mode, mut root_certificates) = (SCHEMA.to_owned(), None, None);
        let mut others = Vec::new();
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("schema", name)) => schema = decoded(name),
                Some(("sslmode", mode_)) => mode = Some(mode_.to_owned()),
                Some(("sslrootcert", path)) => root_certificates = Some(PathBuf::from(decoded(path))),
                _ => others.push(option),
            }
        }
        if schema.is_empty() || schema.len() > 63 || schema.starts_with("pg_") {
            return Err("the schema's name must have 1 to 63 bytes and not start with pg_".to_owned());
        }
        let options = if others.is_empty() { String::new() } else { format!("?{}", others.join("&")) };
        let mut config: Config = format!("{place}{options}").parse().map_err(|_| {
            "it is no URL of a database: write postgres://USER@HOST:PORT/DATABASE, with % codes for \
             special characters in a password"
                .to_owned()
        })?;
        let encrypted = match mode.as_deref() {
            None => !is_local(&config),
            Some("disable") => false,
            Some("require" | "verify-ca" | "verify-full") => true,
            Some(_) => {
                return Err(
                    "sslmode must be disable, or require, verify-ca or verify-full, which all mean: \
                            encrypted, and only to a server whose certificate is trusted"
                        .to_owned(),
                );
            }
        };
        config.ssl_mode(if encrypted { SslMode::Require } else { SslMode::Disable });
        config.application_name("collate");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        let has_password = config.get_password().is_some();
        Ok(Server { config, schema, encrypted, root_certificates, has_password })
    }

    /// Connects, with the password of the URL, of PGPASSWORD, or of `~/.pgpass`.
    pub(crate) fn connect(&self) -> Result<Client, Trouble> {
        let mut config = self.config.clone();
        let known = || env::var("PGPASSWORD").ok().or_else(|| self.password());
        if let Some(password) = (!self.has_password).then(known).flatten() {
            config.password(password);
        }
        if self.encrypted {
            config.connect(tls::connector(self.root_certificates.as_deref())?).map_err(trouble)
        } else {
            config.connect(NoTls).map_err(trouble)
        }
    }

    fn password(&self) -> Option<String> {
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(host)) => host.as_str(),
            _ => "localhost",
        };
        let port = self.port().to_string();
        let user = self.config.get_user().unwrap_or_default();
        pgpass::password([host, &port, self.config.get_dbname().unwrap_or(user), user])
    }

    fn port(&self) -> u16 {
        self.config.get_ports().first().copied().unwrap_or(5432)
    }
}

/// Nothing leaves the machine: a socket, or its own address.
fn is_local(config: &Config) -> bool {
    config.get_hostaddrs().is_empty()
        && config.get_hosts().iter().all(|host| match host {
            Host::Tcp(host) => matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1"),
            #[cfg(unix)]
            Host::Unix(_) => true,
        })
}

/// A text of a URL without its % codes.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while i < bytes.len() {
        let code = (bytes[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                i += 3;
            }
            None => {
                plain.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The server without its password.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.config.get_user().map(|user| format!("{user}@")).unwrap_or_default();
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(host)) => host.clone(),
            #[cfg(unix)]
            Some(Host::Unix(path)) => path.display().to_string(),
            None => String::new(),
        };
        let database = self.config.get_dbname().unwrap_or_default();
        write!(f, "postgres://{user}{host}:{}/{database}?schema={}", self.port(), self.schema)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_shown_without_its_password() {
        for (url, shown, encrypted) in [
            (
                "postgres://ann:s3cret@db.example.org/council",
                "postgres://ann@db.example.org:5432/council?schema=merged",
                true,
            ),
            (
                "postgresql://ann:s%40@localhost:6000/council?schema=our%20data",
                "postgres://ann@localhost:6000/council?schema=our data",
                false,
            ),
            (
                "postgres://db.example.org/council?sslmode=disable&password=s3cret",
                "postgres://db.example.org:5432/council?schema=merged",
                false,
            ),
            (
                "postgres://ann@127.0.0.1/council?sslmode=verify-full",
                "postgres://ann@127.0.0.1:5432/council?schema=merged",
                true,
            ),
        ] {
            let server = Server::parse(url).unwrap();
            assert_eq!((server.to_string().as_str(), server.encrypted), (shown, encrypted));
            assert!(!format!("{server:?}").contains("s3cret"));
        }
    }

    #[test]
    fn what_is_no_server_is_refused_without_repeating_it() {
        for url in [
            "postgres://ann:s3cret@host/db?sslmode=prefer",
            "postgres://ann:s3cret@host/db?schema=",
            "postgres://ann:s3cret@host/db?schema=pg_toast",
            "postgres://ann:s3cret@host:port/db",
            "postgres://ann:s3cret@host/db?s3cret=1",
        ] {
            let error = Server::parse(url).unwrap_err();
            assert!(!error.contains("s3cret") && !error.contains("ann"), "{error}");
        }
    }
}
