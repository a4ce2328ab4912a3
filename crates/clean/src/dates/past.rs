//! Evidence that a column of dates of birth is not of children: of adults, or people of the past.

use super::EARLIEST_BIRTH;
use super::calendar::HISTORIC_YEARS;
use super::token::{Token, tokens};

/// One of three numbers is a year of four digits in which no child of our time was born.
pub(crate) fn is_of_the_past(text: &str) -> bool {
    // Most dates of a million are of our time; look before taking one apart.
    let bytes = text.as_bytes();
    if !bytes.windows(2).any(|two| matches!(two, [b'1', b'5'..=b'9'])) {
        return false;
    }
    let past = |token: &Token| match token {
        Token::Number(digits) if digits.len() == 4 => {
            digits.parse().is_ok_and(|year: i16| HISTORIC_YEARS.contains(&year) && year < EARLIEST_BIRTH)
        }
        _ => false,
    };
    if let Some(year) = eight_digits(text) {
        return HISTORIC_YEARS.contains(&year) && year < EARLIEST_BIRTH;
    }
    tokens(text).windows(5).any(|window| match window {
        [a @ Token::Number(_), Token::Sign(_), Token::Number(_), Token::Sign(_), c @ Token::Number(_)] => {
            past(a) || past(c)
        }
        _ => false,
    })
}

/// The year of `17520224`.
fn eight_digits(text: &str) -> Option<i16> {
    let digits = text.trim();
    let all = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    if all { digits[..4].parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_the_past_are_known_in_any_order() {
        for (text, past) in [
            ("1752-02-24", true),
            ("24/02/1752", true),
            ("24.2.1849", true),
            ("1932-02-24", true),
            ("1952-02-24", false),
            ("2015-08-18", false),
            ("15/08/2018", false),
            ("17520224", true),
            ("24021999", false),
            ("1752", false),
            ("", false),
        ] {
            assert_eq!(is_of_the_past(text), past, "{text}");
        }
    }
}
