//! What persons decided: which mentions are one child, which are two, and which values are right.

use collate_link::Records;
use collate_model::{Chosen, Conflict, Dataset, Note, Severity, Told, Who};

use crate::entities::{Entities, Member};
use crate::mention::{Mention, sign};
use crate::rows::{Row, Rows};

/// Tells the engine of the pairs whose mentions are there.
pub fn tell(rows: &Rows, mentions: &[Mention], told: &Told, records: Records) -> Records {
    let pairs = |pairs: &[(Who, Who)]| -> Vec<(u32, u32)> {
        let found = |who: &Who| find(rows, mentions, who);
        pairs.iter().filter_map(|(x, y)| Some((found(x)?, found(y)?))).filter(|(x, y)| x != y).collect()
    };
    if told.same.is_empty() && told.different.is_empty() {
        return records;
    }
    records.told(&pairs(&told.same), &pairs(&told.different))
}

/// The mention that a person spoke of: the one with the same forename, or in the same place.
fn find(rows: &Rows, mentions: &[Mention], who: &Who) -> Option<u32> {
    let row = Row { table: who.table, record: who.record };
    let from = mentions.partition_point(|mention| mention.row < row);
    let of_row = || (from..mentions.len()).take_while(|i| mentions[*i].row == row);
    let signed = of_row().find(|i| who.sign != 0 && sign(rows, mentions[*i]) == who.sign);
    signed.or_else(|| of_row().find(|i| mentions[*i].part == who.part)).map(|i| i as u32)
}

/// Puts the values that persons said are right in the place of others. Only what stands in a row of
/// the entity can be right: every value has its cell.
pub fn right_values(rows: &Rows, entities: &Entities, told: &Told, dataset: &mut Dataset) {
    for right in &told.values {
        let row = Row { table: right.who.table, record: right.who.record };
        let Some(set) = entities.sets.get(right.sort) else { continue };
        let of_row = |member: &&Member| member.row == row && member.part == right.who.part;
        // A row of several children is asked for the one that was meant.
        let signed = |member: &&Member| {
            member.row == row && right.who.sign != 0 && sign(rows, member.mention()) == right.who.sign
        };
        let member = set.members.iter().find(signed).or_else(|| set.members.iter().find(of_row));
        let Some(entity) = member.map(|member| member.entity) else { continue };
        if !put(dataset, right.sort, entity, &right.column, &right.value) {
            let view = rows.view(row);
            let what = format!(
                "decision {} says which {} of the {} in this row is right, and no row says that any more",
                right.decision,
                right.column.replace('_', " "),
                rows.kinds.entities[right.sort].name.replace('_', " ")
            );
            let note = Note::new(
                Severity::Warning,
                "decision-without-value",
                &view.table.file,
                what,
                "look at what the rows say now; take the decision back with collate decisions, or decide anew",
            );
            dataset.notes.push(note.on_sheet(&view.table.sheet).on_row(rows.number(row)));
        }
    }
}

/// Puts a value in the place of the one that was chosen, which loses against it; false where no row
/// has it.
fn put(dataset: &mut Dataset, sort: usize, entity: u32, name: &str, value: &str) -> bool {
    let Some(column) = dataset.tables[sort].columns.iter_mut().find(|column| column.name == name) else {
        return false;
    };
    let at = entity as usize;
    let why = "a person said that this is right";
    if column.value(at) == value {
        let why = column.texts.add(why);
        if let Some(chosen) = column.chosen.get_mut(at).and_then(Option::as_mut) {
            chosen.why = why;
        }
        return true;
    }
    let lost = |conflict: &Conflict| conflict.entity == entity && column.texts.get(conflict.other) == value;
    let Some(found) = column.conflicts.iter().position(lost) else { return false };
    let Some(former) = column.chosen(at) else { return false };
    let conflict = column.conflicts[found];
    let why = column.texts.add(why);
    column.conflicts[found] = Conflict { entity, other: column.values[at], other_at: former.origin };
    column.values[at] = conflict.other;
    column.chosen[at] = Some(Chosen { origin: conflict.other_at, raw: conflict.other, why });
    true
}
