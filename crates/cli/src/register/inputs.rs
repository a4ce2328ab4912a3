//! What a run read, as the register keeps it: the next run's guard holds its own against it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use collate_model::{CleanTable, Cleaned, Kinds};
use collate_register::InputSeen;
use serde_json::{Map, Value, json};

use crate::pipeline::ReadFile;

/// Stands before the heading of a column that is no field.
pub(super) const OWN: &str = "own heading: ";

/// The files, each with the records of its sheets and how many of them fill each field.
pub fn inputs(files: &[ReadFile], tables: &[CleanTable], kinds: &Kinds) -> Vec<InputSeen> {
    let mut sheets: BTreeMap<&str, BTreeMap<&str, Sheet>> = BTreeMap::new();
    for table in tables {
        let sheet = sheets.entry(&table.file).or_default().entry(&table.sheet).or_default();
        sheet.rows += table.rows.len() as u64;
        let Some(kind) = kinds.kind(&table.kind) else { continue };
        for column in &table.columns {
            // What can't be read is as good as empty.
            let says = |value: &Cleaned| {
                !value.value.is_missing() && value.value != collate_model::Value::Unreadable
            };
            let says: Vec<bool> = column.values.iter().map(says).collect();
            let filled = column.ids.iter().filter(|id| says[**id as usize]).count();
            let name = match column.field {
                Some(field) => Cow::Borrowed(kind.fields[field].name.as_str()),
                None if column.header.is_empty() => continue,
                None => Cow::Owned(format!("{OWN}{}", column.header)),
            };
            *sheet.filled.entry(name).or_default() += filled as u64;
        }
    }
    let nothing = BTreeMap::new();
    let seen = |read: &ReadFile| {
        let of_file = sheets.get(read.file.name.as_str()).unwrap_or(&nothing);
        let described: Map<String, Value> = (of_file.iter())
            .map(|(name, sheet)| ((*name).to_owned(), json!({ "rows": sheet.rows, "filled": sheet.filled })))
            .collect();
        InputSeen {
            file: read.file.name.clone(),
            sha256: read.file.sha256.clone(),
            bytes: read.file.bytes,
            rows: of_file.values().map(|sheet| sheet.rows).sum(),
            sheets: described.into(),
        }
    };
    files.iter().map(seen).collect()
}

#[derive(Default)]
struct Sheet<'a> {
    rows: u64,
    filled: BTreeMap<Cow<'a, str>, u64>,
}
