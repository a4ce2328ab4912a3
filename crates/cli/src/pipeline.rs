//! The stages up to clean tables, which `run` and `inspect` share.

use collate_clean::clean_table;
use collate_model::{CleanTable, Kinds, Marked, Note, Numbering, RowCounts, Source, SourceId, Table, Told};
use collate_read::FileRead;
use collate_recognise::{Recognised as Found, Recogniser};
use collate_reconcile::{KeptLinks, Linking};
use rayon::prelude::*;

use crate::plan::Plan;
use crate::progress::Progress;
use crate::reader;
use crate::stopwatch::Stopwatch;
use crate::unused_settings::unused_settings;
use crate::versions::versions;

/// A file that was read, without its cells.
pub struct ReadFile {
    /// Name, size, hash, format; its sheets are taken out.
    pub file: FileRead,
    /// How many sheets it had.
    pub sheets: usize,
    /// It is a workbook that collate wrote.
    pub own: bool,
}

/// A file with what its sheets were taken for.
pub struct FileFound {
    /// The file, without its cells.
    pub file: FileRead,
    /// Its sheets.
    pub sheets: Vec<SheetFound>,
}

/// A sheet with what it was taken for.
pub struct SheetFound {
    /// Where it is.
    pub source: Source,
    /// What could not be read in it.
    pub notes: Vec<Note>,
    /// What was found in it.
    pub found: Found,
}

/// What was read and recognised.
#[derive(Default)]
pub struct Recognised {
    /// The files.
    pub files: Vec<ReadFile>,
    /// Every sheet, in order.
    pub sources: Vec<Source>,
    /// What became of the rows of each.
    pub counts: Vec<RowCounts>,
    /// Each recognised table, with the index of its sheet.
    pub tables: Vec<(usize, Table)>,
    /// What a person sees on their records beside the values.
    pub marks: Vec<Marked>,
    /// What could not be done.
    pub notes: Vec<Note>,
    /// Something could not be read.
    pub refused: bool,
}

impl Recognised {
    /// What reconciling takes: the sheets, counts and notes go with it.
    pub fn take_input<'a>(
        &mut self,
        kinds: &'a Kinds,
        tables: &'a [CleanTable],
        linking: Linking,
        told: &'a Told,
        numbering: &'a dyn Numbering,
        kept: &'a dyn KeptLinks,
    ) -> collate_reconcile::Input<'a> {
        collate_reconcile::Input {
            kinds,
            sources: std::mem::take(&mut self.sources),
            counts: std::mem::take(&mut self.counts),
            tables,
            marks: std::mem::take(&mut self.marks),
            notes: std::mem::take(&mut self.notes),
            linking,
            told,
            numbering,
            kept,
        }
    }
}

/// Reads the files and recognises their sheets.
pub fn read_and_recognise(plan: &Plan, progress: &Progress, watch: &Stopwatch) -> Recognised {
    let mut found = Recognised { notes: plan.notes.clone(), ..Recognised::default() };
    found.refused = plan.notes.iter().any(|note| note.severity == collate_model::Severity::Error);
    let bar = progress.bar("Reading", plan.inputs.len());
    let limits = plan.config.limits();
    let read = |input| {
        let file = reader::read(input, &limits);
        bar.inc(1);
        file
    };
    let mut files: Vec<FileRead> = plan.inputs.par_iter().map(read).collect();
    bar.finish_and_clear();
    if progress.is_shown() {
        for (file, input) in files.iter_mut().zip(&plan.inputs) {
            reader::ask(file, input, &limits);
        }
        // One that was given up may have the password that was typed for a later one.
        for (file, input) in files.iter_mut().zip(&plan.inputs) {
            reader::try_typed(file, input, &limits);
        }
    }

    watch.next("recognising");
    let bar = progress.bar("Recognising", files.len());
    let recogniser = Recogniser::new(&plan.kinds);
    let recognised = files.into_par_iter().map(|mut file| {
        let sheets = std::mem::take(&mut file.sheets);
        let sheets = sheets.into_iter().map(|mut sheet| {
            let found = match plan.skip_hidden {
                true => recogniser.recognise_visible(&mut sheet, plan.config.overrides()),
                false => recogniser.recognise(&sheet, plan.config.overrides()),
            };
            let notes = std::mem::take(&mut sheet.notes);
            SheetFound { source: Source { file: sheet.file, sheet: sheet.name }, notes, found }
        });
        let mut sheets = sheets.collect::<Vec<_>>();
        leave_own_workbook(&mut sheets);
        bar.inc(1);
        FileFound { file, sheets }
    });
    let recognised: Vec<FileFound> = recognised.collect();
    bar.finish_and_clear();
    found.notes.extend(unused_settings(plan.config.overrides(), &recognised));
    for FileFound { mut file, sheets } in recognised {
        found.refused |= file.refused;
        found.notes.append(&mut file.notes);
        let own = sheets.first().is_some_and(|sheet| sheet.found.own);
        found.files.push(ReadFile { sheets: sheets.len(), file, own });
        for sheet in sheets {
            let index = found.sources.len();
            found.sources.push(sheet.source);
            found.counts.push(sheet.found.counts);
            found.notes.extend(sheet.notes);
            found.notes.extend(sheet.found.notes);
            let marked = |(row, col, sort, text)| Marked { source: index as SourceId, row, col, sort, text };
            found.marks.extend(sheet.found.marks.into_iter().map(marked));
            found.tables.extend(sheet.found.tables.into_iter().map(|table| (index, table)));
        }
    }
    found.notes.extend(versions(&found));
    found
}

/// A workbook of our own says so on its first sheet, and that holds for all of them.
fn leave_own_workbook(sheets: &mut [SheetFound]) {
    let Some((first, others)) = sheets.split_first_mut().filter(|(first, _)| first.found.own) else {
        return;
    };
    for sheet in others {
        let rows = sheet.found.counts.read;
        sheet.found = Found {
            counts: RowCounts { read: rows, left_alone: rows, ..RowCounts::default() },
            notes: first.found.notes.iter().map(|note| note.clone().on_sheet(&sheet.source.sheet)).collect(),
            own: true,
            ..Found::default()
        };
    }
}

/// Cleans every table.
pub fn clean(plan: &Plan, found: &mut Recognised, progress: &Progress) -> Vec<CleanTable> {
    let tables = std::mem::take(&mut found.tables);
    let bar = progress.bar("Cleaning", tables.len());
    let cleaned = tables.into_par_iter().map(|(_, table)| {
        let kind = plan.kinds.kind(&table.kind).expect("recognition gives known kinds only");
        let cleaned = clean_table(&table, kind);
        bar.inc(1);
        cleaned
    });
    let cleaned: Vec<(CleanTable, Vec<Note>)> = cleaned.collect();
    bar.finish_and_clear();
    let (tables, notes): (Vec<_>, Vec<_>) = cleaned.into_iter().unzip();
    found.notes.extend(notes.into_iter().flatten());
    tables
}
