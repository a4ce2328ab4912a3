//! The date of birth that twins or triplets share, which a cell writes once, after the last of them.
//!
//! In: the mentions of a cell. Out: the date at each of the twins.

use super::cell::Mention;
use super::note::Note;
use crate::fold::fold;

/// How many children are born together, if the word says so.
pub(super) fn born_together(word: &str) -> Option<u8> {
    match word {
        "twin" | "twins" => Some(2),
        "triplet" | "triplets" => Some(3),
        _ => None,
    }
}

/// A remark without the word for children that were born together, and what that word says.
pub(super) fn without_word(part: &str) -> (String, Option<u8>) {
    let mut found = None;
    let mut rest = String::new();
    for word in part.split(' ').filter(|word| !word.is_empty()) {
        match born_together(&fold(word)) {
            Some(count) => found = Some(count),
            None => {
                if !rest.is_empty() {
                    rest.push(' ');
                }
                rest.push_str(word);
            }
        }
    }
    if found.is_some() {
        (rest.trim_matches([' ', '-', ':']).to_owned(), found)
    } else {
        (part.to_owned(), None)
    }
}

/// Gives the twins before a date of birth that date, if the cell calls as many twins as it names.
pub(super) fn share_birth(mentions: &mut [Mention]) {
    let mut ahead = None;
    let mut named: Vec<(usize, Option<u8>)> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        let together = mention.together.or(mention.chunk.together);
        if mention.heading {
            ahead = together;
        } else {
            named.push((i, together.or(ahead.take())));
        }
    }
    for last in 0..named.len() {
        let born = mentions[named[last].0].chunk.notes.iter().find_map(|note| match note {
            Note::Born(date) => Some(*date),
            _ => None,
        });
        let Some(born) = born else { continue };
        let without = |n: &usize| {
            let chunk = mentions[named[*n].0].chunk;
            !chunk.has_birth() && chunk.number().is_none()
        };
        // The first of those that the date may be for, besides the last.
        let first = (0..last).rev().take_while(without).last().unwrap_or(last);
        let Some((said, count)) = (first..=last).rev().find_map(|n| Some((n, usize::from(named[n].1?))))
        else {
            continue;
        };
        // Said of the last, it is of those before too; said of an earlier one, of those after.
        let start = if said == last { (last + 1).checked_sub(count) } else { Some(said) };
        if let Some(start) = start.filter(|start| *start >= first && last + 1 - start == count) {
            for (i, _) in &named[start..last] {
                mentions[*i].birth = Some(born);
            }
        }
    }
}
