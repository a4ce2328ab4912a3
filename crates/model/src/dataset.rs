//! The merged dataset: what reconcile gives and publish writes. Text is held once: a column's in its
//! own [`Texts`], so that columns are merged side by side; all other in one [`Pool`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Change, EntityDef, FieldType, Marked, Note, Origin, Pool, Redirect, Source, SourceId, TextId, Texts,
};

/// Where a merged value came from and why it was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The cell.
    pub origin: Origin,
    /// The cell's original text; in the column's texts.
    pub raw: TextId,
    /// Why this value, in plain English; in the column's texts.
    pub why: TextId,
}

/// A value that lost against the merged one, for the reason for which that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// Index of the entity.
    pub entity: u32,
    /// The value that lost; in the column's texts.
    pub other: TextId,
    /// Its cell.
    pub other_at: Origin,
}

/// One value of a field that changes over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryItem {
    /// Index of the entity.
    pub entity: u32,
    /// The value; in the column's texts.
    pub value: TextId,
    /// Since when, or when it was written down, where that is known.
    pub date: Option<Date>,
    /// Its cell.
    pub at: Origin,
}

/// One column of an entity's table, with the texts of its values.
#[derive(Debug, Clone)]
pub struct EntityColumn {
    /// Name in csv files: `date_of_birth`.
    pub name: String,
    /// Heading in the workbook: `Date of birth`.
    pub title: String,
    /// What it holds; dates are ISO 8601, money is pounds with two decimals.
    pub kind: FieldType,
    /// All texts of the column.
    pub texts: Texts,
    /// One text per entity, or none at all where no entity has a value; 0 is empty.
    pub values: Vec<TextId>,
    /// Where each came from; `None` for an empty value. None at all where no value is a cell's.
    pub chosen: Vec<Option<Chosen>>,
    /// Values that lost, in the order of the entities.
    pub conflicts: Vec<Conflict>,
    /// Values that change over time, in the order of the entities.
    pub history: Vec<HistoryItem>,
}

impl EntityColumn {
    /// A column without a value.
    pub fn new(name: &str, title: &str, kind: FieldType) -> Self {
        EntityColumn {
            name: name.to_owned(),
            title: title.to_owned(),
            kind,
            texts: Texts::default(),
            values: Vec::new(),
            chosen: Vec::new(),
            conflicts: Vec::new(),
            history: Vec::new(),
        }
    }

    /// An entity's value.
    pub fn value(&self, entity: usize) -> &str {
        self.values.get(entity).map_or("", |id| self.texts.get(*id))
    }

    /// Where an entity's value came from.
    pub fn chosen(&self, entity: usize) -> Option<Chosen> {
        self.chosen.get(entity).copied().flatten()
    }
}

/// All entities of one sort, in the order of their ids.
#[derive(Debug, Clone)]
pub struct EntityTable {
    /// What they are.
    pub def: EntityDef,
    /// How many there are.
    pub count: usize,
    /// The number of each, which lasts from run to run; ascending.
    pub numbers: Vec<u32>,
    /// The columns, in the order in which they are published.
    pub columns: Vec<EntityColumn>,
}

impl EntityTable {
    /// It has a file of its own.
    pub fn is_published(&self) -> bool {
        self.def.always || self.count > 0
    }

    /// The id of an entity: `CH-00012`.
    pub fn id(&self, entity: usize) -> String {
        let mut text = String::new();
        self.push_id(entity, &mut text);
        text
    }

    /// Appends the id of an entity: `CH-00012`.
    pub fn push_id(&self, entity: usize, text: &mut String) {
        self.def.push_id(self.numbers[entity], text);
    }
}

/// One mention of an entity in a source row, and why it belongs there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The sheet.
    pub source: SourceId,
    /// Row as a spreadsheet shows it, from 1.
    pub row: u32,
    /// Which of the children of the row, from 1; 1 for every other entity.
    pub part: u32,
    /// Index of the entity's table.
    pub table: u8,
    /// Index of the entity in that table.
    pub entity: u32,
    /// Match weight in bits against the rest of the entity; NaN where it stands alone or is joined by a key.
    pub weight: f32,
    /// Probability that it belongs there, 0 to 1.
    pub probability: f32,
    /// Sheet and number of the row of the entity that it is most like, where one was joined by likeness.
    pub like: Option<(SourceId, u32)>,
    /// Why, in plain English: how it agrees with that row, or what else joined it; in the pool.
    pub reason: TextId,
}

/// Two rows, or a row and an entity, that a person should look at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Review {
    /// Index of the entity's table.
    pub table: u8,
    /// The one entity (index in its table).
    pub left: u32,
    /// Its deciding row: sheet, row number, part.
    pub left_at: (SourceId, u32, u32),
    /// What it says of itself (names, dates); in the pool.
    pub left_text: TextId,
    /// The other entity.
    pub right: u32,
    /// Its deciding row.
    pub right_at: (SourceId, u32, u32),
    /// What it says of itself.
    pub right_text: TextId,
    /// Match weight in bits.
    pub weight: f32,
    /// Probability that they are the same, 0 to 1.
    pub probability: f32,
    /// Bits between this and the next best candidate; NaN where there is no other.
    pub lead: f32,
    /// Why it is doubtful, in plain English; in the pool.
    pub reason: TextId,
    /// By what an answer finds the pair again, in later runs too; in the pool. Empty where no register
    /// is kept.
    pub code: TextId,
    /// What a person said of it before, who could not decide it; in the pool.
    pub comment: TextId,
}

/// What became of the rows of one sheet. `read` is the sum of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RowCounts {
    /// Filled rows of the sheet. Of tables side by side, a row counts once for each that it fills.
    pub read: u64,
    /// Records that went into at least one entity.
    pub used: u64,
    /// Headings of tables, repeated ones included.
    pub header: u64,
    /// Titles, notes, rulers, totals, keys.
    pub furniture: u64,
    /// Rows that only go on with the text of the row above.
    pub continued: u64,
    /// Records that name nobody and nothing: each has a note.
    pub without_identity: u64,
    /// Rows of sheets that are no tracker: each sheet has a note.
    pub left_alone: u64,
}

impl RowCounts {
    /// Adds what became of other rows.
    pub fn add(&mut self, other: &RowCounts) {
        self.read += other.read;
        self.used += other.used;
        self.header += other.header;
        self.furniture += other.furniture;
        self.continued += other.continued;
        self.without_identity += other.without_identity;
        self.left_alone += other.left_alone;
    }
}

/// The merged dataset.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// The texts of links and reviews.
    pub pool: Pool,
    /// Every sheet that was read, in order.
    pub sources: Vec<Source>,
    /// Where the files of `sources` lie, as seen from the folder that is published: `../in/court.xlsx`.
    /// Not there where one can't be reached from the other.
    pub paths: BTreeMap<String, String>,
    /// What became of the rows of each sheet, in the order of `sources`.
    pub counts: Vec<RowCounts>,
    /// The entities, one table per sort.
    pub tables: Vec<EntityTable>,
    /// Every source row → its entities; sorted by source, row, table, part.
    pub links: Vec<Link>,
    /// What waits for a person.
    pub review: Vec<Review>,
    /// What is different from the last published run, sorted; nothing where there was none.
    pub changes: Vec<Change>,
    /// Ids that are no longer used, sorted.
    pub redirects: Vec<Redirect>,
    /// What a person sees on the rows beside their values, sorted.
    pub marks: Vec<Marked>,
    /// What could not be done, sorted.
    pub notes: Vec<Note>,
}

impl Dataset {
    /// How many values lost against the merged ones.
    pub fn conflicts(&self) -> usize {
        self.tables.iter().flat_map(|table| &table.columns).map(|column| column.conflicts.len()).sum()
    }
}
