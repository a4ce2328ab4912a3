//! The command line resolved: checked settings, known kinds, files found.

use collate_model::{Kinds, Note};
use collate_read::Input;

use crate::args::InputArgs;
use crate::config::Config;
use crate::failure::Failure;

/// Everything a command needs to read trackers.
pub struct Plan {
    /// The files, sorted by name.
    pub inputs: Vec<Input>,
    /// What was wrong with the paths.
    pub notes: Vec<Note>,
    /// The tracker kinds.
    pub kinds: Kinds,
    /// Settings.
    pub config: Config,
    /// What is hidden is left out.
    pub skip_hidden: bool,
}

impl Plan {
    /// Checks the settings, sets the number of threads and finds the files.
    pub fn new(args: &InputArgs) -> Result<Self, Failure> {
        let mut config = Config::find(args.config.as_deref(), &args.paths)?;
        args.limit.iter().try_for_each(|limit| config.limit(limit))?;
        Self::with(config, args)
    }

    /// The same with settings that are known already.
    pub fn with(config: Config, args: &InputArgs) -> Result<Self, Failure> {
        let kinds = config.kinds()?;
        if let Some(threads) = args.threads {
            // The pool is set once, here; a second call could only come from a test in this process.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
            pool.build_global().map_err(|error| {
                Failure::failed(format!("could not start {threads} threads: {error}"), "")
            })?;
        }
        let (inputs, notes) = collate_read::find(&args.paths);
        if inputs.is_empty() {
            let why: Vec<String> =
                notes.iter().map(|note| format!("{}: {}", note.place(), note.what)).collect();
            return Err(Failure::usage(
                format!("there is no spreadsheet to read. {}", why.join("; ")),
                "name a folder that holds csv, tsv, txt, xlsx, xlsm, xlsb, xls, ods or docx files, or the files themselves",
            ));
        }
        Ok(Plan { inputs, notes, kinds, config, skip_hidden: args.skip_hidden })
    }
}
