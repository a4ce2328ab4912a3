//! What stands in a column of names and names nobody: `Directions overdue`, `Team meeting`, `Nil return`.

use super::name::is_known;

/// Words of lists and diaries; none is a usual name.
const WORDS: &[&str] = &[
    "absent",
    "accommodation",
    "agenda",
    "allocated",
    "allocation",
    "annual",
    "appointments",
    "archive",
    "assessment",
    "assessments",
    "awaiting",
    "bank",
    "cancelled",
    "care",
    "cases",
    "closed",
    "concluded",
    "conference",
    "court",
    "deferred",
    "directions",
    "discussion",
    "down",
    "due",
    "foster",
    "fostering",
    "hearing",
    "hearings",
    "holiday",
    "holidays",
    "kinship",
    "leave",
    "legal",
    "lunch",
    "meeting",
    "meetings",
    "nil",
    "outstanding",
    "overdue",
    "paperwork",
    "pending",
    "placement",
    "placements",
    "planning",
    "proceedings",
    "reports",
    "residential",
    "return",
    "returns",
    "review",
    "reviews",
    "session",
    "sessions",
    "sick",
    "statements",
    "stepped",
    "supervision",
    "surgery",
    "team",
    "total",
    "totals",
    "training",
    "transferred",
    "unallocated",
    "up",
    "vacant",
    "visit",
    "visits",
    "withdrawn",
];

/// The whole cell is such words, or a phrase with one of them: after the first word all are small, and the
/// first is no forename that is known.
pub(super) fn is_phrase(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 2 || text.contains([',', ';', '&', '\n', '/', '(']) {
        return false;
    }
    let listed = |word: &&&str| WORDS.binary_search(&&*word.to_lowercase()).is_ok();
    let small = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == '-');
    let count = words.iter().filter(listed).count();
    count == words.len()
        || count > 0 && words[1..].iter().all(small) && (listed(&&words[0]) || !is_known(words[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_told_from_names() {
        assert!(WORDS.is_sorted());
        for (text, expected) in [
            ("Directions overdue", true),
            ("Stepped down", true),
            ("Foster care", true),
            ("Team Meeting", true),
            ("SK annual leave", true),
            ("Nil return", true),
            ("Training session", true),
            ("Amy hill", false),
            ("amy court", false),
            ("Amy Court", false),
            ("Care, Amy", false),
            ("Down", false),
            ("Kofi Leave", false),
            ("Baby Down", false),
        ] {
            assert_eq!(is_phrase(text), expected, "{text}");
        }
    }
}
