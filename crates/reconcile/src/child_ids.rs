//! Identifiers of children, in the form in which two trackers have them in common.
//!
//! A spreadsheet takes leading zeros off; a keeper writes `ID 0123` for `0123`. And a council that
//! changed its case system has two sorts of numbers for one child, of which one is the present
//! one: only that can rule out that two rows are one child.

use std::collections::BTreeMap;

use crate::columns::texts;
use crate::mention::Mention;
use crate::rows::Rows;

/// Fields that hold an identifier within the authority.
const FIELDS: [&str; 2] = ["child_id", "legacy_id"];

/// For each mention its present identifiers, and its others.
pub fn columns(rows: &Rows, mentions: &[Mention]) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let of = |mention: &Mention, field| {
        texts(rows, *mention, field, false).into_iter().map(plain).collect::<Vec<_>>()
    };
    let present = most_used(mentions.iter().flat_map(|mention| of(mention, FIELDS[0])));
    let sort = |mention: &Mention| {
        let ids = FIELDS.into_iter().flat_map(|field| of(mention, field));
        ids.partition(|id| Some(letters(id)) == present.as_deref())
    };
    mentions.iter().map(sort).unzip()
}

/// Without the word before it and the zeros in front: `ID 0123` and `123` are one.
fn plain(text: &str) -> String {
    let mut id = text.to_ascii_uppercase();
    id.retain(|c| c.is_alphanumeric());
    for word in ["LCS", "ICS", "MOSAIC", "REF", "ID", "NO"] {
        if let Some(rest) =
            id.strip_prefix(word).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            id = rest.to_owned();
        }
    }
    let prefix = letters(&id).len();
    let digits = id[prefix..].trim_start_matches('0');
    format!("{}{}", &id[..prefix], digits)
}

/// The letters in front of the number: what tells one sort of identifier from another.
fn letters(id: &str) -> &str {
    &id[..id.find(|c: char| !c.is_alphabetic()).unwrap_or(id.len())]
}

/// The letters that most identifiers start with.
fn most_used(ids: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(letters(&id).to_owned()).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(letters, count)| (*count, std::cmp::Reverse(letters.clone())))
        .map(|(letters, _)| letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_compared_without_what_spreadsheets_and_keepers_do_to_them() {
        for (text, expected) in [
            ("0198345", "198345"),
            ("ID 6363820", "6363820"),
            ("P0123456", "P123456"),
            ("lcs-00412", "412"),
            ("A17", "A17"),
        ] {
            assert_eq!(plain(text), expected);
        }
        let ids = ["12", "P7", "13", "14"].map(str::to_owned);
        assert_eq!(most_used(ids.into_iter()).as_deref(), Some(""));
    }
}
