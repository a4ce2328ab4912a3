//! A table of a database, as an output of the dataset asks for it.

use std::collections::BTreeSet;

use collate_publish::{Key, Look, Output};

use crate::name::name;
use crate::own;
use crate::types::Type;

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name.
    pub name: String,
    /// What it holds, for people.
    pub comment: String,
    /// Its type.
    pub kind: Type,
    /// It is part of the primary key.
    pub key: bool,
    /// It holds the id of an entity.
    pub of_entity: bool,
    /// People look rows up by it.
    pub indexed: bool,
}

/// What becomes of rows that the dataset no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gone {
    /// They are deleted.
    Deleted,
    /// They stay: ids of other people's tables may refer to them.
    Retired,
    /// They stay as they are.
    Kept,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its name.
    pub name: String,
    /// What one row is, in a sentence.
    pub about: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Columns whose values rows may share; such rows have a running number, the last column.
    pub running: Option<Vec<usize>>,
    /// What becomes of rows that are gone.
    pub gone: Gone,
}

/// The running number among rows that share a key.
const NTH: &str = "nth";

/// Tables that speak of ids which the database may never have had.
const OF_FORMER_IDS: [&str; 2] = ["changes", "redirects"];

impl Table {
    /// The table of an output.
    pub fn of(output: &dyn Output) -> Table {
        let (key, running) = match output.key() {
            Key::Columns(key) => (key, None),
            Key::Running(key) => (key, Some(key.to_vec())),
        };
        let table = name(output.name());
        let is_of_entities = output.columns().first().is_some_and(|first| first.name == "collate_id")
            && output.key() == Key::Columns(&[0]);
        let mut taken = BTreeSet::new();
        let columns = output.columns().iter().enumerate().filter(|(_, column)| !column.is_for_answers());
        let mut columns: Vec<Column> = columns
            .map(|(i, column)| {
                // A heading of a tracker may be called like any column.
                let of_entity = match &*column.name {
                    "collate_id" => table != own::IDS && !OF_FORMER_IDS.contains(&table.as_str()),
                    "other_id" | "left_id" | "right_id" => !is_of_entities,
                    _ => false,
                };
                // Identifiers of entities are what people look for; ids are what they join by.
                let is_list = column.name.ends_with("_ids");
                let identifier = is_of_entities && column.look == Look::Id && !is_list;
                Column {
                    name: free_name(&column.name, &mut taken),
                    comment: comment(&column.title, column.look),
                    kind: column.look.into(),
                    key: key.contains(&i),
                    of_entity,
                    indexed: (of_entity || identifier) && key.first() != Some(&i),
                }
            })
            .collect();
        if running.is_some() {
            columns.push(Column {
                name: NTH.to_owned(),
                comment: "Running number among the rows that agree in the rest of the key".to_owned(),
                kind: Type::Whole,
                key: true,
                of_entity: false,
                indexed: false,
            });
        }
        let gone = match table.as_str() {
            own::IDS => Gone::Retired,
            own::COLUMNS => Gone::Kept,
            _ => Gone::Deleted,
        };
        Table { name: table, about: output.about().to_owned(), columns, running, gone }
    }

    /// The names of the primary key's columns.
    pub fn key(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.key).map(|column| column.name.as_str())
    }
}

/// A name that no other column of the table has; case makes no difference to SQLite.
fn free_name(text: &str, taken: &mut BTreeSet<String>) -> String {
    let further = (2..).map(|n| format!("{text}_{n}"));
    let mut names = std::iter::once(text.to_owned()).chain(further).map(|text| name(&text));
    let free = names.find(|name| taken.insert(name.to_lowercase()));
    free.unwrap_or_else(|| text.to_owned())
}

/// What a column holds, where its title does not say all.
fn comment(title: &str, look: Look) -> String {
    let more = match look {
        Look::Date => "; a value that is no single day is in as_text",
        Look::Money => ", in pounds; a value that is no plain sum is in as_text",
        Look::Number => "; a value that is no plain number is in as_text",
        Look::Bits => ", in bits",
        Look::Probability => ", 0 to 1",
        _ => "",
    };
    format!("{title}{more}")
}
