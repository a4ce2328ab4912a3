//! OpenDocument spreadsheets, read from their `content.xml` as a stream. A dense range per
//! sheet, trusted repeat counts and endless reading of a file that is cut off are what this
//! avoids; OpenDocument 1.2 part 1, chapter 9 (tables) and 6.1 (text) is what it follows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};

use collate_model::{Area, CellKind, Marks};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::Limits;
use crate::cell_text::{write_bool, write_iso_date, write_iso_time, write_number, write_percent};
use crate::limits::Refusal;
use crate::looks::{Look, hex};
use crate::odd_cells::OddCells;
use crate::package::Package;
use crate::parse::{Parsed, no_sheets, unreadable};
use crate::sink::{MAX_COLS, MAX_ROWS, SheetSink, area};
use crate::utf8::Utf8;

pub(crate) fn read(bytes: &[u8], file: &str, limits: &Limits, parsed: &mut Parsed) -> Result<(), Refusal> {
    let mut package = Package::open(bytes).ok_or_else(no_content)?;
    let content = package.part("content.xml").ok_or_else(no_content)?;
    let mut xml = Reader::from_reader(BufReader::new(Utf8::new(content)));
    let config = xml.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    let mut document = Document { xml, buffer: Vec::new(), file, limits, looks: BTreeMap::new() };
    if document.sheets(parsed).is_err() {
        let what = "the file breaks off or is damaged; sheets after the last one read are lost";
        parsed.notes.push(Refusal::damaged(what).note(file));
    } else if parsed.sheets.is_empty() && parsed.notes.is_empty() {
        return Err(no_sheets());
    }
    Ok(())
}

fn no_content() -> Refusal {
    Refusal::damaged("the part of the OpenDocument spreadsheet that holds its cells can't be read")
}

/// Cells of a row with one style, and rows that are repeated, whose looks are kept.
const MOST_ALIKE: u32 = 64;

impl Gathered {
    /// The looks that a row added are those of each of its repeats, too.
    fn repeat_marks(&mut self, (fills, struck): (usize, usize), repeat: u32) {
        let (fills, struck) = (self.marks.fills[fills..].to_vec(), self.marks.struck[struck..].to_vec());
        for more in 1..repeat.min(MOST_ALIKE) {
            self.marks.fills.extend(fills.iter().map(|(row, col, fill)| (row + more, *col, *fill)));
            self.marks.struck.extend(struck.iter().map(|(row, col)| (row + more, *col)));
        }
    }
}

/// The XML ends too early or is no XML.
struct Broken;

/// One row while it is read: (first column, how many alike, kind, text).
type RowCells = Vec<(u32, u32, CellKind, String)>;

struct Document<'a, R: BufRead> {
    xml: Reader<R>,
    buffer: Vec<u8>,
    file: &'a str,
    limits: &'a Limits,
    /// What cell styles look like, by their names.
    looks: BTreeMap<String, Look>,
}

/// What a sheet gathers beside its cells.
#[derive(Default)]
struct Gathered {
    row: u32,
    columns: u32,
    merges: Vec<Area>,
    marks: Marks,
    odd: OddCells,
    full: bool,
}

impl<R: BufRead> Document<'_, R> {
    fn sheets(&mut self, parsed: &mut Parsed) -> Result<(), Broken> {
        let (most, file) = (self.limits.sheets, self.file);
        let mut hidden_styles = BTreeSet::new();
        let mut style: Option<String> = None;
        let mut tables = false;
        loop {
            match self.event()? {
                Event::Eof if tables => return Ok(()),
                Event::Eof => return Err(Broken),
                Event::Start(tag) => match tag.name().0 {
                    "style:style" => {
                        style = attribute(&tag, "style:name");
                        let parent = attribute(&tag, "style:parent-style-name");
                        let inherited = parent.and_then(|parent| self.looks.get(&parent).copied());
                        if let (Some(name), Some(look)) = (&style, inherited) {
                            self.looks.insert(name.clone(), look);
                        }
                    }
                    "style:table-cell-properties" => {
                        let fill = attribute(&tag, "fo:background-color").map(|colour| hex(&colour));
                        if let (Some(name), Some(fill)) = (&style, fill) {
                            self.looks.entry(name.clone()).or_default().fill = fill;
                        }
                    }
                    "style:text-properties" => {
                        let line = attribute(&tag, "style:text-line-through-style");
                        if let (Some(name), Some(line)) = (&style, line) {
                            self.looks.entry(name.clone()).or_default().struck = line != "none";
                        }
                    }
                    "style:table-properties"
                        if attribute(&tag, "table:display").as_deref() == Some("false") =>
                    {
                        hidden_styles.extend(style.clone());
                    }
                    "office:spreadsheet" => tables = true,
                    name @ ("table:tracked-changes" | "table:shapes" | "office:scripts") => {
                        let name = name.to_owned();
                        self.skip(&name)?;
                    }
                    "table:table" if parsed.sheets.len() >= most => {
                        let refusal = Refusal::limit("sheets", most as u64, "the number of sheets");
                        parsed.notes.push(refusal.note(file));
                        return Ok(());
                    }
                    "table:table" => {
                        let name = attribute(&tag, "table:name").unwrap_or_default();
                        let hidden =
                            attribute(&tag, "table:style-name").is_some_and(|s| hidden_styles.contains(&s));
                        self.sheet(&name, hidden, parsed)?;
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn sheet(&mut self, name: &str, hidden: bool, parsed: &mut Parsed) -> Result<(), Broken> {
        let mut sink = SheetSink::new(self.file, name, self.limits);
        let mut gathered = Gathered::default();
        let result = self.rows(&mut sink, &mut gathered);
        if result.is_err() {
            let what = format!("the sheet breaks off after row {}; what follows is lost", gathered.row);
            sink.notes.push(unreadable(self.file, name, &what));
        }
        gathered.odd.finish(&mut sink);
        sink.finish(hidden, gathered.merges, gathered.marks, parsed);
        result
    }

    fn rows(&mut self, sink: &mut SheetSink<'_>, gathered: &mut Gathered) -> Result<(), Broken> {
        loop {
            match self.event()? {
                Event::Eof => return Err(Broken),
                Event::End(tag) if tag.name().0 == "table:table" => return Ok(()),
                Event::Start(tag) => match tag.name().0 {
                    "table:table-column" => {
                        let last = gathered.columns + count(&tag, "table:number-columns-repeated");
                        if is_hidden(&tag) && last <= MAX_COLS {
                            gathered.marks.hidden_cols.push((gathered.columns, last - 1));
                        }
                        gathered.columns = last.min(MAX_COLS);
                    }
                    "table:table-row" => {
                        let hidden = is_hidden(&tag);
                        let declared = count(&tag, "table:number-rows-repeated");
                        let repeat = declared.min(MAX_ROWS - gathered.row.min(MAX_ROWS));
                        let before = (gathered.marks.fills.len(), gathered.marks.struck.len());
                        let cells = self.row(gathered)?;
                        gathered.repeat_marks(before, repeat);
                        if declared > repeat && !cells.is_empty() && !gathered.full {
                            // One row for all beyond: counted among cells that lie where no sheet has any.
                            gathered.full = !push_rows(sink, MAX_ROWS, 1, &cells);
                        }
                        if !cells.is_empty() && !gathered.full {
                            gathered.full = !push_rows(sink, gathered.row, repeat, &cells);
                        }
                        if hidden && repeat > 0 {
                            gathered.marks.hidden_rows.push((gathered.row + 1, gathered.row + repeat));
                        }
                        gathered.row += repeat;
                    }
                    name @ ("table:shapes" | "office:forms" | "table:table-source" | "table:scenario") => {
                        let name = name.to_owned();
                        self.skip(&name)?;
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn row(&mut self, gathered: &mut Gathered) -> Result<RowCells, Broken> {
        let mut cells = RowCells::new();
        let mut col = 0u32;
        loop {
            match self.event()? {
                Event::Eof => return Err(Broken),
                Event::End(tag) if tag.name().0 == "table:table-row" => return Ok(cells),
                Event::Start(tag)
                    if matches!(tag.name().0, "table:table-cell" | "table:covered-table-cell") =>
                {
                    let name = tag.name().0.to_owned();
                    let tag = tag.into_owned();
                    let (text, comment) = self.text(&name)?;
                    if let Some(comment) = comment {
                        gathered.marks.comments.push((gathered.row + 1, col, comment));
                    }
                    let mut written = String::new();
                    let kind = typed(&tag, text, &mut written);
                    let repeat = count(&tag, "table:number-columns-repeated").min(MAX_COLS);
                    let at = (gathered.row, col);
                    let look = attribute(&tag, "table:style-name").and_then(|style| self.looks.get(&style));
                    // Whole rows and sheets are coloured in to their end.
                    for col in col..col + repeat.min(MOST_ALIKE) {
                        let Some(look) = look else { break };
                        gathered.marks.fills.extend(look.fill.map(|fill| (gathered.row + 1, col, fill)));
                        if look.struck && !written.trim().is_empty() {
                            gathered.marks.struck.push((gathered.row + 1, col));
                        }
                    }
                    if written.trim().is_empty() {
                        if attribute(&tag, "table:formula").is_some()
                            && attribute(&tag, "office:value-type").is_none()
                        {
                            gathered.odd.formula_without_value(at);
                        }
                    } else {
                        cells.push((col, repeat, kind, written));
                    }
                    let spans = (
                        count(&tag, "table:number-rows-spanned"),
                        count(&tag, "table:number-columns-spanned"),
                    );
                    let corner = (at.0.saturating_add(spans.0 - 1), at.1.saturating_add(spans.1 - 1));
                    gathered.merges.extend(area(at, corner));
                    col = col.saturating_add(repeat);
                }
                _ => {}
            }
        }
    }

    /// The paragraphs of a cell, one a line, without its drawings; and the comment on it. A comment has
    /// no comments of its own.
    fn text(&mut self, cell: &str) -> Result<(String, Option<String>), Broken> {
        let mut text = String::new();
        let mut comment = None;
        let mut paragraphs = 0;
        let mut inside = false;
        loop {
            match self.event()? {
                Event::Eof => return Err(Broken),
                Event::End(tag) if tag.name().0 == cell => return Ok((text, comment)),
                Event::End(tag) if matches!(tag.name().0, "text:p" | "text:h") => inside = false,
                Event::Start(tag) => match tag.name().0 {
                    "text:p" | "text:h" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside = true;
                    }
                    "text:s" => {
                        text.extend(std::iter::repeat_n(' ', count(&tag, "text:c").min(1000) as usize))
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "office:annotation" if cell == "office:annotation" => self.skip("office:annotation")?,
                    "office:annotation" => {
                        let (said, _) = self.text("office:annotation")?;
                        comment = Some(said.trim().to_owned()).filter(|said| !said.is_empty());
                    }
                    name if name.starts_with("draw:")
                        || matches!(name, "table:table" | "text:note" | "text:ruby-text") =>
                    {
                        let name = name.to_owned();
                        self.skip(&name)?;
                    }
                    _ => {}
                },
                Event::Text(part) if inside => collapse(&part.xml10_content(), &mut text),
                Event::CData(part) if inside => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) if inside => {
                    if let Ok(Some(c)) = entity.resolve_char_ref() {
                        text.push(c);
                    } else if let Some(plain) = quick_xml::escape::resolve_xml_entity(&entity) {
                        text.push_str(plain);
                    } else {
                        // An abbreviation that the file defines for itself is left as it is written.
                        text.extend(["&", &*entity, ";"]);
                    }
                }
                _ => {}
            }
        }
    }

    /// Goes past an element, those of the same name inside it included.
    fn skip(&mut self, element: &str) -> Result<(), Broken> {
        let mut depth = 1;
        while depth > 0 {
            match self.event()? {
                Event::Eof => return Err(Broken),
                Event::Start(tag) if tag.name().0 == element => depth += 1,
                Event::End(tag) if tag.name().0 == element => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn event(&mut self) -> Result<Event<'_>, Broken> {
        self.buffer.clear();
        self.xml.read_event_into(&mut self.buffer).map_err(|_| Broken)
    }
}

/// Pushes a row as often as it is repeated; false once a limit is passed.
fn push_rows(sink: &mut SheetSink<'_>, row: u32, repeat: u32, cells: &RowCells) -> bool {
    (row..row.saturating_add(repeat)).all(|row| {
        cells.iter().all(|(col, alike, kind, text)| {
            (*col..col.saturating_add(*alike)).all(|col| sink.push_at((row, col), *kind, text))
        })
    })
}

/// The cell's kind by its attributes, with its text in `out`.
fn typed(tag: &BytesStart<'_>, text: String, out: &mut String) -> CellKind {
    if attribute(tag, "calcext:value-type").as_deref() == Some("error") {
        *out = text;
        return CellKind::Error;
    }
    let value = |name: &str| attribute(tag, name);
    match attribute(tag, "office:value-type").as_deref() {
        Some(kind @ ("float" | "percentage" | "currency")) => {
            if let Some(number) = value("office:value").and_then(|value| value.trim().parse().ok()) {
                let write = if kind == "percentage" { write_percent } else { write_number };
                return write(number, out);
            }
        }
        Some("date") => {
            if let Some(date) = value("office:date-value") {
                return write_iso_date(&date, out);
            }
        }
        Some("time") => {
            if let Some(time) = value("office:time-value") {
                return write_iso_time(&time, out);
            }
        }
        Some("boolean") => {
            if let Some(truth) = value("office:boolean-value") {
                return write_bool(truth == "true", out);
            }
        }
        _ => {}
    }
    *out = if text.is_empty() { value("office:string-value").unwrap_or_default() } else { text };
    CellKind::Text
}

/// White space in XML is one space; what is meant to be more has elements of its own.
fn collapse(part: &str, text: &mut String) {
    for c in part.chars() {
        let space = matches!(c, ' ' | '\t' | '\n' | '\r');
        if !space {
            text.push(c);
        } else if !text.ends_with([' ', '\n', '\t']) {
            text.push(' ');
        }
    }
}

/// A row or column that is hidden, or that a filter hides.
fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "table:visibility").is_some_and(|shown| shown != "visible")
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.0 == name)?;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(|value| value.into_owned())
}

/// A count attribute; 1 where it is missing, zero or no number.
fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}
