//! An improvement plan as it comes out of a document: tables under objectives, page breaks,
//! sentences that go on in the next row, a row that lost its first cell, rulers.

use std::collections::BTreeSet;

use crate::sandbox::{Row, Sandbox};

const HEADING: &str = "Ref\tPriority Area\tActivity\tLead Officer within Legal Services\tTarget date\tProgress update\tRAG rating\n";

/// Three sections with 6, 4 and 3 actions under 7 references.
fn plan() -> String {
    let lines = [
        "",
        "Recovery Plan",
        "Legal Services of Wyeborough",
        "",
        "Objectives:",
        "",
        "- a) To stand beside the children's directorate while it recovers",
        "- b) To file every statement on its day",
        "",
        "Outcomes:",
        "",
        "- Lawyers who stay, and children whose cases do not wait",
        "",
        "Advice given to the directorate (the client)\t\t\t\t\t\t",
        HEADING,
        "A1\tFiling on time in all proceedings\ta) Keep one list of directions for each case.\tSupervising Lawyer\tJuly 2021\tList kept since spring\tG",
        "",
        "\t\tb) Report late filings every Friday\tHead of Law, Children and Families\tMarch 2021\tCompleted; sent by the duty lawyer\tB",
        "\t\tc) Ask social workers why statements come late\tLawyer with conduct of case\tOct/Nov 2021\tNot yet started\tA",
        "A2\tOpen a panel for orders that end care in order to give\ta) Agree who sits on it\tHead of Law / Senior Lawyer\tApril/May 2021\tComplete\tB",
        "",
        "\tearly advice before anybody applies to court\tb) Write its rules down\tCase Progression Officer\tAugust / September 2021 then ongoing\tDraft seen by the directors, who asked for a shorter\tA",
        "\t\t\t\t\tone with a flow chart of every step",
        "A3\tReview consent forms\ta) Compare ours with three neighbours\tSenior Lawyer / Lawyer\tSeptember 2021\tThis waits for the new lawyer\tA",
        "------",
        "Learning from what went wrong\t\t\t\t\t\t",
        HEADING,
        "K1\tAudit of closed cases\ta) Choose twenty at random and read them with\tPrincipal Lawyer\t31/05/2021\tDone for twelve\tA",
        "",
        "\t\ta manager from another team\t\t\t\t",
        "\t\tb) Share what was found\tPrincipal Lawyer\tTBC\tNot yet started\tR",
        "K2\tTraining\ta. One morning each month\tPractice Manager\tMonthly\tThree mornings held\tG",
        "\t\tb. Bring the guardians in\tPractice Manager\tw/c 12/04/21\tInvitation sent\tA",
        "------",
        "Working with the court\t\t\t\t\t\t",
        HEADING,
        "M1\tMeetings\ta) Meet the judges each quarter\tHead of Law, Children and Families\tQ2 2021/22\tFirst one held in June\tG",
        "Speak to the listing office\tb) Agree how late papers are announced\tSenior Lawyer\tDec 2021\tNot yet started\tA",
        "M2\tPeople\ta) Fill two posts\tHead of Law, Children and Families\t1/9/21\tOne filled\tA",
    ];
    lines.iter().map(|line| format!("{}\n", line.trim_end_matches('\n'))).collect()
}

fn actions() -> (Sandbox, Vec<Row>) {
    let sandbox = Sandbox::with(&[("in/plan.tsv", &plan())]);
    let actions = sandbox.merge().csv("actions.csv");
    (sandbox, actions)
}

#[test]
fn each_action_has_its_section_reference_rating_and_last_day() {
    let (_sandbox, actions) = actions();
    let (advice, learning, court) = (
        "Advice given to the directorate (the client)",
        "Learning from what went wrong",
        "Working with the court",
    );
    let found: Vec<[&str; 5]> = actions
        .iter()
        .map(|row| ["section", "ref", "sub_ref", "rag", "target_date_to"].map(|name| row[name].as_str()))
        .collect();
    let expected = [
        [advice, "A1", "a", "Green", "2021-07-31"],
        [advice, "A1", "b", "Blue", "2021-03-31"],
        [advice, "A1", "c", "Amber", "2021-11-30"],
        [advice, "A2", "a", "Blue", "2021-05-31"],
        [advice, "A2", "b", "Amber", "2021-09-30"],
        [advice, "A3", "a", "Amber", "2021-09-30"],
        [learning, "K1", "a", "Amber", "2021-05-31"],
        [learning, "K1", "b", "Red", ""],
        [learning, "K2", "a", "Green", ""],
        [learning, "K2", "b", "Amber", "2021-04-18"],
        [court, "M1", "a", "Green", "2021-09-30"],
        [court, "M1", "b", "Amber", "2021-12-31"],
        [court, "M2", "a", "Amber", "2021-09-01"],
    ];
    assert_eq!(found, expected);
}

#[test]
fn sentences_that_go_on_are_put_together_again() {
    let (_sandbox, actions) = actions();
    let priority =
        "Open a panel for orders that end care in order to give early advice before anybody applies to court";
    for (action, column, text) in [
        (3, "priority_area", priority),
        (4, "priority_area", priority),
        (
            4,
            "progress",
            "Draft seen by the directors, who asked for a shorter one with a flow chart of every step",
        ),
        (6, "activity", "a) Choose twenty at random and read them with a manager from another team"),
        (7, "priority_area", "Audit of closed cases"),
        (11, "lead", "Senior Lawyer"),
    ] {
        assert_eq!(actions[action][column], text, "action {action}, {column}");
    }
}

#[test]
fn no_word_of_the_plan_is_lost() {
    let (_sandbox, actions) = actions();
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let published =
        words(&actions.iter().flat_map(|row| row.values()).cloned().collect::<Vec<_>>().join(" "));
    let ratings = ["R", "A", "G", "B"].map(str::to_owned);
    // What stands above the first table are titles.
    let tables =
        plan().split_once("Advice given").map(|(_, tables)| format!("Advice given{tables}")).unwrap();
    let lines = tables.lines().filter(|line| *line != HEADING.trim_end());
    let lost: Vec<_> =
        lines.flat_map(words).filter(|word| !published.contains(word) && !ratings.contains(word)).collect();
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn a_row_out_of_place_is_told() {
    let (sandbox, _) = actions();
    let problems = sandbox.merged("out").csv("problems.csv");
    let shifted: Vec<_> =
        problems.iter().filter(|row| row["code"] == "row-shifted").map(|row| row["place"].as_str()).collect();
    assert_eq!(shifted, ["row 38"]);
}

/// A small plan under this title.
fn small(title: &str) -> Sandbox {
    let text = format!(
        "{title}{HEADING}\
         A1\tTraining\ta) Joint training\tPractice Manager\tOngoing\tTwo sessions held, third booked\tG\n\
         \t\t\t\t\tFeedback was good; repeat it each term\t\n\
         A2\tPeople\ta) Fill two posts\tPrincipal Lawyer\t1/9/21\tOne filled\tA\n"
    );
    Sandbox::with(&[("in/plan.tsv", &text)])
}

#[test]
fn a_note_that_goes_on_in_the_next_row_may_start_with_a_capital() {
    let actions = small("Section A - Practice\t\t\t\t\t\t\n").merge().csv("actions.csv");
    let notes: Vec<&str> = actions.iter().map(|row| row["progress"].as_str()).collect();
    let first = "Two sessions held, third booked Feedback was good; repeat it each term";
    assert_eq!(notes, [first, "One filled"]);
}

#[test]
fn a_plan_without_sections_is_a_plan() {
    let actions = small("").merge().csv("actions.csv");
    let refs: Vec<&str> = actions.iter().map(|row| row["ref"].as_str()).collect();
    assert_eq!(refs, ["A1", "A2"]);
}

/// The columns of the actions that a document's format must not change.
fn said(actions: &[Row]) -> Vec<BTreeSet<(String, String)>> {
    let cells = |row: &Row| {
        row.iter().filter(|(name, _)| *name != "collate_id").map(|(n, v)| (n.clone(), v.clone())).collect()
    };
    actions.iter().map(cells).collect()
}

/// `scripts/document-as` writes the plan as Word and Excel keep it: tables cut by page breaks, titles and
/// references merged over columns and rows. It needs Python; where there is none, this says so.
#[test]
fn a_plan_in_word_or_excel_reads_as_the_same_plan() {
    let (sandbox, actions) = actions();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/document-as");
    for target in ["plan.docx", "plan.xlsx"] {
        std::fs::create_dir_all(sandbox.path(target).with_extension("d")).unwrap();
        let made = std::process::Command::new("python3")
            .arg(script)
            .arg(sandbox.path("in/plan.tsv"))
            .arg(sandbox.path("plan.d").join(target))
            .status();
        match made {
            Ok(status) => assert!(status.success(), "{target}"),
            Err(_) => {
                eprintln!("left out: there is no python3 to write {target} with");
                return;
            }
        }
        sandbox.run(&["run", "plan.d", "--out", target]).exits(0);
        let found = sandbox.merged(target).csv("actions.csv");
        assert_eq!(said(&found), said(&actions), "{target}");
        std::fs::remove_dir_all(sandbox.path("plan.d")).unwrap();
    }
}
