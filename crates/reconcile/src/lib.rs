//! Cleaned rows to entities: which rows speak of the same child, case, claim or action, and
//! what is true of each.
//!
//! In: the cleaned tables of all trackers. Out: the [`Dataset`], in which every link has a reason
//! and every value a source cell.
//!
//! ```text
//! rows -> mentions -> (child: probability | case: number, children | others: keys) -> entities -> merged values
//! ```

mod case;
mod child;
mod child_ids;
mod columns;
mod doubts;
mod entities;
mod gathered;
mod identity;
mod keyed;
#[cfg(test)]
mod made_up;
mod mention;
mod merge;
mod numbers;
mod own_columns;
mod relatives;
mod rows;
mod shared_numbers;
mod shown;
mod told;
mod union;

use std::io;

use collate_model::{
    CleanTable, Dataset, Kinds, Marked, Mentioned, Note, Numbering, RowCounts, Source, SourceId, Told,
};

pub use child::{Anew, COLUMNS, KeptLinks, Linking};

/// What is going on, for whoever shows progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Linking the children.
    Linking(collate_link::Stage),
    /// Choosing one value per field.
    Merging,
}

/// Told of each step: the stage, how many of its steps are done, and of how many.
pub type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// What reconcile is given.
pub struct Input<'a> {
    /// The tracker kinds.
    pub kinds: &'a Kinds,
    /// Every sheet that was read, in order.
    pub sources: Vec<Source>,
    /// What recognition made of the rows of each sheet.
    pub counts: Vec<RowCounts>,
    /// The cleaned tables, in the order of their sheets.
    pub tables: &'a [CleanTable],
    /// What a person sees on the records beside their values.
    pub marks: Vec<Marked>,
    /// Notes of the stages before.
    pub notes: Vec<Note>,
    /// What the user says of linking.
    pub linking: Linking,
    /// What persons decided.
    pub told: &'a Told,
    /// Links of former runs.
    pub kept: &'a dyn KeptLinks,
    /// Gives entities numbers that last.
    pub numbering: &'a dyn Numbering,
}

/// How the children were linked: for the manifest, and for whoever asks why.
pub struct Linkage {
    /// What the engine compared.
    pub records: collate_link::Records,
    /// How.
    pub settings: collate_link::Settings,
    /// What it found, one entry per mention of a child. Clusters are numbered as the dataset's
    /// children are.
    pub linked: collate_link::Linked,
    /// It was found now, and not kept from a former run.
    pub anew: bool,
    /// Where each mention is: its sheet, its row as a spreadsheet shows it, and which child of the row.
    pub places: Vec<(SourceId, u32, u32)>,
    /// The two mentions of each doubtful pair, in the order of the doubts.
    pub doubts: Vec<(Mentioned, Mentioned)>,
}

/// Links and merges.
///
/// # Errors
/// Pairs of records are too many for [`Linking::pair_memory`], and the temporary file can't be used.
pub fn reconcile(input: Input, progress: Progress) -> io::Result<(Dataset, Linkage)> {
    let rows = rows::Rows::new(input.kinds, input.tables, &input.sources);
    let mut dataset = Dataset {
        sources: input.sources,
        counts: input.counts,
        marks: input.marks,
        notes: input.notes,
        ..Dataset::default()
    };
    let linking = |at, done, of| progress(Stage::Linking(at), done, of);
    let mut children = child::Children::link(&rows, input.linking, input.told, input.kept, &linking)?;
    dataset.notes.extend_from_slice(&children.notes);
    progress(Stage::Merging, 0, 1);
    let mut linked = entities::Entities::form(&rows, &children, &mut dataset);
    let numbers = numbers::last(&rows, input.numbering, &mut children, &mut linked, &mut dataset);
    doubts::review(&rows, &children, &linked, &mut dataset);
    let merge = || merge::merge(&rows, &linked, numbers, &|done, of| progress(Stage::Merging, done, of));
    (dataset.tables, ()) = rayon::join(merge, || mention::account(&rows, &linked, &mut dataset));
    told::right_values(&rows, &linked, input.told, &mut dataset);
    dataset.notes.sort();
    dataset.notes.dedup();
    let doubts = children.doubts(&rows);
    let child::Children { places, records, settings, linked, anew, .. } = children;
    Ok((dataset, Linkage { records, settings, linked, anew, places, doubts }))
}
