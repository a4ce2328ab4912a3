//! Names of sheets, as Excel allows them.

use std::collections::BTreeSet;

use crate::output::Output;

/// Longest name of a sheet.
const LONGEST: usize = 31;

/// Name of the first sheet.
pub(super) const READ_ME: &str = "Read me";

/// A name of its own for each output's sheet.
pub(super) fn unique(outputs: &[Box<dyn Output + '_>]) -> Vec<String> {
    // "History" is a name that Excel keeps for itself.
    let mut taken: BTreeSet<String> = [READ_ME.to_lowercase(), "history".to_owned()].into();
    outputs.iter().map(|output| free_name(output.title(), &mut taken)).collect()
}

fn free_name(title: &str, taken: &mut BTreeSet<String>) -> String {
    let allowed = title.replace(|c: char| "[]:*?/\\".contains(c) || c.is_control(), " ");
    let allowed = allowed.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let base = if allowed.is_empty() { "Sheet" } else { allowed };
    for n in 1.. {
        let ending = if n == 1 { String::new() } else { format!(" {n}") };
        let mut name: String = base.chars().take(LONGEST - ending.len()).collect();
        while name.encode_utf16().count() + ending.len() > LONGEST {
            name.pop();
        }
        let name = format!("{}{ending}", name.trim_end_matches(|c: char| c == '\'' || c.is_whitespace()));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    base.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_and_apart() {
        let mut taken: BTreeSet<String> = ["read me".to_owned(), "history".to_owned()].into();
        for (title, expected) in [
            ("Children", "Children"),
            ("children", "children 2"),
            ("History", "History 2"),
            ("Care/court: [x]?", "Care court   x"),
            ("''", "Sheet"),
            ("A title that is far too long for a sheet", "A title that is far too long fo"),
            ("A title that is far too long for a sheet, again", "A title that is far too long 2"),
        ] {
            assert_eq!(free_name(title, &mut taken), expected);
        }
    }
}
