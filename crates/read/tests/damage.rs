//! No bytes whatever make reading panic, hang or end without either sheets or an error note.

mod common;

use collate_model::Severity;
use collate_read::FileRead;
use common::{package, read_bytes};
use proptest::prelude::*;

/// Something was read, or a note says why not.
fn sound(file: &FileRead) -> bool {
    let mut notes = file.notes.iter().chain(file.sheets.iter().flat_map(|sheet| &sheet.notes));
    let error = notes.any(|note| note.severity == Severity::Error);
    let skipped = file.notes.iter().any(|note| note.code == "sheet-skipped");
    error == file.refused && (error || skipped || !file.sheets.is_empty())
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

#[test]
fn a_cut_xls_says_so_unless_nothing_is_lost() {
    let whole = fixture("types.xls");
    let cells = |file: &FileRead| file.sheets.iter().map(|sheet| sheet.filled()).sum::<usize>();
    let all = cells(&read_bytes("a.xls", &whole));
    let mut said = 0;
    for cut in (0..whole.len()).step_by(97) {
        let file = read_bytes("a.xls", &whole[..cut]);
        assert!(sound(&file) && (file.refused || cells(&file) == all), "{cut}");
        said += usize::from(file.refused);
    }
    assert!(said > 50, "{said}");
}

#[test]
fn names_never_reach_a_note() {
    let bytes = package(&[("xl/workbook.xml", b"<workbook><sheets><sheet name=\"x\" r:id=\"Zebedee\"/>")]);
    let cut = b"id,name\n1,\"Zebedee\n2,Zebedee\n3,Zebedee\n".to_vec();
    for (name, bytes) in [("a.xlsx", bytes), ("a.csv", cut)] {
        let file = read_bytes(name, &bytes);
        let notes = format!(
            "{:?} {:?}",
            file.notes,
            file.sheets.iter().map(|sheet| &sheet.notes).collect::<Vec<_>>()
        );
        assert!(notes.contains("code") && !notes.contains("Zebedee"), "{notes}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), extension in "(csv|xlsx|xls|ods|tsv)") {
        let name = format!("a.{extension}");
        prop_assert!(sound(&read_bytes(&name, &bytes)));
    }

    #[test]
    fn any_text(text in "[a-z0-9<>\",;|\t\r\né=]{0,200}") {
        prop_assert!(sound(&read_bytes("a.csv", text.as_bytes())));
    }

    #[test]
    fn damaged_workbooks(name in "types\\.(xls|ods)", at in 0usize..12_000, junk in proptest::collection::vec(any::<u8>(), 1..40)) {
        let mut bytes = fixture(&name);
        let at = at % bytes.len();
        let end = (at + junk.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&junk[..end - at]);
        prop_assert!(sound(&read_bytes(&name, &bytes)));
    }

    #[test]
    fn any_xml_in_a_package(sheet in "(<(/?)(row|c|v|f|t|sheetData|worksheet|table:table|table:table-row|table:table-cell|text:p)( r=\"[A-Z]{1,4}[0-9]{1,8}\")?( t=\"[a-z]{1,2}\")?/?>|[0-9a-z&;]{0,5}){0,30}") {
        let book = br#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
        let relations = br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
        let xlsx = package(&[
            ("_rels/.rels", br#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{sheet}").as_bytes()),
        ]);
        prop_assert!(sound(&read_bytes("a.xlsx", &xlsx)));
        let ods = package(&[("content.xml", format!("<office:spreadsheet><table:table table:name=\"S\">{sheet}").as_bytes())]);
        prop_assert!(sound(&read_bytes("a.ods", &ods)));
    }
}
