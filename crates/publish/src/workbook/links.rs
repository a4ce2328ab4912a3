//! Links from a sheet into the trackers. They are relative, so that they hold as long as the output and
//! the trackers lie to each other as they did, on any machine.

use std::collections::BTreeMap;

use rust_xlsxwriter::Url;

/// Links that a sheet of a spreadsheet can have, but for the one to the sheet "Read me".
const MOST: usize = 65_529;

/// Longest link, in bytes: spreadsheets allow somewhat more.
const LONGEST: usize = 2_000;

/// Gives the links of one sheet.
pub(super) struct Links<'a> {
    /// Where the files lie, as seen from the workbook.
    paths: &'a BTreeMap<String, String>,
    left: usize,
}

impl<'a> Links<'a> {
    pub fn new(paths: &'a BTreeMap<String, String>) -> Self {
        Links { paths, left: MOST }
    }

    /// A link to a row: file, sheet, number. Nothing where a spreadsheet could not follow it.
    pub fn to(&mut self, [file, sheet, row]: [&str; 3]) -> Option<Url> {
        let path = self.paths.get(file)?;
        // Both have a meaning of their own in a link, and programs do not agree which.
        let is_plain = !path.contains(['#', '%']) && path.len() <= LONGEST;
        self.left = self.left.checked_sub(usize::from(is_plain))?;
        is_plain.then(|| Url::new(format!("file:///{path}{}", place(path, sheet, row))).set_tip(TIP))
    }
}

const TIP: &str = "Open the tracker";

/// `#'Sheet'!A12`; nothing for a file that has no sheets to a spreadsheet.
fn place(path: &str, sheet: &str, row: &str) -> String {
    if sheet.is_empty() || path.to_lowercase().ends_with(".docx") {
        return String::new();
    }
    // A quote in a sheet's name is doubled in a link.
    format!("#'{}'!A{row}", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_workbook_is_reached_and_of_other_files_the_file() {
        for (path, sheet, expected) in [
            ("../in/court.xlsx", "Current", "#'Current'!A12"),
            ("../in/court.ods", "Ann's", "#'Ann''s'!A12"),
            ("../in/court.csv", "", ""),
            ("../in/court.docx", "Table 1", ""),
        ] {
            assert_eq!(place(path, sheet, "12"), expected, "{path}");
        }
    }

    #[test]
    fn there_are_no_more_links_than_a_sheet_can_have_and_none_that_could_go_elsewhere() {
        let paths = ["in/a.csv", "in/a#1.csv", "in/a%201.csv"].map(|path| (path.to_owned(), path.to_owned()));
        let paths = BTreeMap::from(paths);
        let mut links = Links::new(&paths);
        for file in ["in/a#1.csv", "in/a%201.csv", "unknown.csv"] {
            assert!(links.to([file, "", "1"]).is_none(), "{file}");
        }
        let given = (0..MOST + 5).filter(|_| links.to(["in/a.csv", "", "1"]).is_some()).count();
        assert_eq!(given, MOST);
    }
}
