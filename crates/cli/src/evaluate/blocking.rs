//! How many of the true pairs blocking brings together: what it misses, nothing later can find.

use std::collections::BTreeMap;

use collate_link::block::Blocks;
use collate_link::compare::Comparer;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Place;
use super::truth::Truth;
use crate::explain::Rerun;

/// True pairs, and those of them that some rule gives.
#[derive(Debug, Serialize)]
pub struct Completeness {
    /// True pairs that some blocking rule brings together.
    pub met: u64,
    /// True pairs in all.
    pub of: u64,
    /// `met` as a share of `of`.
    pub share: f64,
}

/// Asks the rules of a run about every two rows of each true child.
pub fn completeness(rerun: &Rerun, truth: &Truth) -> Completeness {
    let linkage = &rerun.linkage;
    let record: FxHashMap<Place, u32> = (0..)
        .zip(&linkage.places)
        .map(|(record, (source, row, part))| {
            let source = &rerun.dataset.sources[*source as usize];
            ((source.file.clone(), source.sheet.clone(), *row, *part), record)
        })
        .collect();
    let comparer = Comparer::new(&linkage.records);
    let blocks = Blocks::of(&comparer, &linkage.settings.rules);
    let mut of_child: BTreeMap<u32, Vec<Option<u32>>> = BTreeMap::new();
    for (place, child) in truth.places.iter().zip(&truth.children) {
        of_child.entry(*child).or_default().push(record.get(place).copied());
    }
    let (mut met, mut of) = (0, 0);
    for records in of_child.values() {
        for (i, one) in records.iter().enumerate() {
            for other in &records[i + 1..] {
                of += 1;
                met += u64::from(matches!((one, other), (Some(a), Some(b)) if blocks.give(*a, *b)));
            }
        }
    }
    Completeness { met, of, share: if of == 0 { 1.0 } else { met as f64 / of as f64 } }
}
