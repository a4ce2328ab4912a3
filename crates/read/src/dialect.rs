//! Which character parts the cells of a text file: the one under which the most rows have the
//! same number of cells. What the file itself says (`sep=;`) goes before any guess.

use std::collections::BTreeMap;

use crate::records::Records;

const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];
const SAMPLE_RECORDS: u32 = 200;
const SAMPLE_BYTES: usize = 1 << 20;
/// How much more the delimiter that the file's extension promises counts.
const PROMISE: f64 = 1.1;
/// How much less a delimiter counts if the first row doesn't have as many cells as the others.
const ODD_HEADING: f64 = 0.6;
/// Rows that must agree, as a share, before a delimiter that the extension doesn't promise is believed.
const FEWEST: f64 = 0.25;

/// How a text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub delimiter: u8,
    /// Cells of the commonest row that has more than one; 1 if none has.
    pub width: usize,
    /// Bytes of a leading `sep=` line, which is no data: spreadsheets don't show it as a row.
    pub skip: usize,
}

impl Dialect {
    /// `extension` in lower case.
    pub fn of(text: &str, extension: &str) -> Self {
        if let Some((delimiter, skip)) = declared(text) {
            return Dialect { delimiter, width: Shape::of(&text[skip..], delimiter).width, skip };
        }
        let promised = if matches!(extension, "tsv" | "txt" | "tab") { b'\t' } else { b',' };
        let mut best = (promised, Shape { width: 1, agree: 0.0, odd: false }, 0.0);
        for delimiter in CANDIDATES {
            let shape = Shape::of(text, delimiter);
            if shape.width < 2 || (delimiter != promised && shape.agree < FEWEST) {
                continue;
            }
            let weight = if delimiter == promised { PROMISE } else { 1.0 };
            let heading = if shape.odd { ODD_HEADING } else { 1.0 };
            let score = shape.agree * (shape.width as f64 + 1.0).ln() * weight * heading;
            if score > best.2 {
                best = (delimiter, shape, score);
            }
        }
        Dialect { delimiter: best.0, width: best.1.width, skip: 0 }
    }
}

/// `sep=;` in the first line: the delimiter, and where the data begin.
fn declared(text: &str) -> Option<(u8, usize)> {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let line = text[..end].trim_matches('"');
    let value = line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    let delimiter = match value.as_bytes() {
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"' => *byte,
        b"\\t" => b'\t',
        _ => return None,
    };
    let after = &text[end..];
    let newline = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
    Some((delimiter, end + newline))
}

/// What a text looks like under one delimiter.
struct Shape {
    /// The commonest number of cells above one, or 1.
    width: usize,
    /// Share of the filled rows that have it.
    agree: f64,
    /// The first filled row has another.
    odd: bool,
}

impl Shape {
    fn of(text: &str, delimiter: u8) -> Self {
        let mut records = Records::new(text, delimiter, 0);
        let mut widths: BTreeMap<usize, u32> = BTreeMap::new();
        let mut first = None;
        let mut filled = 0;
        while records.row() < SAMPLE_RECORDS && records.position() < SAMPLE_BYTES {
            let mut blank = true;
            let Some(width) = records.next(|_, _, cell| blank &= cell.trim().is_empty()) else { break };
            if blank {
                continue;
            }
            filled += 1;
            first.get_or_insert(width);
            *widths.entry(width).or_default() += 1;
        }
        let commonest =
            widths.iter().filter(|(width, _)| **width > 1).max_by_key(|(width, count)| (**count, **width));
        match commonest {
            None => Shape { width: 1, agree: 0.0, odd: false },
            Some((width, count)) => Shape {
                width: *width,
                agree: f64::from(*count) / f64::from(filled),
                odd: first != Some(*width),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_detected() {
        let prose = "Plan\nLegal Services, and others\n\n- a) one, two\n- b) one, two, three, four\n";
        let tabs = format!("{prose}Title\t\t\nRef\tAction\tRAG\nL1\ta, b\tG\n\tc, d\tR\n");
        for (text, extension, delimiter, width) in [
            ("a,b,c\n1,2,3\n", "csv", b',', 3),
            ("a;b;c\n1;2;3\n", "csv", b';', 3),
            ("name;sum;more\nx;1,5;2,5\ny;2,5;3,5\nz;1,0;3,0\n", "csv", b';', 3),
            ("a;b\n1,5;2,5\n1,6;2,7\n1,7;2,0\n", "csv", b';', 2),
            ("a\tb\n1\t2\n", "csv", b'\t', 2),
            ("a|b|c\n1|2|3\n", "txt", b'|', 3),
            ("a,b,c\n1,\"x;y;z;w\",3\n2,\"x;y;z;v\",3\n", "csv", b',', 3),
            (&tabs, "tsv", b'\t', 3),
            (&tabs, "csv", b'\t', 3),
            ("only one column\nof words\n", "csv", b',', 1),
            ("only one column\nof words\n", "txt", b'\t', 1),
            ("", "csv", b',', 1),
        ] {
            let expected = Dialect { delimiter, width, skip: 0 };
            assert_eq!(Dialect::of(text, extension), expected, "{text:?} {extension}");
        }
    }

    #[test]
    fn a_declared_delimiter_is_believed() {
        for (text, delimiter, skip) in [
            ("sep=;\na,b;c\n", b';', 6),
            ("SEP=|\r\na|b\r\n", b'|', 7),
            ("\"sep=,\"\na,b\n", b',', 8),
            ("sep=\t", b'\t', 5),
            ("sep=\\t\na\tb", b'\t', 7),
        ] {
            let found = Dialect::of(text, "csv");
            assert_eq!((found.delimiter, found.skip), (delimiter, skip), "{text:?}");
        }
        assert_eq!(declared("sep=name,x\n"), None);
        assert_eq!(declared("séparateur"), None);
    }
}
