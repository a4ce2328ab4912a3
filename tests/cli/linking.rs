//! Who is who, on trackers small enough to check by eye.

use crate::sandbox::{COURT, Merged, Sandbox};

/// A place that names a child: file, row, part.
type Place = (&'static str, u32, u32);

const S20: &str = "\
Child name,DOB,Section 20 start date,Consent given by,Legal status
Katherine Marsden,14/03/2012,01/02/2021,Mother,Section 20
Jacob Harlow,02/11/2010,15/03/2021,Father,Section 20
Jack Pemberton,05/06/2014,10/01/2021,Mother,Section 20
Jake Pemberton,05/06/2014,10/01/2021,Mother,Section 20
";

const EXPORT: &str = "\
Person ID,Forename,Surname,Date of birth,Postcode,Legal status
7001231,Katherine,Marsdne,14/03/2012,SY1 1AA,Interim care order
7001232,Jacob,Harlow,02/11/2010,SY1 1AB,Section 20
7001233,Amelia,Harlow,07/08/2013,SY1 1AB,
7001234,Jack,Pemberton,05/06/2014,SY1 1AD,
7001235,Jake,Pemberton,05/06/2014,SY1 1AD,
";

const SCHOOL: &str = "\
Full name,D.O.B.,School
Katherine Marsden,14/03/2012,Oakmere
\"Harlow, Jacob\",2010-11-02,Oakmere
Amelia Harlow,7 Aug 2013,Oakmere
Jack Pemberton,5.6.14,Weir
Jake Pemberton,5.6.14,Weir
";

fn merged() -> (Sandbox, Merged) {
    let sandbox = Sandbox::with(&[
        ("in/s20.csv", S20),
        ("in/court.csv", COURT),
        ("in/export.csv", EXPORT),
        ("in/school.csv", SCHOOL),
    ]);
    let merged = sandbox.merge();
    (sandbox, merged)
}

#[test]
fn the_rows_of_each_child_come_together_and_no_others() {
    let (_sandbox, merged) = merged();
    let children: [&[Place]; 5] = [
        // By a short form in one tracker and a slip of the keys in another.
        &[("s20.csv", 2, 1), ("court.csv", 2, 1), ("export.csv", 2, 1), ("school.csv", 2, 1)],
        // By columns that are named and divided in other ways.
        &[("s20.csv", 3, 1), ("court.csv", 3, 1), ("export.csv", 3, 1), ("school.csv", 3, 1)],
        // The sister, second in the court's cell.
        &[("court.csv", 3, 2), ("export.csv", 4, 1), ("school.csv", 4, 1)],
        // Twins, one letter apart.
        &[("s20.csv", 4, 1), ("court.csv", 5, 1), ("export.csv", 5, 1), ("school.csv", 5, 1)],
        &[("s20.csv", 5, 1), ("court.csv", 5, 2), ("export.csv", 6, 1), ("school.csv", 6, 1)],
    ];
    let mut ids = Vec::new();
    for places in children {
        let found: Vec<String> =
            places.iter().map(|(file, row, part)| merged.child(file, *row, *part)).collect();
        assert!(found.iter().all(|id| *id == found[0]), "{places:?} are {found:?}");
        ids.push(found[0].clone());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), children.len(), "brothers, sisters and twins stay apart");
    assert_eq!(merged.csv("children.csv").len(), children.len());
}

#[test]
fn a_number_of_nameless_children_makes_nobody_up() {
    let (_sandbox, merged) = merged();
    assert!(merged.csv("children.csv").iter().all(|row| row["surname"] != "Smith"));
    let sources = merged.csv("sources.csv");
    let of_the_row: Vec<_> =
        sources.iter().filter(|row| row["file"] == "court.csv" && row["row"] == "4").collect();
    assert_eq!(of_the_row.len(), 1);
    assert_eq!(of_the_row[0]["entity"], "case", "the row is used for its case");
}

#[test]
fn a_case_knows_its_children() {
    let (_sandbox, merged) = merged();
    let cases = merged.csv("cases.csv");
    let case = |number: &str| cases.iter().find(|row| row["case_number"] == number).unwrap();
    let both = format!("{}; {}", merged.child("court.csv", 3, 1), merged.child("court.csv", 3, 2));
    assert_eq!(case("WB21C00102")["child_ids"], both);
    assert_eq!(case("WB21C00103")["child_ids"], "");
}

#[test]
fn a_baby_who_got_a_name_is_the_same_child() {
    let tracker = "\
LCS ID,Child name,DOB,Section 20 start date,Consent given by
8100001,Baby Tarrant (unborn) EDD 12/05/2021,,20/04/2021,Mother
,Baby Underhill (unborn) EDD 03/06/2021,,22/04/2021,Mother
8100003,Oscar Vale,03/03/2015,22/04/2021,Mother
";
    let export = "\
Person ID,Forename,Surname,Date of birth
8100001,Rosie,Tarrant,10/05/2021
8100002,Noah,Underhill,14/01/2014
8100003,Oscar,Vale,03/03/2015
";
    let sandbox = Sandbox::with(&[("in/s20.csv", tracker), ("in/export.csv", export)]);
    let merged = sandbox.merge();
    let baby = merged.child("s20.csv", 2, 1);
    assert_eq!(baby, merged.child("export.csv", 2, 1));
    let row = merged.entity("children.csv", &baby);
    assert_eq!((row["forenames"].as_str(), row["date_of_birth"].as_str()), ("Rosie", "2021-05-10"));
    // A brother seven years older is not the baby.
    assert_ne!(merged.child("s20.csv", 3, 1), merged.child("export.csv", 3, 1));
    assert_eq!(merged.csv("children.csv").len(), 4);
}

#[test]
fn a_baby_with_nothing_but_a_surname_is_not_forgotten() {
    let tracker = format!("{S20}Baby Tarrant (unborn) EDD 12/05/2021,,20/04/2021,Mother,\n");
    let export = format!("{EXPORT}7001236,Rosie,Tarrant,10/05/2021,SY1 1AE,\n");
    let sandbox =
        Sandbox::with(&[("in/s20.csv", &tracker), ("in/export.csv", &export), ("in/court.csv", COURT)]);
    let merged = sandbox.merge();
    let (baby, named) = (merged.child("s20.csv", 6, 1), merged.child("export.csv", 7, 1));
    let asked = merged.csv("review.csv").iter().any(|row| {
        let sides = [&row["left_id"], &row["right_id"]];
        sides.contains(&&baby) && sides.contains(&&named)
    });
    assert!(baby == named || asked, "one child, or a question for a person");
}

/// A list of people, a section 20 tracker and a court tracker of the same children.
fn lists(children: &[(&str, &str)]) -> [(&'static str, String); 3] {
    let (mut list, mut s20, mut court) = (
        "Full name,D.O.B.\n".to_owned(),
        "Child name,DOB,Section 20 start date,Consent given by\n".to_owned(),
        "Case number,Child name,DOB,Date issued,Next hearing\n".to_owned(),
    );
    for (n, (name, born)) in children.iter().enumerate() {
        list += &format!("{name},{born}\n");
        s20 += &format!("{name},{born},01/02/2021,Mother\n");
        court += &format!("WB21C00{:03},{name},{born},01/06/2021,21/09/2021\n", 101 + n);
    }
    [("list", list), ("s20", s20), ("court", court)]
}

/// Whoever stands in two of them is one child, and nobody else is.
#[test]
fn two_files_of_the_same_children() {
    let marsden = ("Katherine Marsden", "14/03/2012");
    let (jacob, amelia) = (("Jacob Harlow", "02/11/2010"), ("Amelia Harlow", "07/08/2013"));
    let (amy, zoe) = (("Amy Tarrant", "19/12/2015"), ("Zoe Tarrant", "19/12/2015"));
    let (jack, jake) = (("Jack Pemberton", "05/06/2014"), ("Jake Pemberton", "05/06/2014"));
    let (older, younger) = (("Mohammed Ali", "14/03/2012"), ("Mohammed Ali", "21/09/2016"));
    let mut wrong = Vec::new();
    for (what, children) in [
        ("one child", &[marsden][..]),
        ("two children", &[marsden, jacob]),
        ("brother and sister", &[jacob, amelia]),
        ("twins", &[amy, zoe]),
        ("twins one letter apart", &[jack, jake]),
        ("two of one name", &[older, younger]),
        ("twins among others", &[marsden, jacob, amelia, amy, zoe]),
        ("twins one letter apart among others", &[marsden, jacob, amelia, jack, jake]),
        ("two of one name among others", &[marsden, jacob, amelia, older, younger]),
        ("all of them", &[marsden, jacob, amelia, amy, zoe, jack, jake, older, younger]),
    ] {
        let files = lists(children);
        for (left, right) in [(0, 0), (0, 1), (1, 2), (2, 0)] {
            let sandbox =
                Sandbox::with(&[("in/left.csv", &files[left].1), ("in/right.csv", &files[right].1)]);
            let merged = sandbox.merge();
            let ids = |file: &str| -> Vec<String> {
                (0..children.len()).map(|n| merged.child(file, n as u32 + 2, 1)).collect()
            };
            let (one, other) = (ids("left.csv"), ids("right.csv"));
            let place = format!("{what}, {} and {}", files[left].0, files[right].0);
            if one.iter().collect::<std::collections::BTreeSet<_>>().len() < children.len() {
                wrong.push(format!("{place}: two children became one"));
            } else if one != other {
                wrong.push(format!("{place}: not found in both"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_name_that_two_children_have_does_not_take_a_third() {
    let left = "Mohammed Ali,14/03/2012,Oakmere\nMohammed Ali,21/09/2016,Weir\n";
    let right = "Mohammed Ali,14/03/2012,Oakmere\nMohammed Ali,02/02/2007,Oakmere\n";
    let sandbox = Sandbox::with(&[
        ("in/left.csv", &format!("{SCHOOL}{left}")),
        ("in/right.csv", &format!("{SCHOOL}{right}")),
    ]);
    let merged = sandbox.merge();
    let of = |file: &str| [7, 8].map(|row| merged.child(file, row, 1));
    let (left, right) = (of("left.csv"), of("right.csv"));
    assert_eq!(left[0], right[0]);
    assert_ne!(left[0], left[1]);
    assert!(!left.contains(&right[1]));
}
