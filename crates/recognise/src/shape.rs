//! What values look like. For columns: the share of a sample that is of a field's type, as the
//! cleaning stage judges it. For rows: cheap tests of single texts, to find cells that stand
//! out of place and lines that are no records.

use collate_clean::fit;
use collate_model::{CellKind, Field, FieldType};

use crate::normal::key;

/// The share of a sample that fits a field, 0 to 1; `None` where any text would.
pub(crate) fn share(field: &Field, sample: &[(&str, CellKind)]) -> Option<f32> {
    use FieldType as T;
    let of = |fits: &dyn Fn(&str) -> bool| {
        let judged: Vec<bool> =
            sample.iter().filter(|(text, _)| !is_placeholder(text)).map(|(text, _)| fits(text)).collect();
        let fitting = judged.iter().filter(|fits| **fits).count();
        (!judged.is_empty()).then(|| fitting as f32 / judged.len() as f32)
    };
    match field.kind {
        T::Text | T::Official | T::Reference => None,
        T::People => of(&names_a_person),
        T::ChildId => of(&|text| text.bytes().any(|b| b.is_ascii_digit())),
        T::Forename | T::Surname => of(&|text| text.len() <= 60 && !text.bytes().any(|b| b.is_ascii_digit())),
        T::Code | T::Codes => of(&|text| is_code(field, text)),
        typed => of(&|_| true).map(|_| fit(sample.iter().copied(), typed)),
    }
}

/// Whether a text looks like a value of the field, at a glance; `None` where that can't be said.
pub(crate) fn fits(field: &Field, text: &str) -> Option<bool> {
    use FieldType as T;
    if is_placeholder(text) {
        return None;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let length = text.chars().count();
    match field.kind {
        T::People => Some(length <= 200 && is_people(text)),
        T::Date => Some(length <= 40 && is_date(text)),
        T::DateSpan => Some(length <= 120 && (is_date(text) || is_open(text))),
        T::Reference => Some(length <= 24 && text.split_whitespace().count() <= 4 && !is_heading(text)),
        T::ChildId => {
            Some(length <= 20 && digits > 0 && !text.contains(['/', '(', '+', ':']) && !has_word(text))
        }
        T::CaseNumber | T::Nhs | T::Upn => Some(digits >= 5 && !is_date(text)),
        T::Money => Some(length <= 40 && digits > 0 && !is_date(text)),
        T::Number => Some(length <= 12 && digits > 0 && letters <= 5),
        T::Rag => Some(is_rag(text)),
        _ => None,
    }
}

/// Types whose values can't easily be anything else: enough to name a column that has no heading.
pub(crate) fn unmistakable(kind: FieldType) -> bool {
    use FieldType::{CaseNumber, Nhs, Postcode, Upn};
    matches!(kind, CaseNumber | Nhs | Upn | Postcode)
}

/// What stands for nothing, in a column of any type.
fn is_placeholder(text: &str) -> bool {
    const NOTHING: &[&str] =
        &["n/a", "na", "tbc", "tba", "n/k", "nk", "not known", "unknown", "none", "nil", "pending", "asap"];
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.is_empty() || NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// A word or more of letters only, as headings between rows have.
fn is_heading(text: &str) -> bool {
    text.split_whitespace().count() > 1 && !text.chars().any(|c| c.is_ascii_digit())
}

fn is_people(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower = text.to_lowercase();
    let sentence = words.len() > 4
        && words.iter().filter(|w| w.starts_with(|c: char| c.is_lowercase())).count() * 2 > words.len();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let date = words.len() <= 3 && is_date(text);
    letters > 0 && !sentence && !date && !lower.starts_with("http") && !names_a_group(text)
}

/// A word of several letters that stands by itself.
fn has_word(text: &str) -> bool {
    let word = |word: &str| word.len() > 3 && word.chars().all(char::is_alphabetic);
    text.contains(' ') && text.split_whitespace().any(word)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.contains(&word.to_lowercase().as_str())
}

/// Whether a text says whose or of when the rows below are: `Solicitor: Priya Nair`, `Wednesday 28 April 2021`.
pub(crate) fn is_label(text: &str) -> bool {
    const OF: &[&str] = &[
        "sw",
        "social worker",
        "solicitor",
        "lawyer",
        "legal",
        "judge",
        "team",
        "team manager",
        "iro",
        "manager",
        "worker",
        "allocated to",
        "court",
        "month",
        "week",
        "date",
        "status",
        "locality",
        "area",
        "section",
    ];
    let lower = text.to_lowercase();
    let named = lower.split_once(':').is_some_and(|(label, _)| OF.contains(&label.trim()));
    let day = lower.split(|c: char| !c.is_alphabetic()).any(|word| word == "week" || is_weekday(word))
        || lower.starts_with("w/c");
    named || day && is_date(text)
}

/// Whether a text names a group of rows (`East Team`, `Closed cases`), not a person.
pub(crate) fn names_a_group(text: &str) -> bool {
    const GROUPS: &[&str] = &[
        "team",
        "teams",
        "section",
        "cases",
        "tracker",
        "locality",
        "service",
        "directorate",
        "part",
        "closed",
        "current",
        "open",
        "concluded",
        "new",
        "hub",
        "court",
        "council",
        "localities",
        "placements",
        "proceedings",
        "pending",
        "llp",
        "ltd",
        "solicitors",
        "chambers",
    ];
    let lower = text.to_lowercase();
    // `Court, Emily` is a person.
    !text.contains(',') && lower.split(|c: char| !c.is_alphanumeric()).any(|word| GROUPS.contains(&word))
}

/// The text names a person rather than a family or a matter.
pub(crate) fn names_a_person(text: &str) -> bool {
    let lower = text.to_lowercase();
    let label = ["re ", "re:", "child ", "the ", "family of"].iter().any(|start| lower.starts_with(start));
    let group = ["family", "children", "siblings", "sibs"].iter().any(|word| lower.contains(word));
    // A date of birth may stand behind the name.
    let of_name = |word: &&str| {
        word.len() > 1
            && !word.chars().any(|c| c.is_ascii_digit())
            && crate::as_at::month(word).is_none()
            && !is_weekday(word)
            && !["dob", "born"].contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphabetic()))
    };
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ',').filter(of_name).collect();
    is_people(&words.join(" ")) && !label && !group && words.len() >= 2
}

/// A date as people write it, or a month.
pub(crate) fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    if text.parse::<f64>().is_ok_and(|serial| (20_000.0..60_000.0).contains(&serial)) {
        return digits >= 5;
    }
    let month = text.split(|c: char| !c.is_alphabetic()).any(|word| crate::as_at::month(word).is_some());
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let separated =
        parts.len() >= 3 && parts[..3].iter().all(|part| part.len() <= 4) && text.contains(['/', '.', '-']);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = text.split_whitespace().count();
    (month && words <= 12) || (separated && letters <= 16)
}

fn is_open(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = [
        "ongoing",
        "monthly",
        "weekly",
        "quarterly",
        "annually",
        "immediate",
        "when required",
        "completed",
        "complete",
    ];
    words.iter().any(|word| lower.starts_with(word))
}

fn is_code(field: &Field, text: &str) -> bool {
    if text.len() > 100 {
        return false;
    }
    let whole = key(text);
    let known = |part: &str| {
        field.values.iter().any(|(value, spellings)| {
            key(value) == part || spellings.iter().any(|spelling| key(spelling) == part)
        })
    };
    known(&whole)
        || text.split([',', ';', '/', '&', '+']).any(|part| !part.trim().is_empty() && known(&key(part)))
}

fn is_rag(text: &str) -> bool {
    let lower = text.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    const WORDS: &[&str] =
        &["r", "a", "g", "b", "red", "amber", "green", "blue", "yellow", "grey", "white", "ra", "rag"];
    text.len() <= 24 && WORDS.contains(&first)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use collate_model::Kinds;
    use proptest::prelude::*;

    use FieldType as T;

    use super::*;
    use crate::builtin;

    fn field(kind: FieldType) -> Field {
        let kinds = builtin();
        kinds.kinds.iter().flat_map(|k| &k.fields).find(|f| f.kind == kind).unwrap().clone()
    }

    #[test]
    fn values_fit_their_own_type() {
        for (kind, text, expected) in [
            (T::Date, "24/08/2021", Some(true)),
            (T::Date, "24.8.21 @10am", Some(true)),
            (T::Date, "2021-08-24T10:30:00", Some(true)),
            (T::Date, "44347", Some(true)),
            (T::Date, "11 th August", Some(true)),
            (T::Date, "TBC", None),
            (T::Date, "SMITH", Some(false)),
            (T::DateSpan, "August / September 2021 then ongoing", Some(true)),
            (T::DateSpan, "and identify themes, so that these can be audited", Some(false)),
            (T::CaseNumber, "LE14CO 0441", Some(true)),
            (T::CaseNumber, "Concluded in September 2021", Some(false)),
            (T::Postcode, "sw1a 1aa", None),
            (T::Rag, "Amber (was Red)", Some(true)),
            (T::Rag, "Senior Lawyer", Some(false)),
            (T::Reference, "L9", Some(true)),
            (T::Reference, "Quality and Performance", Some(false)),
            (T::ChildId, "100234", Some(true)),
            (T::ChildId, "Smith", Some(false)),
            (T::People, "SMITH, John & Jane (DOB 01/02/15)", Some(true)),
            (T::People, "East Team", Some(false)),
            (T::Text, "anything", None),
        ] {
            assert_eq!(fits(&field(kind), text), expected, "{kind:?}: {text}");
        }
    }

    #[test]
    fn a_label_names_no_person() {
        for (text, expected) in [
            ("SMITH, John", true),
            ("John Smith", true),
            ("Smith, John & Jane", true),
            ("Re YY", false),
            ("SMITH family", false),
            ("SMITH", false),
            ("YY (Children)", false),
        ] {
            assert_eq!(names_a_person(text), expected, "{text}");
        }
    }

    #[test]
    fn columns_are_judged_by_a_sample() {
        for (kind, texts, expected) in [
            (T::Nhs, &["943 476 5919", "999 123 4560"][..], Some(0.5)),
            (T::Nhs, &["TBC", "N/A"], None),
            (T::Upn, &["H801200001001"], Some(1.0)),
            (T::People, &["SMITH, John", "Re YY"], Some(0.5)),
            (T::Text, &["anything"], None),
        ] {
            let sample: Vec<_> = texts.iter().map(|text| (*text, CellKind::Text)).collect();
            assert_eq!(share(&field(kind), &sample), expected, "{kind:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_looked_at(text in "\\PC{0,60}") {
            static KINDS: LazyLock<Kinds> = LazyLock::new(builtin);
            for field in KINDS.kinds.iter().flat_map(|kind| &kind.fields) {
                let _ = fits(field, &text);
            }
        }
    }
}
