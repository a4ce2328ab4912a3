//! Which value is kept when trackers disagree, and where the others go.

use crate::sandbox::{Merged, Row, Sandbox};

/// Children whom this is not about, in two lists: what is rare is learnt from them.
const OTHERS: &str = "\
Person ID,Forename,Surname,Date of birth
7002001,Jacob,Harlow,02/11/2010
7002002,Amelia,Harlow,07/08/2013
7002003,Jack,Pemberton,05/06/2014
7002004,Oscar,Vale,03/03/2015
7002005,Nadia,Quereshi,19/12/2009
7002006,Tomasz,Zielinski,28/02/2016
";

const COURT: &str = "\
Case number,Child name,DOB,Date issued,Next hearing date,Judge
WB21C00101,Katherine Marsden,14/03/2012,01/06/2021,21/09/2021,HHJ Oakley
";

/// It gives another day than the court's tracker; being younger does not help it.
const NOTABLE: &str = "\
Notable cases tracker as at 30/09/2021,,,,,,
Case name,Child name,DOB,Case number,Next hearing,Why notable,Judge
Re M,Katherine Marsden,14/03/2012,WB21C00101,28/09/2021,Media interest,HHJ Oakley
";

fn merged(files: &[(&str, &str)]) -> (Sandbox, Merged) {
    let sandbox = Sandbox::with(files);
    sandbox.write("in/others 1.csv", OTHERS);
    sandbox.write("in/others 2.csv", OTHERS);
    let merged = sandbox.merge();
    (sandbox, merged)
}

/// The cells of a row under these headings.
fn cells<'a, const N: usize>(row: &'a Row, headings: [&str; N]) -> [&'a str; N] {
    headings.map(|heading| row[heading].as_str())
}

/// The one row of this column.
#[track_caller]
fn of_column(rows: Vec<Row>, column: &str) -> Row {
    let mut found = rows.into_iter().filter(|row| row["column"] == column);
    let row = found.next().unwrap_or_else(|| panic!("nothing about {column}"));
    assert!(found.next().is_none(), "more than one row about {column}");
    row
}

#[test]
fn the_tracker_that_owns_a_field_wins() {
    let (_sandbox, merged) = merged(&[("in/court.csv", COURT), ("in/notable.csv", NOTABLE)]);
    let cases = merged.csv("cases.csv");
    assert_eq!(cases.len(), 1);
    assert_eq!(cells(&cases[0], ["next_hearing_date", "source_rows"]), ["2021-09-21", "2"]);
    let source = of_column(merged.csv("provenance.csv"), "next_hearing_date");
    assert_eq!(cells(&source, ["file", "cell", "original"]), ["court.csv", "E2", "21/09/2021"]);
    assert!(!source["why"].is_empty());
    let other = merged.csv("history.csv").into_iter().find(|row| row["file"] == "notable.csv").unwrap();
    assert_eq!(cells(&other, ["column", "value", "cell"]), ["next_hearing_date", "2021-09-28", "E3"]);
}

#[test]
fn most_rows_win_where_nobody_owns_the_field_and_both_cells_are_kept() {
    let list = "Person ID,Forename,Surname,Date of birth\n7001231,Katherine,Marsden,14/03/2012\n";
    let other = "Person ID,Forename,Surname,Date of birth\n7001231,Katherine,Marsden,14/03/2011\n";
    let (_sandbox, merged) = merged(&[("in/a.csv", other), ("in/b.csv", list), ("in/c.csv", list)]);
    let id = merged.child("a.csv", 2, 1);
    assert_eq!(
        cells(&merged.entity("children.csv", &id), ["date_of_birth", "source_rows"]),
        ["2012-03-14", "3"]
    );
    let conflict = of_column(merged.csv("conflicts.csv"), "date_of_birth");
    let kept = ["collate_id", "entity", "kept", "kept_file", "kept_cell"];
    assert_eq!(cells(&conflict, kept), [&id, "child", "2012-03-14", "b.csv", "D2"]);
    assert_eq!(cells(&conflict, ["other", "other_file", "other_cell"]), ["2011-03-14", "a.csv", "D2"]);
    assert!(!conflict["why"].is_empty());
}

#[test]
fn a_legal_status_that_changed_is_history_and_no_conflict() {
    let list = |day: &str, status: &str| {
        format!(
            "Export as at {day},,,\nPerson ID,Full name,DOB,Legal status\n7001231,Katherine Marsden,14/03/2012,{status}\n"
        )
    };
    let (spring, autumn) = (list("01/03/2021", "Section 20"), list("01/10/2021", "Interim care order"));
    let (_sandbox, merged) = merged(&[("in/a autumn.csv", &autumn), ("in/b spring.csv", &spring)]);
    let id = merged.child("a autumn.csv", 3, 1);
    assert_eq!(id, merged.child("b spring.csv", 3, 1));
    let child = merged.entity("children.csv", &id);
    assert!(child["legal_status"].contains("Interim care order"), "{child:?}");
    assert!(merged.csv("conflicts.csv").iter().all(|row| row["column"] != "legal_status"));
    let history = merged.csv("history.csv");
    let found: Vec<_> = history.iter().map(|row| cells(row, ["column", "date", "file", "cell"])).collect();
    let expected = [
        ["legal_status", "2021-03-01", "b spring.csv", "D3"],
        ["legal_status", "2021-10-01", "a autumn.csv", "D3"],
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_gap_in_one_tracker_is_filled_from_another() {
    let left = "Person ID,Full name,DOB,NHS number\n7001231,Katherine Marsden,14/03/2012,\n";
    let right = "Person ID,Full name,DOB,NHS number\n7001231,Katherine Marsden,,943 476 5919\n";
    let (_sandbox, merged) = merged(&[("in/left.csv", left), ("in/right.csv", right)]);
    let id = merged.child("left.csv", 2, 1);
    assert_eq!(id, merged.child("right.csv", 2, 1));
    let child = merged.entity("children.csv", &id);
    let expected = ["2012-03-14", "9434765919", "2"];
    assert_eq!(cells(&child, ["date_of_birth", "nhs_number", "source_rows"]), expected);
    assert!(merged.csv("conflicts.csv").is_empty());
}

#[test]
fn what_a_spreadsheet_would_run_is_made_harmless() {
    let list = "Person ID,Full name,DOB,Notes\n7001231,Katherine Marsden,14/03/2012,\"=HYPERLINK(\"\"http://example.org\"\")\"\n";
    let (_sandbox, merged) = merged(&[("in/list.csv", list)]);
    let child = merged.entity("children.csv", &merged.child("list.csv", 2, 1));
    assert_eq!(child["progress"], "'=HYPERLINK(\"http://example.org\")");
}
