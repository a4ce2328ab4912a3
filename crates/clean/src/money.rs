//! Pounds as people write them: `£5k`, `5,000 pc`, `£2,500 each x3`, `(500)`. Other currencies
//! are no pounds.
//!
//! A sum per head (`each`, `pc`: per claimant) is marked, not multiplied: the claimants are
//! counted elsewhere. `Nil` is a sum of nothing, `TBC` is no sum.

use collate_model::{Money, Value};

use crate::flaw::{Flaw, flaw};
use crate::fold::fold;
use crate::missing;

/// Words that say that the sum is per head.
const EACH: &[&str] = &["each", "pc", "pp", "per", "ea", "apiece"];

/// Words that say that the sum is not exact.
const ABOUT: &[&str] = &[
    "c",
    "ca",
    "circa",
    "approx",
    "approximately",
    "about",
    "around",
    "roughly",
    "est",
    "estimate",
    "estimated",
];

/// Words that say that the sum is not in pounds.
const FOREIGN: &[&str] = &["eur", "euro", "euros", "usd", "dollar", "dollars"];

/// Words that change nothing.
const USUAL: &[&str] = &[
    "gbp", "head", "child", "claimant", "person", "k", "thousand", "m", "mn", "million", "pounds", "a", "p",
    "agreed", "total", "x",
];

/// A sum of money.
pub(crate) fn clean(text: &str) -> (Value, Option<Flaw>) {
    let folded = fold(text);
    if folded == "nil" || folded == "zero" {
        return (Value::Money(Money { pence: 0, each: false }), None);
    }
    if missing::is_missing(text) || missing::is_awaited(text) {
        return (Value::Missing, None);
    }
    // `p/c` is per claimant, `c.` alone is about.
    let folded = if text.to_lowercase().contains("p/c") { folded.replace("p c", "pc") } else { folded };
    // `€500` and `500EUR`; a currency's letters may touch the figures.
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let says = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let sums = sums(text);
    let found = sums.as_ref().is_some_and(|sums| !sums.is_empty());
    if found && (is_foreign_sign(text) || says(FOREIGN)) {
        let doubt = flaw!(
            "money-currency",
            "The sum is not in pounds.",
            "Write the sum in pounds, and the other currency in a column of its own.",
        );
        return (Value::Unreadable, Some(doubt));
    }
    let (Some([pence]), false) = (sums.as_deref(), is_range(text)) else {
        let doubt = flaw!(
            "money-unreadable",
            "One sum in pounds was expected.",
            "Write one sum, for example 5000.00, and anything else in a column of its own.",
        );
        return (Value::Unreadable, Some(doubt));
    };
    (Value::Money(Money { pence: *pence, each: says(EACH) }), doubt(text, *pence, &words))
}

/// What may be doubtful about one sum; the worst of several.
fn doubt(text: &str, pence: i64, words: &[&str]) -> Option<Flaw> {
    if pence < 0 {
        return Some(flaw!(
            "money-negative",
            "The sum is less than nothing; it was kept so.",
            "Check that it is a sum to get back; else write it without minus or brackets.",
        ));
    }
    if text.contains(['~', '≈', '?']) || words.iter().any(|word| ABOUT.contains(word)) {
        return Some(flaw!(
            "money-about",
            "The sum is not exact, or in doubt; it was kept as if it were certain.",
            "Write the exact sum when it is known.",
        ));
    }
    let usual = |word: &&str| EACH.contains(word) || USUAL.contains(word);
    (!words.iter().all(usual)).then_some(flaw!(
        "money-with-words",
        "A sum was found among other words; the words are only kept as original text.",
        "",
    ))
}

/// The sign of a currency that is not the pound's.
fn is_foreign_sign(text: &str) -> bool {
    text.contains(['€', '$', '¥', '¢', '₹', '₨', '₽', '₺', '₩', '₦', '₴', '₪', '₫', '฿'])
}

/// `5,000 - 10,000`, `5k to 10k`.
fn is_range(text: &str) -> bool {
    fold(text).split(' ').any(|word| word == "to" || word == "between")
}

/// All sums of a text in pence; `None` where one has no clear meaning.
fn sums(text: &str) -> Option<Vec<i64>> {
    let chars: Vec<char> = text.chars().map(|c| if c == '−' { '-' } else { c }).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let starts = chars[at].is_ascii_digit()
            || chars[at] == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if !starts {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && (chars[at].is_ascii_digit() || matches!(chars[at], ',' | '.')) {
            at += 1;
        }
        let number: String = chars[start..at].iter().collect();
        let number = number.trim_end_matches([',', '.']);
        let mut back = chars[..start].iter().rev().skip_while(|c| c.is_whitespace() || **c == '£');
        let before = back.next();
        // The `x` of `approx` is a letter of a word.
        let times = before.is_some_and(|c| matches!(c, 'x' | 'X' | '×'))
            && back.next().is_none_or(|c| !c.is_alphabetic());
        // `x3` counts heads; `Stage 2` and `3rd` can't be told from sums and so are sums.
        if times && !number.contains(['.', ',']) {
            continue;
        }
        let mut scale = 1;
        let unit: String = chars[at..]
            .iter()
            .skip_while(|c| c.is_whitespace())
            .take_while(|c| c.is_alphabetic())
            .collect::<String>()
            .to_lowercase();
        match unit.as_str() {
            "k" | "thousand" => scale = 1_000,
            "m" | "mn" | "million" => scale = 1_000_000,
            _ => {}
        }
        let pence = pence(number, scale)?;
        let close = chars[at..].iter().find(|c| !c.is_whitespace() && !c.is_alphabetic());
        let bracketed = before == Some(&'(')
            && close == Some(&')')
            && chars.iter().find(|c| !c.is_whitespace()) == Some(&'(');
        let minus = chars[..start].iter().rev().find(|c| **c != '£') == Some(&'-');
        out.push(if bracketed || minus { -pence } else { pence });
    }
    Some(out)
}

/// Digits with commas and decimals, scaled, in pence; halves of a penny go up.
fn pence(number: &str, scale: i128) -> Option<i64> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if grouped && (first.is_empty() || first.len() > 3 || !groups.all(|group| group.len() == 3)) {
        return None;
    }
    if decimals.contains(['.', ',']) || whole.len() > 18 {
        return None;
    }
    let whole: i128 = match whole.replace(',', "") {
        digits if digits.is_empty() => 0,
        digits => digits.parse().ok()?,
    };
    // Nine decimals are more than any spreadsheet's rounding error needs.
    let mut fraction: i128 = 0;
    for digit in decimals.chars().chain(std::iter::repeat('0')).take(9) {
        fraction = fraction * 10 + i128::from(digit.to_digit(10)?);
    }
    let billionths = (whole * 1_000_000_000 + fraction) * scale * 100;
    i64::try_from((billionths + 500_000_000) / 1_000_000_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads() {
        for (text, pence, each) in [
            ("£5k", 500_000, false),
            ("5,000 pc", 500_000, true),
            ("£2,500 each x3", 250_000, true),
            ("£2,500 x 3", 250_000, false),
            ("1.2m", 120_000_000, false),
            ("1.2 million", 120_000_000, false),
            ("- £500", 50_000, false),
            ("£1,234.56", 123_456, false),
            ("1234.5600000001", 123_456, false),
            ("0.29", 29, false),
            (".5", 50, false),
            ("£5,000 p/c", 500_000, true),
            ("£5,000 P/C", 500_000, true),
            ("£5,000 per claimant", 500_000, true),
            ("Nil", 0, false),
            ("0", 0, false),
        ] {
            assert_eq!(clean(text), (Value::Money(Money { pence, each }), None), "{text}");
        }
        for (text, pence, each, code) in [
            ("(500)", -50_000, false, "money-negative"),
            ("-£500", -50_000, false, "money-negative"),
            ("c. £5k", 500_000, false, "money-about"),
            ("c £3k", 300_000, false, "money-about"),
            ("circa £3k", 300_000, false, "money-about"),
            ("£3,000 approx.", 300_000, false, "money-about"),
            ("approx £3k", 300_000, false, "money-about"),
            ("approx £3k p/c", 300_000, true, "money-about"),
            ("~£3k", 300_000, false, "money-about"),
            ("£3k?", 300_000, false, "money-about"),
            ("about £3k plus costs", 300_000, false, "money-about"),
            ("£5,000 plus costs", 500_000, false, "money-with-words"),
        ] {
            let (value, doubt) = clean(text);
            assert_eq!(
                (value, doubt.map(|f| f.code)),
                (Value::Money(Money { pence, each }), Some(code)),
                "{text}"
            );
        }
        for text in
            ["€500", "$900", "US$ 900", "500 EUR", "500EUR", "900 euros", "900 US dollars", "£500 ($600)"]
        {
            let (value, doubt) = clean(text);
            assert_eq!((value, doubt.map(|f| f.code)), (Value::Unreadable, Some("money-currency")), "{text}");
        }
        for text in ["TBC", "-", "N/A", "not known"] {
            assert_eq!(clean(text), (Value::Missing, None), "{text}");
        }
        for (text, code) in [
            ("£5,000 - £10,000", "money-unreadable"),
            ("£5k to £10k", "money-unreadable"),
            ("1,5", "money-unreadable"),
            ("1.234.567", "money-unreadable"),
            ("a lot", "money-unreadable"),
            ("99999999999999999999", "money-unreadable"),
        ] {
            assert_eq!(clean(text).1.map(|f| f.code), Some(code), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,20}|[-£0-9.,km() x]{0,14}") {
            clean(&text);
        }

        #[test]
        fn reads_back_what_was_printed(pence in -1_000_000_000i64..1_000_000_000) {
            let sign = if pence < 0 { "-" } else { "" };
            let text = format!("{sign}£{}.{:02}", pence.abs() / 100, pence.abs() % 100);
            prop_assert_eq!(clean(&text).0, Value::Money(Money { pence, each: false }));
        }
    }
}
