//! A dataset with other values.

use collate_model::{Chosen, EntityTable, Pool, TextId};

/// Changes the value of an entity in a table's first column.
pub fn set_first(table: &mut EntityTable, entity: usize, text: &str) {
    let column = &mut table.columns[0];
    let mut pool = Pool::new();
    let values = (0..table.count).map(|i| pool.intern(if i == entity { text } else { column.value(i) }));
    let values: Vec<TextId> = values.collect();
    let why = pool.intern("The only value.");
    for (chosen, value) in column.chosen.iter_mut().zip(&values) {
        *chosen = chosen.map(|chosen| Chosen { raw: *value, why, ..chosen });
    }
    (column.values, column.texts) = (values, pool.into_texts());
}
