//! Explanations: the figures add up to what decided, and every outcome is told as what it was.

use collate_link::block::{Atom, Rule};
use collate_link::{Column, Explainer, FieldKind, Linked, Outcome, Records, Settings, Why, link};

type Person = [&'static str; 4];

/// Forename, surname, date of birth, number.
const PEOPLE: [Person; 14] = [
    ["katherine", "okafor", "2012-03-14", ""],
    ["kate", "okafor", "2012-03-14", "7001"],
    ["tom", "okafor", "2015-07-01", ""],
    ["wanda", "zielinska", "", ""],
    ["wanda", "zielinska", "2011-01-09", ""],
    ["wanda", "zielinska", "2017-11-30", ""],
    ["amelia", "harlow", "2013-08-07", "7002"],
    ["amelia", "harlow", "2013-08-07", "7003"],
    ["jacob", "marsden", "2010-02-11", ""],
    ["jacob", "marsden", "2010-02-11", ""],
    ["oscar", "vale", "2015-03-03", ""],
    ["oscar", "vale", "2015-03-03", ""],
    ["nadia", "reed", "2009-12-19", ""],
    ["nadia", "reed", "2009-12-19", ""],
];

fn records(people: &[Person]) -> Records {
    let column = |name, kind, at: usize| Column::from_texts(name, kind, people.iter().map(|p| [p[at]]));
    Records::new(people.len())
        .with(column("forename", FieldKind::Forename, 0))
        .with(column("surname", FieldKind::Surname, 1))
        .with(column("date of birth", FieldKind::Date, 2))
        .with(column("number", FieldKind::Identifier, 3))
        .kept_apart((0..people.len() as u32).map(|r| if r == 9 { 8 } else { r }).collect())
}

fn linked(records: &Records, settings: &Settings) -> Linked {
    link(records, settings)
}

#[test]
fn every_outcome_is_told() {
    let (records, settings) = (records(&PEOPLE), Settings { strict: true, ..Settings::default() });
    let linked = linked(&records, &settings);
    let explainer = Explainer::new(&records, &linked, &settings);
    for (a, b, outcome, why) in [
        (0, 1, Outcome::Joined, None),
        (10, 11, Outcome::Joined, None),
        (8, 9, Outcome::KeptApart, None),
        (6, 7, Outcome::Barred, Some(Why::IdentifiersDiffer)),
        (3, 4, Outcome::TwoCandidates, None),
        (0, 12, Outcome::TooLittle, None),
    ] {
        let of = |record: usize| linked.clusters[record];
        let decision = explainer.decision(of(a), of(b));
        assert_eq!((decision.outcome, decision.why), (outcome, why), "{a} {b}: {decision:?}");
        assert_eq!(decision, explainer.decision(of(b), of(a)), "{a} {b}");
        assert_eq!(decision.weight.is_none(), outcome == Outcome::Joined);
        let waits = matches!(outcome, Outcome::TwoCandidates | Outcome::Barred);
        assert_eq!(decision.in_review, waits, "{a} {b}: {decision:?}");
    }
    let torn = explainer.decision(linked.clusters[3], linked.clusters[4]);
    assert_eq!(torn.rival, Some(linked.clusters[5]));
}

#[test]
fn a_record_in_its_cluster_weighs_what_the_engine_weighed() {
    let (records, settings) = (records(&PEOPLE), Settings::default());
    let linked = linked(&records, &settings);
    let explainer = Explainer::new(&records, &linked, &settings);
    for (record, member) in linked.members.iter().enumerate() {
        match explainer.in_its_cluster(record as u32) {
            None => assert!(member.weight.is_nan()),
            Some(found) => assert!((found.weight as f32 - member.weight).abs() < 1e-4, "{record}: {found:?}"),
        }
    }
    let person = explainer.person(linked.clusters[0]);
    assert_eq!(person.members.len(), 2);
    assert_eq!(person.known[0].values, [("katherine".to_owned(), 1), ("kate".to_owned(), 1)]);
    assert_eq!(person.known[1].values, [("okafor".to_owned(), 2)]);
    assert!(person.weakest.is_some());
}

#[test]
fn what_no_rule_brings_together_was_never_compared() {
    // More records than are all compared; each shares its team with one other, and nothing else.
    let n = 1600;
    let letters = |i: usize| {
        let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
        format!("{}{}{}{}", letter(i), letter(i / 26 + 7), letter(i * 7 + 3), letter(i / 3))
    };
    let records = Records::new(n)
        .with(Column::from_texts("forename", FieldKind::Forename, (0..n).map(|i| [letters(i)])))
        .with(Column::from_texts(
            "date of birth",
            FieldKind::Date,
            (0..n).map(|i| [format!("{}-{:02}-{:02}", 1990 + i % 30, i % 12 + 1, i / 30 % 28 + 1)]),
        ))
        .with(Column::from_texts("team", FieldKind::Code, (0..n).map(|i| [format!("team {}", i % (n / 2))])));
    let rule = Rule { atoms: vec![Atom::Value(2)], any_order: false };
    for (rules, outcome) in [(vec![], Outcome::NeverCompared), (vec![rule], Outcome::TooLittle)] {
        let settings = Settings { rules, ..Settings::default() };
        let linked = linked(&records, &settings);
        let explainer = Explainer::new(&records, &linked, &settings);
        assert_eq!(explainer.decision(linked.clusters[3], linked.clusters[803]).outcome, outcome);
    }
}
