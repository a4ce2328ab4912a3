//! Tests that what the writers write is what independent readers find there.

use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};
use jiff::civil::date;

use crate::sheet::{Cell, Sheet};
use crate::{write_ods, write_xls, write_xlsx};

fn sheets() -> Vec<Sheet> {
    let rows = vec![
        vec![Cell::text("Title & <more>")],
        vec![],
        vec![Cell::text("Child"), Cell::Empty, Cell::text("DOB"), Cell::text("n")],
        vec![Cell::text("Łukasz\nZoë"), Cell::Empty, Cell::Date(date(2015, 2, 1)), Cell::Number(2.5)],
        vec![Cell::Empty, Cell::text("=1+1"), Cell::Serial(date(2021, 5, 31)), Cell::Number(-3.0)],
    ];
    let first = Sheet {
        name: "Live".into(),
        rows,
        hidden_rows: vec![4],
        hidden_columns: vec![1],
        merged: vec![(3, 4, 0)],
    };
    vec![first, Sheet { name: "Zweites".into(), rows: vec![vec![Cell::text("x")]], ..Sheet::default() }]
}

fn check(path: &Path, serial: f64) {
    let mut book = open_workbook_auto(path).unwrap();
    assert_eq!(book.sheet_names(), ["Live", "Zweites"]);
    let range = book.worksheet_range("Live").unwrap();
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    for (row, column, text) in
        [(0, 0, "Title & <more>"), (2, 2, "DOB"), (3, 0, "Łukasz\nZoë"), (4, 1, "=1+1")]
    {
        assert_eq!(cell(row, column).to_string().replace('\r', ""), text, "{}", path.display());
    }
    assert_eq!((cell(1, 0), cell(4, 0)), (Data::Empty, Data::Empty));
    match cell(3, 2) {
        // Serials of the 1904 system are counted from there, so the kind of cell says it all.
        Data::DateTime(value) => assert_eq!(value.to_ymd_hms_milli().0, 2015, "{}", path.display()),
        Data::DateTimeIso(value) => assert!(value.starts_with("2015-02-01"), "{value}"),
        other => panic!("no date in {}: {other:?}", path.display()),
    }
    for (row, column, number) in [(3, 3, 2.5), (4, 3, -3.0), (4, 2, serial)] {
        assert!(matches!(cell(row, column), Data::Float(n) if n == number), "{}", path.display());
    }
    let range = book.worksheet_range("Zweites").unwrap();
    assert_eq!(range.get_value((0, 0)), Some(&Data::String("x".into())));
}

#[test]
fn every_workbook_reads_back() {
    let dir = tempfile::tempdir().unwrap();
    let sheets = sheets();
    for (name, serial) in [("a.xlsx", 44_347.0), ("a.ods", 44_347.0), ("a.xls", 42_885.0)] {
        let path = dir.path().join(name);
        let write = || match name {
            "a.xlsx" => write_xlsx::write(&sheets, &path).unwrap(),
            "a.ods" => write_ods::write(&sheets, &path).unwrap(),
            _ => write_xls::write(&sheets, &path).unwrap(),
        };
        write();
        check(&path, serial);
        let once = std::fs::read(&path).unwrap();
        write();
        assert!(once == std::fs::read(&path).unwrap(), "{name} differs from run to run");
    }
}

#[test]
fn a_long_old_workbook_reads_back() {
    // Past seven megabytes the allocation table needs a table of its own.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.xls");
    let row = |i: usize| vec![Cell::text(format!("{i:0200}")), Cell::Number(i as f64)];
    let rows: Vec<_> = (0..20_000).map(row).collect();
    write_xls::write(&[Sheet { name: "s".into(), rows, ..Sheet::default() }], &path).unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 8_000_000);
    let range = open_workbook_auto(&path).unwrap().worksheet_range("s").unwrap();
    assert_eq!(range.height(), 20_000);
    assert_eq!(range.get_value((19_999, 1)), Some(&Data::Float(19_999.0)));
    assert_eq!(range.get_value((19_999, 0)), Some(&Data::String(format!("{:0200}", 19_999))));
}
