//! What is different from the last run.

use std::collections::BTreeMap;

use collate_model::{
    Change, Changed, Dataset, EntityColumn, EntityTable, Redirect, each_row, lasting_hash, lasting_hashes,
};
use serde_json::{Map, Value};

use crate::error::RegisterError;
use crate::recalled::Recalled;
use crate::store::Register;

/// Columns that say something of the linking, not of the entity: they move with every run.
const OF_LINKING: [&str; 2] = ["probability", "source_rows"];

/// What most entities say is no longer.
const LENGTH: usize = 256;

/// Entities that are asked together.
const TOGETHER: usize = 512;

/// What each entity of a table says: column to value, as JSON, in the order of the columns; and the hash
/// of that. They are asked while they are taken: all at once would need as much memory as the table.
pub(crate) fn all_said(table: &EntityTable) -> impl Iterator<Item = (String, i64)> + '_ {
    let columns = table.columns.iter().filter(|column| !OF_LINKING.contains(&column.name.as_str()));
    let columns: Vec<(String, &EntityColumn)> = columns
        .filter(|column| !column.values.is_empty())
        .map(|column| {
            let mut name = String::new();
            push_json(&column.name, &mut name);
            name.push(':');
            (name, column)
        })
        .collect();
    let stretch = move |from: usize| {
        let entities = from..table.count.min(from + TOGETHER);
        let mut texts = Vec::with_capacity(entities.len());
        each_row(
            &columns,
            entities,
            |(_, column), entity| column.value(entity),
            |_, values| {
                let mut text = String::with_capacity(LENGTH);
                text.push('{');
                for ((name, _), value) in columns.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
                    if text.len() > 1 {
                        text.push(',');
                    }
                    text.push_str(name);
                    push_json(value, &mut text);
                }
                text.push('}');
                texts.push(text);
            },
        );
        let (four, rest) = texts.as_chunks::<4>();
        let prints = four.iter().flat_map(|four| lasting_hashes(four.each_ref().map(String::as_str)));
        let prints: Vec<u64> = prints.chain(rest.iter().map(|text| lasting_hash(text))).collect();
        texts.into_iter().zip(prints.into_iter().map(|print| print as i64))
    };
    (0..table.count).step_by(TOGETHER).flat_map(stretch)
}

fn push_json(value: &str, text: &mut String) {
    let plain = value.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    if plain {
        text.push('"');
        text.push_str(value);
        text.push('"');
    } else {
        text.push_str(&Value::from(value).to_string());
    }
}

impl Register {
    /// What is different from the last run of which all was done; nothing where there was none. Runs
    /// that died on the way are counted with this one, `of_run`: nobody may have seen what they published.
    pub fn changes(&self, recalled: &Recalled, of_run: &[Change]) -> Result<Vec<Change>, RegisterError> {
        let last = self.last_settled()?;
        if last == 0 {
            return Ok(Vec::new());
        }
        let mut changes = self.unsettled(last, recalled)?;
        changes.extend_from_slice(of_run);
        Ok(fold(changes))
    }

    /// What is different from the run before, whether all of it was done or not; nothing where nothing
    /// was published before.
    pub fn changes_of_run(
        &self,
        recalled: &Recalled,
        dataset: &Dataset,
    ) -> Result<Vec<Change>, RegisterError> {
        if self.last_published()?.is_none() {
            return Ok(Vec::new());
        }
        let mut changes = Vec::new();
        let all = recalled.numbered.lock().expect("no thread panics with it");
        for (sort, table) in dataset.tables.iter().enumerate() {
            let (_, of_register, _) = recalled.sorts[sort];
            let simple = |number, what| Change {
                sort,
                number,
                what,
                column: String::new(),
                old: String::new(),
                new: String::new(),
                at: Default::default(),
            };
            let numbered = all.get(&sort).map(|(_, numbered)| numbered);
            for (from, to) in numbered.iter().flat_map(|numbered| &numbered.merged) {
                if recalled
                    .known
                    .entities
                    .get(&(of_register, *from))
                    .is_some_and(|entity| entity.into.is_none())
                {
                    changes.push(Change { new: table.def.id(*to), ..simple(*from, Changed::Merged) });
                }
            }
            for ((entity, number), (text, print)) in table.numbers.iter().enumerate().zip(all_said(table)) {
                let Some(known) = recalled.known.entities.get(&(of_register, *number)) else {
                    let part_of = numbered.and_then(|numbered| numbered.split.get(number));
                    changes.push(match part_of {
                        Some(former) => {
                            Change { old: table.def.id(*former), ..simple(*number, Changed::Split) }
                        }
                        None => simple(*number, Changed::New),
                    });
                    continue;
                };
                if known.gone {
                    changes.push(simple(*number, Changed::Back));
                }
                if print != known.print {
                    let before = self.said(of_register, *number)?;
                    values(sort, dataset, entity, &before, &text, &mut changes);
                }
            }
            let merged = |number: &u32| numbered.is_some_and(|numbered| numbered.merged.contains_key(number));
            let is_here = |number: &u32| table.numbers.binary_search(number).is_ok();
            let gone = recalled.known.live(of_register).filter(|number| !is_here(number) && !merged(number));
            changes.extend(gone.map(|number| simple(number, Changed::Gone)));
        }
        changes.sort();
        Ok(changes)
    }

    /// What an entity said in the last run.
    fn said(&self, sort: u8, number: u32) -> Result<Map<String, Value>, RegisterError> {
        let mut select = self
            .db
            .prepare_cached("SELECT said FROM entities WHERE sort = ?1 AND number = ?2")
            .map_err(|error| self.failed(error))?;
        let text: String =
            select.query_row((sort, number), |row| row.get(0)).map_err(|error| self.failed(error))?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// The columns in which an entity had a value in the last run.
    pub fn columns_of(&self, sort: u8, number: u32) -> Result<Vec<String>, RegisterError> {
        Ok(self.said(sort, number)?.keys().cloned().collect())
    }

    /// The changes of the runs after this one.
    fn unsettled(&self, after: i64, recalled: &Recalled) -> Result<Vec<Change>, RegisterError> {
        let place = |sort: u8| recalled.sorts.iter().position(|(_, number, _)| *number == sort);
        self.changes_between(after, i64::MAX, &place)
    }

    /// The changes of the runs after the one up to the other; `place` says which sort of today one of
    /// the register is.
    fn changes_between(
        &self,
        after: i64,
        to: i64,
        place: &dyn Fn(u8) -> Option<usize>,
    ) -> Result<Vec<Change>, RegisterError> {
        let read = || -> rusqlite::Result<Vec<Change>> {
            let mut select = self.db.prepare(
                "SELECT sort, number, what, name, old, new, file, sheet, cell FROM changes
                 WHERE run > ?1 AND run <= ?2 ORDER BY run, rowid",
            )?;
            let mut rows = select.query([after, to])?;
            let mut changes = Vec::new();
            while let Some(row) = rows.next()? {
                let what = row.get_ref(2)?.as_str()?.parse();
                let (Some(sort), Ok(what)) = (place(row.get(0)?), what) else { continue };
                changes.push(Change {
                    sort,
                    number: row.get(1)?,
                    what,
                    column: row.get(3)?,
                    old: row.get(4)?,
                    new: row.get(5)?,
                    at: (row.get(6)?, row.get(7)?, row.get(8)?),
                });
            }
            Ok(changes)
        };
        read().map_err(|error| self.failed(error))
    }

    /// What is different between two runs, with the id of each entity; `defs` are the sorts by name.
    pub fn difference(&self, from: i64, to: i64, names: &[&str]) -> Result<Vec<Change>, RegisterError> {
        let name =
            |sort: u8| self.known.sorts.iter().find(|(_, (number, _))| *number == sort).map(|(name, _)| name);
        let place = |sort: u8| names.iter().position(|of| name(sort).is_some_and(|name| name == of));
        Ok(fold(self.changes_between(from, to, &place)?))
    }

    /// Every id that is no longer used, with the one in use that it leads to.
    pub fn redirects(&self, recalled: &Recalled) -> Vec<Redirect> {
        let all = recalled.numbered.lock().expect("no thread panics with it");
        let mut redirects = Vec::new();
        for (sort, (_, of_register, _)) in recalled.sorts.iter().enumerate() {
            let known = recalled.known.entities.range((*of_register, 0)..=(*of_register, u32::MAX));
            let mut into: BTreeMap<u32, u32> =
                known.filter_map(|((_, number), entity)| Some((*number, entity.into?))).collect();
            into.extend(all.get(&sort).iter().flat_map(|(_, numbered)| &numbered.merged));
            for from in into.keys() {
                let mut to = into[from];
                // A number leads to a number that was given later or that is older; it can't lead back,
                // but what is in a file is not believed for ever.
                for _ in 0..into.len() {
                    match into.get(&to) {
                        Some(next) if next != from => to = *next,
                        _ => break,
                    }
                }
                redirects.push(Redirect { sort, from: *from, to });
            }
        }
        redirects
    }
}

/// The values that changed between what an entity said and says.
fn values(
    sort: usize,
    dataset: &Dataset,
    entity: usize,
    before: &Map<String, Value>,
    now: &str,
    changes: &mut Vec<Change>,
) {
    let table = &dataset.tables[sort];
    let now: Map<String, Value> = serde_json::from_str(now).unwrap_or_default();
    let text = |map: &Map<String, Value>, name: &str| {
        map.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let gone = before.keys().filter(|name| !table.columns.iter().any(|column| &column.name == *name));
    for name in table.columns.iter().map(|column| &column.name).chain(gone) {
        let (old, new) = (text(before, name), text(&now, name));
        if old == new {
            continue;
        }
        let column = table.columns.iter().find(|column| column.name == *name);
        let at = column.and_then(|column| column.chosen(entity)).map(|chosen| {
            let source = &dataset.sources[chosen.origin.source as usize];
            (source.file.clone(), source.sheet.clone(), chosen.origin.cell())
        });
        let ends = table.def.ends.contains(name);
        let what = match (ends, old.is_empty(), new.is_empty()) {
            (true, true, false) => Changed::Concluded,
            (true, false, true) => Changed::Reopened,
            _ => Changed::Value,
        };
        let number = table.numbers[entity];
        changes.push(Change {
            sort,
            number,
            what,
            column: name.clone(),
            old,
            new,
            at: at.unwrap_or_default(),
        });
    }
}

/// Several runs in one: of a value the first and the last, of an entity what became of it in the end.
fn fold(changes: Vec<Change>) -> Vec<Change> {
    let is_value = |what| matches!(what, Changed::Value | Changed::Concluded | Changed::Reopened);
    let is_start = |what| matches!(what, Changed::New | Changed::Split | Changed::Back);
    let mut folded: BTreeMap<(usize, u32, String), Change> = BTreeMap::new();
    for change in changes {
        let key = (change.sort, change.number, change.column.clone());
        let whole = (change.sort, change.number, String::new());
        let fresh = folded.get(&whole).is_some_and(|first| is_start(first.what));
        if is_value(change.what) {
            // What is new is told as a whole.
            if fresh {
                continue;
            }
            match folded.remove(&key) {
                Some(first) if first.old == change.new => {}
                Some(first) => {
                    let what = match (first.old.is_empty(), change.new.is_empty(), change.what) {
                        (_, _, Changed::Value) => Changed::Value,
                        (true, false, _) => Changed::Concluded,
                        (false, true, _) => Changed::Reopened,
                        _ => Changed::Value,
                    };
                    folded.insert(key, Change { old: first.old, what, ..change });
                }
                None => {
                    folded.insert(key, change);
                }
            }
            continue;
        }
        match (folded.remove(&whole).map(|first| first.what), change.what) {
            // It came and went, or went and came.
            (Some(first), Changed::Gone) if is_start(first) && first != Changed::Back => {}
            (Some(Changed::Back), Changed::Gone) => {}
            (Some(Changed::Gone), Changed::Back) => {}
            _ => {
                folded.insert(whole, change);
            }
        }
    }
    let mut folded: Vec<Change> = folded.into_values().collect();
    folded.sort();
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_runs_are_told_as_one() {
        let change = |what, column: &str, old: &str, new: &str| Change {
            sort: 0,
            number: 1,
            what,
            column: column.to_owned(),
            old: old.to_owned(),
            new: new.to_owned(),
            at: Default::default(),
        };
        let value = |old, new| change(Changed::Value, "stage", old, new);
        let whole = |what| change(what, "", "", "");
        for (what, changes, expected) in [
            ("one", vec![value("a", "b")], vec![value("a", "b")]),
            ("two", vec![value("a", "b"), value("b", "c")], vec![value("a", "c")]),
            ("there and back", vec![value("a", "b"), value("b", "a")], vec![]),
            ("of what is new", vec![whole(Changed::New), value("a", "b")], vec![whole(Changed::New)]),
            ("came and went", vec![whole(Changed::New), whole(Changed::Gone)], vec![]),
            ("went and came", vec![whole(Changed::Gone), whole(Changed::Back)], vec![]),
            (
                "concluded and opened again",
                vec![
                    change(Changed::Concluded, "end", "", "2021-09-06"),
                    change(Changed::Reopened, "end", "2021-09-06", ""),
                ],
                vec![],
            ),
        ] {
            assert_eq!(fold(changes), expected, "{what}");
        }
    }
}
