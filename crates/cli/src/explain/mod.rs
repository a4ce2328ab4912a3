//! `collate explain`: why rows are, or are not, one child.
//!
//! A run does not keep what it weighed. It is deterministic, so the answer comes from having it
//! again: the manifest says what the run was given, and the answer is refused if that has changed
//! (`rerun.rs`). `what.rs` finds what was asked about, `answer.rs` is the record of the reckoning,
//! and `text.rs` and `--json` are drawn from that.

mod answer;
mod find;
mod rerun;
mod sentence;
mod text;
pub mod what;

use crate::args::ExplainArgs;
use crate::failure::{Exit, Failure};
use crate::say::{self, say};
use answer::Answer;
pub use rerun::Rerun;

/// Explains.
pub fn explain(args: &ExplainArgs) -> Result<Exit, Failure> {
    let rerun = Rerun::new(args)?;
    let asked: Vec<_> = args.what.iter().map(|text| what::find(&rerun, text)).collect::<Result<_, _>>()?;
    let answer = match asked[..] {
        [one] => Answer::to_one(&rerun, one),
        [one, other, ..] => Answer::to_two(&rerun, one, other)?,
        [] => return Err(Failure::usage("nothing was asked about", "name a row or a child")),
    };
    if args.json {
        say!("{}", serde_json::to_string_pretty(&answer).expect("a reckoning is plain data"));
    } else {
        say::text(&text::text(&answer));
    }
    Ok(Exit::Done)
}
