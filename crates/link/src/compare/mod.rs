//! Comparisons: how alike two records are, field by field, as small whole numbers.
//!
//! Every distinct value is prepared once. A pair of records becomes a [`Pattern`]: one level
//! per column, packed into one integer. Nothing is allocated per pair.

mod aliases;
pub(crate) mod date;
mod glance;
mod level;
pub(crate) mod name;
mod pattern;
mod postcode;
mod short_forms;
mod text;

use std::sync::OnceLock;

use rayon::prelude::*;

pub use aliases::Aliases;
pub use glance::{Glances, Scratch};
pub use level::{Level, MISSING, SAME, levels, questions, swapped};
pub use pattern::Pattern;

use crate::drawn::drawn;
use crate::kernel::Word;
use crate::records::{Column, FieldKind, Records};
use date::DateValue;
use name::{NameValue, Names};
use postcode::Postcode;
use text::Texts;

/// The distinct values of one column, prepared.
enum Prepared {
    Names(Names),
    Dates(Vec<DateValue>),
    Texts(Texts),
    Postcodes(Vec<Postcode>),
    Words(Vec<Word>),
}

/// Compares records.
pub struct Comparer<'a> {
    records: &'a Records,
    /// Record by record, one number per column, so that a record is found in one place: its only
    /// value plus one, 0 for none, [`SEVERAL`].
    rows: Vec<u32>,
    prepared: Vec<Prepared>,
    /// Column by column; none before they are learnt.
    aliases: Vec<Aliases>,
    /// (forename column, surname column, surname value → same text's forename value or `u32::MAX`).
    swap: Option<(usize, usize, Vec<u32>)>,
    sample: OnceLock<Vec<u32>>,
}

/// Records in the sample that stands for all of them.
const SAMPLE: usize = 30_000;

const SEVERAL: u32 = u32::MAX;

/// Levels that were computed lately, one memory per thread.
pub struct Memory {
    slots: Vec<(u64, u8)>,
}

impl Default for Memory {
    fn default() -> Self {
        Memory { slots: vec![(u64::MAX, 0); 1 << 14] }
    }
}

impl<'a> Comparer<'a> {
    /// Prepares every distinct value of every column.
    pub fn new(records: &'a Records) -> Self {
        let columns = records.columns();
        let prepare = |column: &Column| {
            let values = || column.values().par_iter().with_min_len(4096);
            match column.kind {
                FieldKind::Forename | FieldKind::Surname => Prepared::Names(Names::new(column.values())),
                FieldKind::Text => Prepared::Texts(Texts::new(column.values())),
                FieldKind::Date => Prepared::Dates(values().map(|v| DateValue::parse(v)).collect()),
                FieldKind::Postcode => Prepared::Postcodes(values().map(|v| Postcode::new(v)).collect()),
                _ => Prepared::Words(values().map(|v| Word::new(v)).collect()),
            }
        };
        let prepared = columns.par_iter().map(prepare).collect();
        let mut rows = vec![0; records.len() * columns.len()];
        rows.par_chunks_mut(columns.len().max(1)).enumerate().with_min_len(4096).for_each(|(record, row)| {
            for (cell, column) in row.iter_mut().zip(columns) {
                *cell = match column.ids(record as u32) {
                    [] => 0,
                    [id] => id + 1,
                    _ => SEVERAL,
                };
            }
        });
        Comparer {
            records,
            rows,
            prepared,
            aliases: Vec::new(),
            swap: swap(records),
            sample: OnceLock::new(),
        }
    }

    fn row(&self, record: u32) -> &[u32] {
        let width = self.records.columns().len();
        &self.rows[record as usize * width..(record as usize + 1) * width]
    }

    /// The records.
    pub fn records(&self) -> &'a Records {
        self.records
    }

    /// About thirty thousand of the records, or all, drawn by what they hold.
    pub(crate) fn sample(&self) -> &[u32] {
        self.sample.get_or_init(|| drawn(self.records, SAMPLE))
    }

    /// The agreement pattern of two records.
    pub fn pattern(&self, a: u32, b: u32, memory: &mut Memory) -> Pattern {
        self.pattern_while(a, b, memory, |_, _| true).unwrap_or_default()
    }

    /// The agreement pattern of two records, unless `go_on`, which is told the level of each
    /// column, says that no more need be known.
    pub fn pattern_while(
        &self,
        a: u32,
        b: u32,
        memory: &mut Memory,
        mut go_on: impl FnMut(usize, u8) -> bool,
    ) -> Option<Pattern> {
        let mut pattern = Pattern::default();
        for (c, (x, y)) in self.row(a).iter().zip(self.row(b)).enumerate() {
            if *x == 0 || *y == 0 {
                continue;
            }
            let level = if *x == SEVERAL || *y == SEVERAL {
                self.best_of_several(c, a, b, memory)
            } else {
                self.level(c, x - 1, y - 1, memory)
            };
            if !go_on(c, level) {
                return None;
            }
            pattern.set(c, level);
        }
        if let Some((forename, surname, same)) = &self.swap
            && pattern.get(*forename) >= name::forename::DOUBTFUL
            && pattern.get(*surname) >= name::surname::DOUBTFUL
            && self.swapped(*forename, *surname, same, a, b)
        {
            pattern.set(*forename, name::forename::SWAPPED);
            pattern.set(*surname, name::surname::SWAPPED);
        }
        Some(pattern)
    }

    /// The names of the two records were found in each other's place.
    pub fn is_swapped(&self, pattern: Pattern) -> bool {
        self.swap.as_ref().is_some_and(|(forename, ..)| pattern.get(*forename) == name::forename::SWAPPED)
    }

    fn best_of_several(&self, column: usize, a: u32, b: u32, memory: &mut Memory) -> u8 {
        let column_of = &self.records.columns()[column];
        let mut best = MISSING;
        for x in column_of.ids(a) {
            for y in column_of.ids(b) {
                let level = self.level(column, *x, *y, memory);
                if level != MISSING && (best == MISSING || level < best) {
                    best = level;
                }
            }
        }
        best
    }

    /// The level of two values of a column.
    pub fn level(&self, column: usize, x: u32, y: u32, memory: &mut Memory) -> u8 {
        if x == y {
            return match &self.prepared[column] {
                Prepared::Dates(dates) => dates[x as usize].against(&dates[x as usize]),
                Prepared::Names(names) => names.values[x as usize].itself(),
                Prepared::Texts(_) | Prepared::Postcodes(_) | Prepared::Words(_) => SAME,
            };
        }
        let (x, y) = (x.min(y), x.max(y));
        let key = (column as u64) << 56 ^ u64::from(x) << 28 ^ u64::from(y);
        let slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50) as usize;
        let exact = x < 1 << 28 && y < 1 << 28;
        if exact && memory.slots[slot].0 == key {
            return memory.slots[slot].1;
        }
        let level = self.compute(column, x as usize, y as usize);
        if exact {
            memory.slots[slot] = (key, level);
        }
        level
    }

    fn compute(&self, column: usize, x: usize, y: usize) -> u8 {
        match (&self.prepared[column], self.records.columns()[column].kind) {
            (Prepared::Names(names), FieldKind::Forename) => {
                let level = names.forename(x, y);
                let unlike = matches!(level, name::forename::ALIKE | name::forename::DIFFERENT);
                let (first, other) = (names.values[x].tokens[0], names.values[y].tokens[0]);
                if unlike && self.is_alias(column, first, other) { name::forename::SHORT } else { level }
            }
            (Prepared::Names(names), _) => names.surname(x, y),
            (Prepared::Dates(dates), _) => dates[x].against(&dates[y]),
            (Prepared::Texts(texts), _) => match texts.level(x, y) {
                level if level > text::text_level::NEAR && self.is_alias(column, x as u32, y as u32) => {
                    text::text_level::NEAR
                }
                level => level,
            },
            (Prepared::Postcodes(postcodes), _) => postcodes[x].level(&postcodes[y]),
            (Prepared::Words(words), FieldKind::Identifier | FieldKind::Reference) => {
                text::reference(&words[x], &words[y])
            }
            (Prepared::Words(_), _) => text::code::DIFFERENT,
        }
    }

    fn is_alias(&self, column: usize, x: u32, y: u32) -> bool {
        self.aliases.get(column).is_some_and(|aliases| aliases.has(x, y))
    }

    /// The names of one record are those of the other in each other's place; one of the two may
    /// have a slip in it.
    fn swapped(&self, forename: usize, surname: usize, same: &[u32], a: u32, b: u32) -> bool {
        let columns = self.records.columns();
        let crosses = |x: u32, y: u32| match (self.only(surname, x), self.only(forename, y)) {
            (Some(s), Some(f)) => same[s as usize] == f,
            _ => {
                columns[surname].ids(x).iter().any(|s| columns[forename].ids(y).contains(&same[*s as usize]))
            }
        };
        let nearly = |x: u32, y: u32| match (&self.prepared[surname], &self.prepared[forename]) {
            (Prepared::Names(surnames), Prepared::Names(forenames)) => columns[surname]
                .ids(x)
                .iter()
                .any(|s| columns[forename].ids(y).iter().any(|f| surnames.nearly(*s, forenames, *f))),
            _ => false,
        };
        match (crosses(a, b), crosses(b, a)) {
            (true, true) => true,
            (true, false) => nearly(b, a),
            (false, true) => nearly(a, b),
            (false, false) => false,
        }
    }

    /// A record's value, where it has one and no other.
    pub(crate) fn only(&self, column: usize, record: u32) -> Option<u32> {
        let cell = self.row(record)[column];
        (cell != 0 && cell != SEVERAL).then(|| cell - 1)
    }

    /// For names: the distinct single names of a column, and those of each value.
    pub(crate) fn names(&self, column: usize) -> Option<(&[Box<str>], &[NameValue])> {
        match &self.prepared[column] {
            Prepared::Names(names) => Some((&names.tokens, &names.values)),
            _ => None,
        }
    }

    /// For dates: year, month and day of a value, 0 where not known.
    pub(crate) fn date(&self, column: usize, id: u32) -> Option<(u16, u8, u8, bool)> {
        match &self.prepared[column] {
            Prepared::Dates(dates) => Some(dates[id as usize].parts()),
            _ => None,
        }
    }
}

fn swap(records: &Records) -> Option<(usize, usize, Vec<u32>)> {
    let find = |kind| records.columns().iter().position(|column| column.kind == kind);
    let (forename, surname) = (find(FieldKind::Forename)?, find(FieldKind::Surname)?);
    let forenames = records.columns()[forename].values();
    let ids: rustc_hash::FxHashMap<&str, u32> =
        forenames.iter().enumerate().map(|(i, v)| (&**v, i as u32)).collect();
    let same =
        records.columns()[surname].values().iter().map(|v| *ids.get(&**v).unwrap_or(&u32::MAX)).collect();
    Some((forename, surname, same))
}
