//! Text to plain lower-case ASCII, for comparing what people write with what was expected.

/// Appends a character in lower case without its diacritics; letters of other scripts stay.
pub(crate) fn push_folded(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let plain = match c {
        'à'..='å' | 'À'..='Å' | 'Ā'..='ą' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'Ć'..='č' => "c",
        'ð' | 'Ð' | 'Ď'..='đ' => "d",
        'è'..='ë' | 'È'..='Ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'ì'..='ï' | 'Ì'..='Ï' | 'Ĩ'..='ı' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ' | 'ķ' => "k",
        'Ĺ'..='ł' => "l",
        'ñ' | 'Ñ' | 'Ń'..='ŋ' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'ß' | 'ẞ' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'þ' | 'Þ' => "th",
        'ù'..='ü' | 'Ù'..='Ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' | 'Ẁ'..='ẅ' => "w",
        'ý' | 'ÿ' | 'Ý' | 'Ŷ'..='Ÿ' | 'Ỳ' | 'ỳ' => "y",
        'Ź'..='ž' => "z",
        // Combining marks of decomposed text.
        '\u{300}'..='\u{36f}' => "",
        _ => {
            out.extend(c.to_lowercase());
            return;
        }
    };
    out.push_str(plain);
}

/// Words in folded letters and digits, separated by single spaces; apostrophes join, all else parts.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if is_apostrophe(c) || ('\u{300}'..='\u{36f}').contains(&c) {
            continue;
        }
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            push_folded(&mut out, c);
        } else {
            gap = true;
        }
    }
    out
}

/// The apostrophes and quotation marks that stand in names and years.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')
}

/// The hyphens and dashes that people and word processors type.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−')
}

/// The words of `phrase` stand in `text`, whole and in order; both folded. Gives the word's index.
pub(crate) fn find_phrase(text: &str, phrase: &str) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    text.match_indices(phrase).find_map(|(start, found)| {
        let end = start + found.len();
        let whole = (start == 0 || text.as_bytes()[start - 1] == b' ')
            && (end == text.len() || text.as_bytes()[end] == b' ');
        whole.then(|| text[..start].matches(' ').count())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds() {
        for (text, folded) in [
            ("  Settled – awaiting   approval! ", "settled awaiting approval"),
            ("S.20(3)", "s 20 3"),
            ("O'Neill", "oneill"),
            ("Zoë Łukasz-Škoda", "zoe lukasz skoda"),
            ("Zoe\u{308}", "zoe"),
            ("Straße", "strasse"),
            ("日本", "日本"),
            ("...", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn finds_whole_words_only() {
        assert_eq!(find_phrase("not approved yet", "approved"), Some(1));
        assert_eq!(find_phrase("unapproved", "approved"), None);
        assert_eq!(find_phrase("reapproved approved", "approved"), Some(1));
        assert_eq!(find_phrase("anything", ""), None);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
