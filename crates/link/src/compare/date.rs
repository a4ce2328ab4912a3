//! Dates of birth: typing errors, parts known, stand-in days, expected dates.

use super::level::{MISSING, SAME};

mod levels {
    pub const AS_FAR_AS_KNOWN: u8 = 2;
    pub const SWAPPED: u8 = 3;
    pub const ONE_DIGIT: u8 = 4;
    pub const STAND_IN: u8 = 5;
    pub const EXPECTED: u8 = 6;
    pub const TWO_PARTS: u8 = 7;
    pub const NEW_YEAR: u8 = 8;
    pub const SAME_YEAR: u8 = 9;
    pub const DIFFERENT: u8 = 10;
    pub const NOT_AS_KNOWN: u8 = 11;
    pub const NOT_EXPECTED: u8 = 12;
    pub const AGE_FITS: u8 = 13;
    pub const AGE_MISFITS: u8 = 14;
}
use levels::*;

/// From here on the date alone does not speak for the person.
pub(crate) const DOUBTFUL: u8 = EXPECTED;

/// Two known days that no slip of the pen explains.
pub fn differ(level: u8) -> bool {
    matches!(level, SAME_YEAR | DIFFERENT)
}

/// The same day, as far as it was known or in the other order.
pub fn familiar(level: u8) -> bool {
    matches!(level, AS_FAR_AS_KNOWN | SWAPPED | STAND_IN | NEW_YEAR | EXPECTED | AGE_FITS)
}

/// A date, of which month and day may not be known (0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateValue {
    year: u16,
    month: u8,
    day: u8,
    estimated: bool,
}

impl DateValue {
    /// Reads `2015-02-01`, `2015-02`, `2015`, with `~` behind it where it is expected; `2015~` is
    /// the year of birth or the year after it, reckoned from an age.
    /// Anything else is a date of which nothing is known.
    pub fn parse(text: &str) -> Self {
        let estimated = text.ends_with('~');
        let mut parts = text.trim_end_matches('~').splitn(3, '-');
        let mut next = || parts.next().and_then(|p| p.parse::<u16>().ok()).unwrap_or(0);
        let (year, month, day) = (next(), next(), next());
        DateValue { year, month: month.min(12) as u8, day: day.min(31) as u8, estimated }
    }

    /// From its parts; 0 where not known.
    pub(super) fn new(year: u16, month: u8, day: u8, estimated: bool) -> Self {
        DateValue { year, month, day, estimated }
    }

    /// Year, month, day (0 where not known), estimated.
    pub fn parts(&self) -> (u16, u8, u8, bool) {
        (self.year, self.month, self.day, self.estimated)
    }

    /// The comparison level.
    pub fn against(&self, other: &DateValue) -> u8 {
        let (a, b) = (self, other);
        if a.year == 0 || b.year == 0 {
            return MISSING;
        }
        if a.is_age() || b.is_age() {
            return if a.fits_age(b) { AGE_FITS } else { AGE_MISFITS };
        }
        if a.estimated || b.estimated {
            return if a.fits_expected(b) { EXPECTED } else { NOT_EXPECTED };
        }
        if a.day == 0 || b.day == 0 {
            let month = a.month == 0 || b.month == 0 || a.month == b.month;
            return if a.year == b.year && month { AS_FAR_AS_KNOWN } else { NOT_AS_KNOWN };
        }
        if a == b {
            return SAME;
        }
        if a.year == b.year && a.day == b.month && a.month == b.day {
            return SWAPPED;
        }
        if a.year == b.year && a.month == b.month && (a.is_stand_in() || b.is_stand_in()) {
            return STAND_IN;
        }
        if a.year == b.year && (a.is_new_year() || b.is_new_year()) {
            return NEW_YEAR;
        }
        if one_slip(&a.digits(), &b.digits()) {
            return ONE_DIGIT;
        }
        let same = u8::from(a.year == b.year) + u8::from(a.month == b.month) + u8::from(a.day == b.day);
        match same {
            2 if a.year.abs_diff(b.year) <= 2 => TWO_PARTS,
            _ if a.year == b.year => SAME_YEAR,
            _ => DIFFERENT,
        }
    }

    fn is_age(&self) -> bool {
        self.estimated && self.month == 0
    }

    /// Who was six during 2021 was born in 2015 or in 2014; two ages may be a birthday apart.
    fn fits_age(&self, other: &DateValue) -> bool {
        let (age, born) = if self.is_age() { (self, other) } else { (other, self) };
        let years = i32::from(age.year) - i32::from(born.year);
        if born.is_age() { years.abs() <= 1 } else { (0..=1).contains(&years) }
    }

    /// The first and the fifteenth are written where the day is not known.
    fn is_stand_in(&self) -> bool {
        self.day == 1 || self.day == 15
    }

    /// The first of January is written where only the year is known.
    fn is_new_year(&self) -> bool {
        self.day == 1 && self.month == 1
    }

    /// An expected date fits a birth from eight weeks before to three weeks after it; two expected
    /// dates of one birth are a few weeks apart. A month is taken for its middle.
    fn fits_expected(&self, other: &DateValue) -> bool {
        let (expected, born) = if self.estimated { (self, other) } else { (other, self) };
        let difference = born.days() - expected.days();
        let vague = if expected.day == 0 || born.day == 0 { 16 } else { 0 };
        if born.estimated {
            difference.abs() <= 28 + vague
        } else {
            (-56 - vague..=21 + vague).contains(&difference)
        }
    }

    /// Days since the year 0 in months of 30.44 days: near enough for windows of weeks.
    fn days(&self) -> i32 {
        let month = if self.month == 0 { 6 } else { i32::from(self.month) };
        let day = if self.day == 0 { 15 } else { i32::from(self.day) };
        i32::from(self.year) * 365 + i32::from(self.year) / 4 + (month - 1) * 3044 / 100 + day
    }

    fn digits(&self) -> [u8; 8] {
        let (y, m, d) = (self.year, self.month, self.day);
        [
            (y / 1000) as u8,
            (y / 100 % 10) as u8,
            (y / 10 % 10) as u8,
            (y % 10) as u8,
            m / 10,
            m % 10,
            d / 10,
            d % 10,
        ]
    }
}

/// One digit differs, or two neighbours are swapped.
fn one_slip(a: &[u8; 8], b: &[u8; 8]) -> bool {
    let mut differing = (0..8).filter(|i| a[*i] != b[*i]);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, _) => true,
        (Some(i), Some(j), None) => j == i + 1 && a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_birth() {
        for (x, y, level) in [
            ("2015-02-07", "2015-02-07", SAME),
            ("2015-02-07", "2015-07-02", SWAPPED),
            ("2015-02-07", "2015-02-17", ONE_DIGIT),
            ("2015-02-12", "2015-02-21", ONE_DIGIT),
            ("2015-02-07", "2016-02-07", ONE_DIGIT),
            ("2015-02-01", "2015-02-28", STAND_IN),
            ("2015-01-01", "2015-06-28", NEW_YEAR),
            ("2015-01-01", "2015-01-28", STAND_IN),
            ("2015-01-01", "2014-06-28", DIFFERENT),
            ("2015-02", "2015-02-28", AS_FAR_AS_KNOWN),
            ("2015", "2015-02-28", AS_FAR_AS_KNOWN),
            ("2015-03", "2015-02-28", NOT_AS_KNOWN),
            ("2015-02-07", "2015-02-28", TWO_PARTS),
            ("2015-02-07", "2015-11-28", SAME_YEAR),
            ("2015-02-07", "2009-11-28", DIFFERENT),
            ("2011-06-14", "1985-06-14", DIFFERENT),
            ("2012-06-14", "1982-06-14", DIFFERENT),
            ("2012-06-14", "2002-06-14", ONE_DIGIT),
            ("2012-06-14", "2008-06-14", DIFFERENT),
            ("2021-12-10~", "2021-11-28", EXPECTED),
            ("2021-12-10~", "2021-12-28", EXPECTED),
            ("2021-12-10~", "2022-02-28", NOT_EXPECTED),
            ("2015~", "2014-11-28", AGE_FITS),
            ("2015~", "2015-03-01", AGE_FITS),
            ("2015~", "2016-03-01", AGE_MISFITS),
            ("2015~", "2016~", AGE_FITS),
            ("2021-12~", "2021-12~", EXPECTED),
            ("2021-12-10~", "2021-11-20~", EXPECTED),
            ("2021-12-10~", "2021-10-20~", NOT_EXPECTED),
            ("unknown", "2015-02-07", MISSING),
        ] {
            let (a, b) = (DateValue::parse(x), DateValue::parse(y));
            assert_eq!((a.against(&b), b.against(&a)), (level, level), "{x} {y}");
        }
    }
}
