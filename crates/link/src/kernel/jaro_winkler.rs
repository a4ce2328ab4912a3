//! Jaro-Winkler similarity.

use super::word::{ALL, PLAIN, Word, are_plain, positions};

/// Similarity from 0 (nothing in common) to 1 (the same), with Winkler's bonus of a tenth per
/// character of a common prefix of up to four. Winkler, "String comparator metrics and enhanced
/// decision rules in the Fellegi-Sunter model of record linkage", 1990.
pub fn jaro_winkler(a: &Word, b: &Word) -> f64 {
    match a.both(b) {
        Some((a, b)) => {
            let jaro = if are_plain(a, b) { jaro::<PLAIN>(a, b) } else { jaro::<ALL>(a, b) };
            with_bonus(jaro, a, b)
        }
        None => strsim::jaro_winkler(a.text(), b.text()),
    }
}

/// The similarity is at least so much. Mostly that is plain from which letters each word has, because
/// those that the other has not can't match.
pub fn are_alike(a: &Word, b: &Word, least: f64) -> bool {
    if let Some((x, y)) = a.both(b) {
        let (long, short) = (x.len().max(y.len()), x.len().min(y.len()));
        let matches = ((long + short).saturating_sub(a.partnerless(b)) / 2).min(short) as f64;
        let most = (matches / long as f64 + matches / short as f64 + 1.0) / 3.0;
        if with_bonus(most, x, y) < least - ROUNDING {
            return false;
        }
    }
    jaro_winkler(a, b) >= least
}

/// More than sums of a few fractions can be wrong by.
const ROUNDING: f64 = 1e-9;

/// Jaro's similarity with the bonus for a common prefix, which has a threshold in the reference, and so
/// here.
fn with_bonus(jaro: f64, a: &[u8], b: &[u8]) -> f64 {
    if jaro <= 0.7 {
        return jaro;
    }
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    jaro + 0.1 * prefix as f64 * (1.0 - jaro)
}

fn jaro<const SYMBOLS: usize>(a: &[u8], b: &[u8]) -> f64 {
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let positions = positions::<SYMBOLS>(a);
    let (mut used, mut matched_b) = (0u64, 0u64);
    for (j, symbol) in b.iter().enumerate() {
        let window = below(j + reach + 1) & !below(j.saturating_sub(reach));
        let free = positions[*symbol as usize] & window & !used;
        if free != 0 {
            used |= free & free.wrapping_neg();
            matched_b |= 1 << j;
        }
    }
    if used == 0 {
        return 0.0;
    }
    let matches = f64::from(used.count_ones());
    let (mut left, mut right, mut displaced) = (used, matched_b, 0u32);
    while left != 0 {
        if a[left.trailing_zeros() as usize] != b[right.trailing_zeros() as usize] {
            displaced += 1;
        }
        left &= left - 1;
        right &= right - 1;
    }
    let transpositions = f64::from(displaced / 2);
    (matches / a.len() as f64 + matches / b.len() as f64 + (matches - transpositions) / matches) / 3.0
}

/// The lowest `n` bits.
fn below(n: usize) -> u64 {
    if n >= 64 { u64::MAX } else { (1 << n) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_reference(a in "[a-dA éő'ω0-3]{0,70}", b in "[a-dA éő'ω0-3]{0,70}") {
            let (ours, reference) = (jaro_winkler(&Word::new(&a), &Word::new(&b)), strsim::jaro_winkler(&a, &b));
            prop_assert!((ours - reference).abs() < 1e-9, "{} {}", ours, reference);
        }

        #[test]
        fn what_is_alike_is_so_in_the_reference(
            a in "[a-eé]{1,9}|[a-dA éő'ω0-3]{0,70}", b in "[a-eé]{1,9}|[a-d'ω0-3]{0,9}", least in 0.0..1.0f64,
        ) {
            let reference = strsim::jaro_winkler(&a, &b);
            let alike = are_alike(&Word::new(&a), &Word::new(&b), least);
            prop_assert!(alike == (reference >= least) || (reference - least).abs() < 1e-9);
        }

        #[test]
        fn agrees_with_the_reference_on_short_words(a in "[a-c]{0,6}", b in "[a-c]{0,6}") {
            let (ours, reference) = (jaro_winkler(&Word::new(&a), &Word::new(&b)), strsim::jaro_winkler(&a, &b));
            prop_assert!((ours - reference).abs() < 1e-9, "{} {}", ours, reference);
        }
    }
}
