//! Whatever the text, it comes back from the files.

mod changed;
mod made_up;

use calamine::{Data, Reader, Xlsx, open_workbook};
use collate_publish::{Format, publish};
use proptest::prelude::*;
use serde_json::json;

/// Control characters are published as their pictures.
fn is_published_as_it_is(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n'))
}

/// Excel's own escape of what XML can't hold comes back changed from some readers.
fn survives_a_workbook(text: &str) -> bool {
    !text.contains("_x") && text.trim() == text && is_published_as_it_is(text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn texts_come_back(texts in prop::collection::vec("[ '\"=+@,\t\r\na1.-]{0,6}|\\PC{0,12}|.{0,6}", 6)) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("merged");
        let mut dataset = made_up::dataset(6);
        for (row, text) in texts.iter().enumerate() {
            changed::set_first(&mut dataset.tables[0], row, text);
        }
        publish(&dataset, &json!({ "program": "collate" }), &out, &Format::ALL).unwrap();

        let records: Vec<_> =
            csv::Reader::from_path(out.join("children.csv")).unwrap().records().map(Result::unwrap).collect();
        let mut workbook: Xlsx<_> = open_workbook(out.join("collate.xlsx")).unwrap();
        let sheet = workbook.worksheet_range("Children").unwrap();
        for (i, (text, record)) in texts.iter().zip(&records).enumerate() {
            let published = &record[1];
            let same = published == text || published.strip_prefix('\'') == Some(text.as_str());
            prop_assert!(same || !is_published_as_it_is(text));
            let number = published.trim_start_matches(['-', '+']).parse::<f64>().is_ok();
            prop_assert!(number || !published.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));

            let cell = sheet.get_value((i as u32 + 3, 1));
            if survives_a_workbook(text) && !text.is_empty() {
                prop_assert_eq!(cell, Some(&Data::String(text.clone())));
            }
        }
    }
}
