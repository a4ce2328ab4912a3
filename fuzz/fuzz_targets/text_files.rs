//! Any bytes as a text file: read, and recognised. Every row is accounted for.

#![no_main]

use collate_read::{Limits, read_bytes};
use collate_recognise::{Overrides, builtin, recognise};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = read_bytes(bytes.to_vec(), "a.csv", &Limits::default());
    let kinds = builtin();
    for sheet in &file.sheets {
        let found = recognise(sheet, &kinds, &Overrides::default());
        let records: u64 = found.tables.iter().map(|table| table.rows.len() as u64).sum();
        let counts = &found.counts;
        let reasons = counts.header + counts.furniture + counts.continued + counts.left_alone;
        assert!(counts.read <= reasons + records, "a row got lost");
    }
});
