//! `collate_run`: which run the data is of. It has no time in it: the same run gives the same row.

use collate_publish::{Column, Key, Look};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::lines::Lines;

static COLUMNS: [Column; 4] = [
    Column::new("program", "The program: collate", Look::Text),
    Column::new("version", "Its version", Look::Text),
    Column::new("inputs_sha256", "SHA-256 over the names and hashes of all files that were read", Look::Id),
    Column::new("manifest", "What the run was given and did, as manifest.json has it", Look::Prose),
];

/// The table with its one row.
pub(crate) fn run(manifest: &Value) -> Lines {
    let text = |key: &str| manifest.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let row = vec![text("program"), text("version"), inputs(manifest), manifest.to_string()];
    Lines {
        name: "collate_run",
        about: "One row: the run whose result the other tables hold.",
        columns: &COLUMNS,
        key: Key::Columns(&[0]),
        rows: vec![row],
    }
}

/// The files that were read, as one hash: a line of name and hash for each.
fn inputs(manifest: &Value) -> String {
    let mut hash = Sha256::new();
    for input in manifest.get("inputs").and_then(Value::as_array).into_iter().flatten() {
        for key in ["file", "sha256"] {
            hash.update(input.get(key).and_then(Value::as_str).unwrap_or_default());
            hash.update(b"\n");
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
