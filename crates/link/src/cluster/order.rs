//! Records, cluster by cluster.

use super::PIECE;

/// (cluster, record) in the order of the clusters: the records of each stand together, in order.
pub fn by_cluster(clusters: &[u32]) -> Vec<(u32, u32)> {
    let count = clusters.iter().max().map_or(0, |last| *last as usize + 1);
    in_groups(count, || clusters.iter().copied().zip(0..))
}

/// (group, member) in the order of the groups, of which there are so many; the members of each stand in
/// the order in which they come.
pub fn in_groups<I: Iterator<Item = (u32, u32)>>(groups: usize, all: impl Fn() -> I) -> Vec<(u32, u32)> {
    // Once all are counted, everyone's place is known.
    let mut next = vec![0u32; groups];
    all().for_each(|(group, _)| next[group as usize] += 1);
    let mut end = 0;
    for place in &mut next {
        (*place, end) = (end, end + *place);
    }
    let mut ordered = vec![(0, 0); end as usize];
    for (group, member) in all() {
        let place = &mut next[group as usize];
        ordered[*place as usize] = (group, member);
        *place += 1;
    }
    ordered
}

/// The records of each cluster, given [`by_cluster`].
pub fn each_cluster(order: &[(u32, u32)]) -> impl Iterator<Item = &[(u32, u32)]> {
    order.chunk_by(|x, y| x.0 == y.0)
}

/// The records that are in no cluster of more than [`PIECE`].
pub fn left_over(clusters: &[u32]) -> Vec<bool> {
    let mut sizes = vec![0; clusters.iter().max().map_or(0, |last| *last as usize + 1)];
    clusters.iter().for_each(|cluster| sizes[*cluster as usize] += 1);
    clusters.iter().map(|cluster| sizes[*cluster as usize] <= PIECE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_a_cluster_stand_together() {
        let order = by_cluster(&[1, 0, 1, 2]);
        let found: Vec<Vec<u32>> =
            each_cluster(&order).map(|c| c.iter().map(|(_, r)| *r).collect()).collect();
        assert_eq!(found, [vec![1], vec![0, 2], vec![3]]);
    }
}
