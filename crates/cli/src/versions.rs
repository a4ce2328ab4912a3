//! Dated copies of one tracker: `HRA claims 2021-08-01.xlsx`, `HRA claims 2021-09-07.xlsx`,
//! `HRA claims FINAL v2 (JS).xlsx`. The latest leads, because values say since when they hold; here it is
//! said which files were taken for versions, so that a person can take out what is not meant.

use std::collections::BTreeMap;

use collate_model::{Date, Note, Severity, Table};

use crate::pipeline::Recognised;

/// Words of a file's name that tell one version from another.
const OF_VERSIONS: [&str; 26] = [
    "final", "draft", "copy", "latest", "current", "new", "old", "updated", "update", "amended", "rev",
    "version", "of", "as", "at", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept",
    "oct",
];
const MONTHS: [&str; 14] = [
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "onwards",
];

/// The kind of a table, and its headings.
type Shape = (String, Vec<String>);
/// A file, and the day on which it was true.
type Version = (String, Option<Date>);

/// Notes on files that are versions of one tracker.
pub fn versions(found: &Recognised) -> Vec<Note> {
    let mut groups: BTreeMap<(String, Vec<Shape>), Vec<Version>> = BTreeMap::new();
    for (s, file) in files(found) {
        let tables: Vec<&Table> =
            found.tables.iter().filter(|(at, _)| s.contains(at)).map(|(_, table)| table).collect();
        if tables.is_empty() {
            continue;
        }
        let mut shape: Vec<Shape> = tables.iter().map(|table| shape(table)).collect();
        shape.sort();
        shape.dedup();
        let as_at = tables.iter().filter_map(|table| table.as_at).max();
        groups.entry((stem(&file), shape)).or_default().push((file, as_at));
    }
    groups.into_values().filter(|files| files.len() > 1).flat_map(|files| notes(&files)).collect()
}

/// Each file with the indices of its sheets.
fn files(found: &Recognised) -> Vec<(Vec<usize>, String)> {
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (s, source) in found.sources.iter().enumerate() {
        files.entry(&source.file).or_default().push(s);
    }
    files.into_iter().map(|(file, sheets)| (sheets, file.to_owned())).collect()
}

/// The kind of a table and its headings.
fn shape(table: &Table) -> Shape {
    let mut headings: Vec<String> = table.columns.iter().map(|column| column.header.to_lowercase()).collect();
    headings.sort();
    (table.kind.clone(), headings)
}

/// What a file's name says besides which version it is.
fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    // Initials of whoever saved it stand in brackets.
    let mut depth = 0;
    let plain: String = name
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0 && *c != ')'
        })
        .collect();
    let tells = |word: &&str| {
        let numbered = word.trim_start_matches('v').chars().all(|c| c.is_ascii_digit())
            || word.chars().next().is_some_and(|c| c.is_ascii_digit());
        !word.is_empty() && !numbered && !OF_VERSIONS.contains(word) && !MONTHS.contains(word)
    };
    plain.split(|c: char| !c.is_alphanumeric()).filter(tells).collect::<Vec<_>>().join(" ")
}

fn notes(files: &[Version]) -> Vec<Note> {
    let Some((leader, date)) =
        files.iter().filter_map(|(file, date)| Some((file, (*date)?))).max_by_key(|(_, d)| *d)
    else {
        let what = format!(
            "{} files seem to be versions of one tracker, and none says of which day it is; where they disagree, none leads.",
            files.len()
        );
        let todo = "Write the day into the name of each, such as 2021-09-07, or leave only the latest in the folder.";
        return vec![Note::new(Severity::Warning, "versions-undated", &files[0].0, what, todo)];
    };
    let older = |(file, own): &Version| {
        if file == leader {
            return None;
        }
        let (severity, what) = match own {
            Some(own) if *own == date => (
                Severity::Warning,
                format!(
                    "This seems to be another version of {leader}, and both are of {date}: where they disagree, neither leads."
                ),
            ),
            Some(own) => (
                Severity::Info,
                format!(
                    "This seems to be the version of {own} of {leader}, which is of {date} and leads where they disagree."
                ),
            ),
            None => (
                Severity::Warning,
                format!(
                    "This seems to be a version of {leader}, which is of {date}, but it does not say of which day; {leader} leads where they disagree."
                ),
            ),
        };
        let todo = "If it is another tracker, or the later version, write so in its name; if it is no longer wanted, take it out of the folder.";
        Some(Note::new(severity, "version-older", file, what, todo))
    };
    files.iter().filter_map(older).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_versions_have_one_stem() {
        for file in [
            "HRA claims 2021-09-07.xlsx",
            "old/HRA claims FINAL v2 (JS).xlsx",
            "HRA claims - Sept 2021.csv",
            "HRA_claims_current.xls",
            "HRA claims (2).xlsx",
            "Copy of HRA claims 7.9.21 updated.xlsx",
        ] {
            assert_eq!(stem(file), "hra claims", "{file}");
        }
        assert_ne!(stem("HRA claims.xlsx"), stem("HRA closed claims.xlsx"));
    }

    #[test]
    fn the_latest_leads() {
        let day = |day| Some(Date::constant(2021, 9, day));
        let of = |files: &[(&str, Option<Date>)]| {
            let files: Vec<(String, Option<Date>)> =
                files.iter().map(|(f, d)| ((*f).to_owned(), *d)).collect();
            notes(&files).into_iter().map(|note| (note.file, note.code, note.severity)).collect::<Vec<_>>()
        };
        let (info, warning) = (Severity::Info, Severity::Warning);
        assert_eq!(
            of(&[("a", day(7)), ("b", day(7))]),
            [("a".to_owned(), "version-older", warning)],
            "of one day"
        );
        assert_eq!(
            of(&[("a", day(1)), ("b", day(7)), ("c", None)]),
            [("a".to_owned(), "version-older", info), ("c".to_owned(), "version-older", warning)]
        );
        assert_eq!(of(&[("a", None), ("b", None)]), [("a".to_owned(), "versions-undated", warning)]);
    }
}
