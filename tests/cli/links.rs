//! Links of the review sheet into the trackers: relative, to the row, and they lead there.

use std::collections::BTreeSet;
use std::io::Read;

use crate::sandbox::{Sandbox, files};
use crate::workbooks::xlsx;

/// Rows that may be one child: in a workbook, in a text file, and in a folder within.
fn trackers() -> Sandbox {
    let sandbox = Sandbox::with(&[("in/list.csv", LIST), ("in/older ones/list.csv", OLDER)]);
    let rows: &[&[&str]] = &[
        &["Case number", "Child", "DOB", "Date issued"],
        &["WB21C00101", "Ewa Marsden", "14/03/2012", "01/06/2021"],
        &["WB21C00102", "Jacob Harlow", "02/05/2014", "02/06/2021"],
    ];
    sandbox.write("in/court.xlsx", xlsx(&[("Ann's cases", rows)]));
    sandbox
}

const LIST: &str = "Full name,DOB\nEva Marsden,14/03/2012\nJakob Harlow,02/05/2014\n";
const OLDER: &str = "Full name,DOB\nEvy Marsden,14/03/2012\n";

/// A part of the published workbook.
fn part(sandbox: &Sandbox, out: &str, name: &str) -> String {
    let bytes = files(&sandbox.path(out)).remove("collate.xlsx").unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What stands between `before` and the next quotation mark, each time.
fn attributes(xml: &str, before: &str) -> BTreeSet<String> {
    let values = xml.split(before).skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("%20", " ").replace("&apos;", "'")).collect()
}

/// Number of the part that is the sheet "Review".
fn review(sandbox: &Sandbox, out: &str) -> usize {
    let sheets = part(sandbox, out, "xl/workbook.xml");
    let names: Vec<&str> =
        sheets.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    names.iter().position(|name| *name == "Review").unwrap() + 1
}

#[test]
fn a_pair_leads_to_its_two_rows() {
    let sandbox = trackers();
    for out in ["out", "results/of today"] {
        sandbox.run(&["run", "in", "--out", out, "--quiet"]).exits(0);
        let pairs = sandbox.merged(out).csv("review.csv");
        assert!(pairs.len() > 1, "{pairs:#?}");
        let number = review(&sandbox, out);
        let targets = attributes(
            &part(&sandbox, out, &format!("xl/worksheets/_rels/sheet{number}.xml.rels")),
            "Target=\"",
        );
        let sheet = part(&sandbox, out, &format!("xl/worksheets/sheet{number}.xml"));
        let places = attributes(&sheet, " location=\"");
        let mut named = BTreeSet::new();
        for pair in &pairs {
            for side in ["left", "right"] {
                let said = |what: &str| pair[&format!("{side}_{what}")].as_str();
                named.insert(sandbox.path("in").join(said("file")).canonicalize().unwrap());
                let (name, row) = (said("sheet").replace('\'', "''"), said("row"));
                assert!(name.is_empty() || places.contains(&format!("'{name}'!A{row}")), "{places:?}");
            }
        }
        let led: BTreeSet<_> =
            targets.iter().map(|to| sandbox.path(out).join(to).canonicalize().unwrap()).collect();
        assert_eq!(led, named);
        assert!(targets.iter().all(|to| to.starts_with("../")), "{targets:?}");
    }
}

#[test]
fn trackers_that_were_moved_are_linked_to_where_they_are() {
    let sandbox = trackers();
    sandbox.run(&["run", "in", "--out", "out", "--quiet"]).exits(0);
    let told = sandbox.run(&["run", "in", "--out", "out"]).exits(0).stderr;
    assert!(told.contains("Nothing has changed"), "{told}");
    std::fs::create_dir(sandbox.path("shared")).unwrap();
    std::fs::rename(sandbox.path("in"), sandbox.path("shared/in")).unwrap();
    sandbox.run(&["run", "shared/in", "--out", "out", "--quiet"]).exits(0);
    let number = review(&sandbox, "out");
    let relations = part(&sandbox, "out", &format!("xl/worksheets/_rels/sheet{number}.xml.rels"));
    assert!(relations.contains("Target=\"../shared/in/court.xlsx\""), "{relations}");
}

#[test]
fn a_published_workbook_with_links_can_be_answered() {
    let sandbox = trackers();
    sandbox.run(&["run", "in", "--out", "out", "--quiet"]).exits(0);
    let told = sandbox.run(&["review", "--out", "out", "--apply", "out/collate.xlsx", "--json"]).exits(0);
    assert_eq!((&told.json()[0]["taken"], &told.json()[0]["refused"]), (&0.into(), &serde_json::json!([])));
}
