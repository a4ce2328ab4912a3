//! How common each value is: two records that share a rare name are more likely one person
//! than two that share a common one (Winkler 1989, frequency-based matching).

use rayon::prelude::*;

use crate::cluster::{by_cluster, in_groups, root};
use crate::compare::{Comparer, SAME, levels, name, swapped};
use crate::records::{Column, FieldKind, Records, Speaks};

/// What a value's own count is worth against the typical share of its kind of field: the
/// number of records after which the two weigh the same.
const TRUST_AFTER: f64 = 500.0;

/// How common something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share of records, or people, that have it.
    pub of_all: f32,
    /// log2 of the share.
    pub bits: f32,
}

impl Share {
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        self.of_all.total_cmp(&other.of_all)
    }
}

/// Shares of the distinct values of one column, and of the single names in them.
struct Shares {
    values: Vec<Share>,
    names: Vec<Share>,
    /// The smallest of the values', and of the names'.
    rarest: [Option<Share>; 2],
}

/// How common each value of each column is.
pub struct Frequencies {
    columns: Vec<Shares>,
}

impl Frequencies {
    /// From the records themselves, or, where `clusters` says which person each record is of,
    /// from the people: a person with ten records has her name once, and six children of one
    /// household have its name once, because what they share is explained already.
    pub fn new(comparer: &Comparer, clusters: Option<&[u32]>) -> Self {
        let records = comparer.records();
        let people = match clusters {
            Some(clusters) => by_cluster(clusters),
            None => (0..records.len() as u32).map(|record| (record, record)).collect(),
        };
        let households = clusters.map(|clusters| by_cluster(&households(records, clusters)));
        let of = |c: usize| {
            let column = &records.columns()[c];
            let order = match column.speaks {
                Speaks::OfPerson => &people,
                Speaks::OfHousehold => households.as_ref().unwrap_or(&people),
            };
            let typical = levels(column.kind)[SAME as usize].u;
            let (mut values, known) = count(column, order, |id, each| each(id), column.values().len());
            // Before anybody knows who is who, a number of one person is taken for that: in a dozen rows it
            // is one person's dozen rows, and no common number.
            if clusters.is_none() && column.kind == FieldKind::Identifier {
                values.fill(1);
            }
            let names = match comparer.names(c) {
                Some((tokens, names)) => {
                    let parts = |id: u32, each: &mut dyn FnMut(u32)| {
                        names[id as usize].tokens.iter().for_each(|t| each(*t));
                    };
                    count(column, order, parts, tokens.len()).0
                }
                None => Vec::new(),
            };
            let share = |counts: Vec<u32>| {
                let others = |count: u32| f64::from(count.saturating_sub(1));
                let share =
                    |count| (others(count) + TRUST_AFTER * typical) / (f64::from(known) + TRUST_AFTER);
                let of = |of_all: f64| Share { of_all: of_all as f32, bits: of_all.log2() as f32 };
                counts.into_iter().map(|count| of(share(count))).collect()
            };
            let (values, names): (Vec<Share>, Vec<Share>) = (share(values), share(names));
            let rarest = [&values, &names].map(|shares| shares.iter().copied().min_by(Share::compare));
            Shares { values, names, rarest }
        };
        Frequencies { columns: (0..records.columns().len()).into_par_iter().map(of).collect() }
    }

    /// The share of records that have a value.
    pub fn of_value(&self, column: usize, value: u32) -> Share {
        self.columns[column].values[value as usize]
    }

    /// The share of the rarest thing that any two records could agree on at a level, where the level is
    /// one that has frequencies.
    pub fn rarest(&self, comparer: &Comparer, column: usize, level: u8) -> Option<Share> {
        let [value, name] = self.columns[column].rarest;
        match shared(comparer.records().columns()[column].kind, level)? {
            Shared::Value | Shared::Swapped => value,
            Shared::Name => name,
        }
    }

    /// The share of the rarest thing that two records agree on at a level, where the level is
    /// one that has frequencies.
    pub fn of_agreement(
        &self,
        comparer: &Comparer,
        column: usize,
        level: u8,
        a: u32,
        b: u32,
    ) -> Option<Share> {
        let of = &comparer.records().columns()[column];
        // Most levels have none: nothing is looked up for them.
        let shared = shared(of.kind, level)?;
        let shares = &self.columns[column];
        if shared == Shared::Value
            && let (Some(x), Some(y)) = (comparer.only(column, a), comparer.only(column, b))
        {
            return (x == y).then(|| shares.values[x as usize]);
        }
        let (left, right) = (of.ids(a), of.ids(b));
        let value = |id: &u32| shares.values[*id as usize];
        match shared {
            Shared::Value => left.iter().filter(|id| right.contains(id)).map(value).min_by(Share::compare),
            // One of the two has the names in their places; nobody knows which.
            Shared::Swapped => left.iter().chain(right).map(value).max_by(Share::compare),
            Shared::Name => {
                let (_, names) = comparer.names(column)?;
                let common = left.iter().flat_map(|x| {
                    let of_x = &names[*x as usize].tokens;
                    right
                        .iter()
                        .flat_map(move |y| of_x.iter().filter(|t| names[*y as usize].tokens.contains(t)))
                });
                common.map(|t| shares.names[*t as usize]).min_by(Share::compare)
            }
        }
    }
}

/// What two values share at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    /// All.
    Value,
    /// A name, each in the other's place.
    Swapped,
    /// One of several names.
    Name,
}

/// What values share at a level that has frequencies.
fn shared(kind: FieldKind, level: u8) -> Option<Shared> {
    let part = match kind {
        FieldKind::Forename => Some(name::forename::PART),
        FieldKind::Surname => Some(name::surname::PART),
        _ => None,
    };
    match level {
        SAME => Some(Shared::Value),
        level if Some(level) == swapped(kind) => Some(Shared::Swapped),
        level if Some(level) == part => Some(Shared::Name),
        _ => None,
    }
}

/// Most people who are taken for a household because they share a value.
const LARGEST_HOUSEHOLD: usize = 12;

/// The household of each record: people who share a value that speaks of one and that few have,
/// or who were named together.
fn households(records: &Records, clusters: &[u32]) -> Vec<u32> {
    let people = clusters.iter().max().map_or(0, |last| *last as usize + 1);
    let mut leader: Vec<u32> = (0..people as u32).collect();
    let mut join = |owners: &mut Vec<u32>| {
        owners.sort_unstable();
        owners.dedup();
        if owners.len() <= LARGEST_HOUSEHOLD {
            for owner in owners.iter() {
                let (a, b) = (root(&mut leader, owners[0]), root(&mut leader, *owner));
                leader[a.max(b) as usize] = a.min(b);
            }
        }
        owners.clear();
    };
    let mut owners = Vec::new();
    let shared = |c: &&Column| {
        c.speaks == Speaks::OfHousehold && matches!(c.kind, FieldKind::Postcode | FieldKind::Reference)
    };
    for column in records.columns().iter().filter(shared) {
        let of_record = |(record, person): (u32, &u32)| {
            let person = *person;
            column.ids(record).iter().map(move |id| (*id, person))
        };
        let of_value = in_groups(column.values().len(), || (0..).zip(clusters).flat_map(of_record));
        for people in of_value.chunk_by(|x, y| x.0 == y.0).filter(|people| people.len() > 1) {
            owners.extend(people.iter().map(|(_, person)| *person));
            join(&mut owners);
        }
    }
    for record in 1..clusters.len() as u32 {
        if records.of_one_group(record - 1, record) {
            owners.extend([clusters[record as usize - 1], clusters[record as usize]]);
            join(&mut owners);
        }
    }
    clusters.iter().map(|person| root(&mut leader, *person)).collect()
}

/// How many owners have each thing, and how many know any. `order` is by owner.
fn count(
    column: &Column,
    order: &[(u32, u32)],
    things: impl Fn(u32, &mut dyn FnMut(u32)),
    distinct: usize,
) -> (Vec<u32>, u32) {
    const NOBODY: u32 = u32::MAX;
    let (mut counts, mut last) = (vec![0; distinct], vec![NOBODY; distinct]);
    let (mut knowing, mut last_knowing) = (0, NOBODY);
    for (owner, record) in order {
        let ids = column.ids(*record);
        if !ids.is_empty() && last_knowing != *owner {
            (knowing, last_knowing) = (knowing + 1, *owner);
        }
        for id in ids {
            things(*id, &mut |thing| {
                let thing = thing as usize;
                counts[thing] += u32::from(last[thing] != *owner);
                last[thing] = *owner;
            });
        }
    }
    (counts, knowing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Column, Records};

    #[test]
    fn rare_values_have_smaller_shares_and_duplicates_of_one_person_do_not_count() {
        let texts = ["kowalczyk", "kowalczyk", "smith", "smith", "smith", "smith"];
        let records = Records::new(6).with(Column::from_texts("s", FieldKind::Surname, texts.map(|t| [t])));
        let comparer = Comparer::new(&records);
        let share = |clusters, a, b| {
            Frequencies::new(&comparer, clusters).of_agreement(&comparer, 0, SAME, a, b).unwrap().of_all
        };
        assert!(share(None, 0, 1) < share(None, 2, 3));
        let people = [0, 0, 1, 1, 1, 1];
        assert_eq!(share(Some(&people), 0, 1), share(Some(&people), 2, 3));
    }
}
