//! Merging: one value per field of each entity, with its source cell; every loser kept.
//!
//! The columns of a table know nothing of each other, so they are merged side by side, each with
//! texts of its own.

mod candidate;
mod cell;
mod choose;
mod column;
mod field;
mod names;
mod plan;
mod reader;
mod related;

use collate_model::{EntityColumn, EntityTable};
use rayon::prelude::*;

use crate::entities::Entities;
use crate::rows::Rows;

/// Merges every sort of entity; `numbers` are those of the entities of each.
pub fn merge(
    rows: &Rows,
    entities: &Entities,
    numbers: Vec<Vec<u32>>,
    tick: &dyn Fn(usize, usize),
) -> Vec<EntityTable> {
    let sorts = rows.kinds.entities.iter().zip(&entities.sets).zip(numbers);
    let mut tables: Vec<EntityTable> = sorts
        .map(|((def, set), numbers)| EntityTable {
            def: def.clone(),
            count: set.count,
            numbers,
            columns: Vec::new(),
        })
        .collect();
    for t in 0..tables.len() {
        tick(t, tables.len());
        let set = &entities.sets[t];
        let plans = plan::plans(rows, t);
        let merge = || -> Vec<EntityColumn> {
            plans.par_iter().with_max_len(1).map(|plan| column::merge(rows, set, plan)).collect()
        };
        let (merged, related) = rayon::join(merge, || related::relations(rows, entities, t, &tables));
        let named = related::children_named(rows, entities, t, &tables);
        tables[t].columns = named.into_iter().chain(merged).chain(related).collect();
    }
    tables
}
