//! The stages up to clean tables, which `run` and `inspect` share.

use std::collections::BTreeMap;

use collate_clean::clean_table;
use collate_model::{CleanTable, Note, RowCounts, Severity, Source, Table, TableColumn, column_name};
use collate_read::FileRead;
use collate_recognise::{Recognised as Found, Recogniser};
use rayon::prelude::*;

use crate::plan::Plan;
use crate::progress::Progress;
use crate::stopwatch::Stopwatch;

/// A file that was read, without its cells.
pub struct ReadFile {
    /// Name, size, hash, format; its sheets are taken out.
    pub file: FileRead,
    /// How many sheets it had.
    pub sheets: usize,
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
    /// What could not be done.
    pub notes: Vec<Note>,
    /// Something could not be read.
    pub refused: bool,
}

/// Reads the files and recognises their sheets.
pub fn read_and_recognise(plan: &Plan, progress: &Progress, watch: &Stopwatch) -> Recognised {
    let mut found = Recognised { notes: plan.notes.clone(), ..Recognised::default() };
    found.refused = plan.notes.iter().any(|note| note.severity == collate_model::Severity::Error);
    let bar = progress.bar("Reading", plan.inputs.len());
    let limits = plan.config.limits();
    let read = |input| {
        let file = collate_read::read(input, &limits);
        bar.inc(1);
        file
    };
    let files: Vec<FileRead> = plan.inputs.par_iter().map(read).collect();
    bar.finish_and_clear();

    watch.next("recognising");
    let bar = progress.bar("Recognising", files.len());
    let recogniser = Recogniser::new(&plan.kinds);
    let recognised = files.into_par_iter().map(|mut file| {
        let sheets = std::mem::take(&mut file.sheets);
        let tables = sheets.into_iter().map(|mut sheet| {
            let found = recogniser.recognise(&sheet, plan.config.overrides());
            (Source { file: sheet.file, sheet: sheet.name }, std::mem::take(&mut sheet.notes), found)
        });
        let mut tables = tables.collect::<Vec<_>>();
        leave_own_workbook(&mut tables);
        bar.inc(1);
        (file, tables)
    });
    let recognised: Vec<_> = recognised.collect();
    bar.finish_and_clear();
    found.notes.extend(unused_settings(plan, &recognised));
    for (mut file, sheets) in recognised {
        found.refused |= file.refused;
        found.notes.append(&mut file.notes);
        found.files.push(ReadFile { sheets: sheets.len(), file });
        for (source, notes, sheet) in sheets {
            let index = found.sources.len();
            found.sources.push(source);
            found.counts.push(sheet.counts);
            found.notes.extend(notes);
            found.notes.extend(sheet.notes);
            found.tables.extend(sheet.tables.into_iter().map(|table| (index, table)));
        }
    }
    found
}

/// A workbook of our own says so on its first sheet, and that holds for all of them.
fn leave_own_workbook(sheets: &mut [(Source, Vec<Note>, collate_recognise::Recognised)]) {
    let Some(((_, _, first), others)) = sheets.split_first_mut().filter(|(first, _)| first.2.own) else {
        return;
    };
    for (source, _, sheet) in others {
        let rows = sheet.counts.read;
        *sheet = collate_recognise::Recognised {
            counts: RowCounts { read: rows, left_alone: rows, ..RowCounts::default() },
            notes: first.notes.iter().map(|note| note.clone().on_sheet(&source.sheet)).collect(),
            own: true,
            ..Default::default()
        };
    }
}

/// What collate.toml says of files, sheets and columns that are not there: most likely a slip of the
/// pen, and then the setting that was meant does not hold.
fn unused_settings(plan: &Plan, read: &[(FileRead, Vec<(Source, Vec<Note>, Found)>)]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |file: &str, sheet: &str, what: String| {
        let todo = "write the name in collate.toml as collate inspect shows it";
        notes.push(Note::new(Severity::Warning, "setting-unused", file, what, todo).on_sheet(sheet));
    };
    for (name, told) in &plan.config.overrides().files {
        let Some((_, sheets)) = read.iter().find(|(file, _)| file.name == *name) else {
            note(
                name,
                "",
                "collate.toml speaks of this file, which is not among those that were read".to_owned(),
            );
            continue;
        };
        let has = |column: &str, sheet: Option<&str>| {
            let of = |source: &Source| sheet.is_none_or(|sheet| source.sheet == sheet);
            let named = |c: &TableColumn| c.header == column || column_name(c.col) == column;
            let tables =
                sheets.iter().filter(|(source, ..)| of(source)).flat_map(|(_, _, found)| &found.tables);
            tables.flat_map(|table| &table.columns).any(named)
        };
        let ignored = |field: &str| field == collate_recognise::IGNORE;
        let slips = |columns: &BTreeMap<String, String>, sheet: Option<&str>| -> Vec<String> {
            columns.iter().filter(|(c, f)| !ignored(f) && !has(c, sheet)).map(|(c, _)| c.clone()).collect()
        };
        for column in slips(&told.columns, None) {
            note(
                name,
                "",
                format!("collate.toml speaks of a column `{column}`, which no table of this file has"),
            );
        }
        for (sheet, told) in &told.sheets {
            if !sheets.iter().any(|(source, ..)| source.sheet == *sheet) {
                note(
                    name,
                    sheet,
                    "collate.toml speaks of this sheet, which the file does not have".to_owned(),
                );
                continue;
            }
            for column in slips(&told.columns, Some(sheet)) {
                note(
                    name,
                    sheet,
                    format!("collate.toml speaks of a column `{column}`, which no table of this sheet has"),
                );
            }
        }
    }
    notes
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
