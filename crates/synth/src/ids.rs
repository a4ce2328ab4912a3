//! Identifiers: unique by construction (a scattered but one-to-one function of the child's or
//! case's number), of a valid shape, and in ranges that belong to nobody.

use crate::rng::Rng;

/// A one-to-one scattering of `n` within `0..prime`: `n` below the prime.
fn scatter(n: u64, prime: u64, salt: u64) -> u64 {
    let factor = prime / 3 + salt % (prime / 4).max(1) + 1;
    (n * factor + salt) % prime
}

/// The council's own number for a child: seven digits, some with zeros in front.
/// Unique up to 9,999,991 children.
pub fn child_id(child: u32, salt: u64) -> String {
    format!("{:07}", scatter(u64::from(child), 9_999_991, salt % 9_999_991))
}

/// The number the child had in the system before the present one.
pub fn legacy_id(child: u32, salt: u64) -> String {
    format!("P{:06}", scatter(u64::from(child), 9_999_991, (salt + 77) % 9_999_991))
}

/// NHS number in the range 999, which is for tests: unique, so that children past the millionth,
/// and those whose check digit would be 10, have none.
pub fn nhs(child: u32, salt: u64) -> Option<String> {
    if child >= 1_000_000 {
        return None;
    }
    // An odd factor that is no multiple of 5 is one-to-one modulo a million.
    let factor = (salt % 49_999) * 20 + 300_007;
    let serial = (u64::from(child) * factor + salt % 1_000_000) % 1_000_000;
    let first = 999_000_000 + serial;
    let sum: u64 = (0..9).map(|i| (first / 10u64.pow(8 - i) % 10) * u64::from(10 - i)).sum();
    match (11 - sum % 11) % 11 {
        10 => None,
        check => Some(format!("{first}{check}")),
    }
}

/// Unique pupil number: check letter, an authority that does not exist (989), school, year, serial.
pub fn upn(child: u32, intake: i16, salt: u64) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let serial = scatter(u64::from(child), 9_999_991, (salt + 5) % 9_999_991);
    let digits = format!("989{:04}{:02}{:03}", serial / 1000, intake.rem_euclid(100), serial % 1000);
    let sum: usize = digits.bytes().enumerate().map(|(i, d)| usize::from(d - b'0') * (i + 2)).sum();
    format!("{}{digits}", char::from(LETTERS[sum % 23]))
}

/// A postcode of a valid shape in an area (WY) that does not exist.
pub fn postcode(rng: &mut Rng) -> String {
    const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    let mut letter = || char::from(LETTERS[rng.below(LETTERS.len())]);
    let (a, b) = (letter(), letter());
    format!("WY{} {}{a}{b}", rng.between(1, 24), rng.between(1, 9))
}

/// Family court number of the `case`-th of `cases`: small councils have small serials.
/// Unique up to 1,599,856 cases.
pub fn case_number(case: u32, cases: u32, year: i16, salt: u64) -> String {
    const COURTS: [&str; 16] =
        ["WB", "WE", "WY", "QA", "QB", "QR", "QD", "QE", "QF", "QG", "QH", "QJ", "QK", "QL", "QM", "QN"];
    let prime = if cases < 900 {
        997
    } else if cases < 9_000 {
        9_973
    } else {
        99_991
    };
    let (round, place) = (u64::from(case) / prime, u64::from(case) % prime);
    let court = COURTS[(round % 16) as usize];
    format!("{court}{:02}C{:05}", year.rem_euclid(100), scatter(place, prime, salt % prime))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_up_to_a_large_council() {
        for salt in [0, 1, 12_345_678_901] {
            let n = 200_000u32;
            let distinct = |ids: Vec<String>| ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
            assert!(distinct((0..n).map(|c| child_id(c, salt)).collect()));
            assert!(distinct((0..n).filter_map(|c| nhs(c, salt)).collect()));
            assert!(distinct((0..n).map(|c| upn(c, 2012, salt)).collect()));
            assert!(distinct((0..3 * n).map(|c| case_number(c, 3 * n, 2021, salt)).collect()));
        }
    }

    #[test]
    fn the_test_range_is_never_used_twice() {
        let mut seen: Vec<String> = (0..1_100_000).filter_map(|c| nhs(c, 42)).collect();
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
        assert!((900_000..920_000).contains(&all), "{all}");
    }

    #[test]
    fn check_digits_hold() {
        for child in 0..2_000 {
            if let Some(number) = nhs(child, 9) {
                let d: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
                let sum: u32 = (0..10).map(|i| d[i] * (10 - i as u32)).sum();
                assert_eq!((d.len(), sum % 11), (10, 0), "{number}");
            }
            let pupil = upn(child, 2015, 9);
            assert_eq!(pupil.len(), 13);
            assert!(!pupil.starts_with(['I', 'O', 'S']));
        }
        // The published test vector of the check letter.
        let sum: usize =
            "801200001001".bytes().enumerate().map(|(i, d)| usize::from(d - b'0') * (i + 2)).sum();
        assert_eq!(b"ABCDEFGHJKLMNPQRTUVWXYZ"[sum % 23], b'H');
    }

    #[test]
    fn small_councils_have_small_serials() {
        let number = case_number(3, 40, 2021, 8);
        assert!(number.starts_with("WB21C00"), "{number}");
    }
}
