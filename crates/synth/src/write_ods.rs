//! Writes sheets as an OpenDocument spreadsheet: the smallest package that readers take,
//! with fixed times so that the bytes are the same each time.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::sheet::{Cell, Sheet, serial};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Writes the document.
pub fn write(sheets: &[Sheet], path: &Path) -> io::Result<()> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let stored = options.compression_method(CompressionMethod::Stored);
    let packed = options.compression_method(CompressionMethod::Deflated);
    for (name, text, options) in [
        ("mimetype", MIME.to_owned(), stored),
        ("META-INF/manifest.xml", manifest(), packed),
        ("content.xml", content(sheets), packed),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish()?.flush()
}

fn manifest() -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    )
}

fn content(sheets: &[Sheet]) -> String {
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.2"><office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet>"#,
    );
    for sheet in sheets {
        let _ = write!(xml, r#"<table:table table:name="{}">"#, escape(&sheet.name));
        let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0).max(1) as u16;
        for column in 0..width {
            let hidden = if sheet.hidden_columns.contains(&column) { COLLAPSED } else { "" };
            let _ = write!(xml, "<table:table-column{hidden}/>");
        }
        for (i, row) in sheet.rows.iter().enumerate() {
            let i = i as u32;
            let hidden = if sheet.hidden_rows.contains(&i) { COLLAPSED } else { "" };
            let _ = write!(xml, "<table:table-row{hidden}>");
            let filled = row.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
            for (j, cell) in row[..filled].iter().enumerate() {
                let merged = |(_, _, column): &&(u32, u32, u16)| usize::from(*column) == j;
                let area =
                    sheet.merged.iter().filter(merged).find(|(first, last, _)| (*first..=*last).contains(&i));
                push_cell(&mut xml, cell, area.map(|(first, last, _)| (*first == i, last - first + 1)));
            }
            if filled == 0 {
                xml += "<table:table-cell/>";
            }
            xml += "</table:table-row>";
        }
        xml += "</table:table>";
    }
    xml + "</office:spreadsheet></office:body></office:document-content>"
}

const COLLAPSED: &str = r#" table:visibility="collapse""#;

/// `area`: whether the cell is the first of a merged area, and how many rows that has.
fn push_cell(xml: &mut String, cell: &Cell, area: Option<(bool, u32)>) {
    let (element, span) = match area {
        Some((true, rows)) => {
            let span = format!(r#" table:number-columns-spanned="1" table:number-rows-spanned="{rows}""#);
            ("table:table-cell", span)
        }
        Some((false, _)) => ("table:covered-table-cell", String::new()),
        None => ("table:table-cell", String::new()),
    };
    let shown = cell.shown();
    let value = match cell {
        Cell::Empty => String::new(),
        Cell::Text(_) => r#" office:value-type="string""#.to_owned(),
        Cell::Number(number) => format!(r#" office:value-type="float" office:value="{number}""#),
        Cell::Serial(day) => format!(r#" office:value-type="float" office:value="{}""#, serial(*day, false)),
        Cell::Date(day) => {
            format!(r#" table:style-name="date" office:value-type="date" office:date-value="{day}""#)
        }
    };
    let _ = write!(xml, "<{element}{span}{value}>");
    if *cell != Cell::Empty {
        for line in shown.split('\n') {
            let _ = write!(xml, "<text:p>{}</text:p>", escape(line));
        }
    }
    let _ = write!(xml, "</{element}>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
