//! What the values of a column look like. Cheap tests on single texts, for weighing headings,
//! for columns without one, and for rows that stand a column out of place. They decide
//! between fields; what a value means is for the cleaning stage to say.

use collate_model::{Field, FieldType};

use crate::normal::key;

/// Whether a text looks like a value of the field; `None` where any text would do.
pub(crate) fn fits(field: &Field, text: &str) -> Option<bool> {
    use FieldType as T;
    if is_placeholder(text) {
        return None;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let length = text.chars().count();
    match field.kind {
        T::Text | T::Official => None,
        T::People => Some(length <= 200 && is_people(text)),
        T::Forename | T::Surname => Some(length <= 60 && letters > 0 && digits == 0),
        T::Date => Some(length <= 40 && is_date(text)),
        T::DateSpan => Some(length <= 120 && (is_date(text) || is_open(text))),
        T::CaseNumber => Some(length <= 120 && case_numbers(text)),
        T::Reference => Some(length <= 24 && text.split_whitespace().count() <= 4 && !is_heading(text)),
        T::ChildId => Some(length <= 20 && digits > 0 && !text.contains('/')),
        T::Nhs => Some(nhs(text)),
        T::Upn => Some(upn(text)),
        T::Postcode => Some(postcode(text)),
        T::Code | T::Codes => Some(is_code(field, text)),
        T::LegalStatus => Some(length <= 100 && letters > 0 && !is_date(text)),
        T::YesNo => Some(length <= 20 && !is_date(text)),
        T::Money => Some(length <= 40 && digits > 0 && !is_date(text)),
        T::Number => Some(length <= 12 && digits > 0 && letters <= 5),
        T::Rag => Some(is_rag(text)),
        T::Sex => Some(is_sex(text)),
    }
}

/// The same for types whose values are told from others at a glance; for rows, not for columns.
pub(crate) fn fits_clearly(field: &Field, text: &str) -> Option<bool> {
    use FieldType as T;
    match field.kind {
        T::Code | T::Codes | T::LegalStatus | T::YesNo | T::Forename | T::Surname | T::Sex => None,
        _ => fits(field, text),
    }
}

/// Types whose values can't easily be anything else: enough to name a column that has no heading.
pub(crate) fn unmistakable(kind: FieldType) -> bool {
    use FieldType::{CaseNumber, Nhs, Postcode, Upn};
    matches!(kind, CaseNumber | Nhs | Upn | Postcode)
}

/// What stands for nothing, in a column of any type.
fn is_placeholder(text: &str) -> bool {
    let key = key(text);
    key.is_empty()
        || matches!(
            key.as_str(),
            "na" | "tbc" | "tba" | "nk" | "notknown" | "unknown" | "none" | "nil" | "pending" | "asap"
        )
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
    letters > 0
        && !sentence
        && !(words.len() <= 3 && is_date(text))
        && !lower.starts_with("http")
        && !names_a_group(text)
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
        "proceedings",
        "pending",
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
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| word.len() > 1).count();
    is_people(text) && !label && !group && words >= 2
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
    words.iter().any(|word| lower.contains(word))
}

/// Two letters, two digits, a letter, five digits: with the spaces and slips that people make.
fn case_numbers(text: &str) -> bool {
    let plain: Vec<u8> =
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).collect();
    let digit = |b: u8| b.is_ascii_digit() || matches!(b, b'O' | b'I' | b'L');
    plain.windows(10).any(|w| {
        w[..2].iter().all(u8::is_ascii_uppercase)
            && w[2..4].iter().all(u8::is_ascii_digit)
            && matches!(w[4], b'A' | b'C' | b'D' | b'F' | b'P' | b'Z')
            && w[5..].iter().all(|b| digit(*b))
    })
}

/// Ten digits whose last is the check digit (weights 10 to 2, modulo 11).
fn nhs(text: &str) -> bool {
    let plain: Vec<u8> = text.bytes().filter(|b| !matches!(b, b' ' | b'-')).collect();
    if plain.len() != 10 || !plain.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = (0..9).map(|i| u32::from(plain[i] - b'0') * (10 - i as u32)).sum();
    (11 - sum % 11) % 11 == u32::from(plain[9] - b'0')
}

/// A letter, eleven digits, a digit or letter; the first letter checks the rest (modulo 23).
fn upn(text: &str) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let plain = text.trim().to_ascii_uppercase().into_bytes();
    if plain.len() != 13 || !plain[1..12].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let last = match LETTERS.iter().position(|letter| *letter == plain[12]) {
        Some(at) => at,
        None if plain[12].is_ascii_digit() => usize::from(plain[12] - b'0'),
        None => return false,
    };
    let sum: usize = (1..12).map(|i| usize::from(plain[i] - b'0') * (i + 1)).sum::<usize>() + last * 13;
    LETTERS[sum % 23] == plain[0]
}

/// One or two letters, a district, a digit and two letters.
fn postcode(text: &str) -> bool {
    let plain: Vec<u8> = text.bytes().filter(|b| *b != b' ').map(|b| b.to_ascii_uppercase()).collect();
    let n = plain.len();
    (5..=7).contains(&n)
        && plain[0].is_ascii_uppercase()
        && plain[n - 3].is_ascii_digit()
        && plain[n - 2..].iter().all(u8::is_ascii_uppercase)
        && plain[1..n - 3].iter().any(u8::is_ascii_digit)
        && plain.iter().all(u8::is_ascii_alphanumeric)
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

fn is_sex(text: &str) -> bool {
    matches!(
        text.to_lowercase().trim(),
        "m" | "f"
            | "u"
            | "male"
            | "female"
            | "boy"
            | "girl"
            | "0"
            | "1"
            | "2"
            | "9"
            | "unborn"
            | "other"
            | "x"
            | "i"
    )
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use collate_model::Kinds;
    use proptest::prelude::*;

    use super::*;
    use crate::builtin;

    fn field(kind: FieldType) -> Field {
        let kinds = builtin();
        kinds.kinds.iter().flat_map(|k| &k.fields).find(|f| f.kind == kind).unwrap().clone()
    }

    #[test]
    fn values_fit_their_own_type() {
        use FieldType as T;
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
            (T::CaseNumber, "WW17C00664, WV18C00394", Some(true)),
            (T::CaseNumber, "SMITH family", Some(false)),
            (T::Nhs, "943 476 5919", Some(true)),
            (T::Nhs, "999 123 4560", Some(false)),
            (T::Upn, "H801200001001", Some(true)),
            (T::Upn, "A801200001001", Some(false)),
            (T::Postcode, "sw1a 1aa", Some(true)),
            (T::Postcode, "L9", Some(false)),
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
