//! `collate run --to`: the folder and the databases have the same, or all are as they were.

use std::collections::BTreeMap;
use std::env;

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::fixtures::wyeborough;
use crate::sandbox::{Sandbox, assert_same_files, files};

const S20: &str = "Child name,DOB,Section 20 start date\nJohn Smith,14/03/2012,01/02/2021\n";

/// The rows of a query, each cell as text.
fn rows(sandbox: &Sandbox, file: &str, sql: &str) -> Vec<Vec<String>> {
    let connection = Connection::open(sandbox.path(file)).unwrap();
    let mut query = connection.prepare(sql).unwrap();
    let columns = query.column_count();
    let text = |value: Value| match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Blob(_) => panic!("nothing is stored as bytes"),
    };
    let row = |row: &rusqlite::Row| (0..columns).map(|i| row.get::<_, Value>(i).map(text)).collect();
    query.query_map([], row).unwrap().map(Result::unwrap).collect()
}

#[test]
fn every_cell_of_the_children_is_in_the_database() {
    let sandbox = Sandbox::new();
    let folder = wyeborough();
    let run = ["run", folder.to_str().unwrap(), "--out", "out", "--to", "sqlite:merged.db"];
    let said = sandbox.run(&run).exits(0);
    assert!(said.stderr.contains("Loaded into sqlite:merged.db: "), "{}", said.stderr);
    let as_text: BTreeMap<(String, String), String> =
        rows(&sandbox, "merged.db", "SELECT collate_id, \"column\", value FROM as_text")
            .into_iter()
            .map(|row| ((row[0].clone(), row[1].clone()), row[2].clone()))
            .collect();
    assert!(!as_text.is_empty());
    for table in ["children", "cases", "claims", "episodes"] {
        let published = sandbox.merged("out").csv(&format!("{table}.csv"));
        let mut count = 0;
        for csv in &published {
            let id = &csv["collate_id"];
            for (column, text) in csv {
                let sql = format!("SELECT \"{column}\" FROM {table} WHERE collate_id = '{id}'");
                let found = &rows(&sandbox, "merged.db", &sql)[0][0];
                let found = as_text.get(&(id.clone(), column.clone())).unwrap_or(found);
                let text = text.strip_prefix('\'').unwrap_or(text);
                let same = match (text.parse::<f64>(), found.parse::<f64>()) {
                    (Ok(left), Ok(right)) => left == right,
                    _ => text == found,
                };
                assert!(same, "{id} {column}");
                count += usize::from(!text.is_empty());
            }
        }
        assert!(count > 20, "{table}: {count} cells");
        let all = format!("SELECT count(*) FROM {table}");
        assert_eq!(rows(&sandbox, "merged.db", &all)[0][0], published.len().to_string());
    }
    let again = sandbox.run(&[&run[..], &["--again"]].concat()).exits(0);
    assert!(
        again.stderr.contains("Loaded into sqlite:merged.db: 0 rows added, 0 changed, 0 gone"),
        "{}",
        again.stderr
    );
}

#[test]
fn a_reason_and_a_cell_can_be_joined_to_a_child() {
    let sandbox = Sandbox::new();
    let folder = wyeborough();
    sandbox.run(&["run", folder.to_str().unwrap(), "-q", "--to", "sqlite:merged.db"]).exits(0);
    let sql = "SELECT p.file, p.cell, c.date_of_birth, (SELECT count(*) FROM sources s WHERE s.collate_id = c.collate_id) \
               FROM children c JOIN provenance p ON p.collate_id = c.collate_id AND p.\"column\" = 'date_of_birth' \
               WHERE c.child_id = '1872295'";
    let found = rows(&sandbox, "merged.db", sql);
    assert_eq!((found[0][2].as_str(), found[0][3].as_str()), ("2013-12-01", "5"));
    let case = "SELECT count(*) FROM relations WHERE entity = 'child' AND other_entity = 'case'";
    assert_ne!(rows(&sandbox, "merged.db", case)[0][0], "0");
}

#[test]
fn json_tells_what_was_loaded() {
    let sandbox = Sandbox::with(&[("in/s20.csv", S20)]);
    let run = ["run", "in", "--json", "--to", "sqlite:a.db", "--to", "sqlite:b.db"];
    let json = sandbox.run(&run).exits(0).json();
    let databases = json["databases"].as_array().unwrap();
    let names: Vec<_> = databases.iter().map(|database| database["database"].as_str().unwrap()).collect();
    assert_eq!(names, ["sqlite:a.db", "sqlite:b.db"]);
    assert!(databases[0]["rows_added"].as_u64().unwrap() > 10);
    assert!(json["seconds"]["loading"].is_number());
    assert_eq!(sandbox.run(&["run", "in", "--json"]).exits(0).json()["databases"], serde_json::json!([]));
}

#[test]
fn settings_name_databases_too() {
    let settings = "to = [\"sqlite:ours.db\"]\n";
    let sandbox = Sandbox::with(&[("in/s20.csv", S20), ("in/collate.toml", settings)]);
    sandbox.run(&["run", "in", "-q"]).exits(0);
    assert!(sandbox.path("in/ours.db").exists());
    std::fs::remove_file(sandbox.path("in/ours.db")).unwrap();
    sandbox.run(&["run", "in", "-q", "--to", "sqlite:other.db"]).exits(0);
    assert!(!sandbox.path("in/ours.db").exists() && sandbox.path("other.db").exists());
}

#[test]
fn what_can_t_be_loaded_publishes_nothing() {
    let sandbox = Sandbox::with(&[("in/s20.csv", S20)]);
    sandbox.run(&["run", "in", "-q", "--out", "out", "--to", "sqlite:good.db"]).exits(0);
    Connection::open(sandbox.path("bad.db")).unwrap().execute_batch("CREATE TABLE children (name)").unwrap();
    let (folder, count) = (files(&sandbox.path("out")), "SELECT count(*) FROM children");

    sandbox.write("in/more.csv", "Child name,DOB\nMary Brown,02/11/2010\n");
    let run = [
        "run",
        "in",
        "--out",
        "out",
        "--to",
        "sqlite:good.db",
        "--to",
        "sqlite:bad.db",
        "--to",
        "sqlite:new.db",
    ];
    let said = sandbox.run(&run).exits(1);
    for word in ["sqlite:bad.db", "a table children is there", "nothing was published", "rename"] {
        assert!(said.stderr.contains(word), "{word}: {}", said.stderr);
    }
    assert_same_files(&folder, &files(&sandbox.path("out")));
    assert_eq!(rows(&sandbox, "good.db", count)[0][0], "1");
    assert!(!sandbox.path("new.db").exists());
    assert!(
        std::fs::read_dir(sandbox.path(""))
            .unwrap()
            .all(|entry| { !entry.unwrap().file_name().to_string_lossy().starts_with(".out.collate-new") })
    );

    sandbox.run(&["run", "in", "-q", "--out", "out", "--to", "sqlite:good.db"]).exits(0);
    assert_eq!(rows(&sandbox, "good.db", count)[0][0], "2");
}

/// The one failure after which places differ: what a constraint of the user puts off to the very end.
#[test]
fn who_has_what_is_told_if_a_transaction_can_t_end() {
    let sandbox =
        Sandbox::with(&[("in/s20.csv", S20), ("in/more.csv", "Child name,DOB\nMary Brown,02/11/2010\n")]);
    let run = ["run", "in", "-q", "--out", "out", "--to", "sqlite:held.db", "--to", "sqlite:free.db"];
    sandbox.run(&run).exits(0);
    let ours = "CREATE TABLE ours (child REFERENCES children DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO ours SELECT collate_id FROM children;";
    Connection::open(sandbox.path("held.db")).unwrap().execute_batch(ours).unwrap();
    std::fs::remove_file(sandbox.path("in/more.csv")).unwrap();

    let said = sandbox.run(&[&run[..], &["--accept"]].concat()).exits(1);
    for word in
        ["sqlite:held.db: FOREIGN KEY", "The result of this run is in", "out, sqlite:free.db", "collate_ids"]
    {
        assert!(said.stderr.contains(word), "{word}: {}", said.stderr);
    }
    let count = "SELECT count(*) FROM children";
    assert_eq!(rows(&sandbox, "held.db", count)[0][0], "2");
    assert_eq!(rows(&sandbox, "free.db", count)[0][0], "1");
    assert_eq!(sandbox.merged("out").csv("children.csv").len(), 1);
}

#[test]
fn wrong_databases_are_refused_without_repeating_a_password() {
    let sandbox = Sandbox::with(&[("in/s20.csv", S20)]);
    let secret = "to = [\"postgres://ann:s3cret@db.example.org/council\"]\n";
    sandbox.write("secret.toml", secret);
    for (args, words) in [
        (&["--to", "mysql://ann:s3cret@host/db"][..], &["sqlite:FILE", "postgres://"][..]),
        (&["--to", "postgres://ann:s3cret@host/db?sslmode=prefer"], &["sslmode", "disable", "verify-full"]),
        (&["--to", "postgres://ann:s3cret@host:x/db"], &["postgres://USER@HOST"]),
        (&["--to", "sqlite:"], &["sqlite:"]),
        (&["--to", "sqlite:merged/a.db"], &["merged/a.db", "outside"]),
        (&["--to", "sqlite:a.db", "--to", "sqlite:a.db"], &["twice"]),
        (&["--config", "secret.toml"], &["secret.toml", "password", "PGPASSWORD"]),
    ] {
        let said = sandbox.run(&[&["run", "in"], args].concat()).exits(2);
        for word in words {
            assert!(said.stderr.contains(word), "{args:?}: {word}: {}", said.stderr);
        }
        assert!(!said.stderr.contains("s3cret"), "{}", said.stderr);
        assert!(!sandbox.path("merged").exists(), "{args:?}");
    }
    let refused = ["run", "in", "--to", "postgres://ann:s3cret@localhost:1/none"];
    let said = sandbox.run(&refused).exits(1);
    assert!(said.stderr.contains("Connection refused") && !said.stderr.contains("s3cret"), "{}", said.stderr);
    assert!(!sandbox.path("merged").exists());
}

#[test]
fn a_server_has_what_a_file_has() {
    let Ok(url) = env::var("COLLATE_TEST_POSTGRES") else {
        eprintln!("SKIPPED: run scripts/with-postgres cargo test");
        return;
    };
    let sandbox = Sandbox::new();
    let folder = wyeborough();
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client.batch_execute("DROP SCHEMA IF EXISTS cli CASCADE").unwrap();
    let server = format!("{url}?schema=cli");
    let run = ["run", folder.to_str().unwrap(), "--json", "--to", &server, "--to", "sqlite:merged.db"];
    let json = sandbox.run(&run).exits(0).json();
    assert_eq!(json["databases"][0]["rows_added"], json["databases"][1]["rows_added"]);
    let tables = rows(&sandbox, "merged.db", "SELECT DISTINCT table_name FROM collate_columns");
    assert!(tables.len() > 15);
    for table in tables {
        let count = format!("SELECT count(*) FROM \"{}\"", table[0]);
        let here = &rows(&sandbox, "merged.db", &count)[0][0];
        let there: i64 = client.query_one(&count.replace("FROM ", "FROM cli."), &[]).unwrap().get(0);
        assert_eq!(*here, there.to_string(), "{}", table[0]);
    }
    let born =
        "SELECT string_agg(collate_id || date_of_birth::text, ',' ORDER BY collate_id) FROM cli.children";
    let there: String = client.query_one(born, &[]).unwrap().get(0);
    let here = rows(
        &sandbox,
        "merged.db",
        "SELECT collate_id || date_of_birth FROM children WHERE date_of_birth IS NOT NULL ORDER BY collate_id",
    );
    assert_eq!(there, here.concat().join(","));
    let again = sandbox.run(&[&run[..], &["--again"]].concat()).exits(0).json();
    for database in again["databases"].as_array().unwrap() {
        assert_eq!((&database["rows_added"], &database["rows_changed"]), (&0.into(), &0.into()));
    }
}

#[test]
fn a_password_is_taken_from_a_file_that_nobody_else_reads() {
    let Ok(url) = env::var("COLLATE_TEST_POSTGRES") else { return };
    let sandbox = Sandbox::with(&[("in/s20.csv", S20)]);
    let server = format!("{}?schema=pgpass", url.replace(":s3cret@", "@"));
    let run = ["run", "in", "-q", "--to", &server];
    let said = sandbox.run(&run).exits(1);
    assert!(
        said.stderr.contains("password missing") && said.stderr.contains("PGPASSWORD"),
        "{}",
        said.stderr
    );

    sandbox.write(".pgpass", "# ours\nlocalhost:*:postgres:collate:s3cret\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let set = |mode| {
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(sandbox.path(".pgpass"), permissions).unwrap();
        };
        set(0o644);
        sandbox.run(&run).exits(1);
        set(0o600);
    }
    sandbox.run(&run).exits(0);
}
