//! A cell of names to words, notes (brackets, dates, ages) and the joints between people.

use super::name::is_known;
use super::note::{is_age_unit, month_word};
use super::numbered::numbered;
use super::vocabulary::{Meaning, is_adult, meaning};
use crate::fold::{fold, is_apostrophe, is_dash};

/// A piece of the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A word of a name, or one said about it.
    Word(&'a str),
    /// What stands for a forename, with the number that tells it from others: `Twin 1`.
    Numbered(&'a str),
    /// What stands in brackets, or a date or age without them.
    Note(&'a str),
    /// A number on its own.
    Number(&'a str),
    /// What stands between people.
    Joint(Joint),
}

/// What stands between two parts of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Comma,
    And,
    Slash,
    Dash,
    Colon,
    /// Line break or semicolon.
    Break,
}

/// The pieces of a tidied text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (token, length) = match c {
            '(' | '[' => bracket(rest),
            '\n' | ';' | '|' => (Some(Token::Joint(Joint::Break)), 1),
            ',' => (Some(Token::Joint(Joint::Comma)), 1),
            '&' | '+' => (Some(Token::Joint(Joint::And)), 1),
            ':' => (Some(Token::Joint(Joint::Colon)), 1),
            '/' => (Some(Token::Joint(Joint::Slash)), 1),
            c if is_dash(c) => (Some(Token::Joint(Joint::Dash)), c.len_utf8()),
            '×' => (Some(Token::Word("x")), c.len_utf8()),
            c if c.is_ascii_digit() => {
                number(rest, matches!(out.last(), None | Some(Token::Joint(Joint::Break))))
            }
            c if c.is_alphabetic() => match numbered(rest, out.last()) {
                Some((token, length)) => (Some(token), length),
                None => word(rest),
            },
            c => (None, c.len_utf8()),
        };
        match token {
            // `Smith children (John, Jane)`
            Some(Token::Note(note)) if c == '(' && lists_names(note) => {
                out.push(Token::Joint(Joint::Colon));
                out.extend(tokens(note));
            }
            Some(Token::Word(name)) if is_after_group(&out, name) => {
                out.extend([Token::Joint(Joint::Colon), Token::Word(name)]);
            }
            token => out.extend(token),
        }
        at += length;
    }
    out
}

/// `Smith twins John`: the forename begins the list.
fn is_after_group(before: &[Token], name: &str) -> bool {
    let [.., Token::Word(family), Token::Word(group)] = before else { return false };
    let is_group = matches!(meaning(&fold(group)), Some(Meaning::Group(_)));
    is_group && is_known(name) && !is_known(family) && meaning(&fold(family)).is_none()
}

fn bracket(rest: &str) -> (Option<Token<'_>>, usize) {
    let mut depth = 0;
    for (i, c) in rest.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            // A bracket that was never closed ends with its line.
            '\n' => return (Some(Token::Note(&rest[1..i])), i),
            _ => {}
        }
        if depth == 0 {
            return (Some(Token::Note(&rest[1..i])), i + c.len_utf8());
        }
    }
    (Some(Token::Note(&rest[1..])), rest.len())
}

/// At least two parts of a bracket begin with a common forename.
fn lists_names(note: &str) -> bool {
    let parts = note.split([',', ';', '&', '\n', '/']).flat_map(|part| part.split(" and "));
    let mut first_words = parts.filter_map(|part| part.split_whitespace().next()).peekable();
    // `(parents Ann, Joe and Mary)`
    let adults = first_words.peek().is_some_and(|word| is_adult(&fold(word)));
    !adults && first_words.filter(|word| is_known(word)).count() >= 2
}

fn number(rest: &str, first: bool) -> (Option<Token<'_>>, usize) {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    if let Some(end) = date_run(rest, 2) {
        return (Some(Token::Note(&rest[..end])), end);
    }
    // `1. John Smith`
    if first && after.starts_with(['.', ')']) {
        return (None, digits + 1);
    }
    let unit = after.trim_start();
    let length = letters(unit);
    if length > 0 && is_age_unit(&unit[..length]) {
        let end = rest.len() - unit.len() + length;
        return (Some(Token::Note(&rest[..end])), end);
    }
    (Some(Token::Number(&rest[..digits])), digits)
}

fn word(rest: &str) -> (Option<Token<'_>>, usize) {
    for slashed in ["a/k/a", "f/k/a", "k/a", "u/b"] {
        let same = rest.get(..slashed.len()).is_some_and(|start| start.eq_ignore_ascii_case(slashed));
        if same && !rest[slashed.len()..].starts_with(char::is_alphanumeric) {
            return (Some(Token::Word(&rest[..slashed.len()])), slashed.len());
        }
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let goes_on = c.is_alphanumeric()
            || ('\u{300}'..='\u{36f}').contains(&c)
            || c == '.'
            || (is_apostrophe(c) || is_dash(c)) && next_is_letter;
        if !goes_on {
            break;
        }
        end = i + c.len_utf8();
    }
    let word = &rest[..end];
    let key = fold(word).replace(' ', "");
    let after = &rest[end..];
    let lead = after.len()
        - after.trim_start_matches(|c: char| c == ' ' || c == ':' || c == '.' || is_dash(c)).len();
    let value = &after[lead..];
    match key.as_str() {
        "dob" | "born" | "edd" | "edob" | "due" => {
            if let Some(length) = date_run(value, 1) {
                let length = end + lead + length;
                return (Some(Token::Note(&rest[..length])), length);
            }
            if key == "dob" || key == "edd" || key == "edob" {
                return (None, end);
            }
        }
        "age" | "aged" => {
            let digits = value.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 {
                let unit = value[digits..].trim_start();
                let length = letters(unit);
                let unit_end =
                    if is_age_unit(&unit[..length]) { rest.len() - unit.len() + length } else { 0 };
                let length = (end + lead + digits).max(unit_end);
                return (Some(Token::Note(&rest[..length])), length);
            }
        }
        "and" => return (Some(Token::Joint(Joint::And)), end),
        _ => {}
    }
    // The full stop after a name is no part of it; after an initial it is.
    let one_dot = word.ends_with('.') && word.matches('.').count() == 1 && word.chars().count() > 2;
    let word = if one_dot { &word[..word.len() - 1] } else { word };
    (Some(Token::Word(word)), end)
}

fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())
}

/// Length of the date at the start of a text: figures with signs between, or with a month's name,
/// of at least so many numbers.
fn date_run(text: &str, least: usize) -> Option<usize> {
    let (mut at, mut end, mut numbers, mut signs, mut month) = (0, 0, 0, 0, false);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_ascii_digit() {
            at += rest.bytes().take_while(u8::is_ascii_digit).count();
            end = at;
            numbers += 1;
            let tail = &text[at..];
            let length = letters(tail);
            if matches!(tail[..length].to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th") {
                at += length;
            } else if length > 0 && !month_word(&tail[..length]) {
                break;
            }
        } else if matches!(c, '/' | '-' | '.') && numbers > 0 {
            if !rest[1..].starts_with(|c: char| c.is_alphanumeric()) {
                break;
            }
            signs += 1;
            at += 1;
        } else if c == ' ' {
            at += 1;
        } else if c.is_alphabetic() && month_word(&rest[..letters(rest)]) {
            month = true;
            at += letters(rest);
            end = at;
        } else {
            break;
        }
    }
    let enough = numbers >= least.max(1) && month || numbers >= 2 && signs > 0;
    enough.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_dates_and_ages_without_brackets() {
        for (text, tokens_of) in [
            ("Smith DOB 01/02/15", vec![Token::Word("Smith"), Token::Note("DOB 01/02/15")]),
            ("Smith d.o.b.: 1 Feb 2015", vec![Token::Word("Smith"), Token::Note("d.o.b.: 1 Feb 2015")]),
            ("Smith 01.02.2015", vec![Token::Word("Smith"), Token::Note("01.02.2015")]),
            ("Jane 6 yrs", vec![Token::Word("Jane"), Token::Note("6 yrs")]),
            ("Jane aged 6", vec![Token::Word("Jane"), Token::Note("aged 6")]),
            ("1. Jane", vec![Token::Word("Jane")]),
            ("Smith (John", vec![Token::Word("Smith"), Token::Note("John")]),
            (
                "Smith-Jones k/a O'Neill",
                vec![Token::Word("Smith-Jones"), Token::Word("k/a"), Token::Word("O'Neill")],
            ),
            ("J. Smith.", vec![Token::Word("J."), Token::Word("Smith")]),
        ] {
            assert_eq!(tokens(text), tokens_of, "{text}");
        }
    }
}
