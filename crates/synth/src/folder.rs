//! The folder that is written: chooses each tracker's format, counts its rows, and keeps the
//! truth beside them. Big trackers go straight to text; small ones are kept as sheets and
//! written at their end.

use std::io;
use std::path::{Path, PathBuf};

use crate::sheet::{Cell, Sheet};
use crate::truth::{Truth, Who};
use crate::write_text::{Encoding, TextWriter};
use crate::{SynthError, write_ods, write_xls, write_xlsx};

/// A tracker with more rows than this is kept as text: workbooks get slow, and xls has an end.
const WORKBOOK_ROWS: usize = 20_000;

/// What a tracker is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Excel workbook.
    Xlsx,
    /// Old Excel workbook.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Text with commas.
    Csv(Encoding),
    /// Text with tabs.
    Tsv,
}

/// Writes sheets as a workbook.
fn write_workbook(format: Format, sheets: &[Sheet], path: &Path) -> io::Result<()> {
    match format {
        Format::Xls => write_xls::write(sheets, path),
        Format::Ods => write_ods::write(sheets, path),
        _ => write_xlsx::write(sheets, path).map_err(io::Error::other),
    }
}

/// Writes a table of texts as a workbook of one sheet: ods, xls or else xlsx, as the ending says.
///
/// # Errors
/// The file can't be written.
pub fn write_texts(rows: &[Vec<String>], path: &Path) -> io::Result<()> {
    let row = |row: &Vec<String>| row.iter().map(Cell::text).collect();
    let sheet = Sheet { name: "Sheet1".into(), rows: rows.iter().map(row).collect(), ..Sheet::default() };
    let format = match path.extension().and_then(|ending| ending.to_str()) {
        Some("ods") => Format::Ods,
        Some("xls") => Format::Xls,
        _ => Format::Xlsx,
    };
    write_workbook(format, &[sheet], path)
}

/// The open folder.
pub struct Folder<'a> {
    dir: &'a Path,
    truth: Truth,
    progress: &'a dyn Fn(usize, usize),
    done: usize,
    of: usize,
    /// Files written, in order.
    pub files: Vec<PathBuf>,
    /// Rows that speak of at least one child, placeholders included.
    pub rows: usize,
    /// Children named in those rows.
    pub parts: usize,
}

impl<'a> Folder<'a> {
    /// Creates the folder; one with something in it is refused.
    pub fn create(dir: &'a Path, of: usize, progress: &'a dyn Fn(usize, usize)) -> Result<Self, SynthError> {
        std::fs::create_dir_all(dir).map_err(|cause| SynthError::at(dir, cause))?;
        let mut entries = std::fs::read_dir(dir).map_err(|cause| SynthError::at(dir, cause))?;
        if entries.next().is_some() {
            return Err(SynthError::NotEmpty(dir.to_owned()));
        }
        let path = dir.join("truth.csv");
        let truth = Truth::create(&path).map_err(|cause| SynthError::at(&path, cause))?;
        Ok(Folder { dir, truth, progress, done: 0, of, files: Vec::new(), rows: 0, parts: 0 })
    }

    /// Starts a tracker. `expected` is the number of rows it will have, roughly.
    pub fn tracker(&mut self, name: &str, format: Format, expected: usize) -> Tracker<'_, 'a> {
        let format = match format {
            Format::Xlsx | Format::Xls | Format::Ods if expected > WORKBOOK_ROWS => {
                Format::Csv(Encoding::Utf8)
            }
            other => other,
        };
        Tracker {
            folder: self,
            name: name.to_owned(),
            format,
            file: String::new(),
            sheets: Vec::new(),
            text: None,
            row: 0,
        }
    }

    /// Writes a file that is no tracker.
    pub fn note(&mut self, name: &str, text: &str) -> Result<(), SynthError> {
        let path = self.dir.join(name);
        std::fs::write(&path, text).map_err(|cause| SynthError::at(&path, cause))?;
        self.files.push(path);
        Ok(())
    }

    /// Closes the truth and names the files.
    pub fn finish(mut self) -> Result<(Vec<PathBuf>, usize, usize), SynthError> {
        let path = self.dir.join("truth.csv");
        self.truth.finish().map_err(|cause| SynthError::at(&path, cause))?;
        self.files.push(path);
        (self.progress)(self.of, self.of);
        Ok((self.files, self.rows, self.parts))
    }
}

/// One tracker: a workbook of one or more sheets, or a text file for each.
pub struct Tracker<'f, 'a> {
    folder: &'f mut Folder<'a>,
    name: String,
    format: Format,
    file: String,
    sheets: Vec<Sheet>,
    text: Option<TextWriter>,
    row: u32,
}

impl Tracker<'_, '_> {
    /// It is kept as text: nothing can be hidden, merged or formatted.
    pub fn is_text(&self) -> bool {
        matches!(self.format, Format::Csv(_) | Format::Tsv)
    }

    /// Starts a sheet; an unnamed one if the tracker has just one.
    pub fn sheet(&mut self, name: &str) -> Result<(), SynthError> {
        let extension = match self.format {
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Csv(_) => "csv",
            Format::Tsv => "tsv",
        };
        self.row = 0;
        let (separator, encoding) = match self.format {
            Format::Csv(encoding) => (',', encoding),
            Format::Tsv => ('\t', Encoding::Utf8),
            _ => {
                self.file = format!("{}.{extension}", self.name);
                self.sheets.push(Sheet { name: name.to_owned(), ..Sheet::default() });
                return Ok(());
            }
        };
        self.close_text()?;
        let part = if name.is_empty() { String::new() } else { format!(" - {name}") };
        self.file = format!("{}{part}.{extension}", self.name);
        let path = self.folder.dir.join(&self.file);
        let writer = TextWriter::create(&path, separator, encoding);
        self.text = Some(writer.map_err(|cause| SynthError::at(&path, cause))?);
        self.folder.files.push(path);
        Ok(())
    }

    /// Writes a row; its number, as a spreadsheet shows it.
    pub fn row(&mut self, cells: Vec<Cell>) -> Result<u32, SynthError> {
        self.row += 1;
        if let Some(text) = &mut self.text {
            text.row(&cells).map_err(|cause| SynthError::at(&self.folder.dir.join(&self.file), cause))?;
        } else if let Some(sheet) = self.sheets.last_mut() {
            sheet.rows.push(cells);
        }
        Ok(self.row)
    }

    /// Says who the row just written is about: the parts in the order in which it names them.
    pub fn who(&mut self, parts: &[Who]) -> Result<(), SynthError> {
        self.folder.rows += 1;
        for (i, who) in parts.iter().enumerate() {
            let sheet = if self.is_text() { "" } else { self.sheets.last().map_or("", |s| s.name.as_str()) };
            let part = i as u32 + 1;
            let written = self.folder.truth.part(&self.file, sheet, self.row, part, *who);
            written.map_err(|cause| SynthError::at(&self.folder.dir.join("truth.csv"), cause))?;
            self.folder.parts += usize::from(who.child.is_some());
        }
        Ok(())
    }

    /// Hides the row just written.
    pub fn hide_row(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.hidden_rows.push(self.row - 1);
        }
    }

    /// Hides a column of the present sheet, counted from 0.
    pub fn hide_column(&mut self, column: u16) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.hidden_columns.push(column);
        }
    }

    /// Merges a column's cells of the last `rows` rows.
    pub fn merge(&mut self, column: u16, rows: u32) {
        if let Some(sheet) = self.sheets.last_mut().filter(|_| rows > 1) {
            sheet.merged.push((self.row - rows, self.row - 1, column));
        }
    }

    /// Says that so many children were walked past.
    pub fn walked(&mut self, children: usize) {
        let step = (self.folder.of / 200).max(1);
        let before = self.folder.done / step;
        self.folder.done += children;
        if self.folder.done / step != before {
            (self.folder.progress)(self.folder.done.min(self.folder.of), self.folder.of);
        }
    }

    /// Writes what is kept.
    pub fn finish(mut self) -> Result<(), SynthError> {
        self.close_text()?;
        if self.is_text() {
            return Ok(());
        }
        let path = self.folder.dir.join(&self.file);
        let written = write_workbook(self.format, &self.sheets, &path);
        written.map_err(|cause| SynthError::at(&path, cause))?;
        self.folder.files.push(path);
        Ok(())
    }

    fn close_text(&mut self) -> Result<(), SynthError> {
        match self.text.take() {
            Some(text) => {
                text.finish().map_err(|cause| SynthError::at(&self.folder.dir.join(&self.file), cause))
            }
            None => Ok(()),
        }
    }
}
