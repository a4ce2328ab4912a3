//! The words of one name, parted into forenames and surname.

use super::forenames::is_forename;
use super::label::{is_initials, is_letter};
use super::title_case::is_capitals;
use crate::NameOrder;
use crate::fold::{fold, is_dash};

/// Words that begin a surname of several words.
const PARTICLES: &[&str] = &[
    "abu", "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el",
    "ibn", "la", "le", "mac", "mc", "o", "st", "ten", "ter", "van", "von",
];

/// Forenames and surname; `None` for a single word, which may be either. The column's order is
/// for names that don't tell their own.
pub(super) fn split<'a>(words: &[&'a str], order: NameOrder) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let [first, .., last] = words else { return None };
    let surname_and_forename =
        order == NameOrder::SurnameFirst && words.iter().filter(|word| !is_particle(word)).count() > 2;
    let at = if let Some(lead) = leading_capitals(words) {
        return Some((words[lead..].to_vec(), words[..lead].to_vec()));
    } else if let Some(tail) = trailing_capitals(words) {
        words.len() - tail
    } else if is_mark(last) && !is_mark(first) && !is_known(first) && !surname_and_forename {
        // `Smith J`
        let at = words.iter().position(|word| is_mark(word)).unwrap_or(words.len());
        return Some((words[at..].to_vec(), words[..at].to_vec()));
    } else if order == NameOrder::SurnameFirst && !is_mark(first) && !sounds_forename_first(words) {
        let particles = words.iter().take_while(|word| is_particle(word)).count();
        let at = (particles + 1).min(words.len() - 1);
        return Some((words[at..].to_vec(), words[..at].to_vec()));
    } else {
        words.len() - 1
    };
    let at = with_particles(words, at);
    Some((words[..at].to_vec(), words[at..].to_vec()))
}

/// The order that the words of one name speak for, if they do.
pub(super) fn vote(words: &[&str]) -> Option<NameOrder> {
    let [first, .., last] = words else { return None };
    if leading_capitals(words).is_some() {
        return Some(NameOrder::SurnameFirst);
    }
    if trailing_capitals(words).is_some() {
        return None;
    }
    // A middle name's initial (`J L Smith`) is between the two.
    match (is_mark(first), is_mark(last), is_known(first), is_known(last)) {
        (true, false, ..) | (false, _, true, false) => Some(NameOrder::ForenameFirst),
        (false, true, false, _) | (false, _, false, true) => Some(NameOrder::SurnameFirst),
        _ => None,
    }
}

/// A name that neither capitals nor an initial part, but that common forenames read against
/// a column in which the surname comes first.
pub(super) fn is_against(words: &[&str], order: NameOrder) -> bool {
    order == NameOrder::SurnameFirst
        && leading_capitals(words).is_none()
        && trailing_capitals(words).is_none()
        && !words.first().is_some_and(|first| is_mark(first))
        && sounds_forename_first(words)
}

fn sounds_forename_first(words: &[&str]) -> bool {
    matches!(words, [first, .., last] if is_known(first) && !is_known(last))
}

/// A word that begins surnames, and is one: `Le Thi`, `Das Roy`.
pub(super) fn is_surname_too(word: &str) -> bool {
    matches!(fold(word).as_str(), "al" | "da" | "das" | "de" | "di" | "du" | "el" | "la" | "le")
}

/// `Di Marsh`, `Al Marsh`, `Van Nguyen`: a forename that also begins surnames, before one other word.
pub(super) fn is_forename_too(words: &[&str]) -> bool {
    let named = |word: &str| matches!(word, "Di" | "Al" | "Van" | "Mac" | "Abu");
    matches!(words, [first, last] if named(first) && !is_particle(last) && !is_capitals(last))
}

/// Words that could all be one surname: one word, or particles and one word.
pub(super) fn is_one_surname(words: &[&str]) -> bool {
    match words {
        [] => false,
        [_] => true,
        _ => words[..words.len() - 1].iter().all(|word| is_particle(word)),
    }
}

/// A common forename, not written in capitals as surnames are.
pub(super) fn is_known(word: &str) -> bool {
    is_forename(&fold(word))
}

/// `SMITH John`: how many words in capitals lead, if others follow that are not.
fn leading_capitals(words: &[&str]) -> Option<usize> {
    let lead = words.iter().take_while(|word| is_capitals(word)).count();
    // `JJ Smith` are initials.
    let long = words.first().is_some_and(|word| word.chars().count() > 2 && !is_initials(word));
    // `JOHN S` has only an initial after it.
    let others = words[lead..].iter().any(|word| !is_mark(word));
    (lead > 0 && long && others).then_some(lead)
}

/// `John SMITH`: how many words in capitals end the name, if others come before that are not.
fn trailing_capitals(words: &[&str]) -> Option<usize> {
    let tail = words.iter().rev().take_while(|word| is_capitals(word) && !word.contains('.')).count();
    (tail > 0 && tail < words.len()).then_some(tail)
}

fn with_particles(words: &[&str], mut at: usize) -> usize {
    while at > 1 && is_particle(words[at - 1]) {
        at -= 1;
    }
    at
}

/// `Rodrigues-Van` of `Rodrigues-Van der Berg`, too.
fn is_particle(word: &str) -> bool {
    let word = match word.rsplit_once(is_dash) {
        Some((_, "Van" | "van" | "VAN" | "Von" | "von" | "VON")) => return true,
        _ => word,
    };
    // `John O. Smith` has a middle initial.
    !(word.ends_with('.') && word.len() == 2) && PARTICLES.contains(&fold(word).as_str())
}

/// An initial, or several with full stops.
fn is_mark(word: &str) -> bool {
    is_letter(word) || word.contains('.') && is_initials(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        for (name, forenames, surname) in [
            ("John Smith", "John", "Smith"),
            ("John James Smith", "John James", "Smith"),
            ("SMITH John", "John", "SMITH"),
            ("John SMITH", "John", "SMITH"),
            ("John SMITH JONES", "John", "SMITH JONES"),
            ("JOHN SMITH", "JOHN", "SMITH"),
            ("Anna van der Berg", "Anna", "van der Berg"),
            ("Oliver St John", "Oliver", "St John"),
            ("St John Smith", "St John", "Smith"),
            ("Sean O Neill", "Sean", "O Neill"),
            ("Sean O. Smith", "Sean O.", "Smith"),
            ("Smith J", "J", "Smith"),
            ("Smith J.S.", "J.S.", "Smith"),
            ("J Smith", "J", "Smith"),
            ("JJ Smith", "JJ", "Smith"),
            ("John A", "John", "A"),
            ("JOHN S", "JOHN", "S"),
            ("SMITH J", "J", "SMITH"),
            ("McDONALD Ian", "Ian", "McDONALD"),
        ] {
            let words: Vec<&str> = name.split(' ').collect();
            let (f, s) = split(&words, NameOrder::ForenameFirst).expect(name);
            assert_eq!((f.join(" ").as_str(), s.join(" ").as_str()), (forenames, surname));
        }
        assert_eq!(split(&["Smith"], NameOrder::ForenameFirst), None);
    }

    #[test]
    fn splits_where_the_surname_comes_first() {
        for (name, forenames, surname, against) in [
            ("Marlston Olivia", "Olivia", "Marlston", false),
            ("Hall-Winter Beatrice", "Beatrice", "Hall-Winter", false),
            ("Oxstead Keira Maia", "Keira Maia", "Oxstead", false),
            ("Oxstead Zaria", "Zaria", "Oxstead", false),
            ("Johnson L", "L", "Johnson", false),
            ("L Johnson", "L", "Johnson", false),
            ("van der Berg Anna", "Anna", "van der Berg", false),
            ("Kelsey Olivia", "Olivia", "Kelsey", false),
            ("John SMITH", "John", "SMITH", false),
            ("OLIVIA MARLSTON", "OLIVIA", "MARLSTON", true),
            ("Olivia Marlston", "Olivia", "Marlston", true),
            ("Olivia M", "Olivia", "M", true),
        ] {
            let words: Vec<&str> = name.split(' ').collect();
            let (f, s) = split(&words, NameOrder::SurnameFirst).expect(name);
            assert_eq!((f.join(" ").as_str(), s.join(" ").as_str()), (forenames, surname));
            assert_eq!(is_against(&words, NameOrder::SurnameFirst), against, "{name}");
            assert!(!is_against(&words, NameOrder::ForenameFirst), "{name}");
        }
    }

    #[test]
    fn votes() {
        let (forename, surname) = (Some(NameOrder::ForenameFirst), Some(NameOrder::SurnameFirst));
        for (name, order) in [
            ("Marlston Olivia", surname),
            ("Olivia Marlston", forename),
            ("Johnson L", surname),
            ("L Johnson", forename),
            ("Olivia M", forename),
            ("SMITH John", surname),
            ("John SMITH", None),
            ("Kelsey Olivia", None),
            ("Oxstead Zaria", None),
            ("J L", None),
            ("Olivia", None),
        ] {
            let words: Vec<&str> = name.split(' ').collect();
            assert_eq!(vote(&words), order, "{name}");
        }
    }
}
