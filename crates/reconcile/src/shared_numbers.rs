//! Numbers that one list gives to several children.
//!
//! A child's id, NHS number or UPN outweighs much else, so a number that is in truth a family's,
//! or was copied down a column, would merge brothers and sisters. Where one list has it beside two
//! different forenames and not the same date of birth, it identifies nobody: it is left out of the
//! comparison and told.

use collate_clean::fold_name;
use collate_model::{DateSpan, Note, Severity};
use rustc_hash::FxHashSet;

use crate::gathered::Gathered;
use crate::mention::{Mention, Name, birth, name};
use crate::rows::Rows;

/// Takes shared numbers out of what was gathered and tells where they stand.
pub fn leave_out(rows: &Rows, mentions: &[Mention], what: &str, numbers: Gathered) -> (Gathered, Vec<Note>) {
    let two = |x: usize, y: usize| {
        let (x, y) = (mentions[x], mentions[y]);
        let (one, other) = (name(rows, x), name(rows, y));
        let born = |mention, name: &Name| birth(rows, mention, name.beside().0);
        differ(&first(&one), &first(&other)) && !same_day(born(x, &one), born(y, &other))
    };
    let mut shared: FxHashSet<u32> = FxHashSet::default();
    let mut notes = Vec::new();
    for of in holders(mentions, &numbers).chunk_by(|x, y| x.0 == y.0 && x.1 == y.1) {
        let (_, number, holder) = of[0];
        if !of[1..].iter().any(|(.., other)| two(holder, *other)) {
            continue;
        }
        shared.insert(number);
        for (.., holder) in of {
            let row = mentions[*holder].row;
            let table = rows.view(row).table;
            let found = format!(
                "this row's {what} stands beside different children in the same list, so it was not used to match them"
            );
            let todo = "check whether it is the family's number, or was copied by mistake";
            let note = Note::new(Severity::Warning, "identifier-shared", &table.file, found, todo);
            notes.push(note.on_sheet(&table.sheet).on_row(rows.number(row)));
        }
    }
    if shared.is_empty() { (numbers, notes) } else { (numbers.only(|id| !shared.contains(&id)), notes) }
}

/// Table, number and mention of every number that several mentions have, in that order.
fn holders(mentions: &[Mention], numbers: &Gathered) -> Vec<(u32, u32, usize)> {
    let mut counts = vec![0u32; numbers.values().len()];
    let all = || (0..mentions.len()).flat_map(|m| numbers.of(m).iter().map(move |id| (m, *id)));
    all().for_each(|(_, id)| counts[id as usize] += 1);
    let several = all().filter(|(_, id)| counts[*id as usize] > 1);
    let mut holders: Vec<_> = several.map(|(m, id)| (mentions[m].row.table, id, m)).collect();
    holders.sort_unstable();
    holders
}

/// The first forename, folded.
fn first(name: &Name) -> String {
    fold_name(&name.forenames()).split(' ').next().unwrap_or_default().to_owned()
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
    use crate::child_ids;
    use crate::made_up::with_list;

    #[test]
    fn a_number_of_two_children_is_nobodys() {
        let columns: [(&str, &[&str]); 4] = [
            ("forename", &["Amelia", "Oliver", "Katie", "Katherine", "Leo", "Mia"]),
            ("surname", &["Hall", "Hall", "Carr", "Carr", "Hill", "Hill"]),
            ("child_id", &["7", "007", "8", "8", "9", "10"]),
            ("legacy_id", &["", "", "P7", "", "P9", "11"]),
        ];
        with_list(&columns, |rows, mentions| {
            let (present, other) = child_ids::gather(rows, mentions);
            assert_eq!(present.texts()[..2], [["7"], ["7"]]);
            assert_eq!(other.texts(), [vec![], vec![], vec!["P7"], vec![], vec!["P9"], vec![]]);
            let (left, notes) = leave_out(rows, mentions, "child id", present);
            assert_eq!(left.texts(), [vec![], vec![], vec!["8"], vec!["8"], vec!["9"], vec!["10", "11"]]);
            assert_eq!(notes.iter().map(|note| note.row).collect::<Vec<_>>(), [2, 3]);
        });
    }

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
