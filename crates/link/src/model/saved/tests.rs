//! Saved models: what is written is read back to the bit, and what is wrong is told with its line.

use proptest::prelude::*;

use super::*;
use crate::records::Records;

const KINDS: [FieldKind; 9] = [
    FieldKind::Forename,
    FieldKind::Surname,
    FieldKind::Date,
    FieldKind::Postcode,
    FieldKind::Identifier,
    FieldKind::Reference,
    FieldKind::Code,
    FieldKind::Text,
    FieldKind::Set,
];

fn column() -> impl Strategy<Value = ColumnModel> {
    (prop::sample::select(&KINDS[..]), "\\PC{0,12}").prop_flat_map(|(kind, name)| {
        let count = levels(kind).len();
        let share = prop_oneof![1e-9..1.0, 1e-3..1.0f64];
        let shares = prop::collection::vec((share.clone(), share.clone(), share), count);
        shares.prop_map(move |mut shares| {
            for question in 0..questions(kind) {
                let of = |level: &usize| *level > 0 && levels(kind)[*level].question == question;
                let of: Vec<usize> = (0..count).filter(of).collect();
                let sum: f64 = of.iter().map(|level| shares[*level].0).sum();
                of.iter().for_each(|level| shares[*level].0 /= sum);
            }
            shares[0] = (0.0, 0.0, 0.0);
            let part = |of: fn(&(f64, f64, f64)) -> f64| shares.iter().map(of).collect();
            ColumnModel {
                name: name.clone(),
                kind,
                m: part(|s| s.0),
                household: part(|s| s.1),
                u: part(|s| s.2),
            }
        })
    })
}

proptest! {
    #[test]
    fn a_saved_model_is_read_back_to_the_bit(
        mut columns in prop::collection::vec(column(), 0..5),
        same in 1e-12..0.999f64,
        within in 1e-12..0.999f64,
        household in 1e-12..0.999f64,
        fitted_to in 0..u64::from(u32::MAX),
        records in 0..u64::from(u32::MAX),
    ) {
        for (i, column) in columns.iter_mut().enumerate() {
            column.name += &i.to_string();
        }
        let model = Model {
            columns, prior_same: same, prior_within: within, prior_household: household, fitted_to, records,
        };
        prop_assert_eq!(Model::from_toml(&model.to_toml()), Ok(model));
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,200}", cut in 0..2000usize) {
        let _ = Model::from_toml(&text);
        let whole = small().to_toml();
        let _ = Model::from_toml(whole.get(..cut.min(whole.len())).unwrap_or_default());
    }
}

fn small() -> Model {
    let column = |name, kind| Column::from_texts(name, kind, [["x"], ["y"]]);
    Model::starting(
        &Records::new(2).with(column("sex", FieldKind::Code)).with(column("upn", FieldKind::Identifier)),
    )
}

#[test]
fn a_person_can_read_it() {
    let text = small().to_toml();
    for line in [
        "kind = \"code\"",
        "    { level = \"the same\",     m = 0.98, household = 0.5, u = 0.5, weight = 0.97 },",
        "    { level = \"is different\", m = 0.02, household = 0.5, u = 0.5, weight = -4.64 },",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let good = small().to_toml();
    for (from, to, line, words) in [
        ("format = 1", "format = 2", None, "the format 2"),
        ("format = 1\n", "", None, "format"),
        ("prior_same = 0.5", "prior_same = 0.0", Some(11), "prior_same is 0"),
        ("prior_same = 0.5", "prior_same = nan", Some(11), "prior_same is NaN"),
        ("prior_within = 0.015625", "prior_within = 1.5", Some(12), "prior_within is 1.5"),
        ("kind = \"code\"", "kind = \"colour\"", Some(17), "colour"),
        ("\"is different\", m", "\"is other\", m", Some(20), "expected \"is different\""),
        ("m = 0.98", "m = 1.98", Some(19), "m is 1.98"),
        ("m = 0.98", "m = 0.5", Some(18), "add up to 0.52"),
        ("m = 0.98", "n = 0.98", Some(19), "unknown field `n`"),
        ("name = \"upn\"", "name = \"sex\"", Some(23), "twice"),
    ] {
        assert!(good.contains(from), "{from}\n{good}");
        match Model::from_toml(&good.replacen(from, to, 1)) {
            Ok(_) => assert_eq!(words, "", "{to}"),
            Err(error) => {
                assert!(error.what.contains(words) && !words.is_empty(), "{to}: {error}");
                if line.is_some() {
                    assert_eq!(error.line, line, "{to}: {error}");
                }
            }
        }
    }
    let without = good.lines().filter(|line| !line.contains("one character")).collect::<Vec<_>>().join("\n");
    let error = Model::from_toml(&without).unwrap_err();
    assert!(error.what.contains("expected \"has one character different\""), "{error}");
}
