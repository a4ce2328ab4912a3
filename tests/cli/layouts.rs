//! Layouts that are no plain table: tables side by side, months and courses across. Each is read from
//! csv, and comes to the same as text with tabs, as xlsx, xls and ods, and as a table in a Word document.

use std::collections::BTreeMap;

use crate::sandbox::{Merged, Sandbox, assert_same_files, files};
use crate::workbooks::docx;

/// Further formats in which every layout is read.
const FORMATS: [&str; 5] = ["tsv", "xlsx", "xls", "ods", "docx"];
/// Merges a tracker of this text, and holds the other formats to what comes of it.
pub fn merged(file: &str, text: &str) -> (Sandbox, Merged) {
    let (sandbox, merged) = merged_from(file, text.as_bytes());
    let (name, _) = file.rsplit_once('.').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let expected = entities(&sandbox);
    for format in FORMATS {
        let path = sandbox.path(&format!("{name}.{format}"));
        match format {
            "docx" => std::fs::write(&path, docx(&rows)).unwrap(),
            "tsv" => {
                let mut writer =
                    csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_path(&path).unwrap();
                rows.iter().for_each(|row| writer.write_record(row).unwrap());
            }
            _ => collate_synth::write_texts(&rows, &path).unwrap(),
        }
        let (other, _) = merged_from(&format!("{name}.{format}"), &std::fs::read(&path).unwrap());
        println!("{format}");
        assert_same_files(&entities(&other), &expected);
    }
    (sandbox, merged)
}

/// The tables of what was found; the others say where things are, which differs from format to format.
pub fn entities(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let mut all = files(&sandbox.path("out"));
    let manifest: serde_json::Value = serde_json::from_slice(&all["manifest.json"]).unwrap();
    let entities = manifest["counts"]["entities"].as_array().unwrap();
    all.retain(|name, _| entities.iter().any(|entity| entity[0].as_str() == name.strip_suffix(".csv")));
    assert!(!all.is_empty());
    all
}

/// Merges a file, and holds the rows to their sum.
fn merged_from(file: &str, bytes: &[u8]) -> (Sandbox, Merged) {
    let sandbox = Sandbox::new();
    sandbox.write(&format!("in/{file}"), bytes);
    let told = sandbox.run(&["run", "in", "--out", "out", "--json"]).exits(0).json();
    let rows = &told["rows"];
    let sum: u64 = ["used", "header", "furniture", "continued", "without_identity", "left_alone"]
        .iter()
        .map(|name| rows[name].as_u64().unwrap())
        .sum();
    assert_eq!(rows["read"].as_u64(), Some(sum), "{file}: {rows}");
    let merged = sandbox.merged("out");
    (sandbox, merged)
}

/// The values of some columns, row by row.
pub fn values(merged: &Merged, file: &str, columns: &[&str]) -> Vec<Vec<String>> {
    merged.csv(file).iter().map(|row| columns.iter().map(|column| row[*column].clone()).collect()).collect()
}

#[test]
fn tables_side_by_side_are_two_tables() {
    let text = "\
Live cases,,,,Concluded,,
Case number,Child,Date issued,,Case number,Child,Date issued
WB21C00101,Katie Marsden,01/06/2021,,WB20C00009,Tom Price,01/02/2020
WB21C00102,Amelia Harlow,02/06/2021,,,,
";
    let (_sandbox, merged) = merged("court.csv", text);
    let cases = values(&merged, "cases.csv", &["case_number", "children", "issue_date"]);
    assert_eq!(
        cases,
        [
            ["WB21C00101", "Marsden, Katie", "2021-06-01"],
            ["WB21C00102", "Harlow, Amelia", "2021-06-02"],
            ["WB20C00009", "Price, Tom", "2020-02-01"],
        ]
    );
    let cell = merged.csv("provenance.csv").into_iter().find(|row| row["original"] == "01/02/2020").unwrap();
    assert_eq!(cell["cell"], "G3");
}

#[test]
fn what_can_not_be_read_of_a_key_joins_nothing() {
    let scorecard = "Measure,Target,Apr,May\nNo. of care cases open,70,71,70\n";
    let audits = "\
Child name,DOB,Application type,Audit date,Auditor,Findings
Ann Bloggs,01/02/2012,SGO,see notes,Jo Smith,poor plan
Ann Bloggs,01/02/2012,SGO,see notes,Al Jones,good support
Bob Carter,03/04/2013,SGO,05/06/2021,Jo Smith,fine
";
    let sandbox = Sandbox::with(&[
        ("in/one scorecard.csv", scorecard),
        ("in/another scorecard.csv", scorecard),
        ("in/SGO audit.csv", audits),
    ]);
    let merged = sandbox.merge();
    assert_eq!(merged.csv("measures.csv").len(), 4);
    assert_eq!(merged.csv("audits.csv").len(), 3);
}

/// A program makes dates of the headings `Apr-21` and `May-21`.

#[test]
fn headings_of_groups_become_a_column() {
    let text = "\
Child,DOB,Date accommodated,Consent given by,Status
Team A,,,,
Katie Marsden,14/03/2012,01/06/2021,Mother,Open
Amelia Harlow,15/03/2012,02/06/2021,Father,Open
Team B,,,,
Tom Price,14/03/2013,01/07/2021,Mother,Open
Longer than 12 weeks,,,,
Una Reid,14/03/2014,01/08/2020,Mother,Open
";
    let (_sandbox, merged) = merged("s20.csv", text);
    let children = values(&merged, "children.csv", &["forenames", "team"]);
    assert_eq!(children, [["Katie", "Team A"], ["Amelia", "Team A"], ["Tom", "Team B"], ["Una", ""]]);
    let groups = values(&merged, "episodes.csv", &["group"]);
    assert_eq!(groups, [[""], [""], [""], ["Longer than 12 weeks"]]);
}

#[test]
fn a_group_that_is_a_status_is_the_status() {
    let text = "\
Child,DOB,Date accommodated,Consent given by
Current cases,,,
Katie Marsden,14/03/2012,01/06/2021,Mother
Closed,,,
Una Reid,14/03/2014,01/08/2020,Mother
";
    let (_sandbox, merged) = merged("s20.csv", text);
    let status = values(&merged, "episodes.csv", &["episode_status"]);
    assert_eq!(status, [["Open"], ["Closed"]]);
}

#[test]
fn forms_are_one_row_each() {
    let form = |child: &str, born: &str, id: &str, grade: &str| {
        format!(
            "Audit form for SGO and discharge matters,,\n,,\nChild's name:,{child},\nDate of birth,{born},\nMosaic ID,{id},\nApplication type,SGO,\nSpecial guardian,J Brown,\nDate of audit,01/09/2021,\nAudit grade,{grade},\nOther remarks,none,\nSigned by the auditor,,\n"
        )
    };
    for (text, expected) in [
        (form("Katie Marsden", "14/03/2012", "1872295", "Good"), &[["1872295", "Good"]][..]),
        (
            form("Katie Marsden", "14/03/2012", "1872295", "Good")
                + &form("Tom Price", "15/03/2013", "1872296", "RI"),
            &[["1872295", "Good"], ["1872296", "Requires improvement"]],
        ),
    ] {
        let (_sandbox, merged) = merged("form.csv", &text);
        let ids = values(&merged, "children.csv", &["child_id"]);
        let grades = values(&merged, "audits.csv", &["audit_grade"]);
        let found: Vec<[&str; 2]> =
            ids.iter().zip(&grades).map(|(id, grade)| [id[0].as_str(), grade[0].as_str()]).collect();
        assert_eq!(found, expected);
        let cells = merged.csv("provenance.csv");
        let of = |column: &str, original: &str| {
            cells
                .iter()
                .find(|row| row["column"] == column && row["original"] == original)
                .map(|row| row["cell"].clone())
        };
        assert_eq!(
            (of("child_id", "1872295"), of("audit_grade", "Good")),
            (Some("B5".into()), Some("B9".into()))
        );
    }
}

#[test]
fn two_columns_of_a_list_are_no_form() {
    let sandbox = Sandbox::with(&[
        ("in/contacts.csv", "Name,Telephone\nSurname,1\nForename,2\nAddress,3\n"),
        ("in/keys.csv", "Status,Meaning\nOpen,live\nClosed,over\nName,x\n"),
    ]);
    let told = sandbox.run(&["inspect", "in", "--json"]).exits(0).json();
    assert!(
        told["sheets"].as_array().unwrap().iter().all(|sheet| sheet["tables"].as_array().unwrap().is_empty()),
        "{told}"
    );
}

#[test]
fn nothing_of_a_form_is_dropped_without_a_word() {
    let text = "\
Child's name,Katie Marsden,
Date of birth,14/03/2012,
Mosaic ID,1872295,
Application type,SGO,
Date of audit,01/09/2021,
Visits,3,of 4
Audit grade,Good,
Last words,see the file,
";
    let (_sandbox, merged) = merged("form.csv", text);
    assert_eq!(values(&merged, "audits.csv", &["audit_grade", "last_words"]), [["Good", "see the file"]]);
    let told: Vec<String> = merged
        .csv("problems.csv")
        .iter()
        .filter(|row| row["code"] == "form-row")
        .map(|row| row["place"].clone())
        .collect();
    assert_eq!(told, ["row 6"]);
}

/// The children of what was merged: surname, forenames, date of birth.
pub fn children(merged: &Merged) -> Vec<Vec<String>> {
    values(merged, "children.csv", &["surname", "forenames", "date_of_birth"])
}

pub const TRACKER: &str = "Child,DOB,Date accommodated,Consent by";
pub const KOFI: &str = "Kofi Boateng,03/02/2008,04/05/2021,Mother";
pub const TIA: &str = "Tia Wren,12/12/2005,01/07/2021,YP";

/// Kofi and Tia, and nobody else.
fn kofi_and_tia() -> Vec<Vec<String>> {
    [["Boateng", "Kofi", "2008-02-03"], ["Wren", "Tia", "2005-12-12"]]
        .map(|of| of.map(str::to_owned).to_vec())
        .to_vec()
}

#[test]
fn different_tables_side_by_side_say_nothing_of_each_other() {
    let text = format!(
        "{TRACKER},,Claim no,Claimant,Date of LBA,Status\n{KOFI},,H1,Bo Lee,01/02/2021,Issued\n{TIA},,H2,Cy Bay,01/03/2021,Settled\n"
    );
    let (_sandbox, merged) = merged("both.csv", &text);
    let mut expected = kofi_and_tia();
    expected.extend([["Lee", "Bo", ""], ["Bay", "Cy", ""]].map(|of| of.map(str::to_owned).to_vec()));
    assert_eq!(children(&merged), expected);
    assert_eq!(values(&merged, "claims.csv", &["claim_id"]).len(), 2);
    assert_eq!(values(&merged, "episodes.csv", &["s20_start"]).len(), 2);
}

#[test]
fn blank_columns_within_a_table_part_nothing() {
    let text = format!("{TRACKER},,SW,RAG\n{KOFI},,A Worker,Red\n{TIA},,B Worker,Green\n");
    let (_sandbox, merged) = merged("spaced.csv", &text);
    assert_eq!(
        values(&merged, "children.csv", &["surname", "social_worker"]),
        [["Boateng", "A Worker"], ["Wren", "B Worker"]]
    );
}

#[test]
fn what_stands_beside_or_below_a_table_is_no_child() {
    for (what, text) in [
        ("sums beside it", format!("{TRACKER},,Summary,No.\n{KOFI},,Team A,2\n{TIA},,Total,3\n")),
        ("a key beside it", format!("{TRACKER},,R,Red - urgent\n{KOFI},,A,Amber\n{TIA},,G,Green\n")),
        (
            "contacts below",
            format!(
                "{TRACKER}\n{KOFI}\n{TIA}\n\nUseful contacts\nName,Role,Phone\nAnn Poe,CPO,01432 000000\n"
            ),
        ),
        ("counts below", format!("{TRACKER}\n{KOFI}\n{TIA}\n\nTeam,Open,Closed\nTeam A,1,0\nTeam B,1,0\n")),
        (
            "another table below",
            format!(
                "{TRACKER}\n{KOFI}\n{TIA}\n\nVehicle,Registration,MOT due\nFord,AB12 CDE,01/09/2021\nKia,XY12 ZZZ,01/10/2021\n"
            ),
        ),
        (
            "headings of groups",
            format!(
                "{TRACKER}\nSW: L Marsh\n{KOFI}\nWednesday 28 April 2021\n{TIA}\nDistribution: DCS, AD\n"
            ),
        ),
    ] {
        let (_sandbox, merged) = merged_from("s20.csv", text.as_bytes());
        assert_eq!(children(&merged), kofi_and_tia(), "{what}");
    }
    let text = "\
Mosaic ID,Child,DOB,Date accommodated
Team A (2),,,
100234,Kofi Boateng,03/02/2008,04/05/2021
,Ross locality,,
100236,Tia Wren,12/12/2005,01/07/2021
Number in Team A: 2,,,
Under 26 weeks,1,,
";
    let (_sandbox, merged) = merged("numbered.csv", text);
    assert_eq!(children(&merged), kofi_and_tia());
}

#[test]
fn a_record_below_a_blank_row_is_a_record() {
    let text = format!("{TRACKER}\n{KOFI}\n\nWren,awaiting,awaiting,YP\nLorne,03/04/2010,05/06/2021,Both\n");
    let (_sandbox, merged) = merged("gap.csv", &text);
    assert_eq!(children(&merged).len(), 3);
}

#[test]
fn a_form_above_or_below_a_table_is_read_by_itself() {
    let form =
        "Name of child,Ada Okoro\nDOB,05/03/2014\nApplication type,SGO\nAudit date,02/06/2021\nAuditor,SW\n";
    let table = format!("{TRACKER}\n{KOFI}\n{TIA}\n");
    for text in [format!("{form}\n{table}"), format!("{table}\n{form}")] {
        let (_sandbox, merged) = merged_from("both.csv", text.as_bytes());
        let mut expected = kofi_and_tia();
        expected.push(["Okoro", "Ada", "2014-03-05"].map(str::to_owned).to_vec());
        let mut found = children(&merged);
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{text}");
        assert_eq!(values(&merged, "audits.csv", &["audit_date"]), [["2021-06-02"]]);
    }
}

#[test]
fn parents_beside_a_child_are_no_children() {
    let text = "\
Child,,Mother,,S20,
Name,DOB,Name,DOB,Start,End
Kofi Boateng,03/02/2008,Esi Boateng,06/05/1985,04/05/2021,
Tia Wren,12/12/2005,Ann Wren,06/05/1980,01/07/2021,01/09/2021
";
    let (_sandbox, merged) = merged("family.csv", text);
    assert_eq!(children(&merged), kofi_and_tia());
    assert_eq!(values(&merged, "episodes.csv", &["s20_start"]), [["2021-05-04"], ["2021-07-01"]]);
}

#[test]
fn names_are_no_numbers_and_dates_behind_them_are_theirs() {
    // Children of one surname in two lists, in a column that others use for a number.
    let sandbox = Sandbox::with(&[
        (
            "in/s20.csv",
            "Child,DOB,Date accommodated,Consent by\nSMITH,03/02/2008,04/05/2021,Mother\nGALE,03/02/2010,06/05/2021,YP\n",
        ),
        (
            "in/sgo.csv",
            "Child,DOB,Type,Audited on,Grade\nSMITH,09/09/2015,SGO,02/06/2021,Good\nGALE,01/01/2001,SGO,04/06/2021,Good\n",
        ),
    ]);
    sandbox.run(&["run", "in", "--out", "out"]).exits(0);
    assert_eq!(children(&sandbox.merged("out")).len(), 4);
    for heading in ["Child and DOB", "Child/DOB", "Child (DOB)", "Name & DOB"] {
        let text = format!(
            "{heading},Date accommodated,Consent by\nKofi Boateng 03/02/2008,04/05/2021,Mother\n\"Wren, Tia (12/12/2005)\",01/07/2021,YP\n"
        );
        let (_sandbox, merged) = merged_from("s20.csv", text.as_bytes());
        assert_eq!(children(&merged), kofi_and_tia(), "{heading}");
    }
}

#[test]
fn headings_that_say_the_opposite_are_kept_as_they_are() {
    let text = "\
Child,DOB,Date accommodated,Consent by,Withdrawal of consent date,Date SW allocated
Kofi Boateng,03/02/2008,04/05/2021,Mother,05/06/2021,07/08/2021
";
    let (_sandbox, merged) = merged("s20.csv", text);
    let columns = ["consent_date", "objection_date", "date_sw_allocated"];
    let of = |name: &str| merged.csv(name).first().cloned().unwrap();
    let episode = of("episodes.csv");
    assert_eq!(
        columns.map(|name| episode.get(name).cloned().unwrap_or_default()),
        ["", "2021-06-05", "07/08/2021"]
    );
    assert_eq!(of("children.csv").get("social_worker").cloned().unwrap_or_default(), "");
}

#[test]
fn the_title_of_each_of_several_tables_becomes_a_column() {
    let text = "\
Live cases,,,
Case number,Child,Date issued,Date concluded
WR21C00203,Sana Khan,20/06/2021,

Concluded cases,,,
Case number,Child,Date issued,Date concluded
WR20C00204,Al Day,21/06/2020,
";
    let (_sandbox, merged) = merged_from("court.csv", text.as_bytes());
    assert_eq!(values(&merged, "cases.csv", &["plo_stage"]), [["Open"], ["Concluded"]]);
}

#[test]
fn children_in_columns_of_their_own_become_a_row_each() {
    let text = "\
Case No,Child 1,DOB 1,Child 2,DOB 2,Issued,IRH
WR21C00201,Ivy Lorne,05/06/2017,Max Lorne,11/10/2019,01/03/2021,15/07/2021
WR21C00203,Sana Khan,01/01/2015,,,14/06/2021,01/11/2021
WR21C00204,,,,,14/06/2021,01/11/2021
";
    let (_sandbox, merged) = merged("court.csv", text);
    assert_eq!(
        children(&merged),
        [["Lorne", "Ivy", "2017-06-05"], ["Lorne", "Max", "2019-10-11"], ["Khan", "Sana", "2015-01-01"]]
    );
    assert_eq!(
        values(&merged, "cases.csv", &["case_number", "child_ids"]),
        [["WR21C00201", "CH-00001; CH-00002"], ["WR21C00203", "CH-00003"], ["WR21C00204", ""]]
    );
}

#[test]
fn a_form_of_two_columns_and_of_long_values_is_read_whole() {
    let text = "\
SGO AUDIT TOOL,,,
Name of child,\"Burrow, Leo\",Date of birth,09/01/2015
Application type,SGO,Social worker,P Nair
Audit date,14/09/2021,Auditor,SW
Assessment outcome,Negative,,
Outcome summary,The carers were not seen.,,
,A second visit is needed.,,
";
    let (_sandbox, merged) = merged_from("audit.csv", text.as_bytes());
    assert_eq!(children(&merged), [["Burrow", "Leo", "2015-01-09"]]);
    let audits = values(&merged, "audits.csv", &["application_type", "audit_date", "auditor"]);
    assert_eq!(audits, [["Special guardianship order", "2021-09-14", "SW"]]);
    let all = merged.csv("audits.csv")[0].values().cloned().collect::<Vec<_>>().join("|");
    assert!(all.contains("not seen") && all.contains("second visit"), "{all}");
}

#[test]
fn columns_behind_a_blank_one_are_columns_though_they_have_colours_and_a_sum() {
    let text = "\
Child,DOB,Date accommodated,Consent by,,RAG,Cost
Kofi Boateng,03/02/2008,04/05/2021,Mother,,R,100
Tia Wren,12/12/2005,01/07/2021,YP,,G,200
,,,,,Total,300
";
    let (_sandbox, merged) = merged("s20.csv", text);
    assert_eq!(values(&merged, "episodes.csv", &["cost"]), [["100"], ["200"]]);
}

#[test]
fn what_is_lost_of_a_cell_is_told() {
    let text = "\
Child,DOB,Date accommodated,Consent by
Kofi Boateng,\"03/02/2008, 30/09/2011\",#REF!,Mother
Tia Wren,12/12/2005,#N/A,YP
";
    let (_sandbox, merged) = merged_from("s20.csv", text.as_bytes());
    let problems = merged.csv("problems.csv");
    let told: Vec<[&str; 2]> =
        problems.iter().map(|row| [row["place"].as_str(), row["code"].as_str()]).collect();
    assert!(
        told.contains(&["C2", "cell-error"]) && told.contains(&["row 2", "value-of-several"]),
        "{told:?}"
    );
    assert!(!told.iter().any(|[place, _]| *place == "C3"), "{told:?}");
}

#[test]
fn headings_longer_than_a_cell_and_very_many_of_them_are_published() {
    let long = "very long heading ".repeat(2500);
    let many: String = (0..17_000).map(|n| format!(",c{n}")).collect();
    let blanks = ",x".repeat(17_000);
    let text = format!("{TRACKER},{long}{many}\n{KOFI},y{blanks}\n{TIA},y{blanks}\n");
    let (_sandbox, merged) = merged_from("s20.csv", text.as_bytes());
    assert_eq!(children(&merged), kofi_and_tia());
}

#[test]
fn settings_as_they_are_written_change_nothing_where_a_sheet_has_several_kinds() {
    let text =
        format!("{TRACKER}\n{KOFI}\n\nClaim no,Claimant,Date of LBA,Status\nH1,Bo Lee,01/02/2021,Issued\n");
    let sandbox = Sandbox::with(&[("in/both.csv", &text)]);
    let run = ["run", "in", "--out", "out", "--no-register", "--formats", "csv"];
    sandbox.run(&run).exits(0);
    let before = entities(&sandbox);
    sandbox.run(&["init", "in"]).exits(0);
    sandbox.run(&run).exits(0);
    assert_same_files(&before, &entities(&sandbox));
}

/// Labels above their values, row after row: one form, or several below each other.

#[test]
fn forms_with_labels_above_their_values_are_one_row_each() {
    let form = |child: &str, id: &str, grade: &str| {
        format!(
            "SGO audit form,,\n\nChild's name,,Mosaic ID\n{child},,{id}\n\nSocial worker,,Auditor\nPriya Nair,,Tom Hill\nAudit grade,,Date of audit\n{grade},,01/09/2021\nActions\nChase the checks\nand the references\n"
        )
    };
    let two = form("Amy Hill", "1872295", "Good") + &form("Ben Kerr", "1872296", "RI");
    for (text, expected) in [
        (form("Amy Hill", "1872295", "Good"), &[["Amy", "1872295", "Good"]][..]),
        (two, &[["Amy", "1872295", "Good"], ["Ben", "1872296", "Requires improvement"]]),
    ] {
        let (_sandbox, merged) = merged("form.csv", &text);
        let names = values(&merged, "children.csv", &["forenames", "child_id"]);
        let audits = values(&merged, "audits.csv", &["audit_grade", "audit_date"]);
        let found: Vec<[&str; 3]> =
            names.iter().zip(&audits).map(|(child, audit)| [&*child[0], &*child[1], &*audit[0]]).collect();
        assert_eq!(found, expected);
        assert!(audits.iter().all(|audit| audit[1] == "2021-09-01"));
        let cells = merged.csv("provenance.csv");
        let cell = cells.iter().find(|row| row["original"] == "1872295").map(|row| &*row["cell"]);
        assert_eq!(cell, Some("C4"));
    }
}

/// Tables of one row each under headings of their own are tables: each names its own child.

#[test]
fn tables_of_one_row_each_are_no_form() {
    let text = "\
Child,DOB,Date accommodated
Kofi Boateng,03/02/2008,04/05/2021

Child,DOB,SGO date
Tia Wren,12/12/2005,01/07/2021
";
    let (_sandbox, merged) = merged("both.csv", text);
    assert_eq!(children(&merged), kofi_and_tia());
    // And where there are more rows under any of the headings, nothing is a form.
    let text = "\
Child,DOB,Social worker
Kofi Boateng,03/02/2008,P Nair
Tia Wren,12/12/2005,T Hill
Court,Judge,Hearing date
Wyeborough FC,HHJ Reed,01/07/2021
";
    let (_sandbox, merged) = merged_from("lists.csv", text.as_bytes());
    assert!(kofi_and_tia().iter().all(|child| children(&merged).contains(child)));
}

/// `Hearing` is the day where days stand under it, and the sort of hearing where words do.

#[test]
fn a_heading_means_what_its_values_say() {
    for (hearing, column, expected) in
        [("01/09/2021", "order_date", "2021-09-01"), ("CMH", "order_type", "Case management order")]
    {
        let text = format!(
            "Child,Case number,Direction,Due,Hearing\nAmy Hill,WB21C00123,File SWET,25/08/2021,{hearing}\n"
        );
        let (_sandbox, merged) = merged("court directions.csv", &text);
        assert_eq!(values(&merged, "directions.csv", &[column]), [[expected]], "{hearing}");
    }
}

/// Tables that Excel itself has, cheek by jowl: no blank column parts them, and no heading comes again.

#[test]
fn tables_of_the_workbook_are_apart() {
    use rust_xlsxwriter::{Table, TableColumn, TableFunction, Workbook};
    let workbook = |second: [&str; 4]| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("Section 20").unwrap();
        let heads: Vec<&str> = TRACKER.split(',').chain(second).collect();
        let row =
            |child: &'static str, other: &'static str| child.split(',').chain(other.split(',')).collect();
        let rows = [
            heads.clone(),
            row(KOFI, "H1,Bo Lee,01/02/2021,Issued"),
            row(TIA, "H2,Cy Bay,01/03/2021,Settled"),
        ];
        for (row, cells) in (0..).zip(&rows) {
            for (col, cell) in (0..).zip(cells) {
                sheet.write(row, col, *cell).unwrap();
            }
        }
        let column = |head: &&str| TableColumn::new().set_header(*head);
        let mut first: Vec<TableColumn> = heads[..4].iter().map(column).collect();
        first[0] = first[0].clone().set_total_label("How many");
        first[1] = first[1].clone().set_total_function(TableFunction::Count);
        sheet.add_table(0, 0, 3, 3, &Table::new().set_columns(&first).set_total_row(true)).unwrap();
        let second: Vec<TableColumn> = heads[4..].iter().map(column).collect();
        sheet.add_table(0, 4, 2, 7, &Table::new().set_columns(&second)).unwrap();
        workbook.save_to_buffer().unwrap()
    };
    let claims = workbook(["Claim no", "Claimant", "Date of LBA", "Status"]);
    let (_sandbox, both) = merged_from("tables.xlsx", &claims);
    let of_claims = values(&both, "claims.csv", &["claim_number", "children"]);
    assert_eq!(
        (of_claims, children(&both).len()),
        (vec![vec!["H1".into(), "Lee, Bo".into()], vec!["H2".to_owned(), "Bay, Cy".into()]], 4)
    );
    // A table that is no tracker is nobody's.
    let (_sandbox, prices) = merged_from("tables.xlsx", &workbook(["Item", "Price", "Bought", "By"]));
    assert_eq!(children(&prices), kofi_and_tia());
    assert!(!prices.csv("episodes.csv")[0].contains_key("item"));
    let told = prices.csv("problems.csv");
    assert!(told.iter().any(|row| row["code"] == "not-a-tracker"), "{told:?}");
}
