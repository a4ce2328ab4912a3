//! `manifest.json`: what the caller says of the run, and what was written.

use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{At, ErrorKind, PublishError};
use crate::files::{self, Written};

/// Name of the manifest's file.
pub(crate) const NAME: &str = "manifest.json";

/// Without `"program": "collate"` the next run would not know its own output.
pub(crate) fn check(manifest: &Value, out: &Path) -> Result<(), PublishError> {
    if is_of_collate(manifest) { Ok(()) } else { Err(PublishError::new(ErrorKind::Manifest, out)) }
}

/// Writes the manifest with the list of files.
pub(crate) fn write(manifest: &Value, files: &[Written], folder: &Path) -> Result<Written, PublishError> {
    let mut whole = manifest.as_object().cloned().unwrap_or_default();
    whole.insert("files".to_owned(), Value::Object(files.iter().map(entry).collect()));
    let path = folder.join(NAME);
    let mut text = serde_json::to_vec_pretty(&whole).at(ErrorKind::Manifest, &path)?;
    text.push(b'\n');
    let mut file = files::create(&path)?;
    file.write_all(&text).at(ErrorKind::Write, &path)?;
    files::finish(&file, folder, NAME, None)
}

/// The manifest of a former output; `None` if the folder holds none of ours.
pub(crate) fn read(folder: &Path) -> Option<Value> {
    let text = std::fs::read(folder.join(NAME)).ok()?;
    serde_json::from_slice(&text).ok().filter(is_of_collate)
}

/// The hash of a file that the manifest lists.
pub(crate) fn sha256<'a>(manifest: &'a Value, file: &str) -> Option<&'a str> {
    manifest.get("files")?.get(file)?.get("sha256")?.as_str()
}

fn is_of_collate(manifest: &Value) -> bool {
    manifest.get("program").and_then(Value::as_str) == Some("collate")
}

fn entry(file: &Written) -> (String, Value) {
    let mut entry = Map::new();
    entry.insert("rows".to_owned(), file.rows.into());
    entry.insert("sha256".to_owned(), file.sha256.as_str().into());
    (file.name.clone(), Value::Object(entry))
}
