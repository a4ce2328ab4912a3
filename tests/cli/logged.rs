//! The log of a run: lines of JSON, also of a run that failed, and never a name or a date of birth.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::own_output::copy_of_the_fixtures;
use crate::sandbox::Sandbox;

fn text(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.path("log.jsonl")).unwrap()
}

fn lines(sandbox: &Sandbox) -> Vec<Json> {
    text(sandbox).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn events(lines: &[Json], event: &str) -> Vec<Json> {
    lines.iter().filter(|line| line["event"] == event).cloned().collect()
}

#[test]
fn a_run_is_logged_without_personal_data() {
    let sandbox = copy_of_the_fixtures();
    let run = ["run", "in", "--out", "out", "--formats", "csv", "--quiet", "--log", "log.jsonl"];
    sandbox.run(&run).exits(0);
    let logged = lines(&sandbox);
    for line in &logged {
        let at = line["at"].as_str().unwrap();
        assert!(at.len() == 20 && at.ends_with('Z'), "{at} is no time in UTC");
    }
    let stages: BTreeSet<String> =
        events(&logged, "stage").iter().map(|line| line["stage"].as_str().unwrap().to_owned()).collect();
    for stage in ["reading", "cleaning", "remembering", "blocking", "merging", "publishing"] {
        assert!(stages.contains(stage), "{stage} is not among {stages:?}");
    }
    let merged = sandbox.merged("out");
    assert_eq!(events(&logged, "note").len(), merged.csv("problems.csv").len());
    let counts = &events(&logged, "counts")[0];
    assert_eq!(counts["entities"]["children"], merged.csv("children.csv").len());
    assert_eq!(events(&logged, "changes")[0]["new"], 0);
    let end = logged.last().unwrap();
    assert_eq!((&end["event"], &end["exit"]), (&"end".into(), &0.into()));

    // Names of files and sheets are no personal data, and hold no word that is a name.
    let text = text(&sandbox).to_lowercase();
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let mut looked_for = 0;
    for child in merged.csv("children.csv") {
        for column in ["surname", "forenames", "also_known_as"] {
            let names = child[column].to_lowercase();
            let names = names.split(|c: char| !c.is_alphanumeric());
            for name in names.filter(|name| name.chars().count() > 2 && !ORDINARY.contains(name)) {
                assert!(!words.contains(name), "{name} is in the log");
                looked_for += 1;
            }
        }
        let born = child["date_of_birth"].as_str();
        assert!(born.is_empty() || !text.contains(born), "{born} is in the log");
    }
    assert!(looked_for > 200, "only {looked_for} names were looked for");
}

/// Names of the fixtures that are words as well.
const ORDINARY: [&str; 6] = ["may", "young", "day", "will", "mark", "read"];

#[test]
fn a_run_that_publishes_nothing_says_so() {
    let sandbox = copy_of_the_fixtures();
    let run = ["run", "in", "--out", "out", "--formats", "csv", "--quiet", "--log", "log.jsonl"];
    sandbox.run(&run).exits(0);
    sandbox.run(&run).exits(0);
    std::fs::remove_file(sandbox.path("in/Mosaic_export.csv")).unwrap();
    sandbox.run(&run).exits(3);
    std::fs::remove_file(sandbox.path("collate.db.copy")).unwrap();
    sandbox.write("collate.db", "no database ".repeat(900));
    sandbox.run(&run).exits(1);
    sandbox.run(&[&run[..], &["--frozen"]].concat()).exits(2);
    let ends = events(&lines(&sandbox), "end");
    let exits: Vec<_> = ends.iter().map(|end| end["exit"].as_u64().unwrap()).collect();
    assert_eq!(exits, [0, 0, 3, 1, 2]);
    for (end, message) in [(2, "Mosaic_export.csv is not there any more"), (3, "is damaged"), (4, "")] {
        assert!(ends[end]["message"].as_str().unwrap().contains(message), "{}", ends[end]);
    }
    assert_eq!(events(&lines(&sandbox), "unchanged").len(), 1);
    assert_eq!(events(&lines(&sandbox), "start").len(), 5);
    let failed = sandbox.run(&["run", "in", "--out", "out", "--log", "nowhere/log.jsonl"]).exits(1);
    assert!(failed.stderr.contains("can't be written"), "{}", failed.stderr);
}
