//! Models on disk: a TOML file that a person can read, and that is read back to the same figures.
//!
//! ```toml
//! format = 1
//! prior_same = 0.0031
//!
//! [[column]]
//! name = "forename"
//! kind = "forename"
//! levels = [
//!     { level = "the same", m = 0.83, household = 0.0008, u = 0.004, weight = 7.70 },
//! ]
//! ```

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use super::{ColumnModel, Model};
use crate::compare::{levels, questions};
use crate::records::{Column, FieldKind, MAX_COLUMNS};

/// The version of the format that is written, and the only one that is read.
const FORMAT: u32 = 1;

const START: &str = "\
# A fitted model of collate: what each level of agreement says about two records.
# m, household and u are the shares of pairs that have the level: pairs of one person, of two people
# of one household, of unrelated people. weight is log2(m / u), in bits; it is there to be read and
# is worked out anew. `collate model FILE` shows the same as a table.
";

/// Why a model could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What was found, and what was expected.
    pub what: String,
    /// What to do about it.
    pub todo: &'static str,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for ModelError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: u32,
    fitted_to: u64,
    records: u64,
    prior_same: Spanned<f64>,
    prior_within: Spanned<f64>,
    prior_household: Spanned<f64>,
    #[serde(default)]
    column: Vec<Spanned<Named>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    kind: FieldKind,
    levels: Spanned<Vec<Spanned<Shares>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shares {
    level: String,
    m: f64,
    household: f64,
    u: f64,
    #[serde(default, rename = "weight")]
    _weight: Option<f64>,
}

impl Model {
    /// The model as a text to save.
    pub fn to_toml(&self) -> String {
        let mut text = format!("{START}\nformat = {FORMAT}\n");
        text += "# candidate pairs and records that it was fitted to\n";
        text += &format!("fitted_to = {}\nrecords = {}\n", self.fitted_to, self.records);
        text += "# shares of all pairs that are of one person; within one list free of duplicates; of one household\n";
        for (name, share) in [
            ("prior_same", self.prior_same),
            ("prior_within", self.prior_within),
            ("prior_household", self.prior_household),
        ] {
            text += &format!("{name} = {share:?}\n");
        }
        for column in &self.columns {
            text += &column.to_toml();
        }
        text
    }

    /// Reads a saved model, and checks that its columns have the levels that are known here.
    pub fn from_toml(text: &str) -> Result<Model, ModelError> {
        let line_at = |at: usize| Some(text.get(..at).unwrap_or_default().matches('\n').count() + 1);
        let wrong = |at: usize, what: String| ModelError {
            line: line_at(at),
            what,
            todo: "mend the line, or save the model anew",
        };
        // Told before anything else: a later format may have other fields.
        let format =
            toml::from_str::<toml::Table>(text).ok().and_then(|table| table.get("format")?.as_integer());
        if let Some(format) = format.filter(|format| *format != i64::from(FORMAT)) {
            return Err(ModelError {
                line: None,
                what: format!("the model has the format {format}; this program reads the format {FORMAT}"),
                todo: "save the model anew with this version of the program",
            });
        }
        let file: File = toml::from_str(text).map_err(|error| ModelError {
            line: error.span().and_then(|span| line_at(span.start)),
            what: error.message().to_owned(),
            todo: "name a file that was written with --save-model, or mend the line",
        })?;
        let prior = |name: &str, share: &Spanned<f64>| {
            let known = *share.get_ref();
            let fits = known > 0.0 && known <= 1.0;
            if fits {
                Ok(known)
            } else {
                Err(wrong(share.span().start, format!("{name} is {known}; it must be above 0 and at most 1")))
            }
        };
        let mut model = Model {
            columns: Vec::new(),
            prior_same: prior("prior_same", &file.prior_same)?,
            prior_within: prior("prior_within", &file.prior_within)?,
            prior_household: prior("prior_household", &file.prior_household)?,
            fitted_to: file.fitted_to,
            records: file.records,
        };
        for column in &file.column {
            let (at, column) = (column.span().start, column.get_ref());
            if model.columns.iter().any(|known| known.name == column.name) {
                return Err(wrong(at, format!("the column `{}` stands there twice", column.name)));
            }
            if model.columns.len() == MAX_COLUMNS {
                return Err(wrong(at, format!("a model has at most {MAX_COLUMNS} columns")));
            }
            model.columns.push(column.checked(&wrong)?);
        }
        Ok(model)
    }
}

impl Named {
    fn checked(&self, wrong: &dyn Fn(usize, String) -> ModelError) -> Result<ColumnModel, ModelError> {
        let (name, known) = (&self.name, &levels(self.kind)[1..]);
        let rows = self.levels.get_ref();
        let mut column = ColumnModel {
            name: name.clone(),
            kind: self.kind,
            m: vec![0.0],
            household: vec![0.0],
            u: vec![0.0],
        };
        for (row, level) in rows.iter().zip(known) {
            let (at, row) = (row.span().start, row.get_ref());
            if row.level != level.label {
                return Err(wrong(
                    at,
                    format!(
                        "column `{name}`: found the level \"{}\", expected \"{}\"",
                        row.level, level.label
                    ),
                ));
            }
            // What is held to a slip of one person can be a little more than a share of a household.
            for (what, share, most) in
                [("m", row.m, 1.0), ("household", row.household, f64::MAX), ("u", row.u, 1.0)]
            {
                if !(share > 0.0 && share <= most) {
                    return Err(wrong(
                        at,
                        format!(
                            "column `{name}`, level \"{}\": {what} is {share}; it must be a share, above 0 and at most 1",
                            row.level
                        ),
                    ));
                }
            }
            column.m.push(row.m);
            column.household.push(row.household);
            column.u.push(row.u);
        }
        let at = self.levels.span().start;
        if rows.len() != known.len() {
            return Err(wrong(
                at,
                format!(
                    "column `{name}` has {} levels; a {} has {}",
                    rows.len(),
                    kind_name(self.kind),
                    known.len()
                ),
            ));
        }
        for question in 0..questions(self.kind) {
            let of = (1..column.m.len()).filter(|level| levels(self.kind)[*level].question == question);
            let sum: f64 = of.map(|level| column.m[level]).sum();
            if !(0.95..=1.05).contains(&sum) {
                return Err(wrong(
                    at,
                    format!(
                        "column `{name}`: the m of levels that exclude each other add up to {sum:.3}; they must add up to 1"
                    ),
                ));
            }
        }
        Ok(column)
    }
}

impl ColumnModel {
    /// It is a model of this column.
    pub(super) fn is_of(&self, column: &Column) -> bool {
        self.name == column.name && self.kind == column.kind
    }

    /// The weight of a level before rarity, in bits.
    pub fn weight(&self, level: usize) -> f64 {
        (self.m[level] / self.u[level]).log2()
    }

    fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut text = format!(
            "\n[[column]]\nname = {}\nkind = \"{}\"\nlevels = [\n",
            quoted(&self.name),
            kind_name(self.kind)
        );
        let table = &levels(self.kind);
        let rows: Vec<[String; 5]> = (1..table.len())
            .map(|level| {
                [
                    format!("level = {}, ", quoted(table[level].label)),
                    format!("m = {:?}, ", self.m[level]),
                    format!("household = {:?}, ", self.household[level]),
                    format!("u = {:?}, ", self.u[level]),
                    format!("weight = {:.2}", self.weight(level)),
                ]
            })
            .collect();
        let width = |cell: usize| rows.iter().map(|row| row[cell].len()).max().unwrap_or(0);
        for row in &rows {
            let cells: String =
                row.iter().enumerate().map(|(c, cell)| format!("{cell:<width$}", width = width(c))).collect();
            text += &format!("    {{ {} }},\n", cells.trim_end());
        }
        text + "]\n"
    }
}

/// The name of a kind of field as models have it.
fn kind_name(kind: FieldKind) -> String {
    toml::Value::try_from(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
