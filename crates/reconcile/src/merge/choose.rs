//! Which value survives: by validity, owning tracker, latest date, agreement, in this order.

use super::candidate::Candidate;

/// What decides between two values, most telling first.
fn rank(candidate: &Candidate, found: &[Candidate]) -> impl Ord {
    let agreeing = found.iter().filter(|other| other.text == candidate.text).count();
    (
        candidate.text != 0,
        candidate.validity,
        candidate.owner,
        candidate.as_at,
        agreeing,
        candidate.identified,
        std::cmp::Reverse(candidate.origin),
    )
}

/// The best candidate; nothing if there is none.
pub fn best(found: &[Candidate]) -> Option<usize> {
    (0..found.len()).max_by_key(|i| rank(&found[*i], found))
}

/// The best candidate of every other value.
pub fn losers(found: &[Candidate], best: usize) -> Vec<usize> {
    let mut losers: Vec<usize> = Vec::new();
    for (i, candidate) in found.iter().enumerate() {
        if candidate.text == 0 || candidate.text == found[best].text {
            continue;
        }
        match losers.iter_mut().find(|l| found[**l].text == candidate.text) {
            Some(known) if rank(candidate, found) > rank(&found[*known], found) => *known = i,
            Some(_) => {}
            None => losers.push(i),
        }
    }
    losers
}

/// Why the best won, against the strongest of the others.
pub fn why(found: &[Candidate], best: usize, losers: &[usize]) -> String {
    let kept = &found[best];
    let agreeing = found.iter().filter(|other| other.text == kept.text).count();
    let Some(other) = losers.iter().map(|l| &found[*l]).max_by_key(|other| rank(other, found)) else {
        return if agreeing > 1 { format!("all {agreeing} rows agree") } else { "the only value".to_owned() };
    };
    let others = found.iter().filter(|candidate| candidate.text == other.text).count();
    if kept.validity != other.validity {
        "the more exact or better readable value".to_owned()
    } else if kept.owner != other.owner {
        "from the tracker that owns the field".to_owned()
    } else if kept.as_at != other.as_at {
        match kept.as_at {
            Some(date) => format!("the latest value, as at {date}"),
            None => "the latest value".to_owned(),
        }
    } else if agreeing != others {
        format!("{agreeing} rows agree against {others}")
    } else if kept.identified != other.identified {
        "from the row that has the child's id".to_owned()
    } else {
        "nothing decides: the first in the order of the files".to_owned()
    }
}

/// Values over time, by date: each change of value once, where there is any.
pub fn over_time(found: &[Candidate]) -> Vec<usize> {
    let mut items: Vec<usize> = (0..found.len()).filter(|i| found[*i].text != 0).collect();
    items.sort_by_key(|i| (found[*i].as_at, found[*i].origin));
    items.dedup_by_key(|i| found[*i].text);
    if items.len() < 2 { Vec::new() } else { items }
}

#[cfg(test)]
mod tests {
    use collate_model::{Date, Origin};

    use super::*;
    use crate::shown::Validity;

    fn candidate(text: u32, row: u32) -> Candidate {
        Candidate {
            text,
            parts: vec![text],
            raw: text,
            origin: Origin { source: 0, row, col: 0 },
            validity: Validity::Good,
            identified: false,
            owner: false,
            as_at: None,
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
                    c[1].validity = Validity::Doubtful;
                },
                1,
            ),
            (
                "an unreadable cell never wins",
                |c, _| {
                    c[0].text = 0;
                    c[0].owner = true;
                },
                2,
            ),
        ];
        for (what, change, winner) in cases {
            let mut found = base();
            change(&mut found, late);
            assert_eq!(found[best(&found).unwrap()].text, winner, "{what}");
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
        let found = [candidate(1, 1), candidate(2, 2), candidate(2, 3), candidate(3, 4), candidate(0, 5)];
        assert_eq!(losers(&found, 1), vec![0, 3]);
        assert_eq!(why(&found, 1, &[0, 3]), "2 rows agree against 1");
    }
}
