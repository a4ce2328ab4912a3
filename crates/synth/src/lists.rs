//! The embedded text files of `data/`: `[name]` starts a list, `#` at the start of the file's
//! first lines is a comment. In goes such a text, out comes each list by its name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The lists of one file.
pub type Lists = BTreeMap<&'static str, Vec<&'static str>>;

/// Reads a file whose lists hold one entry a line.
pub fn by_line(text: &'static str) -> Lists {
    let mut lists = Lists::new();
    let mut name = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(next) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name = next;
        } else if !name.is_empty() {
            lists.entry(name).or_default().push(line);
        }
    }
    lists
}

/// Reads a file whose lists hold entries with commas between them.
pub fn by_comma(text: &'static str) -> Lists {
    by_line(text)
        .into_iter()
        .map(|(name, lines)| (name, lines.iter().flat_map(|line| line.split(", ")).collect()))
        .collect()
}

/// What people write in the free columns of trackers.
static PHRASES: LazyLock<Lists> = LazyLock::new(|| by_line(include_str!("../data/phrases.txt")));

/// A list of phrases.
pub fn phrases(name: &str) -> &'static [&'static str] {
    PHRASES.get(name).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split_by_name() {
        let lists = by_comma("# comment\n[a]\nx, y\nz\n\n[b]\nw\n");
        assert_eq!(lists["a"], ["x", "y", "z"]);
        assert_eq!(lists["b"], ["w"]);
        assert_eq!(lists.len(), 2);
    }
}
