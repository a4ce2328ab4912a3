//! People named in a cell: one or several, with what stands beside their names.
//!
//! ```text
//! text -> label? -> token (words, brackets, joints) -> chunk (one person's words) -> cell (who has which surname)
//! ```
//! A name is never invented: `Smith x3` is three placeholders, `Re YY` a label.

mod added;
mod alias;
mod cell;
mod chunk;
mod family;
mod fold_name;
mod forenames;
mod heading;
mod label;
mod listed;
mod name;
mod no_name;
mod note;
mod numbered;
mod person;
#[cfg(test)]
mod tests;
mod title_case;
mod token;
mod twins;
mod vocabulary;

use collate_model::{Field, PersonName, Value};

use crate::flaw::{Flaw, flaw};
use crate::text::tidy;
use crate::{Context, NameOrder, missing};
pub use fold_name::fold_name;

/// More people than this in one cell are no list of a family's children.
const MOST: usize = 40;

/// A cell that may name several people.
pub(crate) fn clean(text: &str, field: &Field, context: &Context) -> (Value, Option<Flaw>) {
    let text = names_text(text);
    if missing::is_awaited(&text) {
        return (Value::Missing, None);
    }
    if let Some(label) = label::whole_cell(&text) {
        return (Value::People(label), None);
    }
    if no_name::is_phrase(&text) {
        return (Value::Unreadable, Some(unread()));
    }
    // Beside a child's name, `(M)` and `(F)` are its sex; beside a claimant's, mother and father.
    // A cell that says who is a child says of the others who they are.
    let says_roles = text.to_ascii_lowercase().contains("(child)");
    let setting = note::Setting { context, letters_are_roles: field.of != "child" || says_roles };
    let (names, _) = label::without_re(&text);
    let names = whole_bracket(names);
    let (names, remark) = without_remark(names);
    let names = added::opened(names);
    let read = cell::read(&token::tokens(&names), &setting);
    let flaw = if read.people.is_empty() {
        // `Unknown` or only titles and remarks.
        Some(unread())
    } else if read.people.len() > MOST {
        Some(flaw!(
            "people-many",
            "The cell names more people than a family has; it was not read.",
            "Give each person a row.",
        ))
    } else if read.ambiguous {
        Some(flaw!(
            "people-ambiguous",
            "The cell can be read in two ways: which surname belongs to whom was assumed.",
            "Write each person as SURNAME, Forename, one per line.",
        ))
    } else if read.remarks || remark {
        Some(flaw!(
            "people-partly-read",
            "Part of the cell is no name; it was left out.",
            "Keep remarks in a column of their own.",
        ))
    } else {
        None
    };
    if read.people.is_empty() || read.people.len() > MOST {
        return (Value::Unreadable, flaw);
    }
    (Value::People(read.people), flaw)
}

/// A phrase of lists and diaries that stands where names do: `Directions overdue`, `Team meeting`.
pub fn names_nobody(text: &str) -> bool {
    no_name::is_phrase(&tidy(text))
}

fn unread() -> Flaw {
    flaw!(
        "people-unreadable",
        "A name was expected, and none was found in the cell.",
        "Write each person as SURNAME, Forename, one per line.",
    )
}

/// The names without the remark in capitals behind a dash: `Sid Park - CLOSED`, `Eve Orr - DO NOT CALL`.
fn without_remark(names: &str) -> (&str, bool) {
    const BEGIN: [&str; 22] = [
        "CLOSED",
        "OPEN",
        "LIVE",
        "CONCLUDED",
        "CEASED",
        "ENDED",
        "TRANSFERRED",
        "MOVED",
        "ADOPTED",
        "DUPLICATE",
        "DO",
        "SEE",
        "NB",
        "NOTE",
        "URGENT",
        "RESTRICTED",
        "NFA",
        "NEW",
        "STEPPED",
        "WITHDRAWN",
        "DECEASED",
        "CONFIDENTIAL",
    ];
    let Some((at, dash)) = names.char_indices().rev().find(|(_, c)| crate::fold::is_dash(*c)) else {
        return (names, false);
    };
    let (before, after) = (&names[..at], &names[at + dash.len_utf8()..]);
    let apart = before.ends_with(' ') && after.starts_with(' ');
    let remark = after.split_whitespace().next().is_some_and(|word| BEGIN.contains(&word))
        && after.chars().all(|c| !c.is_lowercase());
    if apart && remark && before.chars().any(char::is_lowercase) {
        (before.trim_end(), true)
    } else {
        (names, false)
    }
}

/// The order of forenames and surname that a cell's names speak for; `None` where they speak
/// for neither or both.
pub(crate) fn evidence(text: &str) -> Option<NameOrder> {
    let text = names_text(text);
    if missing::is_missing(&text) || label::whole_cell(&text).is_some() {
        return None;
    }
    let setting = note::Setting { context: &Context::default(), letters_are_roles: false };
    let (names, _) = label::without_re(&text);
    cell::evidence(&token::tokens(whole_bracket(names)), &setting)
}

/// Tidied, with a hyphen that was typed twice as one, people who are numbered in lines,
/// and no statuses.
fn names_text(text: &str) -> String {
    listed::without_statuses(listed::in_lines(tidy(text).replace("--", "-")))
}

/// The text in a bracket that holds the whole cell.
fn whole_bracket(text: &str) -> &str {
    match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) if !inner.contains(['(', ')']) => inner,
        _ => text,
    }
}

/// A cell of forenames in a list that has names in two columns.
pub(crate) fn clean_forename(text: &str) -> (Value, Option<Flaw>) {
    let Some(part) = part(text) else { return (Value::Missing, None) };
    let person = PersonName {
        unborn: part.unborn,
        forenames: part.name.into(),
        aliases: part.aliases.into_iter().map(|alias| (alias.into(), "".into())).collect(),
        ..PersonName::default()
    };
    one_part(person, part.several)
}

/// A cell of a surname in a list that has names in two columns.
pub(crate) fn clean_surname(text: &str) -> (Value, Option<Flaw>) {
    let Some(part) = part(text) else { return (Value::Missing, None) };
    let person = PersonName {
        unborn: part.unborn,
        surname: part.name.into(),
        aliases: part.aliases.into_iter().map(|alias| ("".into(), alias.into())).collect(),
        ..PersonName::default()
    };
    one_part(person, part.several)
}

/// One part of a name; `None` where the cell only says that there is none yet.
fn part(text: &str) -> Option<alias::Part> {
    let text = names_text(text);
    let part = alias::part(&text);
    let none = missing::is_awaited(&text) || missing::is_missing(&text) || part.is_baby();
    (!none).then_some(part)
}

fn one_part(person: PersonName, several: bool) -> (Value, Option<Flaw>) {
    if person.forenames.is_empty() && person.surname.is_empty() && !person.unborn {
        let flaw = flaw!(
            "people-unreadable",
            "A name was expected, and none was found in the cell.",
            "Write the name in letters.",
        );
        return (Value::Unreadable, Some(flaw));
    }
    let doubt = several.then_some(flaw!(
        "people-several",
        "A column for one name seems to hold several people.",
        "Give each person a row.",
    ));
    (Value::People(vec![person]), doubt)
}
