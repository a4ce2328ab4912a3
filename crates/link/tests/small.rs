//! The small cases: none, one and two records, nothing known, everything the same; and that the
//! answer does not depend on the number of threads or the order of fields.

use collate_link::{Column, FieldKind, Linked, Records, Settings, link};

type Person = [&'static str; 4];

fn records(people: &[Person], order: [usize; 4]) -> Records {
    let fields = [
        ("forename", FieldKind::Forename),
        ("surname", FieldKind::Surname),
        ("born", FieldKind::Date),
        ("postcode", FieldKind::Postcode),
    ];
    let column = |c: usize| Column::from_texts(fields[c].0, fields[c].1, people.iter().map(|p| [p[c]]));
    order.into_iter().fold(Records::new(people.len()), |records, c| records.with(column(c)))
}

fn linked(people: &[Person]) -> Linked {
    link(&records(people, [0, 1, 2, 3]), &Settings::default())
}

const SISTER: Person = ["ella", "okafor", "2016-09-30", "WB1 2CD"];
const BROTHER: Person = ["daniel", "okafor", "2013-01-17", "WB1 2CD"];
const TWIN: Person = ["grace", "okafor", "2016-09-30", "WB1 2CD"];

#[test]
fn small_lists() {
    for (what, people, expected) in [
        ("none", vec![], vec![]),
        ("one", vec![SISTER], vec![0]),
        ("the same twice", vec![SISTER, SISTER], vec![0, 0]),
        ("brother and sister", vec![SISTER, BROTHER], vec![0, 1]),
        ("twins", vec![SISTER, TWIN], vec![0, 1]),
        ("nothing known", vec![["", "", "", ""]; 3], vec![0, 1, 2]),
        ("a short form", vec![BROTHER, ["dan", "okafor", "2013-01-17", ""]], vec![0, 0]),
        ("a typing error", vec![SISTER, ["ella", "okafro", "2016-09-30", ""]], vec![0, 0]),
        ("another surname", vec![SISTER, ["ella", "smith", "2016-09-30", "WB1 2CD"]], vec![0, 0]),
        ("two strangers", vec![SISTER, ["yusuf", "khan", "2009-05-05", "WB9 9ZZ"]], vec![0, 1]),
        ("a family name only", vec![SISTER, BROTHER, ["", "okafor", "", ""]], vec![0, 1, 2]),
        ("two of each", vec![SISTER, BROTHER, TWIN, BROTHER, TWIN, SISTER], vec![0, 1, 2, 1, 2, 0]),
    ] {
        assert_eq!(linked(&people).clusters, expected, "{what}");
    }
}

#[test]
fn a_record_that_fits_both_twins_is_joined_to_neither_and_shown() {
    let found = linked(&[SISTER, TWIN, SISTER, TWIN, ["", "okafor", "2016-09-30", "WB1 2CD"]]);
    assert_eq!(found.clusters[..4], [0, 1, 0, 1]);
    assert_eq!(found.clusters[4], 2);
    assert!(!found.doubts.is_empty());
}

#[test]
fn rows_of_one_cell_are_never_joined() {
    let records = records(&[SISTER, SISTER, SISTER], [0, 1, 2, 3]).kept_apart(vec![0, 0, 1]);
    let clusters = link(&records, &Settings::default()).clusters;
    assert_ne!(clusters[0], clusters[1]);
}

#[test]
fn different_identifiers_rule_out_one_person() {
    let with = |numbers: [&'static str; 2]| {
        let number = Column::from_texts("NHS number", FieldKind::Identifier, numbers.map(|n| [n]));
        link(&records(&[SISTER, SISTER], [0, 1, 2, 3]).with(number), &Settings::default())
    };
    let other = with(["9990000018", "9990000026"]);
    assert_eq!(other.clusters, [0, 1]);
    assert_eq!(other.doubts.len(), 1);
    assert_eq!(with(["9990000018", ""]).clusters, [0, 0]);
}

#[test]
fn the_order_of_fields_does_not_matter() {
    let people = [SISTER, BROTHER, TWIN, BROTHER, ["dan", "okafor", "2013-01-17", ""], SISTER];
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]];
    let clusters = orders.map(|order| link(&records(&people, order), &Settings::default()).clusters);
    assert!(clusters.iter().all(|c| *c == clusters[0]), "{clusters:?}");
}

/// What a person said counts more than what the records say, and joins no more than it must.
#[test]
fn a_person_has_the_last_word() {
    let column = |name, kind, texts: [&str; 6]| Column::from_texts(name, kind, texts.map(|t| [t.to_owned()]));
    let records = || {
        Records::new(6)
            .with(column(
                "forename",
                FieldKind::Forename,
                ["katherine", "katherine", "tom", "zoe", "lou", "ann"],
            ))
            .with(column(
                "surname",
                FieldKind::Surname,
                ["okafor", "okafor", "okafor", "marsh", "dent", "reeve"],
            ))
            .with(column(
                "date of birth",
                FieldKind::Date,
                ["2012-03-14", "2012-03-14", "2015-07-01", "2009-11-30", "2011-01-05", "2010-02-02"],
            ))
    };
    for (what, same, different, expected) in [
        ("nothing said", &[][..], &[][..], [0, 0, 1, 2, 3, 4]),
        ("two that agree are two", &[], &[(0, 1)], [0, 1, 2, 3, 4, 5]),
        ("two that agree in nothing are one", &[(3, 5)], &[], [0, 0, 1, 2, 3, 2]),
        ("barred by their forenames, and one", &[(2, 1)], &[], [0, 0, 0, 1, 2, 3]),
        ("one by way of a third", &[(3, 4), (4, 5)], &[], [0, 0, 1, 2, 2, 2]),
        ("a third is kept from both", &[(2, 1)], &[(0, 2)], [0, 1, 1, 2, 3, 4]),
        ("against each other: never joined", &[(3, 5)], &[(5, 3)], [0, 0, 1, 2, 3, 4]),
    ] {
        let linked = link(&records().told(same, different), &Settings::default());
        assert_eq!(linked.clusters, expected, "{what}");
    }
}
