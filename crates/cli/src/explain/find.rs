//! The trackers that a run read: named by the user, or looked for beside the published folder by
//! the names that the manifest has.

use std::path::{Path, PathBuf};

use crate::args::ExplainArgs;
use crate::failure::Failure;

/// The paths to read again.
pub fn trackers(args: &ExplainArgs, names: &[String]) -> Result<Vec<PathBuf>, Failure> {
    if !args.from.is_empty() {
        return Ok(args.from.clone());
    }
    let has_all = |folder: &PathBuf| names.iter().all(|name| folder.join(name).is_file());
    let beside = args.out.parent().map(Path::to_owned).unwrap_or_default();
    let mut tried = Vec::new();
    for place in [PathBuf::new(), beside] {
        tried.extend(folders(&place));
        tried.push(place);
    }
    tried
        .into_iter()
        .find(has_all)
        .map(|folder| vec![if folder.as_os_str().is_empty() { ".".into() } else { folder }])
        .ok_or_else(|| {
            Failure::usage(
                format!(
                    "the trackers that {} was made of are in no folder here or beside it",
                    args.out.display()
                ),
                "name the folder or files that collate run was given, with --from",
            )
        })
}

/// The folders in a folder, by name.
fn folders(place: &Path) -> Vec<PathBuf> {
    let listed = if place.as_os_str().is_empty() { Path::new(".") } else { place };
    let entries = std::fs::read_dir(listed).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| place.join(entry.file_name())).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
