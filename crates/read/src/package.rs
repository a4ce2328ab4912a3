//! The parts of a zip package, by their names, whatever the case and slashes these are written with.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::utf8::Utf8;

/// A part that holds more than this is no list of styles, sheets or comments.
const LARGEST: u64 = 64 << 20;

/// A package that is open.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
    /// Several parts have one name.
    pub ambiguous: bool,
}

/// A part while it is unpacked.
pub(crate) type Part<'p, 'a> = ZipFile<'p, Cursor<&'a [u8]>>;

/// The text of a small part.
pub(crate) struct Text {
    pub text: String,
    /// It is longer than any such part, and what follows was left out.
    pub cut: bool,
}

impl<'a> Package<'a> {
    /// Reads the table of contents; `None` where there is none.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut package = Package { places: BTreeMap::new(), ambiguous: listed(bytes, &zip), zip };
        for at in 0..package.zip.len() {
            let Ok(part) = package.zip.by_index_raw(at) else { continue };
            let name = normal(&String::from_utf8_lossy(part.name_raw()));
            drop(part);
            package.ambiguous |= package.places.insert(name, at).is_some();
        }
        Some(package)
    }

    /// Number of parts.
    pub fn len(&self) -> usize {
        self.zip.len()
    }

    /// The names of all parts, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// There is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// A part is locked as zip archives lock them, which workbooks never are.
    pub fn locked(&mut self) -> bool {
        (0..self.zip.len()).any(|at| self.zip.by_index_raw(at).is_ok_and(|part| part.encrypted()))
    }

    /// A part by its place in the table of contents.
    pub fn part_at(&mut self, at: usize) -> Option<Part<'_, 'a>> {
        self.zip.by_index(at).ok()
    }

    /// A part by its name.
    pub fn part(&mut self, name: &str) -> Option<Part<'_, 'a>> {
        self.part_at(*self.places.get(name)?)
    }

    /// The text of a small part; what can't be unpacked is missing at its end.
    pub fn text(&mut self, name: &str) -> Option<Text> {
        let mut bytes = Vec::new();
        let _ = self.part(name)?.take(LARGEST + 1).read_to_end(&mut bytes);
        let cut = bytes.len() as u64 > LARGEST;
        let mut text = Vec::new();
        let _ = Utf8::new(&bytes[..]).read_to_end(&mut text);
        Some(Text { text: String::from_utf8_lossy(&text).into_owned(), cut })
    }
}

/// A part's name in lower case, with the slashes that the standard has.
pub(crate) fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The table of contents lists more parts than there are names. Its number of entries stands in the
/// last record of the archive, before a comment (APPNOTE 4.3.16).
fn listed(bytes: &[u8], zip: &ZipArchive<Cursor<&[u8]>>) -> bool {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    const MANY: u16 = u16::MAX;
    let Some(end) = memchr::memmem::rfind(bytes, SIGNATURE) else { return false };
    let Some(entries) = bytes.get(end + 10..end + 12) else { return false };
    let entries = u16::from_le_bytes([entries[0], entries[1]]);
    entries != MANY && usize::from(entries) > zip.len()
}
