//! The guard: a run that looks as if something went wrong with the trackers does not take the place
//! of the former output, unless a person has had a look.

use collate_register::{InputSeen, Recalled, Run};
use serde_json::Value;

use crate::failure::Failure;
use crate::register::inputs::OWN;
use crate::summary::Summary;

/// Share of its rows that a file may lose from one run to the next.
const ROWS: f64 = 0.2;
/// Fewer than so many rows, or entities, are never too many to lose.
const FEW: f64 = 10.0;
/// By how much the share of mentions that are linked may move.
const LINKED: f64 = 0.1;
/// By how much the number of children for a mention may move.
const CHILDREN: f64 = 0.1;
/// A field that so much of a sheet filled …
const FILLED: f64 = 0.5;
/// … is emptied when no more than this does.
const EMPTIED: f64 = 0.1;
/// Reasons that are told.
const MOST: usize = 8;

/// What a run found, beside what the last one found.
pub struct Guard<'a> {
    /// The last published run.
    pub last: &'a Run,
    /// What it read.
    pub before: &'a [InputSeen],
    /// What this one read.
    pub now: &'a [InputSeen],
    /// Files that this one could not read.
    pub refused: &'a [String],
    /// Which of its rows are which.
    pub recalled: &'a Recalled<'a>,
    /// What it counted.
    pub summary: &'a Summary,
}

impl Guard<'_> {
    /// Refuses what looks wrong.
    pub fn check(&self) -> Result<(), Failure> {
        let mut reasons: Vec<String> = self.before.iter().flat_map(|before| self.file(before)).collect();
        // A file that was not there the last time moves all shares by itself.
        let is_new = |now: &InputSeen| !self.before.iter().any(|before| before.file == now.file);
        if !self.now.iter().any(is_new) {
            reasons.extend(self.links());
        }
        if reasons.is_empty() {
            return Ok(());
        }
        let more = reasons.len().saturating_sub(MOST);
        reasons.truncate(MOST);
        let more = if more == 0 { String::new() } else { format!("\n  … and {more} more") };
        Err(Failure::guarded(
            format!("nothing was published, and the former output stands:\n  {}{more}", reasons.join("\n  ")),
            "have a look at the trackers; if that is as it should be, run again with --accept",
        ))
    }

    /// What looks wrong with a file that the last run read.
    fn file(&self, before: &InputSeen) -> Vec<String> {
        let file = &before.file;
        let Some(now) = self.now.iter().find(|now| now.file == *file) else {
            // A file with another name is still there if its rows are.
            let (found, all) = self.recalled.found_of(file);
            let there = all > 0 && found as f64 >= all as f64 * (1.0 - ROWS) || before.rows == 0;
            return if there {
                Vec::new()
            } else {
                vec![format!("{file} is not there any more ({} records)", before.rows)]
            };
        };
        if self.refused.contains(file) && before.rows > 0 {
            return vec![format!("{file} can't be read any more ({} records)", before.rows)];
        }
        let mut reasons = Vec::new();
        let (had, has) = (before.rows as f64, now.rows as f64);
        if has == 0.0 && had > 0.0 && self.recalled.found_of(file).0 == 0 {
            reasons.push(format!("{file} has no records any more, and had {had}"));
            return reasons;
        }
        if has < had * (1.0 - ROWS) && had - has >= FEW {
            let (found, all) = self.recalled.found_of(file);
            if (found as f64) < all as f64 * (1.0 - ROWS) {
                reasons.push(format!("{file} has {has} records, and had {had}"));
            }
        }
        let sheets = |input: &InputSeen| input.sheets.as_object().cloned().unwrap_or_default();
        let now = sheets(now);
        for (sheet, before) in sheets(before) {
            let Some(now) = now.get(&sheet) else { continue };
            reasons.extend(columns(file, &sheet, &before, now));
        }
        reasons
    }

    /// Links or children that are suddenly more or fewer.
    fn links(&self) -> Vec<String> {
        let count = |name: &str| self.last.counts.get(name).and_then(Value::as_f64).unwrap_or(0.0);
        let children = self.last.counts.get("entities").and_then(Value::as_array).and_then(|all| {
            let one = all.iter().find(|one| one.get(0).and_then(Value::as_str) == Some("children"))?;
            one.get(1)?.as_f64()
        });
        let (mentions, linked, children) = (count("mentions"), count("linked"), children.unwrap_or(0.0));
        let now_children =
            self.summary.entities.iter().find(|(name, _)| name == "children").map_or(0, |(_, count)| *count);
        let (now, now_linked, now_children) =
            (self.summary.mentions as f64, self.summary.linked as f64, now_children as f64);
        if mentions < 2.0 * FEW || now < 1.0 {
            return Vec::new();
        }
        let mut reasons = Vec::new();
        let moved = |was: f64, is: f64, most: f64| (is / now - was / mentions).abs() > most;
        if moved(linked, now_linked, LINKED) && (now_linked - linked).abs() >= FEW {
            reasons.push(format!(
                "of {now} mentions of children {now_linked} are linked with another, and of {mentions} there were {linked}"
            ));
        }
        if moved(children, now_children, CHILDREN) && (now_children - children).abs() >= FEW {
            reasons.push(format!("there are {now_children} children, and there were {children}"));
        }
        reasons
    }
}

/// Columns that are gone from a sheet, or were emptied.
fn columns(file: &str, sheet: &str, before: &Value, now: &Value) -> Vec<String> {
    let rows = |sheet: &Value| sheet.get("rows").and_then(Value::as_f64).unwrap_or(0.0);
    let (had, has) = (rows(before), rows(now));
    let place = if sheet.is_empty() { file.to_owned() } else { format!("{file}, sheet {sheet}") };
    let mut reasons = Vec::new();
    let fields = before.get("filled").and_then(Value::as_object).cloned().unwrap_or_default();
    for (field, filled) in fields {
        let filled = filled.as_f64().unwrap_or(0.0);
        // A heading of a person's own may hold anything, even a name.
        let name = match field.starts_with(OWN) {
            true => "column that is kept under its own heading".to_owned(),
            false => field.replace('_', " "),
        };
        match now.get("filled").and_then(|now| now.get(&field)).and_then(Value::as_f64) {
            None if filled >= (had * FILLED).max(1.0) && has >= 1.0 => {
                reasons.push(match field.starts_with(OWN) {
                    true => format!("{place}: a {name} is gone"),
                    false => format!("{place}: the column with the {name} is gone"),
                });
            }
            Some(now) if filled >= had * FILLED && filled >= FEW && now <= has * EMPTIED => {
                reasons.push(format!(
                    "{place}: {} {name} is in {now} of {has} records, and was in {filled} of {had}",
                    if field.starts_with(OWN) { "a" } else { "the" },
                ));
            }
            _ => {}
        }
    }
    reasons
}
