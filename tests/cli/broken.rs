//! Files that cannot be read, alone and beside a good tracker: nothing stops the good one, every
//! message says what to do, and none repeats what the files say of a child.

use crate::sandbox::{Sandbox, rows};
use crate::workbooks::{coloured_emptiness, locked};

const GOOD: &str = "\
Child name,DOB,Section 20 start date,Consent given by
Marguerite Thistlewood,14/03/2012,01/02/2021,Mother
Barnaby Quillfeather,02/11/2010,31/02/2021,Ask Araminta
";

/// Rows of all widths; one cell is a name and one a day.
const RAGGED: &str = "\
Child name,DOB,Section 20 start date,Consent given by
Marguerite Thistlewood,14/03/2012
Peregrine Ashgrove,99/99/2011,05/04/2021,Father,left over,more,Peregrine Ashgrove
,,,,
";

/// Words of those trackers that no message may repeat.
const PRIVATE: [&str; 12] = [
    "Marguerite",
    "Thistlewood",
    "Barnaby",
    "Quillfeather",
    "Araminta",
    "Peregrine",
    "Ashgrove",
    "14/03/2012",
    "2012-03-14",
    "02/11/2010",
    "2010-11-02",
    "99/99/2011",
];

/// A picture, by its first bytes.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

/// Name, content, exit code, words of the message.
fn broken() -> Vec<(&'static str, Vec<u8>, i32, &'static [&'static str])> {
    vec![
        ("nothing.csv", Vec::new(), 4, &["nothing.csv", "empty"]),
        ("picture.xlsx", PICTURE.to_vec(), 4, &["picture.xlsx"]),
        ("secret.xlsx", locked(), 4, &["secret.xlsx", "password"]),
        ("torn.xlsx", b"PK\x03\x04 and then nothing".to_vec(), 4, &["torn.xlsx"]),
        ("commas.csv", ",,,,,,\n".repeat(10_000).into_bytes(), 4, &["commas.csv", "no sheet"]),
        ("yellow.xlsx", coloured_emptiness(10_000), 4, &["yellow.xlsx", "no sheet"]),
        ("ragged.csv", RAGGED.into(), 0, &["ragged.csv"]),
    ]
}

#[test]
fn a_workbook_that_asks_for_too_much_costs_only_itself() {
    let sandbox = Sandbox::with(&[("in/good.csv", GOOD)]);
    sandbox.write("in/large.xlsx", coloured_emptiness(10_000));
    for (limits, words) in
        [("reader_mib = 1", "`reader_mib` of 1 "), ("reader_seconds = 0", "`reader_seconds` of 0 ")]
    {
        sandbox.write("in/collate.toml", format!("[limits]\n{limits}\n"));
        let told = sandbox.run(&["run", "in", "--out", "out", "--quiet"]).exits(4).stderr;
        assert!(told.contains("large.xlsx") && told.contains(words), "{limits}: {told}");
        assert_eq!(
            rows(&std::fs::read(sandbox.path("out/children.csv")).unwrap(), b',').len(),
            2,
            "{limits}: the other file is read"
        );
        assert_keeps_secrets(&sandbox, &told);
    }
    // The command line has the last word.
    sandbox.write("in/collate.toml", "[limits]\nreader_mib = 1\n");
    let told = sandbox.run(&["run", "in", "--out", "out", "--limit", "reader_mib=900"]).exits(4).stderr;
    assert!(told.contains("no sheet of the file") && !told.contains("reader_mib"), "{told}");
    for (limit, words) in
        [("reader_mib", "whole number"), ("reader_cats=9", "reader_cats"), ("reader_mib=x", "--limit")]
    {
        let told = sandbox.run(&["run", "in", "--out", "out", "--limit", limit]).exits(2).stderr;
        assert!(told.contains(words), "{limit}: {told}");
    }
}

fn assert_keeps_secrets(sandbox: &Sandbox, said: &str) {
    let problems = std::fs::read_to_string(sandbox.path("out/problems.csv")).unwrap_or_default();
    for word in PRIVATE {
        assert!(!said.contains(word), "standard error says {word}: {said}");
        assert!(!problems.contains(word), "problems.csv says {word}: {problems}");
    }
}

#[test]
fn each_beside_a_good_tracker() {
    for (name, content, code, words) in broken() {
        let sandbox = Sandbox::with(&[("in/good.csv", GOOD)]);
        sandbox.write(&format!("in/{name}"), content);
        let output = sandbox.run(&["run", "in", "--out", "out"]).exits(code);
        let merged = sandbox.merged("out");
        assert!(merged.csv("episodes.csv").len() >= 2, "{name}: the good tracker is published");
        let problems: Vec<_> =
            merged.csv("problems.csv").into_iter().filter(|row| row["file"] == name).collect();
        assert!(!problems.is_empty(), "{name}: said in problems.csv");
        let errors: Vec<_> = problems.iter().filter(|row| row["severity"] == "error").collect();
        assert_eq!(errors.is_empty(), code == 0, "{name}: {problems:?}");
        for error in errors {
            assert!(!error["to_do"].is_empty(), "{name}: what to do about it");
            assert!(output.stderr.contains(&error["to_do"]), "{name}: {}", output.stderr);
            for word in words {
                assert!(output.stderr.contains(word), "{name}: {word}: {}", output.stderr);
            }
        }
        assert_keeps_secrets(&sandbox, &output.stderr);
    }
}

#[test]
fn each_alone() {
    for (name, content, code, words) in broken() {
        let sandbox = Sandbox::new();
        sandbox.write(name, content);
        let output = sandbox.run(&["run", name, "--out", "out"]).exits(code);
        let merged = sandbox.merged("out");
        if name != "ragged.csv" {
            assert!(merged.csv("children.csv").is_empty(), "{name}");
        }
        assert!(merged.csv("problems.csv").iter().any(|row| row["file"] == name), "{name}");
        if code != 0 {
            assert!(words.iter().all(|word| output.stderr.contains(word)), "{name}: {}", output.stderr);
        }
        assert_keeps_secrets(&sandbox, &output.stderr);
    }
}

#[test]
fn all_together() {
    let sandbox = Sandbox::with(&[("in/good.csv", GOOD)]);
    for (name, content, ..) in broken() {
        sandbox.write(&format!("in/{name}"), content);
    }
    let output = sandbox.run(&["run", "in", "--out", "out", "--json"]).exits(4);
    let json = output.json();
    assert_eq!((json["files"].as_u64(), json["files_refused"].as_u64()), (Some(8), Some(6)));
    let merged = sandbox.merged("out");
    // The same child stands in the good tracker and in the ragged one.
    assert_eq!(merged.child("good.csv", 2, 1), merged.child("ragged.csv", 2, 1));
    assert_ne!(merged.child("good.csv", 3, 1), merged.child("ragged.csv", 3, 1));
    assert_keeps_secrets(&sandbox, &output.stderr);

    let output = sandbox.run(&["inspect", "in"]).exits(4);
    assert_keeps_secrets(&sandbox, &(output.stdout + &output.stderr));
}

#[test]
fn what_is_too_much_is_kept_under_its_place_or_told() {
    let sandbox = Sandbox::with(&[("in/ragged.csv", RAGGED)]);
    let merged = sandbox.merge();
    assert_eq!(merged.csv("episodes.csv").len(), 2);
    assert!(merged.csv("problems.csv").iter().any(|row| row["code"] == "rows-ragged"));
}

#[test]
fn a_password_is_taken_from_the_environment_and_told_to_nobody() {
    let sandbox = Sandbox::new();
    sandbox.write("in/sealed.xlsx", include_bytes!("../../crates/read/tests/data/sealed.xlsx"));
    for (environment, code, words) in [
        (vec![], 4, "or put it into the environment variable COLLATE_PASSWORD"),
        (vec![("COLLATE_PASSWORD", "Wrong & Severn 8")], 4, "does not open it"),
        (vec![("COLLATE_PASSWORD", "Wrong & Severn 8\nWye & Usk 7")], 0, ""),
    ] {
        let output = sandbox.run_in(&environment, &["run", "in", "--out", "out"]).exits(code);
        assert!(output.stderr.contains(words), "{}", output.stderr);
        for file in std::fs::read_dir(sandbox.path("out")).unwrap().flatten() {
            let Ok(written) = std::fs::read(file.path()) else { continue };
            let said = [output.stdout.as_bytes(), output.stderr.as_bytes(), &written].concat();
            let said = String::from_utf8_lossy(&said).into_owned();
            assert!(!said.contains("Severn") && !said.contains("Usk"), "{:?}", file.path());
        }
    }
    assert!(!sandbox.merged("out").csv("children.csv").is_empty());
}

/// On a terminal, which `script` of util-linux makes, a person is asked; one password serves two files.
#[cfg(target_os = "linux")]
#[test]
fn a_password_is_asked_for_at_a_terminal_and_not_shown() {
    for (typed, code, asked) in [
        (["Wrong & Severn 8\n", "Wye & Usk 7\n"].as_slice(), 0, 2),
        (&["\n", "\n"], 4, 2),
        (&["a\n", "b\n", "c\n", "\n"], 4, 4),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("in/one.xlsx", include_bytes!("../../crates/read/tests/data/sealed.xlsx"));
        sandbox.write("in/two.ods", include_bytes!("../../crates/read/tests/data/sealed.ods"));
        let (ended, said) = sandbox.at_terminal("run in --out out", "Password (", typed);
        assert_eq!((ended, said.matches("Password (").count()), (code, asked), "{said}");
        assert!(!said.contains("Severn") && !said.contains("Usk"), "{said}");
        // Nobody is asked where the answer would be waited for in vain.
        let (ended, said) = sandbox.at_terminal("run in --out quiet --quiet", "Password (", &[]);
        assert_eq!((ended, said.contains("Password (")), (4, false), "{said}");
    }
}
