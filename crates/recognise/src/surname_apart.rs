//! Children whose surname stands in a column of its own, once for several of them: `Poe` beside `Liv, Ari`.
//! Each gets it, as if it were written with each name.

use collate_model::{CellKind, Kind, Table};

/// The table with whole names in the column of names. Where any cell of that column has the surname
/// itself, it is whole, and so may be others of two words.
pub(crate) fn joined(kind: &Kind, mut table: Table) -> Table {
    let column = |name: &str| {
        let field = kind.field(name)?;
        table.columns.iter().position(|column| column.field == Some(field))
    };
    let Some(surname) = column("surname") else { return table };
    let (whole, forename) = (column("child_name"), column("forename"));
    let rows = 0..table.rows.len();
    let names = match (whole, forename) {
        (Some(whole), None) => whole,
        // A column of forenames has several children only where it plainly says so.
        (None, Some(forename)) if column("middle_name").is_none() => {
            let dob = column("dob");
            let several = |r: usize| {
                let Some(births) = dob.map(|dob| table.text(r, dob)).filter(|births| is_list(births)) else {
                    return false;
                };
                let names = parts(table.text(r, forename));
                let each = names.len() == dates(births).len();
                names.len() > 1 && each && names.iter().all(|name| is_forename(name))
            };
            if !rows.clone().any(several) {
                return table;
            }
            forename
        }
        _ => return table,
    };
    let has_surname = |r: usize| {
        let (surname, name) = (table.text(r, surname).to_lowercase(), table.text(r, names).to_lowercase());
        let words: Vec<&str> = name.split(|c: char| !c.is_alphabetic()).collect();
        let mut own = surname.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        own.any(|word| words.contains(&word))
    };
    // Where some names are whole, two words may be: only what is plainly forenames gets the surname.
    let has_whole: Vec<bool> = rows.clone().map(has_surname).collect();
    let some_whole = has_whole.contains(&true);
    // Two words may be both names of a child who is called otherwise than the family.
    let single = |r: usize| -> i64 {
        let count = |part: &&str| if part.contains(' ') { -1 } else { 1 };
        parts(table.text(r, names)).iter().map(count).sum()
    };
    if whole.is_some() && rows.clone().map(single).sum::<i64>() <= 0 {
        return table;
    }
    for r in rows {
        let (surname, name) = (table.text(r, surname).trim(), table.text(r, names));
        let parts = parts(name);
        let plain = parts.iter().all(|part| is_forename(part) && !(some_whole && part.contains(' ')));
        if surname.is_empty() || parts.is_empty() || has_whole[r] {
            continue;
        }
        let text = match plain {
            true => parts.iter().map(|part| format!("{surname}, {part}")).collect::<Vec<_>>().join("\n"),
            // A column of forenames becomes one of whole names, and so must all of its cells.
            false if whole.is_none() => format!("{surname}, {name}"),
            false => continue,
        };
        table.set(r, names, CellKind::Text, &text);
    }
    if let Some(field) = kind.field("child_name") {
        table.columns[names].field = Some(field);
    }
    table
}

/// The parts of a list: `Liv, Ari & Jo`, `Liv and Ari`, one in a line.
fn parts(text: &str) -> Vec<&str> {
    let words = text.split([',', ';', '&', '\n', '/', '+']).flat_map(|part| part.split(" and "));
    words.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A text may be a list: what nearly every cell is not.
pub(crate) fn is_list(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b',' | b';' | b'&' | b'\n' | b'+')) || text.contains(" and ")
}

/// The same of dates, which have strokes of their own.
pub(crate) fn dates(text: &str) -> Vec<&str> {
    let words = text.split([',', ';', '&', '\n', '+']).flat_map(|part| part.split(" and "));
    words.map(str::trim).filter(|part| part.bytes().any(|byte| byte.is_ascii_digit())).collect()
}

/// One or two words of letters.
fn is_forename(text: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    text.split_whitespace().count() <= 2 && text.split_whitespace().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_forenames_are_divided() {
        for (text, expected) in [
            ("Liv, Ari", &["Liv", "Ari"][..]),
            ("Jo, Ed and Flo", &["Jo", "Ed", "Flo"]),
            ("Mary Ann\nJo & Ed", &["Mary Ann", "Jo", "Ed"]),
            ("Andy", &["Andy"]),
            ("", &[]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
        assert!(is_forename("Mary-Ann O'Dee") && !is_forename("Jo (5)") && !is_forename("Jo Ann Lee"));
    }
}
