//! Numbers, with the words that people put around them.

use collate_model::Value;

use crate::flaw::{Flaw, flaw};
use crate::fold::fold;

const WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// A number: `1,234`, `12 weeks`, `c. 70`, `two`. `45%` is 45.
pub(crate) fn clean(text: &str) -> (Value, Option<Flaw>) {
    let text = text.trim().replace('−', "-");
    if let Some(number) = plain(&text) {
        return (Value::Number(number), None);
    }
    let folded = fold(&text);
    let mut words = folded.split(' ');
    if let Some(number) = words.next().and_then(|word| WORDS.iter().position(|w| *w == word)) {
        let more = words.next().is_some();
        return (Value::Number(number as f64), more.then(with_words));
    }
    // The runs of figures with the signs that belong to numbers.
    let runs: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '-')))
        .map(|run| run.trim_end_matches([',', '.', '-']).trim_start_matches([',', '.']))
        .filter(|run| run.bytes().any(|b| b.is_ascii_digit()))
        .collect();
    match runs.as_slice() {
        [run] => match plain(run) {
            Some(number) => {
                let words = text.chars().any(char::is_alphabetic);
                (Value::Number(number), words.then(with_words))
            }
            None => (Value::Unreadable, Some(unreadable())),
        },
        _ => (Value::Unreadable, Some(unreadable())),
    }
}

/// Figures alone; commas only where thousands are.
fn plain(text: &str) -> Option<f64> {
    let body = text.trim_start_matches(['-', '+']).trim_end_matches(['%', '+']).trim_end();
    if text.len() - text.trim_start_matches(['-', '+']).len() > 1
        || !body.starts_with(|c: char| c.is_ascii_digit() || c == '.')
    {
        return None;
    }
    let whole = body.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next()?;
    if whole.contains(',') && (first.is_empty() || first.len() > 3 || !groups.all(|group| group.len() == 3)) {
        return None;
    }
    let number: f64 = body.replace(',', "").parse().ok().filter(|n: &f64| n.is_finite())?;
    Some(if text.starts_with('-') { -number } else { number })
}

fn with_words() -> Flaw {
    flaw!(
        "number-with-words",
        "A number was found among other words; the words are only kept as original text.",
        "",
    )
}

fn unreadable() -> Flaw {
    flaw!(
        "number-unreadable",
        "One number was expected.",
        "Write the number alone, and remarks in a column of their own.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads() {
        for (text, number, code) in [
            ("12", Some(12.0), None),
            ("1,234.5", Some(1234.5), None),
            ("-3", Some(-3.0), None),
            ("45%", Some(45.0), None),
            ("26+", Some(26.0), None),
            ("1.2e3", Some(1200.0), None),
            ("12 weeks", Some(12.0), Some("number-with-words")),
            ("c. 70", Some(70.0), Some("number-with-words")),
            ("two", Some(2.0), None),
            ("10-12", None, Some("number-unreadable")),
            ("1,2", None, Some("number-unreadable")),
            ("52 (40 perm)", None, Some("number-unreadable")),
            ("many", None, Some("number-unreadable")),
        ] {
            let value = number.map_or(Value::Unreadable, Value::Number);
            let (found, doubt) = clean(text);
            assert_eq!((found, doubt.map(|f| f.code)), (value, code), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,20}|[-+0-9.,e% ]{0,12}") {
            clean(&text);
        }

        #[test]
        fn reads_back_what_was_printed(number in -1e12f64..1e12) {
            prop_assert_eq!(clean(&number.to_string()).0, Value::Number(number));
        }
    }
}
