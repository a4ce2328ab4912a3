//! Entities from mentions: every sort in the kinds' order, each using those before it.

use collate_link::sentence;
use collate_model::{Dataset, EntityKind, Link, Value};

use crate::case::{CaseMention, Joined, rows_with_cases};
use crate::child::Children;
use crate::keyed::{self, Keys};
use crate::mention::Mention;
use crate::rows::{Row, Rows};
use crate::{case, shown};

/// A mention and the entity it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Number of the entity in its table.
    pub entity: u32,
    /// The row.
    pub row: Row,
    /// Which of the row's children, from 1; 1 for every other entity.
    pub part: u32,
    /// How many children the row names; 1 for every other entity.
    pub of: u32,
}

impl Member {
    /// The member as a mention of a child.
    pub fn mention(&self) -> Mention {
        Mention { row: self.row, part: self.part, of: self.of }
    }
}

/// All entities of one sort.
#[derive(Default)]
pub struct EntitySet {
    /// Its members, sorted by entity, row and part.
    pub members: Vec<Member>,
    /// How many entities there are.
    pub count: usize,
    /// For each table, row by row, the entities of the row.
    of_row: Vec<Vec<Vec<u32>>>,
}

impl EntitySet {
    fn new(rows: &Rows, mut members: Vec<Member>, count: usize) -> Self {
        let mut of_row: Vec<Vec<Vec<u32>>> =
            rows.tables.iter().map(|v| vec![Vec::new(); v.table.rows.len()]).collect();
        for member in &members {
            of_row[member.row.table as usize][member.row.record as usize].push(member.entity);
        }
        members.sort_unstable();
        EntitySet { members, count, of_row }
    }

    /// The entities of a row.
    pub fn of(&self, row: Row) -> &[u32] {
        self.of_row.get(row.table as usize).map_or(&[], |table| &table[row.record as usize])
    }

    /// The members of each entity, in the order of the entities.
    pub fn groups(&self) -> impl Iterator<Item = &[Member]> {
        self.members.chunk_by(|x, y| x.entity == y.entity)
    }
}

/// All entities of all sorts, in the kinds' order.
pub struct Entities {
    /// One set per sort.
    pub sets: Vec<EntitySet>,
}

impl Entities {
    /// Forms them, and writes the links into the dataset.
    pub fn form(rows: &Rows, children: &Children, dataset: &mut Dataset) -> Self {
        let mut entities = Entities { sets: Vec::new() };
        for (table, def) in rows.kinds.entities.iter().enumerate() {
            let set = match def.link {
                EntityKind::Person => persons(rows, children, table as u8, dataset),
                EntityKind::Case => cases(rows, &entities, table as u8, dataset),
                EntityKind::Keyed => keyed_ones(rows, &entities, table as u8, dataset),
            };
            entities.sets.push(set);
        }
        dataset.links.sort_unstable_by_key(|link| (link.source, link.row, link.table, link.part));
        entities
    }

    /// The set of a sort, by name.
    pub fn set(&self, rows: &Rows, name: &str) -> Option<&EntitySet> {
        self.sets.get(rows.kinds.entity(name)?)
    }

    /// Every row that went into some entity (more than once where it went into several).
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        self.sets.iter().flat_map(|set| set.members.iter().map(|m| m.row))
    }
}

fn persons(rows: &Rows, children: &Children, table: u8, dataset: &mut Dataset) -> EntitySet {
    let clusters = &children.linked.clusters;
    let mut members = Vec::with_capacity(clusters.len());
    for (i, mention) in children.mentions.iter().enumerate() {
        let found = &children.linked.members[i];
        let reason = if found.partner == i as u32 {
            "the only row that names this child".to_owned()
        } else {
            let other = children.mentions[found.partner as usize];
            let place = rows.view(other.row);
            let sheet = if place.table.sheet.is_empty() {
                String::new()
            } else {
                format!(", sheet {}", place.table.sheet)
            };
            let agreement = sentence(&children.records, found.pattern);
            format!("like row {} of {}{sheet}: {agreement}", rows.number(other.row), place.table.file)
        };
        let member = Member { entity: clusters[i], row: mention.row, part: mention.part, of: mention.of };
        push_link(rows, dataset, table, &member, (found.weight, found.probability), &reason);
        members.push(member);
    }
    let count = clusters.iter().max().map_or(0, |last| *last as usize + 1);
    EntitySet::new(rows, members, count)
}

fn cases(rows: &Rows, entities: &Entities, table: u8, dataset: &mut Dataset) -> EntitySet {
    let children = entities.set(rows, "child");
    let mentions: Vec<CaseMention> = rows_with_cases(rows)
        .map(|row| CaseMention {
            row,
            numbers: rows.refs(row, "case_number"),
            children: children.map_or(Vec::new(), |set| set.of(row).to_vec()),
        })
        .collect();
    let (numbers, joined, count) = case::link(&mentions);
    let mut members = Vec::with_capacity(mentions.len());
    for ((mention, entity), joined) in mentions.iter().zip(numbers).zip(joined) {
        let (probability, reason) = match joined {
            Joined::Alone => (1.0, "the first row of this case"),
            Joined::Number => (0.999, "the same case number"),
            Joined::NearNumber => (0.98, "a case number one typing error away, and a child in common"),
            Joined::Children => (0.95, "no case number; the only case of its children"),
        };
        let member = Member { entity, row: mention.row, part: 1, of: 1 };
        push_link(rows, dataset, table, &member, (f32::NAN, probability), reason);
        members.push(member);
    }
    EntitySet::new(rows, members, count)
}

fn keyed_ones(rows: &Rows, entities: &Entities, table: u8, dataset: &mut Dataset) -> EntitySet {
    let def = &rows.kinds.entities[table as usize];
    let identified = |row: Row, keys: &Keys| {
        keys.iter().any(Option::is_some) || entities.sets.iter().any(|set| !set.of(row).is_empty())
    };
    let (mentioning, keys): (Vec<Row>, Vec<Keys>) = rows
        .iter()
        .filter(|row| rows.view(*row).mentions(&def.name))
        .map(|row| (row, def.keys.iter().map(|key| key_text(rows, entities, row, key)).collect::<Keys>()))
        .filter(|(row, keys)| identified(*row, keys))
        .unzip();
    let (numbers, joined, count) = keyed::link(&keys);
    let mut members = Vec::with_capacity(mentioning.len());
    for ((row, entity), key) in mentioning.iter().zip(numbers).zip(joined) {
        let member = Member { entity, row: *row, part: 1, of: 1 };
        let reason = match key {
            Some(key) => format!("the same {}", def.keys[key].join(", ").replace('_', " ")),
            None => format!("the first row of this {}", def.name),
        };
        push_link(rows, dataset, table, &member, (f32::NAN, 1.0), &reason);
        members.push(member);
    }
    EntitySet::new(rows, members, count)
}

/// The values of a key, if the row has them all.
fn key_text(rows: &Rows, entities: &Entities, row: Row, key: &[String]) -> Option<String> {
    let mut text = String::new();
    for field in key {
        if let Some(set) = entities.set(rows, field) {
            let mut ids = set.of(row).to_vec();
            ids.sort_unstable();
            if ids.is_empty() {
                return None;
            }
            text.push_str(&format!("{ids:?}"));
        } else {
            let value = &rows.cell(row, field)?.value;
            let shown = match value {
                Value::Unreadable => return None,
                _ => shown::text(value),
            };
            if shown.is_empty() {
                return None;
            }
            text.extend(shown.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        }
        text.push('\u{1f}');
    }
    Some(text)
}

fn push_link(
    rows: &Rows,
    dataset: &mut Dataset,
    table: u8,
    member: &Member,
    (weight, probability): (f32, f32),
    reason: &str,
) {
    dataset.links.push(Link {
        source: rows.view(member.row).source,
        row: rows.number(member.row),
        part: member.part,
        table,
        entity: member.entity,
        weight,
        probability,
        reason: dataset.pool.intern(reason),
    });
}
