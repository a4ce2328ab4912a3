//! What the user says about files and sheets in `collate.toml`, where recognition alone gets it wrong.

use std::collections::BTreeMap;

use collate_model::Kinds;
use serde::{Deserialize, Serialize};

use crate::error::KindError;

/// The kind that means "leave this alone", and the field that means "leave this column out".
pub const IGNORE: &str = "ignore";

/// Columns that must be spoken of before a sheet is known by its shape.
const SHAPE: usize = 3;

/// Overrides by file, relative to the folder that is read:
/// ```toml
/// ["trackers/s20.xlsx"]
/// kind = "s20_cases"
/// header_row = 4
/// columns = { "DoB" = "dob", "Notes2" = "ignore" }
/// ["trackers/s20.xlsx".sheets."Old"]
/// kind = "ignore"
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Overrides {
    /// What is said of each file.
    pub files: BTreeMap<String, FileOverride>,
}

/// What is said of a file, and of sheets in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileOverride {
    /// Name of the tracker kind, or `ignore`.
    pub kind: Option<String>,
    /// Row of the heading, as a spreadsheet shows it; 0 where the sheet has none
    /// and columns go by their letters.
    pub header_row: Option<u32>,
    /// Heading (or letter) of a column → name of its field, or `ignore`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// The same for single sheets, by their names; they win.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sheets: BTreeMap<String, SheetOverride>,
}

/// What is said of one sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetOverride {
    /// As in [`FileOverride`].
    pub kind: Option<String>,
    /// As in [`FileOverride`].
    pub header_row: Option<u32>,
    /// As in [`FileOverride`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
}

impl Overrides {
    /// What holds for one sheet.
    pub fn for_sheet(&self, file: &str, sheet: &str) -> SheetOverride {
        let Some(on_file) = self.files.get(file) else { return SheetOverride::default() };
        let mut told = on_file.sheets.get(sheet).cloned().unwrap_or_default();
        told.kind = told.kind.or_else(|| on_file.kind.clone());
        told.header_row = told.header_row.or(on_file.header_row);
        for (header, field) in &on_file.columns {
            told.columns.entry(header.clone()).or_insert_with(|| field.clone());
        }
        told
    }

    /// What is said of another sheet, with the name of its file, if every column that is spoken of there
    /// is among these headings: next month's file has another name and the same shape.
    pub fn for_shape(&self, headings: impl Fn(&str) -> bool) -> Option<(&str, SheetOverride)> {
        let sheets = |(file, on_file): (&'_ String, &FileOverride)| -> Vec<(String, String)> {
            let whole = std::iter::once(String::new());
            whole.chain(on_file.sheets.keys().cloned()).map(|sheet| (file.clone(), sheet)).collect()
        };
        let all = self.files.iter().flat_map(sheets);
        let fits = |(file, sheet): (String, String)| {
            let told = self.for_sheet(&file, &sheet);
            let said = told.kind.is_some() && told.columns.len() >= SHAPE;
            (said && told.columns.keys().all(|heading| headings(heading))).then_some((file, told))
        };
        let (file, told) = all.filter_map(fits).max_by_key(|(_, told)| told.columns.len())?;
        let (file, _) = self.files.get_key_value(&file)?;
        Some((file, SheetOverride { header_row: None, ..told }))
    }

    /// Checks that every kind and field that is named exists.
    ///
    /// # Errors
    /// The first name that does not, with the names that do.
    pub fn check(&self, kinds: &Kinds) -> Result<(), KindError> {
        for (file, on_file) in &self.files {
            let whole = (String::new(), &on_file.kind, &on_file.columns);
            let sheets = on_file
                .sheets
                .iter()
                .map(|(name, sheet)| (format!("sheets.\"{name}\", "), &sheet.kind, &sheet.columns));
            for (place, kind, columns) in std::iter::once(whole).chain(sheets) {
                let kind = kind.as_deref().or(on_file.kind.as_deref());
                let wrong = |key: String, expected: String| {
                    Err(KindError { file: file.clone(), key: format!("{place}{key}"), expected })
                };
                let known = kind.and_then(|name| kinds.kind(name));
                if kind.is_some_and(|name| name != IGNORE) && known.is_none() {
                    let names: Vec<_> = kinds.kinds.iter().map(|kind| kind.name.as_str()).collect();
                    return wrong("kind".into(), format!("{IGNORE} or one of {}", names.join(", ")));
                }
                for (header, field) in columns {
                    let exists = match known {
                        Some(kind) => kind.field(field).is_some(),
                        None => kinds.kinds.iter().any(|kind| kind.field(field).is_some()),
                    };
                    if field != IGNORE && !exists {
                        let of = known.map_or("any kind", |kind| &kind.title);
                        return wrong(
                            format!("columns.\"{header}\""),
                            format!("{IGNORE} or the name of a field of {of}"),
                        );
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        ["a/s20.xlsx"]
        kind = "s20_cases"
        columns = { "DoB" = "dob" }
        ["a/s20.xlsx".sheets."Old"]
        kind = "ignore"
        header_row = 4
        ["a/s20.xlsx".sheets."New"]
        columns = { "DoB" = "ignore", "Q" = "s20_start" }
    "#;

    #[test]
    fn what_is_said_of_a_sheet_wins() {
        let overrides: Overrides = toml::from_str(TEXT).unwrap();
        overrides.check(&crate::builtin()).unwrap();
        let old = overrides.for_sheet("a/s20.xlsx", "Old");
        assert_eq!((old.kind.as_deref(), old.header_row), (Some(IGNORE), Some(4)));
        let new = overrides.for_sheet("a/s20.xlsx", "New");
        assert_eq!(new.kind.as_deref(), Some("s20_cases"));
        assert_eq!(new.columns["DoB"], IGNORE);
        assert_eq!(overrides.for_sheet("b.xlsx", "New"), SheetOverride::default());
    }

    #[test]
    fn unknown_names_are_errors() {
        for (text, key) in [
            ("['a.csv']\nkind = 'boats'\n", "kind"),
            ("['a.csv']\ncolumns = { X = 'boat' }\n", "columns.\"X\""),
            (
                "['a.csv'.sheets.S]\nkind = 's20_cases'\ncolumns = { X = 'irh_date' }\n",
                "sheets.\"S\", columns.\"X\"",
            ),
        ] {
            let overrides: Overrides = toml::from_str(text).unwrap();
            assert_eq!(overrides.check(&crate::builtin()).unwrap_err().key, key);
        }
    }
}
