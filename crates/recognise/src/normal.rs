//! Headings as people write them → the form in which they are compared:
//! without case, punctuation, line breaks, hints and the commonest variations of a word.

/// The words of a heading. `Child's D.O.B.` gives `child dob`, `S.20 No.` gives `s20 no`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text = text.replace("&nbsp;", " ").replace("&amp;", "&");
    let chars: Vec<char> = text.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    // Letters since the last dot: `D.o.b.` and `s.20` are one word, `Ref.Date` is two.
    let mut run = 0;
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        if c.is_alphanumeric() {
            let camel = c.is_uppercase() && i > 0 && chars[i - 1].is_lowercase() && word.chars().count() > 2;
            if camel {
                flush(&mut words, &mut word);
            }
            word.extend(c.to_lowercase());
            run += 1;
        } else if c == '.' && run == 1 && next.is_alphanumeric() {
            run = 0;
        } else if matches!(c, '\'' | '\u{2019}' | '`') && !word.is_empty() {
            let after = chars.get(i + 2).copied().unwrap_or(' ');
            if next == 's' && !after.is_alphanumeric() {
                i += 1;
            }
        } else if let Some(end) = plural(&chars, i) {
            word.extend(&chars[i + 1..end]);
            i = end;
        } else {
            flush(&mut words, &mut word);
            run = 0;
            match c {
                '&' => words.push("and".into()),
                '#' => words.push("no".into()),
                '<' => i = tag(&chars, i),
                _ => {}
            }
        }
        i += 1;
    }
    flush(&mut words, &mut word);
    join_sections(words)
}

/// The form in which two headings are the same: their words without spaces.
pub(crate) fn key(text: &str) -> String {
    words(text).concat()
}

/// The heading without what is said in brackets and without hints such as `dd/mm/yyyy`, `Y/N`.
/// Brackets that say whose it is (`Name (mother)`) stay.
pub(crate) fn bare(text: &str) -> Vec<String> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(open) = rest.find(['(', '[']) {
        let Some(close) = rest[open..].find([')', ']']).map(|at| open + at) else { break };
        let inner = words(&rest[open..close]);
        kept.push_str(&rest[..open]);
        let joined = rest[..open].ends_with(char::is_alphanumeric);
        if joined || inner.iter().any(|word| SOMEBODY_ELSE.contains(&word.as_str())) {
            kept.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    kept.push_str(rest);
    let mut words = words(&kept);
    while words.len() > 1 && HINTS.contains(&words[words.len() - 1].as_str()) {
        words.pop();
    }
    words
}

/// Only the letters and digits, small: cheap, for rows by the million.
pub(crate) fn squeeze(text: &str, into: &mut String) {
    into.clear();
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        into.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() { into.push(c.to_ascii_lowercase()) } else { into.extend(c.to_lowercase()) }
    }
}

/// Whether a text is this one when it is squeezed.
pub(crate) fn is_squeezed(text: &str, squeezed: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).eq(squeezed.chars())
}

/// Words that say that a name, a date or an address is not the child's.
pub(crate) const SOMEBODY_ELSE: &[&str] = &[
    "mother",
    "mothers",
    "mum",
    "father",
    "fathers",
    "dad",
    "parent",
    "parents",
    "carer",
    "carers",
    "guardian",
    "sibling",
    "siblings",
    "brother",
    "sister",
    "school",
    "gp",
    "provider",
    "placement",
    "solicitor",
    "social",
    "worker",
    "sw",
    "officer",
    "manager",
    "next",
    "kin",
    "previous",
    "former",
    "old",
    "other",
    "alternative",
    "claimant",
    "applicant",
    "respondent",
    "emergency",
    "contact",
    "partner",
    "spouse",
    "adult",
    "maternal",
    "paternal",
    "grandparent",
    "foster",
    "adopter",
    "adopters",
    "friend",
    "witness",
    "expert",
    "staff",
];

/// Words that turn what a heading says round, or into something about it.
pub(crate) const SOMETHING_ELSE: &[&str] = &[
    "withdrawal",
    "withdrawn",
    "withdrew",
    "withdraw",
    "revoked",
    "revocation",
    "expiry",
    "expires",
    "expired",
    "expire",
    "lapsed",
    "cancelled",
    "refused",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "email",
    "address",
    "infant",
];

const HINTS: &[&str] = &["dd", "mm", "yy", "yyyy", "y", "n", "ddmmyyyy", "ddmmyy", "yn"];

fn flush(words: &mut Vec<String>, word: &mut String) {
    if word.is_empty() {
        return;
    }
    let same = match word.as_str() {
        "number" | "num" | "nos" | "nr" | "numbers" => "no",
        "reference" => "ref",
        "judgement" => "judgment",
        "childs" => "child",
        "childrens" => "children",
        "adviser" => "advisor",
        "wk" => "week",
        "wks" => "weeks",
        "hr" => "hour",
        "hrs" => "hours",
        "sec" | "sect" => "section",
        _ => "",
    };
    if same.is_empty() {
        words.push(std::mem::take(word));
    } else {
        words.push(same.to_owned());
        word.clear();
    }
}

/// Where the bracket of `name(s)`, `child(ren)` closes, if this is one.
fn plural(chars: &[char], open: usize) -> Option<usize> {
    if chars[open] != '(' || open == 0 || !chars[open - 1].is_alphabetic() {
        return None;
    }
    let end = open + chars[open..].iter().take(6).position(|c| *c == ')')?;
    let inner = &chars[open + 1..end];
    (!inner.is_empty() && inner.iter().all(|c| c.is_lowercase())).then_some(end)
}

/// The end of a tag such as `<br/>`, or the same place if it is none.
fn tag(chars: &[char], open: usize) -> usize {
    let end = chars[open..].iter().take(8).position(|c| *c == '>');
    match end {
        Some(end) if chars[open + 1..open + end].iter().all(|c| c.is_ascii_alphabetic() || *c == '/') => {
            open + end
        }
        _ => open,
    }
}

/// `section 20` and `s 20` are one word: `s20`.
fn join_sections(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if word == "20" && (last == "section" || last == "s") => "s20".clone_into(last),
            _ => joined.push(word),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_that_mean_the_same_have_one_key() {
        for (text, expected) in [
            ("Date of Birth", "dateofbirth"),
            ("DATE_OF_BIRTH:", "dateofbirth"),
            ("DateOfBirth", "dateofbirth"),
            ("D.O.B.", "dob"),
            ("D.o.b", "dob"),
            ("DoB*", "dob"),
            ("Child's\nName", "childname"),
            ("Childs name", "childname"),
            ("Child\u{2019}s name", "childname"),
            ("Child(ren)", "children"),
            ("Name(s)", "names"),
            ("Case No.", "caseno"),
            ("Case number", "caseno"),
            ("Case #", "caseno"),
            ("S.20 date", "s20date"),
            ("Section 20 date", "s20date"),
            ("s 20 date", "s20date"),
            ("NHS<br/>Number", "nhsno"),
            ("Plan &amp; outcome", "planandoutcome"),
            ("24 hr review", "24hourreview"),
            ("***", ""),
        ] {
            assert_eq!(key(text), expected, "{text}");
        }
    }

    #[test]
    fn hints_go_but_whose_it_is_stays() {
        for (text, expected) in [
            ("DOB (dd/mm/yyyy)", "dob"),
            ("RAG [R/A/G]", "rag"),
            ("Compliant Y/N", "compliant"),
            ("Name (mother)", "name mother"),
            ("Name (of child", "name of child"),
        ] {
            assert_eq!(bare(text).join(" "), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_key_that_is_its_own_key(text in "\\PC{0,40}") {
            let once = words(&text).join(" ");
            let _ = bare(&text);
            prop_assert!(once.chars().all(|c| c == ' ' || c.is_alphanumeric() || !c.is_ascii()));
        }
    }
}
