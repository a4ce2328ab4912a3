//! Rows that are no records: rulers, totals, keys, notes. Judged by their filled cells alone.

/// Only dashes, equals signs and the like in every cell.
pub(crate) fn is_ruler(cells: &[&str]) -> bool {
    !cells.is_empty() && cells.iter().all(|cell| cell.chars().all(|c| "-=_*~.–—|+#:· ".contains(c)))
}

/// `Total`, `Total: 12`, `Number of children | 12`: a word for a sum, and else only numbers.
pub(crate) fn is_total(cells: &[&str]) -> bool {
    const SUMS: &[&str] = &["total", "totals", "subtotal", "sum", "count", "average", "mean", "median"];
    const PAIRS: &[(&str, &str)] =
        &[("grand", "total"), ("sub", "total"), ("number", "of"), ("number", "in"), ("no", "of")];
    let Some((first, others)) = cells.split_first() else { return false };
    let mut words = first.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (one, two) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let pair = |pair: &(&str, &str)| one.eq_ignore_ascii_case(pair.0) && two.eq_ignore_ascii_case(pair.1);
    let sum = |word: &&str| one.eq_ignore_ascii_case(word);
    (SUMS.iter().any(sum) || PAIRS.iter().any(pair))
        && first.len() <= 60
        && others.iter().all(|cell| is_amount(cell) || SUMS.iter().any(|word| starts(cell, word)))
}

/// Digits, and what stands with them in a sum.
pub(crate) fn is_amount(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "£,.%()- ".contains(c))
}

/// `Key: R = overdue`, `A = on track`, in every filled cell.
pub(crate) fn is_key(cells: &[&str]) -> bool {
    const COLOURS: &[&str] = &["r", "a", "g", "b", "red", "amber", "green", "blue", "grey", "white"];
    const TITLES: &[&str] = &["key", "legend", "rag key", "brag key"];
    let colour = |text: &str| COLOURS.iter().any(|name| text.trim().eq_ignore_ascii_case(name));
    let explains = |cell: &&str| {
        let name = cell.split(['=', ':', '–']).next().unwrap_or_default();
        name.len() < cell.len() && colour(name)
    };
    let titled = |cell: &str| {
        TITLES.iter().any(|title| {
            starts(cell, title) && cell[title.len()..].chars().next().is_none_or(|c| " :=-".contains(c))
        })
    };
    // `Key` may stand beside what it explains; a child may be called Key.
    let explained = |cell: &&str| explains(cell) || colour(cell) || cell.contains('=');
    match cells {
        [] => false,
        [first, others @ ..] => (titled(first) && others.iter().all(explained)) || cells.iter().all(explains),
    }
}

/// A remark of whoever made or printed the sheet.
pub(crate) fn is_remark(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "note:",
        "notes:",
        "nb ",
        "nb:",
        "n.b",
        "please note",
        "source:",
        "sources:",
        "printed",
        "produced by",
        "produced on",
        "report run",
        "report produced",
        "generated",
        "official",
        "confidential",
        "restricted",
        "end of",
        "data as at",
        "data correct",
        "last updated",
        "updated:",
        "prepared by",
        "written by",
        "continued overleaf",
        "run date",
        "distribution:",
        "circulation:",
        "cc:",
        "author:",
        "copyright",
    ];
    const NUMBERED: &[&str] = &["page ", "sheet ", "version ", "v"];
    let numbered =
        |start: &&str| starts(text, start) && text[start.len()..].starts_with(|c: char| c.is_ascii_digit());
    // `*Smith, Jo` is a child with a mark.
    let footnote = text.starts_with(['*', '†', '©']) && text.split_whitespace().count() > 4;
    STARTS.iter().any(|start| starts(text, start)) || NUMBERED.iter().any(numbered) || footnote
}

/// What somebody wrote below a record: `Update: mother engaging`. It is no heading of those that follow.
pub(crate) fn is_update(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "update",
        "updates",
        "latest",
        "next step",
        "next steps",
        "action",
        "actions",
        "comment",
        "comments",
        "outcome",
        "progress",
        "plan",
        "background",
        "history",
        "concerns",
    ];
    const RELATIVES: &[&str] = &["mother", "father", "parents", "mum", "dad", "mgm", "pgm"];
    let begins = |start: &&str| {
        starts(text, start) && text[start.len()..].trim_start().starts_with([':', '-', '\u{2013}'])
    };
    let says =
        |start: &&str| starts(text, start) && text[start.len()..].starts_with(' ') && text.contains(',');
    // `10/9/21 - review held`
    let dated = || {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let sign = rest.trim_start().starts_with(['-', '\u{2013}', ':']) || first.ends_with(':');
        // `10/9/21 - Cy Orr` is a child.
        let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let small = words.filter(|word| word.starts_with(char::is_lowercase)).count();
        sign && small > 0 && crate::shape::is_date(first.trim_end_matches(':'))
    };
    STARTS.iter().chain(RELATIVES).any(begins) || RELATIVES.iter().any(says) || dated()
}

/// Whether a text starts with a word in small ASCII letters, in whatever case.
fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Where a text stops in the middle of a sentence.
pub(crate) fn is_open(text: &str) -> bool {
    !text.is_empty() && !text.ends_with(['.', '!', '?', ':', ';', '"', '\u{201d}'])
}

/// Whether a text goes on with a sentence begun elsewhere.
pub(crate) fn goes_on(text: &str) -> bool {
    mark(text).is_none()
        && text.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ')' | '/' | '&'))
}

/// The mark at the start of an item: `b` of `b) Draft`, `(b) Draft`, `b. Draft`; `2` of `2. Draft`.
pub(crate) fn mark(text: &str) -> Option<String> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, rest) = inner.split_at(end);
    let mut after = rest.chars();
    let close = after.next()?;
    let spaced = after.next().is_none_or(|c| c.is_whitespace() || c.is_uppercase());
    let number = name.len() <= 2 && name.bytes().all(|b| b.is_ascii_digit());
    let roman = name.len() <= 4 && name.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let letter = name.len() == 1 && name.bytes().all(|b| b.is_ascii_alphabetic());
    // `A. Smith` is a person; `A) Smith` is not.
    let initial = close == '.' && name.bytes().all(|b| b.is_ascii_uppercase());
    let closes = close == ')' || (close == '.' && inner.len() == text.len());
    let good = !name.is_empty() && (number || roman || letter) && !initial && closes && spaced;
    good.then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn furniture_is_told_from_records() {
        type Test = fn(&[&str]) -> bool;
        let tests: [(Test, &[&str], bool); 19] = [
            (is_ruler, &["--", "----", "===="], true),
            (is_ruler, &["-", "-"], true),
            (is_ruler, &["--", "Smith"], false),
            (is_ruler, &[], false),
            (is_total, &["Total"], true),
            (is_total, &["Total: 12"], true),
            (is_total, &["TOTALS", "12", "£4,000.00"], true),
            (is_total, &["Grand total", "7"], true),
            (is_total, &["Number of children", "7"], true),
            (is_total, &["Total", "01/02/2015"], false),
            (is_total, &["Total, John", "01/02/2015", "SW1A 1AA"], false),
            (is_total, &["No", "Smith"], false),
            (is_key, &["Key: R = overdue"], true),
            (is_key, &["Key", "R = overdue", "A = late"], true),
            (is_key, &["R = overdue", "Amber: late"], true),
            (is_key, &["Amber"], false),
            (is_key, &["Keyes, Jo", "01/02/2015"], false),
            (is_key, &["KEYS children"], false),
            (is_key, &["Key", "John", "01/02/2015"], false),
        ];
        for (test, cells, expected) in tests {
            assert_eq!(test(cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn remarks_are_told_from_names() {
        for (text, expected) in [
            ("Note: as at May", true),
            ("PAGE 2 of 3", true),
            ("Page John", false),
            ("* this child has a second file", true),
            ("*Smith, Jo", false),
            ("Noteman, Al", false),
        ] {
            assert_eq!(is_remark(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_of_items() {
        for (text, expected) in [
            ("a) Review", Some("a")),
            ("a. Hold", Some("a")),
            ("(b) Draft", Some("b")),
            ("ii) Draft", Some("ii")),
            ("12. Draft", Some("12")),
            ("B) Draft", Some("b")),
            ("A. Smith to lead", None),
            ("Review", None),
            ("a review", None),
            ("2021. Then", None),
            (")", None),
            ("", None),
        ] {
            assert_eq!(mark(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "\\PC{0,40}") {
            let _ = (mark(&text), goes_on(&text), is_open(&text), is_remark(&text));
            let _ = (is_ruler(&[&text]), is_total(&[&text]), is_key(&[&text]));
        }
    }
}
