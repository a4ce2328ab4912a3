//! Every name that the glossary says the code has is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn names_of_the_glossary_are_names_of_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut known = BTreeSet::new();
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        collect(&entry.unwrap().path().join("src"), &mut known);
    }
    let glossary = fs::read_to_string(root.join("docs/glossary.md")).unwrap();
    let names: Vec<&str> = glossary.lines().filter_map(last_column).flat_map(marked).collect();
    assert!(names.len() > 50, "the glossary marks only {} names", names.len());
    let unknown: Vec<&str> = names.into_iter().filter(|name| !known.contains(*name)).collect();
    assert!(unknown.is_empty(), "not in crates/*/src: {unknown:?}");
}

/// The words of all Rust files under a folder, comments left out.
fn collect(folder: &Path, words: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, words);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let parts = code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
            words.extend(parts.map(str::to_owned));
        }
    }
}

fn last_column(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix('|')?.strip_suffix('|')?.rsplit('|').next()
}

/// What stands between backticks.
fn marked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}
