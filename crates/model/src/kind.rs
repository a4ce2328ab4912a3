//! What a tracker kind is: the schema of the files in `crates/recognise/kinds/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Severity, Short};

/// What a field's cells hold, and so how they are cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Free text.
    Text,
    /// Names of the people the record is about: one or several, with dates of birth, ages, roles.
    People,
    /// Forename(s) alone, in a list that splits names over columns.
    Forename,
    /// Surname alone.
    Surname,
    /// An official: solicitor, social worker, judge. Never evidence for who a child is.
    Official,
    /// A day, or whatever a person writes there instead.
    Date,
    /// A deadline or period that may be a span; published as text, first day and last day.
    DateSpan,
    /// Court case numbers, one or several.
    CaseNumber,
    /// An opaque reference, kept as text.
    Reference,
    /// An identifier of a child within one authority, kept as text.
    ChildId,
    /// NHS number with its check digit.
    Nhs,
    /// Unique pupil number with its check letter.
    Upn,
    /// UK postcode.
    Postcode,
    /// One of the field's values.
    Code,
    /// Several of the field's values in one cell.
    Codes,
    /// Legal status or order.
    LegalStatus,
    /// Yes, no, and what is written between the two.
    YesNo,
    /// Pounds.
    Money,
    /// A number.
    Number,
    /// Red, amber, green, blue.
    Rag,
    /// Male, female, unknown, unborn.
    Sex,
}

/// Where a field's cells come from when no column of the table holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derive {
    /// The heading above the table.
    Section,
    /// The whole cell of the field with this name.
    SameAs(String),
    /// The mark at the start of the text of the field with this name: `b` of `b) Draft the letter`.
    ListMark(String),
}

/// A rule for two dates of one record. Breaking it is a note, and nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The earlier date's field.
    pub from: String,
    /// The later date's field.
    pub to: String,
    /// Most days between the two; without it the later one must only not be before the other.
    #[serde(default)]
    pub days: Option<i64>,
    /// A missing later date is the day on which the tracker was true: the record is still open.
    #[serde(default)]
    pub open: bool,
    /// Fields of which any, where it is filled, says that the record is no longer open.
    #[serde(default)]
    pub unless: Vec<String>,
    /// How much it matters.
    #[serde(default = "warning")]
    pub severity: Severity,
    /// What is wrong, for people.
    pub says: String,
    /// What to do about it.
    #[serde(default)]
    pub todo: String,
}

fn warning() -> Severity {
    Severity::Warning
}

/// How a table with records in columns becomes one with records in rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unpivot {
    /// Fields whose columns hold a record each. They are not published themselves.
    pub fields: Vec<String>,
    /// The field that such a column's heading becomes.
    pub heading: String,
    /// The field that its cell becomes.
    pub value: String,
    /// The field that its cell becomes where it is a date. Then further columns that read alike are taken
    /// for such too.
    #[serde(default)]
    pub dates: Option<String>,
    /// The field that usually goes down the page. Where the table is turned, the columns are of it: months
    /// down, measures across.
    #[serde(default)]
    pub down: Option<String>,
}

/// One field of a tracker kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in the merged dataset; the same name in two kinds is the same merged column.
    pub name: String,
    /// Heading for people.
    pub title: String,
    /// What its cells hold.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The entity it speaks of.
    pub of: String,
    /// Headings under which it is found.
    #[serde(default)]
    pub headers: Vec<String>,
    /// For codes: each value with the spellings that mean it.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
    /// This kind owns the field: it wins when sources disagree.
    #[serde(default)]
    pub owner: bool,
    /// Different values at different dates are history, not conflict.
    #[serde(default)]
    pub history: bool,
    /// Legally privileged: withheld from extracts.
    #[serde(default)]
    pub private: bool,
    /// It says something of its entity alone: the others that a row mentions do not have it from there.
    #[serde(default)]
    pub alone: bool,
    /// A blank cell means "as above".
    #[serde(default)]
    pub fill_down: bool,
    /// Where its cells come from when no column holds it.
    #[serde(default)]
    pub derive: Option<Derive>,
}

/// A kind of tracker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Name, as in `collate.toml`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What the tracker is kept for.
    pub purpose: String,
    /// What one row is.
    pub row: String,
    /// The entities that a row mentions; the first is what the row is a record of.
    pub entities: Vec<String>,
    /// No two of its rows are the same person unless they say so themselves: the keeper
    /// of the tracker gives each child one row (or one row per episode).
    #[serde(default)]
    pub distinct: bool,
    /// A table is of this kind only if it has all fields of one of these lists.
    pub anchors: Vec<Vec<String>>,
    /// Headings that a table of this kind never has.
    #[serde(default)]
    pub never: Vec<String>,
    /// Words of a title, sheet name or file name that speak for the kind.
    #[serde(default)]
    pub words: Vec<String>,
    /// Names of fields of `shared.toml` that the kind has too.
    #[serde(default)]
    pub shared: Vec<String>,
    /// Names among `shared` that this kind owns.
    #[serde(default)]
    pub owns: Vec<String>,
    /// Rules for the dates of a record.
    #[serde(default, rename = "check")]
    pub checks: Vec<Check>,
    /// Columns that each hold a record of their own, such as months across.
    #[serde(default)]
    pub unpivot: Option<Unpivot>,
    /// Its fields; once loaded, the shared ones are here too.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

impl Kind {
    /// Position of a field by its name.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

/// How mentions of an entity are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// By probability, over everything that the rows know of a person.
    Person,
    /// By court number after repair, then by the children concerned.
    Case,
    /// By the entity's keys, in order.
    Keyed,
}

/// An entity that rows speak of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityDef {
    /// Name: `child`.
    pub name: String,
    /// Name of its file: `children`.
    pub plural: String,
    /// Title of its sheet: `Children`.
    pub title: String,
    /// Prefix of its ids: `CH`.
    pub prefix: String,
    /// How its mentions are joined.
    pub link: EntityKind,
    /// For keyed entities: lists of fields that identify one; the name of another entity
    /// stands for the id that the row's mention of it was given.
    #[serde(default)]
    pub keys: Vec<Vec<String>>,
    /// Its file is published even where there are none.
    #[serde(default)]
    pub always: bool,
    /// Fields whose dates say that it has ended.
    #[serde(default)]
    pub ends: Vec<String>,
}

impl EntityDef {
    /// Appends the id of the entity with this number: `CH-00012`.
    pub fn push_id(&self, number: u32, text: &mut String) {
        text.push_str(&self.prefix);
        text.push('-');
        text.push_str(Short::default().digits(number.into(), 5).as_str());
    }

    /// The id of the entity with this number.
    pub fn id(&self, number: u32) -> String {
        let mut text = String::new();
        self.push_id(number, &mut text);
        text
    }
}

/// Everything that is known of trackers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kinds {
    /// The entities, in the order in which they are linked and published.
    pub entities: Vec<EntityDef>,
    /// The tracker kinds.
    pub kinds: Vec<Kind>,
}

impl Kinds {
    /// A kind by its name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// Position of an entity by its name.
    pub fn entity(&self, name: &str) -> Option<usize> {
        self.entities.iter().position(|entity| entity.name == name)
    }
}
