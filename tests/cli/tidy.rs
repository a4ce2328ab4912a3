//! The source itself: every file says what it is for, and the crates depend on each other as
//! `docs/architecture.md` says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every Rust file under a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut sources: Vec<_> =
        files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).collect();
    sources.extend(folders.iter().flat_map(|folder| sources_of(folder)));
    sources
}

/// As [`sources`], but not of what the compiler writes.
fn sources_of(folder: &Path) -> Vec<PathBuf> {
    if folder.file_name().is_some_and(|name| name == "target") { Vec::new() } else { sources(folder) }
}

#[test]
fn every_source_file_says_what_it_is_for_and_is_of_a_size_to_read() {
    let files: Vec<_> = ["crates", "tests"].iter().flat_map(|folder| sources(&root().join(folder))).collect();
    assert!(files.len() > 100, "only {} files found", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} has no module documentation", file.display());
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines; divide it", file.display());
    }
}

/// Our own crates that a crate depends on, from its manifest; tests may use more.
fn dependencies(manifest: &Path) -> BTreeSet<String> {
    let manifest: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    let names = dependencies.into_iter().flat_map(toml::Table::keys);
    names.filter_map(|name| name.strip_prefix("collate-")).map(str::to_owned).collect()
}

/// The rows of `| crate | takes → gives | may depend on |`.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let table = text.lines().skip_while(|line| !line.starts_with("| crate |")).skip(2);
    table
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [name, _, on] = cells[..] else { panic!("not three cells: {line}") };
            let on = if on == "nothing of ours" { "" } else { on };
            let on = on.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
            (name.trim_matches('`').to_owned(), on)
        })
        .collect()
}

#[test]
fn the_crates_depend_on_each_other_as_documented() {
    let crates = std::fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap());
    let found: BTreeMap<String, BTreeSet<String>> = crates
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), dependencies(&entry.path().join("Cargo.toml")))
        })
        .collect();
    assert_eq!(found, documented());
}

#[test]
fn the_example_of_the_readme_is_the_one_that_is_compiled() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let library = std::fs::read_to_string(root().join("crates/link/src/lib.rs")).unwrap();
    let shown: Vec<&str> = readme
        .lines()
        .skip_while(|line| *line != "```rust")
        .skip(1)
        .take_while(|line| *line != "```")
        .collect();
    let doc = library
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line));
    let compiled: Vec<&str> =
        doc.skip_while(|line| *line != "```").skip(1).take_while(|line| *line != "```").collect();
    assert!(compiled.len() > 12);
    assert_eq!(shown, compiled);
}
