//! What a run did, in numbers that add up.

use std::collections::BTreeSet;
use std::path::Path;

use collate_link::Basis;
use collate_model::{Dataset, RowCounts, Severity};
use collate_publish::Published;
use collate_reconcile::Linkage;
use serde::Serialize;
use serde_json::Value;

use crate::databases::Loaded;
use crate::pipeline::ReadFile;
use crate::say::harmless;
use crate::stopwatch::{Stopwatch, peak_memory};

/// Notes told on the terminal; the rest are in problems.csv.
const MOST_NOTES: usize = 12;

/// The numbers of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// Files found.
    pub files: usize,
    /// Files, or sheets of them, that could not be read.
    pub files_refused: usize,
    /// Sheets read.
    pub sheets: usize,
    /// Rows: `read` is the sum of the others.
    pub rows: RowCounts,
    /// Rows with at least one warning or error.
    pub rows_with_problems: usize,
    /// Entities of each sort, by the name of its file.
    pub entities: Vec<(String, usize)>,
    /// Mentions of children in all rows.
    pub mentions: usize,
    /// Those that were joined with another.
    pub linked: usize,
    /// Pairs that wait for a person.
    pub waiting_for_review: usize,
    /// Values that lost against the merged one.
    pub conflicts: usize,
}

impl Summary {
    /// Counts.
    pub fn new(files: &[ReadFile], dataset: &Dataset) -> Self {
        let mut rows = RowCounts::default();
        dataset.counts.iter().for_each(|counts| rows.add(counts));
        let with_problems: BTreeSet<(&str, &str, u32)> = (dataset.notes.iter())
            .filter(|note| note.row > 0 && note.severity > Severity::Info)
            .map(|note| (note.file.as_str(), note.sheet.as_str(), note.row))
            .collect();
        let person = dataset.tables.iter().position(|t| t.def.name == "child").unwrap_or(usize::MAX);
        let mut sizes = vec![0usize; dataset.tables.get(person).map_or(0, |t| t.count)];
        for link in dataset.links.iter().filter(|link| link.table as usize == person) {
            sizes[link.entity as usize] += 1;
        }
        let published = dataset.tables.iter().filter(|table| table.is_published());
        Summary {
            files: files.len(),
            files_refused: files.iter().filter(|file| file.file.refused).count(),
            sheets: files.iter().map(|file| file.sheets).sum(),
            rows,
            rows_with_problems: with_problems.len(),
            entities: published.map(|table| (table.def.plural.clone(), table.count)).collect(),
            mentions: sizes.iter().sum(),
            linked: sizes.iter().filter(|size| **size > 1).sum(),
            waiting_for_review: dataset.review.len(),
            conflicts: dataset.conflicts(),
        }
    }

    /// The counts as JSON.
    pub fn counts(&self) -> Value {
        let entities: serde_json::Map<_, _> =
            self.entities.iter().map(|(name, count)| (name.clone(), (*count).into())).collect();
        serde_json::json!({
            "files": self.files,
            "files_refused": self.files_refused,
            "sheets": self.sheets,
            "rows": self.rows,
            "rows_with_problems": self.rows_with_problems,
            "entities": entities,
            "mentions": self.mentions,
            "linked": self.linked,
            "waiting_for_review": self.waiting_for_review,
            "conflicts": self.conflicts,
        })
    }

    /// The summary as one JSON object.
    pub fn json(&self, out: &Path, databases: &[Loaded], linkage: &Linkage, watch: &Stopwatch) -> String {
        let mut object = self.counts();
        let more = serde_json::json!({
            "out": out,
            "databases": databases,
            "linked_anew": linkage.anew,
            "candidate_pairs": linkage.linked.candidates,
            "blocking": linkage.linked.blocking,
            "model_rests_on": linkage.linked.basis,
            "seconds": watch.seconds(),
            "peak_memory_bytes": peak_memory(),
        });
        if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
            object.extend(more);
        }
        serde_json::to_string_pretty(&object).expect("numbers and texts are always valid JSON")
    }

    /// Tells a person, on standard error: problems first, then the counts.
    pub fn tell(&self, dataset: &Dataset, published: &Published, linkage: &Linkage, quiet: bool) {
        let mut notes: Vec<_> = dataset.notes.iter().filter(|n| n.severity == Severity::Error).collect();
        if !quiet {
            notes.extend(dataset.notes.iter().filter(|n| n.severity == Severity::Warning && n.row == 0));
        }
        // What publishing could not do comes too late for problems.csv: it is told whatever else is.
        for note in published.notes.iter().chain(notes.iter().copied().take(MOST_NOTES)) {
            let word = if note.severity == Severity::Error { "not read" } else { "note" };
            eprintln!("{}", harmless(&format!("{word}: {}: {}", note.place(), note.what)));
            if !note.todo.is_empty() {
                eprintln!("  {}", note.todo);
            }
        }
        if notes.len() > MOST_NOTES {
            eprintln!("... and {} more in problems.csv", notes.len() - MOST_NOTES);
        }
        if !quiet {
            eprint!("{}{}", self.text(), weights(linkage.linked.basis));
            if !linkage.anew {
                eprintln!("Links: those of the last run, because nothing that they rest on has changed");
            }
            eprintln!("Published in {}: {}", published.out.display(), published.files.join(", "));
        }
    }

    /// The counts in words.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        let refused = match self.files_refused {
            0 => String::new(),
            n => format!(", {n} of them not or not wholly read"),
        };
        let (files, sheets) = (counted(self.files, "file"), counted(self.sheets, "sheet"));
        lines.push(format!("{files}{refused}, {sheets}, {}:", counted(self.rows.read, "row")));
        for (count, what) in [
            (self.rows.used, "records used"),
            (self.rows.header, "headings"),
            (self.rows.furniture, "titles, notes, totals and rulers"),
            (self.rows.continued, "rows that go on with the text of the row above"),
            (self.rows.without_identity, "records that name nobody and nothing (see problems.csv)"),
            (self.rows.left_alone, "rows left alone: of sheets that are no tracker, hidden, or left out"),
        ] {
            if count > 0 {
                lines.push(format!("  {:>9}  {what}", number(count)));
            }
        }
        lines.push(format!("Rows with problems: {}", number(self.rows_with_problems)));
        lines.push("Merged into".to_owned());
        for (name, count) in self.entities.iter().filter(|(_, count)| *count > 0) {
            let from = match name.as_str() {
                "children" => {
                    format!(
                        " from {} mentions, of which {} linked with another",
                        number(self.mentions),
                        number(self.linked)
                    )
                }
                _ => String::new(),
            };
            lines.push(format!("  {:>9}  {name}{from}", number(*count)));
        }
        if self.entities.iter().all(|(_, count)| *count == 0) {
            lines.push(
                "  nothing: no sheet was recognised as a tracker (see problems.csv, or collate inspect)"
                    .to_owned(),
            );
        }
        lines.push(format!("Waiting for review: {}", number(self.waiting_for_review)));
        lines.join("\n") + "\n"
    }
}

/// A line on the weights, where the user's own data did not make them.
fn weights(basis: Basis) -> String {
    match basis {
        Basis::Fitted => String::new(),
        Basis::TooFew => format!(
            "Weights: mostly the figures to start from, because fewer than {} mentions were linked with another\n",
            Basis::ENOUGH
        ),
        Basis::Unfitted => {
            "Weights: the figures to start from, because there is nothing to compare\n".to_owned()
        }
        Basis::Frozen => "Weights: of the saved model, as they are\n".to_owned(),
    }
}

/// `1 file`, `2 files`.
fn counted(n: impl TryInto<u64>, what: &str) -> String {
    let n = n.try_into().unwrap_or(0);
    format!("{} {what}{}", number(n), if n == 1 { "" } else { "s" })
}

/// `12,345`.
pub fn number(n: impl TryInto<u64>) -> String {
    let digits = n.try_into().unwrap_or(0).to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (n, text) in [(0u64, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(number(n), text);
        }
    }
}
