//! `collate demo`, also called `collate synth`: a council that does not exist.

use collate_synth::{Options, generate};

use crate::args::DemoArgs;
use crate::failure::{Exit, Failure};
use crate::progress::Progress;

/// Makes the council.
pub fn synth(args: &DemoArgs) -> Result<Exit, Failure> {
    let bar = Progress::new(args.quiet).bar("Making a council", 0);
    let options = Options { children: args.children, seed: args.seed };
    let made = generate(&options, &args.dir, &|done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let made = made.map_err(|error| Failure::failed(error.to_string(), ""))?;
    if !args.quiet {
        eprintln!(
            "Made {} files in {}: {} children of {} families in {} cases, {} rows.",
            made.files.len(),
            args.dir.display(),
            made.children,
            made.families,
            made.cases,
            made.rows
        );
        eprintln!("Nobody in them is real. Now: collate run {}", args.dir.display());
    }
    Ok(Exit::Done)
}
