//! Where the trackers lie, as seen from the output: for links that hold on any machine.

use std::collections::BTreeMap;
use std::fs::canonicalize;
use std::path::{Component, Path, PathBuf};

use crate::plan::Plan;

/// The path from the output to each file, by its name. A file that shares no folder with the output has
/// none: it would be the path of this machine.
pub fn paths(plan: &Plan, out: &Path) -> BTreeMap<String, String> {
    let Some(out) = real(out) else { return BTreeMap::new() };
    let path = |path: &Path| relative(&canonicalize(path).ok()?, &out);
    plan.inputs.iter().filter_map(|input| Some((input.name.clone(), path(&input.path)?))).collect()
}

/// The path without links, also of a folder that is not there yet.
fn real(out: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(out).ok()?;
    let there = absolute.ancestors().find_map(|above| Some((above, canonicalize(above).ok()?)));
    let (above, real) = there?;
    Some(real.join(absolute.strip_prefix(above).ok()?))
}

/// `../in/court.xlsx`
fn relative(file: &Path, out: &Path) -> Option<String> {
    let shared = file.components().zip(out.components()).take_while(|(one, other)| one == other);
    let folders = |path: &Path| path.components().filter(|part| matches!(part, Component::Normal(_))).count();
    let (all, named) = shared.fold((0, 0), |(all, named), (part, _)| {
        (all + 1, named + usize::from(matches!(part, Component::Normal(_))))
    });
    let up = std::iter::repeat_n("..", folders(out) - named);
    let down: Option<Vec<&str>> = file.components().skip(all).map(|part| part.as_os_str().to_str()).collect();
    (named > 0).then_some(())?;
    Some(up.chain(down?).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_reached_from_the_output_by_the_folders_that_they_share() {
        for (file, out, expected) in [
            ("/data/in/court.xlsx", "/data/merged", Some("../in/court.xlsx")),
            ("/data/court 1.csv", "/data/a/merged", Some("../../court 1.csv")),
            ("/data/merged/court.csv", "/data/merged", Some("court.csv")),
            ("/home/ann/court.csv", "/data/merged", None),
        ] {
            assert_eq!(relative(Path::new(file), Path::new(out)).as_deref(), expected, "{file}");
        }
    }
}
