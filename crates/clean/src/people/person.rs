//! A mention with its surname to the people it stands for.

use collate_model::{PersonName, Role};

use super::cell::{Mention, Words};
use super::chunk::{Alias, Chunk};
use super::label::is_initials;
use super::name::{is_known, split};
use super::note::Note;
use super::title_case;
use super::vocabulary::AliasSort;
use crate::NameOrder;

/// More children than this are no family; the number is something else.
const MOST_COUNTED: u8 = 15;

/// Nobody is older; the number is something else.
const OLDEST: u8 = 120;

/// The people that a mention stands for: one, or as many placeholders as it counts.
pub(super) fn people(mention: &Mention) -> Vec<PersonName> {
    let chunk = mention.chunk;
    let mut person = PersonName { role: chunk.role.unwrap_or(Role::Child), ..PersonName::default() };
    let mut family = false;
    match &mention.words {
        Words::Full(forenames, surname) => {
            person.forenames = print_forenames(forenames);
            person.surname = title_case::join(surname.iter().map(|word| without_stop(word)), true).into();
        }
        Words::Forenames(forenames) => person.forenames = print_forenames(forenames),
        Words::Surname(surname) => {
            person.surname = title_case::join(surname.iter().copied(), true).into();
            family = true;
        }
        Words::Single(word)
            if is_initials(word) || word.chars().filter(|c| c.is_alphabetic()).count() == 1 =>
        {
            person.surname = (*word).into();
            person.label = true;
        }
        Words::Single(word) if is_known(word) => person.forenames = print_forenames(&[word]),
        Words::Single(word) => {
            person.surname = title_case::join([*word], true).into();
            family = true;
        }
        Words::None => family = true,
    }
    // A baby that has a day of birth is born, unless it is called unborn.
    let born = chunk.notes.iter().any(|note| matches!(note, Note::Born(date) if date.exact().is_some()));
    person.unborn = person.forenames.is_empty() && (chunk.unborn || chunk.baby) && (chunk.awaited || !born);
    if let (Some(numbered), true) = (chunk.numbered, person.forenames.is_empty()) {
        person.forenames = title_case::title_case(numbered, false).into();
        family = false;
    }
    if let (Some(generation), false) = (chunk.generation.or(mention.generation), person.forenames.is_empty())
    {
        person.forenames = format!("{} {generation}", person.forenames).into();
    }
    person.placeholder = family && !person.unborn && !chunk.has_birth();
    for note in &chunk.notes {
        match *note {
            Note::Born(date) => person.dob = Some(date),
            Note::Expected(date) => {
                person.dob = Some(date);
                person.unborn = true;
                person.placeholder = false;
            }
            Note::Age(age) if age <= OLDEST => person.age = Some(age),
            Note::Number(age) if age <= OLDEST && !person.placeholder => person.age = Some(age),
            _ => {}
        }
    }
    person.dob = person.dob.or(mention.birth);
    for alias in chunk.aliases.iter().chain(mention.family) {
        let (forenames, surname) = print_alias(alias, &person, mention.order);
        if !forenames.is_empty() || !surname.is_empty() {
            person.aliases.push((forenames, surname));
        }
    }
    let count = count(chunk, &person);
    vec![person; count]
}

/// `Smith x3`, `Smith (3)`, `Baby twins Smith`; a person with a name is one.
fn count(chunk: &Chunk, person: &PersonName) -> usize {
    let counted = if person.placeholder {
        chunk.count.or(chunk.number())
    } else if chunk.is_baby() && person.forenames.is_empty() {
        chunk.count
    } else {
        None
    };
    usize::from(counted.filter(|count| (1..=MOST_COUNTED).contains(count)).unwrap_or(1))
}

/// Forenames with initials as single letters: `J.P.` is `J P`.
fn print_forenames(words: &[&str]) -> Box<str> {
    let parts = words.iter().flat_map(|word| word.split('.')).filter(|part| !part.is_empty());
    title_case::join(parts, false).into()
}

/// `S.` for a surname is `S`.
fn without_stop(word: &str) -> &str {
    word.trim_end_matches('.')
}

/// Another name as (forenames, surname).
fn print_alias(alias: &Alias, person: &PersonName, order: NameOrder) -> (Box<str>, Box<str>) {
    let words: Vec<&str> = alias.text.split_whitespace().collect();
    if let Some((forenames, surname)) = split(&words, order) {
        return (print_forenames(&forenames), title_case::join(surname, true).into());
    }
    let [word] = words.as_slice() else { return ("".into(), "".into()) };
    let forename = match alias.sort {
        Some(AliasSort::Former) => false,
        Some(AliasSort::KnownAs) => is_known(word) || !person.forenames.is_empty(),
        Some(AliasSort::Either) => is_known(word),
        None => alias.inside || is_known(word),
    };
    if forename {
        (print_forenames(&[word]), "".into())
    } else {
        ("".into(), title_case::join([*word], true).into())
    }
}
