//! Records that scored pairs connect: independent pieces of the clustering.

use std::io;

use super::Edge;
use crate::pile::Pile;

/// The components of two records or more, in the order of their smallest records.
pub struct Components {
    members: Vec<u32>,
    edges: Vec<Edge>,
    /// Where each component's members and edges end.
    ends: Vec<(u32, u32)>,
}

impl Components {
    /// Finds them.
    pub fn new(records: usize, edges: &[Edge]) -> Self {
        const NONE: u32 = u32::MAX;
        let mut parent: Vec<u32> = (0..records as u32).collect();
        edges.iter().for_each(|edge| unite(&mut parent, edge));
        let mut number = vec![NONE; records];
        let mut connected = vec![false; records];
        for edge in edges {
            connected[edge.a as usize] = true;
            connected[edge.b as usize] = true;
        }
        let mut ends: Vec<(u32, u32)> = Vec::new();
        for record in (0..records as u32).filter(|r| connected[*r as usize]) {
            let root = root(&mut parent, record) as usize;
            if number[root] == NONE {
                number[root] = ends.len() as u32;
                ends.push((0, 0));
            }
            number[record as usize] = number[root];
            ends[number[root] as usize].0 += 1;
        }
        for edge in edges {
            ends[number[edge.a as usize] as usize].1 += 1;
        }
        // Counts become starts, and starts become ends as the components are filled.
        let (mut members_before, mut edges_before) = (0, 0);
        for (members, edges) in &mut ends {
            (*members, members_before) = (members_before, members_before + *members);
            (*edges, edges_before) = (edges_before, edges_before + *edges);
        }
        let mut members = vec![0; members_before as usize];
        for record in (0..records as u32).filter(|r| connected[*r as usize]) {
            let next = &mut ends[number[record as usize] as usize].0;
            members[*next as usize] = record;
            *next += 1;
        }
        let mut sorted = vec![Edge::default(); edges.len()];
        for edge in edges {
            let next = &mut ends[number[edge.a as usize] as usize].1;
            sorted[*next as usize] = *edge;
            *next += 1;
        }
        Components { members, edges: sorted, ends }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The records, in order, and the edges of one.
    pub fn get(&self, component: usize) -> (&[u32], &[Edge]) {
        let start = if component == 0 { (0, 0) } else { self.ends[component - 1] };
        let end = self.ends[component];
        (&self.members[start.0 as usize..end.0 as usize], &self.edges[start.1 as usize..end.1 as usize])
    }
}

/// Components in portions, where all edges together would be too many for the memory.
pub struct Portions {
    /// The portion of each record.
    of: Vec<u32>,
    portions: usize,
}

impl Portions {
    /// Portions of `most` edges at most, but that a component is never divided.
    pub fn new(records: usize, edges: &Pile<Edge>, most: u64) -> io::Result<Self> {
        let mut parent: Vec<u32> = (0..records as u32).collect();
        edges.parts(|part| {
            part.iter().for_each(|edge| unite(&mut parent, edge));
            Ok(())
        })?;
        let mut counts = vec![0u32; records];
        edges.parts(|part| {
            part.iter().for_each(|edge| counts[root(&mut parent, edge.a) as usize] += 1);
            Ok(())
        })?;
        let (mut of, mut portions, mut sum) = (vec![0u32; records], 0u32, 0u64);
        for record in 0..records {
            let first = root(&mut parent, record as u32) as usize;
            if first == record {
                let count = u64::from(counts[record]);
                if sum > 0 && sum + count > most {
                    (portions, sum) = (portions + 1, 0);
                }
                sum += count;
                of[record] = portions;
            } else {
                of[record] = of[first];
            }
        }
        Ok(Portions { of, portions: portions as usize + 1 })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.portions
    }

    /// The edges of one.
    pub fn get(&self, edges: &Pile<Edge>, portion: usize) -> io::Result<Vec<Edge>> {
        let mut found = Vec::new();
        edges.parts(|part| {
            found.extend(part.iter().filter(|edge| self.of[edge.a as usize] as usize == portion));
            Ok(())
        })?;
        Ok(found)
    }
}

fn unite(parent: &mut [u32], edge: &Edge) {
    let (a, b) = (root(parent, edge.a), root(parent, edge.b));
    // The smaller record leads, so that roots do not depend on the order of edges.
    parent[a.max(b) as usize] = a.min(b);
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
        let edge = |a, b| Edge { a, b, ..Edge::default() };
        let found = Components::new(7, &[edge(5, 6), edge(0, 3), edge(3, 4)]);
        assert_eq!(found.len(), 2);
        assert_eq!((found.get(0).0, found.get(1).0), (&[0, 3, 4][..], &[5, 6][..]));
        assert_eq!((found.get(0).1.len(), found.get(1).1.len()), (2, 1));
    }
}
