//! What becomes of the facts when a keeper writes them down: wrong, old, shortened or missing.
//! In goes a child as it is, out comes a child as it was told; how that is written in a cell
//! is the business of [`crate::written`].

use jiff::civil::Date;

use crate::days::{self, AS_AT};
use crate::names;
use crate::people::{Child, Family};
use crate::rng::Rng;

/// A child as one keeper was told of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Forename(s); an initial; empty for an unborn baby.
    pub forename: String,
    /// Surname.
    pub surname: String,
    /// Another surname that the keeper knows of.
    pub alias: Option<String>,
    /// Day of birth.
    pub dob: Option<Date>,
    /// Expected day of birth, for an unborn baby.
    pub expected: Option<Date>,
    /// Written down before the birth.
    pub unborn: bool,
    /// Postcode.
    pub postcode: Option<String>,
}

/// Two keepers, each wrong this often, disagree on about 12 in 100 forenames.
const FORENAME: f64 = 0.058;
/// Likewise, 18 in 100 surnames.
const SURNAME: f64 = 0.092;

/// What a keeper makes of a child, maybe still as of before the birth.
pub fn told(child: &Child, family: &Family, rng: &mut Rng) -> Told {
    let unborn = child.unborn() || (child.newborn() && rng.chance(0.3));
    told_as(child, family, unborn, rng)
}

/// What a keeper makes of a child of whom only a birth can have told them.
pub fn told_born(child: &Child, family: &Family, rng: &mut Rng) -> Told {
    told_as(child, family, child.unborn(), rng)
}

fn told_as(child: &Child, family: &Family, unborn: bool, rng: &mut Rng) -> Told {
    let (mut forename, mut surname) = (child.forename.to_owned(), child.surname.clone());
    let mut alias = None;
    if !unborn && rng.chance(FORENAME) {
        forename = other_forename(child, rng);
    }
    if unborn && rng.chance(0.5) {
        // Before the birth is registered a baby goes by the mother's name.
        surname = family.mother.surname.clone();
    } else if rng.chance(SURNAME) {
        (surname, alias) = other_surname(child, family, rng);
    }
    if !unborn && rng.chance(0.003) {
        std::mem::swap(&mut forename, &mut surname);
    }
    let postcode = match rng.weighted(&[70, 22, 8]) {
        0 => Some(family.postcode.clone()),
        1 => family.former_postcode.clone().or_else(|| Some(family.postcode.clone())),
        _ => None,
    };
    Told {
        forename: if unborn { String::new() } else { forename },
        surname,
        alias,
        dob: if unborn { None } else { dob(child.dob, rng) },
        expected: unborn.then(|| days::plus(child.expected, rng.between(-4, 4))),
        unborn,
        postcode,
    }
}

fn other_forename(child: &Child, rng: &mut Rng) -> String {
    let nicknames = names::nicknames(child.forename);
    match rng.weighted(&[if nicknames.is_empty() { 0 } else { 38 }, 24, 8, 22, 5, 3]) {
        0 => rng.pick(nicknames).to_owned(),
        1 => typo(child.forename, rng),
        2 => child.forename.chars().take(1).collect(),
        3 => format!("{} {}", child.forename, child.middle),
        4 => format!("{} {}", child.forename, child.middle.chars().take(1).collect::<String>()),
        _ => child.middle.to_owned(),
    }
}

fn other_surname(child: &Child, family: &Family, rng: &mut Rng) -> (String, Option<String>) {
    let own = child.surname.as_str();
    let others: Vec<&str> = child.other_surnames.iter().map(String::as_str).collect();
    let halves: Vec<&str> = own.split('-').collect();
    let known = if others.is_empty() { 0 } else { 1 };
    match rng.weighted(&[46 * known, 10 * known, 16 * known, 28]) {
        0 => (rng.pick(&others).to_owned(), None),
        1 => (own.to_owned(), Some(rng.pick(&others).to_owned())),
        2 if halves.len() == 2 => match rng.below(3) {
            0 => (format!("{}-{}", halves[1], halves[0]), None),
            1 => (format!("{} {}", halves[0], halves[1]), None),
            _ => (rng.pick(&halves).to_owned(), None),
        },
        2 if family.mother.surname != own => (format!("{}-{own}", family.mother.surname), None),
        _ => (typo(own, rng), None),
    }
}

/// A day of birth as it gets into a tracker.
fn dob(dob: Date, rng: &mut Rng) -> Option<Date> {
    match rng.weighted(&[935, 30, 15, 10, 10]) {
        0 => Some(dob),
        1 => None,
        2 => Some(digit_slip(dob, rng)),
        3 => Date::new(dob.year(), dob.day(), dob.month()).ok().filter(|d| *d <= AS_AT).or(Some(dob)),
        _ => Some(dob.first_of_month()),
    }
}

fn digit_slip(dob: Date, rng: &mut Rng) -> Date {
    let mut slip = |old: i8| if rng.chance(0.5) { old + 1 } else { old - 1 };
    let (mut year, mut month, mut day) = (dob.year(), dob.month(), dob.day());
    match slip(0) + slip(0) {
        2 => year += i16::from(slip(0)),
        -2 => month = slip(month).clamp(1, 12),
        _ => day = (slip(day / 10) * 10 + day % 10).clamp(1, 28),
    }
    Date::new(year, month, day).ok().filter(|d| *d <= AS_AT).unwrap_or(dob)
}

/// One slip of the fingers; the first letter mostly survives.
pub fn typo(text: &str, rng: &mut Rng) -> String {
    const NEXT: [&str; 26] = [
        "s", "v", "x", "s", "r", "g", "h", "j", "o", "k", "l", "k", "n", "m", "i", "o", "w", "t", "d", "y",
        "i", "b", "e", "c", "u", "s",
    ];
    let mut letters: Vec<char> = text.chars().collect();
    let n = letters.len();
    if n < 3 {
        return text.to_owned();
    }
    let at = if rng.chance(0.05) { 0 } else { 1 + rng.below(n - 2) };
    match rng.weighted(&[30, 25, 20, 25]) {
        0 => {
            let small = letters[at].to_ascii_lowercase();
            if small.is_ascii_lowercase() {
                letters[at] = NEXT[(small as u8 - b'a') as usize].chars().next().unwrap_or(small);
            }
        }
        1 => {
            letters.remove(at.max(1));
        }
        2 => letters.insert(at, letters[at]),
        _ => letters.swap(at.max(1), at.max(1) + usize::from(at + 1 < n)),
    }
    letters.into_iter().collect()
}

/// A reference with the usual slips: mostly how it is typed, now and then what is typed.
pub fn case_number(number: &str, rng: &mut Rng) -> String {
    let (court, year, serial) = (&number[..2], &number[2..5], &number[5..]);
    match rng.weighted(&[780, 50, 40, 30, 20, 20, 20, 10, 10]) {
        0 => number.to_owned(),
        1 => number.to_lowercase(),
        2 => format!("{court} {year} {serial}"),
        3 => format!("{court}{year} {serial}"),
        4 => format!("{court}{year}{}", serial.replacen('0', "O", 1)),
        5 => format!("{court}/{year}/{serial}"),
        6 => format!("{number} &"),
        7 => {
            let mut short = number.to_owned();
            short.remove(5 + rng.below(5));
            short
        }
        _ => {
            let at = 5 + rng.below(4);
            let mut letters: Vec<char> = number.chars().collect();
            letters.swap(at, at + 1);
            letters.into_iter().collect()
        }
    }
}

/// White space where it does not belong.
pub fn untidy(text: String, rng: &mut Rng) -> String {
    match rng.weighted(&[930, 35, 10, 15, 5, 5]) {
        0 => text,
        1 => text + " ",
        2 => format!(" {text}"),
        3 => text.replacen(' ', "  ", 1),
        4 => text.replacen(' ', "\u{a0}", 1),
        _ => text + "  ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::Council;

    #[test]
    fn two_keepers_disagree_as_often_as_in_life() {
        let council = Council::new(8_000, 21);
        let rng = &mut Rng::stream(1, "keepers", 0);
        let (mut pairs, mut forenames, mut surnames, mut dobs) = (0.0, 0.0, 0.0, 0.0);
        for family in council.walk_families("test") {
            for child in family.children.iter().filter(|child| !child.unborn() && !child.newborn()) {
                let (a, b) = (told(child, &family, rng), told(child, &family, rng));
                pairs += 1.0;
                forenames += f64::from(a.forename != b.forename);
                surnames += f64::from(a.surname != b.surname || a.alias != b.alias);
                dobs += f64::from(a.dob != b.dob);
            }
        }
        let rates = [forenames / pairs, surnames / pairs, dobs / pairs];
        assert!((0.10..0.14).contains(&rates[0]), "{rates:?}");
        assert!((0.16..0.20).contains(&rates[1]), "{rates:?}");
        assert!((0.09..0.15).contains(&rates[2]), "{rates:?}");
    }

    #[test]
    fn slips_change_little_and_never_panic() {
        let rng = &mut Rng::stream(2, "slips", 0);
        for name in ["", "Jo", "Ana", "Łukasz", "O'Neill", "Ní Bhriain", "Smith-Jones"] {
            for _ in 0..200 {
                let slipped = typo(name, rng);
                assert!(slipped.chars().count().abs_diff(name.chars().count()) <= 1, "{slipped}");
            }
        }
        for _ in 0..500 {
            assert!(case_number("WB21C00123", rng).len() >= 9);
        }
    }
}
