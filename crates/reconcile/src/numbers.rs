//! Numbers that last: every sort of entity is put into the order of its numbers.

use collate_model::{Dataset, Mentioned, Numbering};
use rayon::prelude::*;

use crate::child::Children;
use crate::entities::Entities;
use crate::rows::Rows;

/// Has the entities numbered, and puts them, and all that points to them, into that order. Gives the
/// numbers of each sort.
pub fn last(
    rows: &Rows,
    numbering: &dyn Numbering,
    children: &mut Children,
    entities: &mut Entities,
    dataset: &mut Dataset,
) -> Vec<Vec<u32>> {
    let person = rows.kinds.entity("child");
    let mut numbers = Vec::with_capacity(entities.sets.len());
    let mut places: Vec<Vec<u32>> = Vec::with_capacity(entities.sets.len());
    for (sort, set) in entities.sets.iter_mut().enumerate() {
        let is_person = person == Some(sort);
        let mentioned: Vec<Mentioned> = (set.members.par_iter())
            .map(|member| Mentioned {
                table: member.row.table,
                record: member.row.record,
                part: member.part,
                sign: member.sign,
                entity: member.entity,
            })
            .collect();
        let given = numbering.numbers(sort, mentioned, set.count);
        assert_eq!(given.len(), set.count, "one number for each entity");
        let mut order: Vec<u32> = (0..set.count as u32).collect();
        order.sort_unstable_by_key(|entity| given[*entity as usize]);
        let mut place = vec![0; set.count];
        order.iter().zip(0..).for_each(|(entity, at)| place[*entity as usize] = at);
        if !order.is_sorted() {
            set.reorder(&place);
            if is_person {
                let linked = &mut children.linked;
                linked.clusters.iter_mut().for_each(|child| *child = place[*child as usize]);
                linked.probabilities =
                    order.iter().map(|child| linked.probabilities[*child as usize]).collect();
            }
        }
        numbers.push(order.iter().map(|entity| given[*entity as usize]).collect());
        places.push(place);
    }
    for link in &mut dataset.links {
        link.entity = places[link.table as usize][link.entity as usize];
    }
    numbers
}
