//! The truth: which child each row speaks of.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::Place;
use crate::failure::Failure;

/// What is known, one entry per judged mention.
pub struct Truth {
    /// Where each mention stands.
    pub places: Vec<Place>,
    /// Which child it is of, numbered from 0.
    pub children: Vec<u32>,
    /// Family of each child, numbered from 0; `u32::MAX` where it is not known.
    pub families: Vec<u32>,
    /// Number of children.
    pub count: usize,
}

impl Truth {
    /// Reads the csv file. Rows that name no child are not judged.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |what: String| {
            let columns =
                "it needs the columns file, sheet, row, part and child, and may have family and case";
            Failure::usage(format!("{}: {what}", path.display()), columns)
        };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_path(path)
            .map_err(|error| wrong(error.to_string()))?;
        let headers = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
        let named = |name: &str| {
            headers.iter().position(|h| h.trim().trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
        };
        let need = |name: &str| named(name).ok_or_else(|| wrong(format!("there is no column `{name}`")));
        let (file, row, child) = (need("file")?, need("row")?, need("child")?);
        let (sheet, part, family) = (named("sheet"), named("part"), named("family"));
        let mut truth = Truth { places: Vec::new(), children: Vec::new(), families: Vec::new(), count: 0 };
        let (mut children, mut families) = (FxHashMap::default(), FxHashMap::default());
        for record in reader.records() {
            let record = record.map_err(|error| wrong(error.to_string()))?;
            let get = |column: Option<usize>| column.and_then(|c| record.get(c)).unwrap_or("").trim();
            let child = get(Some(child));
            if child.is_empty() {
                continue;
            }
            let line = record.position().map_or(0, csv::Position::line);
            let number = |text: &str, name: &str| {
                text.parse::<u32>()
                    .map_err(|_| wrong(format!("line {line}: the {name} is not a whole number")))
            };
            let row = number(get(Some(row)), "row")?;
            let part = match get(part) {
                "" => 1,
                text => number(text, "part")?,
            };
            let next = children.len() as u32;
            let child = *children.entry(child.to_owned()).or_insert(next);
            if child == next {
                truth.families.push(u32::MAX);
            }
            let family = get(family);
            if !family.is_empty() {
                let next = families.len() as u32;
                truth.families[child as usize] = *families.entry(family.to_owned()).or_insert(next);
            }
            truth.places.push((get(Some(file)).to_owned(), get(sheet).to_owned(), row, part));
            truth.children.push(child);
        }
        truth.count = children.len();
        Ok(truth)
    }
}
