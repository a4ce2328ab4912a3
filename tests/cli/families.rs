//! Brothers, fathers and namesakes in short lists, and numbers that are not what they seem: what
//! must not be joined, each as a small list.

use std::collections::BTreeSet;

use crate::sandbox::Sandbox;

const PEOPLE: &str = "Forename,Surname,DOB\nAva,Khan,03/04/2013\nLeo,Wood,05/06/2014\n";

#[test]
fn two_people_of_one_list_stay_two() {
    let mut wrong = Vec::new();
    for (what, rows) in [
        ("brothers who rhyme", "Jayden,Browne,01/01/2011\nKayden,Browne,01/01/2013\n"),
        ("brothers one letter apart", "Tom,Hills,05/05/2010\nTim,Hills,05/05/2012\n"),
        ("sisters with short forms of one name", "Ellie,Woods,04/04/2012\nElla,Woods,04/04/2015\n"),
        ("father and son", "David,Smith,14/06/1985\nDavid,Smith,14/06/2011\n"),
        ("numbered twins", "Twin 1,Zed,01/02/2012\nTwin 2,Zed,01/02/2012\n"),
        ("twins one letter apart", "Jack,Pem,01/02/2012\nJake,Pem,01/02/2012\n"),
        ("twins", "Oliver,Hill,02/02/2012\nOlivia,Hill,02/02/2012\n"),
        ("namesakes", "Mohammed,Ali,14/03/2012\nMohammed,Ali,21/09/2016\n"),
    ] {
        let list = format!("{PEOPLE}{rows}");
        for files in [&[("in/a.csv", &*list)][..], &[("in/a.csv", &list), ("in/b.csv", &list)]] {
            let sandbox = Sandbox::with(files);
            let children = sandbox.merge().csv("children.csv").len();
            if children != 4 {
                wrong.push(format!("{what}, in {} files: {children} children for 4", files.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_number_that_one_list_gives_to_several_children_joins_nobody() {
    let heading = "Forename,Surname,DOB,Child ID\n";
    let sandbox = Sandbox::with(&[
        ("in/a.csv", &format!("{heading}Amelia,Smith,01/02/2012,500\nOliver,Smith,03/04/2014,500\n")),
        ("in/b.csv", &format!("{heading}Amelia,Smith,01/02/2012,500\nIvy,Smith,05/06/2016,500\n")),
    ]);
    let merged = sandbox.merge();
    assert_eq!(merged.child("a.csv", 2, 1), merged.child("b.csv", 2, 1));
    assert_eq!(merged.csv("children.csv").len(), 3);
    let told =
        merged.csv("problems.csv").into_iter().filter(|row| row["code"] == "identifier-shared").count();
    assert_eq!(told, 4);
}

#[test]
fn a_number_alone_does_not_make_two_names_one_child() {
    let sandbox = Sandbox::with(&[
        ("in/a.csv", "Forename,Surname,Child ID\nAmelia,Smith,1\nOliver,Okafor,2\n"),
        ("in/b.csv", "Forename,Surname,Child ID\nZoe,Patel,1\nMary,Jones,2\n"),
    ]);
    assert_eq!(sandbox.merge().csv("children.csv").len(), 4);
}

#[test]
fn claims_of_two_logs_with_one_running_number_are_two() {
    let log = |row: &str| format!("Claim ref,Claimant,DOB,Date received,Amount claimed\n{row}\n");
    let sandbox = Sandbox::with(&[
        ("in/HRA claims log 2020.csv", &log("1,Amelia Smith,01/02/2012,01/03/2020,5000")),
        ("in/HRA claims log 2021.csv", &log("1,Zara Nowak,01/05/2014,01/03/2021,900")),
    ]);
    let claims = sandbox.merge().csv("claims.csv");
    let claimed: BTreeSet<&str> = claims.iter().map(|row| row["damages_claimed"].as_str()).collect();
    assert_eq!(claimed, BTreeSet::from(["5000.00", "900.00"]));
}

#[test]
fn a_second_column_of_one_heading_is_kept() {
    let sandbox = Sandbox::with(&[(
        "in/a.csv",
        "Forename,Surname,DOB,Surname,Team,Team\nAmelia,Smith,01/02/2012,Jones,North,South\n",
    )]);
    let child = sandbox.merge().csv("children.csv").remove(0);
    let values =
        ["surname", "surname_in_source", "team", "team_in_source"].map(|column| child[column].as_str());
    assert_eq!(values, ["Smith", "Jones", "North", "South"]);
}

#[test]
fn one_date_for_several_children_is_nobodys_and_told() {
    let sandbox = Sandbox::with(&[(
        "in/court.csv",
        "Case number,Children,DOB,Date issued,Judge\nWB21C00101,Amelia Smith & Oliver Smith,01/02/2012,01/06/2021,HHJ Oakley\n",
    )]);
    let merged = sandbox.merge();
    assert!(merged.csv("children.csv").iter().all(|child| child["date_of_birth"].is_empty()));
    assert!(merged.csv("problems.csv").iter().any(|row| row["code"] == "value-of-several"));
}
