//! Sets that are joined and never divided (Tarjan 1975); the smallest member leads each.

/// Disjoint sets of the numbers below `n`.
pub struct Union {
    parent: Vec<u32>,
}

impl Union {
    /// Every number on its own.
    pub fn new(n: usize) -> Self {
        Union { parent: (0..n as u32).collect() }
    }

    /// The leader of a number's set.
    pub fn find(&mut self, mut x: u32) -> u32 {
        while self.parent[x as usize] != x {
            let next = self.parent[self.parent[x as usize] as usize];
            self.parent[x as usize] = next;
            x = next;
        }
        x
    }

    /// Joins two sets.
    pub fn join(&mut self, x: u32, y: u32) {
        let (x, y) = (self.find(x), self.find(y));
        self.parent[x.max(y) as usize] = x.min(y);
    }

    /// Number of each member's set, from 0 in the order of their leaders, and how many there are.
    pub fn numbered(mut self) -> (Vec<u32>, usize) {
        let mut numbers = vec![u32::MAX; self.parent.len()];
        let mut next = 0;
        for x in 0..self.parent.len() as u32 {
            let leader = self.find(x) as usize;
            if numbers[leader] == u32::MAX {
                numbers[leader] = next;
                next += 1;
            }
            numbers[x as usize] = numbers[leader];
        }
        (numbers, next as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_numbered_by_their_smallest_members() {
        let mut union = Union::new(6);
        union.join(5, 1);
        union.join(3, 5);
        union.join(4, 2);
        assert_eq!(union.numbered(), (vec![0, 1, 2, 1, 2, 1], 3));
    }
}
