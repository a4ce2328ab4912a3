//! The form of a name in which two spellings of it are equal.

use crate::fold::{fold, is_apostrophe};

/// Parts that belong to the word after them, as the Office for National Statistics joins them
/// before linkage (its dlh_utils library), and the German and Dutch ones beside.
const PARTICLES: &[&str] = &[
    "al", "ba", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "lo", "mac", "mc", "o",
    "san", "st", "ter", "ul", "van", "von",
];

/// A person's name for matching: lower-case ASCII, apostrophes joined, hyphens as spaces,
/// `Mc`, `Mac`, `O'` and particles joined to what follows. Folding twice changes nothing.
pub fn fold_name(text: &str) -> String {
    // An apostrophe set off with spaces (`O ' Neill`) parts nothing either.
    let text = text.trim_matches(is_apostrophe);
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    let mut word = String::new();
    let mut goes_on = false;
    for part in folded.split(' ').filter(|part| !part.is_empty()) {
        if !word.is_empty() && !goes_on {
            push_word(&mut out, &word);
            word.clear();
        }
        word.push_str(part);
        // `van der` goes on; so does `de r`, which is `der` to whoever folds it again.
        goes_on = PARTICLES.contains(&part) || PARTICLES.contains(&word.as_str());
    }
    push_word(&mut out, &word);
    out
}

fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for spellings in [
            &["O'Neill", "O Neill", "ONeill", "O’NEILL", "o'neill"][..],
            &["McDonald", "Mc Donald", "MCDONALD"],
            &["MacDonald", "Mac Donald"],
            &["Smith-Jones", "Smith Jones", "SMITH – JONES"],
            &["van der Berg", "Van Der Berg", "vanderberg"],
            &["St John", "St. John", "StJohn"],
            &["Zoë", "Zoe", "ZOË"],
            &["de la Cruz", "De La Cruz"],
            &["Al-Amin", "al Amin"],
        ] {
            for spelling in spellings {
                assert_eq!(fold_name(spelling), fold_name(spellings[0]), "{spelling}");
            }
        }
        assert_eq!(fold_name("Smith-Jones"), "smith jones");
        assert_ne!(fold_name("McDonald"), fold_name("MacDonald"));
        assert_eq!(fold_name("van"), "van");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "(de |der |o |mc |[a-zA-Z' -]|.){0,12}") {
            let once = fold_name(&text);
            prop_assert_eq!(fold_name(&once), once);
        }
    }
}
