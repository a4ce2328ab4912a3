//! What is so of servers alone.

use std::env;
use std::thread;
use std::time::Duration;

use collate_database::{Target, load};

use crate::made_up;
use crate::place::{Place, manifest, server};

/// Waits until a load waits for a lock; gives its process.
fn waiting(place: &Place, lock: &str) -> String {
    for _ in 0..200 {
        let sql = format!(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'collate' AND wait_event_type = 'Lock' \
             AND pid IN (SELECT pid FROM pg_locks WHERE NOT granted AND relation = '\"{lock}\".children'::regclass)"
        );
        if let Some(row) = place.rows(&sql).first() {
            return row[0].clone().unwrap();
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("no load waits for a lock");
}

#[test]
fn a_connection_that_is_cut_in_the_middle_changes_nothing() {
    let Some(place) = Place::postgres("cut") else { return };
    place.load(&made_up::dataset(6)).unwrap();
    let before = place.content();
    let mut other = place.client();
    other.batch_execute("BEGIN; LOCK TABLE children IN ACCESS EXCLUSIVE MODE").unwrap();
    thread::scope(|scope| {
        let load = scope.spawn(|| place.load(&made_up::dataset(9)));
        let process = waiting(&place, "test cut");
        place.one(&format!("SELECT pg_terminate_backend({process})"));
        let error = load.join().unwrap().unwrap_err();
        assert!(
            error.to_string().contains("terminating connection") || error.to_string().contains("closed"),
            "{error}"
        );
        assert!(error.hint().contains("nothing was changed"), "{}", error.hint());
    });
    drop(other);
    assert_eq!(place.content(), before);
}

#[test]
fn two_loads_at_once_follow_each_other() {
    let Some(place) = Place::postgres("at once") else { return };
    let (left, right) = (made_up::dataset(20), made_up::dataset(30));
    thread::scope(|scope| {
        let loads = [&left, &right].map(|dataset| scope.spawn(|| place.load(dataset).unwrap()));
        loads.into_iter().for_each(|load| {
            load.join().unwrap();
        });
    });
    let children = place.one("SELECT count(*) FROM children");
    assert!(children == "20" || children == "30", "{children}");
}

#[test]
fn a_server_is_known_by_its_certificate() {
    let (Some(url), Ok(authority)) = (server(), env::var("COLLATE_TEST_POSTGRES_CA")) else { return };
    let load = |options: &str| {
        let target: Target = format!("{url}?schema=test%20tls{options}").parse().unwrap();
        load(&made_up::dataset(1), &manifest(), &target).map(drop)
    };
    load(&format!("&sslmode=verify-full&sslrootcert={authority}")).unwrap();
    for options in ["&sslmode=require", "&sslmode=require&sslrootcert=none.pem"] {
        let error = load(options).unwrap_err();
        assert!(error.hint().contains("sslrootcert"), "{error}: {}", error.hint());
    }
}

#[test]
fn a_password_is_in_no_message() {
    let Some(url) = server() else { return };
    for (url, words) in [
        ("postgres://ann:s3cret@localhost:1/none".to_owned(), "Connection refused"),
        (url.replace("collate:", "nobody:"), "password authentication failed"),
        (
            url.replace("/postgres?", "/none?").replace("/postgres", "/none"),
            "database \"none\" does not exist",
        ),
    ] {
        let target: Target = url.parse().unwrap();
        let error = load(&made_up::dataset(1), &manifest(), &target).err().unwrap();
        assert!(error.to_string().contains(words), "{error}");
        assert!(!format!("{error} {}", error.hint()).contains("s3cret"), "{error}");
    }
}

#[test]
fn who_may_not_make_a_schema_is_told_what_to_ask_for() {
    let Some(place) = Place::postgres("rights") else { return };
    place.execute(
        "DO $$ BEGIN CREATE ROLE collate_guest LOGIN PASSWORD 's3cret'; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    );
    let url = server().unwrap().replace("collate:", "collate_guest:");
    let target: Target = format!("{url}?schema=test%20rights").parse().unwrap();
    let error = load(&made_up::dataset(1), &manifest(), &target).err().unwrap();
    assert!(error.hint().contains("CREATE SCHEMA"), "{error}: {}", error.hint());
    place.execute("CREATE SCHEMA \"test rights\" AUTHORIZATION collate_guest");
    load(&made_up::dataset(1), &manifest(), &target).unwrap().commit().unwrap();
}
