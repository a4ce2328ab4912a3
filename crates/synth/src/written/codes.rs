//! Ratings, yes and no, money, sexes, officials and case numbers as they are written.

use crate::council::{Case, Council};
use crate::mess;
use crate::names::Sex;
use crate::rng::Rng;
use crate::sheet::Cell;

/// A rating: `letters` is the keeper's habit.
pub fn rag(letters: bool, rng: &mut Rng) -> Cell {
    const WORDS: [&str; 4] = ["Red", "Amber", "Green", "Blue"];
    let i = rng.weighted(&[15, 45, 30, 10]);
    Cell::text(match rng.weighted(&[900, 15, 15, 10, 10, 30, 20]) {
        0 if letters => WORDS[i][..1].to_owned(),
        0 => WORDS[i].to_owned(),
        1 => "A/R".to_owned(),
        2 => "Amber (was Red)".to_owned(),
        3 => "G*".to_owned(),
        4 => "Completed".to_owned(),
        5 => WORDS[i].to_lowercase(),
        _ => return Cell::Empty,
    })
}

/// Yes with probability `p`, or no, or what is written between the two.
pub fn yes_no(p: f64, rng: &mut Rng) -> Cell {
    const YES: [&str; 8] = ["Y", "Yes", "Y", "Yes", "y", "yes", "x", "a) Yes"];
    const NO: [&str; 8] = ["N", "No", "N", "No", "n", "no", "b) No", "No - chased"];
    const NEITHER: [&str; 6] = ["Partial", "Awaiting", "N/K", "N/A", "TBC", "Yes - late"];
    if rng.chance(0.05) {
        return Cell::Empty;
    }
    if rng.chance(0.07) {
        return Cell::text(rng.pick(&NEITHER));
    }
    let yes = rng.chance(p);
    Cell::text(rng.pick(if yes { &YES } else { &NO }))
}

/// A sum in pounds, for so many claimants.
pub fn money(heads: usize, rng: &mut Rng) -> Cell {
    let pounds = rng.between(3, 60) * 500;
    Cell::text(match rng.weighted(&[30, 20, 15, 10, 10, 10, 5]) {
        0 => return Cell::Number(f64::from(pounds)),
        1 => format!("£{},{:03}", pounds / 1000, pounds % 1000).replace("£0,", "£"),
        2 => format!("£{}k", pounds / 1000),
        3 => format!("{pounds}.00"),
        4 => "TBC".to_owned(),
        5 if heads > 1 => format!("£{pounds} each x{heads}"),
        5 => format!("{pounds} pc"),
        _ => return Cell::Empty,
    })
}

/// Sex, in a system's letters or in words.
pub fn sex(sex: Sex, unborn: bool, words: bool, rng: &mut Rng) -> Cell {
    Cell::text(match (unborn || rng.chance(0.02), words, sex) {
        (true, true, _) => "Unknown",
        (true, false, _) => "U",
        (_, true, Sex::Female) => "Female",
        (_, true, Sex::Male) => "Male",
        (_, false, Sex::Female) => "F",
        (_, false, Sex::Male) => "M",
    })
}

/// The name of a social worker, lawyer or judge.
pub fn official(council: &Council, role: &str, number: usize, rng: &mut Rng) -> Cell {
    let (forename, surname) = council.official(role, number);
    let initial = forename.chars().next().unwrap_or('A');
    if role == "judge" {
        let title = ["HHJ", "DJ", "Recorder", "DDJ"][number % 4];
        return Cell::text(format!("{title} {surname}"));
    }
    Cell::text(match rng.weighted(&[70, 12, 8, 6, 4]) {
        0 => format!("{forename} {surname}"),
        1 => format!("{initial} {surname}"),
        2 => forename.to_owned(),
        3 => format!("{initial}{}", surname.chars().next().unwrap_or('A')),
        _ => return Cell::Empty,
    })
}

/// The number, or numbers, of a set of proceedings; now and then none.
pub fn case_numbers(case: &Case, rng: &mut Rng) -> Cell {
    if rng.chance(0.03) {
        return Cell::text(rng.pick(&["TBC", "", "not yet issued", "awaited"]));
    }
    let number = mess::case_number(&case.court_number, rng);
    Cell::text(match &case.consolidated {
        Some(other) if rng.chance(0.7) => {
            format!("{number}{}{other}", rng.pick(&[", ", "; ", " & ", " / ", "\n"]))
        }
        _ => number,
    })
}
