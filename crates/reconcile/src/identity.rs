//! Names and dates of birth as the engine compares them.
//!
//! A million rows have few different names. Where a cell alone decides what a mention is called, as it
//! nearly always does, the answer is found once for all the rows that hold the same.

use collate_clean::fold_name;
use collate_model::{CleanColumn, DateSpan, Precision, Value};

use crate::gathered::{Gathered, by_table};
use crate::mention::{Mention, birth, name};
use crate::rows::{PersonColumns, Row, Rows};

/// A part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All forenames.
    Forenames,
    /// The surname.
    Surname,
}

/// That part of each mention's name, folded: its own first, then its aliases'.
pub fn names(rows: &Rows, mentions: &[Mention], part: Part) -> Gathered {
    let mut all = Gathered::new(mentions.len());
    for of_table in by_table(mentions) {
        let columns = &rows.view(of_table[0].row).person;
        let mut alone = OneCell::new(columns, part);
        for mention in of_table {
            let known = alone.as_mut().and_then(|alone| alone.known(mention.row));
            if let Some(Some(id)) = known {
                all.push(*id);
            } else {
                let name = name(rows, *mention);
                let own = match part {
                    Part::Forenames => name.forenames(),
                    Part::Surname => name.surname().into(),
                };
                let id = all.number(&fold_name(&own));
                all.push(id);
                for (forenames, surname) in name.aliases() {
                    let alias = if part == Part::Forenames { forenames } else { surname };
                    let id = all.number(&fold_name(alias));
                    all.push(id);
                }
                if let Some(unknown) = known {
                    *unknown = Some(id);
                }
            }
            all.end();
        }
    }
    all
}

/// A part of a name that has a column of its own, and what its cells come to.
struct OneCell<'a> {
    column: &'a CleanColumn,
    known: Vec<Option<Option<u32>>>,
    /// By distinct value: the cell names somebody, by one name.
    plain: Vec<bool>,
    /// The columns that may add to the name, with the values that don't.
    others: Vec<(&'a CleanColumn, Vec<bool>)>,
}

impl<'a> OneCell<'a> {
    fn new(columns: &PersonColumns<'a>, part: Part) -> Option<Self> {
        let (own, other) = match part {
            Part::Forenames => (columns.forename, columns.surname),
            Part::Surname => (columns.surname, columns.forename),
        };
        let column = own.column().filter(|_| columns.whole.column().is_none())?;
        let distinct = |column: &CleanColumn, test: fn(&Value) -> bool| -> Vec<bool> {
            column.values.iter().map(|cell| test(&cell.value)).collect()
        };
        let mut others: Vec<_> = other
            .column()
            .map(|other| (other, distinct(other, |value| !has_aliases(value))))
            .into_iter()
            .collect();
        if let Some(middle) = columns.middle.column().filter(|_| part == Part::Forenames) {
            others.push((middle, distinct(middle, Value::is_missing)));
        }
        let named = |value: &Value| {
            matches!(value, Value::People(people) if !people.is_empty()) && !has_aliases(value)
        };
        Some(OneCell {
            column,
            known: vec![None; column.values.len()],
            plain: distinct(column, named),
            others,
        })
    }

    /// The place for what the row's cell comes to, if it alone decides.
    fn known(&mut self, row: Row) -> Option<&mut Option<Option<u32>>> {
        let of = |column: &CleanColumn| column.ids[row.record as usize] as usize;
        let own = of(self.column);
        let decides = self.plain[own] && self.others.iter().all(|(column, adds_none)| adds_none[of(column)]);
        decides.then(|| &mut self.known[own])
    }
}

fn has_aliases(value: &Value) -> bool {
    matches!(value, Value::People(people) if people.iter().any(|person| !person.aliases.is_empty()))
}

/// The date of birth of each mention, or the year that an age allows.
pub fn births(rows: &Rows, mentions: &[Mention]) -> Gathered {
    let mut all = Gathered::new(mentions.len());
    for of_table in by_table(mentions) {
        let dob = rows.view(of_table[0].row).person.dob.column();
        let mut known: Vec<Option<Option<u32>>> = vec![None; dob.map_or(0, |dob| dob.values.len())];
        for mention in of_table {
            let distinct =
                dob.filter(|_| mention.of == 1).map(|dob| dob.ids[mention.row.record as usize] as usize);
            let id = match distinct.and_then(|distinct| known[distinct]) {
                Some(id) => id,
                None => {
                    let (beside, age) = name(rows, *mention).beside();
                    let found = match birth(rows, *mention, beside) {
                        Some(span) => date(&span),
                        None => by_age(rows, *mention, age),
                    };
                    let id = found.and_then(|text| all.number(&text));
                    if let (Some(dob), Some(distinct)) = (dob, distinct)
                        && is_dated(&dob.values[distinct].value)
                    {
                        known[distinct] = Some(id);
                    }
                    id
                }
            };
            all.push(id);
            all.end();
        }
    }
    all
}

/// An only child's cell of a date of birth needs no help from others.
fn is_dated(value: &Value) -> bool {
    matches!(value, Value::Dates(dates) if dates.first().is_some_and(|date| date.from.is_some()))
}

/// The engine's form of a date of birth.
fn date(span: &DateSpan) -> Option<String> {
    let from = span.from?;
    let mark = if span.estimated { "~" } else { "" };
    match span.precision {
        Precision::Day => Some(format!("{from}{mark}")),
        Precision::Month | Precision::Week => Some(format!("{:04}-{:02}{mark}", from.year(), from.month())),
        Precision::Year => Some(format!("{:04}{mark}", from.year())),
        Precision::Span | Precision::Open => None,
    }
}

/// The engine's form of an age: the latest year of birth that it allows.
fn by_age(rows: &Rows, mention: Mention, age: Option<u8>) -> Option<String> {
    let year = rows.as_at(mention.row)?.year() - i16::from(age?);
    Some(format!("{year:04}~"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::with_list;

    #[test]
    fn names_and_dates_are_found_once_and_others_add_to_them() {
        let columns: [(&str, &[&str]); 4] = [
            ("forename", &["John", "John", "John/Jack", "John", "John", ""]),
            ("middle_name", &["", "James", "", "", "", ""]),
            ("surname", &["O'Neill", "O'Neill", "O'Neill", "O'Neill/Hall", "O'Neill", "Hall"]),
            ("dob", &["2015-02-01", "2015-02-01", "", "2016-01-01", "2015-02-01", "2015-02-01"]),
        ];
        with_list(&columns, |rows, mentions| {
            let forenames = names(rows, mentions, Part::Forenames);
            assert_eq!(
                forenames.texts(),
                [vec!["john"], vec!["john james"], vec!["john", "jack"], vec!["john"], vec!["john"], vec![]]
            );
            let surnames = names(rows, mentions, Part::Surname);
            let own = || vec!["oneill"];
            assert_eq!(surnames.texts(), [own(), own(), own(), vec!["oneill", "hall"], own(), vec!["hall"]]);
            let first = || vec!["2015-02-01"];
            let dates = [first(), first(), vec![], vec!["2016-01-01"], first(), first()];
            assert_eq!(births(rows, mentions).texts(), dates);
        });
    }
}
