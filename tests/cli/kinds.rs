//! Every tracker kind on a made-up file of its own, as the tables in `fixtures/README.md` say.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value as Json;

use crate::sandbox::Sandbox;

fn fixtures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"))
}

/// File → kind, from the table under a heading of the page.
fn table(folder: &str) -> BTreeMap<String, String> {
    let page = std::fs::read_to_string(fixtures().join("README.md")).unwrap();
    let section = page.split("\n## ").find(|section| section.starts_with(&format!("`{folder}`"))).unwrap();
    let cells = |line: &str| {
        line.split(" | ").map(|cell| cell.trim_matches([' ', '|', '`']).to_owned()).collect::<Vec<_>>()
    };
    let rows = section.lines().filter(|line| line.starts_with("| `")).map(cells);
    rows.map(|cells| (cells[0].clone(), cells[1].clone())).collect()
}

fn inspected(folder: &str) -> Vec<Json> {
    let told =
        Sandbox::new().run(&["inspect", fixtures().join(folder).to_str().unwrap(), "--json"]).exits(0).json();
    told["sheets"].as_array().unwrap().clone()
}

/// Each file's kind, and its columns that no field was found for.
fn found(folder: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let of_sheet = |sheet: &Json| {
        let tables = sheet["tables"].as_array().unwrap();
        let kind = tables.first().map_or("none", |table| table["kind"].as_str().unwrap());
        assert!(tables.iter().all(|table| table["kind"] == kind), "{sheet}");
        let columns = tables.iter().flat_map(|table| table["columns"].as_array().unwrap());
        let free = columns
            .filter(|column| column["field"].is_null())
            .map(|column| column["heading"].as_str().unwrap().to_owned());
        (sheet["file"].as_str().unwrap().to_owned(), (kind.to_owned(), free.collect()))
    };
    inspected(folder).iter().map(of_sheet).collect()
}

#[test]
fn each_file_is_recognised_and_each_column_goes_to_a_field() {
    let found = found("kinds");
    let kinds: BTreeMap<String, String> =
        found.iter().map(|(file, (kind, _))| (file.clone(), kind.clone())).collect();
    assert_eq!(kinds, table("kinds"));
    for (file, (_, free)) in &found {
        // Lists of people keep what they have besides.
        let expected: &[&str] = if file == "People list.csv" { &["Disability"] } else { &[] };
        assert_eq!(free, expected, "{file}");
    }
}

#[test]
fn lists_that_look_a_little_like_one_are_not_taken() {
    let kinds: BTreeMap<String, String> =
        found("ordinary").into_iter().map(|(file, (kind, _))| (file, kind)).collect();
    assert_eq!(kinds, table("ordinary"));
}

#[test]
fn every_kind_has_a_file_that_shows_it() {
    let told = Sandbox::new().run(&["kinds", "--json"]).exits(0).json();
    let all = told.as_array().unwrap().iter().map(|kind| kind["name"].as_str().unwrap().to_owned());
    let shown: Vec<String> = table("kinds").into_values().collect();
    let of_council = [
        "notable_cases",
        "sgo_audits",
        "s20_cases",
        "hra_claims",
        "court_proceedings",
        "improvement_plan",
        "people_list",
    ];
    let missing: Vec<String> =
        all.filter(|kind| !shown.contains(kind) && !of_council.contains(&kind.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn all_of_them_together_are_published_and_every_row_is_accounted_for() {
    let sandbox = Sandbox::new();
    let told = sandbox
        .run(&["run", fixtures().join("kinds").to_str().unwrap(), "--out", "out", "--json"])
        .exits(0)
        .json();
    let rows = &told["rows"];
    let count = |name: &str| rows[name].as_u64().unwrap();
    let reasons = ["used", "header", "furniture", "continued", "without_identity", "left_alone"];
    assert_eq!(count("read"), reasons.iter().map(|name| count(name)).sum::<u64>(), "{rows}");
    assert_eq!((count("without_identity"), count("left_alone")), (0, 0), "{rows}");
    // The statutory lists name the same children by their ids.
    let merged = sandbox.merged("out");
    let ids: Vec<String> = merged
        .csv("children.csv")
        .into_iter()
        .map(|row| row["child_id"].clone())
        .filter(|id| !id.is_empty())
        .collect();
    let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "a child id is one child");
}
