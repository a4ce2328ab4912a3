//! The rows of a table, put together from its columns.
//!
//! What the cells hold is far apart in memory. A few rows are therefore looked up together, column
//! by column: the processor then waits for many cells at a time, and not for one after the other.

use std::ops::Range;

/// Rows that are looked up together.
const TOGETHER: usize = 64;

/// Hands on each of these entities with what `look` finds for it, one item per column.
pub fn each_row<'a, C, T: Copy + Default>(
    columns: &'a [C],
    entities: Range<usize>,
    look: impl Fn(&'a C, usize) -> T,
    mut row: impl FnMut(usize, &[T]),
) {
    let width = columns.len();
    let mut found = vec![T::default(); TOGETHER * width];
    for from in entities.clone().step_by(TOGETHER) {
        let together = from..entities.end.min(from + TOGETHER);
        for (c, column) in columns.iter().enumerate() {
            for (r, entity) in together.clone().enumerate() {
                found[r * width + c] = look(column, entity);
            }
        }
        for (r, entity) in together.enumerate() {
            row(entity, &found[r * width..][..width]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn every_row_has_an_item_per_column() {
        fn look<'a>(column: &&'a str, entity: usize) -> (&'a str, usize) {
            (column, entity)
        }
        let columns = ["a", "b"];
        for entities in [0..0, 3..4, 5..5 + TOGETHER, 7..300] {
            let mut rows = Vec::new();
            each_row(&columns, entities.clone(), look, |entity, row| rows.push((entity, row.to_vec())));
            let expected = entities.map(|entity| (entity, vec![("a", entity), ("b", entity)]));
            assert_eq!(rows, expected.collect::<Vec<_>>());
        }
    }
}
