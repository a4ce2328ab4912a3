//! Its own output among the trackers is known and left alone: a second run says what the first said.

use crate::fixtures::wyeborough;
use crate::sandbox::{Sandbox, assert_same_files, files};

/// The fixtures in the folder `in`.
pub fn copy_of_the_fixtures() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, bytes) in files(&wyeborough()) {
        sandbox.write(&format!("in/{name}"), bytes);
    }
    sandbox
}

#[test]
fn the_output_may_stand_among_the_trackers() {
    let sandbox = copy_of_the_fixtures();
    sandbox.run(&["run", "in", "--out", "outside"]).exits(0);
    sandbox.run(&["run", "in", "--out", "in/merged"]).exits(0);
    let second = files(&sandbox.path("in/merged"));
    sandbox.run(&["run", "in", "--out", "in/merged"]).exits(0);
    let third = files(&sandbox.path("in/merged"));
    sandbox.run(&["run", "in", "--out", "in/merged"]).exits(0);
    assert_same_files(&third, &files(&sandbox.path("in/merged")));

    // Only what lists the files themselves knows that there are more of them.
    let tables = |published: std::collections::BTreeMap<String, Vec<u8>>| {
        let lists = ["manifest.json", "problems.csv", "collate.xlsx"];
        published.into_iter().filter(|(name, _)| !lists.contains(&name.as_str())).collect()
    };
    let outside = tables(files(&sandbox.path("outside")));
    assert_same_files(&outside, &tables(second));
    assert_same_files(&outside, &tables(third));
}

#[test]
fn single_files_of_the_output_are_known_under_any_name() {
    let sandbox = copy_of_the_fixtures();
    sandbox.run(&["run", "in", "--out", "out"]).exits(0);
    for (name, bytes) in files(&sandbox.path("out")) {
        sandbox.write(&format!("again/copy of {name}"), bytes);
    }
    sandbox.write("again/answers.csv", files(&wyeborough())["truth.csv"].clone());
    let json = sandbox.run(&["run", "again", "--out", "twice", "--json"]).exits(0).json();
    assert_eq!((&json["rows"]["used"], &json["mentions"]), (&0.into(), &0.into()));
    let problems = sandbox.merged("twice").csv("problems.csv");
    let known: std::collections::BTreeSet<_> =
        problems.iter().filter(|row| row["code"] == "own-output").map(|row| row["file"].as_str()).collect();
    for name in ["copy of children.csv", "copy of sources.csv", "copy of collate.xlsx", "answers.csv"] {
        assert!(known.contains(name), "{name}: {known:?}");
    }
}

#[test]
fn what_a_person_changed_in_the_output_is_kept() {
    let sandbox = Sandbox::with(&[("in/list.csv", "Full name,DOB\nJohn Smith,14/03/2012\n")]);
    sandbox.merge();
    sandbox.write("out/review.csv", "my answers\n");
    sandbox.write("out/mine.txt", "mine\n");
    sandbox.run(&["run", "in", "--out", "out"]).exits(0);
    let published = files(&sandbox.path("out"));
    assert_eq!(published["mine.txt"], b"mine\n");
    assert_eq!(published["kept-review.csv"], b"my answers\n");
    assert_ne!(published["review.csv"], b"my answers\n");
}
