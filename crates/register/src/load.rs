//! All that a run needs to know of the runs before.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::mention::Mention;
use crate::recall::{KnownRow, KnownRows};

/// What the register knows.
#[derive(Debug, Default)]
pub struct Known {
    /// Number of each sheet.
    pub sources: BTreeMap<(String, String), i64>,
    /// Number and next number of each sort.
    pub sorts: BTreeMap<String, (u8, u32)>,
    /// Prefix of the ids of each sort.
    pub prefixes: BTreeMap<u8, String>,
    /// Every row.
    pub rows: KnownRows,
    /// Its mentions, as they are kept, row by row.
    pub mentions: Vec<Box<[u8]>>,
    /// Every entity, by the number of its sort and its own.
    pub entities: BTreeMap<(u8, u32), KnownEntity>,
    /// The next number of a row.
    pub next_row: i64,
}

/// An entity that was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownEntity {
    /// None of its rows was there in the last run.
    pub gone: bool,
    /// The number of the one that it has become one with.
    pub into: Option<u32>,
    /// Hash of what it said.
    pub print: i64,
}

impl Known {
    /// Reads it.
    pub fn load(db: &Connection) -> rusqlite::Result<Self> {
        let mut known = Known { next_row: 1, ..Known::default() };
        let mut sources = db.prepare("SELECT file, sheet, source FROM sources")?;
        for source in sources.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))? {
            let (name, number) = source?;
            known.sources.insert(name, number);
        }
        let mut sorts = db.prepare("SELECT name, sort, next, prefix FROM sorts")?;
        for sort in sorts.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?), row.get(3)?)))? {
            let (name, numbers, prefix): (String, (u8, u32), String) = sort?;
            known.prefixes.insert(numbers.0, prefix);
            known.sorts.insert(name, numbers);
        }
        let mut rows =
            db.prepare("SELECT row, source, number, gone, content, prints, mentions FROM rows ORDER BY row")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let gone = row.get_ref(3)? != rusqlite::types::ValueRef::Null;
            known.rows.rows.push(KnownRow {
                row: row.get(0)?,
                source: row.get(1)?,
                number: row.get(2)?,
                gone,
            });
            known.rows.prints.push(row.get::<_, i64>(4)? as u64, row.get_ref(5)?.as_blob()?);
            known.mentions.push(row.get_ref(6)?.as_blob()?.into());
            known.next_row = row.get::<_, i64>(0)? + 1;
        }
        let mut entities =
            db.prepare("SELECT sort, number, gone IS NOT NULL, leads_to, print FROM entities")?;
        let entity = |row: &rusqlite::Row| {
            let entity = KnownEntity { gone: row.get(2)?, into: row.get(3)?, print: row.get(4)? };
            Ok(((row.get(0)?, row.get(1)?), entity))
        };
        for entity in entities.query_map([], entity)? {
            let (key, entity) = entity?;
            known.entities.insert(key, entity);
        }
        Ok(known)
    }

    /// What belongs together fits together. SQLite has no checksums of its own, so that a changed byte is
    /// seen here or nowhere.
    pub fn is_sound(&self) -> bool {
        let sources: BTreeSet<i64> = self.sources.values().copied().collect();
        let next: BTreeMap<u8, u32> = self.sorts.values().copied().collect();
        let is_given =
            |sort: u8, number: u32| number > 0 && next.get(&sort).is_some_and(|next| number < *next);
        let leads = |(sort, number): (u8, u32), into: u32| {
            into != number && self.entities.contains_key(&(sort, into))
        };
        self.rows.rows.iter().all(|row| sources.contains(&row.source))
            && self.mentions.iter().all(|bytes| Mention::are_whole(bytes))
            && (self.mentions.iter().flat_map(|bytes| Mention::all(bytes))).all(|mention| {
                is_given(mention.sort, mention.number) && is_given(mention.sort, mention.first)
            })
            && (self.entities.iter()).all(|(key, entity)| {
                is_given(key.0, key.1) && entity.into.is_none_or(|into| leads(*key, into))
            })
    }

    /// The numbers of a sort that lead to others.
    pub fn retired(&self, sort: u8) -> BTreeSet<u32> {
        let of_sort = self.entities.range((sort, 0)..=(sort, u32::MAX));
        of_sort.filter(|(_, entity)| entity.into.is_some()).map(|((_, number), _)| *number).collect()
    }

    /// The numbers of a sort that are in use.
    pub fn live(&self, sort: u8) -> impl Iterator<Item = u32> + '_ {
        let of_sort = self.entities.range((sort, 0)..=(sort, u32::MAX));
        of_sort.filter(|(_, entity)| !entity.gone && entity.into.is_none()).map(|((_, number), _)| *number)
    }

    /// Number and next number of a sort, and of a sort that is new.
    pub fn sort(&self, name: &str, others: usize) -> (u8, u32) {
        let fresh =
            || (self.sorts.values().map(|(sort, _)| *sort).max().unwrap_or(0) as usize + 1 + others) as u8;
        self.sorts.get(name).copied().unwrap_or_else(|| (fresh(), 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_together_is_seen() {
        let entity = |into| KnownEntity { gone: false, into, print: 0 };
        let known = |entities: &[(u32, Option<u32>)], source, mentions: &[u8]| Known {
            sources: BTreeMap::from([(("a.csv".to_owned(), String::new()), 1)]),
            sorts: BTreeMap::from([("child".to_owned(), (1, 3))]),
            rows: KnownRows {
                rows: vec![KnownRow { row: 1, source, number: 2, gone: false }],
                ..KnownRows::default()
            },
            mentions: vec![mentions.into()],
            entities: entities.iter().map(|(number, into)| ((1, *number), entity(*into))).collect(),
            ..Known::default()
        };
        let mention = |number| {
            let mut bytes = Vec::new();
            Mention { sort: 1, part: 1, sign: 0, number, first: number }.put(&mut bytes);
            bytes
        };
        for (what, known, sound) in [
            ("as it should be", known(&[(1, None), (2, Some(1))], 1, &mention(1)), true),
            ("it leads to nobody", known(&[(1, None), (2, Some(9))], 1, &mention(1)), false),
            ("it leads to itself", known(&[(1, Some(1))], 1, &mention(1)), false),
            ("a number that was never given", known(&[(3, None)], 1, &mention(1)), false),
            ("a mention of one", known(&[(1, None)], 1, &mention(3)), false),
            ("half a mention", known(&[(1, None)], 1, &mention(1)[..7]), false),
            ("a row of no sheet", known(&[(1, None)], 2, &mention(1)), false),
        ] {
            assert_eq!(known.is_sound(), sound, "{what}");
        }
    }
}
