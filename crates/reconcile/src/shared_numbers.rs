//! Numbers that one list gives to several children.
//!
//! A child's id, NHS number or UPN outweighs much else, so a number that is in truth a family's,
//! or was copied down a column, would merge brothers and sisters. Where one list has it beside two
//! different forenames and not the same date of birth, it identifies nobody: it is left out of the
//! comparison and told.

use std::collections::BTreeMap;

use collate_clean::fold_name;
use collate_model::{DateSpan, Note, PersonName, Severity};

use crate::mention::{Mention, born};
use crate::rows::Rows;

/// Takes shared numbers out of a column (`texts`, one list per mention) and tells where they stand.
pub fn leave_out(
    rows: &Rows,
    mentions: &[Mention],
    people: &[PersonName],
    what: &str,
    texts: &mut [Vec<String>],
) -> Vec<Note> {
    let mut holders: BTreeMap<(u32, &str), Vec<usize>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        for text in &texts[i] {
            holders.entry((mention.row.table, text)).or_default().push(i);
        }
    }
    let forename = |i: usize| first(&people[i]);
    let birth = |i: usize| born(rows, mentions[i], &people[i]);
    let two = |x: usize, y: usize| differ(&forename(x), &forename(y)) && !same_day(birth(x), birth(y));
    let several = |of: &Vec<usize>| of.iter().skip(1).any(|i| two(of[0], *i));
    let shared: Vec<(String, Vec<usize>)> = holders
        .into_iter()
        .filter(|(_, of)| several(of))
        .map(|((_, text), of)| (text.to_owned(), of))
        .collect();
    let mut notes = Vec::new();
    for (text, of) in shared {
        for i in &of {
            let view = rows.view(mentions[*i].row);
            let found = format!(
                "this row's {what} stands beside different children in the same list, so it was not used to match them"
            );
            let todo = "check whether it is the family's number, or was copied by mistake";
            let note = Note::new(Severity::Warning, "identifier-shared", &view.table.file, found, todo);
            notes.push(note.on_sheet(&view.table.sheet).on_row(rows.number(mentions[*i].row)));
        }
        texts.iter_mut().for_each(|own| own.retain(|known| *known != text));
    }
    notes
}

/// The first forename, folded.
fn first(person: &PersonName) -> String {
    fold_name(&person.forenames).split(' ').next().unwrap_or_default().to_owned()
}

/// Two full forenames of which neither begins the other: no short form, no initial, no typing error
/// in the first letters.
fn differ(x: &str, y: &str) -> bool {
    let common = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count();
    x.len() > 1 && y.len() > 1 && common < 2
}

fn same_day(x: Option<DateSpan>, y: Option<DateSpan>) -> bool {
    matches!((x, y), (Some(x), Some(y)) if x.from == y.from && x.to == y.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forenames_of_one_child_are_not_taken_for_two() {
        for (x, y, expected) in [
            ("amelia", "oliver", true),
            ("katie", "katherine", false),
            ("j", "mary", false),
            ("", "mary", false),
            ("mollly", "molly", false),
        ] {
            assert_eq!(differ(x, y), expected, "{x} {y}");
        }
    }
}
