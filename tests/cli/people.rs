//! Who is a child of a row and who is not, and what belongs to which of several.

use crate::layouts::{KOFI, TIA, TRACKER, children, merged, values};

/// Surname, forenames and date of birth of each child, in one text each.
fn found(file: &str, text: &str) -> Vec<String> {
    let (_sandbox, merged) = merged(file, text);
    children(&merged).iter().map(|child| child.join(" ").trim().to_owned()).collect()
}

/// Where a column says whose child it is, the name of the case is not the child's.
#[test]
fn the_name_of_a_case_is_no_child() {
    for headings in
        ["Case name,Court number,Child,DOB,Issued", "Case name,Case number,Child,DOB,Date of issue"]
    {
        let text = format!(
            "{headings}\nRe Ashdown,WY21C00401,Billie Ashdown,01/01/2013,01/03/2021\nRe Ashdown,WY21C00401,Robbie Lowe,09/09/2015,01/03/2021\n"
        );
        assert_eq!(found("court.csv", &text), ["Ashdown Billie 2013-01-01", "Lowe Robbie 2015-09-09"]);
    }
}

/// A surname in a column of its own is that of each child in the next.
#[test]
fn brothers_and_sisters_share_the_surname_beside_them() {
    let names = [
        ("Poe", "Liv, Ari", "1/1/12, 2/2/14"),
        ("Rao", "Jo, Ed and Flo", "1/3/15, 1/4/16, 1/5/17"),
        ("Kay", "Mo", "3/3/15"),
    ];
    let rows = |quote: &str| -> String {
        let row = |(surname, names, births): &(&str, &str, &str)| {
            format!("{surname},{quote}{names}{quote},{quote}{births}{quote},04/05/2021,Mother\n")
        };
        names.iter().map(row).collect()
    };
    let expected = [
        "Poe Liv 2012-01-01",
        "Poe Ari 2014-02-02",
        "Rao Jo 2015-03-01",
        "Rao Ed 2016-04-01",
        "Rao Flo 2017-05-01",
        "Kay Mo 2015-03-03",
    ];
    for headings in ["Family name,Children,DOBs", "Surname,Child(ren),DOB", "Surname,Forename(s),DOB"] {
        let text = format!("{headings},Date accommodated,Consent by\n{}", rows("\""));
        assert_eq!(found("s20.csv", &text), expected, "{headings}");
    }
    // What is said beside a forename does not cost the surname.
    let text = "Surname,Forename(s),DOB,Date accommodated,Consent by\nPoe,\"Liv, Ari\",\"1/1/12, 2/2/14\",04/05/2021,Mother\nKay,Mo (twin),3/3/15,04/05/2021,Mother\n";
    assert_eq!(found("s20.csv", text), ["Poe Liv 2012-01-01", "Poe Ari 2014-02-02", "Kay Mo 2015-03-03"]);
    // Where the column has whole names, they are whole.
    let text = "Surname,Child,DOB,Date accommodated,Consent by\nPoe,\"Poe, Liv\",1/1/12,04/05/2021,Mother\nKay,\"Kay, Mo\",3/3/15,04/05/2021,Mother\n";
    assert_eq!(found("s20.csv", text), ["Poe Liv 2012-01-01", "Kay Mo 2015-03-03"]);
    // So may the names be of children who are called otherwise than the family.
    let text = "Family name,Child,DOB,Date accommodated,Consent by\nRao,Liv Poe,1/1/12,04/05/2021,Mother\nRao,Mo Kay,3/3/15,04/05/2021,Mother\n";
    assert_eq!(found("s20.csv", text), ["Poe Liv 2012-01-01", "Kay Mo 2015-03-03"]);
}

/// Dates that stand with names are theirs, whatever their order.
#[test]
fn dates_of_birth_follow_the_names_beside_them() {
    for births in ["Oli 3/4/12, Ned 1/2/10", "3/4/12 (Oli); 1/2/10 (Ned)", "Ned - 1/2/10; Oli - 3/4/12"] {
        let text = format!(
            "Children,DOB,Date accommodated,Consent by\n\"Ned Wu, Oli Wu\",\"{births}\",04/05/2021,Mother\n"
        );
        assert_eq!(found("s20.csv", &text), ["Wu Ned 2010-02-01", "Wu Oli 2012-04-03"], "{births}");
    }
    // The expected date is the unborn child's alone.
    let text = "Children,DOB,Date accommodated,Consent by\nAnn Poe & Unborn Poe,\"1/2/2010, EDD 5/12/2021\",04/05/2021,Mother\n";
    let (_sandbox, merged) = merged("s20.csv", text);
    assert_eq!(
        values(&merged, "children.csv", &["forenames", "date_of_birth", "expected_dob"]),
        [["Ann", "2010-02-01", ""], ["(unborn)", "", "2021-12-05"]]
    );
}

#[test]
fn children_who_are_numbered_or_have_a_status_are_several() {
    for names in [
        "1. Wil Yeo 2. Xia Yeo",
        "(1) Wil Yeo (2) Xia Yeo",
        "a) Wil Yeo; b) Xia Yeo",
        "Wil Yeo (CIN) Xia Yeo (CP)",
    ] {
        let text = format!("Child(ren),Date accommodated,Consent by\n{names},04/05/2021,Mother\n");
        assert_eq!(found("s20.csv", &text), ["Yeo Wil", "Yeo Xia"], "{names}");
    }
}

/// Counts, events and lines that somebody wrote below a child name nobody, and are nobody's group.
#[test]
fn what_names_nobody_makes_no_child() {
    let text = "\
Child,DOB,Date accommodated,Consent by
Kofi Boateng,03/02/2008,04/05/2021,Mother
Update: mother engaging,,,
10/9/21 - review held,,,
Tia Wren,12/12/2005,01/07/2021,YP
Team meeting,,06/07/2021,
Bank Holiday,,07/07/2021,
Stepped down,,,1
";
    let (_sandbox, merged) = merged("section 20.csv", text);
    let born: Vec<String> = children(&merged).iter().map(|child| child.join(" ")).collect();
    assert_eq!(born, ["Boateng Kofi 2008-02-03", "Wren Tia 2005-12-12"]);
    let groups = merged.csv("episodes.csv");
    assert!(groups.iter().all(|row| row.get("group").is_none_or(String::is_empty)));
    let told = merged.csv("problems.csv");
    let lines = told.iter().filter(|row| row["code"] == "line-left-out").map(|row| &*row["place"]);
    assert_eq!(lines.collect::<Vec<_>>(), ["row 3", "row 4"]);
}

/// A key, or a list that cells are chosen from, is no column of the children beside it.
#[test]
fn keys_and_lists_beside_children_are_not_theirs() {
    for (title, entries) in [("Key", ["Red", "Amber"]), ("Lookups", ["Step down", "Issue"])] {
        let text = format!(
            "Child,DOB,Date accommodated,Consent by,,{title}\nKofi Boateng,03/02/2008,04/05/2021,Mother,,{}\nTia Wren,12/12/2005,01/07/2021,YP,,{}\n",
            entries[0], entries[1]
        );
        let (_sandbox, merged) = merged("section 20.csv", &text);
        assert_eq!(children(&merged).len(), 2);
        let words = ["children.csv", "episodes.csv"].map(|file| format!("{:?}", merged.csv(file))).concat();
        assert!(!entries.iter().any(|entry| words.contains(entry)), "{title}");
    }
}

/// What is denied, or was taken back, is not what it denies.
#[test]
fn outcomes_that_were_taken_back_are_kept_as_they_are_written() {
    for (outcome, expected) in [
        ("SHOBPA", "Should be placed for adoption"),
        ("No longer SHOBPA", "No longer SHOBPA"),
        ("SHOPA decision overturned", "SHOPA decision overturned"),
        ("Plan of adoption no longer supported", "Plan of adoption no longer supported"),
    ] {
        let text = format!(
            "Child,DOB,Date of ADM decision,ADM decision\nAmy Hill,01/02/2019,04/05/2021,{outcome}\n"
        );
        let (_sandbox, merged) = merged("ADM decisions.csv", &text);
        assert_eq!(values(&merged, "adm_decisions.csv", &["adm_decision"]), [[expected]]);
    }
}

/// A name with next to nothing beside it, or alone in the last row, is a child all the same.
#[test]
fn a_name_with_little_beside_it_is_a_child() {
    let text = format!("{TRACKER},Weeks\n{KOFI},3\n{TIA},4\nAnn Poe,,,,2\nCy Orr,,,,\n");
    let names: Vec<String> = found("section 20.csv", &text);
    assert_eq!(names, ["Boateng Kofi 2008-02-03", "Wren Tia 2005-12-12", "Poe Ann", "Orr Cy"]);
}

/// Below `End date` in the place of `Start date` stands something else, though all other headings are the same.
#[test]
fn a_heading_that_differs_in_one_is_another() {
    let text = "\
Child,DOB,Date accommodated
Kofi Boateng,03/02/2008,04/05/2021
Tia Wren,12/12/2005,01/07/2021
Child,DOB,Date ended
Ada Lowe,01/03/2006,31/07/2021
Cy Orr,02/03/2006,30/07/2021
";
    let (_sandbox, merged) = merged("section 20.csv", text);
    let episodes = merged.csv("episodes.csv");
    let of = |child: &str| episodes.iter().find(|row| row["children"] == child).map(|row| &*row["s20_start"]);
    assert!(of("Lowe, Ada").is_none_or(str::is_empty), "{episodes:?}");
    assert_eq!(of("Boateng, Kofi"), Some("2021-05-04"));
}

/// Names beside dates of birth that are not all the children's give nobody a date.
#[test]
fn dates_of_birth_of_nobody_knows_whom_are_nobodys() {
    let text = "Children,DOB,Date accommodated,Consent by\n\"Oliver Fox, Isabella Fox\",\"Isabella 3/4/12, Ollie 1/2/10\",04/05/2021,Mother\n";
    let (_sandbox, merged) = merged("s20.csv", text);
    assert_eq!(values(&merged, "children.csv", &["date_of_birth"]), [[""], [""]]);
    assert!(
        merged.csv("problems.csv").iter().any(|row| row["code"] == "dob-of-whom" && row["place"] == "B2")
    );
}
