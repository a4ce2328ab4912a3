//! Which words of a line are a surname that stands before or after the forenames it is for.
//!
//! In: the chunks of one line. Out: whether the line, or a segment of it, begins with a surname;
//! whether its segments stand on their own; whether all share the surname at its end.

use super::chunk::Chunk;
use super::label::is_letter;
use super::name::{is_known, is_one_surname};
use super::title_case::is_capitals;
use super::token::Joint;
use crate::NameOrder;
use crate::fold::fold;

/// More words than this are no surname.
const MOST_SURNAME_WORDS: usize = 4;

/// What stands between the `&` and `/` of a line.
pub(super) fn segments<'a, 'c>(chunks: &'c [Chunk<'a>]) -> impl Iterator<Item = &'c [Chunk<'a>]> {
    chunks.chunk_by(|_, next| !is_between(next))
}

/// It begins another segment.
pub(super) fn is_between(chunk: &Chunk) -> bool {
    matches!(chunk.joint, Some(Joint::And | Joint::Slash))
}

/// Each segment has a surname of its own: `John Smith & JONES, Jane`, not `Smith, John & Jane`.
pub(super) fn is_separate(chunks: &[Chunk]) -> bool {
    let later = || segments(chunks).skip(1);
    let whole = |segment: &[Chunk]| matches!(segment, [one] if one.words.len() > 1);
    let pair = |segment: &[Chunk]| matches!(segment, [surname, name] if opens_pair(surname, Some(name)));
    let capitals = later().any(|segment| is_new_head(&segment[0], segment.get(1)));
    let pairs = later().any(pair) && segments(chunks).all(|segment| whole(segment) || pair(segment));
    // `SMITH, John & Jane Jones & Ann Lee`: no list of one family's children has an `&` before each.
    let no_list = segments(chunks).next().is_some_and(pair) && later().count() > 1 && later().all(whole);
    capitals || pairs || no_list
}

/// `Smith, John` as a segment of its own.
pub(super) fn opens_pair(chunk: &Chunk, next: Option<&Chunk>) -> bool {
    let named = next.is_some_and(|next| next.joint == Some(Joint::Comma) && !next.words.is_empty());
    let surname = is_one_surname(&chunk.words) && !known(chunk) && !has_letter(chunk);
    named && !chunk.is_baby() && !has_age(chunk) && surname || is_new_head(chunk, next)
}

/// `John Paul (6) and Jane (4) Smith`: an age stands before the last surname, so it is everybody's.
pub(super) fn has_shared_surname(chunks: &[Chunk]) -> bool {
    let [first, .., last] = chunks else { return false };
    let Some(surname) = last.after_age() else { return false };
    let capital = surname.last().is_some_and(|word| word.starts_with(char::is_uppercase));
    let headed = set_off(chunks) && capitals(first);
    capital && surname.len() <= MOST_SURNAME_WORDS && !headed
}

/// `Zaria, Jane & Bob Smith` or `Smith, Zaria & Bob Lee`: two readings, where no common forename
/// and no age comes first.
pub(super) fn may_be_surname_first(chunks: &[Chunk]) -> bool {
    let [first, middle @ .., last] = chunks else { return false };
    let one_word = |chunk: &Chunk| chunk.words.len() == 1 && !chunk.is_baby();
    set_off(chunks)
        && one_word(first)
        && !known(first)
        && !has_letter(first)
        && !has_age(first)
        && !middle.is_empty()
        && middle.iter().all(one_word)
        && !last.is_baby()
        && last.words.len() == 2
        && last.after_age().is_none()
}

/// The last word is written elsewhere in the line too, so it is a surname, or it is in capitals.
pub(super) fn shows_surname(chunk: &Chunk, line: &[Chunk]) -> bool {
    let Some(last) = chunk.words.last() else { return false };
    let key = fold(last);
    let elsewhere = line
        .iter()
        .filter(|other| !std::ptr::eq(*other, chunk))
        .any(|other| other.words.iter().any(|word| fold(word) == key));
    elsewhere || is_capitals(last)
}

/// Everybody's age or date of birth is given, but none for the first: it is a surname.
fn all_but_first_born(chunks: &[Chunk]) -> bool {
    let [first, others @ ..] = chunks else { return false };
    !has_age(first) && is_one_surname(&first.words) && others.len() > 1 && others.iter().all(has_age)
}

fn has_age(chunk: &Chunk) -> bool {
    chunk.has_birth() || chunk.number().is_some()
}

fn has_letter(chunk: &Chunk) -> bool {
    chunk.words.first().is_some_and(|word| is_letter(word))
}

fn known(chunk: &Chunk) -> bool {
    chunk.words.first().is_some_and(|word| is_known(word))
}

/// Surnames are written in capitals; the `O` of `O NEILL` is one letter.
fn capitals(chunk: &Chunk) -> bool {
    chunk.words.iter().any(|word| is_capitals(word))
        && chunk.words.iter().all(|word| is_capitals(word) || fold(word) == "o")
}

/// The line begins with a surname: `Smith, John & Jane`, but not `John, Jane and Baby Smith`.
pub(super) fn surname_first(chunks: &[Chunk], order: NameOrder) -> bool {
    let [first, second, ..] = chunks else { return false };
    let last = &chunks[chunks.len() - 1];
    if !set_off(chunks)
        || first.is_baby()
        || first.has_birth()
        || first.number().is_some()
        || first.words.is_empty()
    {
        return false;
    }
    if second.words.is_empty() && !second.is_baby() {
        return false;
    }
    if capitals(first) && !capitals(second) || is_written_again(chunks) {
        return true;
    }
    if !known(first) && all_but_first_born(chunks) {
        return true;
    }
    if !is_one_surname(&first.words) {
        return order == NameOrder::ForenameFirst && two_surnames(chunks);
    }
    let small = |chunk: &Chunk| chunk.words.len() == 1 || chunk.words.is_empty();
    // `John, Jane & Bob S` has the surname's letter last, `Smith, John & Bob S` a middle name's.
    let last_has_surname = last.words.len() + usize::from(last.is_baby()) >= 2
        && !last.words.last().is_some_and(|word| is_known(word) || is_letter(word) && !known(first));
    let middle_small = chunks[1..chunks.len() - 1].iter().all(|chunk| small(chunk) && !capitals(chunk));
    if chunks.len() == 2 {
        let two_forenames = known(first) && known(second) && (small(second) || last_has_surname);
        let baby_with_surname = known(first) && second.is_baby() && !second.words.is_empty();
        return !(second.joint == Some(Joint::Comma) && (two_forenames || baby_with_surname));
    }
    if last_has_surname && middle_small {
        // `John, Jane and Baby Smith`; `Smith, John, Jane Ann`
        return !(known(first) || last.is_baby() && !last.words.is_empty() || last.joint == Some(Joint::And));
    }
    // `John, Jane and Mary`
    !(known(first) && chunks.iter().all(|chunk| small(chunk) && (known(chunk) || chunk.is_baby())))
}

/// A comma or its like stands after the first part.
pub(super) fn set_off(chunks: &[Chunk]) -> bool {
    chunks
        .get(1)
        .is_some_and(|second| matches!(second.joint, Some(Joint::Comma | Joint::Dash | Joint::Colon)))
}

/// `Smith Jones, John & Jane`: two surnames without a hyphen, as far as common forenames tell.
pub(super) fn two_surnames(chunks: &[Chunk]) -> bool {
    let [first, others @ ..] = chunks else { return false };
    first.words.len() == 2
        && !first.words.iter().any(|word| is_known(word) || is_letter(word))
        && others.iter().all(|chunk| chunk.words.len() == 1 && is_known(chunk.words[0]))
}

/// `Smith, John, Smith, Jane` and `Smith, John & Jane Smith`: only a surname is written twice.
fn is_written_again(chunks: &[Chunk]) -> bool {
    let [first, others @ ..] = chunks else { return false };
    let named = |chunk: &Chunk| chunk.words.len() > first.words.len() && ends_with(chunk, first);
    let again = (1..chunks.len()).any(|i| is_head_again(first, &chunks[i], chunks.get(i + 1)));
    (first.words.len() == 1 || !known(first)) && (again || others.len() > 1 && others.iter().any(named))
}

/// The surname of a list of children is written again before another of them.
pub(super) fn is_head_again(head: &Chunk, chunk: &Chunk, next: Option<&Chunk>) -> bool {
    let named = next
        .is_some_and(|next| next.joint == Some(Joint::Comma) && (!next.words.is_empty() || next.is_baby()));
    named
        && !chunk.is_baby()
        && !has_age(chunk)
        && chunk.words.len() == head.words.len()
        && ends_with(chunk, head)
}

fn ends_with(chunk: &Chunk, end: &Chunk) -> bool {
    let words = chunk.words.iter().rev().zip(end.words.iter().rev());
    chunk.words.len() >= end.words.len() && words.clone().all(|(a, b)| fold(a) == fold(b))
}

/// `SMITH, John, JONES, Jane`: another surname.
pub(super) fn is_new_head(chunk: &Chunk, next: Option<&Chunk>) -> bool {
    !chunk.is_baby()
        && capitals(chunk)
        && next
            .is_some_and(|next| next.joint == Some(Joint::Comma) && !next.words.is_empty() && !capitals(next))
}
