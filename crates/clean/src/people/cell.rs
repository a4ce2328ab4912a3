//! Who has which surname: a cell writes it once for several people, before or after them.

use collate_model::PersonName;

use super::chunk::{Alias, Chunk, chunks};
use super::label::is_letter;
use super::name::{is_against, is_known, is_one_surname, split, vote};
use super::note::Setting;
use super::person;
use super::title_case::is_capitals;
use super::token::{Joint, Token};
use super::vocabulary::AliasSort;
use crate::NameOrder;
use crate::fold::fold;

/// More words than this are a sentence.
const MOST_WORDS: usize = 7;

/// The people of a cell.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) people: Vec<PersonName>,
    /// It was a guess which surname is whose.
    pub(super) ambiguous: bool,
    /// Some words were no name.
    pub(super) remarks: bool,
}

/// What the words of a chunk are.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Words<'a> {
    /// Forenames (none for `Smith, Baby`) and surname.
    Full(Vec<&'a str>, Vec<&'a str>),
    /// Forenames of a person whose surname stands elsewhere or nowhere.
    Forenames(Vec<&'a str>),
    /// A family's name alone.
    Surname(Vec<&'a str>),
    /// One word that may be either.
    Single(&'a str),
    /// `Baby`, `2 siblings`: no words.
    None,
}

impl<'a> Words<'a> {
    fn surname(&self) -> Option<&[&'a str]> {
        match self {
            Words::Full(_, surname) | Words::Surname(surname) => Some(surname),
            _ => None,
        }
    }
}

/// One mention on its way to a person.
#[derive(Debug)]
pub(super) struct Mention<'a, 'c> {
    pub(super) chunk: &'c Chunk<'a>,
    pub(super) words: Words<'a>,
    /// Other names of the family.
    pub(super) family: &'c [Alias],
    /// The order of its own words and of those of its other names.
    pub(super) order: NameOrder,
    /// It only gave others its surname.
    heading: bool,
    line: usize,
}

/// Reads the pieces of a cell.
pub(super) fn read(tokens: &[Token], setting: &Setting) -> Read {
    let mut chunks = chunks(tokens, setting);
    let before = chunks.len();
    chunks.retain(|chunk| !is_sentence(chunk));
    let remarks = chunks.len() < before || chunks.iter().any(|chunk| chunk.remark);
    let order = setting.context.names;
    join_slashed(&mut chunks, order);
    let mut out = Read { remarks: remarks || before == 0, ..Read::default() };
    let mut mentions: Vec<Mention> = Vec::new();
    for (number, chunks) in lines(&chunks).enumerate() {
        line(chunks, number, order, &mut mentions, &mut out.ambiguous);
    }
    carry(&mut mentions, &mut out.ambiguous);
    swap_back(&mut mentions, &mut out.ambiguous);
    out.people = mentions.iter().filter(|mention| !mention.heading).flat_map(person::people).collect();
    out
}

/// The order of forenames and surname that the names of a cell speak for. Where a comma sets
/// the surname off, it says nothing of those that have none.
pub(super) fn evidence(tokens: &[Token], setting: &Setting) -> Option<NameOrder> {
    let mut chunks = chunks(tokens, setting);
    chunks.retain(|chunk| !is_sentence(chunk));
    let votes = |order| {
        lines(&chunks)
            .filter(|chunks| !surname_first(chunks, NameOrder::ForenameFirst))
            .flatten()
            .filter(|chunk| !chunk.is_baby() && !chunk.group && vote(&chunk.words) == Some(order))
            .count()
    };
    let (forename, surname) = (votes(NameOrder::ForenameFirst), votes(NameOrder::SurnameFirst));
    match (forename, surname) {
        (1.., 0) => Some(NameOrder::ForenameFirst),
        (0, 1..) => Some(NameOrder::SurnameFirst),
        _ => None,
    }
}

fn lines<'a, 'c>(chunks: &'c [Chunk<'a>]) -> impl Iterator<Item = &'c [Chunk<'a>]> {
    chunks.chunk_by(|_, next| next.joint != Some(Joint::Break))
}

/// A remark, or more words than a name has.
fn is_sentence(chunk: &Chunk) -> bool {
    let small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    chunk.words.len() > MOST_WORDS
        || chunk.remark && (chunk.words.iter().any(small) || chunk.words.is_empty())
}

/// `John Smith/Jones` and `Smith/Jones` are one person or family with two surnames;
/// `John/Jane Smith` are two people.
fn join_slashed(chunks: &mut Vec<Chunk>, order: NameOrder) {
    let mut i = 1;
    while i < chunks.len() {
        let (before, chunk) = (&chunks[i - 1], &chunks[i]);
        let starts_line = matches!(before.joint, None | Some(Joint::Break));
        let one_word = chunk.words.len() == 1 && !is_known(chunk.words[0]) && !is_letter(chunk.words[0]);
        let surname = |chunk: &Chunk| !is_known(chunk.words[0]) && !is_letter(chunk.words[0]);
        let slashed = chunk.joint == Some(Joint::Slash)
            && !chunk.words.is_empty()
            && !chunk.is_baby()
            && !before.words.is_empty()
            && !before.has_birth();
        let alone = before.words.len() == 1 && starts_line;
        let two_surnames = slashed
            && match order {
                NameOrder::ForenameFirst => one_word && (before.words.len() > 1 || alone && surname(before)),
                // `Smith/Jones Jane`; the last word of `Smith Jane/Kofi` is another child.
                NameOrder::SurnameFirst => alone && surname(before) && surname(chunk),
            };
        if two_surnames {
            let second = chunks.remove(i);
            let before = &mut chunks[i - 1];
            let sort = Some(AliasSort::Former);
            before.words.extend(&second.words[1..]);
            before.aliases.push(Alias { sort, text: second.words[0].to_owned(), inside: false });
            before.aliases.extend(second.aliases);
            before.notes.extend(second.notes);
            before.group |= second.group;
            before.count = before.count.or(second.count);
            before.role = before.role.or(second.role);
        } else {
            i += 1;
        }
    }
}

/// The mentions of one line of a cell.
fn line<'a, 'c>(
    chunks: &'c [Chunk<'a>],
    number: usize,
    order: NameOrder,
    out: &mut Vec<Mention<'a, 'c>>,
    ambiguous: &mut bool,
) {
    let mut head: Option<&'c Chunk<'a>> = None;
    for (i, chunk) in chunks.iter().enumerate() {
        let first = i == 0 && surname_first(chunks, order);
        if first || head.is_some() && is_new_head(chunk, chunks.get(i + 1)) {
            head = Some(chunk);
            continue;
        }
        let words = match head {
            Some(head) => after_surname(chunk, &head.words),
            None => {
                *ambiguous |= is_against(&chunk.words, order);
                alone(chunk, order)
            }
        };
        let family = head.map_or(&[][..], |head| &head.aliases);
        out.push(Mention { chunk, words, family, order, heading: false, line: number });
    }
    // `Smith, John, Jones, Jane`: two children of one family, or one of each of two?
    let single_words: Vec<&str> =
        chunks.iter().filter(|chunk| chunk.words.len() == 1).map(|chunk| chunk.words[0]).collect();
    let alternating = single_words.len() == chunks.len()
        && chunks.len() >= 4
        && chunks.len().is_multiple_of(2)
        && chunks[1..].iter().all(|chunk| chunk.joint == Some(Joint::Comma))
        && single_words.iter().enumerate().all(|(i, word)| is_known(word) == (i % 2 == 1));
    *ambiguous |= alternating && !is_capitals(single_words[2]);
    // `John, Jane` are two children, or one called Jane John; `Smith Jones, John` too has two readings.
    let two_forenames = chunks.len() == 2
        && single_words.len() == 2
        && chunks[1].joint == Some(Joint::Comma)
        && single_words.iter().all(|word| is_known(word))
        && head.is_none();
    let capitals = chunks[0].words.iter().all(|word| is_capitals(word));
    *ambiguous |= two_forenames || set_off(chunks) && two_surnames(chunks) && !capitals;
}

/// The line begins with a surname: `Smith, John & Jane`, but not `John, Jane and Baby Smith`.
fn surname_first(chunks: &[Chunk], order: NameOrder) -> bool {
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
    let capitals =
        |chunk: &Chunk| !chunk.words.is_empty() && chunk.words.iter().all(|word| is_capitals(word));
    if capitals(first) && !capitals(second) {
        return true;
    }
    if !is_one_surname(&first.words) {
        return order == NameOrder::ForenameFirst && two_surnames(chunks);
    }
    let known = |chunk: &Chunk| chunk.words.first().is_some_and(|word| is_known(word));
    let small = |chunk: &Chunk| chunk.words.len() == 1 || chunk.words.is_empty();
    let last_has_surname = last.words.len() + usize::from(last.is_baby()) >= 2
        && !last.words.last().is_some_and(|word| is_known(word));
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
fn set_off(chunks: &[Chunk]) -> bool {
    chunks
        .get(1)
        .is_some_and(|second| matches!(second.joint, Some(Joint::Comma | Joint::Dash | Joint::Colon)))
}

/// `Smith Jones, John & Jane`: two surnames without a hyphen, as far as common forenames tell.
fn two_surnames(chunks: &[Chunk]) -> bool {
    let [first, others @ ..] = chunks else { return false };
    first.words.len() == 2
        && !first.words.iter().any(|word| is_known(word) || is_letter(word))
        && others.iter().all(|chunk| chunk.words.len() == 1 && is_known(chunk.words[0]))
}

/// `SMITH, John, JONES, Jane`: another surname.
fn is_new_head(chunk: &Chunk, next: Option<&Chunk>) -> bool {
    let capitals =
        |chunk: &Chunk| !chunk.words.is_empty() && chunk.words.iter().all(|word| is_capitals(word));
    !chunk.is_baby()
        && capitals(chunk)
        && next
            .is_some_and(|next| next.joint == Some(Joint::Comma) && !next.words.is_empty() && !capitals(next))
}

/// A chunk after a surname and a comma: forenames, unless it shows a surname of its own.
fn after_surname<'a>(chunk: &Chunk<'a>, surname: &[&'a str]) -> Words<'a> {
    if chunk.unborn {
        return Words::Full(Vec::new(), surname.to_vec());
    }
    for order in [NameOrder::ForenameFirst, NameOrder::SurnameFirst] {
        let Some((forenames, own)) = split(&chunk.words, order) else { break };
        let same = own.len() == surname.len() && own.iter().zip(surname).all(|(a, b)| fold(a) == fold(b));
        let shown = is_capitals(own[own.len() - 1]) && !forenames.iter().all(|word| is_capitals(word));
        if same || shown {
            return Words::Full(forenames, own);
        }
    }
    if chunk.words.is_empty() && (chunk.group || chunk.count.is_some()) {
        return Words::Surname(surname.to_vec());
    }
    Words::Full(chunk.words.clone(), surname.to_vec())
}

/// A chunk by itself.
fn alone<'a>(chunk: &Chunk<'a>, order: NameOrder) -> Words<'a> {
    let parted = split(&chunk.words, order);
    match (chunk.words.as_slice(), parted) {
        ([], _) => Words::None,
        (_, Some((_, surname))) if chunk.unborn => Words::Surname(surname),
        ([word], _) if chunk.is_baby() && is_known(word) && !chunk.unborn => Words::Forenames(vec![word]),
        ([word], _) if chunk.is_baby() || chunk.group || chunk.count.is_some() => Words::Surname(vec![word]),
        ([word], _) => Words::Single(word),
        (words, Some((forenames, surname))) => {
            let family = chunk.group && !words.iter().any(|word| is_known(word));
            let particles = is_one_surname(words);
            if family || particles { Words::Surname(words.to_vec()) } else { Words::Full(forenames, surname) }
        }
        (words, None) => Words::Surname(words.to_vec()),
    }
}

/// Gives the surname of one mention to those that have none.
fn carry(mentions: &mut [Mention], ambiguous: &mut bool) {
    for i in 0..mentions.len() {
        let (word, known) = match &mentions[i].words {
            Words::Single(word) => (Some(*word), is_known(word) || is_letter(word)),
            Words::Forenames(_) | Words::None => (None, true),
            _ => continue,
        };
        if word.is_some_and(super::label::is_initials) {
            continue;
        }
        let born = mentions[i].chunk.has_birth() || mentions[i].chunk.number().is_some();
        let line = mentions[i].line;
        let before = mentions[..i].iter().rposition(|mention| mention.words.surname().is_some());
        let after = mentions[i + 1..]
            .iter()
            .position(|mention| mention.words.surname().is_some() && (mention.line == line || known))
            .map(|n| i + 1 + n);
        // `John Smith & JONES`: a second family.
        let is_family = |source: &Mention| {
            word.is_some_and(is_capitals)
                && matches!(&source.words, Words::Full(forenames, _) if !forenames.iter().any(|f| is_capitals(f)))
        };
        let source = match (before, after) {
            (Some(before), Some(after)) => {
                *ambiguous |= surname_of(&mentions[before]) != surname_of(&mentions[after]);
                Some(before)
            }
            (before, after) => before.or(after),
        };
        // `Smith`, and below it `John`, `Jane`: a heading.
        let heading = || {
            mentions[..i]
                .iter()
                .rposition(|mention| matches!(mention.words, Words::Single(w) if !is_known(w)))
        };
        let (from, heads) = match source {
            Some(from) if is_family(&mentions[from]) => continue,
            Some(from) => {
                let source = &mentions[from];
                let family = matches!(source.words, Words::Surname(_)) && !source.chunk.is_baby();
                // A bare surname beside a family's name is another family.
                if family && !known && !born && word.is_some() {
                    continue;
                }
                (from, from < i && family && source.chunk.group && source.chunk.count.is_none())
            }
            None if known => match heading() {
                Some(from) => (from, word.is_some()),
                None => continue,
            },
            None => continue,
        };
        let surname = match &mentions[from].words {
            Words::Full(_, surname) | Words::Surname(surname) => surname.clone(),
            Words::Single(word) => vec![*word],
            _ => continue,
        };
        mentions[from].heading |= heads;
        let counted = mentions[i].chunk.group || mentions[i].chunk.count.is_some();
        mentions[i].words = match &mentions[i].words {
            Words::Single(word) => Words::Full(vec![word], surname),
            Words::Forenames(forenames) => Words::Full(forenames.clone(), surname),
            _ if counted => Words::Surname(surname),
            _ => Words::Full(Vec::new(), surname),
        };
    }
}

/// `David QUAYE`, `Adwoa QUAYE` and `Quaye KOFI`: the last has its capitals on the wrong word.
fn swap_back(mentions: &mut [Mention], ambiguous: &mut bool) {
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
        if is_capitals(last) && !is_capitals(first) && !is_known(first) && others.len() >= 2 && of_the_family
        {
            mention.words = Words::Full(vec![last], vec![first]);
            *ambiguous = true;
        }
    }
}

fn surname_of(mention: &Mention) -> Option<String> {
    mention.words.surname().map(|words| fold(&words.join(" ")))
}
