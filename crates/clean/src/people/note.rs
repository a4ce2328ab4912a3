//! What stands beside a name: date of birth, age, number of children, role, another name.

use collate_model::{DateSpan, Role};

use super::twins;
use super::vocabulary::{self, AliasSort, Meaning, is_adult};
use crate::Context;
use crate::dates;
use crate::fold::fold;

/// What the notes of a cell may mean.
pub(super) struct Setting<'a> {
    /// The column's decisions.
    pub(super) context: &'a Context,
    /// `(M)` and `(F)` are mother and father, not male and female.
    pub(super) letters_are_roles: bool,
}

/// One statement of a note.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Note {
    /// Date of birth.
    Born(DateSpan),
    /// Expected date of birth.
    Expected(DateSpan),
    /// Age in years.
    Age(u8),
    /// An age after a forename, a number of children after a family's name.
    Number(u8),
    /// A number of children.
    Count(u8),
    /// `children`, `family`.
    Group,
    /// `unborn`.
    Unborn,
    /// `mother`.
    Role(Role),
    /// `Jr`.
    Generation(&'static str),
    /// `twins`: so many children were born together.
    Together(u8),
    /// A remark about an adult.
    Aside,
    /// Another name, as it is written.
    Alias(Option<AliasSort>, String),
    /// Anything else.
    Remark,
}

/// The statements of a note: `mother, DOB 01/02/80` has two.
pub(super) fn read(note: &str, setting: &Setting) -> Vec<Note> {
    let mut out = Vec::new();
    for part in note.split([',', ';', '\n']).map(str::trim) {
        let (part, together) = twins::without_word(part);
        out.extend(together.map(Note::Together));
        if part.is_empty() {
            continue;
        }
        let said = one(&part, setting);
        // `mother: Jane Smith, DOB 01/02/80`: the rest is said of her.
        let leads = part.split(|c: char| !c.is_alphabetic()).next().is_some_and(|word| is_adult(&fold(word)));
        let stop = said == Note::Aside && leads;
        out.push(said);
        if stop {
            break;
        }
    }
    out
}

fn one(part: &str, setting: &Setting) -> Note {
    let folded = fold(part);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let role = vocabulary::whole_role(&words);
    if role.is_none() && words.iter().any(|word| is_adult(word)) {
        return Note::Aside;
    }
    if let Some(note) = date(part, &words, setting).or_else(|| age_or_count(&words)) {
        return note;
    }
    if let [letter] = words.as_slice()
        && let Some(role) = vocabulary::role_letter(letter)
    {
        return if setting.letters_are_roles { Note::Role(role) } else { Note::Remark };
    }
    if let Some(role) = role {
        return Note::Role(role);
    }
    if let [word] = words.as_slice()
        && let Some(generation) = vocabulary::generation(word)
    {
        return Note::Generation(generation);
    }
    let means = |meaning: Meaning| words.iter().any(|word| vocabulary::meaning(word) == Some(meaning));
    if means(Meaning::Unborn) {
        return Note::Unborn;
    }
    if means(Meaning::Group(0)) {
        return Note::Group;
    }
    alias(part, &words)
}

fn date(part: &str, words: &[&str], setting: &Setting) -> Option<Note> {
    if !part.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let joined: String = words.concat();
    let expected = joined.starts_with("edd")
        || joined.starts_with("edob")
        || words.contains(&"due")
        || words.contains(&"expected");
    // `EDD 12/06` is a day of this year, `DOB 12/06` a month of 2006.
    let context = Context { birth: !expected, ..*setting.context };
    // A date needs a sign or a month beside its figures, or it is an age.
    let bare = words.iter().all(|word| word.len() <= 2 || word.parse::<u32>().is_err());
    if bare && !part.contains(['/', '.', '-']) && !expected && !joined.starts_with("dob") {
        return None;
    }
    let found = dates::read_one(part, &context)?;
    Some(if expected { Note::Expected(DateSpan { estimated: true, ..found }) } else { Note::Born(found) })
}

fn age_or_count(words: &[&str]) -> Option<Note> {
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !matches!(*word, "age" | "aged" | "old" | "approx" | "x"))
        .collect();
    let (first, rest) = words.split_first()?;
    let cut = first.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.len());
    if let Some(number) = first.strip_prefix('x').and_then(|number| number.parse::<u8>().ok()) {
        return Some(Note::Count(number));
    }
    let number: u8 = first[..cut].parse().ok()?;
    let unit = if cut < first.len() { &first[cut..] } else { rest.first().copied().unwrap_or("") };
    match unit {
        "" => Some(Note::Number(number)),
        "y" | "yr" | "yrs" | "year" | "years" | "yo" => Some(Note::Age(number)),
        "m" | "mth" | "mths" | "mo" | "month" | "months" => Some(Note::Age(number / 12)),
        "w" | "wk" | "wks" | "week" | "weeks" | "d" | "day" | "days" => Some(Note::Age(0)),
        unit if matches!(vocabulary::meaning(unit), Some(Meaning::Group(_))) => Some(Note::Count(number)),
        _ => None,
    }
}

/// Another name: after a word that says so, or a bracket that holds nothing but one or two names.
fn alias(part: &str, words: &[&str]) -> Note {
    let written: Vec<&str> = part.split_whitespace().collect();
    let key = |i: usize| written.get(i).map(|word| fold(word).replace(' ', "")).unwrap_or_default();
    let two = key(0) + &key(1);
    let (sort, skip) = match (vocabulary::meaning(&key(0)), two.as_str()) {
        (_, "knownas" | "calledas" | "preferredname") => (Some(AliasSort::KnownAs), 2),
        (_, "nowknown" | "alsoknown") => (Some(AliasSort::Either), 3),
        (_, "formerlyknown" | "previouslyknown") => (Some(AliasSort::Former), 3),
        (Some(Meaning::Alias(sort)), _) => (Some(sort), 1),
        _ => (None, 0),
    };
    let name = &written[skip.min(written.len())..];
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "'’-–.".contains(c))
            && vocabulary::meaning(&fold(word).replace(' ', "")).is_none()
    };
    let few = if sort.is_some() { 4 } else { 2 };
    let told_by_case = sort.is_some() && words.len() > skip;
    if !name.is_empty() && name.len() <= few && (told_by_case || name.iter().all(is_name)) {
        return Note::Alias(sort, name.join(" "));
    }
    Note::Remark
}

/// A unit of age after a number.
pub(super) fn is_age_unit(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "y" | "yr"
            | "yrs"
            | "year"
            | "years"
            | "yo"
            | "m"
            | "mth"
            | "mths"
            | "month"
            | "months"
            | "wks"
            | "week"
            | "weeks"
            | "days"
    )
}

/// A month's name.
pub(super) fn month_word(word: &str) -> bool {
    dates::is_month(&fold(word))
}
