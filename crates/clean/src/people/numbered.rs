//! Names that are told apart by a number: `Twin 1`, `Infant 2`, and `Test3`, `Family 7` of
//! lists without real names.
//!
//! In: the text where a word begins, or a word. Out: how much of it is one name with its number.

use super::note::is_age_unit;
use super::token::Token;
use super::vocabulary::{Meaning, meaning};

/// What stands for a forename, with its number.
const CHILDREN: &[&str] = &[
    "baby", "boy", "child", "client", "foetus", "girl", "infant", "kid", "minor", "person", "quad",
    "sibling", "subject", "triplet", "twin", "ub", "ubb", "unborn", "yp",
];

/// What stands for a forename or surname where real ones were taken out.
const NAMES: &[&str] = &["forename", "surname", "test"];

/// A longer number is a reference.
const MOST_DIGITS: usize = 3;

/// `Twin 1` at the start of a text, and its length. Of a family, only beside such a child: a number
/// after it elsewhere counts its children.
pub(super) fn numbered<'a>(text: &'a str, before: Option<&Token>) -> Option<(Token<'a>, usize)> {
    let letters = text.find(|c: char| !c.is_alphabetic())?;
    let gap: usize = text[letters..].bytes().take_while(|b| matches!(b, b' ' | b'#' | b'-')).count();
    let digits = text[letters + gap..].bytes().take_while(u8::is_ascii_digit).count();
    let end = letters + gap + digits;
    let rest = &text[end..];
    let mut after = rest.chars();
    let goes_on = match after.next() {
        Some('/' | '.' | '-') => after.next().is_some_and(char::is_alphanumeric),
        Some(next) => next.is_alphanumeric(),
        None => false,
    };
    let unit = rest.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    if !(1..=MOST_DIGITS).contains(&digits)
        || goes_on
        || is_age_unit(unit)
        || text[letters..end].contains(" -")
    {
        return None;
    }
    let name = &text[..end];
    let noun = text[..letters].to_lowercase();
    let family = || {
        matches!(before, Some(Token::Numbered(_))) || before.is_none() && rest.trim_start().starts_with(',')
    };
    if CHILDREN.contains(&noun.as_str()) {
        Some((Token::Numbered(name), end))
    } else if NAMES.contains(&noun.as_str()) || noun == "family" && family() {
        Some((Token::Word(name), end))
    } else {
        None
    }
}

/// `Test3`, `Family 7`: a word of a name for all its number; `LE14C00441` and `ABC1234` are references.
pub(super) fn is_name(word: &str) -> bool {
    let digits = word.bytes().rev().take_while(u8::is_ascii_digit).count();
    let name = word[..word.len() - digits].trim_end_matches([' ', '#', '-']);
    let shouted = !name.chars().any(char::is_lowercase) && digits >= MOST_DIGITS && !word.contains(' ');
    let long = name.chars().count() >= 3;
    (1..=MOST_DIGITS + 1).contains(&digits) && long && name.chars().all(char::is_alphabetic) && !shouted
}

/// The noun says that the child is not born: `UBB 1`.
pub(super) fn is_unborn(numbered: &str) -> bool {
    noun_means(numbered, Meaning::Unborn)
}

/// `Baby 1`.
pub(super) fn is_baby(numbered: &str) -> bool {
    noun_means(numbered, Meaning::Baby)
}

fn noun_means(numbered: &str, expected: Meaning) -> bool {
    let noun = numbered.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    meaning(&noun.to_lowercase()) == Some(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_numbered_children() {
        for (text, expected) in [
            ("Twin 1 Dacre", Some(Token::Numbered("Twin 1"))),
            ("Twin1, Dacre", Some(Token::Numbered("Twin1"))),
            ("CHILD #7", Some(Token::Numbered("CHILD #7"))),
            ("Infant-2 Zed", Some(Token::Numbered("Infant-2"))),
            ("Test 3 Zed", Some(Token::Word("Test 3"))),
            ("Family 7, Child 7", Some(Token::Word("Family 7"))),
            ("Family 7", None),
            ("Baby 6 weeks", None),
            ("Baby 6wks", None),
            ("Baby 01/02/2020", None),
            ("Baby - 6", None),
            ("Twins 2", None),
            ("Child 12345", None),
            ("Twin", None),
        ] {
            let found = numbered(text, None);
            assert_eq!(found.map(|(token, _)| token), expected, "{text}");
        }
    }

    #[test]
    fn knows_names_with_numbers_from_references() {
        for (word, name) in [
            ("Test3", true),
            ("Forename12", true),
            ("Surname1234", true),
            ("TEST3", true),
            ("FAMILY 700", true),
            ("LE14C00441", false),
            ("ABC1234", false),
            ("Yr6", false),
            ("x3", false),
            ("1234", false),
            ("Smith", false),
        ] {
            assert_eq!(is_name(word), name, "{word}");
        }
    }
}
