//! RAG and BRAG ratings. Blue is complete, grey is not started, yellow is amber. White is taken
//! for grey, which a flaw says: to some it means no rating.
//!
//! Of two ratings the first is today's (`A/R`, `Amber (was Red)`), unless the cell says that it
//! went from the first to the second (`R → A`, `Red to Amber`); either way a flaw says so.

use collate_model::{Rag, Value};

use crate::flaw::{Flaw, flaw};
use crate::fold::fold;

/// A rating.
pub(crate) fn clean(text: &str) -> (Value, Option<Flaw>) {
    let folded = fold(text);
    if let Some(rating) = phrase(&folded) {
        return (Value::Rag(rating), None);
    }
    let alone = folded.split(' ').all(|word| word.chars().count() == 1);
    let words: Vec<&str> = folded.split(' ').collect();
    // `Abbey Rd` is a road; `Amb to Rd` is not.
    let road = words.contains(&"rd") && !words.iter().any(|word| *word != "rd" && rating(word).is_some());
    let ratings: Vec<(usize, Rag)> = words
        .iter()
        .enumerate()
        // `a` and `b` among longer words are words, not ratings, unless they come first or last.
        .filter(|(i, word)| word.len() > 1 || alone || *i == 0 || *i + 1 == words.len())
        .filter(|(i, word)| **word != "rd" || !road || *i == 0)
        .filter_map(|(i, word)| rating(word).map(|rating| (i, rating)))
        .collect();
    let Some(&(first_at, first)) = ratings.first() else {
        let doubt =
            flaw!("rag-unknown", "A rating was expected: red, amber, green or blue.", "Write R, A, G or B.");
        return (Value::Unreadable, Some(doubt));
    };
    let white = (words[first_at].starts_with('w')).then_some(flaw!(
        "rag-white",
        "White was taken for grey: not started.",
        "Write Grey, or the rating of today."
    ));
    let Some(&(last_at, last)) = ratings.last().filter(|(_, rating)| *rating != first) else {
        return (Value::Rag(first), white);
    };
    let between = &words[first_at + 1..last_at];
    let was = |word: &&str| matches!(*word, "was" | "from" | "previously" | "prev" | "formerly" | "last");
    if between.iter().any(was) {
        return (Value::Rag(first), white);
    }
    let moved = text.contains(['→', '>', '⇒', '➔', '➜'])
        || between.contains(&"to")
        || words[..first_at].iter().any(was);
    let (rating, doubt): (Rag, Flaw) = if moved {
        let what = flaw!(
            "rag-two",
            "The cell has two ratings; the one it moved to was taken.",
            "Write the rating of today alone."
        );
        (last, what)
    } else {
        let what = flaw!(
            "rag-two",
            "The cell has two ratings; the first was taken.",
            "Write the rating of today alone."
        );
        (first, what)
    };
    (Value::Rag(rating), Some(doubt))
}

/// The rating that a text stands for, where it stands for one.
pub fn rating_of(text: &str) -> Option<Rag> {
    match clean(text) {
        (Value::Rag(rating), _) => Some(rating),
        _ => None,
    }
}

/// Ratings said in words.
fn phrase(folded: &str) -> Option<Rag> {
    Some(match folded {
        "complete" | "completed" | "closed" | "done" | "finished" | "achieved" => Rag::Blue,
        "not started" | "not yet started" | "not due" | "not yet due" => Rag::Grey,
        "on track" | "on target" => Rag::Green,
        "at risk" | "slipping" | "some slippage" => Rag::Amber,
        "off track" | "overdue" | "off target" => Rag::Red,
        _ => return None,
    })
}

fn rating(word: &str) -> Option<Rag> {
    Some(match word {
        "r" | "red" | "rd" => Rag::Red,
        "a" | "amber" | "amb" | "yellow" | "y" | "orange" => Rag::Amber,
        "g" | "green" | "grn" => Rag::Green,
        "b" | "blue" | "completed" | "complete" => Rag::Blue,
        "grey" | "gray" | "white" | "w" => Rag::Grey,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, rating, code) in [
            ("R", Rag::Red, None),
            (" amber ", Rag::Amber, None),
            ("G*", Rag::Green, None),
            ("↑ Amber", Rag::Amber, None),
            ("A↓", Rag::Amber, None),
            ("Status: green", Rag::Green, None),
            ("Completed", Rag::Blue, None),
            ("B - Complete", Rag::Blue, None),
            ("Amber (was Red)", Rag::Amber, None),
            ("A/R", Rag::Amber, Some("rag-two")),
            ("R-A", Rag::Red, Some("rag-two")),
            ("R → A", Rag::Amber, Some("rag-two")),
            ("Red to Amber", Rag::Amber, Some("rag-two")),
            ("Yellow", Rag::Amber, None),
            ("Not started", Rag::Grey, None),
            ("Grey", Rag::Grey, None),
            ("White", Rag::Grey, Some("rag-white")),
            ("W", Rag::Grey, Some("rag-white")),
            ("White (was Red)", Rag::Grey, Some("rag-white")),
            ("Red (was White)", Rag::Red, None),
            ("Amb", Rag::Amber, None),
            ("Grn", Rag::Green, None),
            ("Rd", Rag::Red, None),
            ("Rd - overdue", Rag::Red, None),
            ("Amb to Rd", Rag::Red, Some("rag-two")),
        ] {
            let (value, doubt) = clean(text);
            assert_eq!((value, doubt.map(|f| f.code)), (Value::Rag(rating), code), "{text}");
        }
        for text in ["purple", "12 Abbey Rd", "this is a test of words", "7"] {
            assert_eq!(clean(text).1.map(|f| f.code), Some("rag-unknown"), "{text}");
        }
    }
}
