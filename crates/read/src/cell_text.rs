//! The text of a typed cell: numbers in full, dates as ISO 8601, errors as a spreadsheet
//! shows them. The one place where serial numbers become days.

use std::fmt::Write;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};
use collate_model::CellKind;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};

const DAY: i64 = 86_400;
/// 31 December 9999 as a serial number of the 1900 system.
const LAST_SERIAL: i64 = 2_958_465;
/// Days between the two systems.
const SHIFT_1904: i64 = 1_462;

/// Writes a workbook cell's text into `out` (cleared first) and says what it holds.
pub(crate) fn write_cell(value: &DataRef<'_>, date_1904: bool, out: &mut String) -> CellKind {
    out.clear();
    match value {
        DataRef::Empty => CellKind::Empty,
        DataRef::Int(x) => {
            put(out, format_args!("{x}"));
            CellKind::Number
        }
        DataRef::Float(x) => write_number(*x, out),
        DataRef::String(text) => write_text(text, out),
        DataRef::SharedString(text) => write_text(text, out),
        DataRef::Bool(x) => write_bool(*x, out),
        DataRef::DateTime(moment) => write_moment(moment, date_1904, out),
        DataRef::DateTimeIso(text) => write_iso_date(text, out),
        DataRef::DurationIso(text) => write_iso_time(text, out),
        DataRef::Error(error) => {
            match error {
                CellErrorType::GettingData => out.push_str("#GETTING_DATA"),
                error => put(out, format_args!("{error}")),
            }
            CellKind::Error
        }
    }
}

/// The same value, borrowed.
pub(crate) fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(x) => DataRef::Int(*x),
        Data::Float(x) => DataRef::Float(*x),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(x) => DataRef::Bool(*x),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn write_text(text: &str, out: &mut String) -> CellKind {
    out.push_str(text);
    CellKind::Text
}

pub(crate) fn write_bool(value: bool, out: &mut String) -> CellKind {
    out.push_str(if value { "true" } else { "false" });
    CellKind::Bool
}

/// The shortest text that reads back to the same number; digits in full from 1e-7 to 1e21,
/// so that an identifier never turns into `1.6E+15`.
pub(crate) fn write_number(x: f64, out: &mut String) -> CellKind {
    if !x.is_finite() {
        put(out, format_args!("{x}"));
        return CellKind::Text;
    }
    let size = x.abs();
    if x.fract() == 0.0 && size < 1e15 {
        put(out, format_args!("{}", x as i64));
    } else if (1e-7..1e21).contains(&size) {
        put(out, format_args!("{x}"));
    } else {
        put(out, format_args!("{x:e}"));
    }
    CellKind::Number
}

/// A share that is shown as a percentage: `0.41` is `41%`, as a text file of the same sheet would have it.
pub(crate) fn write_percent(share: f64, out: &mut String) -> CellKind {
    // A hundred times .29 is 28.999999999999996.
    let percent = (share * 100.0 * 1e9).round() / 1e9;
    let _ = write_number(if percent.is_finite() { percent } else { share * 100.0 }, out);
    out.push('%');
    CellKind::Text
}

/// The same of a number that is written already.
pub(crate) fn as_percent(number: &mut String) -> CellKind {
    match number.parse() {
        Ok(share) => {
            number.clear();
            write_percent(share, number)
        }
        Err(_) => CellKind::Text,
    }
}

fn write_moment(moment: &ExcelDateTime, date_1904: bool, out: &mut String) -> CellKind {
    if moment.is_duration() {
        write_elapsed(moment.as_f64(), out)
    } else {
        write_serial(moment.as_f64(), date_1904, out)
    }
}

/// Days that are shown as hours, minutes and seconds; a negative number, which no clock shows, stays one.
pub(crate) fn write_elapsed(days: f64, out: &mut String) -> CellKind {
    if (0.0..LAST_SERIAL as f64).contains(&days) {
        write_clock((days * DAY as f64).round() as i64, out)
    } else {
        write_number(days, out)
    }
}

/// A serial number formatted as a date. A fraction of a day alone is a time; what no calendar
/// has (0, 29 February 1900, a negative number, beyond the year 9999) stays a number.
pub(crate) fn write_serial(serial: f64, date_1904: bool, out: &mut String) -> CellKind {
    let last = LAST_SERIAL - if date_1904 { SHIFT_1904 } else { 0 };
    if !(serial > 0.0 && serial < (last + 1) as f64) {
        return write_number(serial, out);
    }
    let seconds = (serial * DAY as f64).round() as i64;
    if serial < 1.0 {
        return write_clock(seconds.min(DAY - 1), out);
    }
    let (day, second) = (seconds / DAY, seconds % DAY);
    let epoch = match (date_1904, day) {
        (true, _) => Date::constant(1904, 1, 1),
        (false, 60) => return write_number(serial, out),
        (false, ..60) => Date::constant(1899, 12, 31),
        (false, _) => Date::constant(1899, 12, 30),
    };
    match epoch.checked_add(day.days()) {
        Ok(date) if second == 0 => put(out, format_args!("{date}")),
        Ok(date) => {
            put(out, format_args!("{date}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60))
        }
        Err(_) => return write_number(serial, out),
    }
    CellKind::Date
}

/// `10:30`, or `10:30:15` where there are seconds; hours may pass 24.
fn write_clock(seconds: i64, out: &mut String) -> CellKind {
    put(out, format_args!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60));
    if seconds % 60 != 0 {
        put(out, format_args!(":{:02}", seconds % 60));
    }
    CellKind::Text
}

/// A date that the file holds as ISO 8601 text; anything else stays as it is written.
pub(crate) fn write_iso_date(text: &str, out: &mut String) -> CellKind {
    let Ok(moment) = text.trim_end_matches('Z').parse::<DateTime>() else {
        return write_text(text, out);
    };
    let (date, time) = (moment.date(), moment.time());
    put(out, format_args!("{date}"));
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    if (hour, minute, second) != (0, 0, 0) {
        put(out, format_args!("T{hour:02}:{minute:02}:{second:02}"));
    }
    CellKind::Date
}

/// A time or duration that the file holds as ISO 8601 text (`PT10H30M00S`).
pub(crate) fn write_iso_time(text: &str, out: &mut String) -> CellKind {
    match text.parse::<SignedDuration>() {
        Ok(duration) if !duration.is_negative() => write_clock(duration.as_secs(), out),
        _ => write_text(text, out),
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String can't fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_written_in_full_and_shortest() {
        for (number, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (42.0, "42"),
            (-7.0, "-7"),
            (0.1, "0.1"),
            (1234.5, "1234.5"),
            (1_600_123_456_789_012.0, "1600123456789012"),
            (9_434_765_919.0, "9434765919"),
            (1e20, "100000000000000000000"),
            (1e21, "1e21"),
            (1.5e-9, "1.5e-9"),
        ] {
            let mut out = String::new();
            assert_eq!(write_number(number, &mut out), CellKind::Number);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn serials_become_days_in_both_epochs() {
        use CellKind::{Date, Number, Text};
        for (serial, date_1904, kind, expected) in [
            (44_432.0, false, Date, "2021-08-24"),
            (44_432.437_5, false, Date, "2021-08-24T10:30:00"),
            (44_432.999_999_9, false, Date, "2021-08-25"),
            (42_970.0, true, Date, "2021-08-24"),
            (1.0, false, Date, "1900-01-01"),
            (59.0, false, Date, "1900-02-28"),
            (60.0, false, Number, "60"),
            (61.0, false, Date, "1900-03-01"),
            (1.0, true, Date, "1904-01-02"),
            (0.4375, false, Text, "10:30"),
            (0.437_673_611_111_111_1, false, Text, "10:30:15"),
            (0.999_999_9, false, Text, "23:59:59"),
            (0.0, false, Number, "0"),
            (-3.0, false, Number, "-3"),
            (2_958_465.0, false, Date, "9999-12-31"),
            (2_958_466.0, false, Number, "2958466"),
            (2_957_003.0, true, Date, "9999-12-31"),
            (2_957_004.0, true, Number, "2957004"),
            (160_012_345_678.0, false, Number, "160012345678"),
        ] {
            let mut out = String::new();
            let found = write_serial(serial, date_1904, &mut out);
            assert_eq!((found, out.as_str()), (kind, expected), "{serial} {date_1904}");
        }
    }

    #[test]
    fn iso_text_is_checked() {
        for (text, kind, expected) in [
            ("2021-08-24", CellKind::Date, "2021-08-24"),
            ("2021-08-24T00:00:00", CellKind::Date, "2021-08-24"),
            ("2021-08-24T10:30:00.500Z", CellKind::Date, "2021-08-24T10:30:00"),
            ("2021-02-31", CellKind::Text, "2021-02-31"),
            ("soon", CellKind::Text, "soon"),
        ] {
            let mut out = String::new();
            assert_eq!((write_iso_date(text, &mut out), out.as_str()), (kind, expected), "{text}");
        }
        for (text, expected) in [("PT10H30M00S", "10:30"), ("PT26H00M05S", "26:00:05"), ("later", "later")] {
            let mut out = String::new();
            write_iso_time(text, &mut out);
            assert_eq!(out, expected);
        }
    }

    proptest! {
        #[test]
        fn numbers_read_back(x in proptest::num::f64::ANY) {
            let mut out = String::new();
            if write_number(x, &mut out) == CellKind::Number {
                prop_assert_eq!(out.parse::<f64>().unwrap(), x);
            }
        }

        #[test]
        fn any_serial_has_a_text(serial in proptest::num::f64::ANY, date_1904: bool) {
            let mut out = String::new();
            write_serial(serial, date_1904, &mut out);
            prop_assert!(!out.is_empty());
        }
    }
}
