//! The improvement plan: text with tabs, sections, actions whose reference stands only in the
//! first row, rows that go on with the text above, rulers. It names no child.

use super::cells::{blank, title};
use crate::SynthError;
use crate::council::COUNCIL;
use crate::folder::{Folder, Format};
use crate::lists::by_line;
use crate::sheet::Cell;

const COLUMNS: [&str; 7] = [
    "Ref",
    "Priority Area",
    "Activity",
    "Lead Officer within Legal Services",
    "Target date",
    "Progress update",
    "RAG rating",
];
const LEADS: [&str; 4] =
    ["Head of Law, Children and Families", "Head of Law Children and Families", "Principal Lawyer", ""];

/// Writes the plan.
pub fn write(folder: &mut Folder) -> Result<(), SynthError> {
    let mut tracker = folder.tracker("Improvement plan", Format::Tsv, 50);
    tracker.sheet("")?;
    tracker.row(title(format!("{COUNCIL} - Legal Services - Resilience and improvement plan")))?;
    tracker.row(blank())?;
    let lines = by_line(include_str!("../../data/plan.txt")).remove("plan").unwrap_or_default();
    for (i, line) in lines.iter().enumerate() {
        if let Some(section) = line.strip_prefix('#') {
            if i > 0 {
                tracker.row(title("--"))?;
                tracker.row(blank())?;
            }
            tracker.row(title(section))?;
            tracker.row(COLUMNS.map(Cell::text).to_vec())?;
            continue;
        }
        let mut parts = line.trim_start_matches('>').split('|');
        let mut next = || parts.next().unwrap_or_default();
        let (reference, area, sub, activity, target) = (next(), next(), next(), next(), next());
        let (progress, rag) = (next(), next());
        let lead = if reference.is_empty() { "" } else { LEADS[i % LEADS.len()] };
        tracker.row(vec![
            Cell::text(reference),
            Cell::text(area),
            Cell::text(format!("{sub} {activity}").trim()),
            Cell::text(lead),
            Cell::text(target),
            Cell::text(progress),
            Cell::text(rag),
        ])?;
    }
    tracker.finish()
}
