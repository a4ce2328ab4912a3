//! A folder of its own for each test: writes trackers into it, runs the program there, and reads
//! csv files back as maps from heading to cell.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::unsaid::assert_unsaid;

/// One row of a published csv file: heading to cell.
pub type Row = BTreeMap<String, String>;

/// A court tracker that names children of every kind: by a short form, several in a cell, a number
/// of them without names, twins.
pub const COURT: &str = "\
Case number,Names,DOB,Date issued,Next hearing,Judge,RAG
WB21C00101,Katie Marsden,14/03/2012,01/06/2021,21/09/2021,HHJ Oakley,A
WB21C00102,\"HARLOW, Jacob & Amelia\",,02/06/2021,22/09/2021,HHJ Oakley,G
WB21C00103,Smith x3,,03/06/2021,23/09/2021,DJ Moss,R
WB21C00104,\"PEMBERTON, Jack & Jake\",05/06/2014,03/06/2021,23/09/2021,DJ Moss,R
";

/// What a run of the program said.
#[derive(Debug)]
pub struct Output {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Output {
    /// The same, if the exit code is the expected one; a failed test shows what was said.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}{}", self.stdout, self.stderr))
    }
}

/// A folder that is deleted at the end of the test.
pub struct Sandbox {
    dir: TempDir,
}

impl Sandbox {
    /// An empty one.
    pub fn new() -> Self {
        Sandbox { dir: tempfile::tempdir().unwrap() }
    }

    /// One with these files in it.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let sandbox = Sandbox::new();
        for (file, text) in files {
            sandbox.write(file, text);
        }
        sandbox
    }

    /// A path in it.
    pub fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    /// Writes a file, and the folders that it needs.
    pub fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Runs the program here, away from anybody's settings. What it says holds nobody's name.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Output {
        self.run_in(&[], args)
    }

    /// The same, with these in the environment.
    #[track_caller]
    pub fn run_in(&self, environment: &[(&str, &str)], args: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_collate"))
            .args(args)
            .current_dir(self.dir.path())
            .env("HOME", self.dir.path())
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .env_remove("COLLATE_PASSWORD")
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let output = Output {
            code: output.status.code().expect("it ends by itself"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert_unsaid(self.dir.path(), args, &output);
        output
    }

    /// Runs the program as a person at a terminal would, who types one of `answers` each time that it
    /// asks: its exit code, and what was on the screen.
    #[cfg(target_os = "linux")]
    #[track_caller]
    pub fn at_terminal(&self, args: &str, question: &str, answers: &[&str]) -> (i32, String) {
        use std::io::{Read, Write};
        use std::process::Stdio;
        let mut terminal = Command::new("script")
            .args(["--quiet", "--return", "--flush", "--command"])
            .arg(format!("{} {args}", env!("CARGO_BIN_EXE_collate")))
            .arg("/dev/null")
            .current_dir(self.dir.path())
            .env("HOME", self.dir.path())
            .env("TERM", "xterm")
            .env_remove("COLLATE_PASSWORD")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut keys, mut screen) = (terminal.stdin.take().unwrap(), terminal.stdout.take().unwrap());
        let (mut said, mut part, mut asked) = (String::new(), [0; 1024], 0);
        loop {
            match screen.read(&mut part).unwrap() {
                0 => break,
                read => said += &String::from_utf8_lossy(&part[..read]),
            }
            while asked < answers.len() && said.matches(question).count() > asked {
                // It must have said all, and hide what is typed, before anything is.
                std::thread::sleep(std::time::Duration::from_millis(200));
                keys.write_all(answers[asked].as_bytes()).unwrap();
                asked += 1;
            }
        }
        (terminal.wait().unwrap().code().unwrap(), said)
    }

    /// Merges the folder `in` into the folder `out`, where everything can be read.
    #[track_caller]
    pub fn merge(&self) -> Merged {
        self.run(&["run", "in", "--out", "out", "--formats", "csv", "--quiet"]).exits(0);
        Merged { dir: self.path("out") }
    }

    /// What was published into a folder.
    pub fn merged(&self, folder: &str) -> Merged {
        Merged { dir: self.path(folder) }
    }
}

/// A folder that a run published into.
pub struct Merged {
    dir: PathBuf,
}

impl Merged {
    /// The rows of one of its csv files.
    #[track_caller]
    pub fn csv(&self, name: &str) -> Vec<Row> {
        rows(&std::fs::read(self.dir.join(name)).unwrap(), b',')
    }

    /// The row of a table of entities with this id.
    #[track_caller]
    pub fn entity(&self, name: &str, id: &str) -> Row {
        self.csv(name).into_iter().find(|row| row["collate_id"] == id).unwrap()
    }

    /// The ids of an entity by the places that name it: file, sheet, row, part.
    pub fn ids(&self, entity: &str) -> BTreeMap<(String, String, u32, u32), String> {
        let sources = self.csv("sources.csv").into_iter().filter(|row| row["entity"] == entity);
        sources
            .map(|row| {
                let number = |name: &str| row[name].parse().unwrap();
                let place = (row["file"].clone(), row["sheet"].clone(), number("row"), number("part"));
                (place, row["collate_id"].clone())
            })
            .collect()
    }

    /// The child that a row of a text file names.
    #[track_caller]
    pub fn child(&self, file: &str, row: u32, part: u32) -> String {
        let ids = self.ids("child");
        let place = (file.to_owned(), String::new(), row, part);
        ids.get(&place).unwrap_or_else(|| panic!("nobody at {place:?}, only {ids:#?}")).clone()
    }
}

/// Rows of separated text.
#[track_caller]
pub fn rows(bytes: &[u8], separator: u8) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(bytes);
    reader.deserialize().map(Result::unwrap).collect()
}

/// Every file of a folder, by its name.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

/// Names the files that are not the same in both, instead of showing all their bytes.
#[track_caller]
pub fn assert_same_files(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(left), names(right));
    let differ: Vec<_> = left.keys().filter(|name| left[*name] != right[*name]).collect();
    assert!(differ.is_empty(), "not the same bytes: {differ:?}");
}
