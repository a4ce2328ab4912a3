//! Evidence that a column of dates of birth is of people of the past.

use super::calendar::{HISTORIC_YEARS, YEARS_OF_BIRTH};
use super::token::{Token, tokens};

/// One of three numbers is a year of four digits in which nobody was born who is alive.
pub(crate) fn is_of_the_past(text: &str) -> bool {
    // Most dates of a million are of our time; look before taking one apart.
    let bytes = text.as_bytes();
    if !bytes.windows(2).any(|two| matches!(two, [b'1', b'5'..=b'8'])) {
        return false;
    }
    let past = |token: &Token| match token {
        Token::Number(digits) if digits.len() == 4 => digits
            .parse()
            .is_ok_and(|year: i16| HISTORIC_YEARS.contains(&year) && !YEARS_OF_BIRTH.contains(&year)),
        _ => false,
    };
    tokens(text).windows(5).any(|window| match window {
        [a @ Token::Number(_), Token::Sign(_), Token::Number(_), Token::Sign(_), c @ Token::Number(_)] => {
            past(a) || past(c)
        }
        _ => false,
    })
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
            ("1852-02-24", false),
            ("2015-08-18", false),
            ("15/08/2018", false),
            ("1752", false),
            ("", false),
        ] {
            assert_eq!(is_of_the_past(text), past, "{text}");
        }
    }
}
