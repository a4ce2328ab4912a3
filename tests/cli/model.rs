//! Saved models: written, shown, started from, used as they are.

use serde_json::Value as Json;

use crate::fixtures::wyeborough;
use crate::sandbox::Sandbox;

const LIST: &str = "Forename,Surname,DOB\nAva,Khan,03/04/2013\nLeo,Wood,05/06/2014\n";

/// The fixtures merged into `one`, with their model in `model.toml`.
fn saved() -> Sandbox {
    let sandbox = Sandbox::new();
    run(&sandbox, &["--out", "one", "--save-model", "model.toml"]);
    sandbox
}

#[track_caller]
fn run(sandbox: &Sandbox, args: &[&str]) -> String {
    let input = wyeborough();
    let all = [&["run", input.to_str().unwrap(), "--formats", "csv"], args].concat();
    sandbox.run(&all).exits(0).stderr
}

fn manifest(sandbox: &Sandbox, out: &str) -> Json {
    serde_json::from_slice(&std::fs::read(sandbox.path(out).join("manifest.json")).unwrap()).unwrap()
}

fn read(sandbox: &Sandbox, file: &str) -> String {
    std::fs::read_to_string(sandbox.path(file)).unwrap()
}

#[test]
fn a_saved_model_is_shown_and_is_that_of_the_run() {
    let sandbox = saved();
    let json = sandbox.run(&["model", "model.toml", "--json"]).exits(0).json();
    assert_eq!(json["columns"][0]["name"], "forename");
    let of_the_run = &manifest(&sandbox, "one")["linkage"]["model"];
    assert_eq!(json.to_string(), of_the_run.to_string());
    let text = sandbox.run(&["model", "model.toml"]).exits(0).stdout;
    for words in ["model.toml: fitted to ", "of 302 records", "is a short form", "date of birth", "unrelated"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_frozen_model_decides_as_the_run_that_it_is_of() {
    let sandbox = saved();
    let told =
        run(&sandbox, &["--out", "two", "--model", "model.toml", "--frozen", "--save-model", "again.toml"]);
    assert!(told.contains("Weights: of the saved model, as they are"), "{told}");
    assert_eq!(read(&sandbox, "again.toml"), read(&sandbox, "model.toml"));
    let ids = |out: &str| sandbox.merged(out).ids("child");
    assert_eq!(ids("one"), ids("two"));
    let manifest = manifest(&sandbox, "two");
    assert_eq!(manifest["linkage"]["model_rests_on"], "frozen");
    assert_eq!(manifest["settings"]["model"]["file"], "model.toml");
    // The manifest has the model, so that the file may have gone when somebody asks why.
    std::fs::remove_file(sandbox.path("model.toml")).unwrap();
    let from = wyeborough();
    let args = ["explain", "--out", "two", "--from", from.to_str().unwrap(), "--json", "CH-00001"];
    assert_eq!(sandbox.run(&args).exits(0).json()["child"]["child"], "CH-00001");
}

#[test]
fn a_model_to_start_from_is_fitted_further() {
    let sandbox = saved();
    let told = run(&sandbox, &["--out", "two", "--model", "model.toml", "--save-model", "again.toml"]);
    assert!(!told.contains("Weights:"), "{told}");
    assert_ne!(read(&sandbox, "again.toml"), read(&sandbox, "model.toml"));
    assert_eq!(manifest(&sandbox, "two")["linkage"]["model_rests_on"], "fitted");
}

#[test]
fn the_settings_can_name_a_model() {
    let sandbox = saved();
    sandbox.write("in/list.csv", LIST);
    sandbox.write("in/collate.toml", "[linking]\nmodel = \"../model.toml\"\nfrozen = true\n");
    sandbox.merge();
    let manifest = manifest(&sandbox, "out");
    assert_eq!(manifest["linkage"]["model_rests_on"], "frozen");
    let model: Json = sandbox.run(&["model", "model.toml", "--json"]).exits(0).json();
    assert_eq!(manifest["linkage"]["model"]["columns"][1]["m"], model["columns"][1]["m"]);
}

#[test]
fn a_short_list_says_that_its_weights_are_not_its_own() {
    let sandbox = Sandbox::with(&[("in/a.csv", LIST), ("in/b.csv", LIST)]);
    let told = sandbox.run(&["run", "in", "--out", "out"]).exits(0).stderr;
    assert!(told.contains("Weights: mostly the figures to start from"), "{told}");
    assert_eq!(manifest(&sandbox, "out")["linkage"]["model_rests_on"], "too_few");
    let json = sandbox.run(&["run", "in", "--out", "out", "--again", "--json"]).exits(0).json();
    assert_eq!(json["model_rests_on"], "too_few");
}

#[test]
fn columns_that_a_model_does_not_know_are_told() {
    let sandbox = Sandbox::with(&[("in/a.csv", LIST), ("in/b.csv", LIST)]);
    sandbox.run(&["run", "in", "--out", "out", "--save-model", "model.toml"]).exits(0);
    let with_postcodes = "Forename,Surname,DOB,Postcode\nAva,Khan,03/04/2013,SY1 1AA\n";
    sandbox.write("in/c.csv", with_postcodes);
    sandbox.run(&["run", "in", "--out", "out", "--model", "model.toml", "--frozen"]).exits(0);
    let told: Vec<_> = sandbox
        .merged("out")
        .csv("problems.csv")
        .into_iter()
        .filter(|row| row["code"] == "model-column")
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["file"], "model.toml");
    assert!(told[0]["what"].contains("\"postcode\""), "{told:?}");
}

#[test]
fn what_is_no_model_is_refused_before_anything_is_read() {
    let good = {
        let sandbox = Sandbox::with(&[("in/a.csv", LIST)]);
        sandbox.run(&["run", "in", "--save-model", "model.toml", "--quiet"]).exits(0);
        read(&sandbox, "model.toml")
    };
    for (model, args, words) in [
        (&*good, &["--frozen"][..], &["no model", "--model"][..]),
        (&good, &["--model", "gone.toml"], &["gone.toml", "--save-model"]),
        ("limits = 3\n", &["--model", "model.toml"], &["model.toml", "line 1", "limits"]),
        (
            &good.replacen("m = 0", "m = 7", 1),
            &["--model", "model.toml"],
            &["model.toml", "line 19", "m is 7"],
        ),
        (
            &good.replacen("format = 1", "format = 9", 1),
            &["--model", "model.toml"],
            &["the format 9", "save the model anew"],
        ),
        (&good, &["--save-model", "in/a.csv"], &["a.csv", "is left as it is"]),
    ] {
        let sandbox = Sandbox::with(&[("in/a.csv", LIST), ("model.toml", model)]);
        let output = sandbox.run(&[&["run", "in"], args].concat()).exits(2);
        for word in words {
            assert!(output.stderr.contains(word), "{args:?}: {word}: {}", output.stderr);
        }
        assert!(!sandbox.path("merged").exists(), "{args:?}");
        assert_eq!(read(&sandbox, "in/a.csv"), LIST);
    }
}
