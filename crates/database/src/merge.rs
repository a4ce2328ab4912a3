//! Makes a table equal to what was staged for it: rows that are gone go, rows that differ change, new
//! rows come. A row that is the same is not touched, so that nothing that watches it is woken.

use crate::name::quoted;
use crate::table::{Gone, Table};

/// A statement, and what the rows that it changes are counted as.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The statement.
    pub sql: String,
    /// What became of the rows.
    pub what: What,
}

/// What became of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// They were added.
    Added,
    /// They were changed.
    Changed,
    /// They were deleted, or retired.
    Gone,
}

/// The statements. `into` and `staged` are the quoted names of the two tables; `lost` are columns that
/// a former run filled and this one does not have: they become empty.
pub(crate) fn steps(table: &Table, lost: &[String], into: &str, staged: &str) -> Vec<Step> {
    let key: Vec<String> = table.key().map(|key| format!("s.{0} = t.{0}", quoted(key))).collect();
    let same = key.join(" AND ");
    let mut steps = Vec::new();
    let mut step = |what, sql| steps.push(Step { sql, what });
    let missing = format!("NOT EXISTS (SELECT 1 FROM {staged} AS s WHERE {same})");
    match table.gone {
        Gone::Deleted => step(What::Gone, format!("DELETE FROM {into} AS t WHERE {missing}")),
        Gone::Retired => step(
            What::Gone,
            format!("UPDATE {into} AS t SET state = 'retired' WHERE state <> 'retired' AND {missing}"),
        ),
        Gone::Kept => {}
    }
    let rest = table.columns.iter().filter(|column| !column.key).map(|column| quoted(&column.name));
    let mut values: Vec<(String, String)> = rest.map(|name| (name.clone(), format!("s.{name}"))).collect();
    values.extend(lost.iter().map(|name| (quoted(name), "NULL".to_owned())));
    if !values.is_empty() {
        let set: Vec<String> = values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let old: Vec<String> = values.iter().map(|(name, _)| format!("t.{name}")).collect();
        let new: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
        step(
            What::Changed,
            format!(
                "UPDATE {into} AS t SET {} FROM {staged} AS s WHERE {same} AND {}",
                set.join(", "),
                differ(&old, &new)
            ),
        );
    }
    let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let from: Vec<String> = names.iter().map(|name| format!("s.{name}")).collect();
    step(
        What::Added,
        format!(
            "INSERT INTO {into} ({}) SELECT {} FROM {staged} AS s WHERE NOT EXISTS \
             (SELECT 1 FROM {into} AS t WHERE {same})",
            names.join(", "),
            from.join(", ")
        ),
    );
    steps
}

/// Whether two lists of values differ, empty ones included.
fn differ(old: &[String], new: &[&str]) -> String {
    format!("({}) IS DISTINCT FROM ({})", old.join(", "), new.join(", "))
}

/// Empties a table whose sort of entity this run does not have.
pub(crate) fn emptied(into: &str) -> Step {
    Step { sql: format!("DELETE FROM {into}"), what: What::Gone }
}
