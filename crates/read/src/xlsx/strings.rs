//! The table of shared texts: what a cell names by a number.

use std::io::Read;

use super::tokens::{Token, Tokens};
use super::words;

/// The texts in their order, in one buffer.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// Those that are no UTF-8, by their numbers.
    broken: Vec<usize>,
    /// Those that are struck through, run by run, by their numbers.
    struck: Vec<usize>,
    /// The table breaks off.
    pub cut: bool,
}

impl Strings {
    /// Reads the table from its part.
    pub fn read(from: impl Read) -> Self {
        let mut strings = Strings::default();
        let mut tokens = Tokens::new(from);
        loop {
            match tokens.next() {
                Token::Open(tag) if tag.name == b"si" => {
                    let runs = if tag.empty {
                        Some(Runs::default())
                    } else {
                        rich(&mut tokens, b"si", &mut strings.text)
                    };
                    // Half a text is none.
                    let Some(runs) = runs else { continue };
                    if runs.broken {
                        strings.broken.push(strings.ends.len());
                    }
                    if runs.are_struck() {
                        strings.struck.push(strings.ends.len());
                    }
                    strings.ends.push(strings.text.len());
                }
                Token::Open(tag) if tag.name == b"sst" && tag.empty => return strings,
                Token::Close(b"sst") => {
                    // To the end of the part, so that its checksum is looked at.
                    while tokens.next() != Token::End {}
                    return strings;
                }
                Token::End => {
                    strings.cut = true;
                    return strings;
                }
                _ => {}
            }
        }
    }

    /// All of a text is struck through.
    pub fn is_struck(&self, number: usize) -> bool {
        self.struck.binary_search(&number).is_ok()
    }

    /// A text by its number.
    pub fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end).filter(|_| self.broken.binary_search(&number).is_err())
    }
}

/// What is to be said of a text beside its words.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// Something is no UTF-8.
    pub broken: bool,
    /// Any words are struck through, and any are not.
    struck: bool,
    plain: bool,
}

impl Runs {
    /// All that can be read is struck through.
    pub fn are_struck(&self) -> bool {
        self.struck && !self.plain
    }
}

/// Adds the words of a text that may be cut into runs, to the end of the element that holds it; without
/// the aids to pronunciation (`rPh`). ECMA-376 part 1, 18.4.8. `None` where the part breaks off.
pub(super) fn rich(tokens: &mut Tokens<impl Read>, within: &[u8], out: &mut String) -> Option<Runs> {
    let (mut runs, mut struck) = (Runs::default(), false);
    loop {
        match tokens.next() {
            Token::Open(tag) if tag.name == b"r" => struck = false,
            Token::Open(tag) if tag.name == b"strike" => {
                struck = !matches!(tag.attribute(b"val"), Some(b"0" | b"false"));
            }
            Token::Open(tag) if tag.empty => {}
            Token::Open(tag) if tag.name == b"t" => {
                let preserve = tag.attribute(b"xml:space") == Some(b"preserve");
                let from = out.len();
                runs.broken |= !plain(tokens, b"t", out);
                if !preserve {
                    trim(out, from);
                }
                words::unescape(out, from);
                if out.get(from..).is_some_and(|run| !run.trim().is_empty()) {
                    runs.struck |= struck;
                    runs.plain |= !struck;
                }
            }
            Token::Open(tag) if tag.name == b"rPh" => tokens.skip(),
            Token::Close(name) if name == within => return Some(runs),
            // The element has no end: the one around it does.
            Token::Close(b"c" | b"row" | b"sheetData" | b"sst") => {
                tokens.back();
                return Some(runs);
            }
            Token::End => return None,
            _ => {}
        }
    }
}

/// Adds the words up to the end of an element; false where something is no UTF-8.
#[inline]
pub(super) fn plain(tokens: &mut Tokens<impl Read>, within: &[u8], out: &mut String) -> bool {
    let mut sound = true;
    loop {
        match tokens.next() {
            Token::Text(text) => sound &= words::add(text, out),
            Token::Verbatim(text) => sound &= words::add_verbatim(text, out),
            Token::Close(name) if name == within => return sound,
            // The element has no end: what follows is not its text.
            Token::Close(_) => {
                tokens.back();
                return sound;
            }
            Token::Open(tag) if tag.empty => {}
            Token::Open(_) => tokens.skip(),
            Token::End => return sound,
        }
    }
}

/// Takes off white space of XML at both ends of what stands from `from` on.
fn trim(text: &mut String, from: usize) {
    let blank = [' ', '\t', '\r', '\n'];
    let end = from + text[from..].trim_end_matches(blank).len();
    text.truncate(end);
    let start = text[from..].len() - text[from..].trim_start_matches(blank).len();
    if start > 0 {
        text.replace_range(from..from + start, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_by_their_numbers() {
        let table = concat!(
            r#"<?xml version="1.0"?><x:sst uniqueCount="4000000000"><x:si><x:t>plain</x:t></x:si><si/><si><t/></si>"#,
            r#"<si><t> cut </t></si><si><t xml:space="preserve"> kept </t></si>"#,
            r#"<si><r><rPr><b/></rPr><t>An</t></r><r><t xml:space="preserve">na &amp; </t></r><r><t>Bo_x000A_b</t></r></si>"#,
            r#"<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>"#,
            r#"<si><t><![CDATA[<raw> & ]]>x</t></si></x:sst>"#,
        );
        let strings = Strings::read(table.as_bytes());
        let found: Vec<_> = (0..9).map(|number| strings.get(number)).collect();
        let expected =
            ["plain", "", "", "cut", " kept ", "Anna & Bo\nb", "東京", "<raw> & x"].map(Some).to_vec();
        assert_eq!(found, [expected, vec![None]].concat());
        assert!(!strings.cut);
    }

    #[test]
    fn a_text_is_struck_through_where_all_of_its_words_are() {
        let run = |strike: &str, text: &str| {
            format!("<r><rPr>{strike}<b/></rPr><t xml:space=\"preserve\">{text}</t></r>")
        };
        for (runs, expected) in [
            (vec![run("<strike/>", "Amy "), run("<strike val=\"1\"/>", "Hill")], true),
            (vec![run("<strike/>", "Amy"), run("", " ")], true),
            (vec![run("", "was "), run("<strike/>", "Open")], false),
            (vec![run("<strike val=\"0\"/>", "Amy")], false),
            (vec!["<t>Amy</t>".to_owned()], false),
            (vec![run("<strike/>", "")], false),
        ] {
            let strings = Strings::read(format!("<sst><si>{}</si></sst>", runs.concat()).as_bytes());
            assert_eq!(strings.is_struck(0), expected, "{runs:?}");
        }
    }

    #[test]
    fn damage_costs_only_what_is_damaged() {
        let strings =
            Strings::read(&b"<sst><si><t>a</t></si><si><t>\xff</t></si><si><t>c</t></si><si><t>d"[..]);
        assert_eq!([0, 1, 2, 3].map(|number| strings.get(number)), [Some("a"), None, Some("c"), None]);
        assert!(strings.cut);
        assert!(Strings::read(&b""[..]).cut && !Strings::read(&b"<sst/>"[..]).cut);
    }
}
