//! Word documents: their tables, and the lines of text between them, as one sheet.
//!
//! A plan or log in Word is cut into tables by headings and page breaks, so the document is read from
//! top to bottom as a person does: each row of a table is a row, and so is each paragraph outside
//! tables that says anything. ECMA-376 part 1, 17.4 (tables) and 17.3 (paragraphs) is what it follows;
//! 17.4.17 and 17.4.84 are cells that span columns and rows.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use collate_model::{Area, CellKind, Marks};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Limits;
use crate::limits::Refusal;
use crate::looks::{attribute, hex, notes_of, related};
use crate::package::Package;
use crate::parse::{Parsed, unreadable};
use crate::sink::{MAX_COLS, SheetSink};
use crate::utf8::Utf8;

pub(crate) fn read(bytes: &[u8], file: &str, limits: &Limits, parsed: &mut Parsed) -> Result<(), Refusal> {
    let damaged = || Refusal::damaged("the part of the Word document that holds its text can't be read");
    let mut package = Package::open(bytes).ok_or_else(damaged)?;
    // Some writers number it: `word/document2.xml`.
    let named = |name: &&str| name.starts_with("word/document") && name.ends_with(".xml");
    let part = package.names().find(named).ok_or_else(damaged)?.to_owned();
    let comments = comments(&mut package, &part);
    let content = package.part(&part).ok_or_else(damaged)?;
    let mut xml = Reader::from_reader(BufReader::new(Utf8::new(content)));
    xml.config_mut().expand_empty_elements = true;
    xml.config_mut().check_end_names = false;
    let mut sink = SheetSink::new(file, "", limits);
    let mut document = Document { comments, ..Document::default() };
    if document.read(&mut xml, &mut sink).is_err() {
        let what = format!("the document breaks off after line {}; what follows is lost", document.line);
        sink.notes.push(unreadable(file, "", &what));
    }
    document.marks.fills.sort_unstable();
    document.marks.struck.sort_unstable();
    sink.finish(false, document.merges, document.marks, parsed);
    Ok(())
}

/// The comments by their numbers.
fn comments(package: &mut Package<'_>, part: &str) -> BTreeMap<String, String> {
    let parts = related(package, part).into_iter().filter(|relation| relation.kind == "comments");
    let parts: Vec<String> = parts.map(|relation| relation.part).collect();
    parts.iter().flat_map(|part| notes_of(package, part, "comment", "id")).collect()
}

/// The XML ends too early or is no XML.
struct Broken;

/// One cell while it is read; or one paragraph outside tables.
#[derive(Default)]
struct Cell {
    text: String,
    /// Paragraphs that are over.
    paragraphs: usize,
    /// Characters that are struck through.
    struck: usize,
    span: u32,
    /// It goes on with the one above.
    continued: bool,
    fill: Option<collate_model::Rgb>,
    comments: Vec<String>,
}

#[derive(Default)]
struct Document {
    comments: BTreeMap<String, String>,
    marks: Marks,
    merges: Vec<Area>,
    line: u32,
    /// How many tables the reader is inside of.
    tables: usize,
    col: u32,
    cell: Cell,
    /// Where cells that may be continued begin: column → (row, its last row, columns).
    open: BTreeMap<u32, (u32, u32, u32)>,
    /// How many elements the reader is inside of whose text does not count.
    silent: usize,
    in_text: bool,
    struck: bool,
    full: bool,
}

/// Elements whose text is not the document's: what was deleted, stand-ins for old programs, codes of fields.
fn is_silent(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "Fallback" | "instrText" | "delText")
}

impl Document {
    fn read<R: BufRead>(&mut self, xml: &mut Reader<R>, sink: &mut SheetSink) -> Result<(), Broken> {
        let (mut buffer, mut whole) = (Vec::new(), false);
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|_| Broken)? {
                Event::Eof if whole => return Ok(()),
                Event::Eof => return Err(Broken),
                Event::Start(tag) => {
                    let word = |name: &str| attribute(&tag, name);
                    let off = || word("val").is_some_and(|v| matches!(v.as_str(), "0" | "false" | "none"));
                    match tag.local_name().as_ref() {
                        name if is_silent(name) => self.silent += 1,
                        "tbl" => {
                            self.tables += 1;
                            if self.tables == 1 {
                                self.paragraph_ends(sink);
                                self.open.clear();
                            }
                        }
                        "tr" if self.tables == 1 => {
                            self.line += 1;
                            self.col = 0;
                        }
                        "gridBefore" if self.tables == 1 => self.col += count(word("val")),
                        "tc" if self.tables == 1 => self.cell = Cell { span: 1, ..Cell::default() },
                        "gridSpan" if self.tables == 1 => self.cell.span = count(word("val")),
                        "vMerge" if self.tables == 1 => {
                            self.cell.continued = word("val").is_none_or(|v| v == "continue");
                        }
                        "shd" if self.tables == 1 && self.cell.text.is_empty() => {
                            self.cell.fill = word("fill").and_then(|fill| hex(&fill)).or(self.cell.fill);
                        }
                        "r" => self.struck = false,
                        "strike" | "dstrike" => self.struck = !off(),
                        "t" => self.in_text = true,
                        "tab" | "ptab" if self.silent == 0 => self.cell.text.push(' '),
                        "br" if word("type").is_none_or(|v| v == "textWrapping") => self.say("\n"),
                        "cr" => self.say("\n"),
                        "noBreakHyphen" => self.say("-"),
                        "commentReference" => self.cell.comments.extend(word("id")),
                        _ => {}
                    }
                }
                Event::Text(part) if self.in_text => self.say(&part.xml10_content()),
                Event::CData(part) if self.in_text => self.say(&part.xml10_content()),
                Event::GeneralRef(entity) if self.in_text => {
                    if let Ok(Some(c)) = entity.resolve_char_ref() {
                        self.say(c.encode_utf8(&mut [0; 4]));
                    } else if let Some(plain) = quick_xml::escape::resolve_xml_entity(&entity) {
                        self.say(plain);
                    } else {
                        // An abbreviation that the file defines for itself is left as it is written.
                        self.say(&format!("&{};", &*entity));
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    name if is_silent(name) => self.silent = self.silent.saturating_sub(1),
                    "t" => self.in_text = false,
                    "p" if self.tables == 0 => self.paragraph_ends(sink),
                    "p" => self.cell.paragraphs += 1,
                    "tc" if self.tables == 1 => self.cell_ends(sink),
                    "tr" if self.tables == 1 => self.row_ends(),
                    "tbl" => {
                        self.tables = self.tables.saturating_sub(1);
                        if self.tables == 0 {
                            self.line_of_areas_ends(u32::MAX);
                        }
                    }
                    "body" | "document" => whole = true,
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn say(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        let cell = &mut self.cell;
        if cell.paragraphs > 0 && !cell.text.is_empty() && !text.trim().is_empty() {
            cell.text.push('\n');
        }
        if !text.trim().is_empty() {
            cell.paragraphs = 0;
        }
        cell.text.push_str(text);
        if self.struck {
            cell.struck += text.len();
        }
    }

    fn paragraph_ends(&mut self, sink: &mut SheetSink) {
        let cell = std::mem::take(&mut self.cell);
        if !cell.text.trim().is_empty() {
            self.line += 1;
            self.put(0, &cell, sink);
        }
    }

    fn cell_ends(&mut self, sink: &mut SheetSink) {
        let cell = std::mem::take(&mut self.cell);
        let col = self.col;
        self.col = self.col.saturating_add(cell.span).min(MAX_COLS);
        match self.open.get_mut(&col) {
            Some((_, last, _)) if cell.continued && *last + 1 == self.line => *last = self.line,
            _ => {
                if let Some(over) = self.open.insert(col, (self.line, self.line, cell.span)) {
                    self.merge(col, over);
                }
            }
        }
        self.put(col, &cell, sink);
    }

    fn put(&mut self, col: u32, cell: &Cell, sink: &mut SheetSink) {
        if !self.full {
            self.full = !sink.push(self.line, col, CellKind::Text, &cell.text);
        }
        let empty = cell.text.trim().is_empty();
        self.marks.fills.extend(cell.fill.map(|fill| (self.line, col, fill)));
        if !empty && cell.struck * 2 > cell.text.trim().len() {
            self.marks.struck.push((self.line, col));
        }
        for id in &cell.comments {
            let said = self.comments.get(id).map(|text| (self.line, col, text.clone()));
            self.marks.comments.extend(said);
        }
    }

    fn row_ends(&mut self) {
        self.line_of_areas_ends(self.line);
    }

    /// Areas that no cell of this row went on with are over.
    fn line_of_areas_ends(&mut self, line: u32) {
        let over: Vec<u32> =
            self.open.iter().filter(|(_, (_, last, _))| *last < line).map(|(col, _)| *col).collect();
        for col in over {
            if let Some(area) = self.open.remove(&col) {
                self.merge(col, area);
            }
        }
    }

    fn merge(&mut self, left: u32, (top, bottom, span): (u32, u32, u32)) {
        if bottom > top || span > 1 {
            self.merges.push(Area { top, left, bottom, right: left + span - 1 });
        }
    }
}

/// A number of columns; 1 where it is missing or no number.
fn count(value: Option<String>) -> u32 {
    value.and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, MAX_COLS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::tests::package;

    const DOCUMENT: &str = "word/document2.xml";

    fn parsed(body: &str) -> Parsed {
        let text = format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
        let comments = r#"<w:comments><w:comment w:id="7"><w:p><w:r><w:t>who </w:t></w:r><w:r><w:t>says?</w:t></w:r></w:p></w:comment></w:comments>"#;
        let rels = r#"<Relationships><Relationship Id="r1" Type="http://x/comments" Target="comments.xml"/></Relationships>"#;
        let bytes = package(&[
            (DOCUMENT, text.as_bytes()),
            ("word/comments.xml", comments.as_bytes()),
            ("word/_rels/document2.xml.rels", rels.as_bytes()),
        ]);
        let mut parsed = Parsed::default();
        read(&bytes, "f.docx", &Limits::default(), &mut parsed).unwrap();
        parsed
    }

    fn cells(parsed: &Parsed) -> Vec<(u32, u32, &str)> {
        let sheet = &parsed.sheets[0];
        let at = (0..sheet.rows()).flat_map(|i| (0..sheet.cols()).map(move |j| (i, j)));
        at.map(|(i, j)| (sheet.row_number(i), sheet.col_number(j), sheet.text(i, j)))
            .filter(|(.., text)| !text.is_empty())
            .collect()
    }

    #[test]
    fn tables_and_the_lines_between_them_are_one_sheet() {
        let parsed = parsed(
            r#"<w:p><w:r><w:t>Plan</w:t></w:r></w:p><w:p/>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ref</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>What</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>L1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t xml:space="preserve">one &amp; </w:t></w:r><w:r><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>three</w:t><w:br/><w:t>four</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:shd w:fill="FF0000"/></w:tcPr><w:p/></w:tc></w:tr>
            <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>gone</w:t></w:r><w:del><w:r><w:delText>not</w:delText></w:r></w:del></w:p></w:tc><w:tc><w:p><w:r><w:t>x</w:t><w:commentReference w:id="7"/></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>Next</w:t></w:r></w:p>
            <w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>
            <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>end</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>end</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"#,
        );
        let expected = [
            (1, 0, "Plan"),
            (2, 0, "Ref"),
            (2, 1, "What"),
            (3, 0, "L1"),
            (3, 1, "one & two\nthree\nfour"),
            (4, 1, "gone"),
            (4, 2, "x"),
            (5, 0, "Next"),
            (6, 1, "b\ninner"),
            (7, 0, "end"),
        ];
        assert_eq!(cells(&parsed), expected);
        let sheet = &parsed.sheets[0];
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        assert_eq!(sheet.merges, [area(2, 1, 2, 2), area(3, 0, 4, 0)]);
        assert_eq!(sheet.marks.fills, [(3, 2, collate_model::Rgb([255, 0, 0]))]);
        assert_eq!(sheet.marks.struck, [(4, 1)]);
        assert_eq!(sheet.marks.comments, [(4, 2, "who says?".to_owned())]);
        assert!(parsed.notes.is_empty() && sheet.notes.is_empty());
    }

    #[test]
    fn a_document_that_breaks_off_keeps_what_came_before() {
        let bytes = package(&[(DOCUMENT, b"<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc>")]);
        let mut parsed = Parsed::default();
        read(&bytes, "f.docx", &Limits::default(), &mut parsed).unwrap();
        assert_eq!(cells(&parsed), [(1, 0, "a")]);
        assert!(parsed.sheets[0].notes[0].what.contains("line 2"), "{:?}", parsed.sheets[0].notes);
    }
}
