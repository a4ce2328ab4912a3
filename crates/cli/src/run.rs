//! `collate run`: the whole way, on one screen.

use std::io;
use std::panic::resume_unwind;
use std::thread;

use collate_link::Stage as Linking;
use collate_publish::{PublishError, stage};
use collate_reconcile::{Stage, reconcile};
use serde_json::json;

use crate::args::RunArgs;
use crate::ceiling::left_for_pairs;
use crate::databases::{self, Databases};
use crate::failure::{Exit, Failure};
use crate::linking::{ModelUsed, linking};
use crate::log::Log;
use crate::manifest::manifest;
use crate::model::{may_save, save};
use crate::pipeline::{clean, read_and_recognise};
use crate::places::paths;
use crate::plan::Plan;
use crate::progress::Progress;
use crate::register::{Memory, keep, place_of};
use crate::say::say;
use crate::stopwatch::Stopwatch;
use crate::summary::Summary;

/// Reads, links, merges and publishes; the log is told how that ends.
pub fn run(args: &RunArgs) -> Result<Exit, Failure> {
    let log = Log::open(args.log.as_deref())?;
    let watch = Stopwatch::start("reading");
    let ended = merge(args, &watch, &log);
    log.end(ended, &watch)
}

fn merge(args: &RunArgs, watch: &Stopwatch, log: &Log) -> Result<Exit, Failure> {
    let plan = Plan::new(&args.input).map_err(|failure| gone(failure, args))?;
    let model = ModelUsed::of(args, &plan.config)?;
    let mut linking = linking(model.as_ref(), &plan.config)?;
    let databases = Databases::of(args, &plan.config)?;
    args.save_model.as_deref().map_or(Ok(()), may_save)?;
    let progress = Progress::new(args.input.quiet || args.input.json);
    let mut memory = Memory::open(args)?;
    memory.take_in_answers(&args.out, args.input.quiet || args.input.json)?;
    if memory.is_unchanged(&plan, args, model.as_ref(), &databases)? {
        return unchanged(args, log);
    }
    let mut found = read_and_recognise(&plan, &progress, watch);
    memory.take_in_of(&plan, &found.files, args.input.quiet || args.input.json)?;
    watch.next("cleaning");
    let mut tables = clean(&plan, &mut found, &progress);
    watch.next("remembering");
    let inputs = memory.inputs(&found.files, &tables, &plan.kinds);
    let remembered = memory.remember(&mut tables, &mut found, &plan.kinds)?;

    if let Some(ceiling) = args.memory.or(plan.config.memory()) {
        let cells = tables.iter().map(|table| (table.rows.len() * table.columns.len()) as u64).sum();
        linking.pair_memory = Some(left_for_pairs(ceiling, cells)?);
    }
    let bars = progress.bars();
    let links = memory.links(args);
    let numbering = remembered.numbering();
    let input = found.take_input(&plan.kinds, &tables, linking, &remembered.told, numbering, &links);
    let (mut dataset, linkage) = reconcile(input, &|stage, done, of| {
        let (name, words) = words(stage);
        if done == 0 {
            watch.next(name);
        }
        bars.show(words, done, of);
    })
    .map_err(no_file_for_pairs)?;
    bars.finish();

    watch.next("publishing");
    let spinner = progress.spinner("Publishing");
    let summary = Summary::new(&found.files, &dataset);
    log.counts(&summary);
    log.links(linkage.anew);
    log.notes(&dataset.notes);
    memory.guard(&remembered, &inputs, &found.files, &summary, args.accept)?;
    dataset.paths = paths(&plan, &args.out);
    let completed = memory.complete(&remembered, &mut dataset, &linkage)?;
    log.changes(&dataset);
    let manifest =
        manifest(&plan, model.as_ref(), &found.files, &summary, &linkage, &args.formats, !args.no_register);
    let failed = |error: PublishError| Failure::failed(error.to_string(), error.hint());
    if !databases.is_empty() {
        watch.next("loading");
    }
    let loaded = databases.load(&dataset, &manifest)?;
    watch.next("publishing");
    // The register is one thread's work, and what it waits for is not what the files wait for.
    let (staged, recorded) = thread::scope(|side| {
        let stage = || stage(&dataset, &manifest, &args.out, &args.formats);
        let staging = side.spawn(stage);
        let recorded = memory.record(&remembered, &dataset, &manifest, &inputs, &completed);
        (staging.join().unwrap_or_else(|panic| resume_unwind(panic)), recorded)
    });
    let staged = staged.map_err(failed)?;
    let run = keep(recorded?, staged.manifest())?;
    // All that can take long is done: the folder and the databases change one right after the other.
    let published = staged.swap_in(args.keep).map_err(failed)?;
    memory.published(run)?;
    log.notes(&published.notes);
    let loaded = databases::commit(loaded, &published)?;
    memory.settled(&remembered, run, found.refused)?;
    links.write();
    if let Some(path) = &args.save_model {
        save(&linkage.linked.model, path)?;
    }
    spinner.finish_and_clear();

    let since = memory.since(&dataset, &inputs);
    log.since(since.as_deref());
    if args.input.json {
        say!("{}", summary.json(&published.out, &loaded, &linkage, watch));
    } else {
        summary.tell(&dataset, &published, &linkage, args.input.quiet);
        loaded.iter().filter(|_| !args.input.quiet).for_each(|loaded| eprintln!("{loaded}"));
        if let Some(since) = since.filter(|_| !args.input.quiet) {
            eprintln!("{since}");
        }
    }
    let exit = if found.refused { Exit::Partly } else { Exit::Done };
    // The process ends: giving millions of values back one by one would only take time.
    std::mem::forget((found, tables, dataset, linkage, remembered));
    Ok(exit)
}

/// Where a register knows of a former run, trackers of which none is there are the guard's business: a share
/// that is not mounted is no slip in the command.
fn gone(failure: Failure, args: &RunArgs) -> Failure {
    let has_register = !args.no_register && place_of(&args.out, args.register.as_ref()).is_file();
    let has_none = || collate_read::find(&args.input.paths).0.is_empty();
    if has_register && failure.exit() == Exit::Usage && has_none() { failure.into_guarded() } else { failure }
}

/// Nothing has changed since the last run: what it published stands.
fn unchanged(args: &RunArgs, log: &Log) -> Result<Exit, Failure> {
    log.unchanged();
    let out = std::path::absolute(&args.out).unwrap_or_else(|_| args.out.clone());
    if args.input.json {
        say!("{:#}", json!({ "out": out, "unchanged": true }));
    } else if !args.input.quiet {
        eprintln!("Nothing has changed since the last run; {} is as it was", out.display());
    }
    Ok(Exit::Done)
}

/// The pairs did not fit into the memory, and not into a file.
pub fn no_file_for_pairs(error: io::Error) -> Failure {
    let folder = std::env::temp_dir();
    Failure::failed(
        format!(
            "the pairs of rows do not fit into --memory, and their temporary file in {} can't be used: {error}",
            folder.display()
        ),
        "give more memory, or a folder with space in the environment's TMPDIR (on Windows TEMP); nothing was published",
    )
}

/// A stage's name for scripts, and in words.
fn words(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Linking(Linking::Blocking) => ("blocking", "Finding pairs"),
        Stage::Linking(Linking::Comparing) => ("comparing", "Comparing"),
        Stage::Linking(Linking::Fitting) => ("fitting", "Fitting the model"),
        Stage::Linking(Linking::Clustering(_)) => ("clustering", "Linking"),
        Stage::Merging => ("merging", "Merging"),
    }
}
