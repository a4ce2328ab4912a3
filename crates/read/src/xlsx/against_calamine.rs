//! Our reader beside calamine's: every cell that it reads, ours reads as the same. What ours reads
//! beyond that (cells that calamine gives up) is allowed, and tested where it is written.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx};
use collate_model::CellKind;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::Limits;
use crate::cell_text::write_cell;
use crate::container::tests::package;
use crate::sink::{MAX_COLS, MAX_ROWS};

type Cells = BTreeMap<(u32, u32), (CellKind, String)>;

/// The cells of each sheet as calamine gives them, up to the first that it can't read.
fn by_calamine(bytes: &[u8]) -> Option<BTreeMap<String, Cells>> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).ok()?;
    let date_1904 = workbook.has_1904_epoch();
    let mut sheets = BTreeMap::new();
    for name in workbook.sheet_names() {
        let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
        let (mut cells, mut text) = (Cells::new(), String::new());
        while let Ok(Some(cell)) = reader.next_cell() {
            let kind = write_cell(cell.get_value(), date_1904, &mut text);
            let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
            let (row, col) = cell.get_position();
            let inside = row < MAX_ROWS && col < MAX_COLS;
            if inside && kind != CellKind::Empty && !text.is_empty() {
                cells.insert((row + 1, col), (kind, text.to_owned()));
            }
        }
        sheets.entry(name).or_insert(cells);
    }
    Some(sheets)
}

fn by_us(bytes: &[u8]) -> BTreeMap<String, Cells> {
    let file = crate::read_bytes(bytes.to_vec(), "a.xlsx", &Limits::default());
    let cells = |sheet: &collate_model::Sheet| {
        let places = (0..sheet.rows()).flat_map(|i| (0..sheet.cols()).map(move |j| (i, j)));
        let filled = places.filter(|(i, j)| sheet.kind(*i, *j) != CellKind::Empty);
        let shown = |(i, j)| {
            let place = (sheet.row_number(i), sheet.col_number(j));
            (place, (sheet.kind(i, j), sheet.text(i, j).to_owned()))
        };
        filled.map(shown).collect()
    };
    file.sheets.iter().map(|sheet| (sheet.name.clone(), cells(sheet))).collect()
}

/// Number of cells that both read; panics where they differ.
fn compare(name: &str, bytes: &[u8]) -> usize {
    let Some(theirs) = by_calamine(bytes) else { return 0 };
    let ours = by_us(bytes);
    let mut count = 0;
    for (sheet, cells) in theirs {
        let Some(found) = ours.get(&sheet) else {
            assert!(cells.is_empty(), "{name}: sheet {sheet} is missing");
            continue;
        };
        for (place, cell) in &cells {
            let ours = found.get(place);
            // What is shown as a percentage is read as one; theirs is the share.
            if let Some((CellKind::Text, text)) = ours
                && let (Some(percent), Ok(share)) = (text.strip_suffix('%'), cell.1.parse::<f64>())
            {
                let percent: f64 = percent.parse().unwrap();
                assert!((percent / 100.0 - share).abs() <= 1e-9 * share.abs().max(1.0), "{name}, {place:?}");
                continue;
            }
            assert_eq!(ours, Some(cell), "{name}, sheet {sheet}, {place:?}");
        }
        count += cells.len();
    }
    count
}

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|end| end == "xlsx" || end == "xlsm") {
            found.push(path);
        }
    }
}

/// The fixtures, and what lies in the folder that `COLLATE_WORKBOOKS` names, if anything does.
#[test]
fn workbooks_are_read_alike() {
    let mut paths = Vec::new();
    workbooks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures"), &mut paths);
    if let Some(folder) = std::env::var_os("COLLATE_WORKBOOKS") {
        workbooks(Path::new(&folder), &mut paths);
    }
    let count: usize =
        paths.iter().map(|path| compare(&path.to_string_lossy(), &std::fs::read(path).unwrap())).sum();
    assert!(count > 500, "{count} cells of {} workbooks", paths.len());
}

#[test]
fn what_a_writer_writes_is_read_alike() {
    let mut book = Workbook::new();
    let formats = ["dd/mm/yyyy", "hh:mm", "[h]:mm:ss", "0.00", "#,##0 \"days\"", "d mmm yy hh:mm", "@", "0%"];
    let sheet = book.add_worksheet();
    for (row, code) in (0..).zip(formats) {
        let format = Format::new().set_num_format(code);
        for (col, number) in
            (0..).zip([0.0, 0.1, 0.5, 1.0, 59.5, 60.0, 61.0, 44_432.437_5, -3.0, 1e15, 1e-9, 3e6])
        {
            sheet.write_with_format(row, col, number, &format).unwrap();
        }
        sheet.write_with_format(row, 12, ExcelDateTime::from_ymd(2021, 8, 24).unwrap(), &format).unwrap();
    }
    for (row, text) in
        (10..).zip(["a & b < c", " spaces ", "two\nlines", "a_x0041_b", "\u{1F600} Zoë", "'", "01"])
    {
        sheet.write(row, 0, text).unwrap();
        sheet.write(row, 1, Formula::new("=A1").set_result(text)).unwrap();
    }
    for (row, result) in (20..).zip(["#DIV/0!", "#N/A", "TRUE", "12.50", ""]) {
        sheet.write(row, 0, Formula::new("=A1").set_result(result)).unwrap();
    }
    sheet.write(30, 0, true).unwrap();
    assert!(compare("written", &book.save_to_buffer().unwrap()) > 100);
}

#[test]
fn what_other_programs_write_is_read_alike() {
    let relations = r#"<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let styles = r#"<x:styleSheet><x:numFmts><x:numFmt numFmtId="164" formatCode="dd\-mm"/></x:numFmts><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="164"/><x:xf numFmtId="46"/></x:cellXfs></x:styleSheet>"#;
    let strings = r#"<x:sst><x:si><x:t>one</x:t></x:si><x:si><x:r><x:t>t</x:t></x:r><x:r><x:t>wo</x:t></x:r></x:si></x:sst>"#;
    for (name, rows) in [
        (
            "prefixes",
            r#"<x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="B1" s="1"><x:v>44432</x:v></x:c></x:row>"#,
        ),
        (
            "no places",
            r#"<row><c><v>1</v></c><c t="s"><v>0</v></c><c/><c t="b"><v>1</v></c></row><row/><row><c><v>3</v></c></row>"#,
        ),
        (
            "some places",
            r#"<row r="5"><c r="C5"><v>1</v></c><c><v>2</v></c><c r="A5"><v>3</v></c></row><row><c><v>4</v></c></row>"#,
        ),
        (
            "any order",
            r#"<row r="9"><c r="B9"><v>1</v></c><c r="A9"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>"#,
        ),
        ("lower case", r#"<row r="1"><c r="aa1"><v>1</v></c></row>"#),
        (
            "texts in cells",
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t> a </t></is></c><c r="B1" t="inlineStr"><is><r><t xml:space="preserve">b </t></r><r><t>c</t></r><rPh><t>no</t></rPh></is></c><c r="C1"><is><t>d</t></is></c></row>"#,
        ),
        (
            "formulas",
            r#"<row r="1"><c r="A1"><f>1&lt;2</f><v>7</v></c><c r="B1" t="str"><f t="shared" si="0"/><v>x &amp; y</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f>A1</f></c></row>"#,
        ),
        (
            "types",
            r#"<row r="1"><c r="A1" t="n"><v>1.50</v></c><c r="B1" t="d"><v>2021-08-24T00:00:00</v></c><c r="C1" t="b"><v>false</v></c><c r="D1"><v>text</v></c><c r="E1" t="str"><v>_x0041_</v></c><c r="F1" s="2"><v>1.25</v></c><c r="G1"><v>007</v></c><c r="H1"><v>1E3</v></c></row>"#,
        ),
        ("white space", "<row r=\"1\">\n  <c r=\"A1\" t=\"s\">\n    <v>0</v>\n  </c>\n</row>"),
        (
            "alternatives",
            r#"<row r="1"><mc:AlternateContent><mc:Choice Requires="z"><c r="A1"><v>1</v></c></mc:Choice><mc:Fallback><c r="A1"><v>2</v></c></mc:Fallback></mc:AlternateContent></row>"#,
        ),
        (
            "quotes",
            "<row r='1' spans='1:2' ht='15.75' customHeight='1'><c r='A1' s='1' t='s'><v>1</v></c></row>",
        ),
        ("comments", "<!-- <row> --><row r=\"1\"><c r=\"A1\"><!-- x --><v>5</v></c></row>"),
        (
            "far out",
            r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row><row r="1"><c r="XFD1"><v>2</v></c></row>"#,
        ),
    ] {
        let sheet = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><dimension ref="A1"/><cols><col min="1" max="1" hidden="1"/></cols><sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#
        );
        let bytes = package(&[
            ("_rels/.rels", br#"<Relationships><Relationship Id="r" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
            ("xl/workbook.xml", br#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
            ("xl/sharedStrings.xml", strings.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ]);
        assert!(compare(name, &bytes) > 0, "{name}");
    }
}
