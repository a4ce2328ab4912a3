//! The tags and texts of an XML part, one after the other, from a stream and in constant memory:
//! the buffer grows only where a single tag is longer than it. No namespaces (names come
//! without their prefix) and no check that tags match: a workbook that somebody's program wrote
//! badly is still to be read.

use std::io::Read;

use memchr::{memchr, memmem};

/// What the buffer holds at first.
const ROOM: usize = 64 << 10;

/// One piece of XML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Open(Tag<'t>),
    /// The name of an element that ends.
    Close(&'t [u8]),
    /// Text as it is written, entities and all. A long one comes in pieces.
    Text(&'t [u8]),
    /// The text of a CDATA section, which has no entities.
    Verbatim(&'t [u8]),
    /// The stream is at its end, be it in the middle of a tag.
    End,
}

/// The start of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub name: &'t [u8],
    attributes: &'t [u8],
    /// Its end as well: `<v/>`.
    pub empty: bool,
}

impl<'t> Tag<'t> {
    /// What stands between the brackets.
    fn of(inside: &'t [u8]) -> Self {
        let (inside, empty) = match inside {
            [inside @ .., b'/'] => (inside, true),
            _ => (inside, false),
        };
        let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        Tag { name: local(name), attributes, empty }
    }

    /// Names and values as they are written.
    pub fn attributes(&self) -> Attributes<'t> {
        Attributes(self.attributes)
    }

    /// An attribute's value, by its whole name.
    pub fn attribute(&self, name: &[u8]) -> Option<&'t [u8]> {
        self.attributes().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.iter().position(|byte| *byte == b':').map_or(name, |at| &name[at + 1..])
}

/// The attributes of a tag that are left.
pub(super) struct Attributes<'t>(&'t [u8]);

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t [u8], &'t [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_ascii_start();
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let key = rest[..equals].trim_ascii_end();
        let (quote, value) = rest[equals + 1..].trim_ascii_start().split_first()?;
        let end = value.iter().position(|byte| byte == quote)?;
        self.0 = &value[end + 1..];
        Some((key, &value[..end]))
    }
}

/// The pieces of a stream.
pub(super) struct Tokens<R> {
    from: R,
    buffer: Vec<u8>,
    /// Where the piece that was given last begins, and where the next one does.
    last: usize,
    at: usize,
    filled: usize,
}

/// Where a piece lies in the buffer.
enum Found {
    Markup(usize),
    Text(usize),
    Comment,
    Verbatim(usize),
}

impl<R: Read> Tokens<R> {
    pub fn new(from: R) -> Self {
        Tokens { from, buffer: vec![0; ROOM], last: 0, at: 0, filled: 0 }
    }

    /// The next piece.
    #[inline]
    pub fn next(&mut self) -> Token<'_> {
        loop {
            let start = self.at;
            let found = match self.found() {
                Some(found) => found,
                None if self.more() => continue,
                // What is left is the beginning of a tag, or text after the last one.
                None => {
                    (self.last, self.at) = (self.filled, self.filled);
                    return Token::End;
                }
            };
            self.last = start;
            match found {
                Found::Comment => {}
                Found::Text(end) => return Token::Text(&self.buffer[start..end]),
                Found::Verbatim(end) => return Token::Verbatim(&self.buffer[start + 9..end]),
                Found::Markup(end) => {
                    let inside = &self.buffer[start + 1..end];
                    return match inside {
                        [b'/', name @ ..] => Token::Close(local(name.trim_ascii_end())),
                        _ => Token::Open(Tag::of(inside)),
                    };
                }
            }
        }
    }

    /// Gives the last piece once more.
    pub fn back(&mut self) {
        self.at = self.last;
    }

    /// Goes past the end of the element that was opened last.
    pub fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Token::Open(tag) if !tag.empty => depth += 1,
                Token::Close(_) => depth -= 1,
                Token::End => return,
                _ => {}
            }
        }
    }

    /// Finds the end of the next piece, if all of it is in the buffer, and goes there.
    #[inline]
    fn found(&mut self) -> Option<Found> {
        let rest = &self.buffer[self.at..self.filled];
        let (found, length) = match rest {
            [] => return None,
            [b'<', b'!', ..] => declared(rest)?,
            [b'<', b'?', ..] => (None, memmem::find(rest, b"?>")? + 2),
            [b'<', ..] => {
                let end = tag_end(rest)?;
                (Some(Found::Markup(self.at + end)), end + 1)
            }
            _ => {
                let end = match memchr(b'<', rest) {
                    Some(end) => end,
                    None if rest.len() >= ROOM => piece(rest)?,
                    None => return None,
                };
                (Some(Found::Text(self.at + end)), end)
            }
        };
        let found = match found {
            Some(Found::Verbatim(end)) => Found::Verbatim(self.at + end),
            Some(found) => found,
            None => Found::Comment,
        };
        self.at += length;
        Some(found)
    }

    /// Reads more into the buffer; false at the end of the stream.
    #[cold]
    fn more(&mut self) -> bool {
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        (self.last, self.at) = (0, 0);
        if self.filled > self.buffer.len() / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            match self.from.read(&mut self.buffer[self.filled..]) {
                Ok(read) => {
                    self.filled += read;
                    return read > 0;
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }
}

/// The end of a comment, CDATA section or document type, which all begin with `<!`: what it is, and
/// its length.
fn declared(rest: &[u8]) -> Option<(Option<Found>, usize)> {
    if b"<!--".starts_with(&rest[..rest.len().min(4)]) {
        let end = memmem::find(rest.get(4..)?, b"-->")?;
        return Some((None, 4 + end + 3));
    }
    if b"<![CDATA[".starts_with(&rest[..rest.len().min(9)]) {
        let end = 9 + memmem::find(rest.get(9..)?, b"]]>")?;
        return Some((Some(Found::Verbatim(end)), end + 3));
    }
    let end = memchr(b'>', rest)?;
    // A document type may declare entities, between square brackets.
    match memchr(b'[', &rest[..end]) {
        None => Some((None, end + 1)),
        Some(_) => Some((None, memmem::find(rest, b"]>")? + 2)),
    }
}

/// How much of a long text can be given before its end is seen: no entity, character or line end is cut
/// in two.
fn piece(text: &[u8]) -> Option<usize> {
    const LONGEST_ENTITY: usize = 16;
    const LONGEST_CHARACTER: usize = 4;
    let last = text.len().saturating_sub(LONGEST_ENTITY);
    let mut end = memchr(b'&', &text[last..]).map_or(text.len(), |at| last + at);
    let near = end.saturating_sub(LONGEST_CHARACTER);
    // The last character that begins here may go on beyond.
    if let Some(start) = text[near..end].iter().rposition(|byte| *byte >= 0xC0) {
        end = near + start;
    }
    end -= usize::from(text[..end].ends_with(b"\r"));
    (end > 0).then_some(end)
}

/// Where a tag ends: at the first bracket outside the values of its attributes.
#[inline]
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match rest.get(at)? {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') => at += 2 + memchr_near(*quote, &rest[at + 1..])?,
            _ => at += 1,
        }
    }
}

/// As `memchr`, for what is mostly a few bytes away.
#[inline]
fn memchr_near(needle: u8, rest: &[u8]) -> Option<usize> {
    const NEAR: usize = 16;
    let near = &rest[..rest.len().min(NEAR)];
    near.iter()
        .position(|byte| *byte == needle)
        .or_else(|| memchr(needle, &rest[near.len()..]).map(|at| near.len() + at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives a few bytes at a time.
    struct Slow<'b>(&'b [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let most = out.len().min(self.1);
            self.0.read(&mut out[..most])
        }
    }

    fn pieces(xml: &[u8], step: usize) -> Vec<String> {
        let mut tokens = Tokens::new(Slow(xml, step));
        let mut found = Vec::new();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        loop {
            found.push(match tokens.next() {
                Token::Open(tag) => {
                    let attributes: String =
                        tag.attributes().map(|(k, v)| format!(" {}={}", text(k), text(v))).collect();
                    format!("+{}{attributes}{}", text(tag.name), if tag.empty { " /" } else { "" })
                }
                Token::Close(name) => format!("-{}", text(name)),
                Token::Text(bytes) => text(bytes),
                Token::Verbatim(bytes) => format!("[{}]", text(bytes)),
                Token::End => return found,
            });
        }
    }

    #[test]
    fn pieces_come_whole_whatever_the_stream_gives() {
        for (xml, expected) in [
            (r#"<?xml version="1.0"?><a>x</a>"#, vec!["+a", "x", "-a"]),
            (r#"<x:c r="A1" s = '2'/><v >1</v >"#, vec!["+c r=A1 s=2 /", "+v", "1", "-v"]),
            (r#"<c f="a>b" g='"'>&lt;"#, vec![r#"+c f=a>b g=""#]),
            ("<a><!-- <b> --><![CDATA[<&>]]></a>", vec!["+a", "[<&>]", "-a"]),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", vec!["+a /"]),
            ("<!DOCTYPE a><a\n\tb=\"1\"\n/>t", vec!["+a b=1 /"]),
            ("<a><b", vec!["+a"]),
            ("<a b>x</a>", vec!["+a", "x", "-a"]),
            ("", vec![]),
        ] {
            for step in [1, 2, 7, 1000] {
                assert_eq!(pieces(xml.as_bytes(), step), expected, "{xml} in steps of {step}");
            }
        }
    }

    #[test]
    fn pieces_longer_than_the_buffer_and_pieces_given_again() {
        let long = "y".repeat(3 * ROOM);
        let xml = format!("<a b=\"{long}\">{long}</a>");
        let mut tokens = Tokens::new(xml.as_bytes());
        assert!(matches!(tokens.next(), Token::Open(tag) if tag.attribute(b"b") == Some(long.as_bytes())));
        assert!(matches!(tokens.next(), Token::Text(_)));
        tokens.back();
        let mut found = Vec::new();
        while let Token::Text(piece) = tokens.next() {
            found.extend_from_slice(piece);
        }
        assert_eq!(found, long.as_bytes());
        let mut tokens = Tokens::new(&b"<a><b/><a></a></a>after"[..]);
        tokens.next();
        tokens.skip();
        assert_eq!(tokens.next(), Token::End);
    }

    #[test]
    fn pieces_of_a_text_cut_nothing_in_two() {
        for (text, expected) in [
            ("plain", 5),
            ("a &am", 2),
            ("a &amp; and a long way after it", 31),
            ("line\r", 4),
            ("Zo\u{eb}", 2),
            ("a\u{1F600}", 1),
            ("\u{6771}\u{4eac}", 3),
            ("\u{e9}pres", 6),
        ] {
            assert_eq!(piece(text.as_bytes()), Some(expected), "{text:?}");
        }
        assert_eq!((piece(b"&amp"), piece(b"a\xF0\x9F"), piece(b"\xF0\x9F")), (None, Some(1), None));
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..300), xml in "[<>!\\[\\]\\-?/a-c\"'= ]{0,100}") {
            prop_assert_eq!(pieces(&bytes, 3), pieces(&bytes, 1000));
            prop_assert_eq!(pieces(xml.as_bytes(), 1), pieces(xml.as_bytes(), 1000));
        }
    }
}
