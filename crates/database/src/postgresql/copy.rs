//! Rows as the lines of COPY's text format.

use crate::rows::Row;
use crate::table::Table;

/// Appends one row: tabs between the cells, `\N` where there is no value.
pub(super) fn push_row(lines: &mut Vec<u8>, table: &Table, row: &Row) {
    for (i, column) in table.columns.iter().enumerate() {
        if i > 0 {
            lines.push(b'\t');
        }
        match row.get(i) {
            "" if !column.key => lines.extend_from_slice(b"\\N"),
            text => push_text(lines, text),
        }
    }
    lines.push(b'\n');
}

fn push_text(lines: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'\\' => lines.extend_from_slice(b"\\\\"),
            b'\t' => lines.extend_from_slice(b"\\t"),
            b'\n' => lines.extend_from_slice(b"\\n"),
            b'\r' => lines.extend_from_slice(b"\\r"),
            byte => lines.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        for (text, expected) in [("plain", "plain"), ("a\tb\nc\r\nd\\N", "a\\tb\\nc\\r\\nd\\\\N"), ("é", "é")]
        {
            let mut lines = Vec::new();
            push_text(&mut lines, text);
            assert_eq!(lines, expected.as_bytes());
        }
    }
}
