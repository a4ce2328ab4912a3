//! Types, keys, references, indexes and comments, and what becomes of them when the dataset's columns
//! change.

use collate_model::{EntityColumn, FieldType, Pool};

use crate::made_up;
use crate::place::{Place, cells};

#[test]
fn columns_have_the_types_of_their_fields() {
    for place in Place::all("types") {
        place.load(&made_up::dataset(4)).unwrap();
        for (table, column, sqlite, postgres) in [
            ("children", "collate_id", "TEXT", "text"),
            ("children", "date_of_birth", "DATE", "date"),
            ("children", "review_due", "TEXT", "text"),
            ("children", "review_due_from", "DATE", "date"),
            ("children", "damages", "NUMERIC(18, 2)", "numeric"),
            ("children", "weeks", "NUMERIC", "numeric"),
            ("children", "nhs_number", "TEXT", "text"),
            ("children", "consent", "TEXT", "text"),
            ("sources", "row", "INTEGER", "bigint"),
            ("sources", "weight", "NUMERIC", "numeric"),
            ("history", "date", "DATE", "date"),
            ("review", "probability", "NUMERIC", "numeric"),
            ("collate_run", "manifest", "TEXT", "text"),
        ] {
            let (sql, expected) = if place.is_sqlite() {
                (format!("SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'"), sqlite)
            } else {
                let sql = format!(
                    "SELECT data_type FROM information_schema.columns WHERE table_schema = 'test types' \
                     AND table_name = '{table}' AND column_name = '{column}'"
                );
                (sql, postgres)
            };
            assert_eq!(place.one(&sql), expected, "{table}.{column}");
        }
    }
}

#[test]
fn rows_have_keys_and_refer_to_ids() {
    for place in Place::all("keys") {
        place.load(&made_up::dataset(4)).unwrap();
        for (table, key, refer) in [
            ("collate_ids", "collate_id", ""),
            ("children", "collate_id", "collate_id"),
            ("claims", "collate_id", "collate_id"),
            ("sources", "entity file nth part row sheet", "collate_id"),
            ("provenance", "collate_id column entity", "collate_id"),
            ("conflicts", "collate_id column entity nth", "collate_id"),
            ("history", "collate_id column entity nth", "collate_id"),
            ("review", "collate_review", "left_id right_id"),
            ("problems", "collate_problem", ""),
            ("relations", "collate_id other_id", "collate_id other_id"),
            ("as_text", "collate_id column entity", "collate_id"),
            ("collate_columns", "column_name table_name", ""),
        ] {
            let (keys, refers) = if place.is_sqlite() {
                (
                    format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY 1"),
                    format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}') ORDER BY 1"),
                )
            } else {
                let of = |kind| {
                    format!(
                        "SELECT a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid \
                         AND a.attnum = ANY (c.conkey) WHERE c.conrelid = '{table}'::regclass \
                         AND c.contype = '{kind}' ORDER BY 1"
                    )
                };
                (of('p'), of('f'))
            };
            let names = |sql: &str| {
                let names = place.rows(sql).into_iter().map(|row| row[0].clone().unwrap());
                names.collect::<Vec<_>>().join(" ")
            };
            assert_eq!((names(&keys).as_str(), names(&refers).as_str()), (key, refer), "{table}");
        }
    }
}

#[test]
fn identifiers_have_an_index() {
    for place in Place::all("indexes") {
        place.load(&made_up::dataset(4)).unwrap();
        let names = if place.is_sqlite() {
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE '%_idx' ORDER BY 1"
        } else {
            "SELECT indexname FROM pg_indexes WHERE schemaname = 'test indexes' AND indexname LIKE '%_idx' \
             ORDER BY 1"
        };
        let expected = [
            "cases_case_number_idx",
            "children_nhs_number_idx",
            "children_postcode_idx",
            "claims_claim_number_idx",
            "redirects_now_idx",
            "relations_other_id_idx",
            "review_left_id_idx",
            "review_right_id_idx",
            "sources_collate_id_idx",
        ];
        assert_eq!(place.rows(names), expected.map(|name| cells([name])));
    }
}

#[test]
fn tables_and_columns_say_what_they_hold() {
    for place in Place::all("comments") {
        place.load(&made_up::dataset(4)).unwrap();
        for (table, column, comment) in [
            ("children", "", "One row per child, merged from every row of the trackers that speaks of it."),
            ("children", "date_of_birth", "Date of birth; a value that is no single day is in as_text"),
            ("children", "damages", "Damages, in pounds; a value that is no plain sum is in as_text"),
            ("sources", "reason", "Why it belongs there"),
            ("collate_ids", "state", "current, or retired once the dataset has it no longer"),
        ] {
            let sql = format!(
                "SELECT comment FROM collate_columns WHERE table_name = '{table}' AND column_name = '{column}'"
            );
            // An empty name is a key, and so no missing value.
            assert_eq!(place.one(&sql), comment);
            if !place.is_sqlite() {
                let number = format!(
                    "coalesce((SELECT attnum FROM pg_attribute WHERE attrelid = '{table}'::regclass \
                     AND attname = '{column}'), 0)"
                );
                let sql = format!(
                    "SELECT coalesce(col_description('{table}'::regclass, {number}), \
                     obj_description('{table}'::regclass))"
                );
                assert_eq!(place.one(&sql), comment);
            }
        }
    }
}

#[test]
fn new_columns_are_added_and_lost_ones_emptied() {
    for place in Place::all("columns") {
        let whole = made_up::dataset(3);
        let mut less = whole.clone();
        less.tables[0].columns.retain(|column| column.name != "postcode");
        place.load(&less).unwrap();
        place.execute("ALTER TABLE children ADD COLUMN our_note TEXT; UPDATE children SET our_note = 'mine'");

        let changes = place.load(&whole).unwrap();
        let postcodes = "SELECT collate_id, postcode, our_note FROM children ORDER BY 1";
        let filled = [
            cells(["CH-00001", "HR1 2AB", "mine"]),
            cells(["CH-00002", "HR4 9ZZ", "mine"]),
            cells(["CH-00003", "", "mine"]),
        ];
        assert_eq!(place.rows(postcodes), filled);
        // Two children change, and the pairs that show them; what is new besides is what was told of the
        // column.
        assert_eq!((changes.changed, changes.gone), (4, 0));

        let changes = place.load(&less).unwrap();
        let emptied = ["CH-00001", "CH-00002", "CH-00003"].map(|id| cells([id, "", "mine"]));
        assert_eq!(place.rows(postcodes), emptied);
        assert_eq!(changes.changed, 4);
        assert_eq!(place.load(&less).unwrap(), Default::default());
    }
}

#[test]
fn a_sort_of_entity_that_is_gone_leaves_an_empty_table() {
    for place in Place::all("sorts") {
        let whole = made_up::dataset(4);
        let mut less = whole.clone();
        less.tables.remove(1);
        place.load(&whole).unwrap();
        place.execute("CREATE TABLE ours (child TEXT REFERENCES collate_ids (collate_id))");
        place.execute("INSERT INTO ours VALUES ('CA-00002')");
        place.load(&less).unwrap();
        assert_eq!(place.one("SELECT count(*) FROM cases"), "0");
        let states = "SELECT state, count(*) FROM collate_ids GROUP BY state ORDER BY 1";
        assert_eq!(place.rows(states), [cells(["current", "4"]), cells(["retired", "2"])]);

        place.load(&whole).unwrap();
        assert_eq!(place.one("SELECT count(*) FROM cases"), "2");
        assert_eq!(place.rows(states), [cells(["current", "6"])]);
        assert_eq!(place.one("SELECT count(*) FROM ours"), "1");
    }
}

#[test]
fn a_column_is_never_given_another_type() {
    for place in Place::all("retyped") {
        let mut dataset = made_up::dataset(3);
        place.load(&dataset).unwrap();
        let before = place.content();
        let number = dataset.tables[0].columns.iter_mut().find(|column| column.name == "weeks").unwrap();
        number.kind = FieldType::Date;
        let error = place.load(&dataset).unwrap_err();
        assert!(error.to_string().contains("column weeks of table children holds number"), "{error}");
        assert_eq!(place.content(), before);
    }
}

#[test]
fn names_that_a_database_would_not_take_are_changed() {
    for place in Place::all("names") {
        let mut dataset = made_up::dataset(2);
        let long = "a_heading_that_somebody_wrote_a_whole_sentence_into_because_there_was_room";
        for name in [
            "ctid",
            "rowid",
            "left_id",
            "Ctid_",
            "select",
            "\"quoted\"; DROP TABLE x",
            long,
            &format!("{long}_2"),
        ] {
            let mut column = EntityColumn::new(name, name, FieldType::Text);
            let mut pool = Pool::new();
            column.values = vec![pool.intern("x"), 0];
            column.texts = pool.into_texts();
            dataset.tables[0].columns.push(column);
        }
        place.load(&dataset).unwrap();
        let row =
            "SELECT ctid_, \"Ctid__2\", \"\"\"quoted\"\"; DROP TABLE x\" FROM children ORDER BY collate_id";
        assert_eq!(place.rows(row), [cells(["x", "x", "x"]), cells(["", "", ""])]);
        assert_eq!(place.load(&dataset).unwrap(), Default::default());
    }
}
