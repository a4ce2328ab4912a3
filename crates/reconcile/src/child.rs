//! Children: matched by probability on everything that the rows know of them.

use collate_link::{Linked, Progress, Settings, link_with};

use collate_model::Note;

use crate::Linkage;
use crate::columns::records;
use crate::mention::{Mention, children};
use crate::rows::Rows;

/// Mentions from which on the model has enough to learn from.
const ENOUGH_TO_LEARN: usize = 2000;

/// The mentioned children, linked.
pub struct Children {
    /// Every mention, row by row.
    pub mentions: Vec<Mention>,
    /// What the engine compared.
    pub records: collate_link::Records,
    /// What it found, one entry per mention.
    pub linked: Linked,
    /// What could not be used.
    pub notes: Vec<Note>,
}

impl Children {
    /// Finds the mentions and links them.
    pub fn link(rows: &Rows, progress: Progress) -> Self {
        let mentions = children(rows);
        let short = mentions.len() < ENOUGH_TO_LEARN;
        let (records, notes) = records(rows, &mentions, short);
        // Trackers are about families, where twins share everything but the forename; and a short
        // list can't teach how often one person's names and dates differ.
        let families = rows.tables.iter().any(|view| view.kind.name != "people_list");
        let strict = families || short;
        let settings = Settings { strict, ..Settings::default() };
        let linked = link_with(&records, &settings, progress);
        Children { mentions, records, linked, notes }
    }

    /// What linking did.
    pub fn into_linkage(self) -> Linkage {
        Linkage {
            model: self.linked.model,
            blocking: self.linked.blocking,
            candidates: self.linked.candidates,
        }
    }
}
