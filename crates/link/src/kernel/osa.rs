//! Optimal string alignment distance (restricted Damerau-Levenshtein).

use super::word::{ALL, PLAIN, Word, are_plain, positions};

/// Number of insertions, deletions, substitutions and swaps of neighbours between two words,
/// no part edited twice. After Hyyrö, "A bit-vector algorithm for computing Levenshtein and
/// Damerau edit distances", Nordic Journal of Computing 2003, section 4.
pub fn osa_distance(a: &Word, b: &Word) -> usize {
    match a.both(b) {
        Some((a, b)) if are_plain(a, b) => bits::<PLAIN>(a, b),
        Some((a, b)) => bits::<ALL>(a, b),
        None => strsim::osa_distance(a.text(), b.text()),
    }
}

/// The distance, if it is so small. Words of too many letters of their own are told apart by these:
/// one edit changes at most two.
pub fn osa_at_most(a: &Word, b: &Word, most: usize) -> Option<usize> {
    if a.both(b).is_some() && a.partnerless(b) > 2 * most {
        return None;
    }
    let distance = osa_distance(a, b);
    (distance <= most).then_some(distance)
}

fn bits<const SYMBOLS: usize>(a: &[u8], b: &[u8]) -> usize {
    let positions = positions::<SYMBOLS>(a);
    let last = 1u64 << (a.len() - 1);
    let (mut vp, mut vn, mut d0, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
    let mut distance = a.len();
    for symbol in b {
        let here = positions[*symbol as usize];
        let swapped = ((!d0 & here) << 1) & before;
        d0 = swapped | ((here & vp).wrapping_add(vp) ^ vp) | here | vn;
        let (mut hp, mut hn) = (vn | !(d0 | vp), d0 & vp);
        distance += usize::from(hp & last != 0);
        distance -= usize::from(hn & last != 0);
        hp = (hp << 1) | 1;
        hn <<= 1;
        vp = hn | !(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_reference(a in "[a-dA éő'ω0-3]{0,70}", b in "[a-dA éő'ω0-3]{0,70}") {
            prop_assert_eq!(osa_distance(&Word::new(&a), &Word::new(&b)), strsim::osa_distance(&a, &b));
        }

        #[test]
        fn a_small_distance_is_told_and_no_other(a in "[a-dé]{1,5}|[a-dA éő'ω0-3]{0,70}", b in "[a-dé]{1,5}|[a-d'ω0-3]{0,9}", most in 0..4usize) {
            let distance = strsim::osa_distance(&a, &b);
            let expected = (distance <= most).then_some(distance);
            prop_assert_eq!(osa_at_most(&Word::new(&a), &Word::new(&b), most), expected);
        }

        #[test]
        fn agrees_with_the_reference_on_short_words(a in "[a-c]{0,6}", b in "[a-c]{0,6}") {
            prop_assert_eq!(osa_distance(&Word::new(&a), &Word::new(&b)), strsim::osa_distance(&a, &b));
        }
    }
}
