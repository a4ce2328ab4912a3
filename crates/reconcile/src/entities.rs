//! Entities from mentions: every sort in the kinds' order, each using those before it.

use collate_link::sentence;
use collate_model::{Dataset, EntityKind, Link, TextId, Value};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::case::{CaseMention, Joined, rows_with_cases};
use crate::child::Children;
use crate::keyed::{self, Keys};
use crate::mention::{Mention, sign};
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
    /// What tells the children of a row apart: see [`sign`]; 0 for every other entity.
    pub sign: u32,
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
    /// Of entities that are joined by probability: how sure each is as a whole.
    pub probabilities: Vec<f32>,
    /// The entities of all rows, row by row.
    entities: Vec<u32>,
    /// Where those of each row start, table by table; nothing where there are no entities.
    starts: Vec<u32>,
    /// Where each table starts in `starts`.
    tables: Vec<usize>,
}

impl EntitySet {
    /// Takes the members in the order of their rows.
    fn new(rows: &Rows, mut members: Vec<Member>, count: usize) -> Self {
        debug_assert!(members.is_sorted_by_key(|member| (member.row, member.part)));
        if members.is_empty() {
            return EntitySet::default();
        }
        let (mut entities, mut starts) = (Vec::with_capacity(members.len()), Vec::new());
        let (mut tables, mut rest) = (Vec::new(), members.iter().peekable());
        for (table, view) in (0..).zip(&rows.tables) {
            tables.push(starts.len());
            for record in 0..view.table.rows.len() as u32 {
                starts.push(entities.len() as u32);
                while let Some(member) = rest.next_if(|member| member.row == Row { table, record }) {
                    entities.push(member.entity);
                }
            }
        }
        starts.push(entities.len() as u32);
        members.par_sort_unstable();
        EntitySet { members, count, probabilities: Vec::new(), entities, starts, tables }
    }

    /// The entities of a row.
    pub fn of(&self, row: Row) -> &[u32] {
        let Some(table) = self.tables.get(row.table as usize) else { return &[] };
        let at = table + row.record as usize;
        &self.entities[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Gives every entity another place in the order.
    pub fn reorder(&mut self, place: &[u32]) {
        let old = std::mem::take(&mut self.probabilities);
        if !old.is_empty() {
            self.probabilities = vec![0.0; old.len()];
            old.into_iter().zip(place).for_each(|(p, to)| self.probabilities[*to as usize] = p);
        }
        self.entities.iter_mut().for_each(|entity| *entity = place[*entity as usize]);
        self.members.iter_mut().for_each(|member| member.entity = place[member.entity as usize]);
        self.members.par_sort_unstable();
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
        dataset.links.sort_by_key(|link| (link.source, link.row, link.table, link.part));
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
    let alone = dataset.pool.intern("the only row that names this child");
    let told = dataset.pool.intern("a person said that they are one child");
    let told_same = told_same(children);
    let mut sentences = FxHashMap::default();
    let mut members = Vec::with_capacity(clusters.len());
    // Row by row, as they lie in memory.
    let signs: Vec<u32> = children.mentions.par_iter().map(|mention| sign(rows, *mention)).collect();
    dataset.links.reserve(clusters.len());
    for (i, mention) in children.mentions.iter().enumerate() {
        let found = &children.linked.members[i];
        let member = Member {
            entity: clusters[i],
            row: mention.row,
            part: mention.part,
            of: mention.of,
            sign: signs[i],
        };
        let mut link = Link {
            weight: found.weight,
            probability: found.probability,
            ..link(rows, table, &member, 1.0, alone)
        };
        if found.partner != i as u32 {
            let other = children.mentions[found.partner as usize].row;
            link.like = Some((rows.view(other).source, rows.number(other)));
            link.reason = *sentences
                .entry(found.pattern)
                .or_insert_with(|| dataset.pool.intern(&sentence(&children.records, found.pattern)));
        }
        if let Ok(at) = told_same.binary_search_by_key(&(i as u32), |(record, _)| *record) {
            let other = children.mentions[told_same[at].1 as usize].row;
            link.like = Some((rows.view(other).source, rows.number(other)));
            link.reason = told;
        }
        dataset.links.push(link);
        members.push(member);
    }
    let count = clusters.iter().max().map_or(0, |last| *last as usize + 1);
    EntitySet { probabilities: children.linked.probabilities.clone(), ..EntitySet::new(rows, members, count) }
}

/// Mentions of which a person said that they are one with another of their child, and that other; sorted.
fn told_same(children: &Children) -> Vec<(u32, u32)> {
    let clusters = &children.linked.clusters;
    let joined = |(a, b): &&(u32, u32)| clusters[*a as usize] == clusters[*b as usize];
    let pairs = children.records.told_same().iter().filter(joined);
    let mut told: Vec<(u32, u32)> = pairs.flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
    told.sort_unstable();
    told.dedup_by_key(|(record, _)| *record);
    told
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
        let member = Member { entity, row: mention.row, part: 1, of: 1, sign: 0 };
        let reason = dataset.pool.intern(reason);
        dataset.links.push(link(rows, table, &member, probability, reason));
        members.push(member);
    }
    EntitySet::new(rows, members, count)
}

fn keyed_ones(rows: &Rows, entities: &Entities, table: u8, dataset: &mut Dataset) -> EntitySet {
    let def = &rows.kinds.entities[table as usize];
    // Most sorts of entities are of kinds that are not here: no row need be asked.
    if !rows.tables.iter().any(|view| view.mentions(&def.name)) {
        return EntitySet::default();
    }
    let keys = |row: Row, as_written: bool| -> Keys {
        def.keys.iter().map(|key| key_text(rows, entities, row, key, as_written)).collect()
    };
    let any = |keys: &Keys| keys.iter().any(Option::is_some);
    // A row that has all of a key, though not all of it can be read, is of something, if of nothing that
    // another row is of: `Apr` of nobody knows which year.
    let identified = |row: Row, read: &Keys| {
        any(read) || entities.sets.iter().any(|set| !set.of(row).is_empty()) || any(&keys(row, true))
    };
    let (mentioning, keys): (Vec<Row>, Vec<Keys>) = rows
        .iter()
        .filter(|row| rows.view(*row).mentions(&def.name))
        .map(|row| (row, keys(row, false)))
        .filter(|(row, keys)| identified(*row, keys))
        .unzip();
    let (numbers, joined, count) = keyed::link(&keys);
    let mut members = Vec::with_capacity(mentioning.len());
    for ((row, entity), key) in mentioning.iter().zip(numbers).zip(joined) {
        let member = Member { entity, row: *row, part: 1, of: 1, sign: 0 };
        let reason = match key {
            Some(key) => format!("the same {}", def.keys[key].join(", ").replace('_', " ")),
            None => format!("the first row of this {}", def.name),
        };
        let reason = dataset.pool.intern(&reason);
        dataset.links.push(link(rows, table, &member, 1.0, reason));
        members.push(member);
    }
    EntitySet::new(rows, members, count)
}

/// The values of a key, if the row has them all; `as_written` takes those that could not be read too.
fn key_text(rows: &Rows, entities: &Entities, row: Row, key: &[String], as_written: bool) -> Option<String> {
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
            let cell = rows.cell(row, field)?;
            let mut shown = String::new();
            shown::push_text(&cell.value, &mut shown);
            if as_written && cell.value == Value::Unreadable {
                shown.push_str(&cell.raw);
            }
            if shown.is_empty() {
                return None;
            }
            text.extend(shown.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        }
        text.push('\u{1f}');
    }
    Some(text)
}

/// A link that a key made.
fn link(rows: &Rows, table: u8, member: &Member, probability: f32, reason: TextId) -> Link {
    Link {
        source: rows.view(member.row).source,
        row: rows.number(member.row),
        part: member.part,
        table,
        entity: member.entity,
        weight: f32::NAN,
        probability,
        like: None,
        reason,
    }
}
