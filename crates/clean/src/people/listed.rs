//! People of a cell whom nothing but a number before each, or a status behind each, parts: `1. Wil Yeo
//! 2. Xia Yeo`, `a) Ed Hay; b) Flo Hay`, `Liv Poe (CIN) Ari Poe (CP)`.

/// One person in a line without the numbers, where they count from the first on; any other text as it is.
pub(super) fn in_lines(text: String) -> String {
    if !text.contains(['.', ')']) {
        return text;
    }
    let mut marks: Vec<(usize, usize)> = Vec::new();
    let mut letters = false;
    let mut at = 0;
    while at < text.len() {
        let begins = at == 0 || text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, ';' | ','));
        match mark(&text[at..]).filter(|_| begins) {
            Some((number, is_letter, length))
                if number == marks.len() + 1 && (marks.is_empty() || letters == is_letter) =>
            {
                letters = is_letter;
                marks.push((at, at + length));
                at += length;
            }
            _ => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if marks.len() < 2 || marks[0].0 != 0 {
        return text;
    }
    let ends = marks.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let parts = marks.iter().zip(ends).map(|((_, from), to)| {
        text[*from..to].trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ','))
    });
    parts.collect::<Vec<_>>().join("\n")
}

/// Without the status that stands in brackets behind a name; where another name follows, it begins a line.
pub(super) fn without_statuses(text: String) -> String {
    const STATUSES: [&str; 15] = [
        "CIN", "CP", "CPP", "CLA", "LAC", "CIC", "PLO", "EHM", "LTF", "SGO", "ICO", "S20", "S.20", "S47",
        "FAS",
    ];
    if !text.contains('(') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('(') {
        let status = after.split_once(')').filter(|(inside, _)| STATUSES.contains(&inside.trim()));
        out.push_str(before);
        let Some((_, behind)) = status else {
            out.push('(');
            rest = after;
            continue;
        };
        let name = out.rsplit('\n').next().unwrap_or_default().trim();
        let is_whole = name.split_whitespace().count() > 1;
        out.truncate(out.trim_end().len());
        rest = behind.trim_start_matches(' ');
        if is_whole && rest.starts_with(char::is_uppercase) {
            out.push('\n');
        } else if !rest.is_empty() && rest.starts_with(char::is_alphanumeric) {
            out.push(' ');
        }
    }
    out + rest
}

/// `1.`, `1)`, `(1)`, `a)` or `(a)` before a blank: which one, whether it is a letter, and its length. A
/// letter with a stop is an initial.
fn mark(text: &str) -> Option<(usize, bool, usize)> {
    let inside = text.strip_prefix('(').unwrap_or(text);
    let first = inside.chars().next().filter(char::is_ascii_alphanumeric)?;
    let rest = inside[1..].strip_prefix(')').or_else(|| inside[1..].strip_prefix('.'))?;
    let is_letter = first.is_ascii_alphabetic();
    let stops = inside[1..].starts_with('.');
    if stops && (is_letter || inside.len() < text.len()) || !rest.starts_with(' ') {
        return None;
    }
    let number = if is_letter { first.to_ascii_lowercase() as u8 - b'a' + 1 } else { first as u8 - b'0' };
    Some((number.into(), is_letter, text.len() - rest.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_are_numbered_stand_in_lines() {
        for (text, expected) in [
            ("1. Wil Yeo 2. Xia Yeo", "Wil Yeo\nXia Yeo"),
            ("1) Wil Yeo, 2) Xia Yeo, 3) Zed Yeo", "Wil Yeo\nXia Yeo\nZed Yeo"),
            ("(1) Cy Gull (2) Di Gull", "Cy Gull\nDi Gull"),
            ("a) Ed Hay; b) Flo Hay", "Ed Hay\nFlo Hay"),
            ("1. Wil Yeo\n2. Xia Yeo", "Wil Yeo\nXia Yeo"),
            ("A. Smith B. Jones", "A. Smith B. Jones"),
            ("Wil Yeo (1) Xia Yeo (2)", "Wil Yeo (1) Xia Yeo (2)"),
            ("1. Wil Yeo", "1. Wil Yeo"),
            ("2. Wil Yeo 3. Xia Yeo", "2. Wil Yeo 3. Xia Yeo"),
            ("é) ß. 1", "é) ß. 1"),
        ] {
            assert_eq!(in_lines(text.to_owned()), expected, "{text}");
        }
    }

    #[test]
    fn a_status_is_no_name() {
        for (text, expected) in [
            ("Liv Poe (CIN) Ari Poe (CP)", "Liv Poe\nAri Poe"),
            ("Liv Poe (CIN), Ari Poe (CP)", "Liv Poe, Ari Poe"),
            ("Liv (CIN) Poe", "Liv Poe"),
            ("Liv Poe (Livvy)", "Liv Poe (Livvy)"),
            ("Liv Poe (2) (CP)", "Liv Poe (2)"),
            ("Liv Poe (", "Liv Poe ("),
        ] {
            assert_eq!(without_statuses(text.to_owned()), expected, "{text}");
        }
    }
}
