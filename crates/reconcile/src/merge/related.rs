//! Columns that say which other entities an entity's rows speak of, and how many rows it has.

use collate_model::{EntityColumn, EntityTable, FieldType, Pool, Short};

use crate::entities::{Entities, EntitySet, Member};
use crate::rows::Rows;

/// Who the children of a case, claim, audit or episode are, by the names that were merged for
/// them; as the rows have it where they name none. `tables` are those of the sorts before.
pub fn children_named(
    rows: &Rows,
    entities: &Entities,
    t: usize,
    tables: &[EntityTable],
) -> Option<EntityColumn> {
    let child = rows.kinds.entity("child").filter(|child| *child < t)?;
    let named = |name: &str| tables[child].columns.iter().find(|column| column.name == name);
    let (surname, forenames) = (named("surname")?, named("forenames")?);
    let set = &entities.sets[child];
    let column = column("children", "Children", FieldType::Text, &entities.sets[t], |members, text| {
        let ids = ids(set, members);
        push_joined(&ids, text, |id, text| {
            let (surname, forenames) = (surname.value(id), forenames.value(id));
            text.push_str(surname);
            if !surname.is_empty() && !forenames.is_empty() {
                text.push_str(", ");
            }
            text.push_str(forenames);
        });
        if ids.is_empty() {
            let written = members.iter().find_map(|member| rows.cell(member.row, "child_name"));
            text.push_str(written.map_or("", |cell| &cell.raw));
        }
    });
    column.values.iter().any(|value| *value != 0).then_some(column)
}

/// The ids of the children and cases that an entity's rows speak of, and the number of its rows.
pub fn relations(rows: &Rows, entities: &Entities, t: usize, tables: &[EntityTable]) -> Vec<EntityColumn> {
    let mut columns = Vec::new();
    let own = &entities.sets[t];
    for (o, other) in rows.kinds.entities.iter().enumerate().filter(|(o, _)| *o != t) {
        let set = &entities.sets[o];
        if !matches!(other.name.as_str(), "child" | "case") || set.count == 0 {
            continue;
        }
        let name = format!("{}_ids", other.name);
        let ids = column(&name, &other.title, FieldType::Reference, own, |members, text| {
            push_joined(&ids(set, members), text, |id, text| tables[o].push_id(id, text));
        });
        if ids.values.iter().any(|value| *value != 0) {
            columns.push(ids);
        }
    }
    if !own.probabilities.is_empty() {
        columns.push(column("probability", "Probability", FieldType::Number, own, |members, text| {
            let probability = own.probabilities[members[0].entity as usize];
            text.push_str(Short::default().decimals(probability, 4).as_str());
        }));
    }
    columns.push(column("source_rows", "Source rows", FieldType::Number, own, |members, text| {
        text.push_str(Short::default().digits(members.len() as u64, 1).as_str());
    }));
    columns
}

/// A column of what is said of the members of each entity.
fn column(
    name: &str,
    title: &str,
    kind: FieldType,
    set: &EntitySet,
    say: impl Fn(&[Member], &mut String),
) -> EntityColumn {
    let (mut pool, mut values, mut text) = (Pool::new(), vec![0; set.count], String::new());
    for members in set.groups() {
        text.clear();
        say(members, &mut text);
        values[members[0].entity as usize] = pool.intern(&text);
    }
    EntityColumn { values, texts: pool.into_texts(), ..EntityColumn::new(name, title, kind) }
}

/// The entities of another sort in the rows of these members.
fn ids(set: &EntitySet, members: &[Member]) -> Vec<u32> {
    let mut ids: Vec<u32> = members.iter().flat_map(|member| set.of(member.row)).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn push_joined(ids: &[u32], text: &mut String, push: impl Fn(usize, &mut String)) {
    for (i, id) in ids.iter().enumerate() {
        text.push_str(if i == 0 { "" } else { "; " });
        push(*id as usize, text);
    }
}
