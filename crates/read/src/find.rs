//! Which files a run reads: walks the paths of the command line and gives every file a name
//! that stays the same on any machine and in any order of the arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use collate_model::{Note, Severity};
use serde::{Deserialize, Serialize};

/// The settings file that may lie among the trackers.
const SETTINGS: &str = "collate.toml";

/// What is taken inside folders; a file that is named itself is always taken.
const EXTENSIONS: [&str; 15] = [
    "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "xltx", "xltm", "xlt", "ots",
    "docm",
];
const MANIFEST: &str = "manifest.json";
/// A manifest larger than this is not one of ours.
const MANIFEST_BYTES: u64 = 64 << 20;

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Path relative to the folder that was named, with `/` between its parts; the file's
    /// name alone if the file itself was named.
    pub name: String,
}

/// Finds the input files under these files and folders, sorted by name.
///
/// Hidden files and folders, lock files of spreadsheet programs (`~$...`), folders that a link
/// leads back to, and files with other extensions are left out; so is any folder with our own
/// output. A file that is reached twice is taken once, under its longer name. Different files
/// with the same name get as many parent folders in front as it takes to tell them apart.
pub fn find(paths: &[PathBuf]) -> (Vec<Input>, Vec<Note>) {
    let mut walk = Walk::default();
    for path in paths {
        walk.folders.clear();
        if path.is_dir() {
            walk.folder(path, "");
        } else if path.exists() {
            walk.take(
                path,
                path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            );
        } else {
            let what = "there is no such file or folder, or it can't be seen";
            walk.note(Severity::Error, "file-missing", path, what, "check the path");
        }
    }
    walk.notes.sort();
    walk.notes.dedup();
    (distinct(walk.found.into_values().collect()), walk.notes)
}

#[derive(Default)]
struct Walk {
    /// By real path, so that links and repeated arguments count once.
    found: BTreeMap<PathBuf, Input>,
    /// Folders seen under the path that is walked, by real path: a link may not lead back.
    folders: BTreeSet<PathBuf>,
    notes: Vec<Note>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &str) {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if !self.folders.insert(real) {
            return;
        }
        if is_output(folder) {
            let what = "the folder holds the output of an earlier run and was left out";
            self.note(Severity::Info, "output-skipped", folder, what, "");
            return;
        }
        let Ok(entries) = fs::read_dir(folder) else {
            let what = "the folder can't be opened";
            self.note(Severity::Error, "file-unreadable", folder, what, "check who may read it");
            return;
        };
        let mut entries: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        entries.sort();
        let mut others = 0;
        for entry in entries {
            let name = entry.to_string_lossy();
            if name.starts_with('.') || name.starts_with("~$") || name == SETTINGS {
                continue;
            }
            let path = folder.join(&entry);
            let relative = format!("{prefix}{name}");
            if path.is_dir() {
                self.folder(&path, &format!("{relative}/"));
            } else if EXTENSIONS.contains(&extension(&path).as_str()) {
                self.take(&path, relative);
            } else {
                others += 1;
            }
        }
        if others > 0 {
            let what = match others {
                1 => "one file of another kind was left out".to_owned(),
                _ => format!("{others} files of other kinds were left out"),
            };
            self.note(
                Severity::Info,
                "files-other",
                folder,
                &what,
                "if one is a tracker, save it as xlsx or csv",
            );
        }
    }

    fn take(&mut self, path: &Path, name: String) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let input = Input { path: path.to_owned(), name };
        let rank =
            |input: &Input| (std::cmp::Reverse(input.name.len()), input.name.clone(), input.path.clone());
        match self.found.get(&real) {
            Some(other) if rank(other) <= rank(&input) => {}
            _ => {
                self.found.insert(real, input);
            }
        }
    }

    fn note(&mut self, severity: Severity, code: &'static str, path: &Path, what: &str, todo: &str) {
        self.notes.push(Note::new(severity, code, &path.to_string_lossy(), what, todo));
    }
}

/// Extension in lower case; empty if there is none.
pub(crate) fn extension(path: &Path) -> String {
    path.extension().map_or_else(String::new, |extension| extension.to_string_lossy().to_lowercase())
}

/// True if the folder's manifest says that we wrote it.
fn is_output(folder: &Path) -> bool {
    let path = folder.join(MANIFEST);
    if !fs::metadata(&path).is_ok_and(|data| data.is_file() && data.len() <= MANIFEST_BYTES) {
        return false;
    }
    let manifest =
        fs::read(&path).ok().and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok());
    manifest.is_some_and(|manifest| manifest["program"] == "collate")
}

/// Sorts by name, after putting parent folders in front of names that occur twice.
fn distinct(mut inputs: Vec<Input>) -> Vec<Input> {
    loop {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for input in &inputs {
            *counts.entry(input.name.clone()).or_default() += 1;
        }
        let mut changed = false;
        for input in inputs.iter_mut().filter(|input| counts[&input.name] > 1) {
            if let Some(longer) = with_parent(input) {
                input.name = longer;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    inputs.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    inputs
}

/// The name with one more of the path's folders in front.
fn with_parent(input: &Input) -> Option<String> {
    let path = std::path::absolute(&input.path).ok()?;
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let used = input.name.split('/').count();
    let parent = parts.len().checked_sub(used + 1).map(|at| &parts[at])?;
    (parent != "/").then(|| format!("{parent}/{}", input.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let text = if file.ends_with(MANIFEST) { r#"{"program":"collate"}"# } else { "a,b\n" };
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn names(paths: &[PathBuf]) -> Vec<String> {
        find(paths).0.into_iter().map(|input| input.name).collect()
    }

    #[test]
    fn folders_are_walked_and_names_are_relative() {
        let folder = tree(&[
            "b.csv",
            "a.XLSX",
            "sub/c.ods",
            ".hidden/x.csv",
            ".x.csv",
            "~$a.xlsx",
            "notes.pdf",
            "merged/manifest.json",
            "merged/children.csv",
            "odd.dat",
        ]);
        let root = folder.path().to_owned();
        let (inputs, notes) = find(std::slice::from_ref(&root));
        let found: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(found, ["a.XLSX", "b.csv", "sub/c.ods"]);
        let codes: Vec<_> = notes.iter().map(|note| (note.severity, note.code)).collect();
        assert_eq!(codes, [(Severity::Info, "files-other"), (Severity::Info, "output-skipped")]);
        // Named itself, a file is taken whatever it is called; twice is once.
        let named = [root.join("odd.dat"), root.clone(), root.join("sub/c.ods"), root.join("sub")];
        assert_eq!(names(&named), ["a.XLSX", "b.csv", "odd.dat", "sub/c.ods"]);
        let turned: Vec<_> = named.into_iter().rev().collect();
        assert_eq!(names(&turned), ["a.XLSX", "b.csv", "odd.dat", "sub/c.ods"]);
    }

    #[test]
    fn missing_paths_are_errors() {
        let (inputs, notes) = find(&[PathBuf::from("no/such/place.csv")]);
        assert!(inputs.is_empty());
        assert_eq!((notes[0].severity, notes[0].code), (Severity::Error, "file-missing"));
    }

    #[test]
    fn equal_names_get_parents_in_front() {
        let folder = tree(&["2021/a.csv", "2022/a.csv", "2022/b.csv", "x/2021/a.csv"]);
        let at = |name: &str| folder.path().join(name);
        assert_eq!(names(&[at("2021"), at("2022")]), ["2021/a.csv", "2022/a.csv", "b.csv"]);
        assert_eq!(names(&[at("2022"), at("2021")]), ["2021/a.csv", "2022/a.csv", "b.csv"]);
        let top = folder.path().file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(
            names(&[at("2021"), at("x/2021")]),
            [format!("{top}/2021/a.csv"), "x/2021/a.csv".to_owned()]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_back_end() {
        let folder = tree(&["a.csv", "sub/b.csv"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/loop")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a.csv"), folder.path().join("again.csv")).unwrap();
        assert_eq!(names(&[folder.path().to_owned()]), ["again.csv", "sub/b.csv"]);
    }
}
