//! A cell that holds one part of a name: forenames alone or a surname alone.

use super::note::{self, Note, Setting};
use super::title_case;
use super::token::{Joint, Token, tokens};
use super::vocabulary::{Meaning, meaning};
use crate::Context;
use crate::fold::fold;

/// One part of a name and what else the part has been.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) unborn: bool,
    /// Two people seem to be named.
    pub(super) several: bool,
}

/// Reads one part of a name.
pub(super) fn part(text: &str) -> Part {
    let setting = Setting { context: &Context::default(), letters_are_roles: false };
    let mut out = Part::default();
    let mut names: Vec<Vec<&str>> = vec![Vec::new()];
    for token in tokens(text) {
        match token {
            Token::Word(word) => {
                let last = names.len() - 1;
                match meaning(&fold(word).replace(' ', "")) {
                    Some(Meaning::Title) if names[last].is_empty() => {}
                    Some(Meaning::Unborn | Meaning::Baby) => out.unborn = true,
                    Some(Meaning::AfterBaby) if out.unborn => {}
                    Some(Meaning::Alias(_)) if !names[0].is_empty() => names.push(Vec::new()),
                    _ => names[last].push(word),
                }
            }
            Token::Note(text) => {
                for note in note::read(text, &setting) {
                    match note {
                        Note::Alias(_, name) => out.aliases.push(title_case::join(name.split(' '), true)),
                        Note::Unborn => out.unborn = true,
                        _ => {}
                    }
                }
            }
            Token::Joint(Joint::Slash) => names.push(Vec::new()),
            Token::Joint(Joint::And | Joint::Break) => out.several = true,
            Token::Joint(_) | Token::Number(_) => {}
        }
    }
    let mut names =
        names.into_iter().map(|words| title_case::join(words, true)).filter(|name| !name.is_empty());
    out.name = names.next().unwrap_or_default();
    // Inline aliases come before bracketed ones only in the text; the order carries no meaning.
    out.aliases.extend(names);
    // `Baby John` has a name.
    out.unborn &= out.name.is_empty();
    out
}
