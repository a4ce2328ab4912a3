//! Records, cluster by cluster.

use rayon::prelude::*;

use super::PIECE;

/// (cluster, record) in the order of the clusters: the records of each stand together, in order.
pub fn by_cluster(clusters: &[u32]) -> Vec<(u32, u32)> {
    let mut order: Vec<(u32, u32)> = clusters.iter().copied().zip(0..clusters.len() as u32).collect();
    order.par_sort_unstable();
    order
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
