//! Bytes of a text file to characters, decoded once: byte order mark, else valid UTF-8, else
//! UTF-16 by its pattern of zero bytes, else MacRoman where words speak for it, else Windows-1252, the
//! code page of British Excel.

use std::borrow::Cow;
use std::string::FromUtf8Error;

use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};

const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    /// Bytes that mean nothing in this encoding, now U+FFFD.
    pub undefined: usize,
    /// Windows-1252 bytes in a text that is otherwise UTF-8.
    pub foreign: usize,
    /// Line of the first such byte, from 1.
    pub line: usize,
}

impl<'a> Decoded<'a> {
    fn clean(text: impl Into<Cow<'a, str>>, encoding: &'static str) -> Self {
        Decoded { text: text.into(), encoding, undefined: 0, foreign: 0, line: 0 }
    }
}

pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(rest) = bytes.strip_prefix(UTF_8_MARK) {
        return Decoded { encoding: "UTF-8 with BOM", ..utf8_or_legacy(rest) };
    }
    // The mark of UTF-32 begins like that of UTF-16, whose texts do not begin with a zero.
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE\0\0") {
        return utf32(rest, "UTF-32LE", u32::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\0\0\xFE\xFF") {
        return utf32(rest, "UTF-32BE", u32::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, UTF_16LE);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, UTF_16BE);
    }
    match utf16_by_zeros(bytes) {
        Some(encoding) => utf16(bytes, encoding),
        None => utf8_or_legacy(bytes),
    }
}

/// As [`decode`], without a copy of a text that is in UTF-8 already.
pub(crate) fn into_text(bytes: Vec<u8>) -> (String, Decoded<'static>) {
    let marked = bytes.starts_with(UTF_8_MARK);
    let utf8 = if marked || utf16_by_zeros(&bytes).is_none() {
        String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes)
    } else {
        Err(bytes)
    };
    match utf8 {
        Ok(mut text) => {
            text.drain(..if marked { UTF_8_MARK.len() } else { 0 });
            (text, Decoded::clean("", if marked { "UTF-8 with BOM" } else { "UTF-8" }))
        }
        Err(bytes) => {
            let Decoded { text, encoding, undefined, foreign, line } = decode(&bytes);
            (text.into_owned(), Decoded { text: Cow::Borrowed(""), encoding, undefined, foreign, line })
        }
    }
}

/// False for bytes that no text file has: many control characters, zeros that aren't UTF-16.
pub(crate) fn looks_like_text(sample: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\0\0\xFE\xFF"];
    let marked = marks.iter().any(|mark| sample.starts_with(mark));
    if marked || utf16_by_zeros(sample).is_some() {
        return true;
    }
    let control = sample
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A))
        .count();
    control <= (sample.len() / 100).max(2)
}

/// UTF-16 without a mark: Latin text has a zero in every second byte, always on the same side.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if pairs >= 2 && odd * 2 > pairs && even * 20 < pairs {
        Some(UTF_16LE)
    } else if pairs >= 2 && even * 2 > pairs && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn utf16<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let name = if encoding == UTF_16LE { "UTF-16LE" } else { "UTF-16BE" };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    counted(Decoded::clean(text, name), broken)
}

/// Four bytes for each character; what is left over at the end is none.
fn utf32<'a>(bytes: &[u8], name: &'static str, order: fn([u8; 4]) -> u32) -> Decoded<'a> {
    let mut broken = !bytes.len().is_multiple_of(4);
    let mut text = String::with_capacity(bytes.len() / 4);
    for four in bytes.chunks(4) {
        let c = four.try_into().ok().and_then(|four| char::from_u32(order(four)));
        broken |= c.is_none();
        text.push(c.unwrap_or('\u{FFFD}'));
    }
    counted(Decoded::clean(text, name), broken)
}

/// With the number of characters that mean nothing, where there are any.
fn counted(mut decoded: Decoded<'_>, broken: bool) -> Decoded<'_> {
    if broken {
        decoded.undefined = decoded.text.matches('\u{FFFD}').count();
        decoded.line = decoded.text.find('\u{FFFD}').map_or(0, |at| line_at(decoded.text[..at].as_bytes()));
    }
    decoded
}

fn utf8_or_legacy(bytes: &[u8]) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded::clean(text, "UTF-8"),
        Err(error) => {
            let invalid: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
            let beyond_ascii: usize = bytes
                .utf8_chunks()
                .map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count())
                .sum();
            let line = line_at(&bytes[..error.valid_up_to()]);
            // UTF-8 beyond ASCII hardly ever happens by chance, so where there is more of it
            // than of the invalid, the text is UTF-8 and somebody pasted into it.
            if beyond_ascii >= invalid {
                Decoded { foreign: invalid, line, ..mixed(bytes) }
            } else {
                let mut decoded = if speaks_mac(bytes) { mac_roman(bytes) } else { windows_1252(bytes) };
                if decoded.undefined > 0 {
                    decoded.line =
                        decoded.text.find('\u{FFFD}').map_or(0, |at| line_at(decoded.text[..at].as_bytes()));
                }
                decoded
            }
        }
    }
}

/// More of the bytes beyond ASCII make words as MacRoman than as Windows-1252: an accent inside a word
/// has codes there that are punctuation here, and the other way round.
fn speaks_mac(bytes: &[u8]) -> bool {
    // Small letters with accents in MacRoman that are signs or capitals in Windows-1252, which do not stand
    // behind a small letter. Its quotes, dashes and small letters are left out.
    const MAC: &[u8] = b"\x87\x88\x89\x8A\x8B\x8C\x8D\x8E\x8F\x90\x98\x9B\x9D\x9F";
    // Curly quotes in MacRoman, capitals with accents in Windows-1252.
    const MAC_QUOTES: &[u8] = b"\xD2\xD3\xD4\xD5";
    let (mut mac, mut windows) = (0, 0);
    for i in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).map(|(i, _)| i) {
        let small = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_lowercase);
        let (before, after) = (i.checked_sub(1), Some(i + 1));
        let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
        let byte = bytes[i];
        if (MAC.contains(&byte) || MAC_QUOTES.contains(&byte)) && small(before) {
            mac += 1;
        } else if byte >= 0xC0 && (letter(before) || small(after)) {
            windows += 1;
        }
    }
    mac > windows
}

fn mac_roman(bytes: &[u8]) -> Decoded<'_> {
    let (text, _) = MACINTOSH.decode_without_bom_handling(bytes);
    Decoded::clean(text, "MacRoman")
}

fn mixed(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut undefined = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let repaired = windows_1252(chunk.invalid());
        text.push_str(&repaired.text);
        undefined += repaired.undefined;
    }
    Decoded { undefined, ..Decoded::clean(text, "UTF-8") }
}

fn windows_1252(bytes: &[u8]) -> Decoded<'_> {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let undefined = bytes.iter().filter(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)).count();
    let text = if undefined == 0 {
        text
    } else {
        // The decoder follows browsers, which give these bytes a meaning that nobody intended.
        Cow::Owned(text.replace(['\u{81}', '\u{8D}', '\u{8F}', '\u{90}', '\u{9D}'], "\u{FFFD}"))
    };
    Decoded { undefined, ..Decoded::clean(text, "Windows-1252") }
}

fn line_at(before: &[u8]) -> usize {
    1 + memchr::memchr_iter(b'\n', before).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let le: Vec<u8> = "Zoë,1\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "Zoë,1\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let le_marked = [b"\xFF\xFE".as_slice(), &le].concat();
        let be_marked = [b"\xFE\xFF".as_slice(), &be].concat();
        let wide = |order: fn(u32) -> [u8; 4]| "\u{feff}Zoë,1\r\n".chars().flat_map(move |c| order(c as u32));
        let (le_wide, be_wide): (Vec<u8>, Vec<u8>) =
            (wide(u32::to_le_bytes).collect(), wide(u32::to_be_bytes).collect());
        for (bytes, text, encoding, undefined, foreign, line) in [
            (&le_wide[..], "Zoë,1\r\n", "UTF-32LE", 0, 0, 0),
            (&be_wide, "Zoë,1\r\n", "UTF-32BE", 0, 0, 0),
            (&be_wide[..10], "Z\u{FFFD}", "UTF-32BE", 1, 0, 1),
            (&b"Zo\xC3\xAB"[..], "Zoë", "UTF-8", 0, 0, 0),
            (b"\xEF\xBB\xBFZo\xC3\xAB", "Zoë", "UTF-8 with BOM", 0, 0, 0),
            (b"Zo\xEB \x80 5", "Zoë € 5", "Windows-1252", 0, 0, 0),
            (b"a\nb\nZo\x81\xEB", "a\nb\nZo\u{FFFD}ë", "Windows-1252", 1, 0, 3),
            (b"Zo\xC3\xAB\nJos\xC3\xA9\nRen\xE9", "Zoë\nJosé\nRené", "UTF-8", 0, 1, 3),
            (&le, "Zoë,1\r\n", "UTF-16LE", 0, 0, 0),
            (&be, "Zoë,1\r\n", "UTF-16BE", 0, 0, 0),
            (&le_marked, "Zoë,1\r\n", "UTF-16LE", 0, 0, 0),
            (&be_marked, "Zoë,1\r\n", "UTF-16BE", 0, 0, 0),
        ] {
            let expected = Decoded { text: text.into(), encoding, undefined, foreign, line };
            assert_eq!(decode(bytes), expected);
            let (text, said) = into_text(bytes.to_vec());
            assert_eq!(Decoded { text: text.into(), ..said }, expected);
        }
    }

    #[test]
    fn utf8_is_not_copied() {
        assert!(matches!(decode("plain, Zoë".as_bytes()).text, Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let decoded = decode(&bytes);
            let replaced = decoded.text.contains('\u{FFFD}');
            prop_assert!(decoded.undefined == 0 || replaced);
            prop_assert_eq!(into_text(bytes.clone()).0, decoded.text.into_owned());
        }

        #[test]
        fn utf8_comes_back(text in "[a-zé\u{4e00}, \n]{1,50}") {
            prop_assert_eq!(&*decode(text.as_bytes()).text, text.as_str());
        }
    }

    #[test]
    fn accents_in_words_tell_a_mac_from_windows() {
        for (bytes, text, encoding) in [
            (&b"Zo\x8E,Ren\x8E Gr\x9Fn"[..], "Zo\u{e9},Ren\u{e9} Gr\u{fc}n", "MacRoman"),
            (b"the child\xD5s name,Beyonc\x8E", "the child\u{2019}s name,Beyonc\u{e9}", "MacRoman"),
            (b"Zo\xE9,Ren\xE9 M\xFCller", "Zo\u{e9},Ren\u{e9} M\u{fc}ller", "Windows-1252"),
            (b"O\x92Neill,the child\x92s", "O\u{2019}Neill,the child\u{2019}s", "Windows-1252"),
            (b"2019 \x96 2021,\xA35k", "2019 \u{2013} 2021,\u{a3}5k", "Windows-1252"),
            (b"well\x97known, Mi\x9Ao", "well\u{2014}known, Mi\u{161}o", "Windows-1252"),
        ] {
            let decoded = decode(bytes);
            assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
        }
    }
}
