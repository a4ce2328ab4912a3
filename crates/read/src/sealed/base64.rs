//! Base 64, in which XML has bytes.

/// Bytes written in base 64 (RFC 4648, 4).
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').bytes().filter(|byte| !byte.is_ascii_whitespace());
    let values = digits.map(|digit| {
        Some(match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        })
    });
    let values = values.collect::<Option<Vec<u8>>>()?;
    let bytes = values.chunks(4).flat_map(|four| {
        let sum =
            four.iter().zip([18, 12, 6, 0]).map(|(value, shift)| u32::from(*value) << shift).sum::<u32>();
        sum.to_be_bytes()[1..four.len()].to_vec()
    });
    Some(bytes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64() {
        for (text, expected) in [
            ("", &b""[..]),
            ("Zg==", b"f"),
            ("Zm8=", b"fo"),
            ("Zm9v", b"foo"),
            ("Zm9v\nYmFy", b"foobar"),
            ("+/8=", b"\xFB\xFF"),
        ] {
            assert_eq!(base64(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(base64("Z*=="), None);
    }
}
