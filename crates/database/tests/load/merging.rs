//! A second load changes what has changed and touches nothing else.

use collate_database::{Changes, load};

use crate::changed;
use crate::made_up;
use crate::place::{Place, cells, manifest};

/// Which rows were written by which transaction (PostgreSQL), or that a trigger saw change (SQLite).
fn touched(place: &Place) -> Vec<Vec<Option<String>>> {
    place.rows(if place.is_sqlite() {
        "SELECT id FROM seen ORDER BY 1"
    } else {
        "SELECT collate_id, xmin FROM children ORDER BY 1"
    })
}

fn watch(place: &Place) {
    if place.is_sqlite() {
        place.execute(
            "CREATE TABLE seen (id TEXT);
             CREATE TRIGGER changed AFTER UPDATE ON children BEGIN INSERT INTO seen VALUES (new.collate_id); END;
             CREATE TRIGGER came AFTER INSERT ON children BEGIN INSERT INTO seen VALUES (new.collate_id); END;",
        );
    }
}

#[test]
fn the_same_again_touches_nothing() {
    for place in Place::all("again") {
        let dataset = made_up::dataset(30);
        let first = place.load(&dataset).unwrap();
        assert!(first.added > 300 && first.changed == 0 && first.gone == 0, "{first:?}");
        watch(&place);
        let (content, rows) = (place.content(), touched(&place));
        assert_eq!(place.load(&dataset).unwrap(), Changes::default());
        assert_eq!((place.content(), touched(&place)), (content, rows));
    }
}

#[test]
fn only_rows_that_differ_are_written() {
    for place in Place::all("differ") {
        let mut dataset = made_up::dataset(5);
        place.load(&dataset).unwrap();
        watch(&place);
        let before = touched(&place);
        changed::set_first(&mut dataset.tables[0], 2, "Another Name");
        let changes = place.load(&dataset).unwrap();
        assert_eq!(place.one("SELECT name FROM children WHERE collate_id = 'CH-00003'"), "Another Name");
        // The child, the cell that the name came from, and the doubtful pair that shows it.
        assert_eq!(changes, Changes { added: 0, changed: 3, gone: 0 });
        let after = touched(&place);
        let new: Vec<_> =
            after.iter().filter(|row| !before.contains(row)).map(|row| row[0].clone()).collect();
        assert_eq!(new, [Some("CH-00003".to_owned())]);
    }
}

#[test]
fn rows_come_and_go_as_in_a_new_database() {
    let (few, many) = (made_up::dataset(6), made_up::dataset(9));
    for (place, new) in Place::all("there").into_iter().zip(Place::all("new")) {
        place.load(&many).unwrap();
        let gone = place.load(&few).unwrap();
        assert!(gone.gone > 30 && gone.added == 0, "{gone:?}");
        new.load(&few).unwrap();
        let without_ids = |place: &Place| {
            let content = place.content();
            content.into_iter().filter(|(table, _)| table != "collate_ids").collect::<Vec<_>>()
        };
        assert_eq!(without_ids(&place), without_ids(&new));
        let retired = "SELECT collate_id FROM collate_ids WHERE state = 'retired' ORDER BY 1";
        let expected = ["CA-00004", "CH-00007", "CH-00008", "CH-00009"];
        assert_eq!(place.rows(retired), expected.map(|id| cells([id])));
    }
}

#[test]
fn what_is_not_committed_has_not_happened() {
    for place in Place::all("uncommitted") {
        place.load(&made_up::dataset(3)).unwrap();
        let before = place.content();
        drop(load(&made_up::dataset(9), &manifest(), &place.target()).unwrap());
        assert_eq!(place.content(), before);
    }
}
