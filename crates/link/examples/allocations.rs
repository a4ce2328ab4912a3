//! Counts what linking allocates: nothing per pair. Two lists of one length, of which the second
//! has many times the candidate pairs, because few surnames and dates are in it: what is allocated
//! hardly grows. `cargo run --release -p collate-link --example allocations`.

use collate_link::{Column, FieldKind, Records, Settings, link};

#[global_allocator]
static COUNTED: dhat::Alloc = dhat::Alloc;

const RECORDS: usize = 20_000;

/// Different people, `surnames` of them by name and `days` by date of birth.
fn strangers(surnames: usize, days: usize) -> Records {
    let syllable = |i: usize| ["ba", "co", "du", "fe", "gi", "ho", "ju", "ka", "lo", "mu"][i % 10];
    let name =
        |i: usize| format!("{}{}{}{}", syllable(i), syllable(i / 10), syllable(i / 100), syllable(i / 1000));
    let rows = 0..RECORDS;
    Records::new(RECORDS)
        .with(Column::from_texts("forename", FieldKind::Forename, rows.clone().map(|i| [name(i * 7)])))
        .with(Column::from_texts("surname", FieldKind::Surname, rows.clone().map(|i| [name(i % surnames)])))
        .with(Column::from_texts(
            "born",
            FieldKind::Date,
            rows.map(|i| {
                let day = i * 31 % days;
                [format!("{}-{:02}-{:02}", 1950 + day / 336, day / 28 % 12 + 1, day % 28 + 1)]
            }),
        ))
}

fn main() {
    let _profiler = dhat::Profiler::builder().testing().build();
    println!("{:>16} {:>16} {:>20}", "candidate pairs", "allocations", "allocations a pair");
    let mut counted = Vec::new();
    for (surnames, days) in [(9_000, 20_000), (600, 1_500)] {
        let records = strangers(surnames, days);
        let before = dhat::HeapStats::get().total_blocks;
        let linked = link(&records, &Settings::default());
        let blocks = dhat::HeapStats::get().total_blocks - before;
        println!("{:>16} {blocks:>16} {:>20.4}", linked.candidates, blocks as f64 / linked.candidates as f64);
        counted.push((linked.candidates, blocks));
    }
    let ((few, of_few), (many, of_many)) = (counted[0], counted[1]);
    assert!(many > 2 * few && of_many < of_few + of_few / 5, "something is allocated per pair");
}
