//! The user's own blocking rules, in the words in which rules are reported:
//! `surname (sound) + date of birth (year)`.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::atom::Atom;
use super::rules::Rule;
use crate::records::{Column, FieldKind, Records};

/// What can stand in brackets behind a column: the word, the kinds of field that have such a part,
/// and the ingredient of a key that it is.
struct Part {
    word: &'static str,
    of: &'static [FieldKind],
    atom: fn(usize) -> Atom,
}

const NAMES: &[FieldKind] = &[FieldKind::Forename, FieldKind::Surname];
const DATES: &[FieldKind] = &[FieldKind::Date];

const PARTS: [Part; 9] = [
    Part { word: "each name", of: NAMES, atom: Atom::Name },
    Part { word: "initial", of: NAMES, atom: Atom::Initial },
    Part { word: "sound", of: NAMES, atom: Atom::Sound },
    Part { word: "one slip", of: NAMES, atom: Atom::Slip },
    Part { word: "year", of: DATES, atom: Atom::Year },
    Part { word: "year and month", of: DATES, atom: Atom::Month },
    Part { word: "day and month", of: DATES, atom: Atom::Birthday },
    Part { word: "day and month in either order", of: DATES, atom: Atom::AnyOrder },
    Part { word: "district", of: &[FieldKind::Postcode], atom: Atom::District },
];

/// Most parts of one rule.
const MOST_PARTS: usize = 4;

/// A rule as it was written, before anybody knows which columns there are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OwnRule {
    text: String,
    /// Each column by its name, with the index of its part among [`PARTS`].
    on: Vec<(String, Option<usize>)>,
}

/// What is wrong with a rule, and what could stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleError {
    /// It can't be read, or asks for a part that a column does not have.
    Wrong(String),
    /// No record has a value in such a column.
    NoColumn(String),
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (RuleError::Wrong(what) | RuleError::NoColumn(what)) = self;
        f.write_str(what)
    }
}

impl std::error::Error for RuleError {}

impl FromStr for OwnRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let wrong = |what: &str| RuleError::Wrong(format!("blocking rule \"{text}\": {what}"));
        let mut on = Vec::new();
        for piece in text.split('+').map(str::trim) {
            let (name, word) = match piece.split_once('(') {
                Some((name, rest)) => {
                    let word = rest.strip_suffix(')').ok_or_else(|| wrong("a bracket is not closed"))?;
                    (name.trim(), Some(word.trim()))
                }
                None => (piece, None),
            };
            if name.is_empty() {
                return Err(wrong(
                    "a column is missing; write columns with a + between them, such as \"surname (sound) + postcode\"",
                ));
            }
            let part = match word {
                None => None,
                Some(word) => Some(PARTS.iter().position(|part| part.word == word).ok_or_else(|| {
                    wrong(&format!("there is no part ({word}); the parts are {}", words(|_| true)))
                })?),
            };
            let entry = (name.to_owned(), part);
            if on.contains(&entry) {
                return Err(wrong(&format!("\"{piece}\" stands there twice")));
            }
            on.push(entry);
        }
        if on.len() > MOST_PARTS {
            return Err(wrong(&format!("it has more than {MOST_PARTS} columns")));
        }
        Ok(OwnRule { text: text.to_owned(), on })
    }
}

impl TryFrom<String> for OwnRule {
    type Error = RuleError;

    fn try_from(text: String) -> Result<Self, RuleError> {
        text.parse()
    }
}

impl OwnRule {
    /// The rule as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Checks it against the columns that are known by name. Others may be there too, but of those
    /// only the whole value can be used.
    pub fn check(&self, known: &[(&str, FieldKind)]) -> Result<(), RuleError> {
        for (name, part) in self.on.iter().filter_map(|(name, part)| Some((name, (*part)?))) {
            match known.iter().find(|(known, _)| known == name) {
                Some((_, kind)) => self.check_part(name, *kind, part)?,
                None => {
                    let with_parts =
                        known.iter().filter(|(_, kind)| PARTS.iter().any(|p| p.of.contains(kind)));
                    let names: Vec<&str> = with_parts.map(|(name, _)| *name).collect();
                    return Err(RuleError::Wrong(format!(
                        "blocking rule \"{}\": there is no column \"{name}\" that has parts; {} have",
                        self.text,
                        names.join(", ")
                    )));
                }
            }
        }
        Ok(())
    }

    /// The rule for the columns of these records.
    pub fn rule(&self, records: &Records) -> Result<Rule, RuleError> {
        let columns = records.columns();
        let atom = |(name, part): &(String, Option<usize>)| {
            let at = columns.iter().position(|column| column.name == *name);
            let at = at.filter(|at| !columns[*at].values().is_empty()).ok_or_else(|| {
                let names: Vec<&str> = columns.iter().map(|column: &Column| column.name.as_str()).collect();
                RuleError::NoColumn(format!(
                    "blocking rule \"{}\": nothing that was read has a column \"{name}\"; there are {}",
                    self.text,
                    names.join(", ")
                ))
            })?;
            match part {
                Some(part) => {
                    self.check_part(name, columns[at].kind, *part).map(|()| (PARTS[*part].atom)(at))
                }
                None => Ok(Atom::Value(at)),
            }
        };
        let atoms = self.on.iter().map(atom).collect::<Result<_, _>>()?;
        Ok(Rule { atoms, any_order: false })
    }

    fn check_part(&self, name: &str, kind: FieldKind, part: usize) -> Result<(), RuleError> {
        if PARTS[part].of.contains(&kind) {
            return Ok(());
        }
        let there = match words(|part| part.of.contains(&kind)) {
            none if none.is_empty() => "it can only be used whole".to_owned(),
            words => format!("it has {words}"),
        };
        let word = PARTS[part].word;
        Err(RuleError::Wrong(format!(
            "blocking rule \"{}\": {name} has no part ({word}); {there}",
            self.text
        )))
    }
}

/// `(initial), (sound)`.
fn words(of: impl Fn(&Part) -> bool) -> String {
    let words: Vec<String> =
        PARTS.iter().filter(|part| of(part)).map(|part| format!("({})", part.word)).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::block::rules::candidates;

    fn records() -> Records {
        [
            ("forename", FieldKind::Forename),
            ("surname", FieldKind::Surname),
            ("date of birth", FieldKind::Date),
            ("postcode", FieldKind::Postcode),
            ("child id", FieldKind::Identifier),
            ("suburb", FieldKind::Text),
        ]
        .into_iter()
        .fold(Records::new(1), |records, (name, kind)| records.with(Column::from_texts(name, kind, [["x"]])))
    }

    #[test]
    fn the_words_of_reports_are_the_words_of_rules() {
        let records = records();
        for rule in candidates(&records).0.into_iter().filter(|rule| !rule.any_order) {
            let name = rule.name(&records);
            assert_eq!(name.parse::<OwnRule>().unwrap().rule(&records).unwrap(), rule, "{name}");
        }
        for part in &PARTS {
            assert_eq!((part.atom)(3).name(), format!(" ({})", part.word));
        }
    }

    proptest! {
        #[test]
        fn every_rule_of_known_parts_is_read_back(
            picks in prop::collection::btree_set((0..6usize, 0..PARTS.len() + 1), 1..=MOST_PARTS),
            space in " {0,2}",
        ) {
            let records = records();
            let fits = |(column, part): &(usize, usize)| match PARTS.get(*part) {
                Some(part) => part.of.contains(&records.columns()[*column].kind),
                None => true,
            };
            let atom = |(column, part): (usize, usize)| PARTS.get(part).map_or(Atom::Value(column), |part| (part.atom)(column));
            let atoms: Vec<Atom> = picks.into_iter().filter(fits).map(atom).collect();
            prop_assume!(!atoms.is_empty());
            let rule = Rule { atoms, any_order: false };
            let text = rule.name(&records).replace(" + ", &format!("{space}+{space}"));
            prop_assert_eq!(text.parse::<OwnRule>().unwrap().rule(&records).unwrap(), rule);
        }

        #[test]
        fn no_text_makes_reading_panic(text in "[a-z ()+\\PC]{0,40}") {
            if let Ok(rule) = text.parse::<OwnRule>() {
                prop_assert_eq!(rule.text(), text);
                let _ = rule.rule(&records());
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_what_is_possible() {
        let known =
            [("surname", FieldKind::Surname), ("postcode", FieldKind::Postcode), ("sex", FieldKind::Code)];
        for (text, words) in [
            ("", "a column is missing"),
            ("surname + ", "a column is missing"),
            ("surname (sound", "not closed"),
            ("surname (colour)", "there is no part (colour); the parts are (each name), (initial)"),
            ("surname + surname", "twice"),
            ("a + b + c + d + e", "more than 4"),
            (
                "surname (year)",
                "surname has no part (year); it has (each name), (initial), (sound), (one slip)",
            ),
            ("sex (year)", "it can only be used whole"),
            ("born (year)", "no column \"born\" that has parts; surname, postcode have"),
            ("suburb + surname", ""),
        ] {
            let told = text.parse::<OwnRule>().and_then(|rule| rule.check(&known)).err();
            let told = told.map(|error| error.to_string()).unwrap_or_default();
            assert!(told.contains(words) && told.is_empty() == words.is_empty(), "{text}: {told}");
        }
        let absent = "surname + school".parse::<OwnRule>().unwrap().rule(&records()).unwrap_err();
        assert!(
            matches!(&absent, RuleError::NoColumn(what) if what.contains("there are forename, surname")),
            "{absent}"
        );
    }
}
