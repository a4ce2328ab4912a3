//! Columns that are kept under their own heading.

use collate_model::CleanTable;
use rustc_hash::FxHashMap;

/// The columns of a table that no field was found for.
pub struct OwnColumns {
    /// Each with a name of its own: of two with one heading the second is `name_2`.
    pub names: Vec<(usize, String)>,
    places: FxHashMap<String, usize>,
}

impl OwnColumns {
    /// Names them.
    pub fn of(table: &CleanTable) -> Self {
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        let own = table.columns.iter().enumerate().filter(|(_, column)| column.field.is_none());
        let named = own.map(|(c, column)| {
            let name = slug(&column.header);
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            (c, if *count == 1 { name } else { format!("{name}_{count}") })
        });
        let names: Vec<(usize, String)> = named.collect();
        let mut places = FxHashMap::default();
        for (c, name) in &names {
            places.entry(name.clone()).or_insert(*c);
        }
        OwnColumns { names, places }
    }

    /// The column of this name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }
}

/// A heading as a column name: `Birth place` is `birth_place`. Never the name of a column that
/// every table has.
fn slug(header: &str) -> String {
    let tidy: String = header
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_lowercase().next().unwrap_or(c) } else { ' ' })
        .collect();
    let slug = tidy.split_whitespace().collect::<Vec<_>>().join("_");
    match slug.as_str() {
        "" => "column".to_owned(),
        "collate_id" | "children" | "probability" | "source_rows" | "child_ids" | "case_ids" => {
            format!("{slug}_in_source")
        }
        _ => slug,
    }
}
