//! The merged dataset to files, written whole or not at all.
//!
//! Takes a [`Dataset`] and the run's manifest; gives a folder of csv files and a workbook.
//! Every file is an `Output` (`output.rs`): it says its columns and writes its rows once, cell by
//! cell, and the csv file and the sheet are both drawn from that, and so is the table of a database
//! (`collate-database`). The files are written into a hidden folder beside the target, which is swapped
//! in at the end (`swap.rs`).
//!
//! `docs/outputs.md` describes every file and column.

mod cells;
mod changes;
mod conflicts;
mod csv_file;
mod entities;
mod error;
mod files;
mod history;
mod manifest;
mod marks;
mod output;
mod problems;
mod provenance;
mod redirects;
mod review;
mod row;
mod safe_text;
mod sources;
mod swap;
mod workbook;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::thread;

use collate_model::{Dataset, Note};
use rayon::prelude::*;

pub use cells::Cells;
pub use error::{ErrorKind, PublishError};
use files::Written;
pub use output::{Column, Key, Look, Output, outputs, stretches};
pub use safe_text::visible;

/// A sort of file that can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// One csv file per table.
    Csv,
    /// One workbook, `collate.xlsx`, with a sheet per table.
    Xlsx,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 2] = [Format::Csv, Format::Xlsx];

    /// The word for it in settings and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.trim().to_ascii_lowercase();
        Format::ALL
            .into_iter()
            .find(|format| format.name() == wanted)
            .ok_or_else(|| format!("\"{text}\" is not a format that can be written: use csv or xlsx"))
    }
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The folder, as an absolute path.
    pub out: PathBuf,
    /// The names of the files written, in the order of the dataset's tables; `manifest.json` is last.
    pub files: Vec<String>,
    /// What did not fit into the workbook, and what was found changed in the former output and kept.
    pub notes: Vec<Note>,
}

/// Files that are written and flushed beside their place, and not yet in it. Dropped, they are gone.
pub struct Staged {
    stage: swap::Stage,
    files: Vec<Written>,
    notes: Vec<Note>,
}

impl Staged {
    /// SHA-256 of the manifest, in hexadecimal.
    pub fn manifest(&self) -> &str {
        self.files.last().map_or("", |manifest| &manifest.sha256)
    }

    /// Puts them in the place of the former output. The `keep` former outputs stay beside it: `merged.1`
    /// is the last one, `merged.2` the one before.
    pub fn swap_in(mut self, keep: usize) -> Result<Published, PublishError> {
        let (out, kept) = self.stage.swap_in(keep)?;
        self.notes.extend(kept);
        let files = self.files.into_iter().map(|file| file.name).collect();
        Ok(Published { out, files, notes: self.notes })
    }
}

/// Writes the dataset in these formats into `out`, whole or not at all.
///
/// `out` may be missing, empty, or a former output (its `manifest.json` says
/// `"program": "collate"`); any other folder is refused. The former output stays whole until
/// the new one is complete and flushed. `manifest` must be a JSON object with
/// `"program": "collate"`; it gains the key `files`. The same dataset and manifest give the
/// same bytes, on any number of threads.
pub fn publish(
    dataset: &Dataset,
    manifest: &serde_json::Value,
    out: &Path,
    formats: &[Format],
) -> Result<Published, PublishError> {
    stage(dataset, manifest, out, formats)?.swap_in(0)
}

/// Says why nothing can be published there, before any work is done: see [`publish`].
pub fn may_publish(out: &Path) -> Result<(), PublishError> {
    swap::check(out)
}

/// Clears away what a run that died has left beside the target, and finishes or undoes its swap. What
/// can't be done is told by [`publish`]. A former output that was to be kept is kept.
pub fn tidy(out: &Path, keep: usize) {
    let _ = swap::tidy(out, keep);
}

/// The first part of [`publish`]: all that can take long or fail for want of room.
pub fn stage(
    dataset: &Dataset,
    manifest: &serde_json::Value,
    out: &Path,
    formats: &[Format],
) -> Result<Staged, PublishError> {
    manifest::check(manifest, out)?;
    let stage = swap::Stage::open(out)?;
    let (mut files, notes) = write_formats(dataset, stage.folder(), formats)?;
    files.push(manifest::write(manifest, &files, stage.folder())?);
    files::sync_folder(stage.folder())?;
    Ok(Staged { stage, files, notes })
}

fn write_formats(
    dataset: &Dataset,
    folder: &Path,
    formats: &[Format],
) -> Result<(Vec<Written>, Vec<Note>), PublishError> {
    let outputs = outputs(dataset);
    let csv = formats.contains(&Format::Csv);
    let write_csv = || -> Result<Vec<Written>, PublishError> {
        if !csv {
            return Ok(Vec::new());
        }
        thread::scope(|flushers| {
            let written = outputs.par_iter().map(|output| csv_file::write(output.as_ref(), folder, flushers));
            let files = written.collect::<Result<Vec<_>, _>>()?;
            files.into_iter().map(|file| file.wait(folder)).collect()
        })
    };
    let write_xlsx = || -> Result<Option<workbook::Finished>, PublishError> {
        if !formats.contains(&Format::Xlsx) {
            return Ok(None);
        }
        workbook::write(dataset, &outputs, folder, csv).map(Some)
    };
    let (files, workbook) = rayon::join(write_csv, write_xlsx);
    let (mut files, mut notes) = (files?, Vec::new());
    if let Some(finished) = workbook? {
        files.push(finished.file);
        notes = finished.notes;
    }
    Ok((files, notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_names() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert_eq!(" CSV ".parse(), Ok(Format::Csv));
        assert!("pdf".parse::<Format>().is_err());
    }
}
