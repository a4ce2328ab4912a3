//! What a single cell can't know: decisions taken over a whole column before its cells are read.

use std::ops::RangeInclusive;

use collate_model::Date;

use crate::dates::{HISTORIC_YEARS, YEARS, YEARS_OF_BIRTH};

/// Which part of `03/04/2021` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// 3 April, as in the United Kingdom.
    #[default]
    DayFirst,
    /// 4 March, as in the United States.
    MonthFirst,
}

/// Which part of `Taylor Morgan` is the surname, where neither comma nor capitals tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameOrder {
    /// Morgan, as people speak.
    #[default]
    ForenameFirst,
    /// Taylor, as registers are sorted.
    SurnameFirst,
}

/// Decisions for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// Which part of a numeric date is the day, where both could be.
    pub order: DateOrder,
    /// The day on which the tracker was true, where it is known.
    pub as_at: Option<Date>,
    /// The dates are dates of birth: not after `as_at`, and two-digit years may mean 19xx.
    pub birth: bool,
    /// The dates of birth are of adults, or of people of the past.
    pub historic: bool,
    /// Which part of a name is the surname, where both could be.
    pub names: NameOrder,
}

/// The last year of birth where the tracker's own date is not known.
const LAST_BIRTH: i16 = 2030;

impl Context {
    /// The years that a date may lie in.
    pub(crate) fn years(&self) -> &'static RangeInclusive<i16> {
        match (self.birth, self.historic) {
            (_, true) => &HISTORIC_YEARS,
            (true, false) => &YEARS_OF_BIRTH,
            (false, false) => &YEARS,
        }
    }

    /// The year that two digits mean. A date of birth is at most a year after the tracker's
    /// own date (an unborn child may have an expected one); anything else lies in 1970 to 2069.
    pub(crate) fn century(&self, two_digits: i16) -> i16 {
        let last = match (self.birth, self.as_at) {
            (false, _) => 2069,
            (true, Some(as_at)) => as_at.year() + 1,
            (true, None) => LAST_BIRTH,
        };
        let year = 2000 + two_digits;
        if year > last { year - 100 } else { year }
    }

    /// Nobody is born yet who is born on this day.
    pub(crate) fn is_future_birth(&self, born: Date) -> bool {
        self.birth && self.as_at.map_or(born.year() > LAST_BIRTH, |as_at| born > as_at)
    }
}
