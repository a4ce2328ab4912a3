//! Unique pupil numbers: a check letter, eleven digits, and a digit or (temporary numbers) a letter.

use collate_model::Value;

use crate::flaw::{Flaw, flaw};

/// The letters that check; each stands for its place, from 0.
const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

/// A unique pupil number in upper case. The codes UN1 to UN5 say why there is none.
pub(crate) fn clean(text: &str) -> (Value, Option<Flaw>) {
    let upn: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
    if matches!(upn.as_str(), "UN1" | "UN2" | "UN3" | "UN4" | "UN5") {
        return (Value::Missing, None);
    }
    match check_letter(&upn) {
        None => {
            let doubt = flaw!(
                "upn-unreadable",
                "A unique pupil number was expected: a letter and twelve digits.",
                "Copy the number from the school's or the case system.",
            );
            (Value::Unreadable, Some(doubt))
        }
        Some(letter) if !upn.starts_with(letter) => {
            let doubt = flaw!(
                "upn-check-letter",
                "The unique pupil number fails its check letter; it was not used.",
                "Check the number: a character is wrong, or two have changed places.",
            );
            (Value::Unreadable, Some(doubt))
        }
        Some(_) => (Value::Refs([upn.into()].into()), None),
    }
}

/// The letter that a number of the right form should begin with.
fn check_letter(upn: &str) -> Option<char> {
    if upn.chars().count() != 13 || !upn.starts_with(|c| LETTERS.contains(c)) {
        return None;
    }
    let mut sum = 0;
    for (i, c) in upn.chars().enumerate().skip(1) {
        let value = match c.to_digit(10) {
            Some(digit) => digit as usize,
            None if i == 12 => LETTERS.find(c)?,
            None => return None,
        };
        sum += value * (i + 1);
    }
    LETTERS.chars().nth(sum % 23)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_checks() {
        assert_eq!(clean("h801 2000 01001"), (Value::Refs(["H801200001001".into()].into()), None));
        assert_eq!(clean("UN2"), (Value::Missing, None));
        for (text, code) in [
            ("A801200001001", "upn-check-letter"),
            ("H801200001010", "upn-check-letter"),
            ("H80120000100", "upn-unreadable"),
            ("S801200001001", "upn-unreadable"),
            ("H80120000A001", "upn-unreadable"),
        ] {
            assert_eq!(clean(text).1.map(|f| f.code), Some(code), "{text}");
        }
    }

    proptest! {
        #[test]
        fn exactly_one_letter_fits(tail in "[0-9]{11}[0-9A-HJ-NP-RT-Z]") {
            let fitting = LETTERS.chars().filter(|letter| clean(&format!("{letter}{tail}")).1.is_none()).count();
            prop_assert_eq!(fitting, 1);
        }
    }
}
