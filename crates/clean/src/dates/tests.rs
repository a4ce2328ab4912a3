//! Every way of writing a date that is known, and what becomes of it.

use collate_model::{CellKind, Date, DateSpan, Precision, Value};
use jiff::civil::date;
use proptest::prelude::*;

use super::clean;
use crate::{Context, DateOrder};

const AS_AT: Date = date(2021, 9, 7);

fn context() -> Context {
    Context { as_at: Some(AS_AT), ..Context::default() }
}

/// `2021-08-24`, `2021-10-01..2021-11-30 Span`, `..2022-06-30 Month ongoing`, `~`, `@630`.
fn show(value: &Value) -> String {
    let Value::Dates(dates) = value else { return format!("{value:?}") };
    dates.iter().map(show_span).collect::<Vec<_>>().join("; ")
}

fn show_span(span: &DateSpan) -> String {
    let end = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let mut out = match span.exact() {
        Some(day) if span.to == Some(day) => day.to_string(),
        _ if span.precision == Precision::Open => "open".to_owned(),
        _ => format!("{}..{} {:?}", end(span.from), end(span.to), span.precision),
    };
    for (there, mark) in [(span.ongoing, " ongoing"), (span.estimated, " ~")] {
        if there {
            out.push_str(mark);
        }
    }
    if let Some(minutes) = span.minutes {
        out.push_str(&format!(" @{minutes}"));
    }
    out
}

fn check(cases: &[(&str, &str)], context: &Context, span: bool) {
    for (text, expected) in cases {
        let (value, doubt) = clean(text, CellKind::Text, context, span);
        let code = doubt.map(|doubt| format!(" !{}", doubt.code)).unwrap_or_default();
        assert_eq!(format!("{}{code}", show(&value)), *expected, "{text}");
    }
}

#[test]
fn days() {
    check(
        &[
            ("24/08/2021", "2021-08-24"),
            ("24.8.21", "2021-08-24"),
            ("24-Aug-21", "2021-08-24"),
            ("1/9/21", "2021-09-01"),
            ("24 th August 2021", "2021-08-24"),
            ("August 24 th, 2021", "2021-08-24"),
            ("24th of August 2021", "2021-08-24"),
            ("August 24, 2021", "2021-08-24"),
            ("Tues 24 Aug 2021", "2021-08-24"),
            ("Tuesday, 24 August 2021", "2021-08-24"),
            ("31 May 2021", "2021-05-31"),
            ("24Aug21", "2021-08-24"),
            ("24 08 2021", "2021-08-24"),
            ("24 / 08 / 2021", "2021-08-24"),
            ("20210824", "2021-08-24"),
            ("24082021", "2021-08-24"),
            ("24/08/21 10:30", "2021-08-24 @630"),
            ("4pm 12/04/21", "2021-04-12 @960"),
            ("by 4.00pm on 12/04/21", "2021-04-12 @960"),
            ("24 August 2021 @10am", "2021-08-24 @600"),
            ("24 August 2021 at 10.30", "2021-08-24 @630"),
            ("2021-08-24", "2021-08-24"),
            ("2021-08-24T10:30:00", "2021-08-24 @630"),
            ("44347", "2021-05-31"),
            ("44347.5", "2021-05-31 @720"),
            ("19999", "Unreadable !date-unreadable"),
            ("60001", "Unreadable !date-unreadable"),
            ("c. 24/08/2021", "2021-08-24 ~"),
            ("24/08/2098", "2098-08-24"),
            ("24/08/98", "1998-08-24"),
        ],
        &context(),
        false,
    );
}

#[test]
fn months_spans_weeks_quarters_terms_and_years() {
    check(
        &[
            ("June 2021", "2021-06-01..2021-06-30 Month"),
            ("Sept '21", "2021-09-01..2021-09-30 Month"),
            ("Apr-21", "2021-04-01..2021-04-30 Month"),
            ("12/21", "2021-12-01..2021-12-31 Month"),
            ("06/2021", "2021-06-01..2021-06-30 Month"),
            ("2021-06", "2021-06-01..2021-06-30 Month"),
            ("early Sept 2021", "2021-09-01..2021-09-30 Month"),
            ("mid-Sept 2021", "2021-09-01..2021-09-30 Month"),
            ("by end of June 2021", "2021-06-01..2021-06-30 Month"),
            ("Oct/Nov 2021", "2021-10-01..2021-11-30 Span"),
            ("June / July 2021", "2021-06-01..2021-07-31 Span"),
            ("April/May 2021", "2021-04-01..2021-05-31 Span"),
            ("Sept & Oct 2021", "2021-09-01..2021-10-31 Span"),
            ("Dec/Jan 2022", "2021-12-01..2022-01-31 Span"),
            ("Nov 2021 - Feb 2022", "2021-11-01..2022-02-28 Span"),
            ("12-18 April 2021", "2021-04-12..2021-04-18 Span"),
            ("01/04/21 - 30/06/21", "2021-04-01..2021-06-30 Span"),
            ("1 April to 30 June 2021", "2021-04-01..2021-06-30 Span"),
            ("12/04 - 14/04/21", "2021-04-12..2021-04-14 Span"),
            ("1.4.21-30.6.21", "2021-04-01..2021-06-30 Span"),
            ("1st or 2nd Oct 2021", "2021-10-01..2021-10-02 Span"),
            ("1 or 2 October 21", "2021-10-01..2021-10-02 Span"),
            ("31 Mar 2021 - 2 Apr 2021", "2021-03-31..2021-04-02 Span"),
            ("w/c 12/04/21", "2021-04-12..2021-04-18 Week"),
            ("week commencing 12 April 2021", "2021-04-12..2021-04-18 Week"),
            ("w/e 16/04/21", "2021-04-10..2021-04-16 Week"),
            ("Q2 2020/21", "2020-07-01..2020-09-30 Span"),
            ("2021/22 Q4", "2022-01-01..2022-03-31 Span"),
            ("Q1 2021", "2021-04-01..2021-06-30 Span !date-quarter-assumed"),
            ("2021/22", "2021-04-01..2022-03-31 Year"),
            ("FY 21/22", "2021-04-01..2022-03-31 Year"),
            ("2021", "2021-01-01..2021-12-31 Year"),
            ("Autumn term 2021", "2021-09-01..2021-12-31 Span"),
            ("Spring term 2021/22", "2022-01-01..2022-03-31 Span"),
            ("Spring 2022", "2022-03-01..2022-05-31 Span"),
        ],
        &context(),
        true,
    );
}

#[test]
fn open_deadlines() {
    check(
        &[
            ("Ongoing", "open ongoing"),
            ("on-going", "open ongoing"),
            ("TBC", "open"),
            ("ASAP", "open"),
            ("To be confirmed", "open"),
            ("Monthly and as and when required", "open ongoing"),
            ("May 2021 and ongoing", "2021-05-01..2021-05-31 Month ongoing"),
            ("April 2021 and ongoing", "2021-04-01..2021-04-30 Month ongoing"),
            ("August / September 2021 then ongoing", "2021-08-01..2021-09-30 Span ongoing"),
            ("Ongoing with a view to covering all topics by June 2022.", "..2022-06-30 Month ongoing"),
            ("in 6 weeks", "open !date-relative"),
            ("6-8 weeks", "open !date-relative"),
            ("31.10.21 (was 30.9.21)", "2021-10-31"),
            ("was 30.9.21 now 31.10.21", "2021-10-31"),
            ("was 30.9.21", "2021-09-30"),
            ("12 weeks from 1/9/21", "Unreadable !date-relative"),
            ("12 weeks from the hearing", "open !date-relative"),
            ("Review from 1/9/21", "2021-09-01"),
            ("1/2/2010, EDD 5/12/2021", "2010-02-01; 2021-12-05 ~"),
            ("EDD 5/12/2021; 1/2/2010", "2021-12-05 ~; 2010-02-01"),
            ("1/2/2010\n5/12/2021 (EDD)", "2010-02-01; 2021-12-05 ~"),
            ("EDD 5/12/2021", "2021-12-05 ~"),
            ("3/5/2021 EDD was 1/5/2021", "2021-05-03"),
            ("3/5/2021 (EDD 1/5/2021)", "2021-05-03; 2021-05-01 ~"),
        ],
        &context(),
        true,
    );
}

#[test]
fn doubtful_dates_say_so() {
    check(
        &[
            ("31 Sept 2021", "2021-09-01..2021-09-30 Month !date-impossible"),
            ("29/02/2021", "2021-02-01..2021-02-28 Month !date-impossible"),
            ("00/06/2014", "2014-06-01..2014-06-30 Month !date-impossible"),
            ("08/24/2021", "2021-08-24 !date-order-mixed"),
            ("Mon 24 Aug 2021", "2021-08-24 !date-weekday"),
            ("24/08", "2021-08-24 !date-year-assumed"),
            ("24/08 @10am", "2021-08-24 @600 !date-year-assumed"),
            ("Mon 24 Aug", "2020-08-24 !date-year-assumed"),
            ("24/08/21 CMH", "2021-08-24 !date-with-words"),
            ("4/10/21?", "2021-10-04 !date-doubtful"),
            ("4/10/21 ??", "2021-10-04 !date-doubtful"),
            ("? 4/10/21", "2021-10-04 !date-doubtful"),
            ("4 Oct 2021 (?)", "2021-10-04 !date-doubtful"),
            ("June 2021?", "2021-06-01..2021-06-30 Month !date-doubtful"),
            ("4/10/21? CMH", "2021-10-04 !date-doubtful"),
            ("31 Sept 2021?", "2021-09-01..2021-09-30 Month !date-impossible"),
            ("TBC?", "open"),
            ("?", "Unreadable !date-unreadable"),
            ("soon", "Unreadable !date-unreadable"),
            ("June 202", "Unreadable !date-unreadable"),
            ("31/13/2021", "Unreadable !date-unreadable"),
            ("may be later", "Unreadable !date-unreadable"),
            ("room 2021", "Unreadable !date-unreadable"),
            ("99", "Unreadable !date-unreadable"),
        ],
        &context(),
        false,
    );
    check(&[("24/08", "Unreadable !date-no-year")], &Context::default(), false);
}

#[test]
fn several_dates_in_a_cell() {
    check(
        &[
            ("01/02/15; 03/04/17", "2015-02-01; 2017-04-03"),
            ("01/02/15\n03/04/17", "2015-02-01; 2017-04-03"),
            ("01/02/15 & 03/04/17", "2015-02-01; 2017-04-03"),
            ("01/02/15 / 03/04/17", "2015-02-01; 2017-04-03"),
            ("12 & 13 April 2021", "2021-04-12; 2021-04-13"),
            ("12 April and 3 May 2021", "2021-04-12; 2021-05-03"),
        ],
        &context(),
        false,
    );
}

#[test]
fn dates_of_birth() {
    let birth = Context { birth: true, ..context() };
    check(
        &[
            ("24/08/14", "2014-08-24"),
            ("24/08/98", "1998-08-24"),
            ("24/08/21", "2021-08-24"),
            ("24/08/45", "1945-08-24"),
            ("10/02/32", "1932-02-10 !dob-early"),
            ("24/08/14?", "2014-08-24 !date-doubtful"),
            ("24/12/21", "2021-12-24 !dob-future"),
            ("24/12/2030", "2030-12-24 !dob-future"),
            ("EDD 12/12/21", "2021-12-12 ~"),
            ("06/07", "2007-06-01..2007-06-30 Month"),
            ("Unborn", "open"),
            ("01/01/1900", "Unreadable !date-dummy"),
        ],
        &birth,
        false,
    );
    check(
        &[
            ("24/08/14", "2014-08-24"),
            ("24/08/30", "2030-08-24"),
            ("10/02/32", "1932-02-10 !dob-early"),
            ("10/02/40", "1940-02-10"),
            ("31/12/2030", "2030-12-31"),
            ("01/01/2031", "2031-01-01 !dob-future"),
            ("EDD 01/01/2031", "2031-01-01 ~"),
        ],
        &Context { birth: true, ..Context::default() },
        false,
    );
    check(
        &[
            ("1752-02-24", "1752-02-24"),
            ("24/02/1752", "1752-02-24"),
            ("10/02/1932", "1932-02-10"),
            ("15/01/1900", "1900-01-15"),
            ("01/01/1900", "Unreadable !date-dummy"),
            ("1352-02-24", "Unreadable !date-unreadable"),
        ],
        &Context { birth: true, historic: true, ..Context::default() },
        false,
    );
    // A year out of reach is no reason to take what stands beside it for a date.
    check(
        &[
            ("1752-02-24", "Unreadable !date-unreadable"),
            ("1871-02-24", "1871-02-24 !dob-early"),
            ("24/13/2014", "Unreadable !date-unreadable"),
        ],
        &birth,
        false,
    );
    let other = Context::default();
    check(&[("10/02/32", "2032-02-10"), ("10/02/1932", "1932-02-10")], &other, false);
}

#[test]
fn a_date_of_birth_beside_a_name_may_be_doubtful() {
    for (text, day) in [("4/10/11?", date(2011, 10, 4)), ("10/02/1932", date(1932, 2, 10))] {
        let context = Context { birth: true, ..context() };
        assert_eq!(super::read_one(text, &context), Some(DateSpan::day(day)), "{text}");
    }
}

#[test]
fn real_dates_and_serial_numbers() {
    for (text, cell, expected) in [
        ("2021-08-24", CellKind::Date, "2021-08-24"),
        ("2021-08-24T00:00:00", CellKind::Date, "2021-08-24"),
        ("2021-08-24T10:30:00", CellKind::Date, "2021-08-24 @630"),
        ("44347", CellKind::Number, "2021-05-31"),
        ("9999-12-31", CellKind::Date, "Unreadable"),
        ("1900-01-00", CellKind::Text, "Unreadable"),
        ("1899-12-31", CellKind::Date, "Unreadable"),
    ] {
        assert_eq!(show(&clean(text, cell, &context(), false).0), expected);
    }
}

fn any_date() -> impl Strategy<Value = Date> {
    (1970i16..2068, 1i8..=12, 1i8..=31).prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

proptest! {
    #[test]
    fn never_panics(text in "(.|\n){0,30}", birth: bool, span: bool) {
        clean(&text, CellKind::Text, &Context { birth, ..context() }, span);
        clean(&text, CellKind::Date, &context(), span);
    }

    #[test]
    fn never_panics_on_nearly_dates(text in "([0-9]{1,5}|[-/., :@&;]|th|am|aug|sept|q|w/c|to|ongoing|autumn|term| ){0,10}") {
        clean(&text, CellKind::Text, &context(), false);
        clean(&text, CellKind::Number, &Context { birth: true, order: DateOrder::MonthFirst, ..context() }, true);
    }

    #[test]
    fn every_accepted_form_reads_back(day in any_date(), form in 0usize..12) {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let name = MONTHS[(m - 1) as usize];
        let text = match form {
            0 => format!("{d:02}/{m:02}/{y}"),
            1 => format!("{d}.{m}.{:02}", y % 100),
            2 => format!("{d}-{}-{:02}", &name[..3], y % 100),
            3 => format!("{d} {name} {y}"),
            4 => format!("{name} {d}, {y}"),
            5 => format!("{y}-{m:02}-{d:02}"),
            6 => format!("{d} th {name} {y}"),
            7 => format!("{y}-{m:02}-{d:02}T09:30:00"),
            8 => format!("{d:02}/{m:02}/{y} 9.30am"),
            9 => format!("{d:02} {m:02} {y}"),
            10 => format!("{y}{m:02}{d:02}"),
            _ => format!("9:30 {d}/{m}/{:02}", y % 100),
        };
        let (value, doubt) = clean(&text, CellKind::Text, &Context::default(), false);
        let Value::Dates(dates) = value else { panic!("{text} is {value:?}") };
        prop_assert_eq!((dates.len(), dates[0].exact(), doubt), (1, Some(day), None), "{}", text);
    }

    #[test]
    fn iso_dates_read_back_as_themselves(text in "[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ]([0-9]{2}|20[0-9]{2})") {
        if let Value::Dates(dates) = clean(&text, CellKind::Text, &Context::default(), false).0
            && let Some(day) = dates[0].exact()
        {
            let again = clean(&day.to_string(), CellKind::Text, &Context::default(), false).0;
            prop_assert_eq!(again, Value::Dates(vec![DateSpan::day(day)]));
        }
    }

    #[test]
    fn month_first_columns_read_back(day in any_date()) {
        let text = format!("{}/{}/{}", day.month(), day.day(), day.year());
        let context = Context { order: DateOrder::MonthFirst, ..Context::default() };
        prop_assert_eq!(clean(&text, CellKind::Text, &context, false), (Value::Dates(vec![DateSpan::day(day)]), None));
    }
}
