//! An XML part as UTF-8, whatever its encoding: by its first bytes, and by what its declaration says.
//! XML 1.0, appendix F.

use std::io::{self, Cursor, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A declaration ends within these bytes.
const HEAD: usize = 256;
const CHUNK: usize = 16 << 10;

/// A stream as UTF-8. What is in no encoding known to us comes as it is.
pub(crate) struct Utf8<R> {
    /// The beginning, in UTF-8 already.
    head: Cursor<Vec<u8>>,
    from: R,
    other: Option<Other>,
}

/// Bytes of another encoding on their way.
struct Other {
    decoder: Decoder,
    raw: Vec<u8>,
    at: usize,
    ended: bool,
    /// The decoder has given its last.
    done: bool,
}

impl<R: Read> Utf8<R> {
    /// Looks at the beginning of a part.
    pub fn new(mut from: R) -> Self {
        let mut head = Vec::new();
        // What can't be read is missing, here as later.
        let _ = from.by_ref().take(HEAD as u64).read_to_end(&mut head);
        let encoding = encoding(&head);
        if encoding == UTF_8 {
            let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            let mut head = Cursor::new(head);
            head.set_position(mark);
            return Utf8 { head, from, other: None };
        }
        let mut decoder = encoding.new_decoder_with_bom_removal();
        let mut text = String::with_capacity(4 * HEAD);
        let _ = decoder.decode_to_string(&head, &mut text, false);
        // What it declares is no longer true.
        let declared = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
        let text = declared.map_or(text.as_str(), |(_, rest)| rest).as_bytes().to_vec();
        let other = Other { decoder, raw: Vec::new(), at: 0, ended: false, done: false };
        Utf8 { head: Cursor::new(text), from, other: Some(other) }
    }
}

impl<R: Read> Read for Utf8<R> {
    #[inline]
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.head.read(out)?;
        match &mut self.other {
            _ if read > 0 || out.is_empty() => Ok(read),
            None => self.from.read(out),
            Some(other) => other.read(&mut self.from, out),
        }
    }
}

impl Other {
    fn read(&mut self, from: &mut impl Read, out: &mut [u8]) -> io::Result<usize> {
        while !self.done {
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.raw[self.at..], out, self.ended);
            self.at += read;
            self.done = self.ended && result == CoderResult::InputEmpty;
            if written > 0 || self.done {
                return Ok(written);
            }
            if result == CoderResult::OutputFull {
                return Err(io::ErrorKind::WriteZero.into());
            }
            self.raw.resize(CHUNK, 0);
            let read = from.read(&mut self.raw)?;
            self.raw.truncate(read);
            (self.at, self.ended) = (0, read == 0);
        }
        Ok(0)
    }
}

fn encoding(head: &[u8]) -> &'static Encoding {
    match head {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        _ => declared(head).unwrap_or(UTF_8),
    }
}

/// The encoding that a declaration names, where it may be true: it is written in single bytes.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let end = memchr::memmem::find(head, b"?>")?;
    let declaration = head[..end].strip_prefix(b"<?xml")?;
    let name = declaration.get(memchr::memmem::find(declaration, b"encoding")? + 8..)?.trim_ascii_start();
    let (quote, name) = name.strip_prefix(b"=")?.trim_ascii_start().split_first()?;
    let end = memchr::memchr(*quote, name)?;
    Encoding::for_label(&name[..end]).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_comes_as_utf8() {
        let text = r#"<?xml version="1.0" encoding="UTF-16"?><a>Zoë 😀</a>"#;
        let marked = format!("\u{feff}{text}");
        let undeclared = "<a>Zoë 😀</a>";
        for (name, bytes) in [
            ("UTF-8", text.as_bytes().to_vec()),
            ("UTF-8 with BOM", marked.as_bytes().to_vec()),
            ("UTF-16LE with BOM", utf16(&marked, u16::to_le_bytes)),
            ("UTF-16BE with BOM", utf16(&marked, u16::to_be_bytes)),
            ("UTF-16LE", utf16(text, u16::to_le_bytes)),
            ("UTF-16BE", utf16(text, u16::to_be_bytes)),
        ] {
            let mut found = String::new();
            Utf8::new(&bytes[..]).read_to_string(&mut found).unwrap();
            assert_eq!(found, if name.starts_with("UTF-8") { text } else { undeclared }, "{name}");
        }
        let latin = b"<?xml version='1.0' encoding = 'ISO-8859-1' ?><a>Zo\xEB</a>";
        let mut found = String::new();
        Utf8::new(&latin[..]).read_to_string(&mut found).unwrap();
        assert_eq!(found, "<a>Zoë</a>");
    }

    #[test]
    fn long_parts_lose_nothing() {
        let text = "<a>Zoë 😀</a>".repeat(10_000);
        let mut found = String::new();
        Utf8::new(&utf16(&text, u16::to_le_bytes)[..]).read_to_string(&mut found).unwrap();
        assert_eq!(found, text);
    }
}
