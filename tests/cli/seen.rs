//! What a person sees in a workbook beside its texts: ratings given by colour alone, rows struck
//! through, hidden rows, columns and sheets, comments.

use rust_xlsxwriter::{Color, Format, Note, Workbook};

use crate::sandbox::Sandbox;

/// An improvement plan without a rating in words: one column has the colours, under a heading that may
/// be missing, and a key below says what blue is for.
fn coloured(heading: bool) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plan").unwrap();
    let heads = ["Ref", "Priority Area", "Activity", "Lead Officer", "Target date", "Progress update"];
    for (col, head) in heads.into_iter().enumerate() {
        sheet
            .write_with_format(0, col as u16, head, &Format::new().set_background_color(Color::Theme(4, 3)))
            .unwrap();
    }
    if heading {
        sheet.write(0, 6, "RAG rating").unwrap();
    }
    let fills = [
        Color::RGB(0xFF0000),
        Color::RGB(0x92D050),
        Color::RGB(0xFFC000),
        Color::RGB(0x7030A0),
        Color::RGB(0xC6EFCE),
    ];
    for (i, fill) in fills.into_iter().enumerate() {
        let row = i as u32 + 1;
        let words = [
            &format!("L{row}"),
            "Area",
            &format!("Activity number {row}"),
            "Head of Law",
            "June 2021",
            "Under way",
        ];
        for (col, word) in words.into_iter().enumerate() {
            sheet.write(row, col as u16, word).unwrap();
        }
        sheet.write_blank(row, 6, &Format::new().set_background_color(fill)).unwrap();
    }
    sheet
        .write_with_format(9, 0, "Completed", &Format::new().set_background_color(Color::RGB(0x7030A0)))
        .unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn colours_alone_are_ratings_and_a_key_wins() {
    for heading in [true, false] {
        let sandbox = Sandbox::new();
        sandbox.write("in/plan.xlsx", coloured(heading));
        sandbox.run(&["run", "in", "--out", "out"]).exits(0);
        let merged = sandbox.merged("out");
        let mut ratings: Vec<(String, String)> = merged
            .csv("actions.csv")
            .into_iter()
            .map(|row| (row["ref"].clone(), row["rag"].clone()))
            .collect();
        ratings.sort();
        let expected = [("L1", "Red"), ("L2", "Green"), ("L3", "Amber"), ("L4", "Blue"), ("L5", "Green")];
        let expected = expected.map(|(action, rating)| (action.to_owned(), rating.to_owned()));
        assert_eq!(ratings, expected, "with a heading: {heading}");
        let from = merged.csv("provenance.csv").into_iter().find(|row| row["column"] == "rag").unwrap();
        assert_eq!((from["cell"].as_str(), from["original"].as_str()), ("G2", "Red (fill colour)"));
    }
}

/// A section 20 tracker: row 3 struck through, row 4 hidden, a comment, a hidden column, a hidden sheet.
fn marked() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let struck = Format::new().set_font_strikethrough();
    for (name, year, children) in [
        ("Live", 2012, ["Ada Fernsby", "Bo Larkspur", "Cy Thornbury", "Eve Wetherell"]),
        ("Old", 2005, ["Una Ashgrove", "Vic Birdwhistle", "Wyn Cattermole", "Xan Dunnock"]),
    ] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        let heads = ["Child name", "DOB", "Section 20 start date", "Consent given by", "Placement"];
        for (col, head) in heads.into_iter().enumerate() {
            sheet.write(0, col as u16, head).unwrap();
        }
        for (i, child) in children.into_iter().enumerate() {
            let row = i as u32 + 1;
            let words = [child, &format!("0{row}/02/{year}"), "01/02/2021", "Mother", "With family"];
            for (col, word) in words.into_iter().enumerate() {
                if i == 1 || i == 3 && col == 3 {
                    sheet.write_with_format(row, col as u16, word, &struck).unwrap();
                } else {
                    sheet.write(row, col as u16, word).unwrap();
                }
            }
        }
        sheet.set_row_hidden(3).unwrap();
        sheet.set_column_hidden(4).unwrap();
        sheet.insert_note(1, 2, &Note::new("check & chase <KM>").add_author_prefix(false)).unwrap();
        sheet.set_hidden(name == "Old");
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn marks_are_kept_with_their_rows() {
    let sandbox = Sandbox::new();
    sandbox.write("in/s20.xlsx", marked());
    sandbox.run(&["run", "in", "--out", "out"]).exits(0);
    let merged = sandbox.merged("out");
    assert_eq!(merged.csv("children.csv").len(), 8, "what is struck through or hidden is kept");
    let marks = merged.csv("marks.csv");
    let of = |sheet: &str| -> Vec<(String, String, String)> {
        let of = marks.iter().filter(|row| row["sheet"] == sheet);
        of.map(|row| (row["place"].clone(), row["mark"].clone(), row["text"].clone())).collect()
    };
    let on = |place: &str, mark: &str, text: &str| (place.to_owned(), mark.to_owned(), text.to_owned());
    let live = [
        on("column E", "hidden column", ""),
        on("C2", "comment", "check & chase <KM>"),
        on("row 3", "struck through", ""),
        on("row 4", "hidden row", ""),
        on("D5", "struck through", ""),
    ];
    assert_eq!(of("Live"), live);
    assert_eq!(of("Old"), [&[on("", "hidden sheet", "")], &live[..]].concat());
    let comment = marks.iter().find(|row| row["mark"] == "comment").unwrap();
    let ids: Vec<&str> = comment["collate_ids"].split("; ").collect();
    assert_eq!(ids.len(), 2, "a child and an episode: {ids:?}");
    assert!(
        merged.csv("children.csv").iter().any(|row| row["collate_id"] == ids[0] && row["forenames"] == "Ada")
    );
}

#[test]
fn what_is_hidden_can_be_left_out_and_is_counted() {
    let sandbox = Sandbox::new();
    sandbox.write("in/s20.xlsx", marked());
    let told = sandbox.run(&["run", "in", "--out", "out", "--skip-hidden", "--json"]).exits(0).json();
    let merged = sandbox.merged("out");
    let mut names: Vec<String> =
        merged.csv("children.csv").iter().map(|row| row["forenames"].clone()).collect();
    names.sort();
    assert_eq!(names, ["Ada", "Bo", "Eve"]);
    assert!(
        merged.csv("episodes.csv").iter().all(|row| row.get("placement").is_none_or(String::is_empty)),
        "column E is hidden"
    );
    let rows = &told["rows"];
    assert_eq!((rows["read"].as_u64(), rows["left_alone"].as_u64()), (Some(10), Some(6)), "{rows}");
    let notes = merged.csv("problems.csv");
    assert_eq!(notes.iter().filter(|row| row["code"] == "hidden-left").count(), 2);
    let marks = merged.csv("marks.csv");
    assert!(
        marks.iter().all(|row| row["sheet"] == "Live" && !row["mark"].starts_with("hidden")),
        "{marks:?}"
    );
    // Explaining has the run again, without what was hidden.
    sandbox.run(&["explain", "s20.xlsx:Live:2", "s20.xlsx:Live:3", "--out", "out", "--from", "in"]).exits(0);
}
