//! Cells that several trackers have: headings in one of their variants, phrases, identifiers.

use crate::council::Council;
use crate::lists::phrases;
use crate::mess::untidy;
use crate::people::{Child, Family};
use crate::rng::Rng;
use crate::sheet::Cell;
use crate::truth::Who;

/// The stream of a tracker's own habits.
pub fn habits(council: &Council, tracker: &str) -> Rng {
    Rng::stream(council.seed, tracker, u64::MAX - 1)
}

/// The stream of what a tracker says about a family, or a child.
pub fn stream(council: &Council, tracker: &str, number: u32) -> Rng {
    Rng::stream(council.seed, tracker, u64::from(number))
}

/// Headings; `|` stands between variants.
pub fn headings(columns: &[&'static str], rng: &mut Rng) -> Vec<Cell> {
    columns
        .iter()
        .map(|column| {
            let variants: Vec<&str> = column.split('|').collect();
            Cell::text(rng.pick(&variants))
        })
        .collect()
}

/// Something from a list of phrases; now and then nothing, or, in free text, what a spreadsheet
/// would run.
pub fn phrase(list: &str, rng: &mut Rng) -> Cell {
    let free = matches!(list, "progress" | "note" | "issues" | "mitigation");
    match rng.weighted(&[950, 35, 12, if free { 4 } else { 0 }]) {
        0 => Cell::text(untidy(rng.pick(phrases(list)).to_owned(), rng)),
        1 => Cell::Empty,
        2 => Cell::text(rng.pick(&["N/A", "n/a", "-", "TBC"])),
        _ => Cell::text(rng.pick(phrases("formula"))),
    }
}

/// The council's number for a child, where the keeper has it, with what spreadsheets do to it.
pub fn child_id(council: &Council, child: &Child, filled: f64, rng: &mut Rng) -> Cell {
    if !rng.chance(filled) {
        return if rng.chance(0.05) { Cell::text("N/K") } else { Cell::Empty };
    }
    let id = council.child_id(child);
    let number = id.parse().unwrap_or(0.0);
    match rng.weighted(&[700, 255, 20, 15, 7, 3]) {
        0 => Cell::text(id),
        1 => Cell::Number(number),
        2 => Cell::text(format!("{number}.0")),
        3 => Cell::text(council.legacy_id(child)),
        4 => Cell::text(format!("ID {id}")),
        _ => {
            let mut digits: Vec<char> = id.chars().collect();
            digits.swap(3, 4);
            Cell::text(digits.into_iter().collect::<String>())
        }
    }
}

/// An NHS number, where the keeper has it: with or without spaces, seldom with a slip.
pub fn nhs(council: &Council, child: &Child, filled: f64, rng: &mut Rng) -> Cell {
    let Some(number) = council.nhs(child).filter(|_| rng.chance(filled)) else { return Cell::Empty };
    match rng.weighted(&[680, 300, 10, 10]) {
        0 => Cell::text(number),
        1 => Cell::text(format!("{} {} {}", &number[..3], &number[3..6], &number[6..])),
        2 => Cell::text(&number[..9]),
        _ => Cell::text(format!("{}{}", &number[..9], (number.as_bytes()[9] - b'0' + 1) % 10)),
    }
}

/// Who a child of a family is, in a row about a case.
pub fn who(family: &Family, child: usize, case: Option<u32>) -> Who {
    Who { child: Some(family.children[child].number), family: Some(family.number), case }
}

/// A row of no cells.
pub fn blank() -> Vec<Cell> {
    Vec::new()
}

/// A row with one text at its start.
pub fn title(text: impl Into<String>) -> Vec<Cell> {
    vec![Cell::text(text)]
}
