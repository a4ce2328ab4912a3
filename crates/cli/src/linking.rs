//! What the user says of linking, on the command line and in `collate.toml`: a saved model, and
//! blocking rules of their own.

use std::path::Path;

use collate_link::{Model, Start};
use collate_reconcile::Linking;
use serde::{Deserialize, Serialize};

use crate::args::RunArgs;
use crate::config::{Config, file_name};
use crate::failure::Failure;

/// The saved model that a run was given; the manifest keeps it whole, so that the run can be had again.
#[derive(Debug, Serialize, Deserialize)]
pub struct ModelUsed {
    /// Name of its file.
    pub file: String,
    /// It was used as it is.
    pub frozen: bool,
    /// Its text.
    pub text: String,
}

impl ModelUsed {
    /// The model that the command line names, or else the settings.
    pub fn of(args: &RunArgs, config: &Config) -> Result<Option<Self>, Failure> {
        let told = config.linking();
        let frozen = args.frozen || told.frozen;
        let beside = told.model.as_ref().map(|path| config.beside(path));
        let Some(path) = args.model.clone().or(beside) else {
            return match frozen {
                true => Err(Failure::usage(
                    "there is no model to use as it is",
                    "name a saved model with --model, or as `model` under [linking] in collate.toml",
                )),
                false => Ok(None),
            };
        };
        Ok(Some(ModelUsed { file: file_name(&path), frozen, text: read(&path)? }))
    }
}

/// The text of a saved model.
pub fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| {
        Failure::usage(
            format!("the model {} can't be read: {error}", path.display()),
            "name a file that was written with collate run --save-model",
        )
    })
}

/// The model in a text that stands in this file.
pub fn parse(text: &str, file: &str) -> Result<Model, Failure> {
    Model::from_toml(text).map_err(|error| Failure::usage(format!("the model {file}, {error}"), error.todo))
}

/// All that linking is told.
pub fn linking(model: Option<&ModelUsed>, config: &Config) -> Result<Linking, Failure> {
    let (mut start, mut model_file) = (Start::Fresh, String::new());
    if let Some(used) = model {
        let model = parse(&used.text, &used.file)?;
        start = if used.frozen { Start::Frozen(model) } else { Start::From(model) };
        model_file.clone_from(&used.file);
    }
    Ok(Linking {
        start,
        model_file,
        rules: config.linking().block.clone(),
        rules_file: config.name(),
        pair_memory: None,
    })
}
