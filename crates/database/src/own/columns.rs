//! `collate_columns`: every table and column that collate made, with its type and what it holds. It is
//! how a later run knows which tables are its own.

use collate_publish::{Column, Key, Look};

use super::lines::Lines;
use crate::table::Table;

static COLUMNS: [Column; 4] = [
    Column::new("table_name", "Table", Look::Text),
    Column::new("column_name", "Column; empty for the table itself", Look::Text),
    Column::new("type", "text, date, integer, number or money", Look::Text),
    Column::new("comment", "What it holds", Look::Prose),
];

/// The table, itself included. A row says what a table is, the rows after it what its columns are.
pub(crate) fn columns(tables: &[Table]) -> Lines {
    let mut lines = Lines {
        name: super::COLUMNS,
        about: "One row per table and column that collate made. Rows are never deleted.",
        columns: &COLUMNS,
        key: Key::Columns(&[0, 1]),
        rows: Vec::new(),
    };
    let own = Table::of(&lines);
    for table in tables.iter().chain([&own]) {
        lines.rows.push(vec![table.name.clone(), String::new(), String::new(), table.about.clone()]);
        lines.rows.extend(table.columns.iter().map(|column| {
            let kind = column.kind.word().to_owned();
            vec![table.name.clone(), column.name.clone(), kind, column.comment.clone()]
        }));
    }
    lines
}
