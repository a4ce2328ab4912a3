//! Tables that stand side by side: the first heading of a row comes again further to the right, with
//! others of its headings.

use collate_model::Sheet;
use rustc_hash::FxHashSet;

use crate::normal::key;

/// Rows at the top in which such a row of headings is looked for.
const TOP: usize = 40;
/// Headings that both tables must have.
const COMMON: usize = 2;

/// The columns (by position) of each of the tables; `None` where there is only one.
pub(crate) fn blocks(sheet: &Sheet) -> Option<Vec<std::ops::Range<usize>>> {
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
        let named = |block: &std::ops::Range<usize>| -> FxHashSet<&String> {
            keys[block.clone()].iter().filter(|key| !key.is_empty()).collect()
        };
        let one = named(&blocks[0]);
        let alike = |block| named(block).intersection(&one).count() >= COMMON;
        blocks[1..].iter().all(alike).then_some(blocks)
    })
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
