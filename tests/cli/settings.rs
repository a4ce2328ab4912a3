//! `collate.toml`: what the user says of files and sheets wins over what was recognised.

use serde_json::Value as Json;

use crate::sandbox::Sandbox;
use crate::workbooks::xlsx;

/// The kind of a sheet and the fields of its columns, as `inspect` tells them.
fn recognised(sandbox: &Sandbox, sheet: &str) -> Option<(String, Vec<(String, String)>)> {
    let json = sandbox.run(&["inspect", "in", "--json"]).exits(0).json();
    let text = |value: &Json| value.as_str().unwrap_or("").to_owned();
    let sheets = json["sheets"].as_array().unwrap();
    let tables = sheets.iter().find(|s| text(&s["sheet"]) == sheet).unwrap()["tables"].as_array().unwrap();
    let table = tables.first()?;
    let columns = table["columns"].as_array().unwrap();
    Some((text(&table["kind"]), columns.iter().map(|c| (text(&c["heading"]), text(&c["field"]))).collect()))
}

fn workbook() -> Vec<u8> {
    xlsx(&[
        (
            "Current",
            &[
                &["Child name", "DOB", "When it began", "Remark"],
                &["John Smith", "14/03/2012", "01/02/2021", "Chase consent"],
            ],
        ),
        (
            "Old",
            &[&["Child name", "DOB", "Section 20 start date"], &["Mary Brown", "02/11/2010", "01/02/2019"]],
        ),
    ])
}

#[test]
fn without_settings() {
    let sandbox = Sandbox::new();
    sandbox.write("in/s20.xlsx", workbook());
    assert_eq!(recognised(&sandbox, "Current").unwrap().0, "people_list");
    assert_eq!(recognised(&sandbox, "Old").unwrap().0, "s20_cases");
    assert_eq!(sandbox.merge().csv("children.csv").len(), 2);
}

#[test]
fn a_kind_is_forced_a_column_renamed_and_a_sheet_ignored() {
    let sandbox = Sandbox::new();
    sandbox.write("in/s20.xlsx", workbook());
    sandbox.write(
        "in/collate.toml",
        "[files.\"s20.xlsx\"]\nkind = \"s20_cases\"\n\
         columns = { \"When it began\" = \"s20_start\", \"Remark\" = \"ignore\" }\n\
         [files.\"s20.xlsx\".sheets.\"Old\"]\nkind = \"ignore\"\n",
    );
    let (kind, columns) = recognised(&sandbox, "Current").unwrap();
    assert_eq!(kind, "s20_cases");
    assert!(columns.contains(&("When it began".into(), "s20_start".into())), "{columns:?}");
    assert_eq!(recognised(&sandbox, "Old"), None);

    let merged = sandbox.merge();
    let children = merged.csv("children.csv");
    assert_eq!(children.len(), 1);
    assert_eq!(children[0]["surname"], "Smith");
    assert_eq!(merged.csv("episodes.csv")[0]["s20_start"], "2021-02-01");
    for file in ["children.csv", "episodes.csv", "provenance.csv"] {
        let text = std::fs::read_to_string(sandbox.path("out").join(file)).unwrap();
        assert!(!text.contains("Chase consent"), "the ignored column is not in {file}");
    }
    let manifest = std::fs::read_to_string(sandbox.path("out/manifest.json")).unwrap();
    assert!(manifest.contains("s20_start"), "the manifest keeps the settings");
}

#[test]
fn a_heading_row_is_told() {
    let text = "Spring list,,\nJohn Smith,14/03/2012,01/02/2021\nMary Brown,02/11/2010,03/02/2021\n";
    let sandbox = Sandbox::with(&[("in/bare.csv", text)]);
    sandbox.write(
        "in/collate.toml",
        "[files.\"bare.csv\"]\nkind = \"s20_cases\"\nheader_row = 0\n\
         columns = { A = \"child_name\", B = \"dob\", C = \"s20_start\" }\n",
    );
    let merged = sandbox.merge();
    let born: Vec<_> = merged.csv("children.csv").iter().map(|row| row["date_of_birth"].clone()).collect();
    assert!(born.contains(&"2012-03-14".to_owned()) && born.contains(&"2010-11-02".to_owned()), "{born:?}");
}

#[test]
fn a_kind_of_the_user_adds_a_heading() {
    let tracker = "Youngster,DOB,Day of the agreement\nJohn Smith,14/03/2012,01/02/2021\n";
    let sandbox = Sandbox::with(&[("in/ours.csv", tracker)]);
    let before = recognised(&sandbox, "");
    assert!(before.is_none_or(|(kind, _)| kind != "s20_cases"));

    sandbox.write("in/collate.toml", "kinds = [\"../more/headings.toml\"]\n");
    sandbox.write(
        "more/headings.toml",
        "name = \"s20_cases\"\n\
         [[field]]\nname = \"child_name\"\nheaders = [\"Youngster\"]\n\
         [[field]]\nname = \"s20_start\"\nheaders = [\"Day of the agreement\"]\n",
    );
    let (kind, columns) = recognised(&sandbox, "").unwrap();
    let fields: Vec<&str> = columns.iter().map(|(_, field)| field.as_str()).collect();
    assert_eq!((kind.as_str(), fields), ("s20_cases", vec!["child_name", "dob", "s20_start"]));
    assert_eq!(sandbox.merge().csv("episodes.csv").len(), 1);
}

#[test]
fn settings_of_another_folder_do_not_hold_for_files_that_are_named() {
    let sandbox = Sandbox::new();
    sandbox.write("in/s20.xlsx", workbook());
    sandbox.write("collate.toml", "[files.\"s20.xlsx\"]\nkind = \"ignore\"\n");
    sandbox.run(&["run", "in/s20.xlsx", "--out", "out", "--quiet"]).exits(0);
    assert_eq!(sandbox.merged("out").csv("children.csv").len(), 2);
}

#[test]
fn settings_may_stand_elsewhere() {
    let sandbox = Sandbox::new();
    sandbox.write("in/s20.xlsx", workbook());
    sandbox.write("mine.toml", "[files.\"s20.xlsx\"]\nkind = \"ignore\"\n");
    sandbox.run(&["run", "in", "--out", "out", "--config", "mine.toml", "--quiet"]).exits(0);
    assert!(sandbox.merged("out").csv("children.csv").is_empty());
}
