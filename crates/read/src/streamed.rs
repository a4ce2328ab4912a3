//! xlsx, xlsm and xlsb by calamine's streaming readers: one cell at a time, never a dense
//! range, and past a cell that can't be read to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Cell, DataRef, Reader, SheetType, SheetVisible};
use calamine::{Xlsb, XlsbError, Xlsx, XlsxCellReader, XlsxError};
use collate_model::{Area, CellKind, Marks};

use crate::Limits;
use crate::cell_text::write_cell;
use crate::limits::Refusal;
use crate::looks::Looks;
use crate::odd_cells::{OddCells, place};
use crate::parse::{Parsed, no_sheets, skipped, unreadable};
use crate::sink::SheetSink;

/// Unreadable cells in a row after which a sheet is given up: a reader that stands still.
const HOPELESS: usize = 100_000;

type Bytes<'a> = Cursor<&'a [u8]>;

/// What a cell reader came to.
enum Step<'a> {
    Cell {
        at: (u32, u32),
        value: DataRef<'a>,
        formula: bool,
    },
    /// A cell that can't be read, with its text if it is an error value newer than the reader.
    Bad(Option<&'static str>),
    /// The sheet breaks off.
    Cut,
    End,
}

/// One step of an xlsx reader.
fn xlsx_step<'a>(cells: &mut XlsxCellReader<'a, Bytes<'_>>) -> Step<'a> {
    match cells.next_cell_with_formula_metadata() {
        Ok(Some(cell)) => Step::Cell { at: cell.pos, value: cell.value, formula: cell.formula.is_some() },
        Ok(None) => Step::End,
        Err(XlsxError::XmlEof(_) | XlsxError::Io(_) | XlsxError::Zip(_)) => Step::Cut,
        Err(XlsxError::Xml(quick_xml::Error::Io(_) | quick_xml::Error::Syntax(_))) => Step::Cut,
        Err(XlsxError::CellError(text)) => Step::Bad(newer_error(&text)),
        Err(_) => Step::Bad(None),
    }
}

/// What an xlsb reader's step means; its type has no public name.
fn xlsb_step(step: Result<Option<Cell<DataRef<'_>>>, XlsbError>) -> Step<'_> {
    match step {
        Ok(Some(cell)) => {
            Step::Cell { at: cell.get_position(), value: cell.get_value().clone(), formula: false }
        }
        Ok(None) => Step::End,
        Err(XlsbError::CellError(_)) => Step::Bad(None),
        Err(_) => Step::Cut,
    }
}

/// Error values that came with later versions of Excel.
fn newer_error(text: &str) -> Option<&'static str> {
    const NEWER: [&str; 9] = [
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#EXTERNAL!",
        "#PYTHON!",
    ];
    NEWER.into_iter().find(|known| known.eq_ignore_ascii_case(text.trim()))
}

/// What the two workbooks have in common.
trait Workbook {
    fn sheets(&self) -> Vec<calamine::Sheet>;
    /// Sends the sheet's cells into the sink; an error says why there are none.
    fn cells(&mut self, sheet: &str, sink: &mut SheetSink<'_>) -> Result<(), Opening>;
}

/// Why a sheet could not be opened.
enum Opening {
    NoTable,
    Damaged,
}

impl Workbook for Xlsx<Bytes<'_>> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        self.sheets_metadata().to_vec()
    }

    fn cells(&mut self, sheet: &str, sink: &mut SheetSink<'_>) -> Result<(), Opening> {
        let date_1904 = self.has_1904_epoch();
        match self.worksheet_cells_reader(sheet) {
            Ok(mut cells) => pour(|| xlsx_step(&mut cells), date_1904, sink),
            // Anything else is a sheet that can't be made out.
            Err(XlsxError::NotAWorksheet(kind))
                if ["chartsheet", "dialogsheet", "macrosheet"].iter().any(|known| kind.ends_with(known)) =>
            {
                return Err(Opening::NoTable);
            }
            Err(_) => return Err(Opening::Damaged),
        }
        Ok(())
    }
}

impl Workbook for Xlsb<Bytes<'_>> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        self.sheets_metadata().to_vec()
    }

    fn cells(&mut self, sheet: &str, sink: &mut SheetSink<'_>) -> Result<(), Opening> {
        let date_1904 = self.has_1904_epoch();
        let mut cells = self.worksheet_cells_reader(sheet).map_err(|_| Opening::Damaged)?;
        pour(|| xlsb_step(cells.next_cell()), date_1904, sink);
        Ok(())
    }
}

pub(crate) fn read_xlsx(
    bytes: &[u8],
    looks: Looks,
    file: &str,
    limits: &Limits,
    parsed: &mut Parsed,
) -> Result<(), Refusal> {
    match Xlsx::new(Cursor::new(bytes)) {
        Ok(workbook) => {
            let looks = collate_model::quietly(|| looks.of_sheets(bytes)).unwrap_or_default();
            read_sheets(workbook, looks, file, limits, parsed);
        }
        Err(XlsxError::Password) => return Err(Refusal::password()),
        Err(_) => return Err(structure()),
    }
    Ok(())
}

pub(crate) fn read_xlsb(
    bytes: &[u8],
    file: &str,
    limits: &Limits,
    parsed: &mut Parsed,
) -> Result<(), Refusal> {
    match Xlsb::new(Cursor::new(bytes)) {
        Ok(workbook) => read_sheets(workbook, BTreeMap::new(), file, limits, parsed),
        Err(XlsbError::Password) => return Err(Refusal::password()),
        Err(_) => return Err(structure()),
    }
    Ok(())
}

fn structure() -> Refusal {
    Refusal::damaged("the list of sheets, styles or texts of the workbook can't be read")
}

fn read_sheets(
    mut workbook: impl Workbook,
    mut looks: BTreeMap<String, (Vec<Area>, Marks)>,
    file: &str,
    limits: &Limits,
    parsed: &mut Parsed,
) {
    let mut seen = BTreeSet::new();
    let sheets = workbook.sheets();
    if sheets.is_empty() {
        parsed.notes.push(no_sheets().note(file));
    }
    if sheets.len() > limits.sheets {
        parsed.notes.push(Refusal::limit("sheets", limits.sheets as u64, "the number of sheets").note(file));
    }
    for sheet in sheets.into_iter().take(limits.sheets) {
        let name = sheet.name.as_str();
        if let Some(kind) = without_cells(sheet.typ) {
            parsed.notes.push(skipped(file, name, kind));
            continue;
        }
        if !seen.insert(name.to_owned()) {
            let what = "a second sheet has the same name as one before it and could not be read";
            parsed.notes.push(unreadable(file, name, what));
            continue;
        }
        let mut sink = SheetSink::new(file, name, limits);
        match collate_model::quietly(|| workbook.cells(name, &mut sink)) {
            Some(Ok(())) => {}
            Some(Err(Opening::NoTable)) => {
                parsed.notes.push(skipped(file, name, "a chart, dialog or macro sheet"));
                continue;
            }
            Some(Err(Opening::Damaged)) => {
                parsed.notes.push(unreadable(file, name, "the sheet is missing from the file or damaged"));
                continue;
            }
            None => {
                let what = "the sheet is damaged in a way that stopped the reader; the rows before that point were read";
                sink.notes.push(unreadable(file, name, what));
            }
        }
        let (areas, marks) = looks.remove(name).unwrap_or_default();
        sink.finish(sheet.visible != SheetVisible::Visible, areas, marks, parsed);
    }
}

/// What a sheet is that holds no cells.
pub(crate) fn without_cells(kind: SheetType) -> Option<&'static str> {
    match kind {
        SheetType::WorkSheet => None,
        SheetType::DialogSheet => Some("a dialog sheet"),
        SheetType::MacroSheet => Some("a macro sheet"),
        SheetType::ChartSheet => Some("a chart sheet"),
        SheetType::Vba => Some("a module of macros"),
    }
}

/// Sends every cell into the sink, with notes for what was odd.
fn pour<'a>(mut step: impl FnMut() -> Step<'a>, date_1904: bool, sink: &mut SheetSink<'_>) {
    let mut text = String::new();
    let mut before = None;
    let mut bad: Vec<Option<&'static str>> = Vec::new();
    let mut odd = OddCells::default();
    loop {
        match step() {
            Step::Cell { at, value, formula } => {
                if !bad.is_empty() {
                    odd.settle(&mut bad, before, Some(at), sink);
                }
                before = Some(at);
                let kind = write_cell(&value, date_1904, &mut text);
                if formula && kind == CellKind::Empty {
                    odd.formula_without_value(at);
                }
                if !sink.push_at(at, kind, &text) {
                    return;
                }
            }
            Step::Bad(shown) if bad.len() < HOPELESS => bad.push(shown),
            Step::End => break,
            Step::Bad(_) | Step::Cut => {
                let place = before.map_or("its beginning".to_owned(), place);
                let what = format!("the sheet breaks off after {place}; what follows is lost");
                sink.notes.push(unreadable(sink.file, &sink.name, &what));
                break;
            }
        }
    }
    odd.settle(&mut bad, before, None, sink);
    odd.finish(sink);
}
