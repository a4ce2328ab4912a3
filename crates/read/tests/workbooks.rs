//! Workbooks: xlsx written by a writer, xlsx, xlsb and ods written by hand where the writer is
//! too good, xls and ods from `tests/data`.

mod common;

use collate_model::CellKind::{Bool, Date, Error as Bad, Number, Text};
use collate_model::Severity::{Error, Info, Warning};
use collate_model::{Area, CellKind, Rgb, Sheet};
use collate_read::{Input, Limits, Passwords, read, read_with};
use common::{cell, codes, package, read_bytes, read_within};
use rust_xlsxwriter::{Chart, ChartType, ExcelDateTime, Format, Formula, Workbook};

fn types() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let clock = Format::new().set_num_format("hh:mm");
    let centre = Format::new();
    let sheet = book.add_worksheet().set_name("Tracker").unwrap();
    sheet.merge_range(0, 0, 0, 2, "Section 20 tracker", &centre).unwrap();
    sheet.write(2, 0, 1_234_567_890_123_456.0).unwrap();
    sheet.write(2, 1, 0.5).unwrap();
    sheet.write(2, 2, "two\nlines").unwrap();
    sheet.write(2, 3, true).unwrap();
    sheet.write_with_format(3, 0, ExcelDateTime::from_ymd(2021, 8, 24).unwrap(), &day).unwrap();
    let noon = ExcelDateTime::from_ymd(2021, 8, 24).unwrap().and_hms(10, 30, 0).unwrap();
    sheet.write_with_format(3, 1, noon, &day).unwrap();
    sheet.write_with_format(3, 2, ExcelDateTime::from_hms(10, 30, 0).unwrap(), &clock).unwrap();
    sheet.write_with_format(3, 3, 9_999_999.0, &day).unwrap();
    sheet.write(4, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(4, 1, Formula::new("=1+1").set_result("2")).unwrap();
    let hidden = book.add_worksheet().set_name("Old").unwrap();
    hidden.set_hidden(true).write(9, 9, "kept").unwrap();
    let blank = book.add_worksheet().set_name("Blank").unwrap();
    for row in 0..10_000 {
        blank.write_blank(row, 0, &day).unwrap();
    }
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("Tracker!$A$3:$A$5");
    book.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    book.save_to_buffer().unwrap()
}

fn names(sheets: &[Sheet]) -> Vec<(&str, bool)> {
    sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect()
}

#[test]
fn xlsx_cells_keep_their_types_and_places() {
    let file = read_bytes("a.xlsx", &types());
    assert_eq!((&*file.format, file.refused), ("xlsx", false));
    assert_eq!(names(&file.sheets), [("Tracker", false), ("Old", true), ("Blank", false)]);
    let sheet = &file.sheets[0];
    for (row, col, kind, text) in [
        (1, 0, Text, "Section 20 tracker"),
        (3, 0, Number, "1234567890123456"),
        (3, 1, Number, "0.5"),
        (3, 2, Text, "two\nlines"),
        (3, 3, Bool, "true"),
        (4, 0, Date, "2021-08-24"),
        (4, 1, Date, "2021-08-24T10:30:00"),
        (4, 2, Text, "10:30"),
        (4, 3, Number, "9999999"),
        (5, 0, Bad, "#DIV/0!"),
        (5, 1, Number, "2"),
    ] {
        assert_eq!(cell(sheet, row, col), (kind, text), "{row} {col}");
    }
    assert_eq!(sheet.merges, [Area { top: 1, left: 0, bottom: 1, right: 2 }]);
    assert_eq!(cell(&file.sheets[1], 10, 9), (Text, "kept"));
    assert_eq!(codes(&file), [(Info, "sheet-skipped"), (Info, "sheet-empty")]);
}

#[test]
fn a_wrong_extension_is_only_said() {
    let file = read_bytes("a.xls", &types());
    assert_eq!((&*file.format, file.sheets.len(), file.notes[0].code), ("xlsx", 3, "extension"));
    let file = read_bytes("a.xls", b"a,b\n1,2\n");
    assert_eq!((&*file.format, file.sheets.len(), file.notes[0].code), ("csv", 1, "extension"));
}

/// An xlsx with one sheet of this `sheetData`, one date style (1) and one shared text.
fn xlsx(properties: &str, data: &str) -> Vec<u8> {
    let workbook = format!(
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr {properties}/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let relations = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            br#"<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", br#"<sst uniqueCount="1"><si><t>shared</t></si></sst>"#),
        ("xl/worksheets/sheet1.xml", data.as_bytes()),
    ])
}

fn sheet_xml(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn both_epochs_are_resolved() {
    let rows = sheet_xml(
        r#"<row r="1"><c r="A1" s="1"><v>42970</v></c><c r="B1" s="1"><v>42970.4375</v></c></row>"#,
    );
    for (properties, day) in [("", "2017-08-23"), (r#"date1904="1""#, "2021-08-24")] {
        let file = read_bytes("a.xlsx", &xlsx(properties, &rows));
        assert_eq!(cell(&file.sheets[0], 1, 0), (Date, day));
        assert_eq!(cell(&file.sheets[0], 1, 1), (Date, format!("{day}T10:30:00").as_str()));
    }
}

#[test]
fn odd_cells_cost_only_themselves() {
    let rows = sheet_xml(concat!(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#SPILL!</v></c><c r="C1"><v>3</v></c></row>"#,
        r#"<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>77</v></c><c r="C2"><v>2</v></c></row>"#,
        r#"<row r="3"><c r="A3" t="strange"><v>1</v></c><c r="B3"><f>A1+1</f></c><c r="C3" t="str"><f>""</f><v></v></c></row>"#,
        r#"<row r="4"><c r="XFE4"><v>1</v></c><c r="A4"><v>4</v></c></row>"#,
    ));
    let file = read_bytes("a.xlsx", &xlsx("", &rows));
    let sheet = &file.sheets[0];
    for (row, col, expected) in [
        (1, 0, (Text, "shared")),
        (1, 1, (Bad, "#SPILL!")),
        (1, 2, (Number, "3")),
        (2, 1, (CellKind::Empty, "")),
        (2, 2, (Number, "2")),
        (4, 0, (Number, "4")),
    ] {
        assert_eq!(cell(sheet, row, col), expected, "{row} {col}");
    }
    let notes: Vec<_> = sheet.notes.iter().map(|note| (note.code, note.row, note.col)).collect();
    assert!(notes.contains(&("cell-unreadable", 2, Some(1))), "{notes:?}");
    assert!(notes.contains(&("formula-without-value", 3, Some(1))), "{notes:?}");
    assert_eq!(notes.iter().filter(|(code, ..)| *code == "formula-without-value").count(), 1);
    assert!(!file.refused);
}

#[test]
fn a_sheet_that_breaks_off_keeps_what_came_before() {
    let whole =
        sheet_xml(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>"#);
    let file = read_bytes("a.xlsx", &xlsx("", &whole[..whole.len() - 50]));
    assert_eq!(file.sheets[0].rows(), 1);
    assert_eq!(codes(&file), [(Error, "file-damaged")]);
    assert!(file.refused);
}

#[test]
fn opposite_corners_take_no_room_and_limits_are_named() {
    let corners = sheet_xml(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#,
    );
    let bytes = xlsx("", &corners);
    let file = read_bytes("a.xlsx", &bytes);
    assert_eq!((file.sheets[0].rows(), file.sheets[0].cols()), (2, 2));
    for (limits, name) in [
        (Limits { cells: 3, ..Limits::default() }, "`million_cells` of 0.000003"),
        (Limits { entries: 3, ..Limits::default() }, "`parts` of 3"),
        (Limits { inflated_bytes: 100, ..Limits::default() }, "`inflated_mib` of 0.0000"),
    ] {
        let file = read_within("a.xlsx", &bytes, &limits);
        assert!(file.refused && file.notes[0].what.contains(name), "{:?}", file.notes);
    }
}

#[test]
fn damage_is_an_error_note_and_never_silent() {
    let bytes = types();
    for cut in [10, 100, bytes.len() / 2, bytes.len() - 30] {
        let file = read_bytes("a.xlsx", &bytes[..cut]);
        assert!(file.refused, "{cut}");
    }
}

/// A record of an xlsb part: type in one or two bytes, length in one.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes =
        if kind < 0x80 { vec![kind as u8] } else { vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8] };
    bytes.push(data.len() as u8);
    bytes.extend_from_slice(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = (units.len() as u32).to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn xlsb_is_streamed_and_seen() {
    let kind = |n: u16| n & 0x7F | (n >> 8 & 0x7F) << 7;
    let place = |col: u32| [col.to_le_bytes(), [0; 4]].concat();
    let bundle = [vec![0; 4], 1u32.to_le_bytes().to_vec(), wide("r1"), wide("S")].concat();
    let workbook =
        [record(kind(0x019C), &bundle), record(kind(0x0190), &[]), record(kind(0x019D), &[])].concat();
    let sheet = [
        record(kind(0x0194), &[0; 16]),
        record(kind(0x0191), &[]),
        record(60, &[1u32, 2, 0, 0, 1].map(u32::to_le_bytes).concat()),
        record(0, &[2u32.to_le_bytes().to_vec(), vec![0; 7], vec![0x10, 0]].concat()),
        record(6, &[[0u32, 1].map(u32::to_le_bytes).concat(), wide("Zoë")].concat()),
        record(1, &[5u32, 2].map(u32::to_le_bytes).concat()),
        record(5, &[place(2), 7.5f64.to_le_bytes().to_vec()].concat()),
        record(3, &[place(3), vec![0x2A]].concat()),
        record(5, &[[6u32, 3].map(u32::to_le_bytes).concat(), 0.29f64.to_le_bytes().to_vec()].concat()),
        record(5, &[[7u32, 4].map(u32::to_le_bytes).concat(), 0.125f64.to_le_bytes().to_vec()].concat()),
        record(kind(0x0192), &[]),
        record(176, &[4u32, 5, 0, 1].map(u32::to_le_bytes).concat()),
    ]
    .concat();
    let fill =
        |pattern: u32, colour: [u8; 8]| record(45, &[&pattern.to_le_bytes()[..], &colour, &[0; 52]].concat());
    let shown = |format: u16, font: u16, fill: u16| {
        record(47, &[0, format, font, fill, 0, 0, 0, 0].map(u16::to_le_bytes).concat())
    };
    let font = |flags: u16| record(43, &[220, flags].map(u16::to_le_bytes).concat());
    let style = |font: u16, fill: u16| shown(0, font, fill);
    let styles = [
        record(44, &[164u16.to_le_bytes().to_vec(), wide("0.0%")].concat()),
        [font(0), font(8)].concat(),
        [fill(0, [0; 8]), fill(1, [5, 0, 0, 0, 255, 0, 0, 255]), fill(1, [7, 4, 0, 0, 0, 0, 0, 0])].concat(),
        style(1, 1),
        record(617, &3u32.to_le_bytes()),
        [style(0, 0), style(1, 1), style(0, 2), shown(9, 0, 0), shown(164, 0, 0)].concat(),
        record(618, &[]),
        style(1, 1),
    ]
    .concat();
    let comments = [
        record(635, &[&[0u32, 2, 2, 3, 3].map(u32::to_le_bytes).concat()[..], &[0; 16]].concat()),
        record(637, &[vec![0], wide("KM: chased")].concat()),
        record(636, &[]),
    ]
    .concat();
    let theme = br#"<a:clrScheme><a:dk1><a:sysClr lastClr="000000"/></a:dk1><a:lt1><a:sysClr lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="111111"/></a:dk2><a:lt2><a:srgbClr val="222222"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme>"#;
    let beside = br#"<Relationships><Relationship Id="r1" Type="x/comments" Target="../comments1.bin"/></Relationships>"#;
    let relations = br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let bytes = package(&[
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations),
        ("xl/worksheets/sheet1.bin", &sheet),
        ("xl/styles.bin", &styles),
        ("xl/theme/theme1.xml", theme),
        ("xl/worksheets/_rels/sheet1.bin.rels", beside),
        ("xl/comments1.bin", &comments),
    ]);
    let file = read_bytes("a.xlsb", &bytes);
    assert_eq!((&*file.format, codes(&file)), ("xlsb", vec![]));
    for (col, expected) in [
        (0, (Text, "Zoë")),
        (2, (Number, "7.5")),
        (3, (Bad, "#N/A")),
        (6, (Text, "29%")),
        (7, (Text, "12.5%")),
    ] {
        assert_eq!(cell(&file.sheets[0], 3, col), expected);
    }
    let sheet = &file.sheets[0];
    assert_eq!(sheet.merges, [Area { top: 5, left: 0, bottom: 6, right: 1 }]);
    let (red, blue) = (Rgb([255, 0, 0]), Rgb([0x44, 0x72, 0xC4]));
    assert_eq!(sheet.marks.fills, [(3, 0, red), (3, 5, blue)]);
    assert_eq!(sheet.marks.struck, [(3, 0)]);
    assert_eq!((&sheet.marks.hidden_rows[..], &sheet.marks.hidden_cols[..]), (&[(3, 3)][..], &[(1, 2)][..]));
    assert_eq!(sheet.marks.comments, [(3, 3, "KM: chased".to_owned())]);
}

/// Puts other bytes of the same length wherever these stand.
fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

/// The parts of an xlsx with one sheet, and with these in their place or beside them.
fn xlsx_parts<'p>(own: &[(&'p str, &'p [u8])]) -> Vec<u8> {
    let usual: [(&str, &[u8]); 4] = [
        ("_rels/.rels", br#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", br#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#),
    ];
    let kept = usual.into_iter().filter(|(name, _)| own.iter().all(|(other, _)| name != other));
    package(&kept.chain(own.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn xml_is_read_in_its_own_encoding() {
    let sheet =
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Zoë</v></c></row></sheetData></worksheet>"#;
    let wide: Vec<u8> = format!("\u{feff}{sheet}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = format!(r#"<?xml version="1.0" encoding="ISO-8859-1"?>{sheet}"#);
    let latin: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    for (name, bytes) in [("UTF-8", sheet.as_bytes()), ("UTF-16", &wide), ("ISO-8859-1", &latin)] {
        let file = read_bytes("a.xlsx", &xlsx_parts(&[("xl/worksheets/sheet1.xml", bytes)]));
        assert_eq!((cell(&file.sheets[0], 1, 0), file.refused), ((Text, "Zoë"), false), "{name}");
    }
    // All parts of it.
    let wide = |text: &str| -> Vec<u8> {
        let declared = format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}");
        declared.encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let file = read_bytes(
        "a.xlsx",
        &xlsx_parts(&[
            (
                "_rels/.rels",
                &wide(
                    r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
                ),
            ),
            (
                "xl/workbook.xml",
                &wide(r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                &wide(
                    r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
                ),
            ),
            ("xl/worksheets/sheet1.xml", &wide(sheet)),
        ]),
    );
    assert_eq!((cell(&file.sheets[0], 1, 0), file.refused), ((Text, "Zoë"), false));
    let unknown = [&b"<worksheet><sheetData><row><c t=\"str\"><v>Zo\xEB</v></c><c><v>2</v></c></row></sheetData></worksheet>"[..]].concat();
    let file = read_bytes("a.xlsx", &xlsx_parts(&[("xl/worksheets/sheet1.xml", &unknown)]));
    assert_eq!(codes(&file), [(Warning, "cell-unreadable")]);
    assert_eq!(cell(&file.sheets[0], 1, 1), (Number, "2"));
}

#[test]
fn parts_are_found_whatever_leads_to_them() {
    for target in ["../xl/worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "./worksheets\\SHEET1.xml"] {
        let relations = format!(
            r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="{target}"/></Relationships>"#
        );
        let file = read_bytes("a.xlsx", &xlsx_parts(&[("xl/_rels/workbook.xml.rels", relations.as_bytes())]));
        assert_eq!((file.sheets.len(), codes(&file)), (1, vec![]), "{target}");
    }
    let book = br#"<workbook><sheets><sheet name="S" r:id="r1"/><sheet name="Lost" r:id="r2"/><sheet name="Macros" r:id="r3"/></sheets></workbook>"#;
    let relations = br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r3" Type="x/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>"#;
    let file = read_bytes(
        "a.xlsx",
        &xlsx_parts(&[("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relations)]),
    );
    assert_eq!(names(&file.sheets), [("S", false)]);
    assert_eq!(codes(&file), [(Error, "file-damaged"), (Info, "sheet-skipped")]);
}

#[test]
fn what_is_wrong_with_a_package_is_told() {
    let other = br#"<worksheet><sheetData><row r="1"><c r="A1"><v>2</v></c></row></sheetData></worksheet>"#;
    let twice = replaced(xlsx_parts(&[("xl/worksheets/sheet2.xml", other)]), b"sheet2.xml", b"sheet1.xml");
    let file = read_bytes("a.xlsx", &twice);
    assert_eq!((cell(&file.sheets[0], 1, 0), codes(&file)), ((Number, "2"), vec![(Error, "file-damaged")]));
    assert!(file.notes[0].what.contains("same name"), "{}", file.notes[0].what);
    // The flag of a locked entry, in its own header and in the table of contents.
    let locked = replaced(xlsx_parts(&[]), b"PK\x03\x04\x14\0\0", b"PK\x03\x04\x14\0\x01");
    let at = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let mut locked = locked;
    locked[at + 8] |= 1;
    let file = read_bytes("a.xlsx", &locked);
    assert_eq!(codes(&file), [(Error, "file-locked")]);
    assert!(file.notes[0].what.contains("zip program"), "{}", file.notes[0].what);
    // A table of texts that breaks off costs only the cells with later texts.
    let strings = b"<sst><si><t>one</t></si><si><t>two";
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row></sheetData></worksheet>"#;
    let file = read_bytes(
        "a.xlsx",
        &xlsx_parts(&[("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", strings)]),
    );
    assert_eq!(cell(&file.sheets[0], 1, 0), (Text, "one"));
    assert_eq!(codes(&file), [(Error, "file-damaged"), (Warning, "cell-unreadable")]);
    // So does a sheet that ends after its rows.
    let cut = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells>";
    let file = read_bytes("a.xlsx", &xlsx_parts(&[("xl/worksheets/sheet1.xml", cut)]));
    assert_eq!((file.sheets[0].rows(), codes(&file)), (1, vec![(Error, "file-damaged")]));
}

#[test]
fn cells_that_say_odd_things_are_read_as_far_as_they_can() {
    let rows = sheet_xml(concat!(
        r#"<row r="1"><c r="A1" t="inlineStr"><v>only v</v></c><c r="B1" t="inlineStr"><is><t>own</t></is><v>9</v></c><c r="C1"><v>5</v><extLst><ext><v>6</v></ext></extLst></c></row>"#,
        r#"<row r="2"><c r="GVQLCDS1"><v>1</v></c><c r="7"><v>1</v></c><c r="D2" t="e"><v>#GETTING_DATA</v></c></row>"#,
        r#"<row r="3"><c r="A3"><v>1</v><c r="B3"><v>2</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>"#,
    ));
    let file = read_bytes("a.xlsx", &xlsx("", &rows));
    let sheet = &file.sheets[0];
    for (row, col, expected) in [
        (1, 0, (Text, "only v")),
        (1, 1, (Text, "own")),
        (1, 2, (Number, "5")),
        (2, 3, (Bad, "#GETTING_DATA")),
        (3, 0, (Number, "1")),
        (3, 1, (Number, "2")),
        (4, 0, (Number, "4")),
    ] {
        assert_eq!(cell(sheet, row, col), expected, "{row} {col}");
    }
    assert_eq!(codes(&file), [(Warning, "cell-unreadable"), (Warning, "cell-outside")]);
    assert!(sheet.notes[0].what.contains("after cell C1"), "{}", sheet.notes[0].what);
}

/// An ods with this inside `office:spreadsheet`.
fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
    ])
}

/// As a person sees it, and as a text file of the same sheet would have it.
#[test]
fn shares_are_read_as_the_percentages_that_they_are_shown_as() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let values = [
        (0.41, "0%", "41%"),
        (0.29, "0.0%", "29%"),
        (1.5, "0%;[Red]-0%", "150%"),
        (-0.125, "0%", "-12.5%"),
        (0.41, "0.00", "0.41"),
        (0.0, "0%", "0%"),
    ];
    for (row, (value, code, _)) in (0..).zip(values) {
        sheet.write_with_format(row, 0, value, &Format::new().set_num_format(code)).unwrap();
    }
    let file = read_bytes("a.xlsx", &book.save_to_buffer().unwrap());
    for (row, (_, code, expected)) in (1..).zip(values) {
        assert_eq!(cell(&file.sheets[0], row, 0).1, expected, "{code}");
    }
    let table = r#"<table:table table:name="S"><table:table-row><table:table-cell office:value-type="percentage" office:value="0.41"><text:p>41%</text:p></table:table-cell></table:table-row></table:table>"#;
    assert_eq!(cell(&read_bytes("a.ods", &ods(table)).sheets[0], 1, 0), (Text, "41%"));
}

#[test]
fn ods_cells_repeats_and_text() {
    let file = read_bytes(
        "a.ods",
        &ods(concat!(
            r#"<table:table table:name="S" table:style-name="h"><table:table-row table:number-rows-repeated="4"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
            r#"<table:table-row table:number-rows-repeated="2"><table:table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1e15"/>"#,
            "\n  ",
            r#"<table:table-cell office:value-type="string"><office:annotation><text:p>a comment</text:p></office:annotation><text:p>Smith &amp; Jones<text:s text:c="2"/>x</text:p><text:p>second</text:p></table:table-cell>"#,
            r#"<table:table-cell table:formula="of:=A1"/><table:table-cell office:value-type="time" office:time-value="PT10H30M00S"/></table:table-row>"#,
            r#"<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row></table:table>"#,
            r#"<table:table table:name="S"><table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="date" office:date-value="2021-13-45"><text:p>odd</text:p></table:table-cell></table:table-row></table:table>"#,
        )),
    );
    assert_eq!(names(&file.sheets), [("S", true), ("S", false)]);
    let sheet = &file.sheets[0];
    for row in [5, 6] {
        for (col, expected) in [
            (1, (Number, "1000000000000000")),
            (2, (Number, "1000000000000000")),
            (3, (Text, "Smith & Jones  x\nsecond")),
            (5, (Text, "10:30")),
        ] {
            assert_eq!(cell(sheet, row, col), expected);
        }
    }
    assert_eq!(sheet.rows(), 2);
    assert_eq!(codes(&file), [(Warning, "formula-without-value")]);
    assert_eq!(cell(&file.sheets[1], 1, 0), (Text, "2021-13-45"));
    assert_eq!(file.sheets[1].merges, [Area { top: 1, left: 0, bottom: 1, right: 1 }]);
}

#[test]
fn comments_within_comments_cost_no_stack() {
    let nested = format!(
        r#"<table:table table:name="S"><table:table-row><table:table-cell>{}<text:p>said</text:p>{}<text:p>a</text:p></table:table-cell></table:table-row></table:table>"#,
        "<office:annotation>".repeat(100_000),
        "</office:annotation>".repeat(100_000)
    );
    let file = read_bytes("a.ods", &ods(&nested));
    assert_eq!((cell(&file.sheets[0], 1, 0), codes(&file)), ((Text, "a"), vec![]));
}

#[test]
fn ods_that_breaks_off_or_explodes() {
    let whole = r#"<table:table table:name="S"><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"#;
    let content = format!("<office:spreadsheet>{whole}<table:table-row><table:table-cell>");
    let file = read_bytes("a.ods", &package(&[("content.xml", content.as_bytes())]));
    assert!(file.refused);
    assert_eq!(cell(&file.sheets[0], 1, 0), (Text, "a"));
    let bomb = r#"<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell></table:table-row></table:table>"#;
    let file = read_within("a.ods", &ods(bomb), &Limits { cells: 1000, ..Limits::default() });
    assert_eq!(codes(&file), [(Error, "limit")]);
}

#[test]
fn files_of_a_spreadsheet_program() {
    for (name, format) in [("types.xls", "xls"), ("types.ods", "ods")] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
        let file = read_bytes(name, &std::fs::read(path).unwrap());
        assert_eq!((&*file.format, file.refused), (format, false), "{:?}", file.notes);
        assert_eq!(names(&file.sheets), [("Tracker", false), ("Old", true), ("Blank", false)]);
        let sheet = &file.sheets[0];
        for (row, col, kind, text) in [
            (1, 0, Text, "Section 20 tracker"),
            (3, 1, Text, "Start"),
            (4, 0, Number, "1234567890123"),
            (4, 1, Date, "2021-08-24"),
            (4, 2, Date, "2021-08-24T10:30:00"),
            (4, 3, Bool, "true"),
            (4, 4, Bad, "#DIV/0!"),
            (5, 0, Number, "0.5"),
            (5, 1, Text, "first line\nsecond line — Zoë"),
        ] {
            assert_eq!(cell(sheet, row, col), (kind, text), "{name} {row} {col}");
        }
        assert_eq!(sheet.merges, [Area { top: 1, left: 0, bottom: 1, right: 2 }]);
        assert_eq!(codes(&file), [(Info, "sheet-empty")]);
    }
}

#[test]
fn comments_of_old_workbooks_are_read() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/commented.xls");
    let file = read_bytes("a.xls", &std::fs::read(path).unwrap());
    let comments = |sheet: usize| {
        let comments = file.sheets[sheet].marks.comments.iter();
        comments.map(|(row, col, text)| (*row, *col, text.as_str())).collect::<Vec<_>>()
    };
    let long = "long ".repeat(3000);
    let first = [(1, 1, long.trim_end()), (2, 1, "KM:\nchased twice"), (3, 0, "moved to Ž\u{17D}ilina")];
    assert_eq!(comments(0), first);
    assert_eq!(comments(1), [(5, 3, "on an empty cell")]);
    let marks = &file.sheets[0].marks;
    assert!(marks.fill(2, 1).is_some() && marks.is_struck(3, 1));
}

#[test]
fn a_password_opens_what_it_protects() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (sealed, open) in [
        ("sealed.xlsx", "../../fixtures/wyeborough/Section 20 tracker.xlsx"),
        ("sealed-rc4.xls", "tests/data/types.xls"),
        ("sealed-cryptoapi.xls", "tests/data/types.xls"),
        ("sealed-xor.xls", "tests/data/types.xls"),
        ("sealed-xor-95.xls", "tests/data/traps-95.xls"),
        ("sealed.ods", "tests/data/types.ods"),
        ("sealed-package.ods", "tests/data/types.ods"),
    ] {
        let input = |path: &str| Input { path: here.join(path), name: sealed.to_owned() };
        let open = read(&input(open), &Limits::default());
        let input = input(&format!("tests/data/{sealed}"));
        for (passwords, says) in [
            ("", "COLLATE_PASSWORD"),
            ("wye & usk 7", "the one that was given does not open it"),
            ("a\nb", "none of the 2 that were given opens it"),
        ] {
            let file = read_with(&input, &Limits::default(), &Passwords::of_lines(passwords));
            assert_eq!(codes(&file), [(Error, "file-password")], "{sealed}, {passwords:?}: {:?}", file.notes);
            let note = &file.notes[0];
            assert!(note.what.contains(says) || note.todo.contains(says), "{note:?}");
            assert!(!format!("{note:?}").contains("usk"));
        }
        let file = read_with(&input, &Limits::default(), &Passwords::of_lines("wrong\nWye & Usk 7\n"));
        assert_eq!(
            (&file.format, file.refused, codes(&file)),
            (&open.format, false, codes(&open)),
            "{sealed}"
        );
        assert!(!file.sheets.is_empty() && format!("{:?}", file.sheets) == format!("{:?}", open.sheets));
    }
}
