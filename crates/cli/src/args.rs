//! The command line, as typed.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};
use collate_publish::Format;

/// Makes one clean dataset of many trackers: reads every spreadsheet in a folder, recognises what
/// each is, finds the rows that speak of the same child, case, claim or action, and reconciles
/// what they say. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "collate", version, max_term_width = 100)]
#[command(after_help = "\
Exit codes: 0 done; 1 failed; 2 wrong usage or configuration; 4 published, but some input could not be read.

Start with:
  collate demo                     makes a council that does not exist, in the folder demo
  collate run demo                 merges its trackers into the folder merged")]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, link, merge, publish
    Run(RunArgs),
    /// Show what each sheet is taken for, column by column
    Inspect(InspectArgs),
    /// Measure a merged dataset against known truth
    Evaluate(EvaluateArgs),
    /// List the tracker kinds, or show one in full
    Kinds(KindsArgs),
    /// Make a council that does not exist, to try it on
    #[command(visible_alias = "synth")]
    Demo(DemoArgs),
}

/// Where to read, and how.
#[derive(Debug, ClapArgs)]
pub struct InputArgs {
    /// Folders and files to read
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Settings file [default: collate.toml in the first folder, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// No progress and no summary; problems are still told
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the result as JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// `collate run`.
#[derive(Debug, ClapArgs)]
pub struct RunArgs {
    /// Where to read, and how.
    #[command(flatten)]
    pub input: InputArgs,
    /// Folder to publish into; what an earlier run left there is replaced at the very end
    #[arg(long, value_name = "DIR", default_value = "merged")]
    pub out: PathBuf,
    /// What to publish
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "csv,xlsx")]
    pub formats: Vec<Format>,
}

/// `collate inspect`.
#[derive(Debug, ClapArgs)]
pub struct InspectArgs {
    /// Where to read, and how.
    #[command(flatten)]
    pub input: InputArgs,
}

/// `collate evaluate`.
#[derive(Debug, ClapArgs)]
pub struct EvaluateArgs {
    /// Folder that `collate run` published into
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The truth: a csv file with the columns file, sheet, row, part, child and, where known, family and case
    #[arg(long, value_name = "FILE")]
    pub truth: PathBuf,
    /// Print the result as JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// `collate kinds`.
#[derive(Debug, ClapArgs)]
pub struct KindsArgs {
    /// A kind to show in full
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Print the result as JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// `collate demo`.
#[derive(Debug, ClapArgs)]
pub struct DemoArgs {
    /// Folder to make; it must not hold anything yet
    #[arg(value_name = "DIR", default_value = "demo")]
    pub dir: PathBuf,
    /// Number of children in the council
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub children: usize,
    /// Another seed makes another council
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// No progress and no summary
    #[arg(long, short)]
    pub quiet: bool,
}
