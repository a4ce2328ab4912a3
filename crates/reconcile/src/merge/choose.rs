//! Which value survives: by validity, owning tracker, latest date, agreement, in this order.

use std::cmp::Reverse;
use std::fmt;

use collate_model::Date;

use super::candidate::Candidate;

/// Why a value was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// There is no other.
    Only,
    /// So many rows have it, and no row has another.
    AllAgree(u32),
    /// All values are in the column.
    AllKept,
    /// It is more exact or better readable than the strongest of the others.
    MoreExact,
    /// Its tracker owns the field.
    Owner,
    /// It is the latest, as far as its day is known.
    Latest(Option<Date>),
    /// So many rows have it against so many.
    MoreAgree(u32, u32),
    /// Its row has the child's id.
    Identified,
    /// Nothing but the order of the files.
    First,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Only => f.write_str("the only value"),
            Why::AllAgree(rows) => write!(f, "all {rows} rows agree"),
            Why::AllKept => f.write_str("all values are kept"),
            Why::MoreExact => f.write_str("the more exact or better readable value"),
            Why::Owner => f.write_str("from the tracker that owns the field"),
            Why::Latest(Some(date)) => write!(f, "the latest value, as at {date}"),
            Why::Latest(None) => f.write_str("the latest value"),
            Why::MoreAgree(rows, others) => write!(f, "{rows} rows agree against {others}"),
            Why::Identified => f.write_str("from the row that has the child's id"),
            Why::First => f.write_str("nothing decides: the first in the order of the files"),
        }
    }
}

/// What decides between two values, most telling first.
fn rank(candidate: &Candidate) -> impl Ord + use<> {
    (
        candidate.offer.text != 0,
        candidate.offer.validity,
        candidate.owner,
        candidate.as_at,
        candidate.agreeing,
        candidate.identified,
        Reverse(candidate.origin),
    )
}

/// Counts for each candidate those that agree with it; `order` is room to do so.
pub fn count_agreeing(found: &mut [Candidate], order: &mut Vec<u32>) {
    if found.len() < 2 {
        return;
    }
    order.clear();
    order.extend(0..found.len() as u32);
    order.sort_unstable_by_key(|i| (found[*i as usize].offer.text, *i));
    let mut rest = order.as_slice();
    while let Some(first) = rest.first() {
        let text = found[*first as usize].offer.text;
        let agreeing = rest.iter().take_while(|i| found[**i as usize].offer.text == text).count();
        for i in &rest[..agreeing] {
            found[*i as usize].agreeing = agreeing as u32;
            found[*i as usize].first = *first;
        }
        rest = &rest[agreeing..];
    }
}

/// The best candidate; nothing if there is none.
pub fn best(found: &[Candidate]) -> Option<usize> {
    if found.len() == 1 {
        return Some(0);
    }
    (0..found.len()).max_by_key(|i| rank(&found[*i]))
}

/// The best candidate of every other value, in the order in which the values first come.
pub fn losers(found: &[Candidate], best: usize, losers: &mut Vec<u32>) {
    losers.clear();
    let of = |i: &u32| &found[*i as usize];
    let lost = |i: &u32| of(i).offer.text != 0 && of(i).offer.text != found[best].offer.text;
    losers.extend((0..found.len() as u32).filter(lost));
    losers.sort_unstable_by_key(|i| (of(i).first, Reverse(rank(of(i))), *i));
    losers.dedup_by_key(|i| found[*i as usize].first);
}

/// Why the best won, against the strongest of the others.
pub fn why(found: &[Candidate], best: usize, losers: &[u32]) -> Why {
    let kept = &found[best];
    let Some(other) = losers.iter().map(|l| &found[*l as usize]).max_by_key(|other| rank(other)) else {
        return if kept.agreeing > 1 { Why::AllAgree(kept.agreeing) } else { Why::Only };
    };
    if kept.offer.validity != other.offer.validity {
        Why::MoreExact
    } else if kept.owner != other.owner {
        Why::Owner
    } else if kept.as_at != other.as_at {
        Why::Latest(kept.as_at)
    } else if kept.agreeing != other.agreeing {
        Why::MoreAgree(kept.agreeing, other.agreeing)
    } else if kept.identified != other.identified {
        Why::Identified
    } else {
        Why::First
    }
}

/// Values over time, by date: each change of value once, where there is any.
pub fn over_time(found: &[Candidate]) -> Vec<usize> {
    let mut items: Vec<usize> = (0..found.len()).filter(|i| found[*i].offer.text != 0).collect();
    items.sort_by_key(|i| (found[*i].as_at, found[*i].origin));
    items.dedup_by_key(|i| found[*i].offer.text);
    if items.len() < 2 { Vec::new() } else { items }
}

#[cfg(test)]
mod tests {
    use collate_model::{Date, Origin};

    use super::super::candidate::Offer;
    use super::*;
    use crate::shown::Validity;

    fn candidate(text: u32, row: u32) -> Candidate {
        Candidate {
            offer: Offer { text, parts: (0, 0), raw: text, validity: Validity::Good },
            origin: Origin { source: 0, row, col: 0 },
            identified: false,
            owner: false,
            as_at: None,
            agreeing: 1,
            first: 0,
        }
    }

    #[test]
    fn validity_owner_date_agreement_decide_in_this_order() {
        let base = || vec![candidate(1, 1), candidate(2, 2)];
        let late = Some(Date::constant(2021, 9, 6));
        type Change = fn(&mut Vec<Candidate>, Option<Date>);
        let cases: [(&str, Change, u32); 6] = [
            ("nothing decides", |_, _| {}, 1),
            ("agreement", |c, _| c.push(candidate(2, 3)), 2),
            (
                "date before agreement",
                |c, late| {
                    c.push(candidate(2, 3));
                    c[0].as_at = late;
                },
                1,
            ),
            (
                "owner before date",
                |c, late| {
                    c[0].as_at = late;
                    c[1].owner = true;
                },
                2,
            ),
            (
                "validity before owner",
                |c, _| {
                    c[1].owner = true;
                    c[1].offer.validity = Validity::Doubtful;
                },
                1,
            ),
            (
                "an unreadable cell never wins",
                |c, _| {
                    c[0].offer.text = 0;
                    c[0].owner = true;
                },
                2,
            ),
        ];
        for (what, change, winner) in cases {
            let mut found = base();
            change(&mut found, late);
            count_agreeing(&mut found, &mut Vec::new());
            assert_eq!(found[best(&found).unwrap()].offer.text, winner, "{what}");
        }
    }

    #[test]
    fn values_over_time_are_its_changes() {
        let dated =
            |text, row, day| Candidate { as_at: Some(Date::constant(2021, 9, day)), ..candidate(text, row) };
        for (what, found, expected) in [
            ("the same throughout", vec![dated(1, 1, 1), dated(1, 2, 2), candidate(1, 3)], vec![]),
            ("a change", vec![dated(1, 1, 3), dated(2, 2, 2), dated(2, 3, 1)], vec![2, 0]),
            ("there and back", vec![dated(1, 1, 1), dated(2, 2, 2), dated(1, 3, 3)], vec![0, 1, 2]),
        ] {
            assert_eq!(over_time(&found), expected, "{what}");
        }
    }

    #[test]
    fn every_other_value_is_a_loser_once() {
        let mut found = [candidate(1, 1), candidate(2, 2), candidate(2, 3), candidate(3, 4), candidate(0, 5)];
        count_agreeing(&mut found, &mut Vec::new());
        let mut lost = Vec::new();
        losers(&found, 1, &mut lost);
        assert_eq!(lost, [0, 3]);
        assert_eq!(why(&found, 1, &lost).to_string(), "2 rows agree against 1");
        losers(&found, 0, &mut lost);
        assert_eq!(lost, [1, 3], "of rows that agree the first stands for all");
    }
}
