//! Calendar arithmetic: months, terms, quarters, years, and the year a date most likely belongs to.

use std::ops::RangeInclusive;

use collate_model::{Date, DateSpan, Precision};
use jiff::ToSpan;
use jiff::civil::Weekday;

/// Years that a tracker may speak of.
pub(crate) const YEARS: RangeInclusive<i16> = 1900..=2100;
/// Years in which somebody may be born who is spoken of in one.
pub(crate) const YEARS_OF_BIRTH: RangeInclusive<i16> = 1850..=2100;
/// Years in which people of the past may be born, in a list of such people.
pub(crate) const HISTORIC_YEARS: RangeInclusive<i16> = 1500..=2100;

/// A span of days.
pub(super) fn span(from: Date, to: Date, precision: Precision) -> DateSpan {
    DateSpan { from: Some(from), to: Some(to), precision, ..DateSpan::day(from) }
}

/// A date some days away.
pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// A calendar month.
pub(super) fn month(year: i16, month: i8) -> Option<DateSpan> {
    let first = Date::new(year, month, 1).ok()?;
    Some(span(first, first.last_of_month(), Precision::Month))
}

/// From the first day of one month to the last day of another.
pub(super) fn months(from: (i16, i8), to: (i16, i8), precision: Precision) -> Option<DateSpan> {
    let from = Date::new(from.0, from.1, 1).ok()?;
    let to = Date::new(to.0, to.1, 1).ok()?.last_of_month();
    Some(span(from, to, precision))
}

/// Quarter of the financial year that starts in April of `year`.
pub(super) fn quarter(year: i16, quarter: i8) -> Option<DateSpan> {
    let (year, first) = if quarter == 4 { (year + 1, 1) } else { (year, 1 + 3 * quarter) };
    months((year, first), (year, first + 2), Precision::Span)
}

/// The part of a year between two days that has a month and a day but no year of its own:
/// the nearest to `as_at`, on the day of the week that was written where that can be.
pub(super) fn nearest_year(as_at: Date, month: i8, day: i8, weekday: Option<Weekday>) -> i16 {
    let year = as_at.year();
    [year + 1, year, year - 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .min_by_key(|date| {
            let off_weekday = weekday.is_some_and(|weekday| date.weekday() != weekday);
            (off_weekday, days_between(as_at, *date).abs())
        })
        .map_or(year, Date::year)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn quarters_are_of_the_financial_year() {
        for (n, from, to) in [
            (1, date(2020, 4, 1), date(2020, 6, 30)),
            (2, date(2020, 7, 1), date(2020, 9, 30)),
            (3, date(2020, 10, 1), date(2020, 12, 31)),
            (4, date(2021, 1, 1), date(2021, 3, 31)),
        ] {
            assert_eq!(quarter(2020, n), Some(span(from, to, Precision::Span)));
        }
    }

    #[test]
    fn the_nearest_year_heeds_the_weekday() {
        let as_at = date(2021, 12, 20);
        assert_eq!(nearest_year(as_at, 1, 4, None), 2022);
        assert_eq!(nearest_year(as_at, 8, 24, None), 2021);
        // 24 August was a Monday in 2020.
        assert_eq!(nearest_year(as_at, 8, 24, Some(Weekday::Monday)), 2020);
    }
}
