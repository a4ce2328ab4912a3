//! What the other people of a cell tell of one: that its `O` is an initial, or that its
//! forename and surname have changed places.
//!
//! In and out: the mentions of a cell, and whether its reading is a guess.

use super::cell::{Mention, Words};
use super::label::is_letter;
use super::name::is_known;
use super::title_case::is_capitals;
use crate::fold::fold;

/// `O Smith & Jane Smith`: the letter is an initial, not the `O` of `O Neill`.
pub(super) fn initial_o(mentions: &mut [Mention], ambiguous: &mut bool) {
    for i in 0..mentions.len() {
        let Words::Surname(words) = &mentions[i].words else { continue };
        let [letter, surname] = words[..] else { continue };
        if !is_letter(letter) || mentions[i].chunk.group || mentions[i].chunk.count.is_some() {
            continue;
        }
        let key = fold(surname);
        let family =
            mentions.iter().any(|other| matches!(other.words.surname(), Some([one]) if fold(one) == key));
        if family {
            mentions[i].words = Words::Full(vec![letter], vec![surname]);
        } else {
            *ambiguous = true;
        }
    }
}

/// `David QUAYE`, `Adwoa QUAYE` and `Quaye KOFI`: the last has its capitals on the wrong word.
pub(super) fn swap_back(mentions: &mut [Mention], ambiguous: &mut bool) {
    let folded: Vec<Option<(String, String)>> = mentions
        .iter()
        .map(|mention| match &mention.words {
            Words::Full(forenames, surname) => Some((fold(&forenames.join(" ")), fold(&surname.join(" ")))),
            _ => None,
        })
        .collect();
    for (i, mention) in mentions.iter_mut().enumerate() {
        let Words::Full(forenames, surname) = &mention.words else { continue };
        let ([first], [last], Some((forename, own))) = (forenames.as_slice(), surname.as_slice(), &folded[i])
        else {
            continue;
        };
        let others: Vec<_> = folded
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .filter_map(|(_, name)| name.as_ref())
            .collect();
        let of_the_family = others.iter().all(|(other, family)| family == forename && other != own);
        // `LIAM, Smith` and `SMITH, Jane`: a common forename stands where the other has its surname.
        let unlike = others.iter().all(|(other, _)| other != own);
        let forename_last =
            is_known(last) && unlike && others.iter().any(|(_, family)| family == forename && family != own);
        let shouted = is_capitals(last) && !is_capitals(first) && others.len() >= 2 && of_the_family;
        if !is_known(first) && (shouted || forename_last) {
            mention.words = Words::Full(vec![last], vec![first]);
            *ambiguous = true;
        }
    }
}
