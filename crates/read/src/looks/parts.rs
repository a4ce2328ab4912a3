//! What a part of a package refers to.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::styles::attribute;
use crate::package::{Package, normal};

/// What a part refers to.
pub(crate) struct Relation {
    pub id: String,
    /// The last word of the kind: `comments`.
    pub kind: String,
    pub part: String,
}

/// All that a part refers to inside the package; for no part, what the package itself does.
pub(crate) fn related(package: &mut Package<'_>, part: &str) -> Vec<Relation> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = normal(&format!("{folder}/_rels/{file}.rels"));
    let Some(list) = package.text(&name) else { return Vec::new() };
    let mut xml = Reader::from_str(&list.text);
    let mut found = Vec::new();
    while let Ok(event) = xml.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                let word = |name| attribute(&tag, name).unwrap_or_default();
                let kind = word("Type").rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id: word("Id"), kind, part: resolved(folder, &word("Target")) });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// A target as a part's name: `../comments1.xml` beside `xl/worksheets`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    normal(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        for (folder, target, expected) in [
            ("xl", "worksheets/Sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl", "../xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl\\worksheets", "..\\..\\..\\x.xml", "x.xml"),
        ] {
            assert_eq!(resolved(&normal(folder), target), expected);
        }
    }
}
