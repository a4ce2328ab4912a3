//! `collate review`: the answers of a review sheet are taken in, each by itself.

use std::path::Path;

use collate_model::{Severity, Sheet};
use collate_read::{FileRead, Input, Limits};
use collate_register::{Answered, NewDecision, Refused, Register, What};
use serde_json::{Value, json};

use crate::args::ReviewArgs;
use crate::config::file_name;
use crate::failure::{Exit, Failure};
use crate::reader;
use crate::register::{existing, failed, now, user};
use crate::say::say;

/// What became of the answers of one workbook.
#[derive(Debug, Default)]
pub struct TakenIn {
    /// The sheet's name; empty for a text file.
    pub sheet: String,
    /// New answers.
    pub taken: usize,
    /// The same was said before.
    pub known: usize,
    /// Rows of the sheet whose answers were refused, and why.
    pub refused: Vec<(u32, String)>,
}

/// Takes the answers in.
pub fn review(args: &ReviewArgs) -> Result<Exit, Failure> {
    let mut register = existing(&args.register)?;
    let (who, mut results, mut refused) = (args.by.clone().unwrap_or_else(user), Vec::new(), false);
    for path in &args.apply {
        let file = read(path, !args.register.json)?;
        let Some(taken) = take_in(&mut register, &file, &who)? else {
            return Err(no_sheet(path, &file));
        };
        refused |= !taken.refused.is_empty();
        if !args.register.json {
            tell(path, &taken);
        }
        let refused: Vec<Value> =
            taken.refused.iter().map(|(row, why)| json!({ "row": row, "why": why })).collect();
        results.push(json!({ "file": path, "taken": taken.taken, "known": taken.known, "refused": refused }));
    }
    register.keep_copy().map_err(failed)?;
    if args.register.json {
        say!("{:#}", json!(results));
    }
    Ok(if refused { Exit::Partly } else { Exit::Done })
}

/// Tells what became of the answers of a workbook.
pub fn tell(path: &Path, taken: &TakenIn) {
    let sheet = if taken.sheet.is_empty() { String::new() } else { format!(", sheet {}", taken.sheet) };
    for (row, why) in &taken.refused {
        eprintln!("refused: {}{sheet}, row {row}: {why}", path.display());
    }
    eprintln!(
        "{}: {} answers taken in, {} known before, {} refused",
        path.display(),
        taken.taken,
        taken.known,
        taken.refused.len()
    );
}

/// Why a file has no answers: it can't be read, or it is another.
fn no_sheet(path: &Path, file: &FileRead) -> Failure {
    match file.notes.iter().find(|note| note.severity == Severity::Error) {
        Some(note) => Failure::usage(format!("{}: {}", path.display(), note.what), &note.todo),
        None => Failure::usage(
            format!("{} has no review sheet of collate", path.display()),
            "name a workbook that collate published, with the sheet Review filled in",
        ),
    }
}

/// Reads a workbook with answers; whoever sits at the terminal may be asked for its password.
pub fn read(path: &Path, ask: bool) -> Result<FileRead, Failure> {
    let input = Input { path: path.to_owned(), name: file_name(path) };
    if !path.is_file() {
        return Err(Failure::usage(
            format!("there is no file {}", path.display()),
            "name the workbook with the answers",
        ));
    }
    let mut file = reader::read(&input, &Limits::default());
    if ask {
        reader::ask(&mut file, &input, &Limits::default());
    }
    Ok(file)
}

/// Takes the answers of a workbook in; nothing where it has no review sheet of ours.
pub fn take_in(register: &mut Register, file: &FileRead, who: &str) -> Result<Option<TakenIn>, Failure> {
    let Some((sheet, columns)) = file.sheets.iter().find_map(|sheet| Some((sheet, Columns::find(sheet)?)))
    else {
        return Ok(None);
    };
    let mut taken_in = TakenIn { sheet: sheet.name.clone(), ..TakenIn::default() };
    let mut new: Vec<NewDecision> = Vec::new();
    let decisions = register.decisions().map_err(failed)?;
    let mut seen: Vec<(&str, String)> = Vec::new();
    for row in columns.heading + 1..sheet.rows() {
        let text = |column: usize| sheet.text(row, column).trim();
        let (code, answer) = (text(columns.code), text(columns.answer));
        let number = sheet.row_number(row);
        let mut refuse = |why: String| taken_in.refused.push((number, why));
        if answer.is_empty() {
            if columns.comment.is_some_and(|comment| !text(comment).is_empty()) {
                refuse("there is a comment and no answer; pick Not sure to have it kept".to_owned());
            }
            continue;
        }
        let answer = answer.to_lowercase();
        let decide = match answer.as_str() {
            "same child" | "same" => |other| What::Same(other),
            "different children" | "different" => |other| What::Different(other),
            "not sure" | "unsure" => |other| What::Unsure(other),
            _ => {
                refuse("the answer is none of: Same child, Different children, Not sure".to_owned());
                continue;
            }
        };
        if code.is_empty() {
            refuse("there is no code in the column Review".to_owned());
            continue;
        }
        match seen.iter().find(|(other, _)| *other == code) {
            Some((_, before)) if *before == answer => {
                taken_in.known += 1;
                continue;
            }
            Some(_) => {
                refuse("another row of this sheet answers the same pair otherwise".to_owned());
                continue;
            }
            None => seen.push((code, answer)),
        }
        let comment = columns.comment.map(text).filter(|comment| *comment != "–").unwrap_or_default();
        let at = now();
        let ids = (text(columns.one), text(columns.other));
        let answered = register.answer(code, ids, &decisions, decide, (&at, who, comment)).map_err(failed)?;
        match answered {
            Ok(Answered::Taken(decision)) => new.push(decision),
            Ok(Answered::Known) => taken_in.known += 1,
            Err(refused) => refuse(reason(&refused)),
        }
    }
    taken_in.taken = new.len();
    register.decide(&new).map_err(failed)?;
    Ok(Some(taken_in))
}

fn reason(refused: &Refused) -> String {
    match refused {
        Refused::Unknown => {
            "no pair has this code: it was changed, or the workbook is of another dataset".to_owned()
        }
        Refused::OtherIds => {
            "the ids beside it are not those of the pair: they were changed, or the children have been joined or parted since; answer it in the latest workbook".to_owned()
        }
        Refused::Changed => {
            "what the rows say has changed since, or a row is gone; answer it in the latest workbook".to_owned()
        }
        Refused::TakenBack(decision) => format!(
            "decision {decision} said the same and was taken back; to decide so once more, write a new comment beside the answer, or use collate decisions"
        ),
        Refused::Contradicts(decision, who, word) => format!(
            "decision {decision} of {who} says otherwise ({word}); agree, and take that back if it is wrong: collate decisions take-back {decision}"
        ),
    }
}

/// Where the columns of a review sheet are, whatever was done to it.
struct Columns {
    heading: usize,
    code: usize,
    one: usize,
    other: usize,
    answer: usize,
    comment: Option<usize>,
}

impl Columns {
    /// The headings stand in one of the first rows, in any order, among others.
    fn find(sheet: &Sheet) -> Option<Self> {
        (0..sheet.rows().min(20)).find_map(|row| {
            let column =
                |title: &str| (0..sheet.cols()).find(|column| sheet.text(row, *column).trim() == title);
            Some(Columns {
                heading: row,
                code: column("Review")?,
                one: column("One: id")?,
                other: column("Other: id")?,
                answer: column("Answer")?,
                comment: column("Comment"),
            })
        })
    }
}
