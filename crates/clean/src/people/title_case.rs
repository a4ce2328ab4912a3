//! Names in the case that people print them in. What was written in mixed case stays so.

use crate::fold::{is_apostrophe, is_dash};

/// Parts of a surname that are printed small.
const SMALL: &[&str] = &[
    "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
    "la", "le", "ten", "ter", "van", "von",
];

/// Words of a name, joined with spaces.
pub(super) fn join<'a>(words: impl IntoIterator<Item = &'a str>, surname: bool) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let small = surname && i + 1 < words.len();
        out.push_str(&title_case(word, small));
    }
    out
}

/// One word: `SMITH-JONES` and `smith-jones` are `Smith-Jones`, `O’NEILL` is `O'Neill`,
/// `McDonald` stays. `particle`: the word may be a small one (`VAN` of `VAN DER BERG`).
pub(super) fn title_case(word: &str, particle: bool) -> String {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let upper = letters().all(|c| !c.is_lowercase());
    let lower = letters().all(|c| !c.is_uppercase());
    let prefixed = mixed_prefix(word);
    if !upper && !lower && prefixed.is_none() {
        return word.chars().map(plain_mark).collect();
    }
    let small: String = word.chars().map(plain_mark).flat_map(char::to_lowercase).collect();
    if particle && SMALL.contains(&small.as_str()) {
        return small;
    }
    let mut out = String::with_capacity(small.len());
    let mut start = true;
    for (i, c) in small.char_indices() {
        // `Mc` before at least three letters is no surname of its own; `Mac` may be (Mackie).
        let after_mc = i == 2 && small.starts_with("mc") && small.len() > 4;
        let after_mac = prefixed == Some(3) && i == 3;
        if start || after_mc || after_mac {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        let after_o = c == '\'' && (i == 1 || small.len() > i + 2);
        start = c == '-' || c == '.' || after_o;
    }
    out
}

/// Length of the prefix in `McDONALD` and `MacDONALD`, which are capitals all the same.
fn mixed_prefix(word: &str) -> Option<usize> {
    ["Mc", "Mac"].into_iter().find_map(|prefix| {
        let rest = word.strip_prefix(prefix)?;
        (rest.chars().count() >= 2 && rest.chars().all(|c| c.is_uppercase())).then_some(prefix.len())
    })
}

/// Written in capitals: at least two letters, and all of them.
pub(super) fn is_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let some = letters.clone().count() >= 2;
    mixed_prefix(word).is_some() || some && letters.all(char::is_uppercase)
}

fn plain_mark(c: char) -> char {
    match c {
        c if is_apostrophe(c) => '\'',
        c if is_dash(c) => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn title_cases() {
        for (word, printed) in [
            ("SMITH", "Smith"),
            ("smith", "Smith"),
            ("SMITH-JONES", "Smith-Jones"),
            ("smith–jones", "Smith-Jones"),
            ("O’NEILL", "O'Neill"),
            ("o'neill", "O'Neill"),
            ("McDonald", "McDonald"),
            ("MCDONALD", "McDonald"),
            ("McDONALD", "McDonald"),
            ("MacDonald", "MacDonald"),
            ("MacDONALD", "MacDonald"),
            ("MACDONALD", "Macdonald"),
            ("ÉLOÏSE", "Éloïse"),
            ("DeShawn", "DeShawn"),
            ("J", "J"),
        ] {
            assert_eq!(title_case(word, false), printed);
        }
        assert_eq!(join(["VAN", "DER", "BERG"], true), "van der Berg");
        assert_eq!(join(["Van", "der", "Berg"], true), "Van der Berg");
        assert_eq!(join(["ST", "JOHN"], true), "St John");
        assert_eq!(join(["VAN"], true), "Van");
    }

    #[test]
    fn capitals() {
        for (word, capitals) in
            [("SMITH", true), ("McDONALD", true), ("Smith", false), ("J", false), ("J.S.", true)]
        {
            assert_eq!(is_capitals(word), capitals, "{word}");
        }
    }

    proptest! {
        #[test]
        fn twice_changes_nothing(word in "[A-Za-z'’-]{1,12}") {
            let once = title_case(&word, false);
            prop_assert_eq!(title_case(&once, false), once);
        }
    }
}
