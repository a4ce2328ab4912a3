//! Clean values as they are published: ISO dates, pounds, canonical codes, tidy text.

use std::fmt::{Display, Write};

use collate_model::{Date, DateSpan, Money, PersonName, Precision, Value};

/// How far a value can be trusted as a value of its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validity {
    /// It could not be read.
    Unreadable,
    /// It was read, with a doubt.
    Doubtful,
    /// It is less exact than the field allows: a month for a day.
    Vague,
    /// It is what the field asks for.
    Good,
}

/// How far a clean value, flawed or not, can be trusted.
pub fn validity(value: &Value, flawed: bool) -> Validity {
    match value {
        Value::Unreadable | Value::Missing => Validity::Unreadable,
        _ if flawed => Validity::Doubtful,
        Value::Dates(dates) if dates.iter().any(|d| d.precision != Precision::Day) => Validity::Vague,
        _ => Validity::Good,
    }
}

/// Appends the whole value.
pub fn push_text(value: &Value, to: &mut String) {
    match value {
        Value::Missing | Value::Unreadable => {}
        Value::Text(text) => to.push_str(text),
        Value::Money(money) => push_pounds(money, to),
        Value::Number(number) => push(number, to),
        Value::Rag(rag) => to.push_str(rag.word()),
        Value::People(people) => push_all(people, push_name, to),
        Value::Dates(dates) => push_all(dates, push_date, to),
        Value::Refs(texts) | Value::Codes(texts) => push_all(texts, |text, to| to.push_str(text), to),
    }
}

/// The single values of a cell that holds several, each put together in `scratch`; none of a cell
/// that holds one.
pub fn parts(value: &Value, scratch: &mut String, mut each: impl FnMut(&str)) {
    let mut whole = |push: &mut dyn FnMut(&mut String)| {
        scratch.clear();
        push(scratch);
        each(scratch);
    };
    match value {
        Value::People(people) if people.len() > 1 => {
            people.iter().for_each(|person| whole(&mut |to| push_name(person, to)));
        }
        Value::Dates(dates) if dates.len() > 1 => {
            dates.iter().for_each(|date| whole(&mut |to| push_date(date, to)));
        }
        Value::Refs(texts) | Value::Codes(texts) if texts.len() > 1 => {
            texts.iter().for_each(|text| each(text));
        }
        _ => {}
    }
}

fn push_all<T>(values: &[T], push: impl Fn(&T, &mut String), to: &mut String) {
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            to.push_str("; ");
        }
        push(value, to);
    }
}

/// Appends `2021-08-24`; a span as ISO 8601 has it, `2021-10-01/2021-11-30`; nothing for an open date.
pub fn push_date(span: &DateSpan, to: &mut String) {
    let (from, until) = (span.from, span.to);
    if from.is_none() && until.is_none() {
        return;
    }
    let end = |day: Option<Date>, to: &mut String| match day {
        Some(day) => push_day(day, to),
        None => to.push_str(".."),
    };
    end(from, to);
    if from != until {
        to.push('/');
        end(until, to);
    }
}

/// Appends `2021-08-24`.
pub fn push_day(day: Date, to: &mut String) {
    push(day, to);
}

/// Appends `Surname, Forenames`, or whichever of the two is known.
pub fn push_name(person: &PersonName, to: &mut String) {
    let nameless = person.unborn && person.forenames.is_empty();
    let forenames = if nameless { "(unborn)" } else { &person.forenames };
    to.push_str(&person.surname);
    if !person.surname.is_empty() && !forenames.is_empty() {
        to.push_str(", ");
    }
    to.push_str(forenames);
}

fn push_pounds(money: &Money, to: &mut String) {
    let sign = if money.pence < 0 { "-" } else { "" };
    let pence = money.pence.unsigned_abs();
    push(format_args!("{sign}{}.{:02}", pence / 100, pence % 100), to);
}

fn push(shown: impl Display, to: &mut String) {
    let _ = write!(to, "{shown}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_published_in_one_form() {
        let day = Date::constant(2021, 8, 24);
        let mut span = DateSpan::day(day);
        span.precision = Precision::Month;
        span.from = Some(Date::constant(2021, 8, 1));
        span.to = Some(Date::constant(2021, 8, 31));
        for (value, expected) in [
            (Value::Dates(vec![DateSpan::day(day)]), "2021-08-24"),
            (Value::Dates(vec![span]), "2021-08-01/2021-08-31"),
            (Value::Money(Money { pence: 500_050, each: false }), "5000.50"),
            (Value::Money(Money { pence: -5, each: false }), "-0.05"),
            (Value::Codes(["Article 6".into(), "Article 8".into()].into()), "Article 6; Article 8"),
            (Value::Number(2.0), "2"),
            (Value::Missing, ""),
        ] {
            let mut text = String::new();
            push_text(&value, &mut text);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn spans_and_names_have_what_is_known_of_them() {
        let day = |month| Some(Date::constant(2021, month, 1));
        for (from, to, expected) in [
            (day(1), day(1), "2021-01-01"),
            (day(1), None, "2021-01-01/.."),
            (None, day(2), "../2021-02-01"),
            (None, None, ""),
        ] {
            let mut text = String::new();
            push_date(&DateSpan { from, to, ..DateSpan::day(Date::constant(2021, 1, 1)) }, &mut text);
            assert_eq!(text, expected);
        }
        for (surname, forenames, unborn, expected) in [
            ("Smith", "Ava", false, "Smith, Ava"),
            ("Smith", "", false, "Smith"),
            ("", "Ava", true, "Ava"),
            ("Smith", "", true, "Smith, (unborn)"),
            ("", "", true, "(unborn)"),
        ] {
            let mut text = String::new();
            let (surname, forenames) = (surname.into(), forenames.into());
            push_name(&PersonName { surname, forenames, unborn, ..PersonName::default() }, &mut text);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn only_a_cell_of_several_values_has_parts() {
        for (value, expected) in [
            (Value::Refs(["A1".into(), "B2".into()].into()), vec!["A1", "B2"]),
            (Value::Refs(["A1".into()].into()), vec![]),
            (Value::Text("A1; B2".into()), vec![]),
        ] {
            let mut found = Vec::new();
            parts(&value, &mut String::new(), |part| found.push(part.to_owned()));
            assert_eq!(found, expected);
        }
    }
}
