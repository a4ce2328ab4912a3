//! `collate explain`: it says what the run decided, in figures and in words.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::sandbox::{COURT, Sandbox, assert_same_files, files};

const S20: &str = "\
Child name,DOB,Section 20 start date,Consent given by,Legal status
Katherine Marsden,14/03/2012,01/02/2021,Mother,Section 20
Jacob Harlow,02/11/2010,15/03/2021,Father,Section 20
Jack Pemberton,05/06/2014,10/01/2021,Mother,Section 20
Jake Pemberton,05/06/2014,10/01/2021,Mother,Section 20
Baby Tarrant (unborn) EDD 12/05/2021,,20/04/2021,Mother,
";

const EXPORT: &str = "\
Person ID,Forename,Surname,Date of birth,Postcode,Legal status
7001231,Katherine,Marsdne,14/03/2012,SY1 1AA,Interim care order
7001232,Jacob,Harlow,02/11/2010,SY1 1AB,Section 20
7001233,Amelia,Harlow,07/08/2013,SY1 1AB,
7001234,Jack,Pemberton,05/06/2014,SY1 1AD,
7001235,Jake,Pemberton,05/06/2014,SY1 1AD,
7001236,Rosie,Tarrant,10/05/2021,SY1 1AE,
";

/// Everybody who is named to the program in these tests.
const NAMES: [&str; 5] = ["Marsden", "Harlow", "Pemberton", "Tarrant", "Katherine"];

fn merged() -> Sandbox {
    let sandbox =
        Sandbox::with(&[("in/s20.csv", S20), ("in/sub/court.csv", COURT), ("in/export.csv", EXPORT)]);
    sandbox.merge();
    sandbox
}

/// The record of a reckoning.
#[track_caller]
fn explained(sandbox: &Sandbox, what: &[&str]) -> Json {
    sandbox.run(&[&["explain", "--out", "out", "--json"], what].concat()).exits(0).json()
}

fn bits(value: &Json) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn every_row_weighs_what_the_run_said() {
    let sandbox = merged();
    let before = files(&sandbox.path("out"));
    let sources = sandbox.merged("out").csv("sources.csv");
    let mentions: Vec<_> = sources.iter().filter(|row| row["entity"] == "child").collect();
    let mut joined = 0;
    for row in &mentions {
        let what = format!("{}:{}#{}", row["file"], row["row"], row["part"]);
        let answer = explained(&sandbox, &[&what]);
        let id = row["collate_id"].as_str();
        if row["weight"].is_empty() {
            assert_eq!(
                (answer["about"].as_str(), answer["child"]["child"].as_str()),
                (Some("one"), Some(id))
            );
            continue;
        }
        joined += 1;
        assert_eq!(answer["left"]["child"], id, "{what}");
        assert_eq!(answer["decided"]["outcome"], "joined", "{what}");
        assert_eq!(format!("{:.2}", bits(&answer["reckoning"]["weight"])), row["weight"], "{what}");
        let parts = answer["reckoning"]["contributions"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|part| bits(&part["weight"])).sum::<f64>()
            + ["prior", "household", "within_source", "nobody_else"]
                .iter()
                .map(|part| bits(&answer["reckoning"][*part]))
                .sum::<f64>();
        assert!((sum - bits(&answer["reckoning"]["weight"])).abs() < 1e-6, "{what}: the parts are {sum}");
    }
    assert!(joined >= 8, "only {joined} rows were joined");
    assert_same_files(&before, &files(&sandbox.path("out")));
}

#[test]
fn a_child_has_the_rows_and_weights_of_the_run() {
    let sandbox = merged();
    let merged = sandbox.merged("out");
    let id = merged.child("s20.csv", 2, 1);
    let answer = explained(&sandbox, &[&id.to_lowercase()]);
    let weights: BTreeMap<(String, u64), String> = answer["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| {
            let place = (member["file"].as_str().unwrap().to_owned(), member["row"].as_u64().unwrap());
            (place, format!("{:.2}", bits(&member["weight"])))
        })
        .collect();
    let expected: BTreeMap<_, _> = (merged.csv("sources.csv").into_iter())
        .filter(|row| row["collate_id"] == id)
        .map(|row| ((row["file"].clone(), row["row"].parse().unwrap()), row["weight"].clone()))
        .collect();
    assert_eq!(weights, expected);
    let weakest = answer["members"].as_array().unwrap().iter().filter(|m| m["weakest"] == true).count();
    assert_eq!(weakest, 1);
    let text = sandbox.run(&["explain", "--out", "out", &id]).exits(0).stdout;
    for words in [&*id, "Marsd", "forename", "like ", "<- the weakest", "has 3 rows"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn why_and_why_not_in_words_and_figures() {
    let sandbox = merged();
    let merged = sandbox.merged("out");
    let (jack, jake) = (merged.child("s20.csv", 4, 1), merged.child("s20.csv", 5, 1));
    for (what, outcome, words) in [
        // By a short form, and not by a slip in the surname alone.
        (
            &["s20.csv:2", "sub/court.csv:2"][..],
            "joined",
            &[
                "katherine",
                "katie",
                "is a short form",
                "Decision: joined",
                "These two rows are taken for one child",
                "1 in ",
            ][..],
        ),
        (&["s20.csv:2", "s20.csv:3"], "too_little", &["is different", "two children", "so little agrees"]),
        // Named in one cell.
        (&["sub/court.csv:3#1", "sub/court.csv:3#2"], "kept_apart", &["named in one row", "never joined"]),
        (&["sub/court.csv:3#1", "export.csv:4"], "kept_apart", &["named in one row"]),
        // Twins, row against row, child against row, child against child.
        (&["s20.csv:4", "export.csv:6"], "kept_apart", &["date of birth", "the same", "as whole children"]),
        (&[&jack, "export.csv:6"], "kept_apart", &[&jack, "and this row"]),
        (&[&jack, &jake], "kept_apart", &[&jack, &jake]),
        // A row in its child, a row and another child.
        (&["export.csv:5", &jack], "joined", &["the other rows of", &jack]),
        (&[&jack, "export.csv:5"], "joined", &["the other rows of", &jack]),
        (&["export.csv:5", &jake], "kept_apart", &["This row and", &jake]),
    ] {
        let answer = explained(&sandbox, what);
        assert_eq!(answer["decided"]["outcome"], outcome, "{what:?}");
        let text = sandbox.run(&[&["explain", "--out", "out"], what].concat()).exits(0).stdout;
        assert!(text.ends_with(&format!("\n{}\n", answer["sentence"].as_str().unwrap())), "{text}");
        for word in words.iter().chain(&["how they agree", "start from", "sum", "probability"]) {
            assert!(text.contains(word), "{what:?}: {word}: {text}");
        }
    }
}

#[test]
fn what_waits_for_review_is_explained_with_the_same_weight() {
    let sandbox = Sandbox::new();
    sandbox.run(&["demo", "in", "--children", "300", "--seed", "4", "--quiet"]).exits(0);
    let merged = sandbox.merge();
    let review = merged.csv("review.csv");
    assert!(!review.is_empty());
    let place = |row: &BTreeMap<String, String>, side: &str| {
        let sheet = &row[&format!("{side}_sheet")];
        let sheet = if sheet.is_empty() { String::new() } else { format!(":{sheet}") };
        format!(
            "{}{sheet}:{}#{}",
            row[&format!("{side}_file")],
            row[&format!("{side}_row")],
            row[&format!("{side}_part")]
        )
    };
    for row in review.iter().take(4) {
        let answer = explained(&sandbox, &[&place(row, "left"), &place(row, "right")]);
        let decided = &answer["decided"];
        assert_eq!(decided["in_review"], true, "{row:?}");
        assert_eq!(format!("{:.2}", bits(&decided["weight"])), row["weight"], "{row:?}");
        let lead = decided["lead"].as_f64().map_or(String::new(), |lead| format!("{lead:.2}"));
        assert_eq!(lead, row["lead"], "{row:?}");
        let outcome = match &row["reason"] {
            reason if reason.starts_with("possible") => "below_threshold",
            reason if reason.starts_with("fits more than one") => "two_candidates",
            _ => "barred",
        };
        assert_eq!(decided["outcome"], outcome, "{row:?}");
        assert!(answer["sentence"].as_str().unwrap().ends_with("for a person to decide."));
    }
}

#[test]
fn what_can_t_be_explained_is_told_with_what_to_do() {
    let sandbox = merged();
    let case = sandbox.merged("out").csv("cases.csv")[0]["collate_id"].clone();
    for (what, words) in [
        (&["nobody.csv:2"][..], &["nobody.csv", "export.csv, s20.csv"][..]),
        (&["s20.csv:Old:2"], &["s20.csv:Old"]),
        (&["s20.csv:1"], &["row 1", "no record", "rows 2 to 6"]),
        (&["s20.csv:99"], &["row 99", "beyond the end", "rows 2 to 6"]),
        (&["sub/court.csv:4"], &["row 4", "names no child"]),
        (&["sub/court.csv:3"], &["names 2 children", "sub/court.csv:3#1, sub/court.csv:3#2"]),
        (&["sub/court.csv:3#3"], &["no such child", "sub/court.csv:3#1"]),
        (&["CH-00999"], &["CH-00999", "CH-00001 to CH-0000"]),
        (&["s20.csv"], &["s20.csv", "FILE:ROW"]),
        (&[&case], &[&case, "is a case"]),
        (&["s20.csv:2", "s20.csv:2#1"], &["both are the same"]),
        (&["s20.csv:2", "--from", "gone"], &["gone"]),
        (&["s20.csv:2", "s20.csv:3", "s20.csv:4"], &["WHAT"]),
        (&[], &["WHAT"]),
    ] {
        let output = sandbox.run(&[&["explain", "--out", "out"], what].concat()).exits(2);
        for word in words {
            assert!(output.stderr.contains(word), "{what:?}: {word}: {}", output.stderr);
        }
        assert!(NAMES.iter().all(|name| !output.stderr.contains(name)), "{}", output.stderr);
        assert_eq!(output.stdout, "");
    }
    let output = sandbox.run(&["explain", "s20.csv:2"]).exits(2);
    assert!(output.stderr.contains("merged holds no published run"), "{}", output.stderr);
}

#[test]
fn other_trackers_than_the_run_s_are_refused() {
    for (file, text, words) in [
        ("in/s20.csv", &S20.replace("Jacob", "Jakob"), "s20.csv has changed"),
        ("in/new.csv", &S20.to_owned(), "new.csv is new"),
    ] {
        let sandbox = merged();
        sandbox.write(file, text);
        let output = sandbox.run(&["explain", "--out", "out", "s20.csv:2"]).exits(1);
        assert!(
            output.stderr.contains(words) && output.stderr.contains("run collate run again"),
            "{}",
            output.stderr
        );
        assert!(NAMES.iter().all(|name| !output.stderr.contains(name)), "{}", output.stderr);
    }
    let sandbox = merged();
    std::fs::remove_file(sandbox.path("in/s20.csv")).unwrap();
    let output = sandbox.run(&["explain", "--out", "out", "s20.csv:2"]).exits(2);
    assert!(output.stderr.contains("--from"), "{}", output.stderr);
    let output = sandbox.run(&["explain", "--out", "out", "--from", "in", "s20.csv:2"]).exits(1);
    assert!(output.stderr.contains("s20.csv is not there any more"), "{}", output.stderr);
}

#[test]
fn the_settings_are_those_of_the_run() {
    let sandbox = merged();
    let before = explained(&sandbox, &["s20.csv:2"]);
    // Settings that were written after the run do not change what it decided.
    sandbox.write("in/collate.toml", "[files.\"s20.csv\"]\nkind = \"ignore\"\n");
    assert_eq!(explained(&sandbox, &["s20.csv:2"]), before);
    // The trackers are found beside the published folder, from wherever it is asked.
    let out = sandbox.path("out");
    let elsewhere = Sandbox::new();
    let answer =
        elsewhere.run(&["explain", "--json", "--out", out.to_str().unwrap(), "s20.csv:2"]).exits(0).json();
    assert_eq!(answer, before);
}
