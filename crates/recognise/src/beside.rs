//! Tables that stand side by side: the first heading of a row comes again further to the right, with
//! others of its headings; columns that are blank part what is not one table; or the spreadsheet program
//! itself knows them as tables.

use collate_model::{Area, Sheet};
use rustc_hash::FxHashSet;

use crate::heading::of_somebody_else;
use crate::lines::{is_key, is_total};
use crate::normal::key;

/// Rows at the top in which such a row of headings is looked for.
const TOP: usize = 40;
/// Headings that both tables must have.
const COMMON: usize = 2;
/// Where more stretches of columns stand side by side, blank columns are the manner of the sheet.
const MOST_STRETCHES: usize = 8;
/// Columns of a box beside a table, at most.
const BOX: usize = 3;

/// Titles of lists that cells are chosen from, as their keys.
const LISTS: [&str; 10] = [
    "lookup",
    "lookups",
    "lookuplist",
    "list",
    "lists",
    "dropdown",
    "dropdowns",
    "dropdownlist",
    "options",
    "datavalidation",
];

/// Columns by position.
type Columns = std::ops::Range<usize>;

/// The columns (by position) of each of the tables; `None` where there is only one.
pub(crate) fn blocks(sheet: &Sheet) -> Option<Vec<Columns>> {
    (0..sheet.rows().min(TOP)).find_map(|i| {
        let keys: Vec<String> = (0..sheet.cols()).map(|j| key(sheet.text(i, j))).collect();
        let first = keys.iter().position(|key| !key.is_empty())?;
        let starts: Vec<usize> = (first..keys.len()).filter(|j| keys[*j] == keys[first]).collect();
        if starts.len() < 2 || keys[first].chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let ends = starts.iter().skip(1).copied().chain([keys.len()]);
        let mut blocks: Vec<_> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
        blocks[0].start = 0;
        let named = |block: &Columns| -> FxHashSet<&String> {
            keys[block.clone()].iter().filter(|key| !key.is_empty()).collect()
        };
        let one = named(&blocks[0]);
        let alike = |block| named(block).intersection(&one).count() >= COMMON;
        // `Child` and `Mother` above `Name` and `DOB` are of one record.
        let above = |block: &Columns| i > 0 && block.clone().any(|j| of_somebody_else(sheet.text(i - 1, j)));
        (blocks[1..].iter().all(alike) && !blocks.iter().any(above)).then_some(blocks)
    })
}

/// The columns (by position) of each of the tables that the spreadsheet program itself has side by side;
/// `None` where there are no two.
pub(crate) fn tables(sheet: &Sheet) -> Option<Vec<Columns>> {
    let tables: Vec<Area> = sheet.marks.tables.iter().map(|table| table.area).collect();
    let mut starts = vec![0];
    for (i, table) in tables.iter().enumerate() {
        let beside =
            |other: &Area| other.right < table.left && other.top <= table.bottom && table.top <= other.bottom;
        // A column that another table goes through parts nothing.
        let within = tables.iter().any(|other| other.left < table.left && table.left <= other.right);
        let start = (0..sheet.cols()).find(|j| sheet.col_number(*j) >= table.left);
        if tables[..i].iter().any(beside) && !within {
            starts.extend(start.filter(|start| start > &starts[starts.len() - 1]));
        }
    }
    let ends = starts.iter().skip(1).copied().chain([sheet.cols()]);
    let blocks: Vec<Columns> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    (blocks.len() > 1).then_some(blocks)
}

/// The stretches of columns that blank ones part; `None` where there is only one, or very many.
pub(crate) fn stretches(sheet: &Sheet) -> Option<Vec<Columns>> {
    let gaps = (1..sheet.cols()).filter(|j| sheet.col_number(*j) > sheet.col_number(*j - 1) + 1);
    let mut ends: Vec<usize> = gaps.collect();
    if ends.is_empty() || ends.len() >= MOST_STRETCHES {
        return None;
    }
    ends.push(sheet.cols());
    let starts = std::iter::once(0).chain(ends.iter().copied());
    Some(starts.zip(ends.iter().copied()).map(|(start, end)| start..end).collect())
}

/// Whether what stands in a few columns is no part of the table before it, but a key (colours alone, each
/// once) or sums, of which one stands beside a record: the sums of a table stand below its records.
pub(crate) fn is_box(sheet: &Sheet, columns: &Columns) -> bool {
    let texts = |i: usize, columns: Columns| -> Vec<&str> {
        columns.map(|j| sheet.text(i, j)).filter(|text| !text.is_empty()).collect()
    };
    let rows: Vec<(usize, Vec<&str>)> = (0..sheet.rows())
        .map(|i| (i, texts(i, columns.clone())))
        .filter(|(_, cells)| !cells.is_empty())
        .collect();
    let colour = |text: &str| {
        ["r", "a", "g", "b", "red", "amber", "green", "blue"].contains(&text.to_lowercase().as_str())
    };
    // A key's colours may stand alone under its title.
    let titled = rows.first().is_some_and(|(_, cells)| cells.len() == 1 && is_key(cells));
    let explains = |cells: &[&str]| {
        is_key(cells) || colour(cells[0]) && (cells.len() == 2 || titled && cells.len() == 1)
    };
    let is_list = rows.first().is_some_and(|(_, cells)| LISTS.contains(&&*key(cells[0])));
    let first: FxHashSet<&str> = rows.iter().map(|(_, cells)| cells[0]).collect();
    let is_colours = rows.iter().all(|(_, cells)| explains(cells)) && first.len() == rows.len();
    let beside_record = |i: usize| {
        let before = texts(i, 0..columns.start);
        before.len() > 1 && !is_total(&before)
    };
    let sums = rows.iter().skip(1).any(|(i, cells)| is_total(cells) && beside_record(*i));
    columns.len() <= BOX && rows.len() >= 2 && (is_colours || sums || is_list)
}

#[cfg(test)]
mod tests {
    use collate_model::{CellKind, SheetBuilder};

    use super::*;

    #[test]
    fn tables_side_by_side_are_told_from_headings_that_come_twice() {
        for (rows, expected) in [
            (vec!["Live,,,Closed", "Case,Child,,Case,Child", "1,a,,2,b"], Some(vec![0..2, 2..4])),
            (vec!["Case,Child,DOB,Case,Child,DOB,Case,DOB"], Some(vec![0..3, 3..6, 6..8])),
            (vec!["Child,Date,Outcome,Date,Outcome", "a,1,x,2,y"], None),
            (vec!["Case,Child,Linked case", "1,a,2"], None),
            (vec!["Case,Child,Judge,Case", "1,a,x,2"], None),
            (vec!["7,a,7,a", "8,b,8,b"], None),
            (vec![], None),
        ] {
            let mut builder = SheetBuilder::new();
            for (row, line) in (1..).zip(&rows) {
                for (col, text) in (0..).zip(line.split(',')) {
                    assert!(builder.push(row, col, CellKind::Text, text));
                }
            }
            assert_eq!(blocks(&builder.finish("f", "s")), expected, "{rows:?}");
        }
    }
}
