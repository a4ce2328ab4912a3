//! The council of `fixtures/wyeborough`: everything the program publishes of it hangs together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::sandbox::{Row, Sandbox, assert_same_files, files, rows};

/// What the fixtures were made with; see `fixtures/README.md`.
const MADE_WITH: [&str; 4] = ["--children", "120", "--seed", "27"];

/// The folder.
pub fn wyeborough() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/wyeborough")
}

/// Merges the fixtures into `out`.
fn merged() -> (Sandbox, Json) {
    let sandbox = Sandbox::new();
    let input = wyeborough();
    let json = sandbox.run(&["run", input.to_str().unwrap(), "--out", "out", "--json"]).exits(0).json();
    (sandbox, json)
}

#[test]
fn a_demo_with_the_same_seed_is_the_same_to_the_byte() {
    let sandbox = Sandbox::new();
    sandbox.run(&[&["demo", "again"][..], &MADE_WITH].concat()).exits(0);
    let made = |folder: &Path| {
        let mut files = files(folder);
        // A zip package says on which system it was made.
        files.retain(|name, _| cfg!(not(windows)) || !name.ends_with(".xlsx") && !name.ends_with(".ods"));
        files
    };
    assert_same_files(&made(&wyeborough()), &made(&sandbox.path("again")));
}

#[test]
fn the_fixtures_hold_every_format_and_are_small() {
    let files = files(&wyeborough());
    assert!(files.values().map(Vec::len).sum::<usize>() < 300 << 10);
    let starts_with = |end: &str, magic: &[u8]| {
        let of_the_format: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(end)).collect();
        assert!(!of_the_format.is_empty(), "{end}");
        assert!(
            of_the_format.iter().all(|(name, bytes)| bytes.starts_with(magic) || *name == "truth.csv"),
            "{end}"
        );
    };
    starts_with(".xlsx", b"PK\x03\x04");
    starts_with(".ods", b"PK\x03\x04");
    starts_with(".xls", b"\xD0\xCF\x11\xE0");
    starts_with(".tsv", b"");
    let (archive, export) = (&files["s20 archive.csv"], &files["Mosaic_export.csv"]);
    assert!(std::str::from_utf8(archive).is_err(), "Windows-1252 is no UTF-8");
    assert!(export.starts_with(b"\xEF\xBB\xBF"), "UTF-8 with a byte order mark");
}

#[test]
fn every_file_of_the_documentation_is_published_and_no_other() {
    let (sandbox, json) = merged();
    let entities = json["entities"].as_object().unwrap().keys().map(|name| format!("{name}.csv"));
    let always = [
        "sources.csv",
        "provenance.csv",
        "conflicts.csv",
        "history.csv",
        "review.csv",
        "changes.csv",
        "redirects.csv",
        "marks.csv",
        "problems.csv",
        "collate.xlsx",
        "manifest.json",
    ];
    let expected: BTreeSet<String> = entities.chain(always.map(str::to_owned)).collect();
    let published = files(&sandbox.path("out"));
    assert_eq!(published.keys().cloned().collect::<BTreeSet<_>>(), expected);
    let documented = std::fs::read_to_string(wyeborough().join("../../docs/outputs.md")).unwrap();
    for name in always {
        assert!(documented.contains(&format!("`{name}`")), "{name} is not in docs/outputs.md");
    }
}

#[test]
fn every_csv_file_has_the_columns_of_the_documentation() {
    let (sandbox, _) = merged();
    let documented = std::fs::read_to_string(wyeborough().join("../../docs/outputs.md")).unwrap();
    for name in ["sources", "provenance", "conflicts", "history", "review", "marks", "problems"] {
        let section = documented.split(&format!("## `{name}.csv`")).nth(1).unwrap();
        let section = section.split("\n## ").next().unwrap();
        let columns = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let published = std::fs::read_to_string(sandbox.path("out").join(format!("{name}.csv"))).unwrap();
        let headings: Vec<&str> = published.lines().next().unwrap().split(',').collect();
        assert_eq!(headings, columns.collect::<Vec<_>>(), "{name}.csv");
    }
}

#[test]
fn the_counts_add_up() {
    let (sandbox, json) = merged();
    let rows = |name: &str| json["rows"][name].as_u64().unwrap();
    let parts = ["used", "header", "furniture", "continued", "without_identity", "left_alone"];
    assert_eq!(rows("read"), parts.iter().map(|name| rows(name)).sum::<u64>());

    let merged = sandbox.merged("out");
    let sources = merged.csv("sources.csv");
    let used: BTreeSet<_> = sources.iter().map(|r| (&r["file"], &r["sheet"], &r["row"])).collect();
    assert_eq!(used.len() as u64, rows("used"), "every row used is in sources.csv");
    for (name, count) in json["entities"].as_object().unwrap() {
        assert_eq!(merged.csv(&format!("{name}.csv")).len() as u64, count.as_u64().unwrap(), "{name}");
    }
    let problems = merged.csv("problems.csv");
    let nobody = problems.iter().filter(|row| row["code"] == "row-without-identity").count();
    assert_eq!(nobody as u64, rows("without_identity"), "rows that name nobody are in problems.csv");
    assert_eq!(json["mentions"], sources.iter().filter(|row| row["entity"] == "child").count());
    assert_eq!(json["waiting_for_review"], merged.csv("review.csv").len());
    assert_eq!(json["conflicts"], merged.csv("conflicts.csv").len());
}

#[test]
fn the_records_of_every_sheet_are_used_or_told() {
    let (sandbox, _) = merged();
    let input = wyeborough();
    let inspected = sandbox.run(&["inspect", input.to_str().unwrap(), "--json"]).exits(0).json();
    let merged = sandbox.merged("out");
    let (sources, problems) = (merged.csv("sources.csv"), merged.csv("problems.csv"));
    let sheets = inspected["sheets"].as_array().unwrap();
    assert!(sheets.len() > 10);
    for sheet in sheets {
        let here = |row: &&Row| sheet["file"] == row["file"] && sheet["sheet"] == row["sheet"];
        let used: BTreeSet<_> = sources.iter().filter(here).map(|row| &row["row"]).collect();
        let nobody = problems.iter().filter(here).filter(|row| row["code"] == "row-without-identity").count();
        let tables = sheet["tables"].as_array().unwrap();
        let records: u64 = tables.iter().map(|table| table["records"].as_u64().unwrap()).sum();
        assert_eq!(records, (used.len() + nobody) as u64, "{} {}", sheet["file"], sheet["sheet"]);
        let rows = |name: &str| sheet["rows"][name].as_u64().unwrap();
        let others = ["header", "furniture", "continued", "left_alone"].map(rows).iter().sum::<u64>();
        assert_eq!(rows("read"), records + others, "{} {}", sheet["file"], sheet["sheet"]);
        let told = problems.iter().any(|row| here(&row) && row["place"].is_empty());
        assert!(!tables.is_empty() || told, "a sheet that is left alone is told");
    }
}

#[test]
fn no_row_that_names_a_child_is_lost() {
    let (sandbox, _) = merged();
    let ids = sandbox.merged("out").ids("child");
    let truth = rows(&std::fs::read(wyeborough().join("truth.csv")).unwrap(), b',');
    let mut lost = Vec::new();
    for row in truth.iter().filter(|row| !row["child"].is_empty()) {
        let number = |name: &str| row[name].parse::<u32>().unwrap();
        let place = (row["file"].clone(), row["sheet"].clone(), number("row"), number("part"));
        if !ids.contains_key(&place) {
            lost.push(place);
        }
    }
    assert_eq!(lost, []);
}

#[test]
fn ids_lead_from_file_to_file() {
    let (sandbox, json) = merged();
    let merged = sandbox.merged("out");
    let entities = json["entities"].as_object().unwrap();
    let tables: BTreeMap<String, _> = entities
        .keys()
        .flat_map(|name| merged.csv(&format!("{name}.csv")))
        .map(|row| (row["collate_id"].clone(), row))
        .collect();
    let mentioned: BTreeSet<_> =
        merged.csv("sources.csv").into_iter().map(|row| row["collate_id"].clone()).collect();
    assert_eq!(
        mentioned,
        tables.keys().cloned().collect(),
        "each entity is mentioned, each mention has its entity"
    );
    for row in merged.csv("provenance.csv") {
        let place = format!("{} {}", row["collate_id"], row["column"]);
        assert_eq!(tables[&row["collate_id"]][&row["column"]], row["value"], "{place}");
    }
    for row in merged.csv("conflicts.csv") {
        assert_eq!(tables[&row["collate_id"]][&row["column"]], row["kept"]);
        assert_ne!(row["other"], row["kept"]);
    }
    for row in merged.csv("review.csv") {
        assert!(tables.contains_key(&row["left_id"]) && tables.contains_key(&row["right_id"]));
        assert_ne!(row["left_id"], row["right_id"]);
    }
}

#[test]
fn the_truth_is_met() {
    let (sandbox, _) = merged();
    let truth = wyeborough().join("truth.csv");
    let evaluated =
        sandbox.run(&["evaluate", "out", "--truth", truth.to_str().unwrap(), "--json"]).exits(0).json();
    let shape = |value: &Json| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let keys = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(shape(&evaluated), keys(&["pairs", "clusters", "merged_with_sibling", "merged_with_twin"]));
    for (key, parts) in [
        ("pairs", &["precision", "recall", "f1"][..]),
        ("clusters", &["precision", "recall", "f1"]),
        ("merged_with_sibling", &["count", "of"]),
        ("merged_with_twin", &["count", "of"]),
    ] {
        assert_eq!(shape(&evaluated[key]), keys(parts), "{key}");
    }
    let share = |key: &str, part: &str| evaluated[key][part].as_f64().unwrap();
    assert!(share("pairs", "precision") >= 0.99, "{evaluated}");
    assert!(share("pairs", "recall") >= 0.85, "{evaluated}");
    assert!(share("merged_with_sibling", "of") > 0.0 && share("merged_with_twin", "of") > 0.0, "{evaluated}");
    assert_eq!((share("merged_with_sibling", "count"), share("merged_with_twin", "count")), (0.0, 0.0));
    let told = sandbox.run(&["evaluate", "out", "--truth", truth.to_str().unwrap()]).exits(0).stdout;
    assert!(told.contains("mentions of") && told.contains("merged with a twin"), "{told}");
    // So few rows are all compared with each other.
    let (truth, from) = (truth.to_str().unwrap(), wyeborough());
    let asked =
        ["evaluate", "out", "--truth", truth, "--blocking", "--json", "--from", from.to_str().unwrap()];
    let blocking = sandbox.run(&asked).exits(0).json()["blocking"].clone();
    assert!(blocking["of"].as_u64().unwrap() > 100 && blocking["met"] == blocking["of"], "{blocking}");
}

#[test]
fn no_problem_names_a_child() {
    let (sandbox, _) = merged();
    let merged = sandbox.merged("out");
    let problems = std::fs::read_to_string(sandbox.path("out/problems.csv")).unwrap();
    let names: BTreeSet<String> = merged
        .csv("children.csv")
        .into_iter()
        .flat_map(|row| [row["surname"].clone(), row["forenames"].clone(), row["date_of_birth"].clone()])
        .filter(|name| name.len() > 3 && !name.starts_with('('))
        .collect();
    assert!(names.len() > 100);
    let words: BTreeSet<&str> = problems.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let told: Vec<_> = names.iter().filter(|name| words.contains(name.as_str())).collect();
    assert_eq!(told, Vec::<&String>::new());
}
