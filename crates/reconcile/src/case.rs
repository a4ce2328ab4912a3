//! Cases: one set of proceedings, known by its numbers and by the children concerned.
//!
//! Rows that share a number are one case, also where the number changed on the way: a cell with
//! two numbers ties them together. A number with a digit too many, too few or two turned round is
//! the same if a child agrees; another digit in its place is not enough, because courts number in
//! sequence and a child may have two cases. A row without a number belongs to the only case that
//! its children have.

use std::collections::BTreeMap;

use collate_model::SmolStr;

use crate::rows::{Row, Rows};
use crate::union::Union;

/// A row that speaks of a case.
pub struct CaseMention<'a> {
    /// The row.
    pub row: Row,
    /// Its case numbers.
    pub numbers: &'a [SmolStr],
    /// The children of the row, as numbers of their entities.
    pub children: Vec<u32>,
}

/// How a mention came to its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// It stands for the case itself.
    Alone,
    /// By a number they share.
    Number,
    /// By a number one typing error away, and a child.
    NearNumber,
    /// By its children, who have one case only.
    Children,
}

/// Number of the case of each mention, how it came there, and how many cases there are.
pub fn link(mentions: &[CaseMention]) -> (Vec<u32>, Vec<Joined>, usize) {
    let mut union = Union::new(mentions.len());
    let mut joined = vec![Joined::Alone; mentions.len()];
    let mut by_number: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        for number in mention.numbers {
            by_number.entry(number).or_default().push(i as u32);
        }
    }
    for same in by_number.values().filter(|same| same.len() > 1) {
        for i in same {
            union.join(same[0], *i);
            joined[*i as usize] = Joined::Number;
        }
    }
    near_numbers(mentions, &by_number, &mut union, &mut joined);
    by_children(mentions, &mut union, &mut joined);
    let (cases, count) = union.numbered();
    (cases, joined, count)
}

/// Joins cases whose numbers are one typing error apart and that have a child in common.
fn near_numbers(
    mentions: &[CaseMention],
    by_number: &BTreeMap<&str, Vec<u32>>,
    union: &mut Union,
    joined: &mut [Joined],
) {
    let mut numbers_of_child: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for mention in mentions {
        for child in &mention.children {
            numbers_of_child.entry(*child).or_default().extend(mention.numbers.iter().map(|n| &**n));
        }
    }
    for numbers in numbers_of_child.values_mut() {
        numbers.sort_unstable();
        numbers.dedup();
        for (i, x) in numbers.iter().enumerate() {
            for y in numbers[i + 1..].iter().filter(|y| one_slip(x, y)) {
                let (few, many) = (&by_number[x], &by_number[y]);
                let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
                union.join(few[0], many[0]);
                few.iter().for_each(|m| joined[*m as usize] = Joined::NearNumber);
            }
        }
    }
}

/// Joins rows without a number to the only case of their children.
fn by_children(mentions: &[CaseMention], union: &mut Union, joined: &mut [Joined]) {
    let mut cases_of_child: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| !m.numbers.is_empty()) {
        let case = union.find(i as u32);
        for child in &mention.children {
            cases_of_child.entry(*child).or_default().push(case);
        }
    }
    for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| m.numbers.is_empty()) {
        let mut cases: Vec<u32> =
            mention.children.iter().filter_map(|c| cases_of_child.get(c)).flatten().copied().collect();
        cases.sort_unstable();
        cases.dedup();
        if let [only] = cases[..] {
            union.join(only, i as u32);
            joined[i] = Joined::Children;
        }
    }
}

/// One character is missing, or two neighbours are swapped.
fn one_slip(x: &str, y: &str) -> bool {
    let (x, y) = (x.as_bytes(), y.as_bytes());
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 if same + 1 < short.len() => {
            (short[same], short[same + 1]) == (long[same + 1], long[same])
                && short[same + 2..] == long[same + 2..]
        }
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

/// The rows of a kind that speaks of cases: those with a number, and those whose row is about a case.
pub fn rows_with_cases<'r>(rows: &'r Rows) -> impl Iterator<Item = Row> + 'r {
    rows.iter().filter(|row| {
        let view = rows.view(*row);
        view.mentions("case")
            && (!rows.refs(*row, "case_number").is_empty()
                || view.kind.entities[0] == "case"
                    && (rows.cell(*row, "child_name").is_some()
                        || rows.cell(*row, "surname").is_some()
                        || rows.cell(*row, "case_label").is_some()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(mentions: &[(&[&str], &[u32])]) -> Vec<u32> {
        let numbers: Vec<Vec<SmolStr>> =
            mentions.iter().map(|(numbers, _)| numbers.iter().map(|n| (*n).into()).collect()).collect();
        let row = Row { table: 0, record: 0 };
        let mentions: Vec<CaseMention> = (mentions.iter().zip(&numbers))
            .map(|((_, children), numbers)| CaseMention { row, numbers, children: children.to_vec() })
            .collect();
        link(&mentions).0
    }

    #[test]
    fn cases_are_joined_by_number_then_by_children() {
        for (what, mentions, expected) in [
            ("same number", vec![(&["WB21C00001"][..], &[1][..]), (&["WB21C00001"], &[2])], vec![0, 0]),
            (
                "consolidated",
                vec![(&["WB21C00001"], &[]), (&["WB21C00009"], &[]), (&["WB21C00001", "WB21C00009"], &[])],
                vec![0, 0, 0],
            ),
            (
                "a slip, and a child agrees",
                vec![(&["WB21C00012"], &[1]), (&["WB21C00021"], &[1])],
                vec![0, 0],
            ),
            (
                "a slip, but other children",
                vec![(&["WB21C00012"], &[1]), (&["WB21C00021"], &[2])],
                vec![0, 1],
            ),
            (
                "the next number in sequence",
                vec![(&["WB21C00001"], &[1]), (&["WB21C00002"], &[1])],
                vec![0, 1],
            ),
            (
                "another number of the same child",
                vec![(&["WB21C00001"], &[1]), (&["WB19C04567"], &[1])],
                vec![0, 1],
            ),
            ("no number, one case", vec![(&["WB21C00001"], &[1, 2]), (&[], &[2])], vec![0, 0]),
            (
                "no number, two cases",
                vec![(&["WB21C00001"], &[1]), (&["WB19C04567"], &[1]), (&[], &[1])],
                vec![0, 1, 2],
            ),
            ("no number, no child", vec![(&["WB21C00001"], &[1]), (&[], &[])], vec![0, 1]),
        ] {
            assert_eq!(cases(&mentions), expected, "{what}");
        }
    }

    #[test]
    fn slips() {
        for (x, y, expected) in [
            ("WB21C00001", "WB21C00007", false),
            ("WB21C0001", "WB21C00001", true),
            ("WB21C00012", "WB21C00021", true),
            ("WB21C00001", "WB12C00007", false),
            ("WB21C001", "WB21C00001", false),
        ] {
            assert_eq!((one_slip(x, y), one_slip(y, x)), (expected, expected), "{x} {y}");
        }
    }
}
