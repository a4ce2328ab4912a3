//! How common each value is: two records that share a rare name are more likely one person
//! than two that share a common one (Winkler 1989, frequency-based matching).

use crate::cluster::root;
use crate::compare::{Comparer, SAME, levels, name, swapped};
use crate::records::{Column, FieldKind, Records, Speaks};

/// What a value's own count is worth against the typical share of its kind of field: the
/// number of records after which the two weigh the same.
const TRUST_AFTER: f64 = 500.0;

/// Shares of the distinct values of one column, and of the single names in them.
struct Shares {
    values: Vec<f32>,
    names: Vec<f32>,
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
        let households = clusters.map(|clusters| households(comparer.records(), clusters));
        let of = |c: usize| {
            let column = &comparer.records().columns()[c];
            let clusters = match column.speaks {
                Speaks::OfPerson => clusters,
                Speaks::OfHousehold => households.as_deref(),
            };
            let typical = levels(column.kind)[SAME as usize].u;
            let (values, known) = count(comparer, c, clusters, |id, each| each(id), column.values().len());
            let names = match comparer.names(c) {
                Some((tokens, names)) => {
                    let parts = |id: u32, each: &mut dyn FnMut(u32)| {
                        names[id as usize].tokens.iter().for_each(|t| each(*t));
                    };
                    count(comparer, c, clusters, parts, tokens.len()).0
                }
                None => Vec::new(),
            };
            let share = |counts: Vec<u32>| {
                let others = |count: u32| f64::from(count.saturating_sub(1));
                let share =
                    |count| (others(count) + TRUST_AFTER * typical) / (f64::from(known) + TRUST_AFTER);
                counts.into_iter().map(|count| share(count) as f32).collect()
            };
            Shares { values: share(values), names: share(names) }
        };
        Frequencies { columns: (0..comparer.records().columns().len()).map(of).collect() }
    }

    /// The share of records that have a value.
    pub fn of_value(&self, column: usize, value: u32) -> f32 {
        self.columns[column].values[value as usize]
    }

    /// The share of the rarest thing that two records agree on at a level, where the level is
    /// one that has frequencies.
    pub fn of_agreement(&self, comparer: &Comparer, column: usize, level: u8, a: u32, b: u32) -> Option<f32> {
        let records = comparer.records();
        let (left, right) = (records.columns()[column].ids(a), records.columns()[column].ids(b));
        let kind = records.columns()[column].kind;
        let rarest = |shares: &mut dyn Iterator<Item = f32>| shares.min_by(f32::total_cmp);
        if level == SAME {
            let shares = &self.columns[column].values;
            return rarest(&mut left.iter().filter(|id| right.contains(id)).map(|id| shares[*id as usize]));
        }
        if Some(level) == swapped(kind) {
            // One of the two has the names in their places; nobody knows which.
            let shares = &self.columns[column].values;
            return left.iter().chain(right).map(|id| shares[*id as usize]).max_by(f32::total_cmp);
        }
        let part = match kind {
            FieldKind::Forename => name::forename::PART,
            FieldKind::Surname => name::surname::PART,
            _ => return None,
        };
        if level != part {
            return None;
        }
        let (_, names) = comparer.names(column)?;
        let shares = &self.columns[column].names;
        let mut common = left.iter().flat_map(|x| {
            let of_x = &names[*x as usize].tokens;
            right.iter().flat_map(move |y| of_x.iter().filter(|t| names[*y as usize].tokens.contains(t)))
        });
        rarest(&mut common.by_ref().map(|t| shares[*t as usize]))
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
        let mut of_value: Vec<Vec<u32>> = vec![Vec::new(); column.values().len()];
        for (record, person) in clusters.iter().enumerate() {
            column.ids(record as u32).iter().for_each(|id| of_value[*id as usize].push(*person));
        }
        of_value.iter_mut().for_each(&mut join);
    }
    for record in 1..clusters.len() as u32 {
        if records.are_apart(record - 1, record) {
            owners.extend([clusters[record as usize - 1], clusters[record as usize]]);
            join(&mut owners);
        }
    }
    clusters.iter().map(|person| root(&mut leader, *person)).collect()
}

/// In how many records (or clusters) each thing is, and how many know any.
fn count(
    comparer: &Comparer,
    column: usize,
    clusters: Option<&[u32]>,
    things: impl Fn(u32, &mut dyn FnMut(u32)),
    distinct: usize,
) -> (Vec<u32>, u32) {
    let records = comparer.records();
    let column = &records.columns()[column];
    let mut seen: Vec<u64> = Vec::with_capacity(records.len());
    let mut knowing: Vec<u32> = Vec::with_capacity(records.len());
    for record in 0..records.len() as u32 {
        let owner = clusters.map_or(record, |c| c[record as usize]);
        let ids = column.ids(record);
        if !ids.is_empty() {
            knowing.push(owner);
        }
        for id in ids {
            things(*id, &mut |thing| seen.push(u64::from(thing) << 32 | u64::from(owner)));
        }
    }
    seen.sort_unstable();
    seen.dedup();
    knowing.sort_unstable();
    knowing.dedup();
    let mut counts = vec![0; distinct];
    for entry in seen {
        counts[(entry >> 32) as usize] += 1;
    }
    (counts, knowing.len() as u32)
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
            Frequencies::new(&comparer, clusters).of_agreement(&comparer, 0, SAME, a, b).unwrap()
        };
        assert!(share(None, 0, 1) < share(None, 2, 3));
        let people = [0, 0, 1, 1, 1, 1];
        assert_eq!(share(Some(&people), 0, 1), share(Some(&people), 2, 3));
    }
}
