//! Clean values as they are published: ISO dates, pounds, canonical codes, tidy text.

use collate_model::{CleanTable, DateSpan, FieldType, Money, PersonName, Pool, Precision, TextId, Value};

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

/// One distinct value of a column, ready to publish.
pub struct Shown {
    /// The value as a whole.
    pub whole: TextId,
    /// Of a span of days: the first and the last.
    pub ends: (TextId, TextId),
    /// Of several values in one cell: each.
    pub parts: Vec<TextId>,
    /// The cell's original text.
    pub raw: TextId,
    /// Whether it is what the field asks for.
    pub validity: Validity,
}

/// Every distinct value of every column of a table.
pub fn columns(table: &CleanTable, kinds: impl Fn(usize) -> FieldType, pool: &mut Pool) -> Vec<Vec<Shown>> {
    let mut shown = Vec::with_capacity(table.columns.len());
    for (c, column) in table.columns.iter().enumerate() {
        let span = kinds(c) == FieldType::DateSpan;
        let of = |value: &collate_model::Cleaned| {
            let raw = pool.intern(&value.raw);
            let mut ends = (0, 0);
            if let Value::Dates(dates) = &value.value {
                let end = |date: Option<collate_model::Date>| date.map(|d| d.to_string()).unwrap_or_default();
                ends.0 = pool.intern(&dates.first().map(|d| end(d.from)).unwrap_or_default());
                ends.1 = pool.intern(&dates.last().map(|d| end(d.to)).unwrap_or_default());
            }
            let whole = if span { value.raw.to_string() } else { text(&value.value) };
            let parts = parts(&value.value);
            Shown {
                whole: pool.intern(&whole),
                ends,
                parts: parts.iter().map(|part| pool.intern(part)).collect(),
                raw,
                validity: validity(&value.value, value.flaw.is_some()),
            }
        };
        shown.push(column.values.iter().map(of).collect());
    }
    shown
}

fn validity(value: &Value, flawed: bool) -> Validity {
    match value {
        Value::Unreadable | Value::Missing => Validity::Unreadable,
        _ if flawed => Validity::Doubtful,
        Value::Dates(dates) if dates.iter().any(|d| d.precision != Precision::Day) => Validity::Vague,
        _ => Validity::Good,
    }
}

/// The whole value as text.
pub fn text(value: &Value) -> String {
    match value {
        Value::Missing | Value::Unreadable => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Money(money) => pounds(money),
        Value::Number(number) => number.to_string(),
        Value::Rag(rag) => rag.word().to_owned(),
        _ => parts_or_one(value).join("; "),
    }
}

fn parts(value: &Value) -> Vec<String> {
    let parts = parts_or_one(value);
    if parts.len() > 1 { parts } else { Vec::new() }
}

fn parts_or_one(value: &Value) -> Vec<String> {
    match value {
        Value::People(people) => people.iter().map(name).collect(),
        Value::Dates(dates) => dates.iter().map(date).collect(),
        Value::Refs(texts) | Value::Codes(texts) => texts.iter().map(|t| t.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// `2021-08-24`; a span as ISO 8601 has it, `2021-10-01/2021-11-30`; nothing for an open date.
pub fn date(span: &DateSpan) -> String {
    match (span.from, span.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}/{to}"),
        (Some(from), None) => format!("{from}/.."),
        (None, Some(to)) => format!("../{to}"),
        (None, None) => String::new(),
    }
}

/// `Surname, Forenames`, or whichever of the two is known.
pub fn name(person: &PersonName) -> String {
    let unborn = if person.unborn && person.forenames.is_empty() { "(unborn)" } else { "" };
    let forenames = if unborn.is_empty() { &person.forenames } else { unborn };
    match (person.surname.is_empty(), forenames.is_empty()) {
        (false, false) => format!("{}, {forenames}", person.surname),
        (false, true) => person.surname.to_string(),
        _ => forenames.to_owned(),
    }
}

fn pounds(money: &Money) -> String {
    let sign = if money.pence < 0 { "-" } else { "" };
    let pence = money.pence.unsigned_abs();
    format!("{sign}{}.{:02}", pence / 100, pence % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use collate_model::Date;

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
            assert_eq!(text(&value), expected);
        }
    }
}
