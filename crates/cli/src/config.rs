//! Settings: `collate.toml`.
//!
//! ```toml
//! kinds = ["our-kinds/transitions.toml"]       # more tracker kinds, or more headings for known ones
//! to = ["sqlite:merged.db"]                    # databases to load the tables into as well
//!
//! [limits]
//! file_mib = 512
//!
//! [files."trackers/s20.xlsx"]                  # where recognition alone gets it wrong
//! kind = "s20_cases"
//! header_row = 4
//! columns = { "DoB" = "dob", "Notes2" = "ignore" }
//!
//! [linking]
//! model = "model.toml"                         # a saved model to start from
//! frozen = true                                # use it as it is
//! block = ["surname (sound) + postcode"]       # more pairs to compare
//! ```

use std::path::{Path, PathBuf};

use collate_link::block::OwnRule;
use collate_model::Kinds;
use collate_read::Limits;
use collate_recognise::{Overrides, load};
use serde::Deserialize;

use crate::ceiling::Size;
use crate::failure::Failure;

/// Name of the settings file that is looked for.
const NAME: &str = "collate.toml";

/// Settings of a run.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(default)]
    kinds: Vec<PathBuf>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    limits: LimitSettings,
    #[serde(default)]
    files: Overrides,
    #[serde(default)]
    linking: LinkingSettings,
    /// The file; paths in it are relative to its folder.
    #[serde(skip)]
    path: PathBuf,
    #[serde(skip)]
    text: String,
}

/// Limits of reading, in units that a person would use.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitSettings {
    file_mib: Option<u64>,
    inflated_mib: Option<u64>,
    million_cells: Option<u64>,
    memory_mib: Option<u64>,
    reader_mib: Option<u64>,
    reader_seconds: Option<u64>,
    sheets: Option<u64>,
    parts: Option<u64>,
}

/// What the user says of linking.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkingSettings {
    /// A saved model to start from.
    pub model: Option<PathBuf>,
    /// Use it as it is.
    #[serde(default)]
    pub frozen: bool,
    /// Blocking rules besides the built-in ones.
    #[serde(default)]
    pub block: Vec<OwnRule>,
}

impl Config {
    /// Reads the file named, or `collate.toml` in the first folder, or nothing.
    pub fn find(named: Option<&Path>, paths: &[PathBuf]) -> Result<Self, Failure> {
        let path = Self::place(named, paths);
        let beside = || paths.iter().any(|path| path.is_dir()) && path.is_file();
        if named.is_none() && !beside() {
            return Ok(Config::default());
        }
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::usage(
                format!("{} can't be read: {error}", path.display()),
                "name the settings file with --config",
            )
        })?;
        Self::parse(text, path)
    }

    /// Where the settings file stands, or would stand: the file named, or beside the trackers.
    pub fn place(named: Option<&Path>, paths: &[PathBuf]) -> PathBuf {
        let folder = || paths.iter().find(|path| path.is_dir()).cloned().unwrap_or_default();
        named.map_or_else(|| folder().join(NAME), Path::to_owned)
    }

    /// Settings from a text that stands, or stood, in this file.
    pub fn parse(text: String, path: PathBuf) -> Result<Self, Failure> {
        let mut config: Config = toml::from_str(&text).map_err(|error| {
            let above = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = above.matches('\n').count() + 1;
            Failure::usage(
                format!("{}, line {line}: {}", path.display(), error.message()),
                "mend the line, or take it out",
            )
        })?;
        for rule in &config.linking.block {
            rule.check(&collate_reconcile::COLUMNS).map_err(|error| {
                Failure::usage(format!("{}: {error}", path.display()), "mend the rule, or take it out")
            })?;
        }
        config.path = path;
        config.text = text;
        Ok(config)
    }

    /// Takes a limit from the command line, `reader_seconds=30`, over that of the file.
    pub fn limit(&mut self, text: &str) -> Result<(), Failure> {
        let told: LimitSettings = toml::from_str(text).map_err(|error| {
            Failure::usage(
                format!("--limit {text}: {}", error.message().lines().next().unwrap_or_default()),
                "write a name and a whole number, such as --limit reader_seconds=30",
            )
        })?;
        let limits = &mut self.limits;
        for (ours, theirs) in [
            (&mut limits.file_mib, told.file_mib),
            (&mut limits.inflated_mib, told.inflated_mib),
            (&mut limits.million_cells, told.million_cells),
            (&mut limits.memory_mib, told.memory_mib),
            (&mut limits.reader_mib, told.reader_mib),
            (&mut limits.reader_seconds, told.reader_seconds),
            (&mut limits.sheets, told.sheets),
        ] {
            *ours = theirs.or(*ours);
        }
        Ok(())
    }

    /// The tracker kinds: built in, and the user's.
    pub fn kinds(&self) -> Result<Kinds, Failure> {
        let mut files = Vec::new();
        for path in &self.kinds {
            let path = self.beside(path);
            let text = std::fs::read_to_string(&path).map_err(|error| {
                Failure::usage(
                    format!("the kinds' file {} can't be read: {error}", path.display()),
                    format!("mend `kinds` in {NAME}"),
                )
            })?;
            files.push((file_name(&path), text));
        }
        let kinds =
            load(&files).map_err(|error| Failure::usage(error.to_string(), "mend the kinds' file"))?;
        self.files
            .check(&kinds)
            .map_err(|error| Failure::usage(error.to_string(), format!("mend `files` in {NAME}")))?;
        Ok(kinds)
    }

    /// A path of the file, which is relative to the file's folder.
    pub fn beside(&self, path: &Path) -> PathBuf {
        self.path.parent().map(|folder| folder.join(path)).unwrap_or_default()
    }

    /// Databases to load the tables into.
    pub fn databases(&self) -> &[String] {
        &self.to
    }

    /// What the user says of linking.
    pub fn linking(&self) -> &LinkingSettings {
        &self.linking
    }

    /// The file's name.
    pub fn name(&self) -> String {
        file_name(&self.path)
    }

    /// Limits of reading.
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        if let Some(mib) = self.limits.file_mib {
            limits.file_bytes = mib.saturating_mul(1 << 20);
        }
        if let Some(mib) = self.limits.inflated_mib {
            limits.inflated_bytes = mib.saturating_mul(1 << 20);
        }
        if let Some(millions) = self.limits.million_cells {
            limits.cells = millions.saturating_mul(1_000_000);
        }
        if let Some(mib) = self.limits.reader_mib {
            limits.memory_bytes = mib.saturating_mul(1 << 20);
        }
        if let Some(seconds) = self.limits.reader_seconds {
            limits.seconds = seconds;
        }
        if let Some(sheets) = self.limits.sheets {
            limits.sheets = usize::try_from(sheets).unwrap_or(usize::MAX);
        }
        if let Some(parts) = self.limits.parts {
            limits.entries = usize::try_from(parts).unwrap_or(usize::MAX);
        }
        limits
    }

    /// Most memory that a run may take.
    pub fn memory(&self) -> Option<Size> {
        self.limits.memory_mib.map(|mib| Size(mib.saturating_mul(1 << 20)))
    }

    /// What the user says of files and sheets.
    pub fn overrides(&self) -> &Overrides {
        &self.files
    }

    /// The settings as they were written; empty where there are none.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The last part of a path.
pub fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
