//! Identifiers of children, in the form in which two trackers have them in common.
//!
//! A spreadsheet takes leading zeros off; a keeper writes `ID 0123` for `0123`. And a council that
//! changed its case system has two sorts of numbers for one child, of which one is the present
//! one: only that can rule out that two rows are one child.

use std::collections::BTreeMap;

use crate::gathered::{Gathered, Source, by_table};
use crate::mention::Mention;
use crate::rows::Rows;

/// Fields that hold an identifier within the authority.
pub const FIELDS: [&str; 2] = ["child_id", "legacy_id"];

/// The mentions' present identifiers, and their others.
pub fn gather(rows: &Rows, mentions: &[Mention]) -> (Gathered, Gathered) {
    let mut all = Gathered::new(mentions.len());
    // How often each identifier stands in the first field; blanks are at the end.
    let mut used: Vec<usize> = Vec::new();
    let mut blank = 0;
    for of_table in by_table(mentions) {
        let view = rows.view(of_table[0].row);
        let mut sources = FIELDS.map(|field| view.column(field).map(|c| Source::new(&view.table.columns[c])));
        for mention in of_table {
            for (field, source) in sources.iter_mut().enumerate() {
                let Some(source) = source else { continue };
                source.each(
                    *mention,
                    false,
                    &mut all,
                    |text| plain(text).into(),
                    |all, id| {
                        used.resize(all.values().len(), 0);
                        if field == 0 {
                            *id.map_or(&mut blank, |id| &mut used[id as usize]) += 1;
                        }
                        all.push(id);
                    },
                );
            }
            all.end();
        }
    }
    let counted = all.values().iter().map(|id| letters(id)).zip(used).chain([("", blank)]);
    let present = most_used(counted).map(str::to_owned);
    let is_present = |id: u32| Some(letters(&all.values()[id as usize])) == present.as_deref();
    (all.only(is_present), all.only(|id| !is_present(id)))
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

/// The letters that most identifiers start with; of those that are as frequent, the first.
fn most_used<'a>(counted: impl Iterator<Item = (&'a str, usize)>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (letters, count) in counted.filter(|(_, count)| *count > 0) {
        *counts.entry(letters).or_default() += count;
    }
    let best = counts.into_iter().max_by_key(|(letters, count)| (*count, std::cmp::Reverse(*letters)));
    best.map(|(letters, _)| letters)
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
        for (counted, expected) in [
            (&[("", 1), ("P", 2), ("", 2)][..], Some("")),
            (&[("P", 2), ("", 2)], Some("")),
            (&[("P", 2), ("A", 2), ("", 1)], Some("A")),
            (&[("P", 0)], None),
        ] {
            assert_eq!(most_used(counted.iter().copied()), expected);
        }
    }
}
