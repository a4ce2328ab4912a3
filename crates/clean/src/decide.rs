//! What no cell can know for itself and a whole column tells: the order of day and month, the
//! order of forenames and surname, and whether dates were turned round on the way.
//!
//! In: a column's field and distinct texts. Out: the [`Context`] of its cells, and notes that
//! say why, by counts and places.

use collate_model::{CellKind, Field, FieldType, Note, Severity};
use rayon::prelude::*;

use crate::table::{Place, cells};
use crate::{Context, DateOrder, NameOrder, dates, people};

/// Real dates and dates in text that must stand in a column before they are compared.
const ENOUGH_DATES: usize = 5;

/// So many dates that can only be read month first make a whole column so, if they are a quarter of
/// it (of a column of American dates more than half are): one among ours is a slip.
const ENOUGH_MONTHS: usize = 2;
/// Cells that can only be read month first for each one that can only be read day first: a few slips
/// do not turn a column round.
const FOR_EACH_DAY_FIRST: usize = 20;

/// One date of birth in this many must be of no child of our time for a column to be of adults, or of
/// people of the past.
const OF_THE_PAST: usize = 20;

/// So many texts must speak for the surname first, and so many times more than against it.
const ENOUGH_NAMES: usize = 3;

/// Decides what no cell can know for itself, and says why.
pub(crate) fn decide(
    field: &Field,
    place: &Place,
    ids: &[u32],
    texts: &[(&str, CellKind)],
    notes: &mut Vec<Note>,
) -> Context {
    let is_date = matches!(field.kind, FieldType::Date | FieldType::DateSpan);
    let mut context =
        Context { as_at: place.table.as_at, birth: is_date && is_birth(&field.name), ..Context::default() };
    if !is_date && field.kind != FieldType::People {
        return context;
    }
    let past = |id: usize| texts[id].1 == CellKind::Text && dates::is_of_the_past(texts[id].0);
    context.historic = context.birth && {
        let past = Count::of(ids, past).cells;
        past > 1 && past * OF_THE_PAST >= ids.iter().filter(|id| **id != 0).count()
    };
    let proofs: Vec<Option<DateOrder>> = texts
        .par_iter()
        .map(|(text, cell)| if *cell == CellKind::Text { dates::evidence(text) } else { None })
        .collect();
    let count = |order| Count::of(ids, |id| proofs[id] == Some(order));
    let (day, month) = (count(DateOrder::DayFirst), count(DateOrder::MonthFirst));
    let filled = ids.iter().filter(|id| **id != 0).count();
    let example = |count: &Count| count.first.map(|record| place.cell(record)).unwrap_or_default();
    match (day.cells, month.cells) {
        (days, months)
            if months >= ENOUGH_MONTHS && months * 4 >= filled && months >= days * FOR_EACH_DAY_FIRST =>
        {
            context.order = DateOrder::MonthFirst;
            let others = match days {
                0 => "none day first".to_owned(),
                _ => format!("only {} day first (first {})", cells(days), example(&day)),
            };
            let what = format!(
                "Dates were read month first: {} can only be read so (first {}), and {others}.",
                cells(month.cells),
                example(&month)
            );
            let todo = "If that is wrong, correct the cells that can't be read day first.".to_owned();
            notes.push(place.note(Severity::Info, "date-order", what, todo));
        }
        (_, 1..) => {
            let days = match day.cells {
                0 => "no cell can only be read day first".to_owned(),
                count => format!("{} can only be read day first (first {})", cells(count), example(&day)),
            };
            let what = format!(
                "Dates were read day first where both orders are possible: {days}, {} only month first \
                 (first {}).",
                cells(month.cells),
                example(&month)
            );
            let todo = "Check the column: dates of both orders stand in it.".to_owned();
            notes.push(place.note(Severity::Info, "date-order", what, todo));
        }
        _ => {}
    }
    if field.kind == FieldType::People {
        context.names = name_order(place, ids, texts, notes);
    }
    if is_date {
        half_converted(place, ids, texts, &proofs, &day, notes);
    }
    context
}

/// Surname first, if enough of the column's different texts speak for it and few against it.
fn name_order(place: &Place, ids: &[u32], texts: &[(&str, CellKind)], notes: &mut Vec<Note>) -> NameOrder {
    let votes: Vec<Option<NameOrder>> = texts.par_iter().map(|(text, _)| people::evidence(text)).collect();
    // A family that stands in many rows speaks once.
    let count = |order| votes.iter().filter(|vote| **vote == Some(order)).count();
    let (surname, forename) = (count(NameOrder::SurnameFirst), count(NameOrder::ForenameFirst));
    if surname < ENOUGH_NAMES || surname < ENOUGH_NAMES * forename {
        return NameOrder::ForenameFirst;
    }
    let first = Count::of(ids, |id| votes[id] == Some(NameOrder::SurnameFirst)).first;
    let what = format!(
        "Names without comma or capitals were read surname first: {surname} different texts speak for it \
         (first {}), {forename} against it.",
        first.map(|record| place.cell(record)).unwrap_or_default()
    );
    let todo = "If that is wrong, write each person as SURNAME, Forename.".to_owned();
    notes.push(place.note(Severity::Info, "name-order", what, todo));
    NameOrder::SurnameFirst
}

/// A program that reads UK dates as US ones turns 03/04 into a real date (4 March) and leaves
/// 24/08 as text: then every real date has a day up to 12, and every text proves day first.
fn half_converted(
    place: &Place,
    ids: &[u32],
    texts: &[(&str, CellKind)],
    proofs: &[Option<DateOrder>],
    day_first: &Count,
    notes: &mut Vec<Note>,
) {
    let real = Count::of(ids, |id| texts[id].1 == CellKind::Date);
    if real.cells < ENOUGH_DATES || day_first.cells < ENOUGH_DATES {
        return;
    }
    let small_day =
        |text: &str| text.get(8..10).and_then(|day| day.parse::<u8>().ok()).is_some_and(|day| day <= 12);
    let all_small = texts.iter().all(|(text, cell)| *cell != CellKind::Date || small_day(text));
    let numeric = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(['/', '.']);
    let all_proven = texts
        .iter()
        .zip(proofs)
        .all(|((text, cell), proof)| *cell != CellKind::Text || !numeric(text) || proof.is_some());
    if all_small && all_proven {
        let what = format!(
            "Day and month may have changed places in the {} that are real dates (first {}): none has a day after \
             the 12th, and all {} that are text do.",
            cells(real.cells),
            real.first.map(|record| place.cell(record)).unwrap_or_default(),
            cells(day_first.cells)
        );
        let todo = "Compare some of the real dates with the source documents.".to_owned();
        notes.push(place.note(Severity::Info, "date-half-converted", what, todo));
    }
}

/// The field is a date on which somebody was born, not one on which somebody is expected.
fn is_birth(name: &str) -> bool {
    let mut words = name.split('_');
    let birth = name.split('_').any(|word| matches!(word, "dob" | "birth" | "born"));
    birth && !words.any(|word| matches!(word, "expected" | "edd" | "due" | "before" | "within" | "at"))
}

/// How many records, and the first.
struct Count {
    cells: usize,
    first: Option<usize>,
}

impl Count {
    fn of(ids: &[u32], counts: impl Fn(usize) -> bool) -> Self {
        let mut records =
            ids.iter().enumerate().filter(|(_, id)| counts(**id as usize)).map(|(record, _)| record);
        let first = records.next();
        Count { cells: records.count() + usize::from(first.is_some()), first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_birth_fields() {
        for (name, birth) in [
            ("dob", true),
            ("date_of_birth", true),
            ("mother_dob", true),
            ("expected_dob", false),
            ("days_within_birth", false),
            ("issue_date", false),
        ] {
            assert_eq!(is_birth(name), birth, "{name}");
        }
    }
}
