//! Links a csv file: `link_csv people.csv`. Headings are `name:kind`, for example
//! `given_name:forename`; a heading `truth` holds the true person and is only used to measure.

use std::error::Error;

use collate_link::measure::pairs;
use collate_link::{Column, FieldKind, Records, Settings, link};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a csv file")?;
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    let mut records = Records::new(rows.len());
    for (c, header) in headers.iter().enumerate() {
        if let Some((name, kind)) = header.split_once(':') {
            let kind: FieldKind = serde_json::from_value(kind.into())?;
            records = records
                .with(Column::from_texts(name, kind, rows.iter().map(|row| [&row[c]])).not_exclusive());
        }
    }
    let linked = link(&records, &Settings::default());
    let persons = linked.clusters.iter().max().map_or(0, |last| last + 1);
    println!("{} records, {persons} persons, {} candidate pairs", rows.len(), linked.candidates);
    if let Some(truth) = headers.iter().position(|h| h == "truth") {
        let mut names: Vec<&str> = rows.iter().map(|row| &row[truth]).collect();
        names.sort_unstable();
        names.dedup();
        let of = |row: &csv::StringRecord| names.binary_search(&&row[truth]).map_or(0, |i| i as u32);
        let truth: Vec<u32> = rows.iter().map(of).collect();
        println!("{:?}, {} doubts", pairs(&linked.clusters, &truth), linked.doubts.len());
    }
    if std::env::args().any(|arg| arg == "--model") {
        println!("{}", serde_json::to_string_pretty(&linked.model)?);
        linked.blocking.iter().for_each(|rule| println!("{rule:?}"));
    }
    Ok(())
}
