//! Months, quarters, years and courses across, or down a table that is turned round: each becomes a row.

use crate::layouts::{TRACKER, children, entities, merged, values};
use crate::sandbox::Sandbox;

#[test]
fn months_across_become_one_row_each() {
    let text = "\
Measure,Target,Apr-21,May-21
No. of care cases open,70,71,69
Total children,90,,88
";
    let (_sandbox, merged) = merged("scorecard.csv", text);
    let measures = values(&merged, "measures.csv", &["measure", "period", "period_from", "value", "target"]);
    assert_eq!(
        measures,
        [
            ["No. of care cases open", "Apr-21", "2021-04-01", "71", "70"],
            ["No. of care cases open", "May-21", "2021-05-01", "69", "70"],
            ["Total children", "May-21", "2021-05-01", "88", "90"],
        ]
    );
    let from = merged.csv("provenance.csv");
    let cell = |column: &str, raw: &str| {
        from.iter()
            .find(|row| row["column"] == column && row["original"] == raw)
            .map(|row| row["cell"].clone())
    };
    assert_eq!((cell("value", "88"), cell("period", "May-21")), (Some("D3".into()), Some("D1".into())));
}

#[test]
fn months_without_a_year_are_of_the_year_that_the_title_says() {
    let table = "Measure,Target,Apr,May,Mar,Q1\nNo. of care cases open,70,71,70,69,70\n";
    let year = [
        ["Apr 2021", "2021-04-01", "2021-04-30", "71"],
        ["May 2021", "2021-05-01", "2021-05-31", "70"],
        ["Mar 2022", "2022-03-01", "2022-03-31", "69"],
        ["Q1 2021/22", "2021-04-01", "2021-06-30", "70"],
    ];
    // Where nobody says which year, the values are kept under what the headings say.
    let none = [["Apr", "", "", "71"], ["May", "", "", "70"], ["Mar", "", "", "69"], ["Q1", "", "", "70"]];
    for (file, title, expected, note) in [
        ("KPI.csv", "Children's legal scorecard 2021/22\n", year, "months-year-assumed"),
        ("KPI 2021-22.csv", "", year, "months-year-assumed"),
        ("KPI.csv", "Position as at 31/03/2022\n", year, "months-year-assumed"),
        ("KPI.csv", "", none, "date-no-year"),
    ] {
        let (_sandbox, merged) = merged(file, &format!("{title}{table}"));
        let measures = values(&merged, "measures.csv", &["period", "period_from", "period_to", "value"]);
        assert_eq!(measures, expected, "{file} {title}");
        assert!(merged.csv("problems.csv").iter().any(|row| row["code"] == note), "{file} {title}");
    }
}

#[test]
fn months_that_became_dates_are_months() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let month = rust_xlsxwriter::Format::new().set_num_format("mmm-yy");
    let sheet = workbook.add_worksheet();
    for (col, head) in ["Measure", "Target"].into_iter().enumerate() {
        sheet.write(0, col as u16, head).unwrap();
    }
    for col in 0..6u8 {
        let first = rust_xlsxwriter::ExcelDateTime::from_ymd(2021, 4 + col, 1).unwrap();
        sheet.write_with_format(0, u16::from(col) + 2, &first, &month).unwrap();
        sheet.write(1, u16::from(col) + 2, 60.0 + f64::from(col)).unwrap();
    }
    sheet.write(1, 0, "% within 26 weeks").unwrap();
    let sandbox = Sandbox::new();
    sandbox.write("in/scorecard.xlsx", workbook.save_to_buffer().unwrap());
    sandbox.run(&["run", "in", "--out", "out"]).exits(0);
    let measures = values(&sandbox.merged("out"), "measures.csv", &["period", "period_to", "value"]);
    assert_eq!(measures.len(), 6);
    assert_eq!(measures[5], ["Sep-21", "2021-09-30", "65"]);
}

#[test]
fn courses_across_become_one_row_each() {
    let text = "\
Name,Role,Section 20,HRA,SGO,Bundles
A Lawyer,Solicitor,12/04/2021,Y,,01/09/2021
B Lawyer,Solicitor,,N,13/05/2021,
";
    let (_sandbox, merged) = merged("training.csv", text);
    let sessions = values(&merged, "training.csv", &["staff_name", "course", "date_delivered", "attended"]);
    assert_eq!(
        sessions,
        [
            ["A Lawyer", "Section 20", "2021-04-12", "yes"],
            ["A Lawyer", "Human rights", "", "yes"],
            ["A Lawyer", "Bundles", "2021-09-01", "yes"],
            ["B Lawyer", "Human rights", "", "no"],
            ["B Lawyer", "Special guardianship", "2021-05-13", "yes"],
        ]
    );
}

/// A value that is of no month stays under its own heading.
#[test]
fn months_beside_a_value_are_rows_too() {
    let text = "Measure,Value,Apr-21,May-21\nCases open,70,71,69\n";
    let (_sandbox, merged) = merged("scorecard.csv", text);
    let measures = values(&merged, "measures.csv", &["period", "value", "value_in_source"]);
    assert_eq!(measures, [["Apr-21", "71", "70"], ["May-21", "69", "70"]]);
}

/// Months, quarters and years across, in the spellings that people use.
#[test]
fn periods_across_are_known_however_they_are_written() {
    for (headings, periods) in [
        ("30/04/2021,31/05/2021", ["2021-04-01 2021-04-30", "2021-05-01 2021-05-31"]),
        ("01.04.2021,01.05.2021", ["2021-04-01 2021-04-30", "2021-05-01 2021-05-31"]),
        ("04/2021,05/2021", ["2021-04-01 2021-04-30", "2021-05-01 2021-05-31"]),
        ("2021-04,2021-05", ["2021-04-01 2021-04-30", "2021-05-01 2021-05-31"]),
        ("2020/21 Q1,2020/21 Q2", ["2020-04-01 2020-06-30", "2020-07-01 2020-09-30"]),
        ("Q1 2020-21,Q2 2020-21", ["2020-04-01 2020-06-30", "2020-07-01 2020-09-30"]),
        ("2019-20,2020-21", ["2019-04-01 2020-03-31", "2020-04-01 2021-03-31"]),
    ] {
        let text = format!("Measure,Target,{headings}\nCases open,70,71,69\nWithin 26 weeks,60,58,61\n");
        let (_sandbox, merged) = merged("scorecard.csv", &text);
        let found = values(&merged, "measures.csv", &["measure", "period_from", "period_to", "value"]);
        let found: Vec<String> = found.iter().map(|row| row.join(" ")).collect();
        let expected = ["Cases open", "Within 26 weeks"].into_iter().zip([["71", "69"], ["58", "61"]]);
        let expected: Vec<String> = expected
            .flat_map(|(measure, of)| [0, 1].map(|at| format!("{measure} {} {}", periods[at], of[at])))
            .collect();
        assert_eq!(found, expected, "{headings}");
    }
}

/// Dates of records are no headings, though they are the first of a month.
#[test]
fn records_of_the_first_of_a_month_are_records() {
    let text = format!(
        "{TRACKER}\nKofi Boateng,01/02/2008,01/05/2021,Mother\nTia Wren,31/12/2005,30/06/2021,YP\nAda Lowe,01/03/2006,31/07/2021,Mother\n"
    );
    let (_sandbox, merged) = merged("section 20.csv", &text);
    let born: Vec<String> = children(&merged).into_iter().map(|child| child[2].clone()).collect();
    assert_eq!(born, ["2008-02-01", "2005-12-31", "2006-03-01"]);
}

#[test]
fn a_table_that_is_turned_round_is_read_as_any_other() {
    let text =
        "Monthly figures,,\n\nMonth,Cases open,% within 26 weeks\nApr-21,71,58%\nMay-21,69,\nJun-21,70,61%\n";
    let (_sandbox, scorecard) = merged("performance scorecard.csv", text);
    let measures = values(&scorecard, "measures.csv", &["measure", "period_from", "value"]);
    assert_eq!(
        measures,
        [
            ["Cases open", "2021-04-01", "71"],
            ["% within 26 weeks", "2021-04-01", "58"],
            ["Cases open", "2021-05-01", "69"],
            ["Cases open", "2021-06-01", "70"],
            ["% within 26 weeks", "2021-06-01", "61"],
        ]
    );
    let cells = scorecard.csv("provenance.csv");
    let of = |column: &str, original: &str| {
        cells
            .iter()
            .find(|row| row["column"] == column && row["original"] == original)
            .map(|row| &*row["cell"])
    };
    assert_eq!(
        (of("value", "61%"), of("period", "Jun-21"), of("measure", "% within 26 weeks")),
        (Some("C6"), Some("A6"), Some("C3"))
    );
    // Nor where a value would be of no month.
    let (loose, _) = merged("performance scorecard.csv", &format!("{text},12,\n"));
    assert!(!entities(&loose).contains_key("measures.csv"));
    // Of a sheet that nothing says to be a scorecard it is not guessed.
    let (bills, _) = merged("bills.csv", text);
    assert!(!entities(&bills).contains_key("measures.csv"));

    let text = "Course,Priya Nair,Tom Hill,Jane O'Neill\nCourt skills,03/04/2021,Y,Booked 05/06/2021\nPLO refresher,,04/05/2021,N\n";
    let (_sandbox, log) = merged("training log.csv", text);
    let training = values(&log, "training.csv", &["staff_name", "course", "date_delivered", "attended"]);
    assert_eq!(
        training,
        [
            ["Priya Nair", "Court skills", "2021-04-03", "yes"],
            ["Tom Hill", "Court skills", "", "yes"],
            ["Jane O'Neill", "Court skills", "2021-06-05", ""],
            ["Tom Hill", "Pre-proceedings", "2021-05-04", "yes"],
            ["Jane O'Neill", "Pre-proceedings", "", "no"],
        ]
    );
}
