//! Saved models: `collate model` shows one as a table, `collate run --save-model` writes one.

use std::io::Write;
use std::path::Path;

use collate_link::Model;
use collate_link::compare::levels;

use crate::args::ModelArgs;
use crate::config::file_name;
use crate::failure::{Exit, Failure};
use crate::linking::{parse, read};
use crate::private;
use crate::say::{self, say};
use crate::summary::number;

/// Shows a saved model.
pub fn model(args: &ModelArgs) -> Result<Exit, Failure> {
    let model = parse(&read(&args.file)?, &args.file.display().to_string())?;
    if args.json {
        say!("{}", serde_json::to_string_pretty(&model).expect("a model is plain data"));
    } else {
        say::text(&table(&model, &file_name(&args.file)));
    }
    Ok(Exit::Done)
}

/// A model may be written there: nothing is there yet, or a model.
pub fn may_save(path: &Path) -> Result<(), Failure> {
    let other = path.exists()
        && std::fs::read_to_string(path).ok().is_none_or(|text| Model::from_toml(&text).is_err());
    if other {
        return Err(Failure::usage(
            format!("{} holds something that is not a model; it is left as it is", path.display()),
            "name another file with --save-model",
        ));
    }
    Ok(())
}

/// Writes a model, for its owner alone: it says how common names are.
pub fn save(model: &Model, path: &Path) -> Result<(), Failure> {
    let write = || private::create(path)?.write_all(model.to_toml().as_bytes());
    write().map_err(|error| {
        Failure::failed(
            format!("the model could not be saved in {}: {error}; all else was published", path.display()),
            "name a place where a file can be written",
        )
    })
}

fn table(model: &Model, name: &str) -> String {
    let mut text = format!(
        "{name}: fitted to {} pairs of {} records\nOf all pairs {} are of one person ({} within a list that gives each person one row), {} of two people of one household.\n",
        number(model.fitted_to),
        number(model.records),
        percent(model.prior_same),
        percent(model.prior_within),
        percent(model.prior_household)
    );
    for column in &model.columns {
        let labels = levels(column.kind);
        text += &format!(
            "\n{:<46} {:>12} {:>12} {:>12} {:>8}\n",
            column.name, "one person", "household", "unrelated", "bits"
        );
        for (level, label) in labels.iter().enumerate().skip(1) {
            text += &format!(
                "  {:<44} {:>12} {:>12} {:>12} {:>+8.2}\n",
                label.label,
                percent(column.m[level]),
                percent(column.household[level]),
                percent(column.u[level]),
                column.weight(level)
            );
        }
    }
    text
}

/// `83.3 %`, `0.0021 %`: two digits that say something, at least one decimal.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = (1.0 - percent.log10().floor()).clamp(1.0, 12.0) as usize;
    format!("{percent:.decimals$} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_say_something_however_small() {
        for (share, text) in [
            (0.8331, "83.3 %"),
            (1.0, "100.0 %"),
            (0.004, "0.40 %"),
            (0.00002, "0.0020 %"),
            (1e-8, "0.0000010 %"),
        ] {
            assert_eq!(percent(share), text);
        }
    }
}
