//! Blocking rules of the user: checked, used besides the built-in ones, and reported.

use collate_link::FieldKind;
use serde_json::Value as Json;

use crate::fixtures::wyeborough;
use crate::sandbox::Sandbox;

const LIST: &str =
    "Forename,Surname,DOB,Suburb\nAva,Khan,03/04/2013,Hill\nLeo,Wood,05/06/2014,Hill\nMia,Reed,,Vale\n";

fn manifest(sandbox: &Sandbox) -> Json {
    serde_json::from_slice(&std::fs::read(sandbox.path("out/manifest.json")).unwrap()).unwrap()
}

#[test]
fn rules_are_reported_as_the_user_s() {
    let sandbox = Sandbox::with(&[
        ("in/a.csv", LIST),
        ("in/b.csv", LIST),
        (
            "in/collate.toml",
            "[linking]\nblock = [\"surname (initial) + date of birth (year)\", \"suburb\"]\n",
        ),
    ]);
    sandbox.merge();
    let manifest = manifest(&sandbox);
    let rules = manifest["linkage"]["blocking"].as_array().unwrap();
    let own: Vec<_> =
        rules.iter().filter(|rule| rule["own"] == true).map(|rule| rule["rule"].clone()).collect();
    assert_eq!(own, ["surname (initial) + date of birth (year)", "suburb"]);
}

#[test]
fn a_rule_on_a_column_that_is_not_there_is_told() {
    let sandbox = Sandbox::with(&[
        ("in/a.csv", LIST),
        ("in/collate.toml", "[linking]\nblock = [\"postcode (district)\", \"nickname\"]\n"),
    ]);
    let merged = sandbox.merge();
    let told: Vec<_> =
        merged.csv("problems.csv").into_iter().filter(|row| row["code"] == "setting-unused").collect();
    assert_eq!(told.len(), 2, "{told:?}");
    for (row, name) in told.iter().zip(["nickname", "postcode"]) {
        assert_eq!(row["file"], "collate.toml");
        assert!(
            row["what"].contains(&format!("no column \"{name}\""))
                || row["what"].contains(&format!("has a column \"{name}\"")),
            "{row:?}"
        );
        assert!(row["what"].contains("there are forename, surname, date of birth"), "{row:?}");
    }
}

#[test]
fn a_wrong_rule_is_refused_with_what_is_possible() {
    for (rules, words) in [
        (
            "[\"surname (colour)\"]",
            &["collate.toml, line 2", "surname (colour)", "(sound)", "(district)"][..],
        ),
        ("[\"surname (year)\"]", &["collate.toml", "surname has no part (year)", "(initial)"]),
        ("[\"birthday (year)\"]", &["collate.toml", "no column \"birthday\"", "date of birth"]),
        ("[\"surname +\"]", &["line 2", "a column is missing"]),
        ("\"surname\"", &["line 2"]),
    ] {
        let settings = format!("[linking]\nblock = {rules}\n");
        let sandbox = Sandbox::with(&[("in/a.csv", LIST), ("in/collate.toml", &settings)]);
        let output = sandbox.run(&["run", "in"]).exits(2);
        for word in words.iter().chain(&["\n  "]) {
            assert!(output.stderr.contains(word), "{rules}: {word}: {}", output.stderr);
        }
        assert!(!sandbox.path("merged").exists());
    }
}

#[test]
fn the_columns_that_rules_can_name_are_those_that_are_compared() {
    let sandbox = Sandbox::new();
    sandbox.run(&["run", wyeborough().to_str().unwrap(), "--out", "out", "--quiet"]).exits(0);
    let manifest = manifest(&sandbox);
    let mut known = collate_reconcile::COLUMNS.iter();
    for column in manifest["linkage"]["model"]["columns"].as_array().unwrap() {
        let kind: FieldKind = serde_json::from_value(column["kind"].clone()).unwrap();
        let mut listed = || known.by_ref().any(|(name, of)| column["name"] == *name && kind == *of);
        assert!(kind == FieldKind::Text || listed(), "{column}");
    }
}
