//! Whatever goes wrong, the database is as it was, and the message says what to do.

use crate::made_up;
use crate::place::Place;

#[test]
fn a_table_in_the_way_is_left_alone() {
    for place in Place::all("in the way") {
        match &place {
            Place::Sqlite(_) => {}
            Place::Postgres { schema, .. } => place.execute(&format!("CREATE SCHEMA \"{schema}\"")),
        }
        place.execute("CREATE TABLE children (name TEXT); INSERT INTO children VALUES ('ours')");
        let error = place.load(&made_up::dataset(3)).unwrap_err();
        assert!(error.to_string().contains("a table children is there that collate did not make"), "{error}");
        assert!(error.hint().contains("nothing was changed"));
        assert_eq!(place.one("SELECT name FROM children"), "ours");
        let tables = if place.is_sqlite() {
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
        } else {
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'test in the way'"
        };
        assert_eq!(place.one(tables), "1");
    }
}

#[test]
fn a_table_that_somebody_dropped_is_missed() {
    for place in Place::all("dropped") {
        place.load(&made_up::dataset(3)).unwrap();
        place.execute("DROP TABLE marks");
        let error = place.load(&made_up::dataset(3)).unwrap_err();
        assert!(error.to_string().contains("the table marks that collate made is gone"), "{error}");
    }
}

#[test]
fn rows_that_somebody_refers_to_stay_and_all_others_too() {
    for place in Place::all("referred") {
        place.load(&made_up::dataset(6)).unwrap();
        place.execute("CREATE TABLE ours (child TEXT REFERENCES children (collate_id))");
        place.execute("INSERT INTO ours VALUES ('CH-00006')");
        let before = place.content();
        let error = place.load(&made_up::dataset(3)).unwrap_err();
        assert!(error.hint().contains("refer to collate_ids"), "{error}: {}", error.hint());
        // Details of the server would name the row.
        assert!(!error.to_string().contains("CH-00006"), "{error}");
        assert_eq!(place.content(), before);
    }
}
