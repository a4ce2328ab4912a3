//! The words of dates: months, days of the week, and everything said around a date.

use jiff::civil::Weekday;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Month of a folded word: written out, cut short (`sept`), or with a slip of the pen (`febuary`).
pub(super) fn month(word: &str) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|month| month.starts_with(word)).or_else(|| {
        let near = |month: &&str| word.len() >= 5 && strsim::osa_distance(word, month) == 1;
        MONTHS.iter().position(near)
    })?;
    Some(found as i8 + 1)
}

/// Day of the week of a folded word.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" => Weekday::Monday,
        "tue" | "tues" | "tuesday" => Weekday::Tuesday,
        "wed" | "weds" | "wednesday" => Weekday::Wednesday,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thursday,
        "fri" | "friday" => Weekday::Friday,
        "sat" | "saturday" => Weekday::Saturday,
        "sun" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// `st`, `nd`, `rd`, `th` after a day.
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th")
}

/// `weeks`, `months`: a number before it is no day.
pub(super) fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "day"
            | "days"
            | "week"
            | "weeks"
            | "wk"
            | "wks"
            | "month"
            | "months"
            | "mth"
            | "mths"
            | "year"
            | "years"
            | "yr"
            | "yrs"
            | "working"
            | "hour"
            | "hours"
            | "hrs"
    )
}

/// What a word around a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// It goes on.
    Ongoing,
    /// No date yet.
    Open,
    /// The date is a guess or an expectation.
    Estimated,
    /// From the date before to the date after.
    To,
    /// The date before or the date after.
    Or,
    /// Two dates.
    And,
    /// The date is where something begins.
    From,
    /// The date is one that holds no longer.
    Was,
    /// Nothing.
    Nothing,
}

/// What a folded word says; `None` if it is no word of dates.
pub(super) fn said(word: &str) -> Option<Said> {
    Some(match word {
        "ongoing" | "onwards" | "onward" | "continuing" | "continuous" | "rolling" | "monthly" | "weekly"
        | "fortnightly" | "daily" | "quarterly" | "termly" | "annually" | "annual" | "regular"
        | "regularly" => Said::Ongoing,
        "tbc" | "tba" | "tbd" | "asap" | "immediate" | "immediately" | "urgent" | "urgently" | "awaited"
        | "awaiting" | "pending" | "unlisted" | "unborn" => Said::Open,
        "c" | "ca" | "circa" | "approx" | "approximately" | "approximate" | "about" | "around" | "est"
        | "estimated" | "estimate" | "expected" | "edd" | "edob" | "roughly" | "provisional"
        | "provisionally" => Said::Estimated,
        "to" | "until" | "till" | "til" | "through" | "thru" => Said::To,
        "or" => Said::Or,
        "and" => Said::And,
        "from" => Said::From,
        "was" | "originally" | "previously" => Said::Was,
        "a" | "an" | "as" | "at" | "before" | "begin" | "beginning" | "between" | "birth" | "by" | "date"
        | "dated" | "dob" | "due" | "during" | "early" | "end" | "ending" | "financial" | "for" | "fy"
        | "half" | "in" | "is" | "last" | "late" | "later" | "latest" | "mid" | "middle" | "no" | "of"
        | "on" | "review" | "reviewed" | "since" | "start" | "starting" | "term" | "than" | "the"
        | "then" | "this" | "time" | "week" | "when" | "wk" | "with" | "within" | "year" | "born"
        | "required" | "necessary" | "needed" | "hrs" | "hours" | "d" | "o" | "b" => Said::Nothing,
        _ => return None,
    })
}

/// Whole phrases, as folded words.
pub(super) const PHRASES: &[(&[&str], Said)] = &[
    (&["on", "going"], Said::Ongoing),
    (&["as", "and", "when"], Said::Ongoing),
    (&["as", "when"], Said::Ongoing),
    (&["until", "further", "notice"], Said::Ongoing),
    (&["to", "be", "confirmed"], Said::Open),
    (&["to", "be", "arranged"], Said::Open),
    (&["to", "be", "agreed"], Said::Open),
    (&["to", "be", "advised"], Said::Open),
    (&["to", "be", "listed"], Said::Open),
    (&["to", "be", "fixed"], Said::Open),
    (&["as", "soon", "as", "possible"], Said::Open),
    (&["not", "yet", "listed"], Said::Open),
    (&["not", "yet", "known"], Said::Open),
    (&["not", "yet", "fixed"], Said::Open),
    (&["not", "listed"], Said::Open),
    (&["date", "awaited"], Said::Open),
    (&["with", "a", "view", "to"], Said::Nothing),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_by_their_start_and_by_one_slip() {
        for (word, number) in [
            ("jan", Some(1)),
            ("febuary", Some(2)),
            ("sept", Some(9)),
            ("septmber", Some(9)),
            ("may", Some(5)),
            ("ocotber", Some(10)),
            ("ma", None),
            ("decision", None),
            ("marching", None),
            ("mary", None),
        ] {
            assert_eq!(month(word), number, "{word}");
        }
    }
}
