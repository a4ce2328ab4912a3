//! `collate decisions`: what persons decided, and deciding.

use std::path::Path;

use collate_register::{Decision, NewDecision, Place, Register, What};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::args::{DecisionAction, DecisionsArgs};
use crate::explain::what;
use crate::failure::{Exit, Failure};
use crate::private;
use crate::register::{existing, failed, now, user};
use crate::say::say;

/// A decision as it is exported: rows by file, sheet and number, and by a fingerprint of what they say, so
/// that it fits another register of the same trackers, however they are sorted.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Line {
    decision: i64,
    what: String,
    file: String,
    sheet: String,
    row: u32,
    part: u32,
    says: String,
    other_file: String,
    other_sheet: String,
    other_row: Option<u32>,
    other_part: Option<u32>,
    other_says: String,
    entity: String,
    column: String,
    value: String,
    who: String,
    at: String,
    why: String,
    taken_back_by: String,
    taken_back_at: String,
    taken_back_why: String,
}

/// Headings that every export has.
const NEEDED: [&str; 6] = ["what", "file", "sheet", "row", "part", "says"];

/// Does what is asked.
pub fn decisions(args: &DecisionsArgs) -> Result<Exit, Failure> {
    let mut register = existing(&args.register)?;
    let Some(action) = &args.action else { return list(args, &register) };
    let who = args.by.clone().unwrap_or_else(user);
    let why = args.why.clone().unwrap_or_default();
    let new = |place, what| NewDecision { at: now(), who: who.clone(), why: why.clone(), place, what };
    match action {
        DecisionAction::Same { one, other } => {
            let (one, other) = pair(&register, one, other)?;
            decide(&mut register, vec![new(one, What::Same(other))])
        }
        DecisionAction::Different { one, other } => {
            let (one, other) = pair(&register, one, other)?;
            decide(&mut register, vec![new(one, What::Different(other))])
        }
        DecisionAction::Right { id, column, value } => {
            let Some((sort, number)) = register.entity(id) else {
                return Err(Failure::usage(
                    format!("no entity has the id {id}"),
                    "the ids are in children.csv and the other files",
                ));
            };
            let rows = register.rows_of(sort, number);
            let Some(place) = rows.first() else {
                return Err(Failure::usage(
                    format!("no row of {id} is there any more"),
                    "redirects.csv says which id it has now, if any",
                ));
            };
            let columns = register.columns_of(sort, number).map_err(failed)?;
            if !columns.contains(column) {
                return Err(Failure::usage(
                    format!("{id} has no value in a column {column}"),
                    format!("it has {}", columns.join(", ")),
                ));
            }
            let (column, value) = (column.clone(), value.clone());
            decide(&mut register, vec![new(*place, What::Value { sort, column, value })])
        }
        DecisionAction::LeaveOut { row } => {
            let place = one_row(&register, row)?;
            decide(&mut register, vec![new(place, What::LeaveOut)])
        }
        DecisionAction::TakeBack { number } => {
            if !register.take_back(*number, &now(), &who, &why).map_err(failed)? {
                return Err(Failure::usage(
                    format!("there is no decision {number} that could be taken back"),
                    "collate decisions lists them",
                ));
            }
            register.keep_copy().map_err(failed)?;
            eprintln!("Decision {number} is taken back; it no longer holds from the next run on");
            Ok(Exit::Done)
        }
        DecisionAction::Export { file } => export(&register, file),
        DecisionAction::Import { file } => import(&mut register, file),
    }
}

fn decide(register: &mut Register, new: Vec<NewDecision>) -> Result<Exit, Failure> {
    let before = register.decisions().map_err(failed)?;
    for new in &new {
        if let Some(known) = before.iter().find(|decision| is_known(decision, new)) {
            eprintln!("That was decided before: decision {} of {}", known.decision, known.who);
            return Ok(Exit::Done);
        }
        if let Some(against) = contradicted(&before, new) {
            return Err(Failure::usage(
                format!(
                    "decision {} of {} says otherwise: {}",
                    against.decision,
                    against.who,
                    against.what.word()
                ),
                format!("take it back first: collate decisions take-back {}", against.decision),
            ));
        }
    }
    register.decide(&new).map_err(failed)?;
    register.keep_copy().map_err(failed)?;
    eprintln!("Kept; it holds from the next run on");
    Ok(Exit::Done)
}

/// The decision holds and says the same.
fn is_known(decision: &Decision, new: &NewDecision) -> bool {
    let same = match (&decision.what, &new.what) {
        (What::LeaveOut, What::LeaveOut) => decision.place.row == new.place.row,
        (old @ What::Value { .. }, value @ What::Value { .. }) => {
            decision.place.row == new.place.row && old == value
        }
        (old, pair) => {
            old.word() == pair.word() && pair.other().is_some_and(|other| decision.is_of(&new.place, &other))
        }
    };
    decision.is_in_force() && same
}

/// The decision that says otherwise of the same pair, or of the same value.
fn contradicted<'d>(before: &'d [Decision], new: &NewDecision) -> Option<&'d Decision> {
    before.iter().filter(|decision| decision.is_in_force()).find(|decision| {
        match (&decision.what, &new.what) {
            (What::Same(_), What::Different(other)) | (What::Different(_), What::Same(other)) => {
                decision.is_of(&new.place, other)
            }
            (
                What::Value { sort, column, value },
                What::Value { sort: new_sort, column: new_column, value: new_value },
            ) => {
                decision.place.row == new.place.row
                    && (sort, column) == (new_sort, new_column)
                    && value != new_value
            }
            _ => false,
        }
    })
}

/// The two rows of a pair.
fn pair(register: &Register, one: &str, other: &str) -> Result<(Place, Place), Failure> {
    let (one, other) = (child(register, one)?, child(register, other)?);
    if (one.row, one.part) == (other.row, other.part) {
        return Err(Failure::usage("that is twice the same child of the same row", "name two rows"));
    }
    Ok((one, other))
}

/// The one child of a row.
fn child(register: &Register, text: &str) -> Result<Place, Failure> {
    let (found, part) = rows(register, text)?;
    match found.iter().filter(|place| part.is_none_or(|part| part == place.part)).collect::<Vec<_>>()[..] {
        [one] => Ok(*one),
        [] => Err(Failure::usage(
            format!("{text} names no child"),
            "sources.csv lists the rows and the children of each",
        )),
        _ => Err(Failure::usage(
            format!("{text} names more than one child"),
            "say which: add #1, #2 … for the first, the second child of the row, or the sheet",
        )),
    }
}

fn one_row(register: &Register, text: &str) -> Result<Place, Failure> {
    let (found, _) = rows(register, text)?;
    match found.first() {
        Some(first) if found.iter().all(|place| place.row == first.row) => {
            Ok(Place { part: 1, sign: 0, ..*first })
        }
        Some(_) => Err(Failure::usage(
            format!("{text} is a row of more than one sheet"),
            "name the sheet too: FILE:SHEET:ROW",
        )),
        None => {
            Err(Failure::usage(format!("{text} was no record in the last run"), "sources.csv lists the rows"))
        }
    }
}

fn rows(register: &Register, text: &str) -> Result<(Vec<Place>, Option<u32>), Failure> {
    let Some((place, row, part)) = what::row(text) else {
        return Err(Failure::usage(
            format!("`{text}` is no row"),
            "a row is FILE:ROW or FILE:SHEET:ROW, such as 's20.csv:7'",
        ));
    };
    let (numbers, sources) = register.sources();
    let found = what::sources(&sources, place)?;
    let found: Vec<i64> = found.iter().map(|source| numbers[*source as usize]).collect();
    Ok((register.rows_at(&found, row), part))
}

fn line(register: &Register, decision: &Decision) -> Line {
    let (file, sheet, row) = decision.at_row.clone();
    let (other_file, other_sheet, other_row) = match decision.at_other.clone() {
        Some((file, sheet, row)) => (file, sheet, Some(row)),
        None => Default::default(),
    };
    let (entity, column, value) = match &decision.what {
        What::Value { sort, column, value } => {
            let name = register.sorts().into_iter().find(|name| register.sort(name) == Some(*sort));
            (name.unwrap_or_default().to_owned(), column.clone(), value.clone())
        }
        _ => Default::default(),
    };
    let (taken_back_at, taken_back_by, taken_back_why) = decision.taken_back.clone().unwrap_or_default();
    Line {
        decision: decision.decision,
        what: decision.what.word().to_owned(),
        file,
        sheet,
        row,
        part: decision.place.part,
        says: register.said_by(decision.place.row),
        other_file,
        other_sheet,
        other_row,
        other_part: decision.what.other().map(|other| other.part),
        other_says: decision.what.other().map_or(String::new(), |other| register.said_by(other.row)),
        entity,
        column,
        value,
        who: decision.who.clone(),
        at: decision.at.clone(),
        why: decision.why.clone(),
        taken_back_by,
        taken_back_at,
        taken_back_why,
    }
}

fn list(args: &DecisionsArgs, register: &Register) -> Result<Exit, Failure> {
    let decisions = register.decisions().map_err(failed)?;
    let lines: Vec<Line> = decisions.iter().map(|decision| line(register, decision)).collect();
    if args.register.json {
        say!("{:#}", json!(lines));
        return Ok(Exit::Done);
    }
    let place = |file: &str, sheet: &str, row: u32, part: u32| match sheet {
        "" => format!("{file}:{row}#{part}"),
        _ => format!("{file}:{sheet}:{row}#{part}"),
    };
    for line in &lines {
        let one = place(&line.file, &line.sheet, line.row, line.part);
        let other = line
            .other_row
            .map(|row| place(&line.other_file, &line.other_sheet, row, line.other_part.unwrap_or(1)));
        let of = match other {
            Some(other) => format!("{one} and {other}"),
            None if line.column.is_empty() => one,
            None => format!("{one}: {} of the {}", line.column, line.entity),
        };
        let why = if line.why.is_empty() { String::new() } else { format!(": {}", line.why) };
        say!("{:>5}  {:9}  {of}\n       {} {}{why}", line.decision, line.what, line.at, line.who);
        if !line.taken_back_at.is_empty() {
            say!("       taken back {} {} {}", line.taken_back_at, line.taken_back_by, line.taken_back_why);
        }
    }
    if lines.is_empty() {
        say!("Nothing was decided yet");
    }
    Ok(Exit::Done)
}

fn export(register: &Register, path: &Path) -> Result<Exit, Failure> {
    let failed_to = |error: &dyn std::fmt::Display| {
        Failure::failed(format!("{} can't be written: {error}", path.display()), "name another file")
    };
    let decisions = register.decisions().map_err(failed)?;
    let mut csv = csv::Writer::from_writer(private::create(path).map_err(|error| failed_to(&error))?);
    for decision in &decisions {
        csv.serialize(line(register, decision)).map_err(|error| failed_to(&error))?;
    }
    csv.flush().map_err(|error| failed_to(&error))?;
    eprintln!("{} decisions are in {}", decisions.len(), path.display());
    Ok(Exit::Done)
}

fn import(register: &mut Register, path: &Path) -> Result<Exit, Failure> {
    let unread = |error: &dyn std::fmt::Display| {
        Failure::usage(
            format!("{} can't be read: {error}", path.display()),
            "name a file that collate decisions export wrote",
        )
    };
    let mut csv = csv::Reader::from_path(path).map_err(|error| unread(&error))?;
    let headings = csv.headers().map_err(|error| unread(&error))?;
    if NEEDED.iter().any(|needed| headings.iter().all(|heading| heading != *needed)) {
        return Err(Failure::usage(
            format!(
                "{} is no export of decisions: its first line must have the headings {}",
                path.display(),
                NEEDED.join(", ")
            ),
            "name a file that collate decisions export wrote; the answers of a review sheet are taken in by collate review",
        ));
    }
    let before = register.decisions().map_err(failed)?;
    let (mut taken, mut known, mut refused): (Vec<NewDecision>, usize, Vec<String>) = Default::default();
    for (number, read) in (2..).zip(csv.deserialize()) {
        let read: Line = read.map_err(|error| unread(&error))?;
        if !read.taken_back_at.is_empty() {
            known += 1;
            continue;
        }
        match imported(register, &read) {
            Err(why) => refused.push(format!("line {number}: {why}")),
            Ok(new) => {
                if before.iter().any(|decision| is_known(decision, &new)) {
                    known += 1;
                } else if let Some(against) = contradicted(&before, &new) {
                    refused.push(format!(
                        "line {number}: decision {} of {} says otherwise",
                        against.decision, against.who
                    ));
                } else {
                    taken.push(new);
                }
            }
        }
    }
    register.decide(&taken).map_err(failed)?;
    register.keep_copy().map_err(failed)?;
    for refused in &refused {
        eprintln!("refused: {refused}");
    }
    eprintln!(
        "{} decisions taken in, {known} known before or taken back, {} refused",
        taken.len(),
        refused.len()
    );
    Ok(if refused.is_empty() { Exit::Done } else { Exit::Partly })
}

/// A decision of a file, on the rows that are there now.
fn imported(register: &Register, line: &Line) -> Result<NewDecision, &'static str> {
    let find = |file: &str, sheet: &str, row: u32, part: u32, says: &str| {
        let (numbers, sources) = register.sources();
        let at = sources.iter().position(|source| source.file == file && source.sheet == sheet);
        match &register.rows_saying(says, at.map(|at| numbers[at]), row)[..] {
            [] => Err("no row says what the row said of which it was decided: decide anew"),
            [one] => {
                one.iter().find(|place| place.part == part).copied().ok_or("the row names no such child")
            }
            _ => Err("several rows say what the row said of which it was decided: decide anew"),
        }
    };
    let place = find(&line.file, &line.sheet, line.row, line.part, &line.says)?;
    let other = || match (line.other_row, line.other_part) {
        (Some(row), Some(part)) => find(&line.other_file, &line.other_sheet, row, part, &line.other_says),
        _ => Err("the other row is missing"),
    };
    let what = match line.what.as_str() {
        "same" => What::Same(other()?),
        "different" => What::Different(other()?),
        "unsure" => What::Unsure(other()?),
        "leave out" => What::LeaveOut,
        "value" => What::Value {
            sort: register.sort(&line.entity).ok_or("there is no such sort of entity")?,
            column: line.column.clone(),
            value: line.value.clone(),
        },
        _ => return Err("it is none of: same, different, unsure, value, leave out"),
    };
    Ok(NewDecision { at: line.at.clone(), who: line.who.clone(), why: line.why.clone(), place, what })
}
