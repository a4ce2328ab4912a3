//! Every cell of every csv file is in the database, with its type.

use std::collections::BTreeMap;
use std::path::Path;

use collate_model::Dataset;
use collate_publish::{Format, publish};

use crate::changed;
use crate::made_up;
use crate::place::{Place, manifest};

/// A cell in the form in which both have it: numbers by their value, and without the apostrophe that
/// csv files have before what a spreadsheet would run.
fn comparable(text: &str, kind: &str) -> String {
    match (kind, text.parse::<f64>()) {
        ("number" | "money" | "integer", Ok(number)) => number.to_string(),
        _ => text.strip_prefix('\'').unwrap_or(text).to_owned(),
    }
}

/// What a query of three columns gives, by the first two.
fn pairs(place: &Place, sql: &str) -> BTreeMap<(String, String), String> {
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
    place.rows(sql).iter().map(|row| ((text(&row[0]), text(&row[1])), text(&row[2]))).collect()
}

/// Compares the csv files of a folder with the tables; gives the number of cells.
fn compare(place: &Place, folder: &Path) -> usize {
    let kinds = pairs(place, "SELECT table_name, column_name, type FROM collate_columns");
    let mut as_text = pairs(place, "SELECT collate_id, \"column\", value FROM as_text");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let table = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let kind = |heading: &str| kinds[&(table.clone(), heading.to_owned())].as_str();
        let records = reader.records().map(Result::unwrap);
        let mut published: Vec<Vec<String>> = records
            .map(|record| record.iter().zip(&headings).map(|(text, of)| comparable(text, kind(of))).collect())
            .collect();

        let names: Vec<String> = headings.iter().map(|name| format!("\"{name}\"")).collect();
        let rows = place.rows(&format!("SELECT {} FROM \"{table}\"", names.join(", ")));
        let mut found: Vec<Vec<String>> = Vec::new();
        for row in rows {
            let id = row[0].clone().unwrap_or_default();
            let cells = row.into_iter().zip(&headings).map(|(cell, of)| match cell {
                Some(text) => comparable(&text, kind(of)),
                None => as_text.remove(&(id.clone(), of.clone())).unwrap_or_default(),
            });
            found.push(cells.collect());
        }
        published.sort();
        found.sort();
        assert_eq!(published, found, "{table}");
        count += found.len() * headings.len();
    }
    assert!(as_text.is_empty(), "{as_text:?}");
    count
}

fn check(place: &Place, dataset: &Dataset) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("merged");
    publish(dataset, &manifest(), &out, &[Format::Csv]).unwrap();
    place.load(dataset).unwrap();
    compare(place, &out)
}

#[test]
fn every_cell_is_there() {
    for place in Place::all("cells") {
        assert!(check(&place, &made_up::dataset(40)) > 5000);
        assert_eq!(place.one("SELECT count(*) FROM as_text WHERE value = 'TBC'"), "13");
    }
}

#[test]
fn every_text_comes_back() {
    let texts = [
        "plain",
        "a\0b",
        "tab\tand\nline\r\nand \\N and \\",
        "it's \"quoted\"",
        "=1+1",
        "\u{1b}[2J",
        "Zoë 🙂 \u{85}",
        "NULL",
        " spaces ",
        "007",
        "1e5",
    ];
    for place in Place::all("texts") {
        let mut dataset = made_up::dataset(texts.len() as u32);
        for (row, text) in texts.iter().enumerate() {
            changed::set_first(&mut dataset.tables[0], row, text);
        }
        check(&place, &dataset);
        assert_eq!(place.one("SELECT name FROM children WHERE collate_id = 'CH-00002'"), "a␀b");
    }
}

#[test]
fn provenance_leads_from_a_value_to_its_cell() {
    for place in Place::all("provenance") {
        place.load(&made_up::dataset(40)).unwrap();
        for (column, values) in [("date_of_birth", 40), ("review_due_from", 20), ("postcode", 27)] {
            let sql = format!(
                "SELECT count(*) FROM children c JOIN provenance p ON p.collate_id = c.collate_id \
                 AND p.\"column\" = '{column}' AND p.value = CAST(c.{column} AS TEXT) \
                 WHERE p.file <> '' AND p.cell <> ''"
            );
            assert_eq!(place.one(&sql), values.to_string(), "{column}");
        }
        let lost = "SELECT count(*) FROM children c JOIN as_text a ON a.collate_id = c.collate_id \
                    AND a.\"column\" = 'weeks' JOIN provenance p ON p.collate_id = a.collate_id \
                    AND p.\"column\" = a.\"column\" AND p.value = a.value WHERE c.weeks IS NULL";
        assert_eq!(place.one(lost), "13");
    }
}
