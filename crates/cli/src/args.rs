//! The command line, as typed.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};
use collate_publish::Format;

use crate::ceiling::Size;

/// Makes one clean dataset of many trackers: reads every spreadsheet in a folder, recognises what
/// each is, finds the rows that speak of the same child, case, claim or action, and reconciles
/// what they say. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "collate", version, max_term_width = 100)]
#[command(after_help = "\
Passwords of protected files are asked for at a terminal (unless with --quiet or --json), or go into the environment variable COLLATE_PASSWORD, one in each line.
Exit codes: 0 done; 1 failed; 2 wrong usage or configuration; 3 the guard refused, and the former output stands; 4 published, but some input could not be read.

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
    /// Write what each sheet is taken for as a settings file to correct
    Init(InitArgs),
    /// Show why rows are, or are not, one child; shows what the rows say
    Explain(ExplainArgs),
    /// Take the answers of a review sheet in
    Review(ReviewArgs),
    /// List what persons decided; decide, take back, export, import
    Decisions(DecisionsArgs),
    /// Show what is different between two runs
    Diff(DiffArgs),
    /// Show a saved model as a table
    Model(ModelArgs),
    /// Measure a merged dataset against known truth
    Evaluate(EvaluateArgs),
    /// List the tracker kinds, or show one in full
    Kinds(KindsArgs),
    /// Read one workbook for another process of this program
    #[command(hide = true)]
    Reader,
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
    /// A limit of reading, as among the `limits` in collate.toml: file_mib, inflated_mib, million_cells, sheets, parts, reader_mib or reader_seconds
    #[arg(long, value_name = "NAME=VALUE")]
    pub limit: Vec<String>,
    /// Leave out hidden sheets, rows and columns, and rows that a filter hides; they are counted as left alone
    #[arg(long)]
    pub skip_hidden: bool,
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
    /// Database to load the tables into as well, sqlite:FILE or postgres://USER@HOST/DATABASE; may be given several times [default: `to` in collate.toml, or none]
    #[arg(long, value_name = "DATABASE")]
    pub to: Vec<String>,
    /// Saved model to start from, in place of round figures [default: `model` in collate.toml, if it has one]
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// Use the saved model as it is, without fitting it to these files
    #[arg(long)]
    pub frozen: bool,
    /// Most memory to use, such as 900MiB or 4GiB: pairs of rows that do not fit are worked on in parts [default: `memory_mib` in collate.toml, or no ceiling]
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Size>,
    /// Register with lasting ids and decisions [default: collate.db beside the folder that is published into]
    #[arg(long, value_name = "FILE", conflicts_with = "no_register")]
    pub register: Option<PathBuf>,
    /// Keep no register: ids are numbered anew, no decision counts, and nothing is compared with the last run
    #[arg(long)]
    pub no_register: bool,
    /// Publish although the guard refuses: after a look at what it says
    #[arg(long)]
    pub accept: bool,
    /// Run in full even if nothing has changed since the last run
    #[arg(long)]
    pub again: bool,
    /// Former outputs to keep beside the new one, as merged.1, merged.2 …; without it, those that are there stay as they are
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub keep: usize,
    /// Append a line of JSON for each stage to this file: counts and times, no personal data
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Save the fitted model: a text to read, and to name with --model
    #[arg(long, value_name = "FILE")]
    pub save_model: Option<PathBuf>,
}

/// `collate inspect`.
#[derive(Debug, ClapArgs)]
pub struct InspectArgs {
    /// Where to read, and how.
    #[command(flatten)]
    pub input: InputArgs,
    /// Show what stands in cells that could not be read; that may be names and dates of birth
    #[arg(long)]
    pub show_values: bool,
}

/// `collate init`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
The settings file says of each sheet what it was taken for, column by column, with the
reasons beside it. Correct what is wrong and run again. What it says of a file holds for
a later file with the same headings too.")]
pub struct InitArgs {
    /// Where to read, and how.
    #[command(flatten)]
    pub input: InputArgs,
    /// File to write [default: collate.toml in the first folder]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Write over a settings file that is there
    #[arg(long)]
    pub force: bool,
}

/// `collate explain`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
A row is FILE:ROW or FILE:SHEET:ROW, with the number that the spreadsheet shows and
the names that sources.csv has; #2 behind it is the second child of the row. A child
is its id in children.csv. What the rows say is shown: names and dates of birth.
The trackers are read again and linked as the run did; nothing is written.

Examples:
  collate explain 's20.csv:7' 'Court.xlsx:Live:12'   two rows: one child or not, and why
  collate explain 's20.csv:7#2' CH-00012             a row and a child
  collate explain 's20.csv:7'                        a row and the rest of its child
  collate explain CH-00012                           a child, and the nearest other")]
pub struct ExplainArgs {
    /// A row or a child, or two of them
    #[arg(required = true, num_args = 1..=2, value_name = "WHAT")]
    pub what: Vec<String>,
    /// Folder that `collate run` published into
    #[arg(long, value_name = "DIR", default_value = "merged")]
    pub out: PathBuf,
    /// Register that the run was given [default: collate.db beside that folder]
    #[arg(long, value_name = "FILE")]
    pub register: Option<PathBuf>,
    /// Folders and files that the run read [default: a folder here, or beside the published one, that has them all]
    #[arg(long, value_name = "PATH")]
    pub from: Vec<PathBuf>,
    /// Settings file that the run was given, where it names kinds' files beside it
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print the reckoning as JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// Which register, and who decides.
#[derive(Debug, ClapArgs)]
pub struct RegisterArgs {
    /// Folder that `collate run` published into
    #[arg(long, value_name = "DIR", default_value = "merged", global = true)]
    pub out: PathBuf,
    /// Register with lasting ids and decisions [default: collate.db beside that folder]
    #[arg(long, value_name = "FILE", global = true)]
    pub register: Option<PathBuf>,
    /// Print the result as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
}

/// `collate review`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
The answers are those of the sheet Review in a workbook that collate published, filled in
and saved anywhere, by Excel or LibreOffice; the sheet may be sorted, filtered and have
more columns. Each answer is taken or refused by itself, with the reason. The next run
goes by them. A run takes them in by itself where the workbook lies in the folder that it
reads or publishes into.

Exit codes: 0 all answers are in; 4 some were refused.")]
pub struct ReviewArgs {
    /// Which register.
    #[command(flatten)]
    pub register: RegisterArgs,
    /// The workbook with the answers
    #[arg(long, value_name = "FILE", required = true)]
    pub apply: Vec<PathBuf>,
    /// Who answered [default: the user of this machine]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// `collate decisions`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
A row is FILE:ROW or FILE:SHEET:ROW, with the number that the spreadsheet shows and the
names that sources.csv has; #2 behind it is the second child of the row.

Examples:
  collate decisions                                             lists them
  collate decisions same 's20.csv:7' 'Court.xlsx:Live:12'       the two are one child
  collate decisions different 's20.csv:7' 'Court.xlsx:Live:12'  they are two
  collate decisions right CH-00012 date_of_birth 2012-03-14     this value is right
  collate decisions leave-out 's20.csv:7'                       the row is left out
  collate decisions take-back 3 --why 'wrong brother'

Decisions are kept with who decided, when and why, and hold from the next run on.")]
pub struct DecisionsArgs {
    /// Which register.
    #[command(flatten)]
    pub register: RegisterArgs,
    /// Who decides [default: the user of this machine]
    #[arg(long, value_name = "NAME", global = true)]
    pub by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", global = true)]
    pub why: Option<String>,
    /// What to do; without it, they are listed
    #[command(subcommand)]
    pub action: Option<DecisionAction>,
}

/// What to do with decisions.
#[derive(Debug, Subcommand)]
pub enum DecisionAction {
    /// Two rows are of one child
    Same {
        /// The one row
        one: String,
        /// The other row
        other: String,
    },
    /// Two rows are of different children
    Different {
        /// The one row
        one: String,
        /// The other row
        other: String,
    },
    /// A value is right, whatever other rows say
    Right {
        /// The child, case or other entity, by its id
        id: String,
        /// The column, as in the csv file
        column: String,
        /// The value, as it is published; one of the rows must say it
        value: String,
    },
    /// A row is left out
    LeaveOut {
        /// The row
        row: String,
    },
    /// A decision no longer holds; it stays in the list
    TakeBack {
        /// Its number
        number: i64,
    },
    /// Write all decisions into a csv file
    Export {
        /// The file to write
        file: PathBuf,
    },
    /// Take decisions in from such a file
    Import {
        /// The file to read
        file: PathBuf,
    },
}

/// `collate diff`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Without runs, it lists them. What is shown has values of the merged dataset: names and
dates of birth.")]
pub struct DiffArgs {
    /// Which register.
    #[command(flatten)]
    pub register: RegisterArgs,
    /// Number of the earlier run
    #[arg(value_name = "RUN", requires = "to")]
    pub from: Option<i64>,
    /// Number of the later run
    #[arg(value_name = "RUN")]
    pub to: Option<i64>,
}

/// `collate model`.
#[derive(Debug, ClapArgs)]
pub struct ModelArgs {
    /// The model, as `collate run --save-model` wrote it
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print the result as JSON on standard output
    #[arg(long)]
    pub json: bool,
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
    /// Also tell how many of the true pairs blocking brings together; has the run again
    #[arg(long)]
    pub blocking: bool,
    /// With --blocking: folders and files that the run read [default: as for collate explain]
    #[arg(long, value_name = "PATH", requires = "blocking")]
    pub from: Vec<PathBuf>,
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
