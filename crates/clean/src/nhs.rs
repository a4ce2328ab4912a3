//! NHS numbers: ten digits, the last of which checks the others (modulus 11, weights 10 to 2).

use collate_model::Value;

use crate::flaw::{Flaw, flaw};

/// An NHS number as ten digits without spaces. One that fails its check is never used.
pub(crate) fn clean(text: &str) -> (Value, Option<Flaw>) {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let other = text.chars().any(|c| c.is_alphanumeric() && !c.is_ascii_digit());
    if digits.len() != 10 || other {
        let doubt = flaw!(
            "nhs-unreadable",
            "An NHS number was expected: ten digits.",
            "Copy the number from the case system or the health record.",
        );
        return (Value::Unreadable, Some(doubt));
    }
    if !is_valid(&digits) {
        let doubt = flaw!(
            "nhs-check-digit",
            "The NHS number fails its check digit; it was not used.",
            "Check the number: a digit is wrong, or two have changed places.",
        );
        return (Value::Unreadable, Some(doubt));
    }
    (Value::Refs([digits.into()].into()), None)
}

/// Ten digits with a right check digit; ten equal ones pass the sum but are dummies.
fn is_valid(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // A sum that asks for 10 has no check digit; 11 is written 0.
    let check = (11 - sum % 11) % 11;
    check == digits[9] && digits.iter().any(|digit| *digit != digits[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_checks() {
        for (text, number) in [
            ("943 476 5919", "9434765919"),
            ("654-100-3238", "6541003238"),
            ("9434765919", "9434765919"),
            ("9434765919.0", "9434765919"),
        ] {
            assert_eq!(clean(text), (Value::Refs([number.into()].into()), None), "{text}");
        }
        for (text, code) in [
            ("999 123 4560", "nhs-check-digit"),
            ("1111111111", "nhs-check-digit"),
            ("943476591", "nhs-unreadable"),
            ("9434765919X", "nhs-unreadable"),
            ("9.43E+09", "nhs-unreadable"),
        ] {
            assert_eq!(clean(text).1.map(|f| f.code), Some(code), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_found(stem in 100_000_000u32..999_999_999, at in 0usize..9, by in 1u32..10) {
            let valid = (0..10).map(|check| format!("{stem}{check}")).find(|number| is_valid(number));
            if let Some(number) = valid {
                let wrong: String = number.chars().enumerate().map(|(i, c)| {
                    let digit = c.to_digit(10).unwrap_or(0);
                    if i == at { char::from_digit((digit + by) % 10, 10).unwrap_or(c) } else { c }
                }).collect();
                prop_assert!(!is_valid(&wrong));
            }
        }
    }
}
