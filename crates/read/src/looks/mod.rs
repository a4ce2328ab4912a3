//! What a person sees in a workbook beside its texts: fill colours, struck-through cells, hidden
//! rows and columns, merged cells, comments.
//!
//! ```text
//! styles.xml, theme -> Styles ┐
//! sheet parts -> Scanner (while the package is checked) -> PartLooks ┐
//! workbook.xml, *.rels, comments -> parts ──────────────────────────-┴-> Looks, by sheet
//! ```
//! After ECMA-376 part 1, chapter 18 (SpreadsheetML) and 20.1.6 (themes).

mod colour;
mod comments;
mod parts;
mod scan;
mod styles;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use collate_model::{Area, Marks};
use zip::ZipArchive;

pub(crate) use colour::{hex, indexed};
pub(crate) use comments::notes_of;
pub(crate) use parts::related;
pub(crate) use scan::{PartLooks, Scanner};
pub(crate) use styles::{Look, Styles, attribute};

type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A part that holds more than this is no list of styles, sheets or comments.
const LARGEST: u64 = 64 << 20;

/// The text of a small part of the package, whatever the case and slashes of its name.
pub(crate) fn text_of(zip: &mut Package, name: &str) -> Option<String> {
    let found = zip.file_names().flatten().find(|other| normal(other) == name)?.into_owned();
    let mut text = Vec::new();
    zip.by_name(&found).ok()?.take(LARGEST).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// A part's name in lower case, with the slashes that the standard has.
pub(crate) fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// What was seen of a package's sheets.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    pub styles: Styles,
    /// By the names of the parts.
    pub parts: BTreeMap<String, PartLooks>,
}

impl Looks {
    /// Merged areas and marks of each sheet by its name.
    pub fn of_sheets(mut self, bytes: &[u8]) -> BTreeMap<String, (Vec<Area>, Marks)> {
        let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
        let mut looks = BTreeMap::new();
        for (name, part) in parts::sheets(&mut zip) {
            let Some(mut found) = self.parts.remove(&part) else { continue };
            let comments = comments::of(&mut zip, &part);
            let merges = std::mem::take(&mut found.merges);
            looks.insert(name, (merges, found.marks(&self.styles, comments)));
        }
        looks
    }
}
