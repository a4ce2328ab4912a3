//! Children who are added in brackets: `Kai Dent (and sibling Lou)` names two.

use std::borrow::Cow;

/// Words that may stand before the names.
const BEFORE: [&str; 14] = [
    "sibling", "siblings", "sib", "sibs", "brother", "brothers", "sister", "sisters", "half", "his", "her",
    "their", "twin", "baby",
];

/// The text with such brackets opened: `Kai Dent & Lou`. All others stay as they are.
pub(super) fn opened(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, (inside, after))) =
        rest.split_once('(').and_then(|(before, tail)| Some((before, tail.split_once(')')?)))
    {
        match names(inside) {
            Some(names) => {
                out.push_str(before.trim_end());
                for name in names {
                    out.push_str(" & ");
                    out.push_str(&name);
                }
            }
            None => {
                out.push_str(before);
                out.push('(');
                out.push_str(inside);
                out.push(')');
            }
        }
        rest = after;
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The names that a bracket adds: it starts with a word that joins, and holds nothing else but names.
fn names(inside: &str) -> Option<Vec<String>> {
    let spaced = inside.replace('&', " & ").replace('+', " + ").replace(',', " , ");
    let mut words = spaced.split_whitespace().peekable();
    let joins = |word: &str| ["and", "&", "+", "plus", "with"].contains(&word.to_lowercase().as_str());
    words.next().filter(|word| joins(word))?;
    while words.peek().is_some_and(|word| BEFORE.contains(&word.to_lowercase().as_str())) {
        words.next();
    }
    let mut names = vec![String::new()];
    for word in words {
        let is_name = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
        if word == "," || joins(word) {
            names.push(String::new());
        } else if is_name {
            let name = names.last_mut()?;
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        } else {
            return None;
        }
    }
    names.retain(|name| !name.is_empty());
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_add_children_are_opened() {
        for (text, expected) in [
            ("Kai Dent (and sibling Lou)", "Kai Dent & Lou"),
            ("Kai Dent (& siblings Lou, Ann and Bo)", "Kai Dent & Lou & Ann & Bo"),
            ("Dent, Kai (+ Lou) 2019", "Dent, Kai & Lou 2019"),
            ("Kai Dent (and siblings)", "Kai Dent (and siblings)"),
            ("Kai Dent (and 2 siblings)", "Kai Dent (and 2 siblings)"),
            ("Kai Dent (with mother)", "Kai Dent (with mother)"),
            ("Kai Dent (sibling of Lou)", "Kai Dent (sibling of Lou)"),
            ("Kai Dent (aka Lou)", "Kai Dent (aka Lou)"),
            ("Kai Dent (and", "Kai Dent (and"),
            ("Kai Dent", "Kai Dent"),
        ] {
            assert_eq!(opened(text), expected);
        }
    }
}
