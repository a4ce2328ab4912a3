//! The truth beside the trackers: `truth.csv` says for each child in each row who it is.

use std::io;
use std::path::Path;

use crate::sheet::Cell;
use crate::write_text::{Encoding, TextWriter};

/// Who one part of a row is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Who {
    /// The child; `None` where the row names nobody.
    pub child: Option<u32>,
    /// Its family.
    pub family: Option<u32>,
    /// The set of proceedings the row speaks of.
    pub case: Option<u32>,
}

/// The open `truth.csv`.
#[derive(Debug)]
pub struct Truth {
    writer: TextWriter,
}

impl Truth {
    /// Opens the file and writes its heading.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut writer = TextWriter::create(path, ',', Encoding::Utf8)?;
        writer.row(&["file", "sheet", "row", "part", "child", "family", "case"].map(Cell::text))?;
        Ok(Truth { writer })
    }

    /// One part of a row; rows and parts count from 1.
    pub fn part(&mut self, file: &str, sheet: &str, row: u32, part: u32, who: Who) -> io::Result<()> {
        let id = |prefix: char, number: Option<u32>| {
            Cell::text(number.map_or(String::new(), |n| format!("{prefix}{n:06}")))
        };
        self.writer.row(&[
            Cell::text(file),
            Cell::text(sheet),
            Cell::Number(f64::from(row)),
            Cell::Number(f64::from(part)),
            id('c', who.child),
            id('f', who.family),
            id('k', who.case),
        ])
    }

    /// Closes the file.
    pub fn finish(self) -> io::Result<()> {
        self.writer.finish()
    }
}
