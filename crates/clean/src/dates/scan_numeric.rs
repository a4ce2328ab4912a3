//! Dates in figures alone: `24/08/2021`, `2021-08-24`, `12/21`, `2021/22`, `20210824`.

use collate_model::Precision;

use super::calendar;
use super::scan::{Item, Scanner, Shape};
use super::words::Said;
use crate::{Context, DateOrder};

/// A day of the years that the column may speak of.
pub(super) fn is_day(year: i16, month: i8, day: i8, context: &Context) -> bool {
    context.years().contains(&year) && collate_model::Date::new(year, month, day).is_ok()
}

impl Scanner<'_> {
    /// Two or three numbers with signs between.
    pub(super) fn try_numeric(&mut self) -> bool {
        // One sign twice: `12/04 - 14/04/21` begins with two numbers, not three.
        if matches!(self.sign(1), Some('/' | '-' | '.' | '\\'))
            && self.sign(1) == self.sign(3)
            && let (Some(a), Some(b), Some(c)) = (self.number(0), self.number(2), self.number(4))
        {
            // What fails as three numbers is no date of two of them: `1752-02-24` is not February 1924.
            if !self.take_triple(a, b, c, 5) {
                self.items.push(Item::Unknown);
                self.at += 5;
            }
            return true;
        }
        if let (Some(a), Some(b), Some(c)) = (self.number(0), self.number(1), self.number(2))
            && a.len() <= 2
            && b.len() <= 2
            && c.len() == 4
            && self.take_triple(a, b, c, 3)
        {
            return true;
        }
        if matches!(self.sign(1), Some('/' | '-')) && self.try_pair() {
            return true;
        }
        self.try_eight_digits()
    }

    fn take_triple(&mut self, a: &str, b: &str, c: &str, taken: usize) -> bool {
        if a.len() == 4 {
            let Some((year, month, day)) = year_first(a, b, c, self.context) else { return false };
            let done = self.take(taken, Shape::Day { year: Some(year), month, day });
            // The `T` between date and time.
            if self.word(0) == Some("t") && self.number(1).is_some() {
                self.at += 1;
            }
            return done;
        }
        let Some((day, month, order)) = day_and_month(a, b, self.context.order) else { return false };
        let Some(year) = year(c, self.context) else { return false };
        if order.is_some_and(|order| order != self.context.order) {
            self.items.push(Item::Mixed);
        }
        self.take(taken, Shape::Day { year: Some(year), month, day })
    }

    fn try_pair(&mut self) -> bool {
        let (Some(a), Some(b)) = (self.number(0), self.number(2)) else { return false };
        // A pair that goes on is something else (`1/2/3/4`, `1.4-30.6.21`).
        let goes_on = self.sign(3).is_some_and(|sign| sign == '.' || Some(sign) == self.sign(1));
        if goes_on && self.number(4).is_some() {
            return false;
        }
        if let Some(year) = self.financial_year(0) {
            let span = calendar::months((year, 4), (year + 1, 3), Precision::Year);
            let Some(span) = span else { return false };
            self.at += 3;
            // `2021/22 Q2`
            let marker = matches!(self.word(0), Some("q" | "qtr" | "quarter"));
            let quarter = self.short(1).filter(|n| marker && (1..=4).contains(n));
            return match quarter.and_then(|n| calendar::quarter(year, n)) {
                Some(quarter) => self.take(2, Shape::Span(quarter)),
                None => self.take(0, Shape::Span(span)),
            };
        }
        let month_of =
            |text: &str| text.parse().ok().filter(|month| (1..=12).contains(month) && text.len() <= 2);
        if a.len() == 4 {
            let (Some(year), Some(month)) = (year(a, self.context), month_of(b)) else { return false };
            return self.take(3, Shape::Month { year: Some(year), month });
        }
        let month_first = month_of(a).zip(year(b, self.context));
        let Ok(second) = b.parse::<i16>() else { return false };
        // `12/21` is a month; `06/07` is one only where days without a year make no sense.
        if b.len() == 4 || second > 12 || self.context.birth && second > 0 {
            let Some((month, year)) = month_first else { return false };
            return self.take(3, Shape::Month { year: Some(year), month });
        }
        match day_and_month(a, b, self.context.order) {
            Some((day, month, _)) if day > 0 => self.take(3, Shape::Day { year: None, month, day }),
            _ => false,
        }
    }

    fn try_eight_digits(&mut self) -> bool {
        let Some(digits) = self.number(0).filter(|digits| digits.len() == 8) else { return false };
        if let (Ok(year), Ok(month), Ok(day)) =
            (digits[..4].parse(), digits[4..6].parse(), digits[6..].parse())
            && is_day(year, month, day, self.context)
        {
            return self.take(1, Shape::Day { year: Some(year), month, day });
        }
        let Ok(year) = digits[4..].parse() else { return false };
        match day_and_month(&digits[..2], &digits[2..4], self.context.order) {
            Some((day, month, order)) if is_day(year, month, day, self.context) => {
                if order.is_some_and(|order| order != self.context.order) {
                    self.items.push(Item::Mixed);
                }
                self.take(1, Shape::Day { year: Some(year), month, day })
            }
            _ => false,
        }
    }

    /// The first year of `2021/22`, `2021-22`, `2021/2022` or `21/22` some pieces ahead.
    /// `2011-12` is December 2011 as far as anyone can tell.
    pub(super) fn financial_year(&self, ahead: usize) -> Option<i16> {
        let (a, b) = (self.number(ahead)?, self.number(ahead + 2)?);
        let sign = self.sign(ahead + 1).filter(|sign| matches!(sign, '/' | '-'))?;
        let first: i16 = a.parse().ok()?;
        let second: i16 = b.parse().ok()?;
        let next = first.checked_add(1)?;
        match (a.len(), b.len()) {
            (4, 4) if second == next => {}
            (4, 2) if second == next % 100 && (sign == '/' || second > 12) => {}
            (2, 2) if second == next && first > 12 => return Some(2000 + first),
            _ => return None,
        }
        self.context.years().contains(&first).then_some(first)
    }

    /// A calendar or financial year standing alone.
    pub(super) fn try_year(&mut self) -> bool {
        let Some(year) =
            self.number(0).filter(|digits| digits.len() == 4).and_then(|y| year(y, self.context))
        else {
            return false;
        };
        match calendar::months((year, 1), (year, 12), Precision::Year) {
            Some(span) => self.take(1, Shape::Span(span)),
            None => false,
        }
    }

    /// Several days of one month before its name: pushes all but the last.
    pub(super) fn push_days(&mut self, days: &[(i8, Said)], year: Option<i16>, month: i8) {
        for (day, joiner) in days {
            self.items.push(Item::Date(Shape::Day { year, month, day: *day }));
            self.items.push(Item::Said(*joiner));
        }
    }
}

/// A year in two or four digits.
pub(super) fn year(digits: &str, context: &Context) -> Option<i16> {
    let number: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(context.century(number)),
        4 => Some(number).filter(|year| context.years().contains(year)),
        _ => None,
    }
}

fn year_first(a: &str, b: &str, c: &str, context: &Context) -> Option<(i16, i8, i8)> {
    let year: i16 = a.parse().ok().filter(|year| context.years().contains(year))?;
    let month: i8 = b.parse().ok().filter(|month| (1..=12).contains(month))?;
    let day: i8 = c.parse().ok().filter(|day| (0..=31).contains(day))?;
    Some((year, month, day))
}

/// Day, month, and the order if only one is possible. Day 0 stands for a day nobody knew.
pub(super) fn day_and_month(a: &str, b: &str, order: DateOrder) -> Option<(i8, i8, Option<DateOrder>)> {
    if a.len() > 2 || b.len() > 2 {
        return None;
    }
    let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    let day_first = (0..=31).contains(&a) && (1..=12).contains(&b);
    let month_first = (0..=31).contains(&b) && (1..=12).contains(&a);
    match (day_first, month_first, order) {
        (true, true, DateOrder::DayFirst) => Some((a, b, None)),
        (true, true, DateOrder::MonthFirst) => Some((b, a, None)),
        (true, false, _) => Some((a, b, Some(DateOrder::DayFirst))),
        (false, true, _) => Some((b, a, Some(DateOrder::MonthFirst))),
        (false, false, _) => None,
    }
}
