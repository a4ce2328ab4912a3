//! The dates and words that were found, put together: spans, shared years, what stays open.

use collate_model::{Date, DateSpan, Precision};
use jiff::civil::Weekday;

use super::EARLIEST_BIRTH;
use super::scan::{Item, Shape};
use super::words::Said;
use super::{Doubt, calendar};
use crate::Context;

/// What a cell of dates says.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Empty if there is nothing that can be read.
    pub(super) dates: Vec<DateSpan>,
    /// What is most doubtful about it.
    pub(super) doubt: Option<Doubt>,
}

impl Read {
    fn doubt(&mut self, doubt: Doubt) {
        self.doubt = Some(self.doubt.map_or(doubt, |former| former.min(doubt)));
    }

    pub(super) fn unreadable(doubt: Doubt) -> Self {
        Read { dates: Vec::new(), doubt: Some(doubt) }
    }
}

/// How a date stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A new date.
    Apart,
    /// `to`, `-`: together they are a span.
    Span,
    /// `/`, `or`, `and`: a span of months if they share a year, else two dates.
    Loose,
}

/// Puts the pieces together. `span` is for deadlines, in which other words are usual.
pub(super) fn combine(items: &[Item], context: &Context, span: bool) -> Read {
    let unknown = items.iter().filter(|item| **item == Item::Unknown).count();
    let has = |said| items.contains(&Item::Said(said));
    let found = items.iter().any(|item| matches!(item, Item::Date(_)));
    if !found {
        return without_dates(items, unknown);
    }
    // `12 weeks from 1/9/21`: a day that is told from another is not that other.
    if is_counted_from(items) {
        return Read::unreadable(Doubt::Relative);
    }
    let mut read = Read::default();
    let mut last: Option<Shape> = None;
    let mut joint = Joint::Apart;
    let mut weekday: Option<Weekday> = None;
    let mut week: Option<Item> = None;
    let mut time: Option<u16> = None;
    for (i, item) in items.iter().enumerate() {
        match *item {
            Item::Said(Said::To) => joint = Joint::Span,
            Item::Slash | Item::Said(Said::Or | Said::And) => joint = Joint::Loose,
            Item::Break | Item::Unknown => joint = Joint::Apart,
            Item::WeekFrom | Item::WeekTo => week = Some(*item),
            Item::Weekday(day) => weekday = Some(day),
            Item::Mixed => read.doubt(Doubt::OrderMixed),
            Item::QuarterAssumed => read.doubt(Doubt::Quarter),
            Item::Question => read.doubt(Doubt::Doubtful),
            Item::Time(minutes) => match read.dates.last_mut() {
                Some(date) if date.minutes.is_none() => date.minutes = Some(minutes),
                Some(_) => {}
                None => time = Some(minutes),
            },
            Item::Said(_) | Item::Relative => {}
            Item::Date(_) if is_former(items, i) => {}
            Item::Date(shape) => {
                if unknown > 0 && is_vague(&shape) {
                    return Read::unreadable(Doubt::Unreadable);
                }
                let Some((mut date, doubt)) = resolve(&shape, &items[i + 1..], last, weekday, context) else {
                    return Read::unreadable(Doubt::NoYear);
                };
                if let Some(doubt) = doubt {
                    read.doubt(doubt);
                }
                weekday = None;
                if let Some(item) = week.take() {
                    date = to_week(date, item);
                }
                date.minutes = time.take();
                let join = match joint {
                    Joint::Apart => false,
                    Joint::Span => true,
                    Joint::Loose => {
                        last.is_some_and(|last| is_month(&last) && is_month(&shape) && !has_year(&last))
                    }
                };
                match read.dates.last_mut() {
                    Some(before) if join => {
                        if !extend(before, &date) {
                            read.dates.push(date);
                        }
                    }
                    _ => read.dates.push(date),
                }
                last = Some(shape);
                joint = Joint::Apart;
            }
        }
    }
    if unknown > 0 && !span {
        read.doubt(Doubt::Words);
    }
    mark_estimated(items, &mut read.dates);
    if has(Said::Ongoing) {
        mark_ongoing(items, &mut read.dates);
    }
    let doubt = read.doubt;
    let mut checked = checked(read.dates, context);
    if let Some(doubt) = doubt {
        checked.doubt(doubt);
    }
    checked
}

/// `31.10.21 (was 30.9.21)`: the date is one that held before, and another is there that holds.
fn is_former(items: &[Item], at: usize) -> bool {
    let was = |at: usize| {
        let before = items[..at].iter().rfind(|item| !matches!(item, Item::Said(Said::Nothing)));
        before == Some(&Item::Said(Said::Was))
    };
    let holds = |(i, item): (usize, &Item)| matches!(item, Item::Date(_)) && !was(i);
    was(at) && items.iter().enumerate().any(holds)
}

/// So many weeks from a day.
fn is_counted_from(items: &[Item]) -> bool {
    items.windows(2).enumerate().any(|(i, two)| {
        let rest = items[i + 2..].iter().find(|next| !matches!(next, Item::Said(Said::Nothing)));
        two == [Item::Relative, Item::Said(Said::From)] && matches!(rest, Some(Item::Date(_)))
    })
}

/// Which dates are estimated or expected: of several, each that such a word stands before, or else behind.
fn mark_estimated(items: &[Item], dates: &mut [DateSpan]) {
    let is_date = |item: &Item| matches!(item, Item::Date(_));
    let says = |item: &Item| *item == Item::Said(Said::Estimated);
    let of_dates = || items.iter().enumerate().filter(|(_, item)| is_date(item)).map(|(at, _)| at);
    let kept: Vec<usize> = of_dates().filter(|at| !is_former(items, *at)).collect();
    // Where dates were joined to spans, nobody can say which is which.
    if kept.len() != dates.len() {
        let said = items.iter().any(says);
        dates.iter_mut().for_each(|date| date.estimated |= said);
        return;
    }
    for (i, _) in items.iter().enumerate().filter(|(_, item)| says(item)) {
        let apart = items[i..].iter().position(|item| matches!(item, Item::Break)).map(|apart| i + apart);
        let next = of_dates().find(|at| *at > i).filter(|next| apart.is_none_or(|apart| *next < apart));
        let said_of = next.or_else(|| of_dates().rfind(|at| *at < i)).or_else(|| of_dates().next());
        if let Some(date) = kept.iter().position(|at| Some(*at) == said_of) {
            dates[date].estimated = true;
        }
    }
}

/// Dates with what only their values can show.
pub(super) fn checked(dates: Vec<DateSpan>, context: &Context) -> Read {
    // Day 0 and day 1 of a spreadsheet's calendar.
    let zero = |date: &DateSpan| {
        let born = |from: Date| context.historic && from.day() > 1;
        date.from.is_some_and(|from| from.year() == 1900 && from.month() == 1 && !born(from))
    };
    if dates.iter().any(zero) {
        return Read::unreadable(Doubt::Dummy);
    }
    let mut read = Read { dates, doubt: None };
    let born = |is: &dyn Fn(Date) -> bool| read.dates.iter().any(|d| !d.estimated && d.from.is_some_and(is));
    if born(&|day| context.is_future_birth(day)) {
        read.doubt(Doubt::FutureBirth);
    } else if context.birth && !context.historic && born(&|day| day.year() < EARLIEST_BIRTH) {
        read.doubt(Doubt::EarlyBirth);
    }
    read
}

fn without_dates(items: &[Item], unknown: usize) -> Read {
    let has = |said| items.contains(&Item::Said(said));
    let open = DateSpan {
        from: None,
        to: None,
        precision: Precision::Open,
        ongoing: has(Said::Ongoing),
        estimated: false,
        minutes: None,
    };
    let relative = items.contains(&Item::Relative);
    if relative && !open.ongoing && !has(Said::Open) {
        return Read { dates: vec![open], doubt: Some(Doubt::Relative) };
    }
    // `Monthly with the team` is open; a sentence that happens to hold one such word is not a date.
    if (open.ongoing || has(Said::Open)) && unknown <= 8 {
        return Read { dates: vec![open], doubt: None };
    }
    Read::unreadable(Doubt::Unreadable)
}

/// A bare year, or a month without one, is too little to be sure of among other words.
fn is_vague(shape: &Shape) -> bool {
    match shape {
        Shape::Month { year: None, .. } => true,
        Shape::Span(span) => span.precision == Precision::Year,
        _ => false,
    }
}

fn is_month(shape: &Shape) -> bool {
    matches!(shape, Shape::Month { .. })
}

fn has_year(shape: &Shape) -> bool {
    written_year(shape).is_some()
}

fn written_year(shape: &Shape) -> Option<i16> {
    match shape {
        Shape::Day { year, .. } | Shape::Month { year, .. } => *year,
        Shape::Span(span) => span.from.map(Date::year),
    }
}

/// The interval of a date; where it has no year, the next date's, the former one's, or the
/// one nearest to the tracker's own date.
fn resolve(
    shape: &Shape,
    after: &[Item],
    last: Option<Shape>,
    weekday: Option<Weekday>,
    context: &Context,
) -> Option<(DateSpan, Option<Doubt>)> {
    let (year, month, day) = match *shape {
        Shape::Span(span) => return Some((span, None)),
        Shape::Day { year, month, day } => (year, month, day),
        Shape::Month { year, month } => (year, month, 0),
    };
    let mut doubt = None;
    let shared = || {
        let next = after.iter().find_map(|item| match item {
            Item::Date(shape) => written_year(shape).map(|year| (year, start_month(shape))),
            _ => None,
        });
        // `December / January 2022`: the first is of the year before.
        let next = next.map(|(year, next)| if month > next { year - 1 } else { year });
        next.or_else(|| last.as_ref().and_then(written_year))
    };
    let year = match year.or_else(shared) {
        Some(year) => year,
        None => {
            doubt = Some(Doubt::YearAssumed);
            calendar::nearest_year(context.as_at?, month, day.max(1), weekday)
        }
    };
    if is_month(shape) {
        return Some((calendar::month(year, month)?, doubt));
    }
    match Date::new(year, month, day) {
        Ok(date) => {
            if weekday.is_some_and(|weekday| date.weekday() != weekday) {
                doubt = Some(doubt.map_or(Doubt::Weekday, |d| d.min(Doubt::Weekday)));
            }
            Some((DateSpan::day(date), doubt))
        }
        Err(_) => Some((calendar::month(year, month)?, Some(Doubt::Impossible))),
    }
}

fn start_month(shape: &Shape) -> i8 {
    match shape {
        Shape::Day { month, .. } | Shape::Month { month, .. } => *month,
        Shape::Span(span) => span.from.map_or(1, Date::month),
    }
}

fn to_week(date: DateSpan, item: Item) -> DateSpan {
    let Some(day) = date.exact() else { return date };
    let ends = match item {
        Item::WeekTo => (calendar::plus_days(day, -6), Some(day)),
        _ => (Some(day), calendar::plus_days(day, 6)),
    };
    match ends {
        (Some(from), Some(to)) => calendar::span(from, to, Precision::Week),
        _ => date,
    }
}

/// Makes one span of two dates; false if the second does not come after the first.
fn extend(before: &mut DateSpan, date: &DateSpan) -> bool {
    if date.to < before.to || date.from < before.from {
        return false;
    }
    before.to = date.to;
    before.precision = Precision::Span;
    before.minutes = before.minutes.or(date.minutes);
    true
}

/// `May 2021 and ongoing` starts in May; `Ongoing ... by June 2022` has no start.
fn mark_ongoing(items: &[Item], dates: &mut [DateSpan]) {
    let first_date = items.iter().position(|item| matches!(item, Item::Date(_)));
    let first_word = items.iter().position(|item| *item == Item::Said(Said::Ongoing));
    if first_word < first_date
        && let Some(date) = dates.first_mut()
    {
        date.from = None;
    }
    if let Some(date) = dates.last_mut() {
        date.ongoing = true;
    }
}
