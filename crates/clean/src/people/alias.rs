//! A cell that holds one part of a name: forenames alone or a surname alone.

use super::note::{self, Note, Setting};
use super::numbered;
use super::title_case;
use super::token::{Joint, Token, tokens};
use super::vocabulary::{self, Meaning, meaning};
use crate::Context;
use crate::fold::fold;

/// One part of a name and what else the part has been.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) unborn: bool,
    /// `Baby`, which says neither a name nor that it is not born.
    baby: bool,
    /// Two people seem to be named.
    pub(super) several: bool,
}

impl Part {
    /// `Baby` and no more.
    pub(super) fn is_baby(&self) -> bool {
        self.baby && !self.unborn && self.name.is_empty() && self.aliases.is_empty()
    }
}

/// Reads one part of a name.
pub(super) fn part(text: &str) -> Part {
    let setting = Setting { context: &Context::default(), letters_are_roles: false };
    let mut out = Part::default();
    let mut names: Vec<Vec<&str>> = vec![Vec::new()];
    let mut generation = None;
    let mut numbered_unborn = false;
    for token in tokens(text) {
        let last = names.len() - 1;
        match token {
            Token::Word(word) => {
                let key = fold(word).replace(' ', "");
                match meaning(&key) {
                    Some(Meaning::Filler)
                        if vocabulary::generation(&key).is_some() && !names[last].is_empty() =>
                    {
                        generation = vocabulary::generation(&key);
                    }
                    Some(Meaning::Title) if names[last].is_empty() => {}
                    Some(Meaning::Unborn) => out.unborn = true,
                    Some(Meaning::Baby) => out.baby = true,
                    Some(Meaning::AfterBaby) if out.unborn || out.baby => {}
                    Some(Meaning::Alias(_)) if !names[0].is_empty() => names.push(Vec::new()),
                    _ => names[last].push(word),
                }
            }
            Token::Note(text) => {
                for note in note::read(text, &setting) {
                    match note {
                        Note::Alias(_, name) => out.aliases.push(title_case::join(name.split(' '), true)),
                        Note::Unborn => out.unborn = true,
                        Note::Generation(found) => generation = Some(found),
                        _ => {}
                    }
                }
            }
            Token::Joint(Joint::Slash) => names.push(Vec::new()),
            Token::Joint(Joint::And | Joint::Break) => out.several = true,
            Token::Numbered(text) => {
                numbered_unborn |= numbered::is_unborn(text);
                names[last].push(text);
            }
            // `Alpha 1` and `Alpha 2` are two.
            Token::Number(digits) if !names[last].is_empty() => names[last].push(digits),
            Token::Joint(_) | Token::Number(_) => {}
        }
    }
    let mut names =
        names.into_iter().map(|words| title_case::join(words, true)).filter(|name| !name.is_empty());
    out.name = names.next().unwrap_or_default();
    // Inline aliases come before bracketed ones only in the text; the order carries no meaning.
    out.aliases.extend(names);
    // `Baby John` has a name.
    out.unborn = numbered_unborn || out.unborn && out.name.is_empty();
    if let (Some(generation), false) = (generation, out.name.is_empty()) {
        out.name = format!("{} {generation}", out.name);
    }
    out
}
