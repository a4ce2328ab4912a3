//! Writes rows as text, one at a time, so that a tracker of any length takes no memory.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use encoding_rs::WINDOWS_1252;

use crate::names;
use crate::sheet::Cell;

/// How the text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark, as Excel has it.
    Utf8Bom,
    /// Windows-1252: accents outside Western Europe are lost.
    Windows1252,
}

/// An open text file.
#[derive(Debug)]
pub struct TextWriter {
    out: BufWriter<File>,
    separator: char,
    encoding: Encoding,
    line: String,
}

impl TextWriter {
    /// Opens the file.
    pub fn create(path: &Path, separator: char, encoding: Encoding) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        if encoding == Encoding::Utf8Bom {
            out.write_all(b"\xef\xbb\xbf")?;
        }
        Ok(TextWriter { out, separator, encoding, line: String::new() })
    }

    /// Writes a row; a row of no cells is an empty line.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.line.clear();
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.line.push(self.separator);
            }
            push_field(&mut self.line, &cell.shown(), self.separator);
        }
        self.line.push_str("\r\n");
        if self.encoding != Encoding::Windows1252 {
            return self.out.write_all(self.line.as_bytes());
        }
        let (bytes, _, lost) = WINDOWS_1252.encode(&self.line);
        if !lost {
            return self.out.write_all(&bytes);
        }
        // An accent that the encoding lacks is dropped letter by letter; the others stay.
        let kept: String = self
            .line
            .chars()
            .map(|c| {
                let letter = c.to_string();
                if WINDOWS_1252.encode(&letter).2 { names::plain(&letter) } else { letter }
            })
            .collect();
        self.out.write_all(&WINDOWS_1252.encode(&kept).0)
    }

    /// Closes the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn push_field(line: &mut String, field: &str, separator: char) {
    let special = |c: char| c == separator || c == '"' || c == '\n' || c == '\r';
    if field.contains(special) {
        line.push('"');
        line.push_str(&field.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_and_encoded() {
        let dir = tempfile::tempdir().unwrap();
        for (name, separator, encoding, expected) in [
            ("a", ',', Encoding::Utf8, "\"a,b\",\"c\"\"\n\",Łé\r\n\r\n".as_bytes()),
            ("b", '\t', Encoding::Utf8Bom, "\u{feff}a,b\t\"c\"\"\n\"\tŁé\r\n\r\n".as_bytes()),
            ("c", ',', Encoding::Windows1252, b"\"a,b\",\"c\"\"\n\",L\xe9\r\n\r\n"),
        ] {
            let path = dir.path().join(name);
            let mut writer = TextWriter::create(&path, separator, encoding).unwrap();
            writer.row(&["a,b", "c\"\n", "Łé"].map(Cell::text)).unwrap();
            writer.row(&[]).unwrap();
            writer.finish().unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), expected, "{name}");
        }
    }
}
