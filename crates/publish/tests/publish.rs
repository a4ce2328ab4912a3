//! What is published: the csv files, the manifest, the workbook.

mod changed;
mod made_up;

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use collate_model::Dataset;
use collate_publish::{ErrorKind, Format, publish};
use serde_json::{Value, json};

fn manifest() -> Value {
    json!({ "program": "collate", "version": "0.1.0", "inputs": [], "counts": { "rows": 93 } })
}

fn records(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_table_is_a_csv_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    let published = publish(&made_up::dataset(4), &manifest(), &out, &[Format::Csv]).unwrap();
    assert!(published.notes.is_empty());
    let golden: [(&str, usize, &[&str], &[&str]); 12] = [
        (
            "children.csv",
            4,
            &[
                "collate_id",
                "name",
                "date_of_birth",
                "nhs_number",
                "postcode",
                "legal_status",
                "consent",
                "rag",
                "review_due",
                "review_due_from",
                "review_due_to",
                "damages",
                "weeks",
                "next_step",
                "comments",
            ],
            &[
                "CH-00003",
                "Zoë Okafor",
                "2007-03-03",
                "4000015838",
                "",
                "Care order",
                "partial",
                "Green",
                "Ongoing",
                "",
                "",
                "-12.50",
                "TBC",
                "'- chase the \"guardian\"",
                "Seen, and spoken to",
            ],
        ),
        (
            "cases.csv",
            2,
            &["collate_id", "case_number", "issued", "judge"],
            &["CA-00002", "ZW16C00001", "2006-02-02", ""],
        ),
        ("claims.csv", 0, &["collate_id", "claim_number"], &[]),
        (
            "sources.csv",
            8,
            &["file", "sheet", "row", "part", "entity", "collate_id", "weight", "probability", "reason"],
            &[
                "court, 2021.csv",
                "",
                "5",
                "1",
                "child",
                "CH-00004",
                "14.27",
                "0.9999",
                "like row 5 of trackers/section 20.xlsx, sheet Current: Same forename, surname and date of birth.",
            ],
        ),
        (
            "provenance.csv",
            51,
            &["collate_id", "entity", "column", "value", "original", "file", "sheet", "cell", "why"],
            &[
                "CA-00002",
                "case",
                "issued",
                "2006-02-02",
                "2006-02-02",
                "court, 2021.csv",
                "",
                "B3",
                "The only value.",
            ],
        ),
        (
            "conflicts.csv",
            4,
            &[
                "collate_id",
                "entity",
                "column",
                "kept",
                "kept_file",
                "kept_sheet",
                "kept_cell",
                "other",
                "other_file",
                "other_sheet",
                "other_cell",
                "why",
            ],
            &[
                "CH-00004",
                "child",
                "date_of_birth",
                "2008-04-04",
                "court, 2021.csv",
                "",
                "B5",
                "'-1+cmd|' /C calc'!A0",
                "trackers/section 20.xlsx",
                "Current",
                "AB5",
                "The only value.",
            ],
        ),
        (
            "history.csv",
            4,
            &["collate_id", "entity", "column", "value", "date", "file", "sheet", "cell"],
            &["CH-00004", "child", "date_of_birth", "2008-04-04", "", "court, 2021.csv", "", "B5"],
        ),
        (
            "review.csv",
            3,
            &[
                "collate_review",
                "entity",
                "left_id",
                "left",
                "left_file",
                "left_sheet",
                "left_row",
                "left_part",
                "right_id",
                "right",
                "right_file",
                "right_sheet",
                "right_row",
                "right_part",
                "weight",
                "probability",
                "lead",
                "reason",
                "left_values",
                "right_values",
            ],
            &[
                "R-0003",
                "child",
                "CH-00001",
                "Ava Price\nborn 2014-05-01",
                "trackers/section 20.xlsx",
                "Current",
                "2",
                "1",
                "CH-00004",
                "Eva Price\nborn 2014-05-01",
                "court, 2021.csv",
                "",
                "5",
                "1",
                "3.50",
                "0.6100",
                "",
                "The forenames differ by one letter and the dates of birth are the same; they may be twins.",
                "Ava Price, born 2014-05-01\nName: Ava O'Neill\nDate of birth: 2005-01-01\nNHS number: 4000000000\nPostcode: HR1 2AB\nLegal status: Section 20\nNext step: File statement",
                "Eva Price, born 2014-05-01\nName: Kofi Novák\nDate of birth: 2008-04-04\nNHS number: 4000023757\nPostcode: HR1 2AB\nLegal status: =cmd|' /C calc'!A0\nNext step: line one line two",
            ],
        ),
        (
            "changes.csv",
            2,
            &["collate_id", "entity", "change", "column", "old", "new", "file", "sheet", "cell"],
            &["CH-00002", "child", "value", "name", "'=Old", "New", "court, 2021.csv", "", "B3"],
        ),
        ("redirects.csv", 1, &["collate_id", "entity", "now"], &["CH-00009", "child", "CH-00001"]),
        (
            "marks.csv",
            3,
            &["collate_mark", "file", "sheet", "place", "mark", "text", "collate_ids"],
            &[
                "M-0003",
                "trackers/section 20.xlsx",
                "Current",
                "B2",
                "comment",
                "'=chased; ask KM",
                "CH-00001",
            ],
        ),
        (
            "problems.csv",
            3,
            &["collate_problem", "severity", "file", "sheet", "place", "code", "what", "to_do"],
            &["P-0003", "info", "'=risky.csv", "", "", "sheet-left-alone", "This is no tracker.", ""],
        ),
    ];
    let names: Vec<&str> = golden.iter().map(|(name, ..)| *name).chain(["manifest.json"]).collect();
    assert_eq!(published.files, names);
    assert_eq!(fs::read_dir(&out).unwrap().count(), names.len());
    for (name, rows, headings, row) in golden {
        let records = records(&out.join(name));
        assert_eq!(records.len(), rows + 1, "{name}");
        assert_eq!(records[0], headings, "{name}");
        let place = if name == "children.csv" { 3 } else { rows };
        if rows > 0 {
            assert_eq!(records[place], row, "{name}");
        }
        assert!(name == "sources.csv" || headings[0].starts_with("collate_"), "{name}");
        let bytes = fs::read(out.join(name)).unwrap();
        assert!(!bytes.contains(&b'\r') && bytes.last() == Some(&b'\n') && bytes[0] != 0xef, "{name}");
    }
}

#[test]
fn the_manifest_keeps_its_keys_and_gains_the_files() {
    let folder = tempfile::tempdir().unwrap();
    publish(&made_up::dataset(4), &manifest(), folder.path().join("m").as_path(), &Format::ALL).unwrap();
    let text = fs::read_to_string(folder.path().join("m/manifest.json")).unwrap();
    assert!(text.starts_with("{\n  \"program\": \"collate\",\n  \"version\": \"0.1.0\",\n  \"inputs\": []"));
    assert!(text.ends_with("}\n"));
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let files = manifest["files"].as_object().unwrap();
    assert_eq!(files.len(), 13);
    assert_eq!(files["children.csv"]["rows"], 4);
    assert_eq!(files["collate.xlsx"]["rows"], 4 + 2 + 8 + 51 + 4 + 4 + 3 + 2 + 1 + 3 + 3);
    assert!(files.values().all(|file| file["sha256"].as_str().unwrap().len() == 64));
}

#[test]
fn a_manifest_that_is_not_ours_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    for manifest in [json!([]), json!({ "program": "other" })] {
        let error = publish(&Dataset::default(), &manifest, &out, &Format::ALL).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Manifest);
    }
    assert!(!out.exists());
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let outs = ["one", "two"].map(|name| folder.path().join(name));
    publish(&made_up::dataset(300), &manifest(), &outs[0], &Format::ALL).unwrap();
    // The zip of a workbook knows times in steps of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    publish(&made_up::dataset(300), &manifest(), &outs[1], &Format::ALL).unwrap();
    for entry in fs::read_dir(&outs[0]).unwrap() {
        let name = entry.unwrap().file_name();
        let [one, two] = [0, 1].map(|i| fs::read(outs[i].join(&name)).unwrap());
        assert!(one == two, "{name:?}");
    }
}

#[test]
fn the_workbook_holds_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    publish(&made_up::dataset(4), &manifest(), &out, &[Format::Xlsx]).unwrap();
    let mut workbook: Xlsx<_> = open_workbook(out.join("collate.xlsx")).unwrap();
    assert_eq!(
        workbook.sheet_names(),
        [
            "Read me",
            "Children",
            "Cases",
            "Claims",
            "Sources",
            "Provenance",
            "Conflicts",
            "Over time",
            "Review",
            "Changes",
            "Former ids",
            "Marks",
            "Problems"
        ]
    );
    let read_me = workbook.worksheet_range("Read me").unwrap();
    assert!(read_me.get((0, 0)).unwrap().to_string().starts_with("Written by collate"));

    let children = workbook.worksheet_range("Children").unwrap();
    let cell = |row: u32, col: u32| children.get_value((row, col)).unwrap().clone();
    assert_eq!(cell(0, 0), Data::String("Children".into()));
    assert_eq!(cell(2, 2), Data::String("Date of birth".into()));
    assert_eq!(cell(3, 0), Data::String("CH-00001".into()));
    assert!(matches!(&cell(3, 2), Data::DateTime(day) if day.as_f64() == 38353.0), "2005-01-01");
    assert_eq!(cell(3, 3), Data::String("4000000000".into()), "ids are text");
    assert_eq!(cell(3, 6), Data::String("Yes".into()));
    assert_eq!(cell(3, 7), Data::String("Red".into()));
    assert_eq!(cell(4, 8), Data::String("Oct/Nov 2021".into()));
    assert_eq!(cell(3, 11), Data::Float(2500.0));
    assert_eq!(cell(6, 5), Data::String("=cmd|' /C calc'!A0".into()), "text, not a formula");
    assert!(workbook.worksheet_formula("Children").unwrap().is_empty());

    let claims = workbook.worksheet_range("Claims").unwrap();
    assert_eq!(claims.get_value((2, 1)), Some(&Data::String("Claim number".into())));
    assert_eq!(claims.get_value((3, 0)), Some(&Data::String("Nothing here.".into())));
}

/// The counts of the first sheet: from the label in the first column to the number beside it.
fn count(sheet: &calamine::Range<Data>, label: &str) -> f64 {
    let row = sheet.rows().find(|row| row[0] == Data::String(label.into())).unwrap();
    let Data::Float(count) = row[1] else { panic!("{label} has no count") };
    count
}

#[test]
fn the_counts_of_the_first_sheet_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    let dataset = made_up::dataset(40);
    publish(&dataset, &manifest(), &out, &[Format::Xlsx]).unwrap();
    let mut workbook: Xlsx<_> = open_workbook(out.join("collate.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("Read me").unwrap();
    let parts = [
        "Rows used",
        "Rows with headings",
        "Rows with titles, notes",
        "Rows going on from above",
        "Rows naming nobody",
        "Rows left alone",
    ];
    let sum: f64 = parts.map(|part| count(&sheet, part)).iter().sum();
    assert_eq!(sum, count(&sheet, "Rows read"));
    assert_eq!(sum, 44.0 + 42.0 + 7.0);
    for (label, expected) in [
        ("Files", 3.0),
        ("Sheets", 3.0),
        ("Children", 40.0),
        ("Mentions linked", 80.0),
        ("Conflicts", 9.0),
        ("Waiting for review", 8.0),
        ("Problems: errors", 1.0),
    ] {
        assert_eq!(count(&sheet, label), expected, "{label}");
    }
}

#[test]
fn text_that_a_cell_cannot_hold_is_cut_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    let mut dataset = made_up::dataset(1);
    let text = "é".repeat(40_000);
    changed::set_first(&mut dataset.tables[0], 0, &text);
    let published = publish(&dataset, &manifest(), &out, &Format::ALL).unwrap();
    let said: Vec<_> = published.notes.iter().map(|note| (note.sheet.as_str(), note.code)).collect();
    assert_eq!(said, [("Children", "text-cut"), ("Provenance", "text-cut")]);
    assert_eq!(published.notes[0].todo, "All of it is in children.csv.");
    assert_eq!(records(&out.join("children.csv"))[1][1], text);
    assert!(
        open_workbook::<Xlsx<_>, _>(out.join("collate.xlsx")).unwrap().worksheet_range("Children").is_ok()
    );
}

#[test]
fn long_lists_are_left_to_their_csv_files() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    let mut dataset = made_up::dataset(2);
    let link = dataset.links[0];
    dataset.links = vec![link; 65_537];
    let published = publish(&dataset, &manifest(), &out, &Format::ALL).unwrap();
    let said: Vec<_> = published.notes.iter().map(|note| (note.sheet.as_str(), note.code)).collect();
    assert_eq!(said, [("Sources", "sheet-cut")]);
    let mut workbook: Xlsx<_> = open_workbook(out.join("collate.xlsx")).unwrap();
    assert_eq!(workbook.worksheet_range("Sources").unwrap().height(), 4);
    let read_me = workbook.worksheet_range("Read me").unwrap();
    let gap = "Sources: The sheet would be too long: none of its 65537 rows are in the workbook. All of it is in sources.csv.";
    assert!(read_me.rows().any(|row| row[0] == Data::String(gap.into())));
}

#[test]
fn an_empty_dataset_is_published_too() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    let published = publish(&Dataset::default(), &manifest(), &out, &Format::ALL).unwrap();
    assert_eq!(published.files.len(), 11);
    assert_eq!(records(&out.join("review.csv")).len(), 1);
}

#[test]
fn the_outputs_page_names_every_column_and_file() {
    let page = include_str!("../../../docs/outputs.md");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    let mut dataset = made_up::dataset(4);
    for table in &mut dataset.tables {
        table.columns.clear();
    }
    for file in publish(&dataset, &manifest(), &out, &Format::ALL).unwrap().files {
        assert!(page.contains(&format!("`{file}`")), "{file}");
        if let Some(name) = file.strip_suffix(".csv") {
            let section = page.split("\n## ").find(|section| section.starts_with(&format!("`{name}.csv`")));
            let section = section.unwrap_or(page);
            for heading in &records(&out.join(&file))[0] {
                assert!(section.contains(&format!("| `{heading}` |")), "{heading} of {file}");
            }
        }
    }
}
