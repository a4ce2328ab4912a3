//! Why records are, or are not, one person.
//!
//! A score is a record of its contributions; text, JSON and every other view are drawn from it.
//! [`Explainer`] asks the linked records again, with the very model and frequencies that decided.

mod contribution;
mod decide;
mod person;

use serde::Serialize;

use crate::block::Blocks;
use crate::cluster::Groups;
use crate::compare::Comparer;
use crate::linked::{Grounds, Linked};
use crate::model::Scorer;
use crate::records::Records;
use crate::settings::Settings;

pub use contribution::{Contribution, Explanation, sentence};
pub use decide::{Decision, Outcome};
pub use person::{Known, Membership, Nearest, Person};

/// Explains what was linked.
pub struct Explainer<'a> {
    comparer: Comparer<'a>,
    linked: &'a Linked,
    grounds: &'a Grounds,
    settings: Settings,
    /// The records of each cluster, in their order.
    clusters: Vec<Vec<u32>>,
}

impl<'a> Explainer<'a> {
    /// For records that were linked with these settings.
    ///
    /// # Panics
    /// If the links were kept and read again: they have to be found anew.
    pub fn new(records: &'a Records, linked: &'a Linked, settings: &Settings) -> Self {
        let count = linked.clusters.iter().max().map_or(0, |last| *last as usize + 1);
        let mut clusters = vec![Vec::new(); count];
        for (record, cluster) in linked.clusters.iter().enumerate() {
            clusters[*cluster as usize].push(record as u32);
        }
        let grounds = linked.grounds.as_ref().expect("links that were found just now");
        let comparer = Comparer::new(records).knowing(&grounds.aliases);
        Explainer { comparer, linked, grounds, settings: settings.for_records(records.len()), clusters }
    }

    /// The records of a cluster.
    pub fn members(&self, cluster: u32) -> &[u32] {
        &self.clusters[cluster as usize]
    }

    /// The reckoning for two records, or for two groups of records as wholes. No record may be in
    /// both.
    pub fn groups(&self, left: &[u32], right: &[u32]) -> Explanation {
        Explanation::of(&self.scorer(), &self.grounds.coverage, left, right)
    }

    /// A record against the rest of its cluster, in the order in which the engine weighed it.
    pub fn in_its_cluster(&self, record: u32) -> Option<Explanation> {
        let rest = crate::cluster::rest(record, self.members(self.linked.clusters[record as usize]));
        (!rest.is_empty()).then(|| self.groups(&[record], &rest))
    }

    /// What was decided about two clusters, and why.
    pub fn decision(&self, one: u32, other: u32) -> Decision {
        let scorer = self.scorer();
        decide::decide(
            self,
            &mut Groups::new(&scorer, &self.grounds.coverage, self.settings.strict),
            one,
            other,
        )
    }

    /// A cluster: its records, the weakest of them, and what keeps it from its nearest rival.
    pub fn person(&self, cluster: u32) -> Person {
        let scorer = self.scorer();
        person::person(self, &mut Groups::new(&scorer, &self.grounds.coverage, self.settings.strict), cluster)
    }

    fn scorer(&self) -> Scorer<'_> {
        Scorer::new(&self.linked.model, &self.comparer, &self.grounds.frequencies)
    }

    /// The clusters that some pair of records brought together with this one.
    fn near(&self, cluster: u32) -> Vec<u32> {
        let of = |record: u32| self.linked.clusters[record as usize];
        let ends = self.grounds.edges.iter().map(|edge| (of(edge.a), of(edge.b)));
        let mut near: Vec<u32> = ends
            .filter(|(a, b)| a != b && (*a == cluster || *b == cluster))
            .map(|(a, b)| if a == cluster { b } else { a })
            .collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Some blocking rule gives a pair of records of these clusters.
    fn compared(&self, one: u32, other: u32) -> bool {
        let blocks = Blocks::of(&self.comparer, &self.settings.rules);
        let (ours, theirs) = (self.members(one), self.members(other));
        ours.iter().any(|a| theirs.iter().any(|b| blocks.give(*a, *b)))
    }
}
