//! Brothers and sisters who were merged into one child: the worst fault there is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Published, Truth};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Share {
    /// Children who share a merged child with another of the sort.
    pub count: usize,
    /// Children who have another of the sort at all.
    pub of: usize,
}

/// Children merged with a brother or sister, and with one of the same date of birth.
///
/// The truth need not hold dates of birth. A child's is the one that most of its rows say: a
/// row's own where it lost against the merged one, else that of its merged child.
pub fn merged(truth: &Truth, published: &Published, found: &[u32]) -> (Share, Share) {
    let born = births(truth, published);
    let mut families: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (child, family) in truth.families.iter().enumerate().filter(|(_, f)| **f != u32::MAX) {
        families.entry(*family).or_default().push(child as u32);
    }
    let mut of_child: Vec<Vec<u32>> = vec![Vec::new(); truth.count];
    for (child, cluster) in truth.children.iter().zip(found) {
        of_child[*child as usize].push(*cluster);
    }
    let (mut sibling, mut twin) = (Share::default(), Share::default());
    for children in families.values() {
        for x in children {
            let others = || children.iter().filter(|y| *y != x);
            let shares = |y: &&u32| of_child[*x as usize].iter().any(|c| of_child[**y as usize].contains(c));
            let twins = |y: &&u32| !born[*x as usize].is_empty() && born[*x as usize] == born[**y as usize];
            sibling.of += usize::from(others().next().is_some());
            sibling.count += usize::from(others().any(|y| shares(&y)));
            twin.of += usize::from(others().any(|y| twins(&y)));
            twin.count += usize::from(others().any(|y| twins(&y) && shares(&y)));
        }
    }
    (sibling, twin)
}

/// The date of birth that most rows of each child say; empty where none says any.
fn births(truth: &Truth, published: &Published) -> Vec<String> {
    let mut votes: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); truth.count];
    for (place, child) in truth.places.iter().zip(&truth.children) {
        let Some(entity) = published.entities.get(place) else { continue };
        let own = published.said.get(&(*entity, place.0.clone(), place.1.clone(), place.2));
        if let Some(born) = own.or_else(|| published.born.get(entity)).filter(|born| !born.is_empty()) {
            *votes[*child as usize].entry(born).or_default() += 1;
        }
    }
    let most = |votes: BTreeMap<&str, usize>| {
        votes.into_iter().max_by_key(|(_, n)| *n).map(|(born, _)| born.to_owned())
    };
    votes.into_iter().map(|votes| most(votes).unwrap_or_default()).collect()
}
