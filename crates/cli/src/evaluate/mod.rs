//! `collate evaluate`: how good a merged dataset is against known truth.

mod blocking;
mod published;
mod siblings;
mod truth;

use collate_link::measure::{Measure, clusters, pairs};
use serde::Serialize;

use crate::args::{EvaluateArgs, ExplainArgs};
use crate::explain::Rerun;
use crate::failure::{Exit, Failure};
use crate::say::{self, say};
use blocking::{Completeness, completeness};
use published::Published;
use siblings::Share;
use truth::Truth;

/// The measures, in the form that `--json` prints.
#[derive(Debug, Serialize)]
struct Evaluation {
    /// Of all pairs of rows in one child.
    pairs: Measure,
    /// Row by row (B-cubed).
    clusters: Measure,
    /// Children who share a merged child with a brother or sister.
    merged_with_sibling: Share,
    /// Those of them who have the same date of birth.
    merged_with_twin: Share,
    /// True pairs that blocking brings together, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocking: Option<Completeness>,
}

/// A child named in a row: file, sheet, row, part.
type Place = (String, String, u32, u32);

/// Measures and tells.
pub fn evaluate(args: &EvaluateArgs) -> Result<Exit, Failure> {
    let truth = Truth::read(&args.truth)?;
    let published = Published::read(&args.dir)?;
    let found = published.clusters(&truth);
    let (sibling, twin) = siblings::merged(&truth, &published, &found);
    let blocking = if args.blocking {
        let again = ExplainArgs {
            register: None,
            what: Vec::new(),
            out: args.dir.clone(),
            from: args.from.clone(),
            config: None,
            threads: None,
            json: args.json,
        };
        Some(completeness(&Rerun::new(&again)?, &truth))
    } else {
        None
    };
    let evaluation = Evaluation {
        pairs: pairs(&found, &truth.children),
        clusters: clusters(&found, &truth.children),
        merged_with_sibling: sibling,
        merged_with_twin: twin,
        blocking,
    };
    if args.json {
        say!("{}", serde_json::to_string(&evaluation).expect("numbers are always valid JSON"));
    } else {
        say::text(&evaluation.text(&truth, &published));
    }
    Ok(Exit::Done)
}

impl Evaluation {
    fn text(&self, truth: &Truth, published: &Published) -> String {
        let line = |name: &str, m: &Measure| {
            format!("{name:<28} precision {:.4}  recall {:.4}  F1 {:.4}\n", m.precision, m.recall, m.f1)
        };
        let share = |name: &str, s: &Share| format!("{name:<28} {} of {}\n", s.count, s.of);
        let missing = truth.places.iter().filter(|place| !published.entities.contains_key(*place)).count();
        let mut text = format!("{} mentions of {} children judged", truth.places.len(), truth.count);
        if missing > 0 {
            text.push_str(&format!(" ({missing} of them are in no merged child)"));
        }
        text.push('\n');
        text.push_str(&line("pairs of rows", &self.pairs));
        text.push_str(&line("clusters (B-cubed)", &self.clusters));
        text.push_str(&share("merged with a sibling", &self.merged_with_sibling));
        text.push_str(&share("merged with a twin", &self.merged_with_twin));
        if let Some(found) = &self.blocking {
            let line = format!("{} of {} ({:.4})", found.met, found.of, found.share);
            text.push_str(&format!("{:<28} {line}\n", "true pairs met in blocks"));
        }
        text
    }
}
