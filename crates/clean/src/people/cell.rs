//! Who has which surname: a cell writes it once for several people, before or after them.

use collate_model::{DateSpan, PersonName};

use super::chunk::{Alias, Chunk, chunks};
use super::family::{initial_o, swap_back};
use super::heading::{
    has_shared_surname, is_between, is_head_again, is_new_head, is_separate, may_be_surname_first,
    opens_pair, segments, set_off, shows_surname, surname_first, two_surnames,
};
use super::label::is_letter;
use super::name::{is_against, is_forename_too, is_known, is_one_surname, is_surname_too, split, vote};
use super::note::Setting;
use super::person;
use super::title_case::is_capitals;
use super::token::{Joint, Token};
use super::twins::share_birth;
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
    pub(super) fn surname(&self) -> Option<&[&'a str]> {
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
    /// `Jr` after its surname.
    pub(super) generation: Option<&'static str>,
    /// So many children, of which it is the first, were born together.
    pub(super) together: Option<u8>,
    /// The date of birth that stands beside its twin.
    pub(super) birth: Option<DateSpan>,
    /// It only gave others its surname.
    pub(super) heading: bool,
    line: usize,
}

/// Reads the pieces of a cell.
pub(super) fn read(tokens: &[Token], setting: &Setting) -> Read {
    let mut chunks = chunks(tokens, setting);
    let before = chunks.len();
    chunks.retain(|chunk| !is_sentence(chunk));
    let remarks = chunks.len() < before || chunks.iter().any(|chunk| chunk.remark || chunk.aside);
    let order = setting.context.names;
    join_slashed(&mut chunks, order);
    let mut out = Read { remarks: remarks || before == 0, ..Read::default() };
    let mut mentions: Vec<Mention> = Vec::new();
    for (number, chunks) in lines(&chunks).enumerate() {
        line(chunks, number, order, &mut mentions, &mut out.ambiguous);
    }
    initial_o(&mut mentions, &mut out.ambiguous);
    carry(&mut mentions, &mut out.ambiguous);
    swap_back(&mut mentions, &mut out.ambiguous);
    share_birth(&mut mentions);
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
        // `John Smith / JONES, Jane`
        let names_another = before.words.len() > 1 && is_new_head(chunk, chunks.get(i + 1));
        let slashed = chunk.joint == Some(Joint::Slash)
            && !chunk.words.is_empty()
            && !chunk.is_baby()
            && !before.words.is_empty()
            && !before.has_birth()
            && !names_another;
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
    let separate = is_separate(chunks);
    let first_segment = if separate { segments(chunks).next().unwrap_or(chunks) } else { chunks };
    let shared = has_shared_surname(chunks);
    let mut head: Option<&'c Chunk<'a>> = None;
    let mut together = None;
    for (i, chunk) in chunks.iter().enumerate() {
        let next = chunks.get(i + 1);
        let first = i == 0 && !shared && surname_first(first_segment, order);
        let starts_segment = i > 0 && separate && is_between(chunk);
        let pair = starts_segment && opens_pair(chunk, next);
        let again = head.is_some_and(|head| is_head_again(head, chunk, next));
        if first || pair || again || head.is_some() && is_new_head(chunk, next) {
            // `John Smith & Zaria, Jane`
            *ambiguous |= pair && head.is_none() && !shows_surname(chunk, chunks);
            head = Some(chunk);
            together = chunk.together;
            continue;
        }
        if starts_segment && chunk.words.len() > 1 && !chunk.is_baby() {
            // `SMITH, John & Jane Lee & SMITH, Mary`: Lee, unless both are forenames.
            *ambiguous |= head.is_some() && !shows_surname(chunk, chunks);
            head = None;
        }
        let words = match head {
            _ if shared => before_shared_surname(chunk, order, ambiguous),
            Some(head) => after_surname(chunk, &head.words),
            None => {
                *ambiguous |= is_against(&chunk.words, order) || is_particle_surname(chunk, order);
                alone(chunk, order)
            }
        };
        let family = head.map_or(&[][..], |head| &head.aliases);
        out.push(Mention {
            chunk,
            words,
            family,
            order,
            generation: head.and_then(|head| head.generation),
            together: together.take(),
            birth: None,
            heading: false,
            line: number,
        });
    }
    *ambiguous |= head.is_none() && !separate && may_be_surname_first(chunks);
    // `Smith, John, Jones, Jane`: two children of one family, or one of each of two?
    let single_words: Vec<&str> =
        chunks.iter().filter(|chunk| chunk.words.len() == 1).map(|chunk| chunk.words[0]).collect();
    let alternating = single_words.len() == chunks.len()
        && chunks.len() >= 4
        && chunks.len().is_multiple_of(2)
        && chunks[1..].iter().all(|chunk| chunk.joint == Some(Joint::Comma))
        && single_words.iter().enumerate().all(|(i, word)| is_known(word) == (i % 2 == 1));
    *ambiguous |=
        alternating && !is_capitals(single_words[2]) && fold(single_words[0]) != fold(single_words[2]);
    // `John, Jane` are two children, or one called Jane John; `Smith Jones, John` too has two readings.
    let two_forenames = chunks.len() == 2
        && single_words.len() == 2
        && chunks[1].joint == Some(Joint::Comma)
        && single_words.iter().all(|word| is_known(word))
        && head.is_none();
    let capitals = chunks[0].words.iter().all(|word| is_capitals(word));
    *ambiguous |= two_forenames || set_off(chunks) && two_surnames(chunks) && !capitals;
}

/// A chunk after a surname and a comma: forenames, unless it shows a surname of its own.
fn after_surname<'a>(chunk: &Chunk<'a>, surname: &[&'a str]) -> Words<'a> {
    if chunk.unborn {
        // `SMITH, John & UBB Jones`; `Unborn Jane` may be the mother or the name to be.
        let own = match split(&chunk.words, NameOrder::ForenameFirst) {
            Some((_, own)) => own,
            None => chunk.words.iter().copied().filter(|word| !is_known(word) && !is_letter(word)).collect(),
        };
        return Words::Full(Vec::new(), if own.is_empty() { surname.to_vec() } else { own });
    }
    let same =
        |own: &[&str]| own.len() == surname.len() && own.iter().zip(surname).all(|(a, b)| fold(a) == fold(b));
    if chunk.is_baby() && same(&chunk.words) {
        return Words::Full(Vec::new(), surname.to_vec());
    }
    for order in [NameOrder::ForenameFirst, NameOrder::SurnameFirst] {
        let Some((forenames, own)) = split(&chunk.words, order) else { break };
        let shown = is_capitals(own[own.len() - 1]) && !forenames.iter().all(|word| is_capitals(word));
        if same(&own) || shown {
            return Words::Full(forenames, own);
        }
    }
    if chunk.words.is_empty() && (chunk.group || chunk.count.is_some()) {
        return Words::Surname(surname.to_vec());
    }
    Words::Full(chunk.words.clone(), surname.to_vec())
}

/// A chunk of a line whose last surname is everybody's: forenames, unless it shows a surname too.
fn before_shared_surname<'a>(chunk: &Chunk<'a>, order: NameOrder, ambiguous: &mut bool) -> Words<'a> {
    let words = &chunk.words;
    if let Some(surname) = chunk.after_age() {
        return Words::Full(words[..words.len() - surname.len()].to_vec(), surname.to_vec());
    }
    if words.is_empty() || chunk.is_baby() || chunk.group || is_capitals(words[words.len() - 1]) {
        return alone(chunk, order);
    }
    *ambiguous |= words[1..].iter().any(|word| !is_known(word) && !is_letter(word));
    Words::Forenames(words.clone())
}

/// `Le Zaria`, where surnames come first: Zaria of the family Le, or the family Le Zaria.
fn is_particle_surname(chunk: &Chunk, order: NameOrder) -> bool {
    is_particle_and_name(chunk, order) && !is_known(chunk.words[1])
}

/// `Le Jane`, where surnames come first.
fn is_particle_and_name(chunk: &Chunk, order: NameOrder) -> bool {
    order == NameOrder::SurnameFirst
        && !chunk.group
        && chunk.count.is_none()
        && matches!(chunk.words.as_slice(), [first, _] if is_surname_too(first))
}

/// A chunk by itself.
fn alone<'a>(chunk: &Chunk<'a>, order: NameOrder) -> Words<'a> {
    let parted = split(&chunk.words, order);
    match (chunk.words.as_slice(), parted) {
        ([], _) => Words::None,
        (_, Some((_, surname))) if chunk.unborn => Words::Surname(surname),
        ([word], _) if chunk.is_baby() && is_known(word) && !chunk.unborn => Words::Forenames(vec![word]),
        ([word], _) if chunk.group_first && is_known(word) && !chunk.unborn => Words::Forenames(vec![word]),
        ([word], _) if chunk.is_baby() || chunk.group || chunk.count.is_some() => Words::Surname(vec![word]),
        ([word], _) => Words::Single(word),
        (words, Some((forenames, surname))) => {
            let family = chunk.group && !words.iter().any(|word| is_known(word));
            let forename = chunk.count.is_none() && is_forename_too(words);
            let particles = is_one_surname(words) && !forename && !is_particle_and_name(chunk, order);
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

fn surname_of(mention: &Mention) -> Option<String> {
    mention.words.surname().map(|words| fold(&words.join(" ")))
}
