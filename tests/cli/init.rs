//! `collate init`: what was found as a settings file, which a person corrects, and which holds for the
//! next file of the same shape. And what `collate inspect` says of columns.

use crate::sandbox::Sandbox;

const TRACKER: &str = "\
Title of the sheet,,,,
Child,Born,Came to us,Signed,Misc
Anna Smith,01/02/2010,25/03/2021,Y,a
Ben Jones,13/02/2011,ask mum,N,b
Cara Webb,02/03/2012,04/04/2021,Y,
";

#[test]
fn what_is_found_is_written_and_reads_the_same() {
    let sandbox = Sandbox::with(&[
        (
            "in/s20 list.csv",
            "Child name,DOB,Section 20 start date,Consent form signed,Misc\nAnna Smith,01/02/2010,25/03/2021,Y,a\n",
        ),
        ("in/notes.csv", "a,b\nc,d\n"),
    ]);
    let before = sandbox.run(&["inspect", "in", "--json"]).exits(0).json();
    sandbox.run(&["init", "in"]).exits(0);
    let text = std::fs::read_to_string(sandbox.path("in/collate.toml")).unwrap();
    for words in [
        "kind = \"s20_cases\"  # ",
        "\"DOB\" = \"dob\"  # B: a known heading; 1 filled",
        "# \"Misc\" = \"ignore\"",
        "# [files.\"notes.csv\"]",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Anna") && !text.contains("2010"), "no values: {text}");
    let after = sandbox.run(&["inspect", "in", "--json"]).exits(0).json();
    let fields = |told: &serde_json::Value| {
        told["sheets"][1]["tables"][0]["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["field"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(fields(&after), fields(&before));
    // It is not written over unless that is asked.
    let told = sandbox.run(&["init", "in"]).exits(2).stderr;
    assert!(told.contains("--force"), "{told}");
    sandbox.run(&["init", "in", "--force", "--quiet"]).exits(0);
    let again = std::fs::read_to_string(sandbox.path("in/collate.toml")).unwrap();
    assert!(again.contains("\"DOB\" = \"dob\"  # B: collate.toml says so"), "{again}");
}

#[test]
fn a_corrected_mapping_holds_for_the_next_file_of_the_same_shape() {
    let sandbox = Sandbox::with(&[
        ("in/list August.csv", TRACKER),
        ("in/list September.csv", &TRACKER.replace("Anna", "Dora").replace("Title", "Another title")),
        ("in/other.csv", "Child,Born,Came to us\nX Y,01/01/2010,02/02/2020\n"),
        (
            "in/collate.toml",
            "[files.\"list August.csv\"]\nkind = \"s20_cases\"\nheader_row = 2\ncolumns = { Child = \"child_name\", Born = \"dob\", \"Came to us\" = \"s20_start\", Signed = \"consent_signed\" }\n",
        ),
    ]);
    sandbox.run(&["run", "in", "--out", "out"]).exits(0);
    let merged = sandbox.merged("out");
    let starts = merged.csv("episodes.csv").iter().filter(|row| !row["s20_start"].is_empty()).count();
    assert_eq!(starts, 3, "of four children one has no such day");
    let notes = merged.csv("problems.csv");
    let remembered: Vec<&str> = notes
        .iter()
        .filter(|row| row["code"] == "mapping-remembered")
        .map(|row| row["file"].as_str())
        .collect();
    assert_eq!(remembered, ["list September.csv"]);
}

#[test]
fn inspect_tells_what_could_not_be_read_and_what_proves_the_order_of_dates() {
    let sandbox = Sandbox::with(&[(
        "in/s20.csv",
        &TRACKER.replace("Born", "DOB").replace("Came to us", "Date accommodated"),
    )]);
    let told = sandbox.run(&["inspect", "in"]).exits(0).stdout;
    assert!(told.contains("1 can only be day first, 0 only month first"), "{told}");
    assert!(told.contains("1 of 3 can't be read: C4") && !told.contains("ask mum"), "{told}");
    let told = sandbox.run(&["inspect", "in", "--show-values"]).exits(0).stdout;
    assert!(told.contains("C4 \"ask mum\""), "{told}");
    let json = sandbox.run(&["inspect", "in", "--json", "--show-values"]).exits(0).json();
    let column = &json["sheets"][0]["tables"][0]["columns"][2];
    assert_eq!(
        (column["not_read_values"][0].as_str(), column["only_day_first"].as_u64()),
        (Some("ask mum"), Some(1))
    );
}

/// The files of a published folder that hold what was merged.
const MERGED: [&str; 5] = ["children.csv", "cases.csv", "audits.csv", "measures.csv", "training.csv"];

#[test]
fn what_init_writes_changes_nothing_whatever_the_layout() {
    let form = "SGO AUDIT FORM,\n,\nChild's name,Lottie Sallow\nDate of birth,04/04/2020\nMosaic ID,774777\nDate of audit,06/11/2025\nGrade,RI\nType of order,SGO\nCase number,ZW24C50077\n";
    let beside = "Live,,,,,Concluded,,,\nCase No,Child,DOB,Issued,,Case No,Child,DOB,Concluded\nZW25C50101,Ann Ash,01/02/2014,01/09/2025,,ZW24C50077,Bea Birch,01/03/2015,30/10/2024\nZW25C50102,Cy Cole,02/02/2014,02/09/2025,,ZW24C50078,Dot Dean,02/03/2015,31/10/2024\n";
    let months = "Measure,Target,Apr-21,May-21\nCases open,70,71,69\n";
    let courses = "Name,Role,Section 20,HRA\nA Lawyer,Solicitor,12/04/2021,Y\n";
    let sandbox = Sandbox::with(&[
        ("in/form.csv", form),
        ("in/court.csv", beside),
        ("in/scorecard.csv", months),
        ("in/training.csv", courses),
    ]);
    sandbox.run(&["run", "in", "--out", "before"]).exits(0);
    sandbox.run(&["init", "in"]).exits(0);
    let told = sandbox.run(&["run", "in", "--out", "after"]).exits(0);
    assert!(!told.stderr.contains("collate.toml"), "{}", told.stderr);
    let (before, after) = (sandbox.merged("before"), sandbox.merged("after"));
    for file in MERGED {
        assert_eq!(after.csv(file), before.csv(file), "{file}");
    }
    assert_eq!(before.csv("children.csv").len(), 5);
    let unused: Vec<_> =
        after.csv("problems.csv").into_iter().filter(|row| row["code"] == "setting-unused").collect();
    assert!(unused.is_empty(), "{unused:?}");
}
