//! A cell that names children, one or several, in the styles in which people do it.
//! The parts of a row are counted in the order in which the cell names them.

use jiff::civil::Date;

use super::dates::day_text;
use crate::days::{self, AS_AT};
use crate::mess::{Told, untidy};
use crate::people::Adult;
use crate::rng::Rng;

/// How a keeper writes a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `SMITH, John`
    SurnameFirst,
    /// `John SMITH`
    Shout,
    /// `John Smith`
    Plain,
    /// `Smith John`, in a column of its own kind
    Reversed,
}

/// Between names in full; the last does not go with names that have a comma.
const SEPARATORS: [&str; 4] = ["; ", " & ", " / ", " and "];

/// A cell and who is in it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The cell's text.
    pub text: String,
    /// It names the children; `Smith x3` and `Re AB` don't.
    pub named: bool,
}

/// One child.
pub fn one(told: &Told, style: Style, rng: &mut Rng) -> String {
    let surname = with_alias(told, style, rng);
    if told.unborn {
        return untidy(baby(told, &surname, rng), rng);
    }
    let style = if rng.chance(0.08) { Style::Plain } else { style };
    let forename = &told.forename;
    let name = match style {
        Style::SurnameFirst => format!("{}, {forename}", surname.to_uppercase()),
        Style::Shout => format!("{forename} {}", surname.to_uppercase()),
        Style::Plain if rng.chance(0.02) => {
            format!("{} {surname}", forename.chars().take(1).collect::<String>())
        }
        Style::Plain => format!("{forename} {surname}"),
        Style::Reversed => format!("{surname} {forename}"),
    };
    untidy(name, rng)
}

/// All children of a row.
pub fn children(told: &[Told], style: Style, rng: &mut Rng) -> Listed {
    let Some(first) = told.first() else { return Listed { text: String::new(), named: true } };
    let surname = &first.surname;
    let same = told.iter().all(|t| t.surname == *surname && t.alias.is_none());
    let born = told.iter().all(|t| !t.unborn);
    if rng.chance(0.035) {
        let n = told.len();
        let text = match rng.below(4) {
            0 if n > 1 => format!("{surname} x{n}"),
            1 if n > 1 => format!("{} children", surname.to_uppercase()),
            2 => format!("{surname} family"),
            _ => format!("Re {}", initials(rng)),
        };
        return Listed { text, named: false };
    }
    let text = match rng.weighted(&[if same { 35 } else { 0 }, if same && born { 20 } else { 0 }, 25, 20]) {
        0 => carried(told, surname, rng),
        1 => aged(told, surname, rng),
        2 => {
            let list: Vec<String> = told.iter().map(|t| one(t, style, rng) + &birth(t, 0.4, rng)).collect();
            list.join("\n")
        }
        _ => {
            let list: Vec<String> = told.iter().map(|t| one(t, style, rng).trim().to_owned()).collect();
            let comma_names = style == Style::SurnameFirst;
            list.join(rng.pick(if comma_names { &SEPARATORS[..3] } else { &SEPARATORS }))
        }
    };
    Listed { text, named: true }
}

/// Children and the adults beside them, as a claim names its claimants.
pub fn people(told: &[Told], adults: &[(&Adult, &str)], rng: &mut Rng) -> String {
    let mut list: Vec<String> = told
        .iter()
        .map(|t| {
            let name = one(t, Style::Plain, rng);
            if rng.chance(0.6) { format!("{} (child)", name.trim()) } else { name.trim().to_owned() }
        })
        .collect();
    list.extend(adults.iter().map(|(adult, role)| format!("{} {} ({role})", adult.forename, adult.surname)));
    if rng.chance(0.25) {
        list.rotate_left(told.len());
    }
    list.join(rng.pick(&["; ", "\n", " & "]))
}

/// `SMITH, John (DOB 01/02/15), Jane (DOB 03/04/17) & UBB`: the surname is written once.
fn carried(told: &[Told], surname: &str, rng: &mut Rng) -> String {
    let with_births = if rng.chance(0.35) { 0.9 } else { 0.0 };
    let mut text = if rng.chance(0.6) { surname.to_uppercase() } else { surname.to_owned() };
    for (i, t) in told.iter().enumerate() {
        text += match i {
            0 => ", ",
            _ if i + 1 == told.len() => " & ",
            _ => ", ",
        };
        if t.unborn {
            text += &baby(t, "", rng);
        } else {
            text += &t.forename;
            text += &birth(t, with_births, rng);
        }
    }
    text
}

/// `John (6), Jane (4) and Baby Smith`.
fn aged(told: &[Told], surname: &str, rng: &mut Rng) -> String {
    let mut text = String::new();
    for (i, t) in told.iter().enumerate() {
        if i > 0 {
            text += if i + 1 == told.len() { " and " } else { ", " };
        }
        text += &t.forename;
        if let Some(dob) = t.dob.filter(|_| rng.chance(0.9)) {
            text += &format!(" ({})", days::age(dob, AS_AT).max(0));
        }
    }
    text + " " + surname
}

fn with_alias(told: &Told, style: Style, rng: &mut Rng) -> String {
    match &told.alias {
        Some(other) if style != Style::SurnameFirst => {
            format!("{} {} {other}", told.surname, rng.pick(&["aka", "a.k.a.", "k/a", "AKA"]))
        }
        _ => told.surname.clone(),
    }
}

fn baby(told: &Told, surname: &str, rng: &mut Rng) -> String {
    let word = rng.pick(&["Unborn baby", "UBB", "UB", "Baby", "Unborn"]);
    let name = format!("{word} {surname}");
    match told.expected {
        Some(day) if rng.chance(0.75) => format!("{} (EDD {})", name.trim(), expected(day, rng)),
        _ => name.trim().to_owned(),
    }
}

fn expected(day: Date, rng: &mut Rng) -> String {
    if rng.chance(0.25) {
        return format!("{:02}/{:02}", day.month(), day.year() % 100);
    }
    day_text(day, rng)
}

fn birth(told: &Told, p: f64, rng: &mut Rng) -> String {
    match told.dob {
        Some(dob) if rng.chance(p) => match rng.below(3) {
            0 => format!(" ({:02}/{:02}/{})", dob.day(), dob.month(), dob.year()),
            1 => format!(" (dob {:02}.{:02}.{:02})", dob.day(), dob.month(), dob.year() % 100),
            _ => format!(" (DOB {:02}/{:02}/{:02})", dob.day(), dob.month(), dob.year() % 100),
        },
        _ => String::new(),
    }
}

/// Letters that stand for nobody: courts choose them at random.
pub fn initials(rng: &mut Rng) -> String {
    let mut letter = || char::from(b'A' + rng.below(26) as u8);
    format!("{}{}", letter(), letter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::Council;
    use crate::mess;

    /// Parts are numbered by the order of names in the cell, so no style may change it or drop one.
    #[test]
    fn a_cell_names_every_child_in_order() {
        let council = Council::new(3_000, 17);
        let rng = &mut Rng::stream(17, "cells", 0);
        let (mut several, mut unnamed) = (0, 0);
        for family in council.walk_families("test") {
            let told: Vec<Told> = family.children.iter().map(|c| mess::told(c, &family, rng)).collect();
            for style in [Style::SurnameFirst, Style::Shout, Style::Plain, Style::Reversed] {
                let listed = children(&told, style, rng);
                if !listed.named {
                    unnamed += 1;
                    continue;
                }
                several += usize::from(told.len() > 1);
                let text = listed.text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
                let mut rest = text.as_str();
                for t in &told {
                    let first: String = t.forename.to_lowercase().chars().take(1).collect();
                    let word = if t.unborn { if rest.contains("ub") { "ub" } else { "b" } } else { &first };
                    let at =
                        rest.find(word).unwrap_or_else(|| panic!("a child is missing in style {style:?}"));
                    rest = &rest[at + word.len()..];
                }
            }
        }
        assert!(several > 1_000 && (50..600).contains(&unnamed), "{several} {unnamed}");
    }
}
