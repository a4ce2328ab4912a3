//! A run, had again: the same files, settings and model give the same links. Whatever is not the
//! same is told in place of an answer.

use std::collections::BTreeMap;
use std::path::Path;

use collate_model::{CleanTable, Dataset};
use collate_reconcile::{Anew, Linkage, reconcile};
use collate_register::Register;
use serde::Deserialize;
use serde_json::Value as Json;

use super::find::trackers;
use crate::args::{ExplainArgs, InputArgs};
use crate::config::Config;
use crate::failure::Failure;
use crate::linking::{ModelUsed, linking};
use crate::pipeline::{ReadFile, clean, read_and_recognise};
use crate::plan::Plan;
use crate::progress::Progress;
use crate::register::{Remembered, failed, place_of, sha256};
use crate::run::no_file_for_pairs;
use crate::stopwatch::Stopwatch;
use crate::summary::Summary;

/// Files named in a message.
const MOST_NAMED: usize = 5;

/// What a run made, before it was published.
pub struct Rerun {
    /// The merged dataset.
    pub dataset: Dataset,
    /// How its children were linked.
    pub linkage: Linkage,
    /// The tables that were recognised.
    pub tables: Vec<CleanTable>,
    /// Index of the table of children.
    pub children: usize,
}

/// What a manifest says that a run was given and found.
#[derive(Deserialize)]
struct Manifest {
    program: String,
    version: String,
    inputs: Vec<FileUsed>,
    settings: Settings,
    counts: Json,
}

#[derive(Deserialize)]
struct FileUsed {
    file: String,
    sha256: String,
}

#[derive(Deserialize)]
struct Settings {
    config: String,
    model: Option<ModelUsed>,
    #[serde(default)]
    skip_hidden: bool,
    #[serde(default)]
    register: bool,
}

impl Rerun {
    /// Has the run again that was published in `--out`.
    pub fn new(args: &ExplainArgs) -> Result<Self, Failure> {
        let manifest = Manifest::read(&args.out)?;
        let names: Vec<String> = manifest.inputs.iter().map(|input| input.file.clone()).collect();
        let paths = trackers(args, &names)?;
        let place = Config::place(args.config.as_deref(), &paths);
        let config = Config::parse(manifest.settings.config.clone(), place)?;
        let linking = linking(manifest.settings.model.as_ref(), &config)?;
        let (threads, json, limit) = (args.threads, args.json, Vec::new());
        let skip_hidden = manifest.settings.skip_hidden;
        let input = InputArgs { paths, config: None, threads, limit, skip_hidden, quiet: false, json };
        let plan = Plan::with(config, &input)?;
        let progress = Progress::new(args.json);
        let watch = Stopwatch::start("reading");
        let mut found = read_and_recognise(&plan, &progress, &watch);
        unchanged(&manifest, &found.files, &args.out)?;
        let mut tables = clean(&plan, &mut found, &progress);
        let register = if manifest.settings.register { Some(of_this_run(args)?) } else { None };
        let remembered = Remembered::of(register.as_ref(), &mut tables, &mut found, &plan.kinds)?;
        let bars = progress.bars();
        let input =
            found.take_input(&plan.kinds, &tables, linking, &remembered.told, remembered.numbering(), &Anew);
        let (dataset, linkage) =
            reconcile(input, &|_, done, of| bars.show("Linking as the run did", done, of))
                .map_err(no_file_for_pairs)?;
        bars.finish();
        let counts = serde_json::to_value(Summary::new(&found.files, &dataset)).unwrap_or_default();
        let children = dataset.tables.iter().position(|table| table.def.name == "child");
        match children {
            Some(children) if counts == manifest.counts => Ok(Rerun { dataset, linkage, tables, children }),
            _ => Err(Failure::failed(
                format!(
                    "having the run of {} again gave other results, so nothing can be said of it",
                    args.out.display()
                ),
                "if tracker kinds of your own have changed since, or anything was decided, run collate run again; if not, this is a fault of the program",
            )),
        }
    }

    /// The id of a child.
    pub fn id(&self, cluster: u32) -> String {
        self.dataset.tables[self.children].id(cluster as usize)
    }

    /// `Okafor, Zoë, born 2014-05-01`: the merged name and date of birth of a child.
    pub fn name(&self, cluster: u32) -> String {
        let columns = &self.dataset.tables[self.children].columns;
        let value = |name: &str| {
            let column = columns.iter().find(|column| column.name == name)?;
            let text = column.value(cluster as usize);
            (!text.is_empty()).then(|| text.to_owned())
        };
        let born = value("date_of_birth").map(|date| format!("born {date}"));
        [value("surname"), value("forenames"), born].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Manifest {
    fn read(out: &Path) -> Result<Self, Failure> {
        let path = out.join("manifest.json");
        let text = std::fs::read_to_string(&path).map_err(|_| {
            Failure::usage(
                format!("{} holds no published run: it has no manifest.json", out.display()),
                "run collate run first, or name the folder that it published into with --out",
            )
        })?;
        let wrong = || {
            Failure::usage(
                format!("{} is not a manifest that this version of collate wrote", path.display()),
                "run collate run again, or name the folder that it published into with --out",
            )
        };
        let manifest: Manifest = serde_json::from_str(&text).map_err(|_| wrong())?;
        if manifest.program != "collate" || manifest.version != env!("CARGO_PKG_VERSION") {
            return Err(wrong());
        }
        Ok(manifest)
    }
}

/// The register that gave the run its ids: another one would give others, and the answer would be of
/// another child.
fn of_this_run(args: &ExplainArgs) -> Result<Register, Failure> {
    let path = place_of(&args.out, args.register.as_ref());
    let published = sha256(&args.out.join("manifest.json")).unwrap_or_default();
    if let Some(register) = Register::look(&path).map_err(failed)? {
        let last = register.last_published().map_err(failed)?;
        if last.is_some_and(|run| run.manifest == published) {
            return Ok(register);
        }
    }
    Err(Failure::failed(
        format!("{} is not the register that gave {} its ids", path.display(), args.out.display()),
        "name that register with --register, or run collate run again",
    ))
}

/// The files are those of the run, to the byte.
fn unchanged(manifest: &Manifest, files: &[ReadFile], out: &Path) -> Result<(), Failure> {
    let then: BTreeMap<&str, &str> =
        manifest.inputs.iter().map(|i| (i.file.as_str(), i.sha256.as_str())).collect();
    let now: BTreeMap<&str, &str> =
        files.iter().map(|f| (f.file.name.as_str(), f.file.sha256.as_str())).collect();
    let mut wrong = Vec::new();
    for (file, hash) in &then {
        match now.get(file) {
            None => wrong.push(format!("{file} is not there any more")),
            Some(other) if other != hash => wrong.push(format!("{file} has changed")),
            Some(_) => {}
        }
    }
    wrong.extend(now.keys().filter(|file| !then.contains_key(*file)).map(|file| format!("{file} is new")));
    if wrong.is_empty() {
        return Ok(());
    }
    let more = if wrong.len() > MOST_NAMED {
        format!("; and {} more", wrong.len() - MOST_NAMED)
    } else {
        String::new()
    };
    wrong.truncate(MOST_NAMED);
    Err(Failure::failed(
        format!("the trackers are not those that {} was made of: {}{more}", out.display(), wrong.join("; ")),
        "run collate run again, or name the folder or files that it was given with --from",
    ))
}
