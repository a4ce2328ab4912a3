//! The workbook: a "Read me" sheet, then one sheet per output.
//!
//! Sheets stream into nameless temporary files inside the new folder, so that a million rows
//! need little memory and nothing of them is left outside the output. Cells are written as
//! text, numbers and dates, never as formulas.

mod beside;
mod cell;
mod links;
mod looks;
mod names;
mod read_me;
mod rows;
mod sheet;

use std::error::Error;
use std::path::Path;

use collate_model::{Dataset, Note, Severity};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::error::{At, ErrorKind, PublishError};
use crate::files::{self, Written};
use crate::output::{Column, Output};
use collate_model::quietly;
use links::Links;
use looks::Looks;
use rows::Filled;

/// Name of the workbook's file.
pub(crate) const NAME: &str = "collate.xlsx";

/// Rows that a sheet of a spreadsheet can have.
const SHEET_ROWS: u64 = 1_048_576;

/// As many rows as spreadsheets had for long. Longer tables are left to their csv files: nobody
/// scrolls through them, and they would make the workbook slow to write and to open.
const MOST_ROWS: u64 = 65_536;

/// Above this many cells, a part of the file may pass the 4 GiB of a plain zip.
const LARGE: u64 = 20_000_000;

/// Of 1 to 9: most of the time of a large workbook goes into packing it.
const COMPRESSION: u8 = 3;

/// A written workbook, and what did not fit into it.
pub(crate) struct Finished {
    pub file: Written,
    pub notes: Vec<Note>,
}

/// A sheet's name, its output, and what of it is in the sheet.
struct Page<'a> {
    name: String,
    output: &'a dyn Output,
    filled: Filled,
}

/// Writes the workbook into the folder. `csv` says whether the csv files are written too.
pub(crate) fn write(
    dataset: &Dataset,
    outputs: &[Box<dyn Output + '_>],
    folder: &Path,
    csv: bool,
) -> Result<Finished, PublishError> {
    let path = folder.join(NAME);
    let file = files::create(&path)?;
    let (rows, notes) = guarded(&path, || {
        let (mut workbook, pages) = build(dataset, outputs, folder, csv)?;
        workbook.save_to_writer(&file)?;
        let rows = pages.iter().map(|page| page.filled.rows).sum();
        Ok((rows, pages.iter().flat_map(|page| notes(page, csv)).collect()))
    })?;
    Ok(Finished { file: files::finish(&file, folder, NAME, Some(rows))?, notes })
}

/// The work's result; the writer's panics are failures as any other.
fn guarded<T>(
    path: &Path,
    work: impl FnOnce() -> Result<T, Box<dyn Error + Send + Sync>>,
) -> Result<T, PublishError> {
    quietly(work)
        .unwrap_or_else(|| Err("it broke off in the middle of writing; the disk may be full".into()))
        .at(ErrorKind::Workbook, path)
}

type Built<'a> = (Workbook, Vec<Page<'a>>);

fn build<'a>(
    dataset: &Dataset,
    outputs: &'a [Box<dyn Output + '_>],
    folder: &Path,
    csv: bool,
) -> Result<Built<'a>, Box<dyn Error + Send + Sync>> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder)?;
    // A fixed day, so that the same dataset gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title("Merged trackers").set_author("collate");
    workbook.set_properties(&properties.set_creation_datetime(&created));

    let mut cells = 0;
    let mut sheets = Vec::new();
    let mut pages = Vec::new();
    for (name, output) in names::unique(outputs).into_iter().zip(outputs) {
        let output = output.as_ref();
        let mut sheet = workbook.new_worksheet_with_low_memory()?;
        sheet.set_name(&name)?;
        let filled = sheet::fill(&mut sheet, output, &looks, Links::new(&dataset.paths), limit(output, csv))?;
        cells += filled.rows * output.columns().len() as u64;
        sheets.push(sheet);
        pages.push(Page { name, output, filled });
    }
    let mut read_me = Worksheet::new();
    read_me::fill(&mut read_me, dataset, &pages, &looks, csv)?;
    workbook.push_worksheet(read_me);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.use_zip_large_file(cells > LARGE).set_zip_compression_level(COMPRESSION);
    Ok((workbook, pages))
}

/// How many rows of an output go into its sheet. One that waits for answers, which can be given
/// nowhere else, has as many as a person may get through, and the most urgent stand first.
fn limit(output: &dyn Output, csv: bool) -> u64 {
    let is_for_answers = output.columns().iter().any(Column::is_for_answers);
    match csv && output.count() > MOST_ROWS {
        true if is_for_answers => MOST_ROWS,
        true => 0,
        false => SHEET_ROWS - u64::from(sheet::FIRST_ROW),
    }
}

/// What of an output is not in its sheet.
fn notes(page: &Page<'_>, csv: bool) -> Vec<Note> {
    let note = |code, what: String| {
        let todo = whole_in(page, csv);
        Note::new(Severity::Info, code, NAME, what, todo).on_sheet(&page.name)
    };
    let mut notes = Vec::new();
    if page.filled.left_out > 0 {
        notes.push(note("sheet-cut", left_out(&page.filled)));
    }
    if page.filled.left_columns > 0 {
        notes.push(note("sheet-cut", left_columns(&page.filled)));
    }
    if page.filled.cut_texts > 0 {
        let cut = page.filled.cut_texts;
        notes.push(note("text-cut", format!("Texts longer than a cell can hold were cut: {cut}.")));
    }
    notes
}

fn left_columns(filled: &Filled) -> String {
    format!("The sheet has no room for {} further columns.", filled.left_columns)
}

fn left_out(filled: &Filled) -> String {
    let whole = filled.rows + filled.left_out;
    if filled.rows == 0 {
        format!("The sheet would be too long: none of its {whole} rows are in the workbook.")
    } else {
        format!("The sheet is full: it holds {} of {whole} rows.", filled.rows)
    }
}

fn whole_in(page: &Page<'_>, csv: bool) -> String {
    let file = format!("{}.csv", page.output.name());
    if csv {
        format!("All of it is in {file}.")
    } else {
        format!("Publish csv too: {file} will hold all of it.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_that_panics_is_a_failure_that_says_what_to_look_at() {
        let path = Path::new("collate.xlsx");
        let error = guarded(path, || -> Result<(), _> { panic!("a message that must stay unseen") });
        let error = error.expect_err("the work panicked");
        assert_eq!(error.kind, ErrorKind::Workbook);
        assert!(error.to_string().contains("the disk may be full"), "{error}");
        assert!(!error.to_string().contains("unseen"), "{error}");

        let error = guarded(path, || Err::<(), _>("no room".into())).expect_err("the work failed");
        assert!(error.to_string().ends_with("no room"), "{error}");
        assert_eq!(guarded(path, || Ok(3)).expect("a result"), 3);
    }
}
