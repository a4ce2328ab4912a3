//! `~/.pgpass`, where PostgreSQL's own programs find passwords: `host:port:database:user:password`,
//! a `*` for any, a backslash before `:` and `\`. See "The Password File" in PostgreSQL's manual.

use std::env;
use std::fs;
use std::path::PathBuf;

/// The password of the first line that fits. A file that others can read is left alone, as
/// PostgreSQL's own programs do.
pub(super) fn password(wanted: [&str; 4]) -> Option<String> {
    let path = match env::var_os("PGPASSFILE") {
        Some(path) => PathBuf::from(path),
        None => env::home_dir()?.join(".pgpass"),
    };
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).ok()?.permissions()) & 0o077 != 0 {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| of_line(line, wanted))
}

fn of_line(line: &str, wanted: [&str; 4]) -> Option<String> {
    let mut fields = fields(line).into_iter();
    let fits = |field: String, wanted: &str| field == "*" || field == wanted;
    for wanted in wanted {
        if !fits(fields.next()?, wanted) {
            return None;
        }
    }
    fields.next()
}

/// Five fields; in the last, colons need no backslash.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            ':' if fields.len() < 5 => fields.push(String::new()),
            '\\' => fields.last_mut().expect("there is one").extend(chars.next()),
            c => fields.last_mut().expect("there is one").push(c),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_a_line_that_fits() {
        let wanted = ["db.example.org", "5432", "council", "collate"];
        for (line, expected) in [
            ("db.example.org:5432:council:collate:secret", Some("secret")),
            ("*:*:*:*:a\\:b\\\\c", Some("a:b\\c")),
            ("*:*:*:collate:a:b", Some("a:b")),
            ("*:*:*:other:secret", None),
            ("db.example.org:5433:*:*:secret", None),
            ("*:*:*", None),
            ("", None),
        ] {
            assert_eq!(of_line(line, wanted).as_deref(), expected, "{line}");
        }
    }
}
