//! The parts of a workbook: which sheets there are, in which parts they are, and how it counts days.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::looks::{attribute, related};
use crate::package::Package;

/// A sheet as the workbook lists it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub name: String,
    pub hidden: bool,
    /// The part that holds it, if the workbook says so.
    pub part: Option<String>,
    /// The last word of what the workbook says it is: `worksheet`.
    pub kind: String,
}

/// What the main part of a workbook says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Workbook {
    pub sheets: Vec<Listed>,
    pub date_1904: bool,
    /// The part breaks off.
    pub cut: bool,
    /// The part with the shared texts.
    pub strings: String,
}

impl Workbook {
    /// Reads it; `None` where there is none.
    pub fn of(package: &mut Package<'_>) -> Option<Self> {
        let main = main_part(package)?;
        let text = package.text(&main)?.text;
        let relations = related(package, &main);
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut workbook = Workbook {
            strings: relations
                .iter()
                .find(|relation| relation.kind == "sharedStrings")
                .map_or(format!("{folder}/sharedstrings.xml"), |relation| relation.part.clone()),
            ..Workbook::default()
        };
        let targets: BTreeMap<String, (String, String)> =
            relations.into_iter().map(|relation| (relation.id, (relation.part, relation.kind))).collect();
        workbook.read(&text, &targets);
        Some(workbook)
    }

    fn read(&mut self, text: &str, targets: &BTreeMap<String, (String, String)>) {
        let mut xml = Reader::from_str(text);
        xml.config_mut().check_end_names = false;
        loop {
            match xml.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                    "sheet" => {
                        let (part, kind) = attribute(&tag, "id")
                            .and_then(|id| targets.get(&id).cloned())
                            .map_or((None, String::new()), |(part, kind)| (Some(part), kind));
                        let state = attribute(&tag, "state");
                        let hidden =
                            state.is_some_and(|state| matches!(state.as_str(), "hidden" | "veryHidden"));
                        let name = attribute(&tag, "name").unwrap_or_default();
                        self.sheets.push(Listed { name, hidden, part, kind });
                    }
                    // An extension has an element of this name too, which says nothing of days.
                    "workbookPr" => {
                        if let Some(value) = attribute(&tag, "date1904") {
                            self.date_1904 = matches!(value.as_str(), "1" | "true");
                        }
                    }
                    _ => {}
                },
                Ok(Event::End(tag)) if tag.local_name().as_ref() == "workbook" => return,
                Ok(Event::Eof) | Err(_) => {
                    self.cut = true;
                    return;
                }
                _ => {}
            }
        }
    }
}

/// The part that the package says is the workbook, or the one that is called so.
fn main_part(package: &mut Package<'_>) -> Option<String> {
    let told = related(package, "").into_iter().find(|relation| relation.kind == "officeDocument");
    let named = |name: &&str| name.ends_with("workbook.xml");
    told.map(|relation| relation.part)
        .filter(|part| package.has(part))
        .or_else(|| package.names().find(named).map(str::to_owned))
}
