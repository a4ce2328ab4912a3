//! Labels that stand for a child without naming it: `Re YY`, `YY (Children)`, `Child A`.

use collate_model::PersonName;

use super::title_case::is_capitals;
use crate::fold::fold;

/// The labels, if the whole cell is one or several of them.
pub(super) fn whole_cell(text: &str) -> Option<Vec<PersonName>> {
    if names_parties(text) {
        return Some(vec![label(text)]);
    }
    let (text, re) = without_re(text);
    let text = without_court_bracket(text);
    if let Some(label) = numbered(text) {
        return Some(vec![label]);
    }
    let parts: Vec<&str> = text
        .split(['&', ',', '/', ';', '\n', '+'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    // `A, B and C`; one letter alone is a label only after `Re`.
    let initials = |part: &&str| is_initials(part) || (re || parts.len() > 1) && is_letter(part);
    (!parts.is_empty() && parts.iter().all(initials)).then(|| parts.iter().map(|part| label(part)).collect())
}

/// A case named after its parties: `Herefordshire v AB`, not `V Smith & Jane Smith`.
fn names_parties(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let [_, between @ .., _] = words.as_slice() else { return false };
    let shouted = words.iter().all(|word| !word.chars().any(char::is_lowercase));
    between.iter().any(|word| {
        let versus = matches!(fold(word).as_str(), "v" | "vs");
        versus && (shouted || word.chars().all(|c| !c.is_uppercase()))
    })
}

fn label(text: &str) -> PersonName {
    PersonName { surname: text.into(), label: true, ..PersonName::default() }
}

/// The text without `Re`, `Re:`, `In re`, `In the matter of`, and whether it had one.
pub(super) fn without_re(text: &str) -> (&str, bool) {
    for start in ["in the matter of", "in re", "re"] {
        let Some(head) = text.get(..start.len()) else { continue };
        let rest = &text[start.len()..];
        if head.eq_ignore_ascii_case(start) && rest.starts_with([' ', ':', '.']) {
            return (rest.trim_start_matches([' ', ':', '.', '\u{a0}']), true);
        }
    }
    (text, false)
}

/// `YY (Children)` without its bracket.
fn without_court_bracket(text: &str) -> &str {
    let Some((name, bracket)) = text.split_once('(') else { return text };
    let words = fold(bracket);
    let court = words.split(' ').all(|word| {
        matches!(
            word,
            "a" | "the"
                | "child"
                | "children"
                | "minor"
                | "minors"
                | "family"
                | "fam"
                | "baby"
                | "twins"
                | "siblings"
        )
    });
    if court { name.trim_end() } else { text }
}

/// `Child A`, `YP 2`, `Sibling 1`: a word that names nobody, and a letter or number.
fn numbered(text: &str) -> Option<PersonName> {
    let folded = fold(text);
    let (word, mark) = folded.split_once(' ')?;
    let names_nobody = matches!(
        word,
        "child"
            | "yp"
            | "sibling"
            | "sib"
            | "twin"
            | "claimant"
            | "person"
            | "family"
            | "client"
            | "baby"
            | "case"
            | "subject"
            | "minor"
    );
    let short = mark.len() <= 2 && (mark.bytes().all(|b| b.is_ascii_digit()) || mark.len() == 1);
    let mark_in_capitals = text.ends_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (names_nobody && short && mark_in_capitals).then(|| label(text))
}

/// One capital letter.
pub(super) fn is_letter(word: &str) -> bool {
    let mut chars = word.trim_end_matches('.').chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// `JS`, `J.S.`, `ABC`: capitals that no surname is made of.
pub(super) fn is_initials(word: &str) -> bool {
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    if !word.chars().all(|c| c.is_alphabetic() || c == '.') || !is_capitals(word) {
        return false;
    }
    match letters.len() {
        2 => true,
        // `LEE`, `COX` and `RAY` are surnames, `ABC` is not.
        3 => dotted || !"AEIOUÀÁÈÉÌÍÒÓÙÚ".contains(letters[1]),
        _ => dotted,
    }
}
