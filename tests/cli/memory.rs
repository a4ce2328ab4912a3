//! A ceiling of memory: kept by working on pairs in parts, and refused before anything is written where
//! the rows alone need more.

use crate::fixtures::wyeborough;
use crate::sandbox::{Sandbox, assert_same_files, files};

#[test]
fn a_ceiling_does_not_show_in_what_is_published() {
    let sandbox = Sandbox::new();
    let trackers = wyeborough();
    let run = |out: &str, more: &[&str]| {
        sandbox.run(&[&["run", trackers.to_str().unwrap(), "--out", out, "--quiet"], more].concat())
    };
    run("free", &[]).exits(0);
    run("held", &["--memory", "1GiB"]).exits(0);
    assert_same_files(&files(&sandbox.path("free")), &files(&sandbox.path("held")));
}

#[test]
fn a_ceiling_that_is_too_low_is_told_with_what_is_enough() {
    let sandbox = Sandbox::with(&[
        ("in/a.csv", "Child,DOB,Date accommodated\nAnna Smith,01/02/2010,01/03/2021\n"),
        ("in/collate.toml", "[limits]\nmemory_mib = 1\n"),
    ]);
    for (args, words) in [
        (&["--memory", "2MiB"][..], "--memory 2 MiB is too little for 3 cells"),
        (&[], "--memory 1 MiB is too little for 3 cells"),
        (&["--memory", "lots"], "such as 900MiB or 4GiB"),
    ] {
        let told = sandbox.run(&[&["run", "in", "--out", "out"], args].concat()).exits(2).stderr;
        assert!(told.contains(words), "{told}");
        assert!(!sandbox.path("out").exists());
    }
    sandbox.run(&["run", "in", "--out", "out", "--memory", "1GiB"]).exits(0);
}
