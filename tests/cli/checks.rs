//! Rules for the dates of a record, from the kinds' files: a note on the cell, and the value stays.

use crate::sandbox::Sandbox;

const COURT: &str = "\
Court work as at 01/12/2021,,,,,
Case number,Child,Date issued,CMH,IRH,Conclusion date
WB21C00101,Katie Marsden,01/03/2021,20/03/2021,10/03/2021,01/08/2021
WB21C00102,Amelia Harlow,01/03/2021,,,01/02/2021
WB21C00103,Tom Price,01/03/2021,,,31/08/2021
WB21C00104,Una Reid,01/03/2021,,,
WB21C00105,Vic Birdwhistle,01/11/2021,,,
WB21C00106,Wyn Cattermole,01/03/2021,,,29/08/2021
WB21C00107,Xan Dunnock,March 2021,,,01/02/2021
";

#[test]
fn dates_are_held_against_each_other() {
    let sandbox = Sandbox::with(&[("in/court.csv", COURT)]);
    sandbox.run(&["run", "in", "--out", "out"]).exits(0);
    let merged = sandbox.merged("out");
    let notes: Vec<(String, String, String)> = merged
        .csv("problems.csv")
        .iter()
        .filter(|row| row["code"].starts_with("check-"))
        .map(|row| (row["place"].clone(), row["code"].clone(), row["severity"].clone()))
        .collect();
    let expected = [
        ("C6", "check-overdue", "info"),
        ("E3", "check-order", "warning"),
        ("F4", "check-order", "warning"),
        ("F5", "check-overdue", "info"),
    ];
    let expected =
        expected.map(|(place, code, severity)| (place.to_owned(), code.to_owned(), severity.to_owned()));
    let mut found = notes;
    found.sort();
    assert_eq!(found, expected);
    let case = merged.csv("cases.csv").into_iter().find(|row| row["case_number"] == "WB21C00102").unwrap();
    assert_eq!(case["conclusion_date"], "2021-02-01", "the value stays");
}
