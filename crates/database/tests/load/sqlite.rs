//! What is so of files alone.

use std::fs;

use collate_database::{Target, load};

use crate::made_up;
use crate::place::{Place, manifest};

fn file() -> (Place, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("merged.db");
    (Place::Sqlite(dir), path)
}

#[test]
fn a_new_file_is_its_owners_alone() {
    let (place, path) = file();
    place.load(&made_up::dataset(3)).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        place.load(&made_up::dataset(4)).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
    let names: Vec<_> =
        fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["merged.db"]);
}

#[test]
fn a_new_file_goes_if_the_load_is_not_committed() {
    let (place, path) = file();
    drop(load(&made_up::dataset(3), &manifest(), &place.target()).unwrap());
    assert!(!path.exists());
}

#[test]
fn what_is_no_database_is_left_alone() {
    let (place, path) = file();
    let text = "Child name,DOB\n".repeat(100);
    fs::write(&path, &text).unwrap();
    let error = place.load(&made_up::dataset(3)).unwrap_err();
    assert!(error.to_string().contains("not a database"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);

    let nowhere: Target =
        format!("sqlite:{}/none/merged.db", path.parent().unwrap().display()).parse().unwrap();
    let error = load(&made_up::dataset(3), &manifest(), &nowhere).err().unwrap();
    assert!(error.hint().contains("a folder that is there"), "{error}");
}

#[test]
fn a_file_that_another_program_reads_or_writes_is_left_alone() {
    for doing in ["BEGIN IMMEDIATE", "BEGIN; SELECT * FROM children LIMIT 1"] {
        let (place, _) = file();
        place.load(&made_up::dataset(3)).unwrap();
        let before = place.content();
        let other = place.sqlite();
        other.execute_batch(doing).unwrap();
        let error = place.load(&made_up::dataset(6)).unwrap_err();
        assert!(error.hint().contains("another program is using the file"), "{doing}: {error}");
        drop(other);
        assert_eq!(place.content(), before);
    }
}

#[test]
fn what_fails_at_the_very_end_undoes_everything() {
    let (place, _) = file();
    place.load(&made_up::dataset(3)).unwrap();
    place.execute(
        "CREATE TRIGGER no BEFORE INSERT ON relations BEGIN SELECT RAISE(ABORT, 'not now'); END;
         CREATE TRIGGER nor BEFORE INSERT ON as_text BEGIN SELECT RAISE(ABORT, 'not now'); END;",
    );
    let before = place.content();
    let error = place.load(&made_up::dataset(6)).unwrap_err();
    assert!(error.to_string().contains("not now"), "{error}");
    assert_eq!(place.content(), before);
}
