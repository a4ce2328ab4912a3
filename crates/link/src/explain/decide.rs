//! What the engine decided about two clusters, told from what it left: their weight as wholes, the
//! bars, the pairs that brought them together, and the doubts.

use super::{Explainer, Serialize};
use crate::cluster::{Bar, Groups, Match, Why};

/// What became of two clusters, or records of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They are one cluster.
    Joined,
    /// They were said to be different people before anything was compared.
    KeptApart,
    /// No blocking rule brings a record of the one together with a record of the other.
    NeverCompared,
    /// Compared, but no two of their records agree enough to weigh the clusters.
    TooLittle,
    /// A hard conflict, whatever the weight.
    Barred,
    /// Weighed, and found too light.
    BelowThreshold,
    /// Heavy enough, but another cluster fits one of them about as well.
    TwoCandidates,
}

/// What was decided, and on what figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// What became of them.
    pub outcome: Outcome,
    /// The hard conflict, where there is one.
    pub why: Option<Why>,
    /// Weight of the two clusters as wholes, in bits; none where they are one.
    pub weight: Option<f64>,
    /// The weight from which clusters are joined, in bits.
    pub join_at: f64,
    /// Bits between this and the next best candidate, where the pair waits for a person and there
    /// is another candidate.
    pub lead: Option<f64>,
    /// The cluster that fits one of the two and can't be the same person as the other.
    pub rival: Option<u32>,
    /// The pair waits for a person.
    pub in_review: bool,
}

pub(super) fn decide(explainer: &Explainer, groups: &mut Groups, one: u32, other: u32) -> Decision {
    let (linked, join_at) = (explainer.linked, explainer.settings.join_at);
    let mut decision = Decision {
        outcome: Outcome::Joined,
        why: None,
        weight: None,
        join_at,
        lead: None,
        rival: None,
        in_review: false,
    };
    if one == other {
        return decision;
    }
    let found = compare(explainer, groups, one, other);
    decision.weight = Some(found.weight);
    let of = |record: u32| linked.clusters[record as usize];
    let pair = (one.min(other), one.max(other));
    let doubt = linked.doubts.iter().find(|doubt| {
        let (left, right) = (of(doubt.left), of(doubt.right));
        (left.min(right), left.max(right)) == pair
    });
    decision.in_review = doubt.is_some();
    decision.lead = doubt.and_then(|doubt| doubt.lead);
    decision.outcome = match found.barred {
        Some(Bar::Apart) => Outcome::KeptApart,
        _ if !explainer.near(one).contains(&other) => {
            if explainer.compared(one, other) {
                Outcome::TooLittle
            } else {
                Outcome::NeverCompared
            }
        }
        Some(Bar::Doubtful(why)) => {
            decision.why = Some(why);
            Outcome::Barred
        }
        None if found.weight < join_at => Outcome::BelowThreshold,
        None => {
            decision.rival = rival(explainer, groups, one, other);
            Outcome::TwoCandidates
        }
    };
    decision
}

/// The heaviest cluster that fits one of two and that can't be the same person as the other.
fn rival(explainer: &Explainer, groups: &mut Groups, one: u32, other: u32) -> Option<u32> {
    let mut rivals = Vec::new();
    for (fits, not) in [(one, other), (other, one)] {
        for near in explainer.near(fits).into_iter().filter(|near| *near != not) {
            let found = compare(explainer, groups, fits, near);
            if found.barred != Some(Bar::Apart) && compare(explainer, groups, not, near).differ() {
                rivals.push((found.weight, near));
            }
        }
    }
    rivals.into_iter().max_by(|x, y| x.0.total_cmp(&y.0)).map(|(_, cluster)| cluster)
}

/// Two clusters as wholes, in the order in which the engine sets them against each other.
pub(super) fn compare(explainer: &Explainer, groups: &mut Groups, one: u32, other: u32) -> Match {
    groups.compare(explainer.members(one.min(other)), explainer.members(one.max(other)))
}
