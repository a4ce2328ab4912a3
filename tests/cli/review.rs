//! Answers of a review sheet: taken in one by one, whatever was done to the sheet; refused where they
//! are not for the two rows as they are.

use rust_xlsxwriter::Workbook;

use crate::own_output::copy_of_the_fixtures;
use crate::sandbox::{Row, Sandbox};

/// A row of a review sheet: code, the one id, the other id, answer, comment.
type Answer<'a> = [&'a str; 5];

/// Writes a review sheet as people hand it back: below a title, its columns in another order, with
/// columns of their own.
fn answer(sandbox: &Sandbox, file: &str, answers: &[Answer]) {
    let headings = ["Mine", "Answer", "Comment", "Other: id", "Other: date of birth", "One: id", "Review"];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Review").unwrap();
    sheet.write(0, 0, "Pairs that may be the same").unwrap();
    for (column, heading) in (0..).zip(headings) {
        sheet.write(2, column, heading).unwrap();
    }
    for (row, [code, one, other, answer, comment]) in (3..).zip(answers) {
        for (column, text) in (0..).zip(["x", *answer, *comment, *other, "", *one, *code]) {
            sheet.write(row, column, text).unwrap();
        }
    }
    book.save(sandbox.path(file)).unwrap();
}

fn merge(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["run", "in", "--out", "out", "--formats", "csv", "--quiet", "--accept"]).exits(0);
    sandbox.merged("out").csv("review.csv")
}

/// What becomes of the answers of a workbook: taken, known, and why others were refused.
fn apply(sandbox: &Sandbox, file: &str) -> (u64, u64, Vec<String>) {
    let told = sandbox.run(&["review", "--out", "out", "--apply", file, "--by", "Ann", "--json"]).json();
    let refused = told[0]["refused"].as_array().unwrap();
    let why = refused.iter().map(|refused| refused["why"].as_str().unwrap().to_owned()).collect();
    (told[0]["taken"].as_u64().unwrap(), told[0]["known"].as_u64().unwrap(), why)
}

fn fields(pair: &Row) -> [&str; 3] {
    ["collate_review", "left_id", "right_id"].map(|name| pair[name].as_str())
}

#[test]
fn an_answer_is_followed_by_the_next_run() {
    for (word, one_child) in [("Same child", true), (" different CHILDREN ", false), ("Not sure", false)] {
        let sandbox = copy_of_the_fixtures();
        let pairs = merge(&sandbox);
        let [code, one, other] = fields(&pairs[0]);
        answer(&sandbox, "answers.xlsx", &[[code, one, other, word, "looked it up"]]);
        assert_eq!(apply(&sandbox, "answers.xlsx"), (1, 0, vec![]), "{word}");
        // Taken in twice is taken in once.
        assert_eq!(apply(&sandbox, "answers.xlsx"), (0, 1, vec![]), "{word}");
        let still = merge(&sandbox);
        let ids = sandbox.merged("out").ids("child");
        let child = |side: &str| {
            let text = |name: &str| pairs[0][&format!("{side}_{name}")].clone();
            let number = |name: &str| text(name).parse::<u32>().unwrap();
            ids[&(text("file"), text("sheet"), number("row"), number("part"))].clone()
        };
        assert_eq!(child("left") == child("right"), one_child, "{word}");
        let is_asked_again = still.iter().any(|pair| pair["collate_review"] == code);
        assert_eq!(is_asked_again, word == "Not sure", "{word}");
    }
}

#[test]
fn an_answer_that_is_not_for_these_two_rows_is_refused() {
    let sandbox = copy_of_the_fixtures();
    let pairs = merge(&sandbox);
    let [code, one, other] = fields(&pairs[0]);
    let another = format!("{}0", &code[..code.len() - 1]);
    let another = if another == code { format!("{}1", &code[..code.len() - 1]) } else { another };
    for (what, answers, taken, expected) in [
        ("no answer", vec![[code, one, other, "", ""]], 0, vec![]),
        (
            "a comment alone",
            vec![[code, one, other, "", "later"]],
            0,
            vec!["there is a comment and no answer"],
        ),
        (
            "another code",
            vec![[another.as_str(), one, other, "Same child", ""]],
            0,
            vec!["no pair has this code"],
        ),
        ("no code", vec![["", one, other, "Same child", ""]], 0, vec!["there is no code"]),
        ("another id", vec![[code, one, "CH-00001", "Same child", ""]], 0, vec!["the ids beside it"]),
        ("ids the other way round", vec![[code, other, one, "Same child", ""]], 0, vec!["the ids beside it"]),
        ("no known word", vec![[code, one, other, "Yes", ""]], 0, vec!["the answer is none of"]),
        (
            "two answers",
            vec![[code, one, other, "Same child", ""], [code, one, other, "Different children", ""]],
            1,
            vec!["another row of this sheet answers"],
        ),
        (
            "somebody said otherwise",
            vec![[code, one, other, "Different children", ""]],
            0,
            vec!["decision 1 of Ann says otherwise (same)"],
        ),
    ] {
        answer(&sandbox, "answers.xlsx", &answers);
        let (found, _, refused) = apply(&sandbox, "answers.xlsx");
        assert_eq!(found, taken, "{what}: {refused:?}");
        assert_eq!(refused.len(), expected.len(), "{what}: {refused:?}");
        for (refused, expected) in refused.iter().zip(expected) {
            assert!(refused.contains(expected), "{what}: {refused}");
        }
    }
}

#[test]
fn why_an_answer_is_refused_is_told_by_one_run_and_the_sheet_by_its_name() {
    let sandbox = copy_of_the_fixtures();
    let pairs = merge(&sandbox);
    let [code, one, _] = fields(&pairs[0]);
    let run = ["run", "in", "--out", "out", "--formats", "csv"];
    answer(&sandbox, "out/kept-collate.xlsx", &[[code, one, "CH-00001", "Same child", ""]]);
    let told = |expected: &[&str], not: &[&str]| {
        let said = sandbox.run(&run).exits(0).stderr;
        for text in expected {
            assert!(said.contains(text), "{text:?} is not in {said}");
        }
        for text in not {
            assert!(!said.contains(text), "{text:?} is in {said}");
        }
    };
    let why = "kept-collate.xlsx, sheet Review, row 4: the ids beside it";
    told(&[why], &[]);
    told(&["answers refused before, and still: 1"], &["the ids beside it"]);
    told(&["answers refused before, and still: 1"], &["the ids beside it"]);
    let applied = sandbox.run(&["review", "--out", "out", "--apply", "out/kept-collate.xlsx"]).exits(4);
    assert!(applied.stderr.contains(why), "{}", applied.stderr);
    // Another answer is another matter.
    answer(&sandbox, "out/kept-collate.xlsx", &[[code, one, "CH-00002", "Same child", ""]]);
    told(&[why], &[]);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Ann's pairs").unwrap();
    for (column, text) in (0..).zip(["Review", "One: id", "Other: id", "Answer"]) {
        sheet.write(0, column, text).unwrap();
        sheet.write(1, column, "x").unwrap();
    }
    book.save(sandbox.path("answers.xlsx")).unwrap();
    let applied = sandbox.run(&["review", "--out", "out", "--apply", "answers.xlsx"]).exits(4);
    assert!(applied.stderr.contains("sheet Ann's pairs, row 2"), "{}", applied.stderr);
}

#[test]
fn an_answer_is_refused_once_a_row_says_something_else() {
    let sandbox = copy_of_the_fixtures();
    let pairs = merge(&sandbox);
    let [code, one, other] = fields(&pairs[0]);
    answer(&sandbox, "answers.xlsx", &[[code, one, other, "Same child", ""]]);
    // The row of the pair that is in a text file is edited: a child was born on another day.
    let pair = &pairs[0];
    let side = if pair["right_sheet"].is_empty() { "right" } else { "left" };
    let (file, row) =
        (&pair[&format!("{side}_file")], pair[&format!("{side}_row")].parse::<usize>().unwrap());
    let path = format!("in/{file}");
    let text = std::fs::read_to_string(sandbox.path(&path)).unwrap();
    let lines: Vec<String> = (1..)
        .zip(text.lines())
        .map(|(n, line)| if n == row { line.replacen("2011", "2012", 1) } else { line.to_owned() })
        .collect();
    sandbox.write(&path, lines.join("\n"));
    merge(&sandbox);
    let (taken, _, refused) = apply(&sandbox, "answers.xlsx");
    assert_eq!(taken, 0);
    assert!(refused[0].contains("what the rows say has changed"), "{refused:?}");
}

#[test]
fn answers_in_any_order_and_in_the_published_folder_are_taken_in_by_the_next_run() {
    let sandbox = Sandbox::new();
    sandbox.run(&["demo", "in", "--children", "200", "--seed", "1", "--quiet"]).exits(0);
    let pairs = merge(&sandbox);
    assert!(pairs.len() > 1, "the council has too few doubtful pairs for this test");
    let answers: Vec<Answer> = (pairs.iter().rev())
        .map(|pair| {
            let [code, one, other] = fields(pair);
            [code, one, other, "Different children", ""]
        })
        .collect();
    answer(&sandbox, "out/answered.xlsx", &answers);
    assert_eq!(merge(&sandbox).len(), 0);
    let decisions = sandbox.run(&["decisions", "--out", "out", "--json"]).exits(0).json();
    assert_eq!(decisions.as_array().unwrap().len(), pairs.len());
    // The workbook is a person's: it stays, and is not asked again.
    assert!(sandbox.path("out/answered.xlsx").is_file());
    let again = sandbox.run(&["run", "in", "--out", "out", "--formats", "csv"]).exits(0);
    assert!(again.stderr.contains("Nothing has changed"), "{}", again.stderr);
}

#[test]
fn what_was_taken_back_does_not_come_back_from_an_old_workbook() {
    let sandbox = copy_of_the_fixtures();
    let pairs = merge(&sandbox);
    let [code, one, other] = fields(&pairs[0]);
    answer(&sandbox, "answers.xlsx", &[[code, one, other, "Same child", ""]]);
    assert_eq!(apply(&sandbox, "answers.xlsx"), (1, 0, vec![]));
    merge(&sandbox);
    sandbox.run(&["decisions", "--out", "out", "take-back", "1"]).exits(0);
    let (taken, known, why) = apply(&sandbox, "answers.xlsx");
    assert_eq!((taken, known, why.len()), (0, 0, 1));
    assert!(why[0].contains("taken back"), "{why:?}");
    let pairs = merge(&sandbox);
    let again = pairs.iter().find(|pair| pair["collate_review"] == code).expect("it is asked again");
    let [code, one, other] = fields(again);
    // Whoever means it says why.
    answer(&sandbox, "again.xlsx", &[[code, one, other, "Same child", "the school confirmed it"]]);
    assert_eq!(apply(&sandbox, "again.xlsx"), (1, 0, vec![]));
}
