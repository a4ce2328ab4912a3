//! A cluster by itself: what it knows, how firmly each record belongs to it, and how far it is from
//! its nearest rival.

use super::contribution::values;
use super::decide::{compare, decide};
use super::{Decision, Explainer, Serialize, sentence};
use crate::cluster::Groups;

/// What the records of a cluster say in one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Name of the column.
    pub field: String,
    /// Each distinct value, with the number of records that have it.
    pub values: Vec<(String, usize)>,
}

/// A record in its cluster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Membership {
    /// The record.
    pub record: u32,
    /// Weight against the rest of the cluster, in bits; none where there is no rest.
    pub weight: Option<f64>,
    /// Probability that it belongs there.
    pub probability: f64,
    /// The record of the cluster that it matches best.
    pub partner: Option<u32>,
    /// How the two agree.
    pub sentence: String,
}

/// The cluster that comes nearest to another, and what was decided about the two.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nearest {
    /// The cluster.
    pub cluster: u32,
    /// Why the two are not one.
    pub decision: Decision,
}

/// A cluster: the records that are taken for one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// What its records say, column by column; columns that none of them knows are left out.
    pub known: Vec<Known>,
    /// Its records, in their order.
    pub members: Vec<Membership>,
    /// Probability that none of its records is somebody else's.
    pub probability: f64,
    /// The record that belongs to it least firmly.
    pub weakest: Option<u32>,
    /// The other cluster that comes nearest.
    pub nearest: Option<Nearest>,
}

pub(super) fn person(explainer: &Explainer, groups: &mut Groups, cluster: u32) -> Person {
    let (records, linked) = (explainer.comparer.records(), explainer.linked);
    let own = explainer.members(cluster);
    let member = |record: &u32| {
        let found = &linked.members[*record as usize];
        let alone = found.partner == *record;
        Membership {
            record: *record,
            weight: (!alone).then(|| f64::from(found.weight)),
            probability: f64::from(found.probability),
            partner: (!alone).then_some(found.partner),
            sentence: if alone { String::new() } else { sentence(records, found.pattern) },
        }
    };
    let members: Vec<Membership> = own.iter().map(member).collect();
    let weighed = members.iter().filter_map(|member| Some((member.weight?, member.record)));
    let weakest = weighed.min_by(|x, y| x.0.total_cmp(&y.0)).map(|(_, record)| record);
    let near = explainer.near(cluster).into_iter();
    let weighed = near.map(|other| (compare(explainer, groups, cluster, other).weight, other));
    let weighed: Vec<(f64, u32)> = weighed.collect();
    let nearest = weighed.into_iter().max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
    let nearest = nearest
        .map(|(_, other)| Nearest { cluster: other, decision: decide(explainer, groups, cluster, other) });
    let columns = records.columns().iter();
    let known = columns.map(|column| Known { field: column.name.clone(), values: values(column, own) });
    let probability = f64::from(linked.probabilities[cluster as usize]);
    let known = known.filter(|known| !known.values.is_empty()).collect();
    Person { known, members, probability, weakest, nearest }
}
