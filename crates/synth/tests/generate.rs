//! The whole council, read back: the truth points at rows that are there, for children that exist.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};
use collate_synth::{Made, Options, SynthError, generate};

fn make(children: usize, seed: u64, dir: &Path) -> Made {
    generate(&Options { children, seed }, dir, &|done, of| assert!(done <= of)).unwrap()
}

/// Every sheet: (file, sheet) -> row number -> filled cells.
fn read(dir: &Path) -> BTreeMap<(String, String), BTreeMap<u32, Vec<String>>> {
    let mut sheets = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        match path.extension().and_then(|e| e.to_str()) {
            Some("csv" | "tsv") if file != "truth.csv" => {
                let bytes = fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                let separator = if file.ends_with("tsv") { b'\t' } else { b',' };
                // The csv crate skips empty lines, which a spreadsheet counts: only the plan has them.
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .delimiter(separator)
                    .from_reader(text.as_bytes());
                let rows = reader.records().enumerate();
                let rows = rows.map(|(i, record)| {
                    let cells = record.unwrap().iter().filter(|c| !c.is_empty()).map(str::to_owned).collect();
                    (i as u32 + 1, cells)
                });
                sheets.insert((file, String::new()), rows.collect());
            }
            Some("xlsx" | "xls" | "ods") => {
                let mut book = open_workbook_auto(&path).unwrap();
                for name in book.sheet_names() {
                    let range = book.worksheet_range(&name).unwrap();
                    let first = range.start().map_or(0, |(row, _)| row);
                    let filled = |row: &[Data]| {
                        row.iter().filter(|c| **c != Data::Empty).map(ToString::to_string).collect()
                    };
                    let rows = range.rows().enumerate().map(|(i, row)| (first + i as u32 + 1, filled(row)));
                    sheets.insert((file.clone(), name), rows.collect());
                }
            }
            _ => {}
        }
    }
    sheets
}

#[test]
fn the_truth_points_at_rows_that_name_children() {
    let dir = tempfile::tempdir().unwrap();
    let made = make(1_500, 7, dir.path());
    let sheets = read(dir.path());
    let mut parts = 0;
    let mut files = BTreeSet::new();
    let mut mentioned: BTreeMap<String, u32> = BTreeMap::new();
    let mut last = (String::new(), 0u32, 0u32);
    for record in csv::Reader::from_path(dir.path().join("truth.csv")).unwrap().records() {
        let record = record.unwrap();
        let row: u32 = record[2].parse().unwrap();
        let part: u32 = record[3].parse().unwrap();
        let sheet = &sheets[&(record[0].to_owned(), record[1].to_owned())];
        assert!(!sheet[&row].is_empty(), "{record:?}");
        let place = format!("{}/{}", &record[0], &record[1]);
        let expected = if (&last.0, last.1) == (&place, row) { last.2 + 1 } else { 1 };
        assert_eq!(part, expected, "{record:?}");
        last = (place, row, part);
        files.insert(record[0].to_owned());
        if !record[4].is_empty() {
            parts += 1;
            *mentioned.entry(record[4].to_owned()).or_default() += 1;
            let number: usize = record[4][1..].parse().unwrap();
            assert!(number < made.children);
        }
    }
    assert_eq!(parts, made.parts);
    assert_eq!(files.len(), 8, "{files:?}");
    let mean = parts as f64 / mentioned.len() as f64;
    assert!((2.0..4.0).contains(&mean), "{mean} mentions a child");
    assert!(mentioned.len() * 100 > made.children * 97, "{} of {}", mentioned.len(), made.children);
}

#[test]
fn the_same_options_give_the_same_bytes() {
    let (one, two, other) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let names = |made: &Made| -> Vec<String> {
        made.files.iter().map(|f| f.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let made = make(300, 4, one.path());
    assert_eq!(names(&made), names(&make(300, 4, two.path())));
    make(300, 5, other.path());
    for name in names(&made) {
        let bytes = fs::read(one.path().join(&name)).unwrap();
        assert!(bytes == fs::read(two.path().join(&name)).unwrap(), "{name}");
    }
    let truth = |dir: &Path| fs::read(dir.join("truth.csv")).unwrap();
    assert_ne!(truth(one.path()), truth(other.path()));
}

#[test]
fn any_size_works_and_says_how_far_it_is() {
    for children in [0, 1, 5, 60] {
        let dir = tempfile::tempdir().unwrap();
        let last = Cell::new((0, 1));
        let options = Options { children, seed: 1 };
        let made = generate(&options, dir.path(), &|done, of| last.set((done, of))).unwrap();
        assert_eq!(made.children, children);
        assert_eq!(last.get().0, last.get().1);
        assert_eq!(made.files.len(), 11);
        assert!(made.files.iter().all(|file| file.is_file()));
    }
}

#[test]
fn a_big_council_keeps_its_big_trackers_as_text() {
    let dir = tempfile::tempdir().unwrap();
    let made = make(50_000, 2, dir.path());
    let names: Vec<&str> = made.files.iter().map(|f| f.file_name().unwrap().to_str().unwrap()).collect();
    assert!(names.iter().any(|name| name.ends_with("- Concluded.csv")), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with(".xls")), "{names:?}");
}

#[test]
fn a_folder_with_something_in_it_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("mine.txt"), "keep").unwrap();
    let error = generate(&Options { children: 5, seed: 1 }, dir.path(), &|_, _| {}).unwrap_err();
    assert!(matches!(error, SynthError::NotEmpty(_)));
    assert!(error.to_string().contains("not empty"), "{error}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let too_many = generate(&Options { children: usize::MAX, seed: 1 }, Path::new("never"), &|_, _| {});
    assert!(matches!(too_many, Err(SynthError::TooMany(_))));
}
