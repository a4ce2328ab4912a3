//! Dates with words: `24 th August`, `Aug-21`, `12-18 April 2021`, `Q2 2020/21`, `Autumn term 2021`.

use collate_model::Precision;

use super::calendar;
use super::scan::{Item, Scanner, Shape};
use super::scan_numeric::year;
use super::words::{self, Said};

impl Scanner<'_> {
    /// `24 Aug 2021`, `24th of August`, `12-18 April 2021`, `12 & 13 April`, `1st or 2nd Oct`.
    pub(super) fn try_day_month(&mut self) -> bool {
        let mut days: Vec<(i8, Said)> = Vec::new();
        let mut ahead = 0;
        let (day, month) = loop {
            let Some(day) = self.short(ahead).filter(|day| (1..=31).contains(day)) else { return false };
            ahead += 1;
            if self.word(ahead).is_some_and(words::is_ordinal) {
                ahead += 1;
            }
            let mut at_month = ahead;
            while self.word(at_month) == Some("of")
                || matches!(self.sign(at_month), Some('-' | '/' | '.' | ' '))
            {
                at_month += 1;
            }
            if let Some(month) = self.word(at_month).and_then(words::month) {
                ahead = at_month + 1;
                break (day, month);
            }
            let joiner = match (self.sign(ahead), self.word(ahead)) {
                (Some('-' | '/'), _) | (_, Some("to" | "or")) => Said::To,
                (Some('&' | ','), _) | (_, Some("and")) => Said::And,
                _ => return false,
            };
            // A span has two ends; `01/02/15 - 3 June` is not one of days.
            if joiner == Said::To && !days.is_empty() || days.iter().any(|(_, joiner)| *joiner == Said::To) {
                return false;
            }
            days.push((day, joiner));
            ahead += 1;
        };
        let (year, taken) = self.year_after(ahead, false);
        self.push_days(&days, year, month);
        self.take(taken, Shape::Day { year, month, day })
    }

    /// `August 2021`, `Aug-21`, `August 24 th`, `August 24, 2021`.
    pub(super) fn try_month(&mut self) -> bool {
        let Some(month) = self.word(0).and_then(words::month) else { return false };
        if let Some(day) = self.short(1).filter(|day| (1..=31).contains(day)) {
            let ordinal = self.word(2).is_some_and(words::is_ordinal);
            let after = if ordinal { 3 } else { 2 };
            let (year, taken) = self.year_after(after, true);
            if ordinal || year.is_some() {
                return self.take(taken, Shape::Day { year, month, day });
            }
        }
        let (year, taken) = self.year_after(1, false);
        self.take(taken, Shape::Month { year, month })
    }

    /// The year at this place or after one sign, and how many pieces are then taken.
    /// Two digits may be a day of the next month or an hour instead.
    fn year_after(&self, ahead: usize, four_only: bool) -> (Option<i16>, usize) {
        let mut at = ahead;
        if matches!(self.sign(at), Some('-' | '/' | '.' | ',')) {
            at += 1;
        }
        let Some(digits) = self.number(at) else { return (None, ahead) };
        let else_day = match (self.sign(at + 1), self.word(at + 1)) {
            (Some(':'), _) => true,
            (Some('.' | '/' | '-'), _) if digits.len() == 2 => self.number(at + 2).is_some(),
            (_, Some(word)) => {
                digits.len() == 2 && (words::month(word).is_some() || words::is_ordinal(word))
                    || matches!(word, "am" | "pm")
            }
            _ => false,
        };
        if else_day || four_only && digits.len() != 4 {
            return (None, ahead);
        }
        match year(digits, self.context) {
            Some(year) => (Some(year), at + 1),
            None => (None, ahead),
        }
    }

    /// `Q2 2020/21`, `Quarter 2 of 2021`.
    pub(super) fn try_quarter(&mut self) -> bool {
        if !matches!(self.word(0), Some("q" | "qtr" | "quarter")) {
            return false;
        }
        let Some(quarter) = self.short(1).filter(|n| (1..=4).contains(n)) else { return false };
        let at = if self.word(2) == Some("of") || self.sign(2).is_some() { 3 } else { 2 };
        let (year, taken) = match self.financial_year(at) {
            Some(year) => (year, at + 3),
            None => match self.number(at).and_then(|digits| year(digits, self.context)) {
                Some(year) => {
                    self.items.push(Item::QuarterAssumed);
                    (year, at + 1)
                }
                None => return false,
            },
        };
        match calendar::quarter(year, quarter) {
            Some(span) => self.take(taken, Shape::Span(span)),
            None => false,
        }
    }

    /// `Autumn term 2021`, `Spring 2022`, `Summer term 2021/22`.
    pub(super) fn try_term(&mut self) -> bool {
        let Some(season @ ("spring" | "summer" | "autumn" | "winter")) = self.word(0) else { return false };
        let term = self.word(1) == Some("term");
        let at = if term { 2 } else { 1 };
        let (first, taken) = match self.financial_year(at) {
            Some(year) => (if season == "autumn" || season == "winter" { year } else { year + 1 }, at + 3),
            None => match self.number(at).and_then(|digits| year(digits, self.context)) {
                Some(year) => (year, at + 1),
                None => return false,
            },
        };
        let (from, to) = match (season, term) {
            ("spring", true) => ((first, 1), (first, 3)),
            ("summer", true) => ((first, 4), (first, 7)),
            ("autumn", true) => ((first, 9), (first, 12)),
            ("spring", _) => ((first, 3), (first, 5)),
            ("summer", _) => ((first, 6), (first, 8)),
            ("autumn", _) => ((first, 9), (first, 11)),
            _ => ((first, 12), (first + 1, 2)),
        };
        match calendar::months(from, to, Precision::Span) {
            Some(span) => self.take(taken, Shape::Span(span)),
            None => false,
        }
    }
}
