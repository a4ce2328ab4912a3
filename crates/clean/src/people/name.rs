//! The words of one name, parted into forenames and surname.

use super::forenames::is_forename;
use super::label::{is_initials, is_letter};
use super::title_case::is_capitals;
use crate::fold::fold;

/// Words that begin a surname of several words.
const PARTICLES: &[&str] = &[
    "abu", "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el",
    "ibn", "la", "le", "mac", "mc", "o", "st", "ten", "ter", "van", "von",
];

/// Forenames and surname; `None` for a single word, which may be either.
pub(super) fn split<'a>(words: &[&'a str]) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let [first, .., last] = words else { return None };
    let at = if let Some(lead) = leading_capitals(words) {
        return Some((words[lead..].to_vec(), words[..lead].to_vec()));
    } else if let Some(tail) = trailing_capitals(words) {
        words.len() - tail
    } else if is_mark(last) && !is_mark(first) && !is_known(first) {
        // `Smith J`
        let at = words.iter().position(|word| is_mark(word)).unwrap_or(words.len());
        return Some((words[at..].to_vec(), words[..at].to_vec()));
    } else {
        words.len() - 1
    };
    let at = with_particles(words, at);
    Some((words[..at].to_vec(), words[at..].to_vec()))
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

fn is_particle(word: &str) -> bool {
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
            let (f, s) = split(&words).expect(name);
            assert_eq!((f.join(" ").as_str(), s.join(" ").as_str()), (forenames, surname));
        }
        assert_eq!(split(&["Smith"]), None);
    }
}
