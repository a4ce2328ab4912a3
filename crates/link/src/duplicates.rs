//! Which sources are free of duplicates, as far as it can be seen before anything is linked.
//!
//! A list that has each person once says so itself: many of its persons are found in other lists
//! under the same name and date of birth, and none is found twice in itself. Two of its rows are
//! then two people, however much a household or a hostel makes them alike.

use crate::records::{FieldKind, Records};

/// Fewer pairs between a source and the others prove nothing.
const FEWEST: u64 = 10;
/// Pairs between a source and the others for each one within it, which may be of namesakes.
const FOR_EACH_WITHIN: u64 = 10;
/// The same, of rows.
const ROWS_FOR_EACH: u64 = 1000;

impl Records {
    /// Declares those sources free of duplicates that show it.
    pub fn finding_distinct(self) -> Self {
        let (between, within) = namesakes(&self);
        let mut sizes = vec![0; self.sources()];
        (0..self.len() as u32).for_each(|record| sizes[self.source(record) as usize] += 1);
        let shows = |source: usize| {
            let few = between[source] >= within[source] * FOR_EACH_WITHIN
                || sizes[source] >= within[source] * ROWS_FOR_EACH;
            between[source] >= FEWEST && few && !self.is_distinct(source as u32)
        };
        let shown = (0..self.sources()).map(shows).collect();
        self.with_shown(shown)
    }
}

/// For each source, the pairs of its records with those of others, and with each other, that agree
/// in forename, surname and date of birth.
fn namesakes(records: &Records) -> (Vec<u64>, Vec<u64>) {
    let (mut between, mut within) = (vec![0; records.sources()], vec![0; records.sources()]);
    let find = |kind| records.columns().iter().find(|column| column.kind == kind);
    let (Some(forename), Some(surname), Some(born)) =
        (find(FieldKind::Forename), find(FieldKind::Surname), find(FieldKind::Date))
    else {
        return (between, within);
    };
    let mut known: Vec<([u32; 3], u32)> = (0..records.len() as u32)
        .filter_map(|record| {
            let only = |ids: &[u32]| if let [id] = ids { Some(*id) } else { None };
            let key = [only(forename.ids(record))?, only(surname.ids(record))?, only(born.ids(record))?];
            Some((key, records.source(record)))
        })
        .collect();
    known.sort_unstable();
    for same in known.chunk_by(|x, y| x.0 == y.0) {
        for own in same.chunk_by(|x, y| x.1 == y.1) {
            let (source, count) = (own[0].1 as usize, own.len() as u64);
            within[source] += count * (count - 1) / 2;
            between[source] += count * (same.len() as u64 - count);
        }
    }
    (between, within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Column;

    #[test]
    fn a_list_that_has_each_person_once_shows_it() {
        // Two lists of the same thirty people, of which the second has some twice.
        let people = |n: usize| (0..30).chain(0..30).chain(0..n);
        let records = |again: usize| {
            let text = |prefix: &str| people(again).map(|i| [format!("{prefix}{i}")]).collect::<Vec<_>>();
            let days = people(again).map(|i| [format!("2010-01-{:02}", i + 1)]);
            let sources = (0..60 + again).map(|record| u32::from(record >= 30)).collect();
            Records::new(60 + again)
                .with(Column::from_texts("f", FieldKind::Forename, text("anna")))
                .with(Column::from_texts("s", FieldKind::Surname, text("smith")))
                .with(Column::from_texts("d", FieldKind::Date, days))
                .from_sources(sources, vec![false, false])
                .finding_distinct()
        };
        for (again, second) in [(0, true), (5, false)] {
            let records = records(again);
            assert_eq!((records.is_distinct(0), records.is_distinct(1)), (true, second), "{again}");
        }
        // Alone, a list shows nothing.
        let alone = Records::new(30).finding_distinct();
        assert!(!alone.is_distinct(0));
    }
}
