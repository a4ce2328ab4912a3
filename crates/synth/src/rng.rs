//! Random numbers that are the same on every machine and in every version: Steele, Lea and
//! Flood's SplitMix64, written out here so that no dependency can change the council.
//! Anything with a number of its own (a family, a row) gets its own stream, so that it can be
//! made again at any time without making what came before it.

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Rng(u64);

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Rng {
    /// The stream of `what` number `index` under a seed.
    pub fn stream(seed: u64, what: &str, index: u64) -> Self {
        let mut state = mix(seed.wrapping_add(0x9E37_79B9_7F4A_7C15));
        for byte in what.bytes() {
            state = mix(state ^ u64::from(byte));
        }
        Rng(mix(state ^ mix(index.wrapping_add(1))))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// 0 to `n - 1`, each as likely; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1).max(1) as usize) as i32
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        const UNIT: f64 = 1.0 / (1u64 << 53) as f64;
        ((self.bits() >> 11) as f64) * UNIT < p
    }

    /// One of the items; the list must not be empty.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Index of one of the weights, as likely as it weighs.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = self.below(total as usize) as u32;
        for (i, weight) in weights.iter().enumerate() {
            if left < *weight {
                return i;
            }
            left -= weight;
        }
        weights.len() - 1
    }
}

/// Visits 0 to `n - 1` in a scattered order that depends on the stream, without holding a list.
pub fn scattered(n: usize, rng: &mut Rng) -> impl Iterator<Item = usize> + use<> {
    let start = rng.below(n);
    let mut step = n / 3 + rng.below(n / 3 + 1) + 1;
    while gcd(step, n.max(1)) != 1 {
        step += 1;
    }
    (0..n).map(move |i| ((start as u128 + i as u128 * step as u128) % n as u128) as usize)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_never_change() {
        // Worked out with another implementation of the same formula.
        let mut rng = Rng::stream(1, "family", 7);
        assert_eq!([rng.bits(), rng.bits()], [4_148_507_259_985_772_188, 4_864_099_809_719_743_315]);
    }

    #[test]
    fn chances_come_out_as_asked() {
        let mut rng = Rng::stream(3, "test", 0);
        let hits = (0..100_000).filter(|_| rng.chance(0.12)).count();
        assert!((11_500..12_500).contains(&hits), "{hits}");
        let mut seen = [0; 3];
        (0..60_000).for_each(|_| seen[rng.weighted(&[1, 2, 3])] += 1);
        assert!((9_500..10_500).contains(&seen[0]) && (29_000..31_000).contains(&seen[2]), "{seen:?}");
    }

    #[test]
    fn scattered_visits_each_once() {
        for n in [0, 1, 2, 5, 6, 97, 1000] {
            let mut order: Vec<usize> = scattered(n, &mut Rng::stream(9, "order", n as u64)).collect();
            order.sort_unstable();
            assert_eq!(order, (0..n).collect::<Vec<_>>());
        }
    }
}
