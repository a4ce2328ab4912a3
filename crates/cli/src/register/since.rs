//! What is different since the last run, in plain words.

use collate_model::{Change, Changed, Dataset};

use crate::summary::number;

/// `since 6 September: 3 new children, 1 case concluded, 2 values changed`.
pub fn since(last: &str, dataset: &Dataset, stale: &[(String, i64)]) -> String {
    let mut parts = Vec::new();
    for what in Changed::ALL {
        if what == Changed::Value {
            continue;
        }
        for (sort, table) in dataset.tables.iter().enumerate() {
            let count = dataset.changes.iter().filter(|c| c.what == what && c.sort == sort).count();
            if count > 0 {
                parts.push(whole(what, count, &table.def.name, &table.def.plural));
            }
        }
    }
    let is_date = |change: &&Change| {
        let columns = &dataset.tables[change.sort].columns;
        let is_day = |column: &collate_model::EntityColumn| {
            matches!(column.kind, collate_model::FieldType::Date | collate_model::FieldType::DateSpan)
        };
        columns.iter().any(|column| column.name == change.column && is_day(column))
    };
    let values: Vec<&Change> =
        dataset.changes.iter().filter(|change| change.what == Changed::Value).collect();
    let dates = values.iter().copied().filter(is_date).count();
    for (count, one, several) in
        [(dates, "date", "dates"), (values.len() - dates, "other value", "other values")]
    {
        if count > 0 {
            parts.push(format!("{} {} changed", number(count), if count == 1 { one } else { several }));
        }
    }
    parts.extend(stale.iter().map(|(file, days)| format!("{file} not updated for {days} days")));
    let parts = if parts.is_empty() { "nothing is different".to_owned() } else { parts.join(", ") };
    format!("Since {}: {parts}", day(last))
}

fn whole(what: Changed, count: usize, name: &str, plural: &str) -> String {
    let of = if count == 1 { name } else { plural }.replace('_', " ");
    let count = number(count);
    match what {
        Changed::New => format!("{count} new {of}"),
        Changed::Back => format!("{count} {of} back"),
        Changed::Gone => format!("{count} {of} gone"),
        Changed::Merged => format!("{count} {of} merged into another"),
        Changed::Split => format!("{count} {of} split from another"),
        Changed::Concluded => format!("{count} {of} concluded"),
        Changed::Reopened => format!("{count} {of} re-opened"),
        Changed::Value => String::new(),
    }
}

/// `6 September 2021` of `2021-09-06T07:00:00Z`.
fn day(at: &str) -> String {
    let date = at.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    date.map_or_else(|| at.to_owned(), |date| date.strftime("%-d %B %Y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_as_people_write_them() {
        for (at, expected) in [("2021-09-06T07:00:00Z", "6 September 2021"), ("", ""), ("soon", "soon")] {
            assert_eq!(day(at), expected);
        }
    }
}
