//! Date text to numbers, words and signs.

use crate::fold::{is_apostrophe, is_dash, push_folded};

/// A piece of date text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A run of digits.
    Number(&'a str),
    /// A run of letters, folded.
    Word(String),
    /// Any other sign; dashes of all lengths are `-`.
    Sign(char),
}

/// The pieces of a text. White space and apostrophes go; a line break is the sign `\n`.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_ascii_digit() {
            let mut end = start + 1;
            while chars.next_if(|(_, c)| c.is_ascii_digit()).is_some() {
                end += 1;
            }
            out.push(Token::Number(&text[start..end]));
        } else if c.is_alphabetic() {
            let mut word = String::new();
            push_folded(&mut word, c);
            while let Some((_, c)) = chars.next_if(|(_, c)| c.is_alphabetic()) {
                push_folded(&mut word, c);
            }
            out.push(Token::Word(word));
        } else if c == '\n' || c == '\r' {
            out.push(Token::Sign('\n'));
        } else if is_dash(c) {
            out.push(Token::Sign('-'));
        } else if !c.is_whitespace() && !c.is_control() && !is_apostrophe(c) {
            out.push(Token::Sign(c));
        }
    }
    out
}
