//! Legal statuses and orders: the codes of the looked-after children return (C2, V2 ...), the
//! orders it has no code for, and the many ways in which both are written.
//!
//! Traps that the order of the rules holds off: `Remanded to LA accommodation S20` is a remand;
//! `Voluntarily in section 20 care order` is section 20; `Code 'V2' is not mapped` is V2; `L31`
//! is no L3; CAO is mostly a child arrangements order, rarely a child assessment order.

use collate_model::{SmolStr, Value};

use crate::codes::Vocabulary;
use crate::flaw::{Flaw, flaw};
use crate::fold::fold;
use crate::missing;
use crate::text::tidy;

const REMAND: &str = "J1 Remand";
const SECTION_20: &str = "V2 Section 20";
const INTERIM: &str = "C1 Interim care order";
const CARE_ORDER: &str = "C2 Care order";
const SHORT_BREAKS: &str = "Short breaks";
const ARRANGEMENTS: &str = "Child arrangements order";

/// Status, and the phrases that mean it; earlier rows take their words before later ones can.
const RULES: &[(&str, &[&str])] = &[
    (REMAND, &["j1", "remanded to la accommodation", "remanded", "remand", "ylaa", "rla"]),
    ("J2 PACE", &["j2", "pace", "police and criminal evidence"]),
    ("J3 Youth rehabilitation order", &["j3", "youth rehabilitation order", "youth rehabilitation", "yro"]),
    ("V3 Short breaks", &["v3"]),
    ("V4 Short breaks", &["v4"]),
    (
        SECTION_20,
        &[
            "v2",
            "s20",
            "voluntarily accommodated",
            "voluntary accommodation",
            "voluntary care",
            "single period",
            "accommodated",
        ],
    ),
    ("Section 76", &["s76"]),
    (SHORT_BREAKS, &["short breaks", "short break", "short term breaks", "respite"]),
    ("L1 Police protection", &["l1", "police protection", "police powers", "ppo", "s46", "ppop"]),
    (
        "L2 Emergency protection order",
        &["l2", "emergency protection order", "emergency protection", "epo", "s44"],
    ),
    ("L3 Child assessment order", &["l3", "child assessment order", "child assessment", "s43"]),
    ("Interim supervision order", &["interim supervision order", "interim so", "iso"]),
    ("Education supervision order", &["education supervision order", "eso", "s36"]),
    (
        INTERIM,
        &["c1", "l30", "interim care order", "interim care", "interim co", "interim order", "ico", "s38"],
    ),
    (
        "Discharge of care order",
        &["discharge of care order", "discharge of co", "discharged from care", "disco", "s39"],
    ),
    ("E1 Placement order", &["e1", "placement order granted", "placement order", "po", "s21"]),
    ("D1 Freeing order", &["d1", "freeing order granted", "freeing order", "freed for adoption", "freeing"]),
    ("Adoption order", &["adoption order", "adopted", "ao"]),
    (
        "Special guardianship order",
        &["special guardianship order", "special guardianship", "special guardian", "sgo", "s14a"],
    ),
    (
        ARRANGEMENTS,
        &[
            "child arrangements order",
            "child arrangement order",
            "child arrangements",
            "residence order",
            "cao",
            "ro",
            "lives with order",
        ],
    ),
    ("Supervision order", &["supervision order", "supervision", "so", "s35"]),
    (
        "Secure accommodation order",
        &["secure accommodation order", "secure accommodation", "secure order", "sao", "s25"],
    ),
    ("Deprivation of liberty", &["deprivation of liberty", "dols", "dolo", "dol"]),
    (
        CARE_ORDER,
        &["c2", "l31", "full care order", "full care", "final care order", "care order", "fco", "co", "s31"],
    ),
    ("Prohibited steps order", &["prohibited steps order", "prohibited steps", "pso"]),
    ("Specific issue order", &["specific issue order", "specific issue", "sio"]),
    ("Family assistance order", &["family assistance order", "fao"]),
    ("Wardship", &["wardship", "ward of court", "inherent jurisdiction"]),
    ("No order", &["no order"]),
    // Outcomes of proceedings that made no order.
    ("Refused", &["application refused", "application dismissed", "refused", "dismissed"]),
    ("Withdrawn", &["application withdrawn", "proceedings withdrawn", "withdrawn"]),
    ("Consolidated", &["consolidated"]),
    ("No legal status", &["no legal status", "not looked after", "not lac", "no status", "nls"]),
];

/// Words that may mean that the status is not, or no longer, or not yet.
const DENIALS: &[&str] = &[
    "not",
    "no",
    "never",
    "refused",
    "revoked",
    "discharged",
    "expired",
    "lapsed",
    "ended",
    "ceased",
    "applied",
    "application",
    "applying",
    "seeking",
    "sought",
    "proposed",
    "withdrawn",
    "former",
    "formerly",
    "previously",
    "was",
];

/// The statuses of a cell. Values of the field's own list come first.
pub(crate) fn clean(text: &str, vocabulary: &Vocabulary) -> (Value, Option<Flaw>) {
    if let Some(code) = vocabulary.exact(&fold(text)) {
        return (Value::Codes([code].into()), None);
    }
    if missing::is_missing(text) || missing::is_awaited(text) {
        return (Value::Missing, None);
    }
    let mut codes: Vec<SmolStr> = Vec::new();
    let (mut ambiguous, mut denied) = (false, false);
    let whole = fold(text);
    let unmapped = whole.contains("not mapped");
    let tidied = tidy(text);
    for part in tidied.split(['/', '&', '+', ',', ';', '\n', '|']).flat_map(|part| part.split(" and ")) {
        let mut words = words(part);
        // `Care and placement orders`
        if words == ["care"] && whole.contains("order") {
            words.push("order".to_owned());
        }
        for (code, phrase) in statuses(&words) {
            ambiguous |= phrase == "cao";
            denied |= !unmapped
                && words
                    .iter()
                    .any(|word| DENIALS.contains(&word.as_str()) && !phrase.split(' ').any(|p| p == word));
            if !codes.iter().any(|other| **other == *code) {
                codes.push(code.into());
            }
        }
    }
    // `No order / s.20 ended`: the words of both say too much for one status.
    if codes.is_empty() {
        let doubt = flaw!(
            "legal-status-unknown",
            "The legal status is none that is known; it was kept as written.",
            "Write the code or the name of the order, for example C2 or care order.",
        );
        return (Value::Text(tidied.into()), Some(doubt));
    }
    if denied {
        let doubt = flaw!(
            "legal-status-doubtful",
            "The cell names an order but may say that it was refused, has ended or is only sought; it was kept as written.",
            "Write the status that the child has today, and the rest in a column of its own.",
        );
        return (Value::Text(tidied.into()), Some(doubt));
    }
    let doubt = ambiguous.then_some(flaw!(
        "legal-status-ambiguous",
        "CAO was taken for a child arrangements order; it can also be a child assessment order.",
        "Write the name of the order in full.",
    ));
    (Value::Codes(codes.into()), doubt)
}

/// Folded words, in which `section 20`, `s 20`, `S.20(3)` and `Seection 20` are all `s20`, and
/// `C.O.` and `orders` are `co` and `order`.
fn words(part: &str) -> Vec<String> {
    let folded = fold(part);
    let mut out: Vec<String> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let number = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 3;
        match out.last_mut() {
            Some(last) if number && is_section(last) => *last = format!("s{word}"),
            Some(last) if word == "o" && matches!(last.as_str(), "c" | "s" | "p") => last.push('o'),
            _ if word == "orders" => out.push("order".to_owned()),
            _ => out.push(word.to_owned()),
        }
    }
    out
}

fn is_section(word: &str) -> bool {
    matches!(word, "s" | "sec" | "sect" | "sn" | "ss")
        || word.len() >= 5 && strsim::osa_distance(word, "section") <= 2
}

/// The statuses that a part of a cell names, each with the phrase that named it.
fn statuses(words: &[String]) -> Vec<(&'static str, &'static str)> {
    let mut taken = vec![false; words.len()];
    let mut found: Vec<(usize, &'static str, &'static str)> = Vec::new();
    for (status, phrases) in RULES {
        for phrase in *phrases {
            let length = phrase.split(' ').count();
            for at in 0..(words.len() + 1).saturating_sub(length) {
                let free = taken[at..at + length].iter().all(|taken| !taken);
                if free && phrase.split(' ').zip(&words[at..]).all(|(a, b)| a == b) {
                    taken[at..at + length].fill(true);
                    found.push((at, status, phrase));
                }
            }
        }
    }
    found.sort_unstable();
    let has = |wanted: &str| found.iter().any(|(_, status, _)| *status == wanted);
    let only =
        |wanted: &str| found.iter().find(|(_, status, _)| *status == wanted).map(|(_, s, p)| vec![(*s, *p)]);
    // In one breath with section 20, `care order` is a manner of speaking, and a remand is a remand.
    if has(REMAND) {
        return only(REMAND).unwrap_or_default();
    }
    let drop_care = has(SECTION_20);
    // `s.31 - Interim C.O.`: an interim order in proceedings under section 31.
    let drop_section_31 = has(INTERIM);
    let drop_breaks = has("V3 Short breaks") || has("V4 Short breaks");
    found
        .into_iter()
        .filter(|(_, status, phrase)| {
            !(drop_care && *phrase == "care order"
                || drop_section_31 && *phrase == "s31"
                || drop_breaks && *status == SHORT_BREAKS)
        })
        .map(|(_, status, phrase)| (status, phrase))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Value, Option<&'static str>) {
        let (value, doubt) = clean(text, &Vocabulary::default());
        (value, doubt.map(|doubt| doubt.code))
    }

    #[test]
    fn reads_what_authorities_send() {
        for (text, codes) in [
            ("V2", &[SECTION_20][..]),
            ("V2 - S20 - Single Placement", &[SECTION_20]),
            ("Accomm S20 Single Period/Accomm S20 Shared Care", &[SECTION_20]),
            ("Accomm. Under S20 - Asylum Seeker", &[SECTION_20]),
            ("Single Period of Accomodation Under Section 20", &[SECTION_20]),
            ("V2:Single Period of Accommodation Under Seection 20", &[SECTION_20]),
            ("Under S.20 - single continuous period", &[SECTION_20]),
            ("s20 homeless", &[SECTION_20]),
            ("Person over 18 accommodated under Section 20(5)", &[SECTION_20]),
            ("Single placement acc. by LA S20(3) CA 16 & over", &[SECTION_20]),
            ("Code 'V2' is not mapped", &[SECTION_20]),
            ("Voluntarily in section 20 care order", &[SECTION_20]),
            ("Remanded to LA accommodation S20", &[REMAND]),
            ("ICO", &["C1 Interim care order"]),
            ("Interim Care Order", &["C1 Interim care order"]),
            ("s.38", &["C1 Interim care order"]),
            ("Full care order", &[CARE_ORDER]),
            ("C2 - Full Care Order", &[CARE_ORDER]),
            ("L31 Care Order", &[CARE_ORDER]),
            ("L30", &["C1 Interim care order"]),
            ("CO & PO", &[CARE_ORDER, "E1 Placement order"]),
            ("ISO", &["Interim supervision order"]),
            ("SO", &["Supervision order"]),
            ("PPO", &["L1 Police protection"]),
            ("s.46", &["L1 Police protection"]),
            ("EPO", &["L2 Emergency protection order"]),
            ("SGO", &["Special guardianship order"]),
            ("DISCO", &["Discharge of care order"]),
            ("s.25", &["Secure accommodation order"]),
            ("DoL", &["Deprivation of liberty"]),
            ("No legal status", &["No legal status"]),
            ("No order", &["No order"]),
            ("No orders", &["No order"]),
            ("S38 ICO", &[INTERIM]),
            ("s.31 - Interim C.O.", &[INTERIM]),
            ("Care Order (s31)", &[CARE_ORDER]),
            ("L2 Emergency protection", &["L2 Emergency protection order"]),
            ("Care\u{a0}and placement orders", &[CARE_ORDER, "E1 Placement order"]),
            ("CARE & PLACEMENT ORDERS", &[CARE_ORDER, "E1 Placement order"]),
            ("SGO x2", &["Special guardianship order"]),
            ("Refused", &["Refused"]),
            ("Application withdrawn", &["Withdrawn"]),
            ("Consolidated", &["Consolidated"]),
        ] {
            let expected = Value::Codes(codes.iter().map(|code| SmolStr::from(*code)).collect());
            assert_eq!(read(text), (expected, None), "{text}");
        }
    }

    #[test]
    fn says_what_is_doubtful() {
        assert_eq!(read("CAO"), (Value::Codes([ARRANGEMENTS.into()].into()), Some("legal-status-ambiguous")));
        for (text, code) in [
            ("Not subject to a care order", "legal-status-doubtful"),
            ("ICO refused", "legal-status-doubtful"),
            ("care order sought", "legal-status-doubtful"),
            ("SGO application withdrawn", "legal-status-doubtful"),
            ("Care proceedings", "legal-status-unknown"),
            ("see file", "legal-status-unknown"),
        ] {
            assert_eq!(read(text), (Value::Text(text.into()), Some(code)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(.|\n){0,30}|(s|section|20|v2|care|order|/| ){0,8}") {
            read(&text);
        }

        #[test]
        fn its_own_words_mean_themselves(i in 0..RULES.len()) {
            prop_assert_eq!(read(RULES[i].0), (Value::Codes([RULES[i].0.into()].into()), None));
        }
    }
}
