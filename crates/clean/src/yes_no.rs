//! Yes, no, and what is written between the two.
//!
//! The values are `yes`, `no`, `partial`, `not applicable`, `not known` and `awaiting`.
//! A date in such a column is the day on which it was done: yes.

use collate_model::{CellKind, Value};

use crate::flaw::{Flaw, flaw};
use crate::fold::fold;
use crate::{Context, dates};

/// Whole answers, folded.
const ANSWERS: &[(&str, &[&str])] = &[
    ("not applicable", &["n a", "na", "not applicable", "not required", "not needed", "n r", "not relevant"]),
    (
        "not known",
        &["n k", "nk", "not known", "unknown", "unk", "unclear", "not sure", "unsure", "not recorded"],
    ),
    ("awaiting", &["tbc", "tba", "awaited", "to be confirmed", "in progress", "requested", "in hand"]),
    (
        "no",
        &[
            "not yet",
            "not done",
            "not received",
            "not signed",
            "not complied",
            "non compliant",
            "not compliant",
            "apologies",
            "refused",
            "never",
            "outstanding",
            "declined",
        ],
    ),
    ("partial", &["in part", "partly", "some", "mostly"]),
    (
        "yes",
        &[
            "done",
            "completed",
            "complete",
            "complied",
            "compliant",
            "received",
            "signed",
            "attended",
            "both",
            "fully",
        ],
    ),
];

/// First words that decide, whatever follows.
fn first_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "yes" | "y" | "yep" | "true" | "t" | "1" | "ok" => "yes",
        "no" | "n" | "nope" | "false" | "0" => "no",
        "partial" | "partially" | "partly" => "partial",
        "awaiting" | "awaited" | "pending" | "tbc" | "await" => "awaiting",
        _ => return None,
    })
}

/// An answer.
pub(crate) fn clean(text: &str, context: &Context) -> (Value, Option<Flaw>) {
    let answer = |code: &str| Value::Codes([code.into()].into());
    let trimmed = text.trim();
    if let Some(mark) = trimmed.chars().next().filter(|_| trimmed.chars().count() <= 2) {
        match mark {
            '✓' | '✔' | '☑' | '√' | '🗸' | '✅' => return (answer("yes"), None),
            '✗' | '✘' | '☒' | '✕' | '✖' | '❌' | '×' => return (answer("no"), None),
            'x' | 'X' if trimmed.len() == 1 => {
                let doubt = flaw!(
                    "yes-no-cross",
                    "A cross was taken for no.",
                    "Write Y or N; a cross means yes to some readers.",
                );
                return (answer("no"), Some(doubt));
            }
            '?' => return (answer("not known"), None),
            _ => {}
        }
    }
    let folded = fold(trimmed);
    let folded = without_number(&folded, trimmed);
    let whole = ANSWERS.iter().find(|(_, spellings)| {
        spellings.contains(&folded) || spellings.iter().any(|s| s.contains(' ') && starts_with(folded, s))
    });
    if let Some((code, _)) = whole {
        return (answer(code), None);
    }
    // The choice of an unfilled form is no answer.
    let unfilled = matches!(folded, "y n" | "yes no");
    if let Some(code) = folded.split(' ').next().and_then(first_word).filter(|_| !unfilled) {
        return (answer(code), None);
    }
    if !folded.chars().any(char::is_alphanumeric) || matches!(folded, "none" | "nil" | "null" | "xx" | "xxx")
    {
        return (Value::Missing, None);
    }
    let longer = ANSWERS.iter().find(|(_, spellings)| spellings.iter().any(|s| starts_with(folded, s)));
    if let Some((code, _)) = longer {
        return (answer(code), None);
    }
    // A bare number is no date here.
    if (folded.contains(' ') || trimmed.contains(['/', '-', '.']))
        && let (Value::Dates(dates), _) = dates::clean(trimmed, CellKind::Text, context, true)
        && dates.iter().any(|date| date.from.is_some())
    {
        return (answer("yes"), None);
    }
    let doubt = flaw!(
        "yes-no-unknown",
        "Yes or no was expected.",
        "Write Y or N, and put remarks in a column of their own.",
    );
    (Value::Unreadable, Some(doubt))
}

/// `a) Yes` and `1 - Yes` without the choice's own number.
fn without_number<'a>(folded: &'a str, text: &str) -> &'a str {
    let Some((first, rest)) = folded.split_once(' ') else { return folded };
    let listed = first.chars().count() == 1
        && text
            .chars()
            .skip_while(|c| c.is_alphanumeric() || *c == '(')
            .find(|c| !c.is_whitespace())
            .is_some_and(|c| ")-.:–".contains(c));
    if listed && rest.split(' ').next().is_some_and(|word| first_word(word).is_some()) {
        rest
    } else {
        folded
    }
}

fn starts_with(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, code) in [
            ("Y", "yes"),
            ("Yes - late", "yes"),
            ("a) Yes", "yes"),
            ("b) No", "no"),
            ("1 - Yes", "yes"),
            ("0 - No", "no"),
            ("1", "yes"),
            ("0", "no"),
            ("true", "yes"),
            ("FALSE", "no"),
            ("✓", "yes"),
            ("✔", "yes"),
            ("✗", "no"),
            ("N/A", "not applicable"),
            ("n/a - adult", "not applicable"),
            ("N/K", "not known"),
            ("?", "not known"),
            ("Partial", "partial"),
            ("Partially complied", "partial"),
            ("Awaiting", "awaiting"),
            ("Awaiting response", "awaiting"),
            ("TBC", "awaiting"),
            ("Not yet", "no"),
            ("Not required", "not applicable"),
            ("12/04/2021", "yes"),
            ("12 April 2021", "yes"),
            ("Apologies", "no"),
            ("Non-compliant", "no"),
            ("Compliant", "yes"),
            ("Completed 3/4/21", "yes"),
        ] {
            assert_eq!(
                clean(text, &Context::default()),
                (Value::Codes([code.into()].into()), None),
                "{text}"
            );
        }
        assert_eq!(clean("-", &Context::default()), (Value::Missing, None));
        for (text, code) in [
            ("x", "yes-no-cross"),
            ("Monday", "yes-no-unknown"),
            ("37", "yes-no-unknown"),
            ("Y/N", "yes-no-unknown"),
        ] {
            assert_eq!(clean(text, &Context::default()).1.map(|f| f.code), Some(code), "{text}");
        }
    }
}
