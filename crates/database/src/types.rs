//! The types of columns, and which texts of the dataset fit them.

use collate_model::Date;
use collate_publish::Look;

/// What a column of a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    /// Text.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Pounds with two decimals.
    Money,
}

impl From<Look> for Type {
    fn from(look: Look) -> Type {
        match look {
            Look::Date => Type::Date,
            Look::Whole => Type::Whole,
            Look::Number | Look::Bits | Look::Probability => Type::Number,
            Look::Money => Type::Money,
            Look::Id
            | Look::Text
            | Look::File
            | Look::Prose
            | Look::Name
            | Look::Value
            | Look::Span
            | Look::YesNo
            | Look::Rag
            | Look::Severity
            | Look::Beside(_)
            | Look::Answer
            | Look::Comment => Type::Text,
        }
    }
}

/// Digits that a number has in both databases exactly.
const DIGITS: usize = 15;

impl Type {
    /// The word for it in `collate_columns`.
    pub fn word(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Date => "date",
            Type::Whole => "integer",
            Type::Number => "number",
            Type::Money => "money",
        }
    }

    /// A text of the dataset is a value of this type, and nothing of it would be lost.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Type::Text => true,
            Type::Date => is_day(text),
            Type::Whole => decimals(text) == Some(0) && !text.starts_with('-'),
            Type::Number => decimals(text).is_some(),
            Type::Money => decimals(text) == Some(2),
        }
    }
}

/// `2021-08-24`, of the years that both databases know.
fn is_day(text: &str) -> bool {
    let digits = |range| text.get(range).is_some_and(|part: &str| part.bytes().all(|b| b.is_ascii_digit()));
    let formed = text.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10);
    formed && !text.starts_with("0000") && text.parse::<Date>().is_ok()
}

/// How many decimals a plain number has.
fn decimals(text: &str) -> Option<usize> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let leading = whole.len() > 1 && whole.starts_with('0');
    let fits = !whole.is_empty() && !leading && whole.len() + decimals.len() <= DIGITS;
    (fits && plain(whole) && plain(decimals)).then_some(decimals.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_loses_nothing_fits() {
        let all = [Type::Date, Type::Whole, Type::Number, Type::Money];
        for (text, fitting) in [
            ("2021-08-24", vec![Type::Date]),
            ("2021-02-30", vec![]),
            ("0000-01-01", vec![]),
            ("2021-07-01/2021-07-31", vec![]),
            ("2021-07-01/..", vec![]),
            ("20210824", vec![Type::Whole, Type::Number]),
            ("12", vec![Type::Whole, Type::Number]),
            ("-12", vec![Type::Number]),
            ("007", vec![]),
            ("0.9987", vec![Type::Number]),
            ("2500.00", vec![Type::Number, Type::Money]),
            ("-0.05", vec![Type::Number, Type::Money]),
            ("2500.", vec![]),
            (".5", vec![]),
            ("1e5", vec![]),
            ("NaN", vec![]),
            ("1234567890123456", vec![]),
            ("TBC", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<Type> = all.into_iter().filter(|kind| kind.fits(text)).collect();
            assert_eq!(found, fitting, "{text:?}");
            assert!(Type::Text.fits(text));
        }
    }
}
