//! Values of a field's own list, however they are spelt: the whole text, a phrase in it, or
//! one slip of the pen away.

use collate_model::{Field, SmolStr, Value};

use crate::flaw::{Flaw, flaw};
use crate::fold::{find_phrase, fold};
use crate::missing;
use crate::text::tidy;

/// A phrase that is shorter says nothing inside a longer text.
const SHORTEST_PHRASE: usize = 3;

/// A word that is shorter has too many neighbours to guess from.
const SHORTEST_GUESS: usize = 6;

/// Two texts at least so alike are one spelling (normalised edit distance).
const ALIKE: f64 = 0.9;

/// The spellings of a field's values, folded.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// (spelling, canonical), in the order of the field's list.
    spellings: Vec<(String, SmolStr)>,
}

impl Vocabulary {
    /// The values of a field.
    pub(crate) fn new(field: &Field) -> Self {
        let mut spellings: Vec<(String, SmolStr)> = Vec::new();
        for (canonical, others) in &field.values {
            for spelling in std::iter::once(canonical).chain(others) {
                let folded = spelt(spelling);
                if !folded.is_empty() && !spellings.iter().any(|(other, _)| *other == folded) {
                    spellings.push((folded, canonical.as_str().into()));
                }
            }
        }
        Vocabulary { spellings }
    }

    /// The value that a whole text spells.
    pub(crate) fn exact(&self, folded: &str) -> Option<SmolStr> {
        let squeezed = folded.replace(' ', "");
        let found =
            self.spellings.iter().find(|(spelling, _)| spelling == folded).or_else(|| {
                self.spellings.iter().find(|(spelling, _)| spelling.replace(' ', "") == squeezed)
            })?;
        Some(found.1.clone())
    }

    /// The value that a text spells, holds, or nearly spells.
    fn find(&self, text: &str) -> Option<SmolStr> {
        let folded = spelt(text);
        self.exact(&folded)
            .or_else(|| self.listed(text, &folded))
            .or_else(|| self.within(text, &folded))
            .or_else(|| self.near(&folded))
    }

    /// `A - Continue with plan`, `b) No`: the list's own letter or number before the words.
    fn listed(&self, text: &str, folded: &str) -> Option<SmolStr> {
        let (first, rest) = folded.split_once(' ')?;
        let signed =
            text.trim().chars().skip_while(|c| c.is_alphanumeric() || *c == '(').find(|c| !c.is_whitespace());
        if first.len() > SHORTEST_PHRASE || !signed.is_some_and(|c| ")-.:–".contains(c)) {
            return None;
        }
        self.exact(rest).or_else(|| self.exact(first))
    }

    /// The one value of which a spelling stands in the text as whole words. A spelling inside a
    /// longer one that is also there does not count; nor does one that is denied (`not agreed`).
    fn within(&self, text: &str, folded: &str) -> Option<SmolStr> {
        // What stands behind a dash or a comma says nothing of what stands before.
        let clauses: Vec<String> = text
            .split([',', ';', ':', '(', '\n', '\u{2013}'])
            .flat_map(|part| part.split(" - "))
            .map(spelt)
            .collect();
        let denied = |spelling: &str, at: usize| {
            let own = clauses.iter().find_map(|clause| Some((clause, find_phrase(clause, spelling)?)));
            match own {
                Some((clause, at)) => is_denied(clause, spelling, at),
                None => is_denied(folded, spelling, at),
            }
        };
        let found: Vec<&(String, SmolStr)> = self
            .spellings
            .iter()
            .filter(|(spelling, _)| spelling.len() >= SHORTEST_PHRASE)
            .filter(|(spelling, _)| find_phrase(folded, spelling).is_some_and(|at| !denied(spelling, at)))
            .collect();
        let mut values = found
            .iter()
            .filter(|(spelling, _)| {
                !found.iter().any(|(other, _)| other != spelling && find_phrase(other, spelling).is_some())
            })
            .map(|(_, canonical)| canonical);
        let first = values.next()?;
        values.all(|other| other == first).then(|| first.clone())
    }

    /// The one value that is spelt nearly so. The first letter must be right: `typical` is
    /// not `atypical`.
    fn near(&self, folded: &str) -> Option<SmolStr> {
        if folded.len() < SHORTEST_GUESS {
            return None;
        }
        let mut found: Option<&SmolStr> = None;
        for (spelling, canonical) in &self.spellings {
            let close = spelling.len() >= SHORTEST_GUESS
                && spelling.as_bytes()[0] == folded.as_bytes()[0]
                && spelling.len().abs_diff(folded.len()) <= 4
                && (strsim::osa_distance(spelling, folded) <= 1
                    || strsim::normalized_damerau_levenshtein(spelling, folded) >= ALIKE);
            if close && found.is_some_and(|other| other != canonical) {
                return None;
            }
            if close {
                found = Some(canonical);
            }
        }
        found.cloned()
    }
}

/// What stands around a spelling (from this word on) takes it back: `not ready to issue`, `no longer
/// supported`, `decision overturned`.
fn is_denied(folded: &str, spelling: &str, at: usize) -> bool {
    const TAKEN_BACK: [&str; 12] = [
        "overturned",
        "vacated",
        "reversed",
        "rescinded",
        "quashed",
        "cancelled",
        "withdrawn",
        "refused",
        "rejected",
        "declined",
        "lapsed",
        "abandoned",
    ];
    let words: Vec<&str> = folded.split(' ').collect();
    let (before, after) = (&words[..at], &words[at + spelling.split(' ').count()..]);
    let near = |word: &str, within: usize| before.iter().rev().take(within).any(|other| *other == word);
    ["not", "never"].iter().any(|word| near(word, 3))
        || near("no", 2)
        || ["un", "without", "nor"].iter().any(|word| near(word, 1))
        || after.first() == Some(&"not")
        || after.starts_with(&["no", "longer"])
        || after.first().is_some_and(|word| TAKEN_BACK.contains(word))
        || matches!(after, ["decision" | "order" | "plan" | "hearing", word, ..] if TAKEN_BACK.contains(word))
}

/// Folded; but `+ve` and `-ve` are different words, and so is a plus alone.
fn spelt(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let sign = match c {
            '+' => " plus ",
            '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' => " minus ",
            _ => "",
        };
        let after = text[at + c.len_utf8()..].trim_start();
        let after_it = after.strip_prefix(['v', 'V']).and_then(|rest| rest.strip_prefix(['e', 'E']));
        let is_ve = after_it.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        let alone = c == '+' && after.is_empty() && out.trim().is_empty();
        if !sign.is_empty() && (is_ve || alone) { out.push_str(sign) } else { out.push(c) }
    }
    fold(&out)
}

/// One value of the list.
pub(crate) fn clean_one(text: &str, vocabulary: &Vocabulary) -> (Value, Option<Flaw>) {
    match vocabulary.find(text) {
        Some(code) => (Value::Codes([code].into()), None),
        None => unknown(text, vocabulary),
    }
}

/// Several values of the list: `Arts 6 & 8`, `A8`, `Mother/Father`.
pub(crate) fn clean_several(text: &str, vocabulary: &Vocabulary) -> (Value, Option<Flaw>) {
    if let Some(code) = vocabulary.exact(&spelt(text)) {
        return (Value::Codes([code].into()), None);
    }
    let mut codes: Vec<SmolStr> = Vec::new();
    let mut lost = false;
    let tidied = tidy(text);
    let parts = tidied.split([',', '/', '&', '+', ';', '\n', '|']).flat_map(|part| part.split(" and "));
    for part in parts.filter(|part| part.chars().any(char::is_alphanumeric)) {
        let found = match vocabulary.find(part) {
            Some(code) => vec![code],
            None => numbers(part, vocabulary),
        };
        lost |= found.is_empty();
        for code in found {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    if codes.is_empty() {
        // The values may have `and` or `/` in them.
        return clean_one(text, vocabulary);
    }
    let doubt = lost.then_some(flaw!(
        "code-unknown",
        "Part of the cell is none of the values that the field has; that part was left out.",
        "Use the field's values, or add the spelling to the tracker kind.",
    ));
    (Value::Codes(codes.into()), doubt)
}

/// Numbers of the list among letters that only say what they number: `Art 8`, `A8`, `8 ECHR`.
fn numbers(part: &str, vocabulary: &Vocabulary) -> Vec<SmolStr> {
    part.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .filter_map(|digits| vocabulary.exact(digits))
        .collect()
}

fn unknown(text: &str, vocabulary: &Vocabulary) -> (Value, Option<Flaw>) {
    if missing::is_missing(text) {
        return (Value::Missing, None);
    }
    let tidied = Value::Text(tidy(text).into());
    if vocabulary.spellings.is_empty() || missing::is_awaited(text) {
        return (tidied, None);
    }
    let doubt = flaw!(
        "code-unknown",
        "The cell is none of the values that the field has; it was kept as written.",
        "Use one of the field's values, or add the spelling to the tracker kind.",
    );
    (tidied, Some(doubt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::probe;
    use collate_model::FieldType;
    use proptest::prelude::*;

    fn vocabulary(values: &[(&str, &[&str])]) -> Vocabulary {
        let values =
            values.iter().map(|(k, v)| (k.to_string(), v.iter().map(|s| s.to_string()).collect())).collect();
        Vocabulary::new(&Field { values, ..probe(FieldType::Code) })
    }

    #[test]
    fn what_is_to_come_is_kept_without_complaint() {
        let values = vocabulary(&[("Agreed", &["agreed"])]);
        assert_eq!(clean_one("TBC", &values), (Value::Text("TBC".into()), None));
        assert_eq!(clean_one("Not  yet", &values), (Value::Text("Not yet".into()), None));
        assert_eq!(clean_one("soon", &values).1.map(|flaw| flaw.code), Some("code-unknown"));
    }

    #[test]
    fn an_and_between_unbreakable_spaces_parts_values() {
        let values = vocabulary(&[("Care", &["care"]), ("Placement", &["placement"])]);
        let codes = Value::Codes(["Care".into(), "Placement".into()].into());
        assert_eq!(clean_several("Care\u{a0}and placement", &values), (codes, None));
    }

    #[test]
    fn a_sign_makes_the_difference() {
        let outcome = vocabulary(&[("Negative", &["-ve", "neg"]), ("Positive", &["+ve", "+", "pos"])]);
        for (text, code) in [
            ("+ve", Some("Positive")),
            ("+ VE", Some("Positive")),
            ("+", Some("Positive")),
            ("-ve", Some("Negative")),
            ("\u{2013}ve", Some("Negative")),
            ("Assessment: +ve (June)", Some("Positive")),
            ("assessment -ve", Some("Negative")),
            ("ve", None),
        ] {
            let code = code.map(|code| Value::Codes([code.into()].into()));
            assert_eq!(clean_one(text, &outcome).0, code.unwrap_or(Value::Text(text.into())), "{text}");
        }
    }

    #[test]
    fn finds_one_value() {
        let status = vocabulary(&[
            ("settled", &["agreed"]),
            ("struck out", &[]),
            ("pre-action", &["PAP", "letter before claim"]),
            ("approved", &[]),
            ("not approved", &["refused"]),
            ("continue", &["A"]),
            ("none", &[]),
            ("inadequate", &[]),
        ]);
        for (text, code) in [
            ("Settled", Some("settled")),
            ("Settled - awaiting approval", Some("settled")),
            ("SETTELD", Some("settled")),
            ("Struckout", Some("struck out")),
            ("pre action", Some("pre-action")),
            ("Pap", Some("pre-action")),
            ("Not approved", Some("not approved")),
            ("decision: not approved (see minute)", Some("not approved")),
            ("not settled", None),
            ("A - go on", Some("continue")),
            ("a go on", None),
            ("None", Some("none")),
            ("adequate", None),
            ("settled or struck out", None),
            ("something else", None),
        ] {
            let (value, doubt) = clean_one(text, &status);
            match code {
                Some(code) => {
                    assert_eq!((value, doubt), (Value::Codes([code.into()].into()), None), "{text}")
                }
                None => {
                    assert_eq!(value, Value::Text(text.into()));
                    assert_eq!(doubt.map(|f| f.code), Some("code-unknown"), "{text}");
                }
            }
        }
        assert_eq!(clean_one("n/a", &status), (Value::Missing, None));
    }

    #[test]
    fn finds_several_values() {
        let articles = vocabulary(&[("2", &[]), ("3", &[]), ("6", &[]), ("8", &[]), ("14", &[])]);
        for (text, codes) in [
            ("Arts 6 & 8", &["6", "8"][..]),
            ("Art 8", &["8"]),
            ("A8", &["8"]),
            ("Article 6/8 ECHR", &["6", "8"]),
            ("8, 14 and 3", &["8", "14", "3"]),
            ("Articles 6 and 6", &["6"]),
        ] {
            let expected = Value::Codes(codes.iter().map(|code| SmolStr::from(*code)).collect());
            assert_eq!(clean_several(text, &articles), (expected, None), "{text}");
        }
        assert_eq!(clean_several("Art 8, Art 99", &articles).1.map(|f| f.code), Some("code-unknown"));
        assert_eq!(clean_several("Art 99", &articles).0, Value::Text("Art 99".into()));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(.|\n){0,30}") {
            let list = vocabulary(&[("settled", &["agreed é"]), ("6", &[])]);
            clean_one(&text, &list);
            clean_several(&text, &list);
        }
    }
}
