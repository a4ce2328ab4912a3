//! The same trackers give the same bytes: with any number of threads, in any order of naming.

use std::path::PathBuf;

use crate::fixtures::wyeborough;
use crate::sandbox::{Sandbox, assert_same_files, files};

fn publish(sandbox: &Sandbox, paths: &[PathBuf], out: &str, threads: &str) {
    let mut args = vec!["run", "--out", out, "--threads", threads, "--quiet"];
    args.extend(paths.iter().map(|path| path.to_str().unwrap()));
    sandbox.run(&args).exits(0);
}

#[test]
fn the_number_of_threads_does_not_show() {
    let sandbox = Sandbox::new();
    publish(&sandbox, &[wyeborough()], "one", "1");
    publish(&sandbox, &[wyeborough()], "two", "2");
    publish(&sandbox, &[wyeborough()], "seven", "7");
    assert_same_files(&files(&sandbox.path("one")), &files(&sandbox.path("two")));
    assert_same_files(&files(&sandbox.path("one")), &files(&sandbox.path("seven")));
}

#[test]
fn the_order_of_naming_does_not_show() {
    let sandbox = Sandbox::new();
    let mut paths: Vec<PathBuf> = files(&wyeborough()).keys().map(|name| wyeborough().join(name)).collect();
    publish(&sandbox, &paths, "forwards", "2");
    paths.reverse();
    publish(&sandbox, &paths, "backwards", "2");
    assert_same_files(&files(&sandbox.path("forwards")), &files(&sandbox.path("backwards")));
}

#[test]
fn the_place_of_the_folder_does_not_show() {
    let sandbox = Sandbox::new();
    for (name, bytes) in files(&wyeborough()) {
        for folder in ["here", "elsewhere/deeper"] {
            sandbox.write(&format!("{folder}/in/{name}"), &bytes);
        }
    }
    // The workbook has links from the one to the other, which lie to each other as they did.
    publish(&sandbox, &[sandbox.path("here/in")], "here/out", "2");
    publish(&sandbox, &[sandbox.path("elsewhere/deeper/in")], "elsewhere/deeper/out", "2");
    assert_same_files(&files(&sandbox.path("here/out")), &files(&sandbox.path("elsewhere/deeper/out")));
}
