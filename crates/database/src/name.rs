//! Names of tables and columns as both databases take them.

use sha2::{Digest, Sha256};

use crate::table::{Column, Table};

/// Bytes of a name that PostgreSQL keeps; it would cut the rest off, and two columns could become one.
const LONGEST: usize = 63;

/// Columns that PostgreSQL has in every table.
const SYSTEM: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// The name that a table or column has in a database. A long one is cut and ends in eight digits of
/// its hash, so that two stay two.
pub(crate) fn name(text: &str) -> String {
    if SYSTEM.contains(&text) {
        return format!("{text}_");
    }
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let hash = Sha256::digest(text.as_bytes());
    let digits: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut end = LONGEST - 1 - digits.len();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{digits}", &text[..end])
}

/// A name between quotes.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The quoted name of an index.
pub(crate) fn index_name(table: &Table, column: &Column) -> String {
    quoted(&name(&format!("{}_{}_idx", table.name, column.name)))
}

/// A text as SQL writes it.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_enough_and_stay_apart() {
        let long = "ü".repeat(40);
        for (text, expected) in [
            ("date_of_birth", "date_of_birth"),
            ("ctid", "ctid_"),
            (long.as_str(), "üüüüüüüüüüüüüüüüüüüüüüüüüüü_"),
        ] {
            let name = name(text);
            assert!(name.starts_with(expected) && name.len() <= LONGEST, "{name}");
        }
        assert_ne!(name(&format!("{long}1")), name(&format!("{long}2")));
    }

    #[test]
    fn names_and_texts_are_quoted() {
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        assert_eq!(literal("it's"), "'it''s'");
    }
}
