//! What a run published about children: `sources.csv`, and their dates of birth.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::{Place, Truth};
use crate::failure::Failure;

/// The published children.
pub struct Published {
    /// The merged child of each mention, numbered from 0.
    pub entities: FxHashMap<Place, u32>,
    /// Date of birth of each merged child.
    pub born: FxHashMap<u32, String>,
    /// Date of birth that a row says, where it lost against the merged one: (child, file, sheet, row).
    pub said: FxHashMap<(u32, String, String, u32), String>,
}

impl Published {
    /// Reads the folder.
    pub fn read(dir: &Path) -> Result<Self, Failure> {
        let mut published = Published {
            entities: FxHashMap::default(),
            born: FxHashMap::default(),
            said: FxHashMap::default(),
        };
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        for_each(
            &dir.join("sources.csv"),
            &["entity", "collate_id", "file", "sheet", "row", "part"],
            |cells| {
                if cells[0] == "child" {
                    let next = ids.len() as u32;
                    let id = *ids.entry(cells[1].to_owned()).or_insert(next);
                    let (row, part) = (cells[4].parse().unwrap_or(0), cells[5].parse().unwrap_or(0));
                    published.entities.insert((plain(cells[2]), plain(cells[3]), row, part), id);
                }
            },
        )?;
        for_each(&dir.join("children.csv"), &["collate_id", "date_of_birth"], |cells| {
            if let Some(id) = ids.get(cells[0]) {
                published.born.insert(*id, cells[1].to_owned());
            }
        })?;
        let wanted = ["entity", "column", "collate_id", "other", "other_file", "other_sheet", "other_cell"];
        for_each(&dir.join("conflicts.csv"), &wanted, |cells| {
            if cells[0] == "child"
                && cells[1] == "date_of_birth"
                && let Some(id) = ids.get(cells[2])
            {
                let row = cells[6].trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap_or(0);
                published.said.insert((*id, plain(cells[4]), plain(cells[5]), row), cells[3].to_owned());
            }
        })?;
        Ok(published)
    }

    /// The merged child of each judged mention; a mention that is in none is on its own.
    pub fn clusters(&self, truth: &Truth) -> Vec<u32> {
        let mut next = self.entities.values().max().map_or(0, |last| last + 1);
        let of = |place: &Place| {
            self.entities.get(place).copied().unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        };
        truth.places.iter().map(of).collect()
    }
}

/// A text without the apostrophe that keeps a spreadsheet from running it.
fn plain(text: &str) -> String {
    let neutral = text
        .strip_prefix('\'')
        .filter(|rest| rest.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']));
    neutral.unwrap_or(text).to_owned()
}

fn for_each(path: &Path, columns: &[&str], mut each: impl FnMut(&[&str])) -> Result<(), Failure> {
    let wrong = |what: String| {
        Failure::usage(
            format!("{}: {what}", path.display()),
            "name the folder that `collate run` published csv files into",
        )
    };
    let mut reader = csv::Reader::from_path(path).map_err(|error| wrong(error.to_string()))?;
    let headers = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let find = |name: &&str| {
        headers.iter().position(|h| h == *name).ok_or_else(|| wrong(format!("there is no column `{name}`")))
    };
    let at: Vec<usize> = columns.iter().map(find).collect::<Result<_, _>>()?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| wrong(error.to_string()))? {
        let cells: Vec<&str> = at.iter().map(|column| record.get(*column).unwrap_or("")).collect();
        each(&cells);
    }
    Ok(())
}
