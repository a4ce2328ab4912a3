//! Finds the dates in a text, and what the words between them say.

use collate_model::DateSpan;
use jiff::civil::Weekday;

use super::token::{Token, tokens};
use super::words::{self, Said};
use crate::Context;

/// A piece of meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item {
    Date(Shape),
    /// Day and month stood in the other order than the column's.
    Mixed,
    Said(Said),
    /// `/` between two dates.
    Slash,
    /// `;` or a line break.
    Break,
    /// `w/c`.
    WeekFrom,
    /// `w/e`.
    WeekTo,
    Weekday(Weekday),
    /// Minutes after midnight.
    Time(u16),
    /// `6 weeks`.
    Relative,
    /// The quarter's year was a calendar year.
    QuarterAssumed,
    /// `?`
    Question,
    /// A word or number that is none of dates.
    Unknown,
}

/// A date as it is written: the year may be missing, the day may not exist.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Day { year: Option<i16>, month: i8, day: i8 },
    Month { year: Option<i16>, month: i8 },
    Span(DateSpan),
}

/// All pieces of a text, in order.
pub(super) fn scan(text: &str, context: &Context) -> Vec<Item> {
    let tokens = tokens(text);
    let mut scanner = Scanner { tokens: &tokens, at: 0, context, items: Vec::new() };
    while scanner.at < tokens.len() {
        scanner.step();
    }
    scanner.items
}

/// The place in the pieces. Each `try_` method either takes pieces, pushes items and
/// returns true, or leaves everything as it was.
pub(super) struct Scanner<'a> {
    tokens: &'a [Token<'a>],
    pub(super) at: usize,
    pub(super) context: &'a Context,
    pub(super) items: Vec<Item>,
}

impl<'a> Scanner<'a> {
    fn step(&mut self) {
        let taken = match &self.tokens[self.at] {
            Token::Number(_) => {
                self.try_time()
                    || self.try_relative()
                    || self.try_day_month()
                    || self.try_numeric()
                    || self.try_year()
            }
            Token::Word(_) => {
                self.try_week()
                    || self.try_phrase()
                    || self.try_quarter()
                    || self.try_term()
                    || self.try_month()
                    || self.try_word()
            }
            Token::Sign(sign) => {
                let sign = *sign;
                self.try_sign(sign)
            }
        };
        if !taken {
            self.items.push(Item::Unknown);
            self.at += 1;
        }
    }

    /// The number some pieces ahead.
    pub(super) fn number(&self, ahead: usize) -> Option<&'a str> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Number(digits)) => Some(digits),
            _ => None,
        }
    }

    /// The number some pieces ahead if it has one or two digits.
    pub(super) fn short(&self, ahead: usize) -> Option<i8> {
        self.number(ahead).filter(|digits| digits.len() <= 2)?.parse().ok()
    }

    /// The word some pieces ahead.
    pub(super) fn word(&self, ahead: usize) -> Option<&'a str> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The sign some pieces ahead.
    pub(super) fn sign(&self, ahead: usize) -> Option<char> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Sign(sign)) => Some(*sign),
            _ => None,
        }
    }

    /// Takes so many pieces as one date.
    pub(super) fn take(&mut self, count: usize, shape: Shape) -> bool {
        self.items.push(Item::Date(shape));
        self.at += count;
        true
    }

    fn try_sign(&mut self, sign: char) -> bool {
        let item = match sign {
            '-' | '→' => Item::Said(Said::To),
            '/' => Item::Slash,
            '&' | '+' | ',' => Item::Said(Said::And),
            ';' | '\n' | '|' => Item::Break,
            '~' => Item::Said(Said::Estimated),
            '?' => Item::Question,
            '.' | '(' | ')' | '[' | ']' | ':' | '*' | '!' | '"' | '@' | '•' => Item::Said(Said::Nothing),
            _ => return false,
        };
        self.items.push(item);
        self.at += 1;
        true
    }

    /// `w/c`, `week commencing`, `w/e`, `week ending`.
    fn try_week(&mut self) -> bool {
        let week = match self.word(0) {
            Some("w" | "wk" | "week") => {
                let after = if self.sign(1) == Some('/') { 2 } else { 1 };
                let next = self.word(after).map(|word| (word, after + 1));
                match next {
                    Some(("c" | "b" | "commencing" | "beginning" | "starting" | "of", taken)) => {
                        Some((Item::WeekFrom, taken))
                    }
                    Some(("e" | "ending", taken)) => Some((Item::WeekTo, taken)),
                    _ => None,
                }
            }
            Some("wc" | "wb") => Some((Item::WeekFrom, 1)),
            Some("we") => Some((Item::WeekTo, 1)),
            _ => None,
        };
        let Some((item, taken)) = week else { return false };
        self.items.push(item);
        self.at += taken;
        true
    }

    fn try_phrase(&mut self) -> bool {
        for (phrase, said) in words::PHRASES {
            // `on-going` has a dash in it, `as & when` an ampersand.
            let mut ahead = 0;
            let matches = phrase.iter().all(|word| {
                while matches!(self.sign(ahead), Some('-' | '&')) && ahead > 0 {
                    ahead += 1;
                }
                ahead += 1;
                self.word(ahead - 1) == Some(word)
            });
            if matches {
                self.items.push(Item::Said(*said));
                self.at += ahead;
                return true;
            }
        }
        false
    }

    fn try_word(&mut self) -> bool {
        let Some(word) = self.word(0) else { return false };
        if let Some(weekday) = words::weekday(word) {
            self.items.push(Item::Weekday(weekday));
        } else if let Some(said) = words::said(word) {
            self.items.push(Item::Said(said));
        } else {
            return false;
        }
        self.at += 1;
        true
    }

    /// `10:30`, `4.00pm`, `10am`, `@10`, `1030hrs`.
    fn try_time(&mut self) -> bool {
        let Some(first) = self.number(0) else { return false };
        let told = self.at > 0
            && match &self.tokens[self.at - 1] {
                Token::Sign('@') => true,
                Token::Word(word) => word == "at",
                _ => false,
            };
        let (hour, minute, mut taken, mut sure) = match (self.sign(1), self.number(2)) {
            (Some(sign @ (':' | '.')), Some(second)) if first.len() <= 2 && second.len() == 2 => {
                (first.parse().ok(), second.parse().ok(), 3, sign == ':' || told && self.sign(3).is_none())
            }
            _ if first.len() <= 2 => (first.parse().ok(), Some(0), 1, told && self.plain_after(1)),
            _ if first.len() == 4 && matches!(self.word(1), Some("hrs" | "h" | "hours")) => {
                (first[..2].parse().ok(), first[2..].parse().ok(), 1, true)
            }
            _ => return false,
        };
        let (Some(mut hour), Some(minute)): (Option<u16>, Option<u16>) = (hour, minute) else { return false };
        // Seconds of an ISO time.
        if taken == 3 && self.sign(3) == Some(':') && self.number(4).is_some() {
            taken = 5;
        }
        match self.word(taken) {
            Some("am" | "pm") if hour > 12 || hour == 0 => {
                taken += 1;
                sure = true;
            }
            Some(half @ ("am" | "pm")) => {
                hour = hour % 12 + if half == "pm" { 12 } else { 0 };
                taken += 1;
                sure = true;
            }
            Some("hrs" | "h") => {
                taken += 1;
                sure = true;
            }
            _ => {}
        }
        if !sure || hour > 23 || minute > 59 {
            return false;
        }
        self.items.push(Item::Time(hour * 60 + minute));
        self.at += taken;
        true
    }

    /// Nothing after this place makes the number before it part of a date.
    fn plain_after(&self, ahead: usize) -> bool {
        !matches!(self.sign(ahead), Some('/' | '-' | '.' | ':'))
            && self.word(ahead).is_none_or(|word| words::month(word).is_none() && !words::is_ordinal(word))
    }

    /// `6 weeks`, `6-8 weeks`.
    fn try_relative(&mut self) -> bool {
        let unit = |ahead| self.word(ahead).is_some_and(words::is_unit);
        let taken = match self.sign(1) {
            Some('-' | '/') if self.number(2).is_some() && unit(3) => 4,
            _ if unit(1) => 2,
            _ => return false,
        };
        self.items.push(Item::Relative);
        self.at += taken;
        true
    }
}
