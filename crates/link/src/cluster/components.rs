//! Records that scored pairs connect: independent pieces of the clustering.

use super::Edge;

/// The components of two records or more: each with its records and its edges, in the order of
/// their smallest records.
pub fn components(records: usize, edges: &[Edge]) -> Vec<(Vec<u32>, Vec<Edge>)> {
    let mut parent: Vec<u32> = (0..records as u32).collect();
    for edge in edges {
        let (a, b) = (root(&mut parent, edge.a), root(&mut parent, edge.b));
        // The smaller record leads, so that roots do not depend on the order of edges.
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut of_root = vec![u32::MAX; records];
    let mut components: Vec<(Vec<u32>, Vec<Edge>)> = Vec::new();
    let mut connected = vec![false; records];
    for edge in edges {
        connected[edge.a as usize] = true;
        connected[edge.b as usize] = true;
    }
    for record in (0..records as u32).filter(|r| connected[*r as usize]) {
        let root = root(&mut parent, record) as usize;
        if of_root[root] == u32::MAX {
            of_root[root] = components.len() as u32;
            components.push(Default::default());
        }
        components[of_root[root] as usize].0.push(record);
    }
    for edge in edges {
        let root = root(&mut parent, edge.a) as usize;
        components[of_root[root] as usize].1.push(*edge);
    }
    components
}

/// Root of a record, halving the path on the way (Tarjan and van Leeuwen 1984).
pub fn root(parent: &mut [u32], mut record: u32) -> u32 {
    while parent[record as usize] != record {
        let next = parent[parent[record as usize] as usize];
        parent[record as usize] = next;
        record = next;
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_in_order() {
        let edge = |a, b| Edge { a, b, weight: 1.0 };
        let found = components(7, &[edge(5, 6), edge(0, 3), edge(3, 4)]);
        let records: Vec<_> = found.iter().map(|(records, _)| records.clone()).collect();
        assert_eq!(records, [vec![0, 3, 4], vec![5, 6]]);
        assert_eq!((found[0].1.len(), found[1].1.len()), (2, 1));
    }
}
