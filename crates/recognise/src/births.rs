//! Dates of birth that stand with the names of those whose they are: `Oli 3/4/12, Ned 1/2/10` beside
//! `Ned Wu, Oli Wu`. They are put into the order of the children; where the names are not all theirs, nobody
//! is given any of them.

use collate_model::{CellKind, Kind, Note, Severity, Table};

use crate::as_at::month;
use crate::surname_apart::{dates, is_list};

/// The table with such dates in the order in which the row names the children, and a note on each cell of
/// dates that could not be.
pub(crate) fn in_order(kind: &Kind, mut table: Table) -> (Table, Vec<Note>) {
    let column = |name: &str| {
        let field = kind.field(name)?;
        table.columns.iter().position(|column| column.field == Some(field))
    };
    let (Some(names), Some(births)) = (column("child_name"), column("dob")) else {
        return (table, Vec::new());
    };
    let mut notes = Vec::new();
    for r in 0..table.rows.len() {
        match ordered(table.text(r, names), table.text(r, births)) {
            Order::Plain => {}
            Order::OfNames(dates) => table.set(r, births, CellKind::Text, &dates),
            Order::Unknown => {
                let what = "Dates of birth stand with names that are not all those of the row's children: none of the dates was used.";
                let todo = "Write one date for each child, in the order of the names.";
                let note = Note::new(Severity::Warning, "dob-of-whom", &table.file, what, todo);
                let (row, col) = table.origin(r, births);
                notes.push(note.on_sheet(&table.sheet).on_cell(row, col));
                table.set(r, births, CellKind::Empty, "");
            }
        }
    }
    (table, notes)
}

/// How the dates of a cell are in order.
#[derive(Debug, PartialEq, Eq)]
enum Order {
    /// No names stand with them.
    Plain,
    /// In the order of the names, one in a line.
    OfNames(String),
    /// Names stand with them that tell nobody whose they are.
    Unknown,
}

/// The dates of a cell, seen with the names of the children of its row.
fn ordered(names: &str, births: &str) -> Order {
    // Nearly every cell has one date.
    if !is_list(births) {
        return Order::Plain;
    }
    let births = dates(births);
    let names = names.to_lowercase();
    let words: Vec<&str> = names.split(|c: char| !c.is_alphabetic()).collect();
    let labelled: Vec<(String, Option<String>)> = births.iter().map(|birth| apart(birth, &words)).collect();
    if births.len() < 2 || labelled.iter().all(|(_, label)| label.is_none()) {
        return Order::Plain;
    }
    let placed = |(date, label): (String, Option<String>)| {
        let label = label?;
        let mut places = words.iter().enumerate().filter(|(_, word)| **word == label).map(|(at, _)| at);
        // A name that comes twice tells nobody apart.
        let place = places.next()?;
        places.next().is_none().then_some((place, date))
    };
    let Some(mut placed) = labelled.into_iter().map(placed).collect::<Option<Vec<(usize, String)>>>() else {
        return Order::Unknown;
    };
    placed.sort();
    if placed.windows(2).any(|two| two[0].0 == two[1].0) {
        return Order::Unknown;
    }
    Order::OfNames(placed.into_iter().map(|(_, date)| date).collect::<Vec<_>>().join("\n"))
}

/// A date without the name that stands with it, and that name's first word, if one does: a word
/// of the names, or one with a capital that says nothing of dates.
fn apart(text: &str, names: &[&str]) -> (String, Option<String>) {
    let words = text.split([' ', '(', ')', ':', '\u{2013}']).filter(|word| !word.is_empty());
    let (mut date, mut label) = (Vec::new(), None);
    for word in words {
        let lower = word.to_lowercase();
        if word.bytes().any(|byte| byte.is_ascii_digit()) || is_of_date(&lower) {
            date.push(word);
        } else if label.is_none() && (names.contains(&&*lower) || word.starts_with(char::is_uppercase)) {
            label = Some(lower);
        }
    }
    (date.join(" "), label)
}

fn is_of_date(word: &str) -> bool {
    const SAYS: [&str; 34] = [
        "sept",
        "dob",
        "d.o.b",
        "d.o.b.",
        "dobs",
        "born",
        "b",
        "edd",
        "due",
        "twin",
        "twins",
        "triplets",
        "both",
        "all",
        "approx",
        "est",
        "estimated",
        "age",
        "aged",
        "boy",
        "girl",
        "m",
        "f",
        "unknown",
        "tbc",
        "and",
        "the",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ];
    SAYS.contains(&word) || month(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_names_that_they_stand_with() {
        let of = |dates: &str| Order::OfNames(dates.to_owned());
        for (names, births, expected) in [
            ("Ned Wu, Oli Wu", "Oli 3/4/12, Ned 1/2/10", of("1/2/10\n3/4/12")),
            ("Ray & Sid Fox", "3/4/12 (Sid)\n1/2/10 (Ray)", of("1/2/10\n3/4/12")),
            ("Pat Orr\nQuin Orr", "Quin - 3 April 2012\nPat - 1 Feb 2010", of("1 Feb 2010\n3 April 2012")),
            ("Ned Wu, Mark Wu", "Mark 3/4/12, Ned 1/2/10", of("1/2/10\n3/4/12")),
            ("Ned Wu, Oli Wu", "1/2/10, 3/4/12", Order::Plain),
            ("Ann Wu & Unborn Wu", "1/2/2010, EDD 5/12/2021", Order::Plain),
            ("Ned Wu, Oli Wu", "1 Feb 2010, born 3 April 2012", Order::Plain),
            ("Ned Wu, Oli Wu", "Twins: 1/2/10, 3/4/12", Order::Plain),
            ("Ned Wu, Oli Wu", "1/2/10 (approx), 3/4/12 (adopted)", Order::Plain),
            ("ned wu, oli wu", "oli 3/4/12, ned 1/2/10", of("1/2/10\n3/4/12")),
            ("Ned Wu", "Ned 3/4/12", Order::Plain),
            ("Ned Wu, Oli Wu", "Oli 3/4/12, Olly 1/2/10", Order::Unknown),
            ("Oliver Fox, Isabella Fox", "Isabella 3/4/12, Ollie 1/2/10", Order::Unknown),
            ("Ned Orr, Oli Orr", "Oli 3/4/12, 1/2/10", Order::Unknown),
            ("Ned Wu, Ned Orr", "Ned 3/4/12, Ned 1/2/10", Order::Unknown),
        ] {
            assert_eq!(ordered(names, births), expected, "{births}");
        }
    }
}
