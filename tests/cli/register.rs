//! What a run remembers: ids that last, decisions that are followed, a guard, a lock; and that nothing
//! of it is lost. `scripts/reliability` tries the same with accidents.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use crate::sandbox::{Sandbox, assert_same_files, files};

/// Forename, surname, day of birth.
const CHILDREN: [(&str, &str, &str); 14] = [
    ("Maryam", "Parveen", "01/02/2010"),
    ("Wayne", "Oldcroft", "20/03/2007"),
    ("Alfred", "Robertson", "18/11/2008"),
    ("Sofia", "Nightingale", "22/08/2014"),
    ("Jonathan", "Everwood", "02/02/2012"),
    ("Ralph", "Blake", "04/12/2015"),
    ("Demi", "Davies", "24/08/2009"),
    ("Rufus", "Tatlock", "05/04/2006"),
    ("Imogen", "Humphries", "13/05/2011"),
    ("Kwame", "Asante", "09/09/2013"),
    ("Beatrix", "Lowell", "30/06/2016"),
    ("Oskar", "Zielinski", "11/10/2012"),
    ("Fatima", "Choudhury", "27/01/2017"),
    ("Gethin", "Prosser", "16/07/2010"),
];

const RUN: [&str; 6] = ["run", "in", "--out", "out", "--formats", "csv"];

/// The care list and the school list of these children, a line each.
fn lists() -> [(String, Vec<String>); 2] {
    let line = |i: usize, start: usize| {
        let (forename, surname, born) = CHILDREN[i];
        format!("{},{forename},{surname},{born},WB{} {}AB,Open", start + 7 * i, i % 9 + 1, i % 8 + 1)
    };
    let heading = |id: &str| format!("{id},Forename,Surname,DOB,Postcode,Status");
    let lines = |start| (0..CHILDREN.len()).map(|i| line(i, start)).collect();
    [(heading("Person ID"), lines(4_110_000)), (heading("Pupil number"), lines(9_220_000))]
}

fn text(heading: &str, lines: &[String]) -> String {
    format!("{heading}\n{}\n", lines.join("\n"))
}

/// The two lists, merged once.
fn council() -> Sandbox {
    let [(care, cared), (school, schooled)] = lists();
    let sandbox =
        Sandbox::with(&[("in/care.csv", &text(&care, &cared)), ("in/school.csv", &text(&school, &schooled))]);
    sandbox.run(&RUN).exits(0);
    sandbox
}

/// The id of each child, by the day of birth.
fn ids(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let children = sandbox.merged("out").csv("children.csv");
    children.into_iter().map(|row| (row["date_of_birth"].clone(), row["collate_id"].clone())).collect()
}

fn decisions(sandbox: &Sandbox) -> Vec<serde_json::Value> {
    let told = sandbox.run(&["decisions", "--out", "out", "--json"]).exits(0).json();
    told.as_array().unwrap().clone()
}

fn decide(sandbox: &Sandbox, words: &[&str]) {
    sandbox.run(&[&["decisions", "--out", "out"], words].concat()).exits(0);
}

/// The codes of the notes of the last run.
fn codes(sandbox: &Sandbox) -> Vec<String> {
    sandbox.merged("out").csv("problems.csv").into_iter().map(|row| row["code"].clone()).collect()
}

#[test]
fn a_second_run_changes_no_byte_and_links_nothing() {
    let sandbox = council();
    let before = files(&sandbox.path("out"));
    let again = sandbox.run(&[&RUN[..], &["--log", "log.jsonl"]].concat()).exits(0);
    assert!(again.stderr.contains("Nothing has changed since the last run"), "{}", again.stderr);
    assert_same_files(&before, &files(&sandbox.path("out")));
    let log = String::from_utf8(std::fs::read(sandbox.path("log.jsonl")).unwrap()).unwrap();
    assert!(log.contains("unchanged") && !log.contains("blocking"), "{log}");
    // What a run that died has left is cleared away all the same.
    sandbox.write(".out.collate-new-999999999/children.csv", "half a file");
    sandbox.run(&RUN).exits(0);
    assert!(!sandbox.path(".out.collate-new-999999999").exists());
    // The same in full gives the same.
    sandbox.run(&[&RUN[..], &["--again"]].concat()).exits(0);
    assert_same_files(&before, &files(&sandbox.path("out")));
}

#[test]
fn a_second_run_changes_nothing_after_rows_moved_of_which_was_decided() {
    let sandbox = council();
    decide(&sandbox, &["different", "care.csv:3", "school.csv:4"]);
    let [(care, mut cared), _] = lists();
    cared.reverse();
    cared.pop();
    sandbox.write("in/care.csv", text(&care, &cared));
    sandbox.run(&RUN).exits(0);
    let before = files(&sandbox.path("out"));
    let again = sandbox.run(&RUN).exits(0);
    assert!(again.stderr.contains("Nothing has changed since the last run"), "{}", again.stderr);
    assert_same_files(&before, &files(&sandbox.path("out")));
}

#[test]
fn ids_last() {
    type Edit = fn(&Sandbox);
    let edits: [(&str, Edit); 7] = [
        ("a spreadsheet program opened and saved the list, sorted it, and called it otherwise", |sandbox| {
            let [(care, mut cared), _] = lists();
            for (line, (_, _, born)) in cared.iter_mut().zip(CHILDREN) {
                let [day, month, year] = born.split('/').collect::<Vec<_>>()[..] else { panic!() };
                *line = line.replace(born, &format!("{year}-{month}-{day}"));
            }
            cared.reverse();
            std::fs::remove_file(sandbox.path("in/care.csv")).unwrap();
            sandbox.write("in/care list.csv", text(&care, &cared));
        }),
        ("a row is edited", |sandbox| {
            let [(care, mut cared), _] = lists();
            cared[2] = cared[2].replace("Open", "Closed").replace("WB3", "WB8");
            sandbox.write("in/care.csv", text(&care, &cared));
        }),
        ("a typing error", |sandbox| {
            let [_, (school, mut schooled)] = lists();
            schooled[4] = schooled[4].replace("Everwood", "Everowod");
            sandbox.write("in/school.csv", text(&school, &schooled));
        }),
        ("a file is sorted", |sandbox| {
            let [(care, mut cared), _] = lists();
            cared.sort_by_key(|line| line.split(',').nth(2).map(str::to_owned));
            sandbox.write("in/care.csv", text(&care, &cared));
        }),
        ("a column is renamed", |sandbox| {
            let [(care, cared), _] = lists();
            sandbox.write("in/care.csv", text(&care.replace("DOB", "Date of birth"), &cared));
        }),
        ("a file is renamed", |sandbox| {
            let from = sandbox.path("in/care.csv");
            std::fs::rename(from, sandbox.path("in/care list 2021.csv")).unwrap();
        }),
        ("all of it at once", |sandbox| {
            let [(care, mut cared), _] = lists();
            cared[2] = cared[2].replace("Open", "Closed");
            cared.rotate_left(5);
            std::fs::remove_file(sandbox.path("in/care.csv")).unwrap();
            sandbox.write("in/list.csv", text(&care.replace("DOB", "Date of birth"), &cared));
        }),
    ];
    for (what, edit) in edits {
        let sandbox = council();
        let before = ids(&sandbox);
        assert_eq!(before.len(), CHILDREN.len(), "{what}");
        edit(&sandbox);
        sandbox.run(&RUN).exits(0);
        assert_eq!(ids(&sandbox), before, "{what}");
    }
}

#[test]
fn a_missing_file_is_refused_until_somebody_accepts_it_and_its_children_come_back() {
    let sandbox = council();
    let [_, (school, mut schooled)] = lists();
    schooled.push("9990001,Ioan,Winterbourne,03/03/2015,WB4 4ZZ,Open".to_owned());
    sandbox.write("in/school.csv", text(&school, &schooled));
    sandbox.run(&RUN).exits(0);
    let (before, published) = (ids(&sandbox), files(&sandbox.path("out")));
    std::fs::rename(sandbox.path("in/school.csv"), sandbox.path("school.csv")).unwrap();
    let refused = sandbox.run(&RUN).exits(3);
    assert!(refused.stderr.contains("school.csv is not there any more"), "{}", refused.stderr);
    assert_same_files(&published, &files(&sandbox.path("out")));

    sandbox.run(&[&RUN[..], &["--accept"]].concat()).exits(0);
    assert_eq!(ids(&sandbox).len(), CHILDREN.len());
    let change = |id: &str| {
        let changes = sandbox.merged("out").csv("changes.csv");
        let change = changes.iter().find(|row| row["collate_id"] == id && row["column"].is_empty());
        change.map(|row| row["change"].clone())
    };
    let winterbourne = &before["2015-03-03"];
    assert_eq!(change(winterbourne).as_deref(), Some("gone"));
    std::fs::rename(sandbox.path("school.csv"), sandbox.path("in/school.csv")).unwrap();
    sandbox.run(&RUN).exits(0);
    assert_eq!(ids(&sandbox), before);
    assert_eq!(change(winterbourne).as_deref(), Some("back"));
}

#[test]
fn decisions_are_followed_and_told_where_they_can_not_be() {
    let sandbox = council();
    let before = ids(&sandbox);
    decide(&sandbox, &["same", "care.csv:2", "care.csv:3"]);
    decide(&sandbox, &["different", "care.csv:5", "school.csv:5"]);
    decide(&sandbox, &["leave-out", "school.csv:9"]);
    let [(care, mut cared), (school, mut schooled)] = lists();
    schooled[6] = schooled[6].replace("WB7", "WB9");
    sandbox.write("in/school.csv", text(&school, &schooled));
    decide(&sandbox, &["right", &before["2009-08-24"], "postcode", "WB9 7AB"]);
    sandbox.run(&[&RUN[..], &["--accept"]].concat()).exits(0);

    let merged = sandbox.merged("out");
    assert_eq!(merged.child("care.csv", 2, 1), merged.child("care.csv", 3, 1));
    assert_ne!(merged.child("care.csv", 5, 1), merged.child("school.csv", 5, 1));
    let of_row_9 = ("school.csv".to_owned(), String::new(), 9, 1);
    assert!(!merged.ids("child").contains_key(&of_row_9), "row 9 is left out");
    assert_eq!(merged.entity("children.csv", &before["2009-08-24"])["postcode"], "WB9 7AB");
    assert!(!codes(&sandbox).contains(&"decision-not-followed".to_owned()));

    // The rows move and are edited, a little each night, and the decisions go with them.
    for night in 0..4 {
        cared.rotate_left(3);
        schooled.rotate_right(4);
        let left_out = schooled.iter_mut().find(|line| line.contains("Tatlock")).unwrap();
        let edited: Vec<String> = left_out.split(',').map(str::to_owned).collect();
        let edited = [&edited[..4], &[format!("WB{night} 9ZZ"), format!("Closed {night}")]].concat();
        *left_out = edited.join(",");
        sandbox.write("in/care.csv", text(&care, &cared));
        sandbox.write("in/school.csv", text(&school, &schooled));
        sandbox.run(&[&RUN[..], &["--accept"]].concat()).exits(0);
        let row = 2 + schooled.iter().position(|line| line.contains("Tatlock")).unwrap() as u32;
        let ids = sandbox.merged("out").ids("child");
        assert!(!ids.contains_key(&("school.csv".to_owned(), String::new(), row, 1)), "night {night}");
        let left_out = &decisions(&sandbox)[2];
        assert_eq!((&left_out["what"], &left_out["row"]), (&"leave out".into(), &row.into()));
    }

    cared.retain(|line| !line.contains("Parveen"));
    sandbox.write("in/care.csv", text(&care, &cared));
    sandbox.run(&[&RUN[..], &["--accept"]].concat()).exits(0);
    let problems = sandbox.merged("out").csv("problems.csv");
    let told: Vec<_> = problems.iter().filter(|row| row["code"] == "decision-not-followed").collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0]["what"].contains("decision 1"), "{told:?}");
    assert_eq!(decisions(&sandbox).len(), 4);
}

#[test]
fn two_runs_into_one_folder_are_kept_apart() {
    let sandbox = council();
    let before = files(&sandbox.path("out"));
    let other = File::options().write(true).open(sandbox.path(".out.collate-lock")).unwrap();
    other.lock().unwrap();
    let refused = sandbox.run(&[&RUN[..], &["--again"]].concat()).exits(1);
    assert!(refused.stderr.contains("another run of collate is writing"), "{}", refused.stderr);
    assert_same_files(&before, &files(&sandbox.path("out")));
    drop(other);
    sandbox.run(&[&RUN[..], &["--again"]].concat()).exits(0);
}

#[test]
fn a_former_output_is_kept_although_the_run_died_before_it_was() {
    let sandbox = council();
    let former = files(&sandbox.path("out"));
    let [(care, mut cared), _] = lists();
    cared.pop();
    sandbox.write("in/care.csv", text(&care, &cared));
    sandbox.run(&RUN).exits(0);
    // As if it had died between the swap and what comes after it.
    for (name, bytes) in &former {
        sandbox.write(&format!(".out.collate-old/{name}"), bytes);
    }
    sandbox.run(&[&RUN[..], &["--keep", "2"]].concat()).exits(0);
    assert_same_files(&former, &files(&sandbox.path("out.1")));
    assert!(!sandbox.path(".out.collate-old").exists());
}

#[test]
fn what_is_no_export_of_decisions_is_told_once() {
    let sandbox = council();
    for file in ["out/children.csv", "out/sources.csv", "in/school.csv"] {
        let said = sandbox.run(&["decisions", "import", file, "--out", "out"]).exits(2).stderr;
        assert!(said.contains("is no export of decisions"), "{said}");
        assert_eq!(said.lines().count(), 2, "{said}");
    }
    // Which register is said before or after what is to be done.
    sandbox.run(&["decisions", "leave-out", "school.csv:9", "--out", "out"]).exits(0);
    sandbox.run(&["decisions", "export", "decisions.csv", "--register", "collate.db"]).exits(0);
    sandbox.run(&["decisions", "--out", "out", "import", "decisions.csv"]).exits(0);
}

#[cfg(unix)]
#[test]
fn all_that_is_written_can_be_read_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = council();
    decide(&sandbox, &["leave-out", "school.csv:9"]);
    let more = ["--keep", "1", "--to", "sqlite:base.db", "--log", "log.jsonl", "--save-model", "model.toml"];
    sandbox.run(&[&["run", "in", "--out", "out", "--accept"], &more[..]].concat()).exits(0);
    decide(&sandbox, &["export", "decisions.csv"]);
    fn look(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, mode) = (entry.path(), entry.metadata().unwrap().permissions().mode() & 0o777);
            let expected = if path.is_dir() { 0o700 } else { 0o600 };
            assert!(mode == expected, "{} has {mode:o}", path.display());
            found.push(entry.file_name().into_string().unwrap());
            if path.is_dir() {
                look(&path, found);
            }
        }
    }
    std::fs::remove_dir_all(sandbox.path("in")).unwrap();
    let mut found = Vec::new();
    look(&sandbox.path(""), &mut found);
    for name in
        ["collate.db", "collate.db.copy", "base.db", "out.1", "children.csv", "log.jsonl", "model.toml"]
    {
        assert!(found.iter().any(|found| found == name), "{name} is not there: {found:?}");
    }
}

#[test]
fn a_damaged_register_is_replaced_by_its_copy() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 4] = [
        ("noise", |path| {
            let size = std::fs::metadata(path).unwrap().len() as usize;
            std::fs::write(path, vec![0xa5; size]).unwrap();
        }),
        ("cut short", |path| {
            let file = File::options().write(true).open(path).unwrap();
            file.set_len(file.metadata().unwrap().len() / 2).unwrap();
        }),
        ("empty", |path| std::fs::write(path, "").unwrap()),
        ("missing", |path| std::fs::remove_file(path).unwrap()),
    ];
    for (what, damage) in damages {
        let sandbox = council();
        decide(&sandbox, &["different", "care.csv:5", "school.csv:5"]);
        sandbox.run(&[&RUN[..], &["--accept"]].concat()).exits(0);
        let (before, decided) = (ids(&sandbox), decisions(&sandbox));
        damage(&sandbox.path("collate.db"));
        sandbox.run(&[&RUN[..], &["--again"]].concat()).exits(0);
        assert_eq!(ids(&sandbox), before, "{what}");
        assert_eq!(decisions(&sandbox), decided, "{what}");
        assert!(codes(&sandbox).contains(&"register-restored".to_owned()), "{what}");
        assert_eq!(sandbox.path("collate.db.damaged-1").is_file(), what != "missing", "{what}");
        let left = files(&sandbox.path(""));
        assert!(!left.keys().any(|name| name.ends_with("-wal") || name.ends_with("-shm")), "{what}");
        // Whoever looks at decisions first is told as well.
        damage(&sandbox.path("collate.db"));
        let looked = sandbox.run(&["decisions", "--out", "out"]).exits(0);
        assert!(looked.stderr.contains("its last copy was put in its place"), "{what}: {}", looked.stderr);
    }
}

#[test]
fn a_damaged_register_without_a_copy_ends_the_run() {
    let sandbox = council();
    let before = files(&sandbox.path("out"));
    std::fs::remove_file(sandbox.path("collate.db.copy")).unwrap();
    sandbox.write("collate.db", "no database at all ".repeat(500));
    let failed = sandbox.run(&RUN).exits(1);
    assert!(failed.stderr.contains("is damaged"), "{}", failed.stderr);
    assert_same_files(&before, &files(&sandbox.path("out")));
}

#[cfg(unix)]
#[test]
fn a_register_that_can_not_be_written_ends_the_run() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = council();
    let before = files(&sandbox.path("out"));
    let path = sandbox.path("collate.db");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    if File::options().write(true).open(&path).is_ok() {
        eprintln!("skipped: this user writes whatever the permissions say");
        return;
    }
    let failed = sandbox.run(&[&RUN[..], &["--again"]].concat()).exits(1);
    assert!(failed.stderr.contains("is read-only"), "{}", failed.stderr);
    assert_same_files(&before, &files(&sandbox.path("out")));
}

#[test]
fn what_a_run_changed_is_told_again_if_it_died_before_its_end() {
    for (what, died) in [
        ("before the folder was in place", "UPDATE runs SET settled = 0, published = 0, given = ''"),
        ("before it could say so", "UPDATE runs SET settled = 0, given = ''"),
    ] {
        let sandbox = council();
        let [(care, mut cared), _] = lists();
        cared[2] = cared[2].replace("Robertson", "Robertson-Hale");
        cared.push("5550001,Ioan,Winterbourne,03/03/2015,WB4 4ZZ,Open".to_owned());
        sandbox.write("in/care.csv", text(&care, &cared));
        sandbox.run(&RUN).exits(0);
        let expected = files(&sandbox.path("out"));
        assert!(sandbox.merged("out").csv("changes.csv").len() >= 2, "{what}");
        let register = rusqlite::Connection::open(sandbox.path("collate.db")).unwrap();
        register.execute(&format!("{died} WHERE run = 2"), []).unwrap();
        drop(register);
        sandbox.run(&RUN).exits(0);
        assert_same_files(&expected, &files(&sandbox.path("out")));
    }
}

/// Another register would number the children otherwise, and the answer would be of another child.
#[test]
fn a_child_is_explained_by_the_register_that_gave_it_its_id() {
    let sandbox = crate::own_output::copy_of_the_fixtures();
    let explain = |more: &[&str]| {
        sandbox.run(&[&["explain", "CH-00001", "--out", "out", "--from", "in"][..], more].concat())
    };
    let run = ["run", "in", "--out", "out", "--formats", "csv", "--quiet"];
    sandbox.run(&[&run[..], &["--register", "other.db"]].concat()).exits(0);
    let told = explain(&[]).exits(1).stderr;
    assert!(
        told.contains("is not the register that gave out its ids") && told.contains("--register"),
        "{told}"
    );
    explain(&["--register", "other.db"]).exits(0);
    sandbox.run(&[&run[..], &["--no-register"]].concat()).exits(0);
    explain(&[]).exits(0);
}

#[test]
fn a_former_id_leads_to_its_own_child_however_often_two_are_joined_and_parted() {
    let [(care, cared), _] = lists();
    let sandbox = Sandbox::with(&[("in/care.csv", &text(&care, &cared))]);
    sandbox.run(&RUN).exits(0);
    let before = ids(&sandbox);
    let (one, other) = (&before["2010-02-01"], &before["2007-03-20"]);
    let mut former = vec![other.clone()];
    for round in 1..=3 {
        decide(&sandbox, &["same", "care.csv:2", "care.csv:3"]);
        sandbox.run(&RUN).exits(0);
        decide(&sandbox, &["take-back", &round.to_string()]);
        sandbox.run(&RUN).exits(0);
        let now = ids(&sandbox);
        assert_eq!(&now["2010-02-01"], one);
        let redirects = sandbox.merged("out").csv("redirects.csv");
        let leads: BTreeMap<&str, &str> =
            redirects.iter().map(|row| (row["collate_id"].as_str(), row["now"].as_str())).collect();
        for id in &former {
            assert_eq!(leads[id.as_str()], now["2007-03-20"], "{round}: {redirects:?}");
        }
        former.push(now["2007-03-20"].clone());
    }
}

#[test]
fn exported_decisions_find_their_rows_in_trackers_that_are_sorted_otherwise() {
    let sandbox = council();
    decide(&sandbox, &["same", "care.csv:2", "care.csv:3"]);
    decide(&sandbox, &["leave-out", "school.csv:5"]);
    decide(&sandbox, &["export", "decisions.csv"]);
    let [(care, mut cared), (school, mut schooled)] = lists();
    cared.reverse();
    schooled.rotate_left(3);
    // One of the rows says something else now.
    let changed = schooled.iter().position(|line| line.contains("Nightingale")).unwrap();
    for (edited, taken) in [(false, 2), (true, 1)] {
        if edited {
            schooled[changed] = schooled[changed].replace("Open", "Closed");
        }
        let other = Sandbox::with(&[
            ("in/care.csv", &text(&care, &cared)),
            ("in/school.csv", &text(&school, &schooled)),
        ]);
        std::fs::copy(sandbox.path("decisions.csv"), other.path("decisions.csv")).unwrap();
        other.run(&RUN).exits(0);
        let told = other.run(&["decisions", "--out", "out", "import", "decisions.csv"]);
        told.exits(if edited { 4 } else { 0 });
        assert_eq!(decisions(&other).len(), taken);
        other.run(&[&RUN[..], &["--accept"]].concat()).exits(0);
        let now = ids(&other);
        let merged = other.merged("out");
        let of_row = |name: &str| {
            let line = 2 + cared.iter().position(|line| line.contains(name)).unwrap();
            merged.ids("child")[&("care.csv".to_owned(), String::new(), line as u32, 1)].clone()
        };
        assert_eq!(of_row("Maryam"), of_row("Wayne"), "{now:?}");
    }
}

#[test]
fn workbooks_that_are_changed_every_night_keep_short_names() {
    let sandbox = council();
    for night in 0..4 {
        sandbox.write("out/children.csv", format!("changed by hand, {night}"));
        let [(care, mut cared), _] = lists();
        cared[0] = cared[0].replace("Open", &format!("Stage {night}"));
        sandbox.write("in/care.csv", text(&care, &cared));
        sandbox.run(&RUN).exits(0);
    }
    let kept: Vec<String> =
        files(&sandbox.path("out")).into_keys().filter(|name| name.starts_with("kept")).collect();
    assert_eq!(
        kept,
        ["kept-2-children.csv", "kept-3-children.csv", "kept-4-children.csv", "kept-children.csv"]
    );
}

#[test]
fn the_guard_sees_what_is_empty_or_unreadable() {
    type Edit = fn(&Sandbox);
    let edits: [(&str, Edit); 4] = [
        ("a tracker of which nothing but the heading is left", |sandbox| {
            let [(care, _), _] = lists();
            sandbox.write("in/care.csv", text(&care, &[]));
        }),
        ("a column under a heading of its own that is gone", |sandbox| {
            let [(care, cared), _] = lists();
            let without = |line: &String| line.rsplit_once(',').unwrap().0.to_owned();
            let cared: Vec<String> = cared.iter().map(without).collect();
            sandbox.write("in/care.csv", text(&without(&care), &cared));
        }),
        ("days of birth that can't be read", |sandbox| {
            let [(care, mut cared), _] = lists();
            for (line, (_, _, born)) in cared.iter_mut().zip(CHILDREN) {
                *line = line.replace(born, "dd/mm/yy");
            }
            sandbox.write("in/care.csv", text(&care, &cared));
        }),
        ("a folder that is gone", |sandbox| std::fs::remove_dir_all(sandbox.path("in")).unwrap()),
    ];
    for (what, edit) in edits {
        let sandbox = council();
        let before = files(&sandbox.path("out"));
        edit(&sandbox);
        println!("{what}");
        let told = sandbox.run(&RUN).exits(3).stderr;
        assert!(told.contains("the former output stands"), "{told}");
        assert_same_files(&before, &files(&sandbox.path("out")));
    }
}

#[test]
fn a_register_that_lacks_a_table_or_a_row_is_replaced_by_its_copy() {
    for damage in ["DROP TABLE cases", "PRAGMA foreign_keys = OFF; UPDATE decisions SET row = 99999"] {
        let sandbox = council();
        decide(&sandbox, &["different", "care.csv:3", "school.csv:4"]);
        let db = rusqlite::Connection::open(sandbox.path("collate.db")).unwrap();
        db.execute_batch(damage).unwrap();
        drop(db);
        sandbox.run(&[&RUN[..], &["--again"]].concat()).exits(0);
        assert!(codes(&sandbox).contains(&"register-restored".to_owned()), "{damage}");
        assert_eq!(decisions(&sandbox).len(), 1, "{damage}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_trackers_keeps_nobody_waiting() {
    let sandbox = council();
    let made = std::process::Command::new("mkfifo").arg(sandbox.path("in/pipe.csv")).status();
    assert!(made.unwrap().success());
    // The sandbox reads whatever it gives to a run, so it does not run this.
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_collate"))
        .args(RUN)
        .arg("--quiet")
        .current_dir(sandbox.path("."))
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let ended = (0..600).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        run.try_wait().unwrap()
    });
    let _ = run.kill();
    assert_eq!(ended.and_then(|ended| ended.code()), Some(4));
}

#[test]
fn the_register_holds_what_a_run_was_given_and_the_model_that_it_fitted() {
    let sandbox = council();
    let db = rusqlite::Connection::open(sandbox.path("collate.db")).unwrap();
    let settings: String = db.query_row("SELECT settings FROM runs", [], |row| row.get(0)).unwrap();
    let settings: serde_json::Value = serde_json::from_str(&settings).unwrap();
    assert_eq!(settings["formats"], serde_json::json!(["csv"]));
    assert!(settings["fitted"]["columns"].as_array().is_some_and(|columns| columns.len() > 3), "{settings}");
}
