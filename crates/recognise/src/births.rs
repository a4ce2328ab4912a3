//! Dates of birth that stand with the names of those whose they are: `Oli 3/4/12, Ned 1/2/10` beside
//! `Ned Wu, Oli Wu`. They are put into the order of the children.

use collate_model::{CellKind, Kind, Table};

use crate::surname_apart::{dates, is_list};

/// The table with such dates in the order in which the row names the children.
pub(crate) fn in_order(kind: &Kind, mut table: Table) -> Table {
    let column = |name: &str| {
        let field = kind.field(name)?;
        table.columns.iter().position(|column| column.field == Some(field))
    };
    let (Some(names), Some(births)) = (column("child_name"), column("dob")) else { return table };
    for r in 0..table.rows.len() {
        if let Some(ordered) = ordered(table.text(r, names), table.text(r, births)) {
            table.set(r, births, CellKind::Text, &ordered);
        }
    }
    table
}

/// The dates in the order of the names, one in a line; `None` unless each stands with one of them.
fn ordered(names: &str, births: &str) -> Option<String> {
    // Nearly every cell has one date.
    if !is_list(births) {
        return None;
    }
    let births = dates(births);
    if births.len() < 2 {
        return None;
    }
    let names = names.to_lowercase();
    let words: Vec<&str> = names.split(|c: char| !c.is_alphabetic()).collect();
    let placed = |birth: &&str| {
        let (date, label) = apart(birth)?;
        let mut places = words.iter().enumerate().filter(|(_, word)| **word == label).map(|(at, _)| at);
        // A name that comes twice tells nobody apart.
        let place = places.next()?;
        places.next().is_none().then_some((place, date))
    };
    let mut placed: Vec<(usize, String)> = births.iter().map(placed).collect::<Option<_>>()?;
    placed.sort();
    let twice = placed.windows(2).any(|two| two[0].0 == two[1].0);
    (!twice).then(|| placed.into_iter().map(|(_, date)| date).collect::<Vec<_>>().join("\n"))
}

/// A date without the name that stands with it, and that name's first word.
fn apart(text: &str) -> Option<(String, String)> {
    let words = text.split([' ', '(', ')', ':', '\u{2013}']).filter(|word| !word.is_empty());
    let (mut date, mut label) = (Vec::new(), None);
    for word in words {
        let lower = word.to_lowercase();
        if word.bytes().any(|byte| byte.is_ascii_digit()) || is_of_date(&lower) {
            date.push(word);
        } else if word.chars().any(char::is_alphabetic) && label.is_none() {
            label = Some(lower);
        }
    }
    Some((date.join(" "), label?))
}

fn is_of_date(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const SAYS: [&str; 8] = ["sept", "dob", "d.o.b", "d.o.b.", "born", "b", "edd", "due"];
    SAYS.contains(&word) || MONTHS.iter().any(|month| word == *month || word == &month[..3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_names_that_they_stand_with() {
        for (names, births, expected) in [
            ("Ned Wu, Oli Wu", "Oli 3/4/12, Ned 1/2/10", Some("1/2/10\n3/4/12")),
            ("Ray & Sid Fox", "3/4/12 (Sid)\n1/2/10 (Ray)", Some("1/2/10\n3/4/12")),
            ("Pat Orr\nQuin Orr", "Quin - 3 April 2012\nPat - 1 Feb 2010", Some("1 Feb 2010\n3 April 2012")),
            ("Ned Wu, Oli Wu", "1/2/10, 3/4/12", None),
            ("Ned Wu, Oli Wu", "Oli 3/4/12, Olly 1/2/10", None),
            ("Ned Wu, Ned Orr", "Ned 3/4/12, Ned 1/2/10", None),
            ("Ned Wu", "Ned 3/4/12", None),
            ("Ned Wu, Mark Wu", "Mark 3/4/12, Ned 1/2/10", Some("1/2/10\n3/4/12")),
            ("Ned Wu, May Wu", "May 3/4/12, Ned 1/2/10", None),
        ] {
            assert_eq!(ordered(names, births).as_deref(), expected, "{births}");
        }
    }
}
