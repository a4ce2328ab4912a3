//! All that a run is given, as one hash: a run that is given the same makes the same, so it need not
//! be made again.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use collate_register::Decision;
use rayon::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::args::RunArgs;
use crate::databases::Databases;
use crate::linking::ModelUsed;
use crate::places::paths;
use crate::plan::Plan;

/// The hash of what this run is given, but for decisions; none where a file can't be read to its end.
pub fn given(
    plan: &Plan,
    args: &RunArgs,
    model: Option<&ModelUsed>,
    databases: &Databases,
) -> Option<String> {
    let most = plan.config.limits().file_bytes;
    let of_file = |path: &Path| hash_of_input(path, most).ok();
    let files: Vec<Option<String>> = plan.inputs.par_iter().map(|input| of_file(&input.path)).collect();
    let mut hash = Sha256::new();
    let mut take = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    take(env!("CARGO_PKG_VERSION"));
    for (input, file) in plan.inputs.iter().zip(files) {
        take(&input.name);
        take(&file?);
    }
    // The workbook has links to them.
    paths(plan, &args.out).values().for_each(|path| take(path));
    take(plan.config.text());
    // The kinds of the user are in files of their own.
    take(&format!("{:?}", plan.kinds));
    take(&serde_json::to_string(&model).unwrap_or_default());
    take(&format!("{:?} {:?} {}", args.formats, args.input.limit, plan.skip_hidden));
    take(&databases.names());
    Some(hexadecimal(hash))
}

/// The same with these decisions. Where their rows are now says nothing: that is in the files.
pub fn with_decisions(given: &str, decisions: &[Decision]) -> String {
    let mut hash = Sha256::new();
    hash.update(given);
    for decision in decisions {
        let Decision { decision: number, place, what, why, .. } = decision;
        hash.update(format!("{number} {place:?} {what:?} {why:?} {}\n", decision.is_in_force()));
    }
    hexadecimal(hash)
}

/// The files of a published folder are as its manifest says, whose own hash this is.
pub fn is_whole(out: &Path, manifest: &str) -> bool {
    let path = out.join("manifest.json");
    if sha256(&path).ok().as_deref() != Some(manifest) {
        return false;
    }
    let text = std::fs::read(&path).unwrap_or_default();
    let Ok(Value::Object(whole)) = serde_json::from_slice(&text) else { return false };
    let files = whole.get("files").and_then(Value::as_object);
    let same = |(name, about): (&String, &Value)| {
        sha256(&out.join(name)).is_ok_and(|hash| about.get("sha256").and_then(Value::as_str) == Some(&hash))
    };
    files.is_some_and(|files| files.iter().collect::<Vec<_>>().into_par_iter().all(same))
}

/// SHA-256 of a file that is read; of others, which are refused, what there is to say of them.
fn hash_of_input(path: &Path, most: u64) -> io::Result<String> {
    let about = std::fs::metadata(path)?;
    if about.is_file() && about.len() <= most {
        return sha256(path);
    }
    Ok(format!("not read: {:?}, {} bytes", about.file_type(), about.len()))
}

/// SHA-256 of a file, in hexadecimal.
pub fn sha256(path: &Path) -> io::Result<String> {
    let (mut file, mut hash) = (File::open(path)?, Sha256::new());
    let mut chunk = vec![0; 1 << 18];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(hexadecimal(hash)),
            read => hash.update(&chunk[..read]),
        }
    }
}

/// A hash as text.
pub fn hexadecimal(hash: Sha256) -> String {
    let mut text = String::with_capacity(64);
    for byte in hash.finalize().iter() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
