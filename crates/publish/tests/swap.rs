//! The output is there whole or not at all, and nothing of anybody else's is lost.

mod made_up;

use std::fs;
use std::path::{Path, PathBuf};

use collate_publish::{ErrorKind, Format, PublishError, Published, publish};
use serde_json::json;
use tempfile::TempDir;

struct Place {
    folder: TempDir,
    out: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Place { out: folder.path().join("merged"), folder }
    }

    fn publish(&self, children: u32) -> Result<Published, PublishError> {
        publish(&made_up::dataset(children), &json!({ "program": "collate" }), &self.out, &[Format::Csv])
    }

    fn children(&self) -> usize {
        fs::read_to_string(self.out.join("children.csv")).unwrap().matches("CH-").count()
    }

    /// What stands beside the output.
    fn beside(&self) -> Vec<String> {
        names(self.folder.path())
    }

    fn hidden(&self, ending: &str) -> PathBuf {
        self.folder.path().join(format!(".merged.collate-{ending}"))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn missing_empty_and_former_targets_are_taken() {
    let place = Place::new();
    place.publish(3).unwrap();
    assert_eq!(place.children(), 3);
    let published = place.publish(5).unwrap();
    assert_eq!((place.children(), place.beside()), (5, vec!["merged".to_owned()]));
    assert_eq!((published.out, published.notes), (place.out.clone(), Vec::new()));

    let place = Place::new();
    fs::create_dir(&place.out).unwrap();
    place.publish(2).unwrap();
    assert_eq!((place.children(), place.beside()), (2, vec!["merged".to_owned()]));

    let deep = Place::new();
    let deep = Place { out: deep.out.join("a/b"), folder: deep.folder };
    deep.publish(1).unwrap();
    assert_eq!(deep.children(), 1);
}

#[test]
fn foreign_folders_and_files_are_refused_and_left_alone() {
    for (name, text) in
        [("letter.docx", ""), ("manifest.json", "{\"program\":\"other\"}"), ("manifest.json", "{")]
    {
        let place = Place::new();
        fs::create_dir(&place.out).unwrap();
        fs::write(place.out.join(name), text).unwrap();
        let error = place.publish(1).unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotOurs);
        assert!(error.hint().contains("folder that does not exist yet"));
        assert_eq!((names(&place.out), place.beside()), (vec![name.to_owned()], vec!["merged".to_owned()]));
    }
    let place = Place::new();
    fs::write(&place.out, "a file").unwrap();
    assert_eq!(place.publish(1).unwrap_err().kind, ErrorKind::NotAFolder);
    assert_eq!(fs::read_to_string(&place.out).unwrap(), "a file");

    let nowhere = Place { out: PathBuf::from("/"), folder: tempfile::tempdir().unwrap() };
    assert!(nowhere.publish(1).is_err());
}

#[test]
fn what_people_put_into_the_output_is_kept() {
    let place = Place::new();
    place.publish(3).unwrap();
    fs::write(place.out.join("letter.docx"), "a letter").unwrap();
    fs::create_dir(place.out.join("old")).unwrap();
    fs::write(place.out.join("old/x.txt"), "x").unwrap();
    fs::write(place.out.join("review.csv"), "my answers").unwrap();
    let published = place.publish(4).unwrap();
    assert_eq!(fs::read_to_string(place.out.join("letter.docx")).unwrap(), "a letter");
    assert_eq!(fs::read_to_string(place.out.join("old/x.txt")).unwrap(), "x");
    assert_eq!(fs::read_to_string(place.out.join("kept-review.csv")).unwrap(), "my answers");
    assert_eq!(published.notes.len(), 1);
    assert_eq!(published.notes[0].code, "changed-output-kept");
    assert_eq!((place.children(), place.beside()), (4, vec!["merged".to_owned()]));

    fs::write(place.out.join("review.csv"), "more answers").unwrap();
    place.publish(5).unwrap();
    assert_eq!(fs::read_to_string(place.out.join("kept-review.csv")).unwrap(), "my answers");
    assert_eq!(fs::read_to_string(place.out.join("kept-2-review.csv")).unwrap(), "more answers");
}

#[test]
fn leftovers_of_a_killed_run_are_tidied_up() {
    // Killed while writing.
    let place = Place::new();
    place.publish(3).unwrap();
    let dead = format!("new-{}", std::process::id());
    fs::create_dir(place.hidden(&dead)).unwrap();
    fs::write(place.hidden(&dead).join("children.csv"), "half").unwrap();
    fs::create_dir(place.hidden("new-mine")).unwrap();
    place.publish(4).unwrap();
    assert_eq!(
        (place.children(), place.beside()),
        (4, vec![".merged.collate-new-mine".into(), "merged".to_owned()])
    );

    // Killed between the two renames: the former output comes back, and with it what is in it.
    let place = Place::new();
    place.publish(3).unwrap();
    fs::write(place.out.join("letter.docx"), "a letter").unwrap();
    fs::rename(&place.out, place.hidden("old")).unwrap();
    place.publish(4).unwrap();
    assert_eq!((place.children(), place.beside()), (4, vec!["merged".to_owned()]));
    assert!(place.out.join("letter.docx").exists());

    // Killed before the former output was cleared away.
    let place = Place::new();
    place.publish(3).unwrap();
    fs::write(place.out.join("letter.docx"), "a letter").unwrap();
    fs::rename(&place.out, place.hidden("old")).unwrap();
    let other = Place { out: place.folder.path().join("other"), folder: tempfile::tempdir().unwrap() };
    other.publish(4).unwrap();
    fs::rename(&other.out, &place.out).unwrap();
    place.publish(5).unwrap();
    assert_eq!((place.children(), place.beside()), (5, vec!["merged".to_owned()]));
    assert!(place.out.join("letter.docx").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn the_folder_of_a_run_that_goes_on_is_left_alone() {
    let place = Place::new();
    // The first process is always there; no process has a number as high as the other.
    for process in ["new-1", "new-4294967295"] {
        fs::create_dir(place.hidden(process)).unwrap();
        fs::write(place.hidden(process).join("children.csv"), "half").unwrap();
    }
    place.publish(3).unwrap();
    assert_eq!(place.beside(), [".merged.collate-new-1", "merged"]);
    assert_eq!(names(&place.hidden("new-1")), ["children.csv"]);
}

#[test]
fn a_stranger_in_the_place_of_the_former_output_stays() {
    let place = Place::new();
    place.publish(3).unwrap();
    fs::create_dir(place.hidden("old")).unwrap();
    fs::write(place.hidden("old").join("letter.docx"), "a letter").unwrap();
    assert_eq!(place.publish(4).unwrap_err().kind, ErrorKind::InTheWay);
    assert_eq!(place.children(), 3);
    assert!(place.hidden("old").join("letter.docx").exists());
}

#[test]
fn a_failure_halfway_leaves_the_former_output() {
    let place = Place::new();
    place.publish(3).unwrap();
    let mut broken = made_up::dataset(4);
    // A name that no file system takes makes one of the files fail.
    broken.tables[1].def.plural = "x".repeat(5000);
    let error = publish(&broken, &json!({ "program": "collate" }), &place.out, &Format::ALL).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Write);
    assert!(
        error.to_string().contains("could not be written") && error.hint().contains("former output stands")
    );
    assert_eq!((place.children(), place.beside()), (3, vec!["merged".to_owned()]));
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_output() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    publish(&made_up::dataset(3), &json!({ "program": "collate" }), &place.out, &Format::ALL).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.out), 0o700);
    for name in names(&place.out) {
        assert_eq!(mode(&place.out.join(&name)), 0o600, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_followed() {
    let place = Place::new();
    let real = place.folder.path().join("real");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &place.out).unwrap();
    place.publish(2).unwrap();
    assert_eq!((place.children(), place.beside()), (2, vec!["merged".to_owned(), "real".to_owned()]));
    assert!(fs::symlink_metadata(&place.out).unwrap().is_symlink());

    let lost = Place::new();
    std::os::unix::fs::symlink(lost.folder.path().join("gone"), &lost.out).unwrap();
    assert_eq!(lost.publish(2).unwrap_err().kind, ErrorKind::NotAFolder);
}
