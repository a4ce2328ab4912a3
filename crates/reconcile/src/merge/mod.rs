//! Merging: one value per field of each entity, with its source cell; every loser kept.

mod candidate;
mod choose;
mod plan;

use collate_model::{Chosen, Conflict, Dataset, EntityColumn, EntityTable, FieldType, HistoryItem, TextId};

use crate::entities::{Entities, EntitySet};
use crate::rows::Rows;
use crate::shown;
use candidate::{Candidate, Candidates};
use plan::{Plan, Taken};

/// Merges every sort of entity.
pub fn merge(rows: &Rows, entities: &Entities, dataset: &mut Dataset, tick: &dyn Fn(usize, usize)) {
    let shown = (rows.tables.iter())
        .map(|view| shown::columns(view.table, |c| view.column_type(c), &mut dataset.pool))
        .collect();
    let free = rows.tables.iter().map(plan::free_names).collect();
    let candidates = Candidates { rows, shown, free };
    for (t, def) in rows.kinds.entities.iter().enumerate() {
        let set = &entities.sets[t];
        let ids = (1..=set.count).map(|n| dataset.pool.intern(&format!("{}-{n:05}", def.prefix))).collect();
        dataset.tables.push(EntityTable { def: def.clone(), ids, columns: Vec::new() });
    }
    let sorts = entities.sets.len();
    for t in 0..sorts {
        tick(t, sorts);
        if let Some(names) = children_named(rows, entities, t, dataset) {
            dataset.tables[t].columns.push(names);
        }
        for plan in plan::plans(rows, t) {
            let column = dataset.tables[t].columns.len() as u32;
            let merged = Merge { candidates: &candidates, plan: &plan, table: t as u8, column }
                .run(&entities.sets[t], dataset);
            dataset.tables[t].columns.push(merged);
        }
        for (name, title, values) in relations(rows, entities, t, dataset) {
            let chosen = vec![None; values.len()];
            dataset.tables[t].columns.push(EntityColumn {
                name,
                title,
                kind: FieldType::Reference,
                values,
                chosen,
            });
        }
    }
}

struct Merge<'a> {
    candidates: &'a Candidates<'a>,
    plan: &'a Plan,
    table: u8,
    column: u32,
}

impl Merge<'_> {
    fn run(&self, set: &EntitySet, dataset: &mut Dataset) -> EntityColumn {
        let mut values = vec![0; set.count];
        let mut chosen = vec![None; set.count];
        let mut found = Vec::new();
        for members in set.groups() {
            let entity = members[0].entity;
            found.clear();
            for member in members {
                self.candidates.of(self.plan, member, &mut dataset.pool, &mut found);
            }
            let Some(best) = choose::best(&found) else { continue };
            let at = entity as usize;
            (values[at], chosen[at]) = match self.plan.taken {
                Taken::All => self.all(&found, dataset),
                Taken::Best => self.best(entity, best, &found, dataset),
            };
        }
        let Plan { name, title, kind, .. } = self.plan;
        EntityColumn { name: name.clone(), title: title.clone(), kind: *kind, values, chosen }
    }

    /// Every distinct value, in the order of the rows.
    fn all(&self, found: &[Candidate], dataset: &mut Dataset) -> (TextId, Option<Chosen>) {
        let mut distinct: Vec<TextId> = Vec::new();
        for candidate in found {
            for part in &candidate.parts {
                if *part != 0 && !distinct.contains(part) {
                    distinct.push(*part);
                }
            }
        }
        let texts: Vec<&str> = distinct.iter().map(|id| dataset.pool.get(*id)).collect();
        let joined = texts.join("; ");
        let why =
            dataset.pool.intern(if distinct.len() > 1 { "all values are kept" } else { "the only value" });
        let chosen = Chosen { origin: found[0].origin, raw: found[0].raw, why };
        (dataset.pool.intern(&joined), Some(chosen))
    }

    /// The best value; the others become conflicts, or history.
    fn best(
        &self,
        entity: u32,
        best: usize,
        found: &[Candidate],
        dataset: &mut Dataset,
    ) -> (TextId, Option<Chosen>) {
        let kept = &found[best];
        let losers = choose::losers(found, best);
        let why = choose::why(found, best, &losers);
        let why = dataset.pool.intern(&why);
        if self.plan.history {
            for item in choose::over_time(found) {
                dataset.history.push(HistoryItem {
                    table: self.table,
                    entity,
                    column: self.column,
                    value: found[item].text,
                    date: found[item].as_at,
                    at: found[item].origin,
                });
            }
        } else {
            for loser in losers {
                dataset.conflicts.push(Conflict {
                    table: self.table,
                    entity,
                    column: self.column,
                    kept: kept.text,
                    kept_at: kept.origin,
                    other: found[loser].text,
                    other_at: found[loser].origin,
                    why,
                });
            }
        }
        (kept.text, Some(Chosen { origin: kept.origin, raw: kept.raw, why }))
    }
}

/// Who the children of a case, claim, audit or episode are, by the names that were merged for
/// them; as the rows have it where they name none.
fn children_named(rows: &Rows, entities: &Entities, t: usize, dataset: &mut Dataset) -> Option<EntityColumn> {
    let child = rows.kinds.entity("child").filter(|child| *child < t)?;
    let named = |name: &str| dataset.tables[child].columns.iter().find(|column| column.name == name);
    let (surname, forenames) = (named("surname")?, named("forenames")?);
    let mut texts = vec![String::new(); entities.sets[t].count];
    for members in entities.sets[t].groups() {
        let text = &mut texts[members[0].entity as usize];
        let mut ids: Vec<u32> =
            members.iter().flat_map(|m| entities.sets[child].of(m.row)).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let name = |id: &u32| {
            let parts =
                [surname.values[*id as usize], forenames.values[*id as usize]].map(|id| dataset.pool.get(id));
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        *text = ids.iter().map(name).collect::<Vec<_>>().join("; ");
        if ids.is_empty() {
            let written = members.iter().find_map(|member| rows.cell(member.row, "child_name"));
            *text = written.map(|cell| cell.raw.to_string()).unwrap_or_default();
        }
    }
    if texts.iter().all(String::is_empty) {
        return None;
    }
    let values: Vec<TextId> = texts.iter().map(|text| dataset.pool.intern(text)).collect();
    let chosen = vec![None; values.len()];
    Some(EntityColumn {
        name: "children".to_owned(),
        title: "Children".to_owned(),
        kind: FieldType::Text,
        values,
        chosen,
    })
}

/// Columns that say which other entities an entity's rows speak of, and how many rows it has.
fn relations(
    rows: &Rows,
    entities: &Entities,
    t: usize,
    dataset: &mut Dataset,
) -> Vec<(String, String, Vec<TextId>)> {
    let mut columns = Vec::new();
    for (o, other) in rows.kinds.entities.iter().enumerate().filter(|(o, _)| *o != t) {
        if !matches!(other.name.as_str(), "child" | "case") || entities.sets[o].count == 0 {
            continue;
        }
        let mut values = vec![0; entities.sets[t].count];
        for members in entities.sets[t].groups() {
            let mut ids: Vec<u32> =
                members.iter().flat_map(|m| entities.sets[o].of(m.row)).copied().collect();
            ids.sort_unstable();
            ids.dedup();
            let texts: Vec<&str> =
                ids.iter().map(|id| dataset.pool.get(dataset.tables[o].ids[*id as usize])).collect();
            let joined = texts.join("; ");
            values[members[0].entity as usize] = dataset.pool.intern(&joined);
        }
        if values.iter().any(|v| *v != 0) {
            columns.push((format!("{}_ids", other.name), other.title.clone(), values));
        }
    }
    let mut counts = vec![0; entities.sets[t].count];
    for members in entities.sets[t].groups() {
        counts[members[0].entity as usize] = dataset.pool.intern(&members.len().to_string());
    }
    columns.push(("source_rows".to_owned(), "Source rows".to_owned(), counts));
    columns
}
