//! xlsb by calamine's streaming reader: one cell at a time, never a dense range, and past a cell that
//! can't be read to the next. What a person sees beside the texts is read by ourselves.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Cell, DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError};
use collate_model::{Area, CellKind, Marks};

use crate::Limits;
use crate::cell_text::{as_percent, write_cell};
use crate::limits::Refusal;
use crate::looks::{self, Percents, Seen, Styles};
use crate::odd_cells::{OddCells, place};
use crate::package::Package;
use crate::parse::{Parsed, no_sheets, skipped, unreadable};
use crate::sink::SheetSink;

/// Unreadable cells in a row after which a sheet is given up: a reader that stands still.
const HOPELESS: u32 = 100_000;

type Step<'a> = Result<Option<Cell<DataRef<'a>>>, XlsbError>;

pub(crate) fn read(bytes: &[u8], file: &str, limits: &Limits, parsed: &mut Parsed) -> Result<(), Refusal> {
    let mut workbook = match Xlsb::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(XlsbError::Password) => return Err(Refusal::password()),
        Err(_) => {
            let what = "the list of sheets, styles or texts of the workbook can't be read";
            return Err(Refusal::damaged(what));
        }
    };
    let date_1904 = workbook.has_1904_epoch();
    let sheets = workbook.sheets_metadata().to_vec();
    if sheets.is_empty() {
        parsed.notes.push(no_sheets().note(file));
    }
    if sheets.len() > limits.sheets {
        parsed.notes.push(Refusal::limit("sheets", limits.sheets as u64, "the number of sheets").note(file));
    }
    let mut looks = Looks::of(bytes);
    let mut seen = BTreeSet::new();
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
        let seen = collate_model::quietly(|| looks.of_sheet(name, &mut sink));
        let (merges, marks, percents) = seen.unwrap_or_default();
        let read = collate_model::quietly(|| {
            let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| ())?;
            pour(|| cells.next_cell(), date_1904, &percents, &mut sink);
            Ok::<(), ()>(())
        });
        match read {
            Some(Ok(())) => {}
            Some(Err(())) => {
                parsed.notes.push(unreadable(file, name, "the sheet is missing from the file or damaged"));
                continue;
            }
            None => {
                let what = "the sheet is damaged in a way that stopped the reader; the rows before that point were read";
                sink.notes.push(unreadable(file, name, what));
            }
        }
        sink.finish(sheet.visible != SheetVisible::Visible, merges, marks, parsed);
    }
    Ok(())
}

/// What a person sees in the workbook beside its texts.
struct Looks<'a> {
    package: Option<Package<'a>>,
    styles: Styles,
    parts: BTreeMap<String, String>,
    /// Room that is left for comments.
    comments: usize,
}

impl<'a> Looks<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let mut package = Package::open(bytes);
        let mut found = collate_model::quietly(|| {
            package.as_mut().map(|package| (looks::styles_of(package), looks::sheets_of(package)))
        });
        let (styles, parts) = found.take().flatten().unwrap_or_default();
        Looks { package, styles, parts, comments: looks::MOST_COMMENTS }
    }

    /// Merged areas, marks and percentages of a sheet; a note in the sink where there are more than are read.
    fn of_sheet(&mut self, name: &str, sink: &mut SheetSink<'_>) -> (Vec<Area>, Marks, Percents) {
        let (Some(package), Some(part)) = (&mut self.package, self.parts.get(name)) else {
            return Default::default();
        };
        let mut seen = Seen::new(&self.styles);
        looks::see(package, part, &mut seen);
        let comments = looks::comments_of(package, part, &mut self.comments);
        let unread = looks::unread(&seen, &comments, sink);
        sink.notes.extend(unread);
        let percents = std::mem::take(&mut seen.percents);
        let (merges, marks) = seen.marks(comments.all);
        (merges, marks, percents)
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
fn pour<'a>(
    mut step: impl FnMut() -> Step<'a>,
    date_1904: bool,
    percents: &Percents,
    sink: &mut SheetSink<'_>,
) {
    let mut text = String::new();
    let mut before = None;
    let mut bad = 0;
    let mut odd = OddCells::default();
    loop {
        match step() {
            Ok(Some(cell)) => {
                let at = cell.get_position();
                odd.settle(std::mem::take(&mut bad), before, Some(at), sink);
                before = Some(at);
                let mut kind = write_cell(cell.get_value(), date_1904, &mut text);
                if kind == CellKind::Number && percents.contains(&(at.0 + 1, at.1)) {
                    kind = as_percent(&mut text);
                }
                if !sink.push_at(at, kind, &text) {
                    return;
                }
            }
            Ok(None) => break,
            Err(XlsbError::CellError(_)) if bad < HOPELESS => bad += 1,
            Err(_) => {
                let after = before.map_or("its beginning".to_owned(), place);
                let what = format!("the sheet breaks off after {after}; what follows is lost");
                sink.notes.push(unreadable(sink.file, &sink.name, &what));
                break;
            }
        }
    }
    odd.settle(bad, before, None, sink);
    odd.finish(sink);
}
