//! What the text of an XML part says once entities, line ends and Excel's own escapes are resolved.

use memchr::{memchr, memchr2};

/// Adds text as it is written in the part; false where it is no UTF-8.
#[inline]
pub(super) fn add(bytes: &[u8], out: &mut String) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    if memchr2(b'&', b'\r', bytes).is_none() {
        out.push_str(text);
    } else {
        add_resolved(text, out);
    }
    true
}

/// Adds the text of a CDATA section; false where it is no UTF-8.
pub(super) fn add_verbatim(bytes: &[u8], out: &mut String) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    out.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
    true
}

/// XML 1.0, 2.11 (line ends) and 4.1 (references). What is no reference stays as it is written.
fn add_resolved(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr2(b'&', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('\r') {
            out.push('\n');
            rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
            continue;
        }
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

/// The character that a text begins with, written as `&...;`, and how long that is.
fn reference(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = memchr(b';', &text.as_bytes()[..text.len().min(LONGEST)])?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?).filter(|c| *c != '\0')?
        }
    };
    Some((c, end + 1))
}

/// Excel writes what XML can't hold as `_x000D_`, a UTF-16 unit in hexadecimal digits (ECMA-376
/// part 1, 22.4.2.4): resolves them in `text` from byte `from` on.
pub(super) fn unescape(text: &mut String, from: usize) {
    let Some(first) = memchr(b'_', &text.as_bytes()[from..]) else { return };
    let Some(first) = (from + first..text.len()).find(|at| escaped(text, *at).is_some()) else { return };
    let escapes = text.split_off(first);
    let mut at = 0;
    while at < escapes.len() {
        let Some(unit) = escaped(&escapes, at) else {
            let next = memchr(b'_', &escapes.as_bytes()[at + 1..]);
            let end = next.map_or(escapes.len(), |next| at + 1 + next);
            text.push_str(&escapes[at..end]);
            at = end;
            continue;
        };
        // A character beyond the first plane is two units.
        let next = escaped(&escapes, at + ESCAPE).filter(|low| (0xDC00..0xE000).contains(low));
        let pair = [unit, next.unwrap_or_default()];
        let units = if (0xD800..0xDC00).contains(&unit) && next.is_some() { 2 } else { 1 };
        text.extend(char::decode_utf16(pair[..units].iter().copied()).map(|c| c.unwrap_or('\u{fffd}')));
        at += units * ESCAPE;
    }
}

const ESCAPE: usize = "_x000D_".len();

/// The unit that an escape at this byte stands for.
fn escaped(text: &str, at: usize) -> Option<u16> {
    let digits = text.as_bytes().get(at..at + ESCAPE)?.strip_prefix(b"_x")?.strip_suffix(b"_")?;
    let hexadecimal = digits.iter().all(u8::is_ascii_hexdigit);
    u16::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| hexadecimal)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_line_ends_and_escapes_are_resolved() {
        for (written, expected) in [
            ("plain", "plain"),
            ("a &amp; b &lt;c&gt; &quot;&apos;", "a & b <c> \"'"),
            ("&#65;&#x42;&#x1F600;", "AB\u{1F600}"),
            ("&unknown; & &; &#0; &#xD800;", "&unknown; & &; &#0; &#xD800;"),
            ("one\r\ntwo\rthree&#13;", "one\ntwo\nthree\r"),
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_ _xD83D_ _xDCF7_", "\u{1F4F7} \u{fffd} \u{fffd}"),
            ("_x00_ _xGGGG_ __x0041_", "_x00_ _xGGGG_ _A"),
            ("é_x0041_é", "éAé"),
            ("_é__x0041_", "_é_A"),
        ] {
            let mut text = String::from("é");
            assert!(add(written.as_bytes(), &mut text));
            unescape(&mut text, 2);
            assert_eq!(&text[2..], expected, "{written}");
        }
        assert!(!add(b"\xff", &mut String::new()) && !add_verbatim(b"\xff", &mut String::new()));
        let mut text = String::new();
        assert!(add_verbatim(b"&amp;\r\n", &mut text));
        assert_eq!(text, "&amp;\n");
    }
}
