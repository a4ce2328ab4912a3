//! csv, tsv and txt files: encodings, delimiters, row numbers, quotes, speed.

mod common;

use std::fmt::Write;

use collate_model::Severity::{Error, Info, Warning};
use collate_read::Limits;
use common::{codes, read_bytes, read_within, rows};
use proptest::prelude::*;

#[test]
fn encodings_and_delimiters() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cases: [(&str, Vec<u8>, &str, &str); 8] = [
        ("a.csv", "id,name\n1,Zoë\n".into(), "UTF-8", "csv"),
        ("a.csv", "\u{feff}id;name\n1;Zoë\n".into(), "UTF-8 with BOM", "csv"),
        ("a.csv", b"id,name\n1,Zo\xEB\n".into(), "Windows-1252", "csv"),
        ("a.csv", [b"\xFF\xFE".to_vec(), utf16("id\tname\n1\tZoë\n")].concat(), "UTF-16LE", "tsv"),
        ("a.txt", utf16("id\tname\r\n1\tZoë\r\n"), "UTF-16LE", "tsv"),
        ("a.txt", "id|name\n1|Zoë\n".into(), "UTF-8", "csv"),
        ("a.csv", "sep=|\nid|name\n1|Zoë\n".into(), "UTF-8", "csv"),
        ("a.csv", "id,name\r1,Zoë\r".into(), "UTF-8", "csv"),
    ];
    for (name, bytes, encoding, format) in cases {
        let file = read_bytes(name, &bytes);
        assert_eq!((&*file.encoding, &*file.format, file.refused), (encoding, format, false), "{bytes:?}");
        assert_eq!(rows(&file.sheets[0]), [(1, vec!["id", "name"]), (2, vec!["1", "Zoë"])], "{bytes:?}");
        assert_eq!(file.sha256.len(), 64);
    }
}

#[test]
fn row_numbers_count_blank_lines_and_records() {
    let file = read_bytes("a.csv", b"\n\na,b\n\n\"x\ny\",2\n,\n3,4");
    assert_eq!(rows(&file.sheets[0]), [(3, vec!["a", "b"]), (5, vec!["x\ny", "2"]), (7, vec!["3", "4"])]);
}

#[test]
fn notes_say_what_was_odd() {
    for (bytes, expected) in [
        (&b"a,b\n1,2\n"[..], vec![]),
        (b"a,b\n1,Zo\xEB\n", vec![(Info, "encoding")]),
        (b"a,b\n1,Zo\x81\xEB\n", vec![(Info, "encoding"), (Warning, "encoding-undefined")]),
        ("é,è\nZoë,\u{1}\n".as_bytes(), vec![]),
        (b"\xC3\xA9,b\nZo\xC3\xAB,\xE9\n", vec![(Warning, "encoding-mixed")]),
        (b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3\n", vec![(Warning, "rows-ragged")]),
        (b"a,b\n1,\"2\n3,4\n5,6\n", vec![(Warning, "quote-open")]),
        (b"\n \n", vec![(Error, "file-blank"), (Info, "sheet-empty")]),
        (b"\xEF\xBB\xBF", vec![(Error, "file-blank"), (Info, "sheet-empty")]),
        (b"", vec![(Error, "file-empty")]),
    ] {
        let file = read_bytes("a.csv", bytes);
        assert_eq!(codes(&file), expected, "{bytes:?}");
        assert_eq!(file.refused, expected.iter().any(|(severity, _)| *severity == Error));
    }
}

#[test]
fn an_open_quote_loses_no_row_and_is_placed() {
    let file = read_bytes("a.csv", b"id,note,x\n1,ok,y\n2,\"never closed,y\n3,ok,y\n4,ok,y\n");
    let sheet = &file.sheets[0];
    assert_eq!(sheet.rows(), 5);
    assert_eq!(rows(sheet)[2], (3, vec!["2", "\"never closed", "y"]));
    assert_eq!((sheet.notes[0].row, sheet.notes[0].code), (3, "quote-open"));
    assert!(!sheet.notes[0].what.contains("never closed,"));
}

/// The shape of a plan copied out of a document: prose, then tables with rulers, continuation
/// lines, quotes that are plain characters, lines of fewer cells.
#[test]
fn a_plan_with_prose_above_its_tables() {
    let text = "\n\nImprovement Plan\nLegal Services\n\nObjectives:\n- a) Support, advise and train\n\
        - b) The Team (the “Team”), its partners, and others\n\nAdvice to the Directorate\t\t\t\t\n\
        Ref\tPriority\tActivity\tTarget\tRAG\nL1\tRepresent the council\ta) \"Best practice\" guide\tMarch 2021\tB\n\n\
        \t\tb) Say \"so\"\tJune 2021\tG\n\"Best practice\" guide\tc\td\te\tA\n\t\t\"open quote\tJuly\tA\n\
        L2\tx\ty\tz\tA\n\tfell off\ty\tB\n";
    let file = read_bytes("plan.tsv", text.as_bytes());
    let sheet = &file.sheets[0];
    let lines: Vec<u32> =
        text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()).map(|(_, number)| number).collect();
    assert_eq!(rows(sheet).iter().map(|(row, _)| *row).collect::<Vec<_>>(), lines);
    assert_eq!(common::cell(sheet, 12, 2).1, "a) \"Best practice\" guide");
    assert_eq!(common::cell(sheet, 15, 0).1, "\"Best practice\" guide");
    assert_eq!(common::cell(sheet, 16, 2).1, "\"open quote");
    assert_eq!(common::cell(sheet, 18, 3).1, "B");
    assert_eq!(codes(&file), [(Warning, "quote-open"), (Warning, "rows-ragged")]);
    assert!(sheet.notes[1].what.contains("rows 18"), "{}", sheet.notes[1].what);
}

#[test]
fn limits_refuse_by_name() {
    let text = b"a,b\n1,2\n3,4\n";
    for (limits, name) in [
        (Limits { file_bytes: 5, ..Limits::default() }, "`file_mib` of 0.00000"),
        (Limits { cells: 5, ..Limits::default() }, "`million_cells` of 0.000005"),
        (Limits { inflated_bytes: 3, ..Limits::default() }, "`inflated_mib` of 0.00000"),
        (Limits { memory_bytes: 100, ..Limits::default() }, "`reader_mib` of 0"),
    ] {
        let file = read_within("a.csv", text, &limits);
        // A file over the limit of size is not read, not even for its hash.
        let hashed = if limits.file_bytes == 5 { 0 } else { 64 };
        assert!(file.refused && file.sheets.is_empty() && file.sha256.len() == hashed, "{name}");
        assert!(file.notes[0].what.contains(name), "{}", file.notes[0].what);
    }
}

#[test]
fn wide_rows_are_clamped_and_said() {
    let file = read_bytes("a.csv", format!("a{}z\n", ",".repeat(20_000)).as_bytes());
    assert_eq!(codes(&file), [(Warning, "cell-outside")]);
}

/// No quadratic behaviour where every cell opens a quote.
#[test]
fn many_stray_quotes_take_linear_time() {
    let mut text = String::new();
    for i in 0..60_000 {
        writeln!(text, "{i},\"x,\"\"y,z\"\"\"\"").unwrap();
    }
    assert_eq!(read_bytes("a.csv", text.as_bytes()).sheets[0].rows(), 60_000);
}

proptest! {
    #[test]
    fn cells_come_back(cells in proptest::collection::vec(proptest::collection::vec("[a-z0-9 ,;\"'\té]{0,8}", 4), 2..20)) {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(["first", "second", "third", "fourth"]).unwrap();
        writer.write_record(["1", "2", "3", "4"]).unwrap();
        for row in &cells {
            writer.write_record(row).unwrap();
        }
        let file = read_bytes("a.csv", &[b"sep=,\n".to_vec(), writer.into_inner().unwrap()].concat());
        let sheet = &file.sheets[0];
        for (row, i) in cells.iter().zip(3..) {
            for (text, j) in row.iter().zip(0..) {
                prop_assert_eq!(common::cell(sheet, i, j).1, text.trim());
            }
        }
    }
}

#[test]
fn a_cell_that_no_person_wrote_is_cut_and_told() {
    let long = "é".repeat(3 << 19);
    let file = read_bytes("a.csv", format!("a,b\n1,{long}\n2,x\n").as_bytes());
    let sheet = &file.sheets[0];
    let found: Vec<_> = sheet.notes.iter().map(|note| (note.code, note.row, note.place())).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1), ("cell-cut", 2));
    assert_eq!((sheet.text(1, 1).len(), sheet.text(2, 1)), (1 << 20, "x"));
}
