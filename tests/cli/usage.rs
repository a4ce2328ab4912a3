//! Wrong usage: the exit code, what was wrong, and a hint; nothing is written.

use crate::sandbox::Sandbox;

const TRACKER: &str = "Child name,DOB,Section 20 start date\nJohn Smith,14/03/2012,01/02/2021\n";

#[test]
fn of_the_command_line() {
    let sandbox = Sandbox::with(&[
        ("in/s20.csv", TRACKER),
        ("empty/notes.md", "no spreadsheet"),
        ("truth.csv", "file,row\n"),
    ]);
    for (args, words) in [
        (&["run"][..], &["<PATH>", "--help"][..]),
        (&["run", "nowhere"], &["nowhere", "xlsx"]),
        (&["run", "empty"], &["no spreadsheet", "xlsx"]),
        (&["run", "in", "--colour"], &["--colour", "--help"]),
        (&["run", "in", "--formats", "pdf"], &["pdf", "csv", "xlsx"]),
        (&["run", "in", "--threads", "0"], &["--threads", "1..=1024"]),
        (&["run", "in", "--config", "none.toml"], &["none.toml", "--config"]),
        (&["kinds", "boats"], &["boats", "s20_cases"]),
        (&["evaluate", "in", "--truth", "truth.csv"], &["truth.csv", "child"]),
        (&["evaluate", "nowhere", "--truth", "in/s20.csv"], &["file"]),
        (&["merge", "in"], &["merge", "--help"]),
        (&[], &["Usage", "run"]),
    ] {
        let output = sandbox.run(args).exits(2);
        for word in words {
            assert!(output.stderr.contains(word), "{args:?}: {word}: {}", output.stderr);
        }
        assert_eq!(output.stdout, "", "{args:?}");
        assert!(!sandbox.path("merged").exists(), "{args:?}");
    }
}

#[test]
fn of_the_settings() {
    for (settings, words) in [
        ("[limits]\nfile_mib = 5\nfile_gib = 1\n", &["line 3", "file_gib"][..]),
        ("[limits]\nfile_mib = \"many\"\n", &["line 2", "many"]),
        ("colour = true\n", &["line 1", "colour"]),
        ("[files.\"s20.csv\"]\nkind = \"boats\"\n", &["s20.csv", "kind", "s20_cases"]),
        ("[files.\"s20.csv\"]\ncolumns = { \"DOB\" = \"birthday\" }\n", &["s20.csv", "DOB"]),
        ("[files.\"s20.csv\"]\nheader = 4\n", &["header"]),
        ("kinds = [\"gone.toml\"]\n", &["gone.toml", "kinds"]),
        ("kinds = [\"bad.toml\"]\n", &["bad.toml"]),
        ("[files\n", &["line 1"]),
    ] {
        let sandbox = Sandbox::with(&[("in/s20.csv", TRACKER), ("in/collate.toml", settings)]);
        sandbox.write("in/bad.toml", "name = \"boats\"\ncolour = 3\n");
        let output = sandbox.run(&["run", "in"]).exits(2);
        for word in words.iter().chain(&["\n  "]) {
            assert!(output.stderr.contains(word), "{settings:?}: {word}: {}", output.stderr);
        }
        assert!(!sandbox.path("merged").exists(), "{settings:?}");
    }
}

#[test]
fn a_folder_of_somebody_else_is_left_as_it_is() {
    let sandbox =
        Sandbox::with(&[("in/s20.csv", TRACKER), ("theirs/letter.txt", "dear"), ("file", "a file")]);
    for out in ["theirs", "file"] {
        let output = sandbox.run(&["run", "in", "--out", out]).exits(1);
        assert!(output.stderr.contains(out) && output.stderr.contains("\n  "), "{}", output.stderr);
        assert!(!output.stderr.contains("Smith"), "{}", output.stderr);
    }
    assert_eq!(std::fs::read_to_string(sandbox.path("theirs/letter.txt")).unwrap(), "dear");
    assert_eq!(std::fs::read_dir(sandbox.path("theirs")).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(sandbox.path("file")).unwrap(), "a file");
    let mut beside: Vec<_> = std::fs::read_dir(sandbox.path(""))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    beside.sort();
    assert_eq!(beside, ["file", "in", "theirs"], "nothing is left lying beside it");
}

#[test]
fn a_demo_does_not_write_into_a_folder_that_holds_something() {
    let sandbox = Sandbox::with(&[("demo/mine.txt", "mine")]);
    let output = sandbox.run(&["demo"]).exits(1);
    assert!(output.stderr.contains("demo"), "{}", output.stderr);
    assert_eq!(std::fs::read_dir(sandbox.path("demo")).unwrap().count(), 1);
}

#[test]
fn help_and_version_are_no_errors() {
    let sandbox = Sandbox::new();
    for (args, word) in [
        (&["--help"][..], "collate run demo"),
        (&["run", "--help"], "--out <DIR>"),
        (&["--version"], env!("CARGO_PKG_VERSION")),
        (&["kinds"], "s20_cases"),
        (&["kinds", "s20_cases"], "headings:"),
    ] {
        let output = sandbox.run(args).exits(0);
        assert!(output.stdout.contains(word), "{args:?}: {}", output.stdout);
    }
}

#[test]
fn quiet_is_quiet_and_json_is_json_alone() {
    let sandbox = Sandbox::with(&[("in/s20.csv", TRACKER)]);
    let output = sandbox.run(&["run", "in", "--quiet"]).exits(0);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
    for args in [
        &["run", "in", "--json"][..],
        &["inspect", "in", "--json"],
        &["kinds", "--json"],
        &["kinds", "s20_cases", "--json"],
    ] {
        let output = sandbox.run(args).exits(0);
        output.json();
        assert_eq!(output.stderr, "", "{args:?}");
    }
    let output = sandbox.run(&["run", "in"]).exits(0);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.starts_with("Nothing has changed since the last run"), "{}", output.stderr);
    let output = sandbox.run(&["run", "in", "--again"]).exits(0);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("1 file, 1 sheet, 2 rows"), "{}", output.stderr);
}
