//! Any bytes as a file: the check of packages and compound files, and whatever parser they lead to.

#![no_main]

use collate_read::{Limits, read_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { inflated_bytes: 16 << 20, cells: 1 << 20, ..Limits::default() };
    let file = read_bytes(bytes.to_vec(), "a.xlsx", &limits);
    assert!(!file.sheets.is_empty() || !file.notes.is_empty(), "a refused file says why");
});
