//! Only what changed is linked anew: where nothing that links rest on is different, they are those of the
//! last run; and whatever happens to the trackers, the result is that of a run in full.

use std::path::Path;

use proptest::prelude::*;

use crate::sandbox::{Sandbox, assert_same_files, files};

const FORENAMES: [&str; 12] = [
    "Maryam", "Wayne", "Alfred", "Sofia", "Jonathan", "Ralph", "Demi", "Rufus", "Imogen", "Kwame", "Oskar",
    "Gethin",
];
const SURNAMES: [&str; 5] = ["Parveen", "Oldcroft", "Robertson", "Nightingale", "Everwood"];
const RUN: [&str; 8] = ["run", "in", "--out", "out", "--formats", "csv", "--json", "--accept"];

/// A row of a list.
#[derive(Debug, Clone)]
struct Row {
    id: usize,
    forename: String,
    surname: String,
    born: String,
    status: String,
}

/// What an officer does to a list in a day.
#[derive(Debug, Clone)]
enum Edit {
    Status(usize),
    Slip(usize),
    Married(usize),
    New(usize),
    Gone(usize),
    Sorted,
}

impl Edit {
    fn of(self, rows: &mut Vec<Row>) {
        let count = rows.len().max(1);
        match self {
            Edit::Status(at) => {
                if let Some(row) = rows.get_mut(at % count) {
                    row.status = if row.status == "Open" { "Closed" } else { "Open" }.to_owned();
                }
            }
            Edit::Slip(at) => {
                if let Some(row) = rows.get_mut(at % count) {
                    row.forename.pop();
                }
            }
            Edit::Married(at) => {
                if let Some(row) = rows.get_mut(at % count) {
                    row.surname = SURNAMES[at % SURNAMES.len()].to_owned();
                }
            }
            Edit::New(number) => rows.push(row(50 + number)),
            Edit::Gone(at) if rows.len() > 1 => {
                rows.remove(at % count);
            }
            Edit::Gone(_) => {}
            Edit::Sorted => rows.sort_by(|x, y| x.forename.cmp(&y.forename)),
        }
    }
}

fn row(number: usize) -> Row {
    Row {
        id: 4_110_000 + 7 * number,
        forename: FORENAMES[number % FORENAMES.len()].to_owned(),
        surname: SURNAMES[number / 2 % SURNAMES.len()].to_owned(),
        born: format!("{:02}/{:02}/20{:02}", number % 28 + 1, number % 12 + 1, 8 + number % 9),
        status: "Open".to_owned(),
    }
}

/// A section 20 list, in which the status links nobody.
fn care(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let Row { id, forename, surname, born, status } = row;
        format!("{id},{forename},{surname},{born},01/02/2021,{status}\n")
    };
    let heading = "Person ID,Forename,Surname,DOB,Section 20 start date,Status\n";
    heading.to_owned() + &rows.iter().map(line).collect::<String>()
}

/// A list of people.
fn school(rows: &[Row]) -> String {
    let line = |row: &Row| format!("{},{},{}\n", row.forename, row.surname, row.born);
    "Forename,Surname,DOB\n".to_owned() + &rows.iter().map(line).collect::<String>()
}

fn council(rows: &[Row]) -> Sandbox {
    Sandbox::with(&[("in/care.csv", &care(rows)), ("in/school.csv", &school(rows))])
}

/// The sandbox as it is, for a run in full that starts from the same.
fn copy(of: &Sandbox) -> Sandbox {
    let copy = Sandbox::new();
    let folders = ["", "in", "out"].into_iter().filter(|folder| of.path(folder).is_dir());
    for (folder, (name, bytes)) in
        folders.flat_map(|folder| files(&of.path(folder)).into_iter().map(move |file| (folder, file)))
    {
        copy.write(&Path::new(folder).join(name).to_string_lossy(), bytes);
    }
    copy
}

/// Runs, and holds the result to that of a run in full, or, where nothing has changed, to what was
/// there; says whether children were linked anew.
fn night(sandbox: &Sandbox) -> Option<bool> {
    let full = copy(sandbox);
    let told = sandbox.run(&RUN).exits(0).json();
    if told["unchanged"] != true {
        full.run(&[&RUN[..], &["--again"]].concat()).exits(0);
    }
    assert_same_files(&files(&sandbox.path("out")), &files(&full.path("out")));
    told["linked_anew"].as_bool()
}

#[test]
fn children_are_linked_anew_only_where_what_they_are_linked_by_has_changed() {
    let rows: Vec<Row> = (0..12).map(row).collect();
    let sandbox = council(&rows);
    assert_eq!(night(&sandbox), Some(true));
    for (edit, anew) in [
        (Edit::Status(3), false),
        (Edit::Slip(3), true),
        (Edit::Status(5), false),
        (Edit::New(1), true),
        (Edit::Gone(2), true),
    ] {
        let mut changed = rows.clone();
        edit.clone().of(&mut changed);
        sandbox.write("in/care.csv", care(&changed));
        assert_eq!(night(&sandbox), Some(anew), "{edit:?}");
        sandbox.write("in/care.csv", care(&rows));
        night(&sandbox);
    }
    // What two rows are told to be is among what links rest on.
    sandbox.run(&["decisions", "--out", "out", "different", "care.csv:2", "school.csv:2"]).exits(0);
    assert_eq!(night(&sandbox), Some(true));
}

#[test]
fn links_that_are_damaged_or_of_something_else_are_found_again() {
    let rows: Vec<Row> = (0..12).map(row).collect();
    let mut closed = rows.clone();
    closed[0].status = "Closed".to_owned();
    let sandbox = council(&rows);
    night(&sandbox);
    let whole = std::fs::read(sandbox.path("collate.db.links")).unwrap();
    let mut one_bit = whole.clone();
    *one_bit.last_mut().unwrap() ^= 1;
    let other = whole.iter().map(|byte| if *byte == b'7' { b'8' } else { *byte }).collect();
    for (round, links) in
        [Vec::new(), whole[..60].to_vec(), whole[..200].to_vec(), one_bit, other].into_iter().enumerate()
    {
        let rows = if round % 2 == 0 { &closed } else { &rows };
        sandbox.write("in/care.csv", care(rows));
        sandbox.write("collate.db.links", links);
        assert_eq!(night(&sandbox), Some(true), "round {round}");
        assert!(std::fs::read(sandbox.path("collate.db.links")).unwrap() == whole, "round {round}");
    }
    // What is somebody else's is left alone.
    sandbox.write("collate.db.links", "links of my own");
    sandbox.write("in/care.csv", care(&rows[..11]));
    assert_eq!(night(&sandbox), Some(true));
    assert_eq!(std::fs::read(sandbox.path("collate.db.links")).unwrap(), b"links of my own");
    std::fs::remove_file(sandbox.path("collate.db.links")).unwrap();
    std::fs::create_dir(sandbox.path("collate.db.links")).unwrap();
    sandbox.write("in/care.csv", care(&rows[..10]));
    assert_eq!(night(&sandbox), Some(true));
}

fn edits() -> impl Strategy<Value = Vec<Vec<(bool, Edit)>>> {
    let edit = prop_oneof![
        4 => (0..20usize).prop_map(Edit::Status),
        2 => (0..20usize).prop_map(Edit::Slip),
        1 => (0..20usize).prop_map(Edit::Married),
        1 => (0..9usize).prop_map(Edit::New),
        1 => (0..20usize).prop_map(Edit::Gone),
        1 => Just(Edit::Sorted),
    ];
    prop::collection::vec(prop::collection::vec((any::<bool>(), edit), 1..3), 2..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_night_comes_to_the_same_as_a_run_in_full(history in edits()) {
        let mut lists: [Vec<Row>; 2] = [(0..12).map(row).collect(), (4..16).map(row).collect()];
        let sandbox = Sandbox::new();
        for edits in [vec![]].into_iter().chain(history) {
            for (first, edit) in edits {
                edit.of(&mut lists[usize::from(!first)]);
            }
            sandbox.write("in/care.csv", care(&lists[0]));
            sandbox.write("in/school.csv", school(&lists[1]));
            night(&sandbox);
        }
    }
}
