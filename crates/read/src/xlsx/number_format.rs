//! Whether the number in a cell is shown as a date or a percentage, by its number format (ECMA-376 part 1, 18.8.30
//! and 18.8.31).

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NumberFormat {
    #[default]
    Plain,
    /// A date, a time of day, or both.
    Moment,
    /// A time that goes on counting after 24 hours.
    Elapsed,
    /// A hundred times the number, with a sign of percent.
    Percent,
}

impl NumberFormat {
    /// A format that every program knows, by its number.
    pub fn built_in(id: u32) -> Self {
        match id {
            9 | 10 => NumberFormat::Percent,
            14..=22 | 45 | 47 => NumberFormat::Moment,
            46 => NumberFormat::Elapsed,
            // Dates of East Asia.
            27..=36 | 50..=58 => NumberFormat::Moment,
            _ => NumberFormat::Plain,
        }
    }

    /// A format by its code; what counts is the section for positive numbers.
    pub fn of(code: &str) -> Self {
        let mut rest = code.chars();
        while let Some(c) = rest.next() {
            match c {
                ';' => break,
                // The next character is shown, left out or repeated: it stands for itself.
                '\\' | '_' | '*' => {
                    rest.next();
                }
                '"' => {
                    rest.by_ref().find(|c| *c == '"');
                }
                // A colour, a condition, a currency, or hours that may pass 24.
                '[' => {
                    let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    let inside = inside.to_ascii_lowercase();
                    let unit = inside.chars().next().filter(|c| matches!(c, 'h' | 'm' | 's'));
                    if unit.is_some_and(|unit| inside.chars().all(|c| c == unit)) {
                        return NumberFormat::Elapsed;
                    }
                }
                'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return NumberFormat::Moment,
                // `AM/PM` and `A/P`.
                'a' | 'A' if rest.as_str().starts_with(['m', 'M', '/']) => return NumberFormat::Moment,
                '%' => return NumberFormat::Percent,
                _ => {}
            }
        }
        NumberFormat::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::NumberFormat::{Elapsed, Moment, Percent, Plain};
    use super::*;

    #[test]
    fn codes_tell_dates_from_numbers() {
        for (code, expected) in [
            ("", Plain),
            ("General", Plain),
            ("0.00", Plain),
            ("dd/mm/yyyy", Moment),
            ("DD.MM.YY;@", Moment),
            ("[$-809]d mmmm yyyy;@", Moment),
            ("h:mm AM/PM", Moment),
            ("A/P", Moment),
            ("[h]:mm:ss", Elapsed),
            ("[Blue]\\+[hh]:mm;[Red]\\-[h]:mm", Elapsed),
            ("[s].00", Elapsed),
            ("d \"days\" [h]", Moment),
            ("#,##0\\ [$\u{a3}-809]", Plain),
            ("[Red]0;[Black]d", Plain),
            ("[Magenta][>=100]0", Plain),
            ("0\" days\"", Plain),
            ("0\\d", Plain),
            ("_d0", Plain),
            ("*d0", Plain),
            ("*-yyyy", Moment),
            ("0 \"open", Plain),
            ("0%", Percent),
            ("0.00\\ %;[Red]-0.00\\ %", Percent),
            ("0\\%", Plain),
            ("[Blue]0.0%", Percent),
            ("0\" %\"", Plain),
        ] {
            assert_eq!(NumberFormat::of(code), expected, "{code}");
        }
        assert_eq!(
            [0, 14, 22, 46, 49, 58].map(NumberFormat::built_in),
            [Plain, Moment, Moment, Elapsed, Plain, Moment]
        );
    }
}
