//! Children: matched by probability on everything that the rows know of them.

use std::io;

use collate_link::block::{OwnRule, Rule, RuleError};
use collate_link::{FieldKind, Linked, Progress, Records, Settings, Start, link_with};
use collate_model::{Mentioned, Note, Severity, SourceId, Told};

use crate::columns::records;
use crate::mention::{Mention, children, sign};
use crate::rows::Rows;
use crate::told;

/// The columns by which children are compared. Lists of people may bring others, by their headings.
pub const COLUMNS: [(&str, FieldKind); 13] = [
    ("forename", FieldKind::Forename),
    ("surname", FieldKind::Surname),
    ("date of birth", FieldKind::Date),
    ("child id", FieldKind::Identifier),
    ("other id", FieldKind::Identifier),
    ("NHS number", FieldKind::Identifier),
    ("UPN", FieldKind::Identifier),
    ("national id", FieldKind::Identifier),
    ("postcode", FieldKind::Postcode),
    ("sex", FieldKind::Code),
    ("case number", FieldKind::Reference),
    ("family group", FieldKind::Reference),
    ("relatives", FieldKind::Set),
];

/// What the user says of linking.
#[derive(Debug, Clone, Default)]
pub struct Linking {
    /// What the model starts from.
    pub start: Start,
    /// The file that it was read from, for notes; empty where there is none.
    pub model_file: String,
    /// Blocking rules besides the built-in ones.
    pub rules: Vec<OwnRule>,
    /// The file that they stand in, for notes.
    pub rules_file: String,
    /// Bytes of memory that pairs of records may take; as many as it takes where nothing is said.
    pub pair_memory: Option<u64>,
}

/// Keeps what linking found from one run to the next: where all that it rests on is the same, it need not
/// be found again.
pub trait KeptLinks {
    /// What was found for the same records with the same settings.
    fn find(&self, records: &Records, settings: &Settings) -> Option<Linked>;
    /// Keeps what was found for those that were asked for last.
    fn keep(&self, linked: &Linked);
}

/// Links that are found anew each time.
pub struct Anew;

impl KeptLinks for Anew {
    fn find(&self, _: &Records, _: &Settings) -> Option<Linked> {
        None
    }

    fn keep(&self, _: &Linked) {}
}

/// The mentioned children, linked.
pub struct Children {
    /// Every mention, row by row.
    pub mentions: Vec<Mention>,
    /// Where each is: its sheet, its row as a spreadsheet shows it, and which child of the row.
    pub places: Vec<(SourceId, u32, u32)>,
    /// What the engine compared.
    pub records: Records,
    /// How.
    pub settings: Settings,
    /// What it found, one entry per mention.
    pub linked: Linked,
    /// It was found now, and not kept from a former run.
    pub anew: bool,
    /// What could not be used.
    pub notes: Vec<Note>,
}

impl Children {
    /// Finds the mentions and links them.
    pub fn link(
        rows: &Rows,
        linking: Linking,
        told: &Told,
        kept: &dyn KeptLinks,
        progress: Progress,
    ) -> io::Result<Self> {
        let mentions = children(rows);
        let short = Settings::are_few(mentions.len());
        let (records, mut notes) = records(rows, &mentions, short);
        let records = told::tell(rows, &mentions, told, records);
        // Trackers are about families, where twins share everything but the forename.
        let strict = rows.tables.iter().any(|view| view.kind.name != "people_list");
        notes.extend(unknown(&linking, &records));
        let rules = rules(&linking, &records, &mut notes);
        let (start, pair_memory) = (linking.start, linking.pair_memory);
        let settings = Settings { strict, start, rules, pair_memory, ..Settings::default() };
        let (linked, anew) = match kept.find(&records, &settings) {
            Some(linked) => (linked, false),
            None => (link_with(&records, &settings, progress)?, true),
        };
        if anew {
            kept.keep(&linked);
        }
        let place =
            |mention: &Mention| (rows.view(mention.row).source, rows.number(mention.row), mention.part);
        let places = mentions.iter().map(place).collect();
        Ok(Children { mentions, places, records, settings, linked, anew, notes })
    }

    /// The two mentions of each doubtful pair, for whoever keeps them.
    pub fn doubts(&self, rows: &Rows) -> Vec<(Mentioned, Mentioned)> {
        let mentioned = |record: u32| {
            let mention = self.mentions[record as usize];
            Mentioned {
                table: mention.row.table,
                record: mention.row.record,
                part: mention.part,
                sign: sign(rows, mention),
                entity: self.linked.clusters[record as usize],
            }
        };
        self.linked.doubts.iter().map(|doubt| (mentioned(doubt.left), mentioned(doubt.right))).collect()
    }
}

/// Columns that the model does not know have round figures: that is told, because nobody sees it.
fn unknown(linking: &Linking, records: &Records) -> Vec<Note> {
    let (Start::From(model) | Start::Frozen(model)) = &linking.start else { return Vec::new() };
    let note = |column: &str| {
        let what = format!(
            "the model does not know the column \"{column}\"; it was given the figures to start from"
        );
        let (severity, todo) = match linking.start.is_frozen() {
            true => (Severity::Warning, "save a new model of a run that has the column"),
            false => (Severity::Info, ""),
        };
        Note::new(severity, "model-column", &linking.model_file, what, todo)
    };
    model.unknown(records).into_iter().map(note).collect()
}

/// The user's rules for the columns that there are; a rule on others gives no pair.
fn rules(linking: &Linking, records: &Records, notes: &mut Vec<Note>) -> Vec<Rule> {
    let mut rules = Vec::new();
    for rule in &linking.rules {
        match rule.rule(records) {
            Ok(rule) => rules.push(rule),
            Err(RuleError::NoColumn(what) | RuleError::Wrong(what)) => {
                let todo = "write the columns as manifest.json has them under linkage, or take the rule out";
                notes.push(Note::new(Severity::Warning, "setting-unused", &linking.rules_file, what, todo));
            }
        }
    }
    rules
}
