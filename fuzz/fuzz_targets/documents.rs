//! Any text as the main part of a Word document and of an OpenDocument spreadsheet, and as a sheet, styles
//! and comments of a workbook: inside a sound package, where the bytes of a file seldom lead.

#![no_main]

use std::io::{Cursor, Write};

use collate_read::{Limits, read_bytes};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const WORKBOOK: &[u8] = br#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const OF_SHEET: &[u8] = br#"<Relationships><Relationship Id="a" Type="x/comments" Target="../comments1.xml"/></Relationships>"#;

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { inflated_bytes: 16 << 20, cells: 1 << 20, ..Limits::default() };
    let packages = [
        package(&[("word/document.xml", bytes), ("word/comments.xml", bytes)]),
        package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", bytes)]),
        package(&[
            ("xl/workbook.xml", WORKBOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/worksheets/_rels/sheet1.xml.rels", OF_SHEET),
            ("xl/worksheets/sheet1.xml", bytes),
            ("xl/styles.xml", bytes),
            ("xl/theme/theme1.xml", bytes),
            ("xl/comments1.xml", bytes),
        ]),
    ];
    for package in packages {
        read_bytes(package, "a", &limits);
    }
});
