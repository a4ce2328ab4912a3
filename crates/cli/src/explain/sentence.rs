//! An answer in one plain sentence.

use collate_link::{Explanation, Outcome, Why};

use super::answer::{Decided, Member, Named, Nearest};
use crate::summary::number;

/// Of two rows, a row and a child, or two children.
pub fn of_two(left: &Named, right: &Named, rest: bool, reckoning: &Explanation, decided: &Decided) -> String {
    let decision = &decided.decision;
    let who = match (&left.row, &right.row) {
        (Some(_), Some(_)) => "these two rows".to_owned(),
        (Some(_), None) if rest => format!("this row and the other rows of {}", right.child),
        (Some(_), None) => format!("this row and {}", right.child),
        (None, Some(_)) => format!("{} and this row", left.child),
        (None, None) => format!("{} and {}", left.child, right.child),
    };
    let (fits, differs) = (said(reckoning, |bits| bits > 0.0), said(reckoning, |bits| bits <= 0.0));
    let nothing = || "there is nothing to compare".to_owned();
    let alike = fits.clone().or(differs.clone()).unwrap_or_else(nothing);
    let unlike = differs.clone().or(fits.clone()).unwrap_or_else(nothing);
    let (but_differs, but_fits) = (although(&fits, &differs), although(&differs, &fits));
    let two = format!("{who} are taken for two children because");
    let sentence = match decision.outcome {
        Outcome::Joined if reckoning.weight >= decision.join_at => {
            format!(
                "{who} are taken for one child because {alike}{but_differs}; {}",
                chance(reckoning.weight)
            )
        }
        Outcome::Joined => format!(
            "{who} came together by way of other rows of {}: taken by themselves ({alike}{but_differs}) {}",
            left.child,
            odds(reckoning.weight)
        ),
        Outcome::KeptApart => {
            format!(
                "{two} a row names both beside each other, and children named in one row are never joined"
            )
        }
        Outcome::NeverCompared => format!(
            "{two} they were never compared: no blocking rule brings them together, which one of your own can, under [linking] in collate.toml"
        ),
        Outcome::TooLittle => {
            format!("{two} {unlike}{but_fits}; so little agrees that nothing more was asked")
        }
        Outcome::Barred => {
            let why = decision.why.map_or("of a hard conflict", because);
            format!("{two} {why}, which bars them whatever else agrees ({unlike}{but_fits})")
        }
        Outcome::BelowThreshold => format!(
            "{two} it is not certain enough that they are one: {alike}{but_differs}; {}, and {} asked for",
            odds(decision.weight.unwrap_or(reckoning.weight)),
            asked_for(decision.join_at)
        ),
        Outcome::TwoCandidates => {
            let other = decided.rival.as_ref().map_or("another child", |rival| &rival.child);
            format!(
                "{two} {other} fits about as well and can't be the same child as both ({alike}{but_differs})"
            )
        }
    };
    let waits = if decision.in_review { " The pair is in review.csv for a person to decide." } else { "" };
    format!("{}.{waits}", capital(&sentence))
}

/// What agrees or differs, in words: `forename and surname are the same and postcode is different`.
fn said(reckoning: &Explanation, speaks: fn(f64) -> bool) -> Option<String> {
    let known = || reckoning.contributions.iter().filter(|c| c.known > 0 && speaks(c.weight));
    let mut parts: Vec<(&str, Vec<&str>)> = Vec::new();
    for field in known() {
        match parts.iter_mut().find(|(level, _)| *level == field.level) {
            Some((_, fields)) => fields.push(&field.field),
            None => parts.push((field.level, vec![&field.field])),
        }
    }
    let part = |(level, fields): &(&str, Vec<&str>)| match (level, fields.len()) {
        (&"the same", 1) => format!("{} is the same", fields[0]),
        (&"the same", _) => format!("{} are the same", listed(fields)),
        (level, 1) => format!("{} {level}", fields[0]),
        (level, _) => format!("{} {}", listed(fields), of_several(level)),
    };
    let parts: Vec<String> = parts.iter().map(part).collect();
    (!parts.is_empty()).then(|| listed(&parts))
}

/// A level as it is said of more than one field.
fn of_several(level: &str) -> String {
    let (verb, rest) = level.split_once(' ').unwrap_or((level, ""));
    let verb = match verb {
        "is" => "are",
        "has" => "have",
        "does" => "do",
        _ => verb.trim_end_matches('s'),
    };
    format!("{verb} {rest}")
}

/// `a, b and c`.
fn listed<T: AsRef<str>>(parts: &[T]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match parts.split_last() {
        Some((last, most)) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => parts.concat(),
    }
}

/// What speaks the other way, if both are there.
fn although(main: &Option<String>, other: &Option<String>) -> String {
    match (main, other) {
        (Some(_), Some(other)) => format!(", although {other}"),
        _ => String::new(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Of a child.
pub fn of_child(child: &Named, members: &[Member], nearest: Option<&Nearest>) -> String {
    let weakest = members.iter().find(|member| member.weakest);
    let rows = match (members.len(), weakest.and_then(|member| member.weight)) {
        (1, _) => format!("{} has one row; no other was found to be the same child", child.child),
        (n, Some(weight)) => {
            format!("{} has {n} rows; of the weakest of them, {}", child.child, chance(weight))
        }
        (n, None) => format!("{} has {n} rows", child.child),
    };
    let rival = match nearest {
        None => "no other child comes near it".to_owned(),
        Some(nearest) => format!(
            "the nearest other child is {}, kept apart because {}",
            nearest.child.child,
            apart(&nearest.decided)
        ),
    };
    format!("{rows}; {rival}.")
}

/// Why two children are two, in half a sentence.
fn apart(decided: &Decided) -> String {
    let decision = &decided.decision;
    match decision.outcome {
        Outcome::KeptApart => "a row names both beside each other".to_owned(),
        Outcome::Barred => decision.why.map_or("of a hard conflict", because).to_owned(),
        Outcome::TwoCandidates => "a third fits about as well".to_owned(),
        _ => format!("too little agrees ({})", odds(decision.weight.unwrap_or(f64::NEG_INFINITY))),
    }
}

/// A hard conflict in words.
fn because(why: Why) -> &'static str {
    match why {
        Why::TooClose => "what agrees is not certain enough",
        Why::TwoCandidates => "another child fits about as well",
        Why::IdentifiersDiffer => "a number that only one child can have differs",
        Why::ForenamesDiffer => "the forenames are wholly different, as those of twins are",
        Why::DatesDiffer => "the dates of birth are wholly different",
        Why::TooLittleInCommon => "too much differs of forename, surname and date of birth",
        Why::OneSource => {
            "both are rows of one list that has each child once, and name or date of birth differ"
        }
        Why::DifferenceRepeats => "two lists have both of them, side by side, with the same difference",
    }
}

/// `the odds that this is chance are about 1 in 36 million`.
fn chance(bits: f64) -> String {
    if bits < 1.0 {
        return odds(bits);
    }
    let against = 1.0 + bits.exp2();
    let words = if against < BEYOND { "about 1 in" } else { "less than 1 in" };
    format!("the odds that this is chance are {words} {}", about(against))
}

/// `the odds that they are one child are about 1 to 40`.
fn odds(bits: f64) -> String {
    let (n, beyond) = (bits.abs().exp2(), bits.abs().exp2() >= BEYOND);
    let words = match (bits >= 0.0, beyond) {
        (true, false) => format!("about {} to 1", about(n)),
        (true, true) => format!("more than {} to 1", about(n)),
        (false, false) => format!("about 1 to {}", about(n)),
        (false, true) => format!("less than 1 to {}", about(n)),
    };
    format!("the odds that they are one child are {words}")
}

/// `2 to 1 are`: the odds from which children are joined.
fn asked_for(bits: f64) -> String {
    if bits > 0.05 {
        format!("{} to 1 are", about(bits.exp2()))
    } else if bits < -0.05 {
        format!("1 to {} is", about((-bits).exp2()))
    } else {
        "more than even odds are".to_owned()
    }
}

/// From here on a number is only said to be larger than this.
const BEYOND: f64 = 1e12;

/// A number with two digits that say something: `3.4`, `36`, `4,100`, `36 million`.
fn about(n: f64) -> String {
    if n < 9.95 {
        return format!("{n:.1}").trim_end_matches(".0").to_owned();
    }
    if n >= BEYOND {
        return "a thousand billion".to_owned();
    }
    let step = 10f64.powf(n.log10().floor() - 1.0);
    let rounded = ((n / step).round() * step).round() as u64;
    match rounded {
        0..1_000_000 => number(rounded),
        1_000_000..1_000_000_000 => format!("{} million", decimal(rounded, 1_000_000)),
        _ => format!("{} billion", decimal(rounded, 1_000_000_000)),
    }
}

fn decimal(n: u64, of: u64) -> String {
    format!("{:.1}", n as f64 / of as f64).trim_end_matches(".0").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        for (n, text) in [
            (1.0, "1"),
            (3.44, "3.4"),
            (9.97, "10"),
            (36.2, "36"),
            (4_123.0, "4,100"),
            (999_999.0, "1 million"),
            (36_123_456.0, "36 million"),
            (1_449_999.0, "1.4 million"),
            (2.3e9, "2.3 billion"),
            (5e13, "a thousand billion"),
            (f64::INFINITY, "a thousand billion"),
        ] {
            assert_eq!(about(n), text);
        }
    }

    #[test]
    fn the_threshold_is_said() {
        assert_eq!(
            (asked_for(1.0).as_str(), asked_for(0.0).as_str()),
            ("2 to 1 are", "more than even odds are")
        );
    }

    #[test]
    fn levels_are_said_of_several_fields() {
        for (level, text) in [
            ("is different", "are different"),
            ("has a part in common", "have a part in common"),
            ("fits the age", "fit the age"),
            ("does not fit the age", "do not fit the age"),
        ] {
            assert_eq!(of_several(level), text);
        }
    }

    #[test]
    fn odds_are_said_both_ways() {
        for (bits, text) in [
            (5.0, "about 32 to 1"),
            (0.0, "about 1 to 1"),
            (-2.0, "about 1 to 4"),
            (60.0, "more than a thousand billion to 1"),
            (-60.0, "less than 1 to a thousand billion"),
            (f64::NEG_INFINITY, "less than 1 to a thousand billion"),
        ] {
            assert!(odds(bits).ends_with(text), "{}", odds(bits));
        }
        for (bits, text) in
            [(10.0, "about 1 in 1,000"), (-2.0, "about 1 to 4"), (60.0, "less than 1 in a thousand billion")]
        {
            assert!(chance(bits).ends_with(text), "{}", chance(bits));
        }
    }
}
