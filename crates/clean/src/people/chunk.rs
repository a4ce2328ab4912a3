//! The words between two joints of a cell: mostly one person's name, with what is said of it.

use collate_model::Role;

use super::label::is_letter;
use super::name::is_known;
use super::note::{self, Note, Setting};
use super::numbered;
use super::token::{Joint, Token};
use super::twins;
use super::vocabulary::{self, AliasSort, Meaning};
use crate::NameOrder;
use crate::fold::fold;

/// What stands between two joints.
#[derive(Debug, Clone, Default)]
pub(super) struct Chunk<'a> {
    /// The joint before it; `None` at the start of the cell.
    pub(super) joint: Option<Joint>,
    /// The words of the name.
    pub(super) words: Vec<&'a str>,
    /// Other names, with how they came to be, and whether they stood inside the name.
    pub(super) aliases: Vec<Alias>,
    /// What stands beside the name.
    pub(super) notes: Vec<Note>,
    /// `unborn`, `UBB`.
    pub(super) unborn: bool,
    /// `Baby`.
    pub(super) baby: bool,
    /// `children`, `family`.
    pub(super) group: bool,
    /// It stood before the name: `twins John`.
    pub(super) group_first: bool,
    /// How many children a family's name stands for.
    pub(super) count: Option<u8>,
    /// Who the person is.
    pub(super) role: Option<Role>,
    /// `Twin 1`: it stands for a forename.
    pub(super) numbered: Option<&'a str>,
    /// It was said that the child is not born, not only that it is a baby.
    pub(super) awaited: bool,
    /// `Jr`.
    pub(super) generation: Option<&'static str>,
    /// So many children were born together: `twins`.
    pub(super) together: Option<u8>,
    /// A remark about somebody else was left out.
    pub(super) aside: bool,
    /// It has words that are no name; those after them are none either.
    pub(super) remark: bool,
    closed: bool,
    /// How many of the words stand before an age or date of birth.
    before_age: Option<usize>,
}

/// Another name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alias {
    pub(super) sort: Option<AliasSort>,
    pub(super) text: String,
    /// It stood before the surname: `John (Jack) Smith`.
    pub(super) inside: bool,
}

impl<'a> Chunk<'a> {
    fn close(&mut self) {
        self.remark = true;
        self.closed = true;
    }

    /// It names nobody and counts nobody.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.is_baby() && !self.group && self.count.is_none()
    }

    /// A number and nothing else.
    fn is_bare_count(&self) -> bool {
        self.words.is_empty() && !self.is_baby() && !self.group && self.aliases.is_empty()
    }

    /// `Baby` counts as a forename, as `Twin 1` does.
    pub(super) fn is_baby(&self) -> bool {
        self.unborn || self.baby || self.numbered.is_some()
    }

    /// `twins`, and no name: it is said of those before, if they are as many.
    fn is_of(&self, before: &[Chunk]) -> bool {
        let Some(together) = self.together.map(usize::from) else { return false };
        let named = before.iter().rev().take_while(|chunk| !chunk.words.is_empty()).count();
        // The first may be a surname.
        let own = named > together || named == together && before.first().is_some_and(|c| c.words.len() > 1);
        self.words.is_empty() && !self.is_baby() && self.joint == Some(Joint::Comma) && own
    }

    /// An age or date of birth stands beside it: it is a person, not a family.
    pub(super) fn has_birth(&self) -> bool {
        self.notes.iter().any(|note| matches!(note, Note::Born(_) | Note::Expected(_) | Note::Age(_)))
    }

    /// The words after an age: `Smith` of `Jane (4) Smith`.
    pub(super) fn after_age(&self) -> Option<&[&'a str]> {
        let at = self.before_age.filter(|at| (1..self.words.len()).contains(at))?;
        Some(&self.words[at..])
    }

    /// The number in brackets, which is an age or a count.
    pub(super) fn number(&self) -> Option<u8> {
        self.notes.iter().find_map(|note| match note {
            Note::Number(number) => Some(*number),
            _ => None,
        })
    }
}

/// The chunks of a cell. Those that only say something of a neighbour have been joined to it.
pub(super) fn chunks<'a>(tokens: &[Token<'a>], setting: &Setting) -> Vec<Chunk<'a>> {
    let mut out: Vec<Chunk> = Vec::new();
    let mut role_ahead: Option<Role> = None;
    let mut joint = None;
    let mut rest = tokens;
    while !rest.is_empty() {
        let end = rest.iter().position(|token| matches!(token, Token::Joint(_))).unwrap_or(rest.len());
        let mut chunk = chunk(&rest[..end], setting);
        chunk.joint = joint;
        // `John Smith, 6`: an age; `John Smith + 2` counts.
        if let (Some(Joint::Comma), true) = (joint, chunk.is_bare_count()) {
            chunk.notes.extend(chunk.count.take().map(Note::Number));
        }
        let next = match rest.get(end) {
            Some(Token::Joint(next)) => Some(*next),
            _ => None,
        };
        if chunk.is_empty() || chunk.is_of(&out) {
            match (chunk.role, next, out.last_mut()) {
                // `Mother: Jane Smith`, `Mother - Jane Smith`
                (Some(role), Some(Joint::Colon | Joint::Dash), _) => role_ahead = Some(role),
                // `Jane Smith, mother, DOB 01/02/80`
                (role, _, Some(before)) => {
                    // `John Smith and mother`: an adult without a name.
                    let other = joint == Some(Joint::And) && role.is_some_and(|role| role != Role::Child);
                    before.role = before.role.or(role.filter(|_| !other));
                    before.aside |= chunk.aside || other;
                    before.together = before.together.or(chunk.together);
                    before.generation = before.generation.or(chunk.generation);
                    before.notes.append(&mut chunk.notes);
                    before.aliases.append(&mut chunk.aliases);
                    before.remark |= chunk.remark;
                }
                _ => {}
            }
        } else {
            chunk.role = chunk.role.or(role_ahead.take());
            out.push(chunk);
        }
        // A joint before nothing is forgotten, unless it ends a line.
        joint = match (joint, next) {
            (Some(Joint::Break), Some(_))
                if out.last().is_none_or(|last| last.joint != joint) && end == 0 =>
            {
                joint
            }
            _ => next,
        };
        rest = rest.get(end + 1..).unwrap_or(&[]);
    }
    out
}

fn chunk<'a>(tokens: &[Token<'a>], setting: &Setting) -> Chunk<'a> {
    let mut out = Chunk::default();
    let mut alias: Option<Alias> = None;
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        i += 1;
        match *token {
            Token::Word(word) => {
                let key = fold(word).replace(' ', "");
                // Phrases of two or three words.
                let next = match tokens.get(i) {
                    Some(Token::Word(next)) => fold(next),
                    _ => String::new(),
                };
                let (key, skip) = match (key.as_str(), next.as_str()) {
                    ("known", "as") => ("knownas".to_owned(), 1),
                    ("also" | "now", "known") => ("aka".to_owned(), 2),
                    ("formerly" | "previously", "known") => ("formerly".to_owned(), 2),
                    ("his" | "her" | "their", role) if vocabulary::role(role).is_some() => {
                        (role.to_owned(), 1)
                    }
                    ("his" | "her" | "their", "sister" | "brother") => ("the".to_owned(), 1),
                    ("subject", "child" | "children") => ("subjectchild".to_owned(), 1),
                    _ => (key, 0),
                };
                i += skip;
                word_of(&mut out, &mut alias, word, &key, setting.context.names);
            }
            Token::Numbered(text) => {
                out.unborn |= numbered::is_unborn(text);
                out.awaited |= numbered::is_unborn(text);
                out.baby |= numbered::is_baby(text);
                out.numbered = out.numbered.or(Some(text));
            }
            Token::Number(digits) => number(&mut out, digits, tokens.get(i), i == 1),
            Token::Note(text) => {
                let more = tokens[i..].iter().any(|token| matches!(token, Token::Word(_)));
                notes(&mut out, note::read(text, setting), more);
                if out.has_birth() || out.number().is_some() {
                    out.before_age.get_or_insert(out.words.len());
                }
            }
            Token::Joint(_) => {}
        }
    }
    out.aliases.extend(alias.filter(|alias| !alias.text.is_empty()));
    out
}

fn word_of<'a>(out: &mut Chunk<'a>, alias: &mut Option<Alias>, word: &'a str, key: &str, order: NameOrder) {
    if out.closed {
        return;
    }
    let meaning = vocabulary::meaning(key);
    let digits = word.chars().any(|c| c.is_ascii_digit());
    if let Some(Meaning::Alias(sort)) = meaning {
        out.aliases.extend(alias.replace(Alias { sort: Some(sort), text: String::new(), inside: false }));
        return;
    }
    out.together = out.together.or(twins::born_together(key));
    if let Some(generation) = vocabulary::generation(key)
        && !out.words.is_empty()
        && (!generation.starts_with('I') || generation == word)
    {
        out.generation = Some(generation);
        return;
    }
    match meaning {
        Some(Meaning::Title) if out.words.is_empty() => {}
        Some(Meaning::Unborn) => (out.unborn, out.awaited) = (true, true),
        Some(Meaning::Baby) => out.baby = true,
        // The words after `Baby of` are the mother's name.
        Some(Meaning::AfterBaby) if out.unborn || out.baby => out.unborn |= key == "of",
        Some(Meaning::Group(count)) => {
            out.group = true;
            out.group_first |= out.words.is_empty();
            out.count = out.count.or(Some(count).filter(|count| *count > 0));
        }
        Some(Meaning::Role(Role::Child)) if out.is_baby() => {}
        Some(Meaning::Role(role)) => out.role = out.role.or(Some(role)),
        Some(Meaning::Filler) => {}
        Some(Meaning::Remark) => out.close(),
        // `Jane Smith, mother of John`: the second name is another person's.
        Some(Meaning::AfterBaby) if key == "of" => {
            out.closed = true;
            out.remark |= !out.group;
        }
        _ if key.starts_with('x') && key.len() > 1 && key[1..].bytes().all(|b| b.is_ascii_digit()) => {
            out.count = key[1..].parse().ok();
        }
        // `x 3`: the number says the rest.
        _ if word == "x" => {}
        _ if digits && !numbered::is_name(word) || key.is_empty() => out.remark = true,
        _ => match alias {
            // `Smith AKA Jones Jane`, where surnames come first: `Smith`, once `Jones`, is `Jane`.
            Some(surname)
                if order == NameOrder::SurnameFirst
                    && !surname.text.is_empty()
                    && matches!(out.words.as_slice(), [one] if (!is_known(one) || is_known(word)) && !is_letter(one)) =>
            {
                surname.sort = Some(AliasSort::Former);
                out.aliases.extend(alias.take());
                out.words.push(word);
            }
            Some(alias) => {
                if !alias.text.is_empty() {
                    alias.text.push(' ');
                }
                alias.text.push_str(word);
            }
            None => out.words.push(word),
        },
    }
}

/// A number is a count before `children` or after `group of`, else an age or count as in brackets.
fn number(out: &mut Chunk, digits: &str, next: Option<&Token>, first: bool) {
    let Ok(number) = digits.parse::<u8>() else {
        out.remark = true;
        return;
    };
    let before_group = match next {
        Some(Token::Word(word)) => {
            word.eq_ignore_ascii_case("x")
                || matches!(vocabulary::meaning(&fold(word)), Some(Meaning::Group(_)))
        }
        _ => false,
    };
    let nameless = out.words.is_empty() && !out.is_baby() && !out.group;
    if before_group || out.group && out.closed || nameless && first {
        // `3 Smith children`, `Smith group of 3`, `+ 2`
        out.count = Some(number);
    } else if !nameless && !out.closed {
        out.notes.push(Note::Number(number));
    }
}

fn notes(out: &mut Chunk, notes: Vec<Note>, more: bool) {
    for note in notes {
        match note {
            Note::Alias(sort, text) => out.aliases.push(Alias { sort, text, inside: more }),
            Note::Unborn => (out.unborn, out.awaited) = (true, true),
            Note::Group => out.group = true,
            Note::Count(count) => out.count = Some(count),
            Note::Role(role) => out.role = out.role.or(Some(role)),
            Note::Generation(generation) => out.generation = Some(generation),
            Note::Together(count) => out.together = Some(count),
            Note::Aside => out.aside = true,
            // Remarks in brackets are expected, and lose nothing that a name needs.
            Note::Remark => {}
            note => out.notes.push(note),
        }
    }
}
