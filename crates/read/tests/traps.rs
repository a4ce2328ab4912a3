//! What a person sees in a workbook, in each of the formats: `scripts/traps` makes one workbook of all of
//! it in ods, xlsx, xlsb and both generations of xls.

mod common;

use collate_model::{Area, CellKind, Rgb};
use common::{cell, codes, read_bytes};

/// The workbook in a format; an xlsm is an xlsx whose list of parts says that there are macros.
fn workbook(name: &str) -> Vec<u8> {
    let path = |name: &str| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    if name != "traps.xlsm" {
        return std::fs::read(path(name)).unwrap();
    }
    let file = std::fs::File::open(path("traps.xlsx")).unwrap();
    let mut package = zip::ZipArchive::new(file).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let mut content = Vec::new();
        std::io::copy(&mut part, &mut content).unwrap();
        parts.push((part.name().unwrap().into_owned(), content));
    }
    parts.push(("xl/vbaProject.bin".to_owned(), b"macros, which nobody runs".to_vec()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (&**name, &**part)).collect();
    common::package(&parts)
}

const FORMATS: [(&str, &str); 6] = [
    ("traps.xlsx", "xlsx"),
    ("traps.xlsm", "xlsm"),
    ("traps.xlsb", "xlsb"),
    ("traps.xls", "xls"),
    ("traps-95.xls", "xls"),
    ("traps.ods", "ods"),
];

#[test]
fn cells_read_alike_in_every_format() {
    for (name, format) in FORMATS {
        let file = read_bytes(name, &workbook(name));
        assert_eq!((&*file.format, file.refused), (format, false), "{name}: {:?}", file.notes);
        let names: Vec<_> = file.sheets.iter().map(|sheet| (&*sheet.name, sheet.hidden)).collect();
        assert_eq!(names, [("Live", false), ("Old", true)], "{name}");
        for (row, col, kind, text) in [
            (1, 0, CellKind::Text, "Section 20 cases as at 31/05/2021"),
            (3, 0, CellKind::Number, "1001"),
            (3, 1, CellKind::Date, "2021-05-03"),
            (3, 2, CellKind::Empty, ""),
            // A time of day, a share shown in per cent, a formula with the value it had last.
            (3, 3, CellKind::Text, "10:30"),
            (3, 4, CellKind::Text, "25%"),
            (3, 5, CellKind::Text, "seen by nobody"),
            (3, 6, CellKind::Number, "1002"),
            // Struck through, hidden, filtered away: read all the same.
            (4, 1, CellKind::Text, "closed"),
            (5, 1, CellKind::Text, "hidden"),
            (6, 1, CellKind::Error, "#N/A"),
            (6, 4, CellKind::Error, "#DIV/0!"),
            (6, 6, CellKind::Bool, "true"),
            (7, 1, CellKind::Text, "filtered"),
            (8, 1, CellKind::Text, "first line\nsecond line"),
            (9, 0, CellKind::Empty, ""),
            (9, 1, CellKind::Text, "Zoë €5"),
        ] {
            assert_eq!(cell(&file.sheets[0], row, col), (kind, text), "{name}: row {row}, column {col}");
        }
        assert_eq!(codes(&file), [], "{name}: {:?}", file.notes);
    }
}

#[test]
fn looks_are_seen_in_every_format() {
    for (name, _) in FORMATS {
        let file = read_bytes(name, &workbook(name));
        let (sheet, marks) = (&file.sheets[0], &file.sheets[0].marks);
        let (red, amber, own) = (Rgb([255, 0, 0]), Rgb([255, 192, 0]), Rgb([0x12, 0x34, 0x56]));
        assert_eq!(marks.fills, [(3, 2, red), (4, 2, red), (5, 2, amber), (6, 2, own)], "{name}");
        assert_eq!(marks.struck, [(4, 0), (4, 1), (4, 2)], "{name}");
        assert_eq!((&marks.hidden_rows[..], &marks.hidden_cols[..]), (&[(5, 5), (7, 7)][..], &[(5, 5)][..]));
        assert_eq!(marks.comments, [(8, 1, "KM:\nchased twice — Zoë".to_owned())], "{name}");
        // Excel 95 knows no merged cells.
        let merged =
            [Area { top: 1, left: 0, bottom: 1, right: 3 }, Area { top: 8, left: 0, bottom: 9, right: 0 }];
        let merged = if name == "traps-95.xls" { &[][..] } else { &merged };
        assert_eq!(sheet.merges, merged, "{name}");
    }
}
