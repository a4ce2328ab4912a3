//! `collate diff`: what is different between two runs.

use serde_json::{Value, json};

use crate::args::DiffArgs;
use crate::failure::{Exit, Failure};
use crate::register::{existing, failed};
use crate::say::say;

/// Lists the runs, or shows what is different between two.
pub fn diff(args: &DiffArgs) -> Result<Exit, Failure> {
    let register = existing(&args.register)?;
    let runs = register.runs().map_err(failed)?;
    let (Some(from), Some(to)) = (args.from, args.to) else {
        let count = |counts: &Value, name: &str| counts.get(name).and_then(Value::as_u64).unwrap_or(0);
        if args.register.json {
            let runs: Vec<Value> = (runs.iter())
                .map(|run| json!({ "run": run.run, "at": run.at, "published": run.published, "counts": run.counts }))
                .collect();
            say!("{:#}", json!(runs));
            return Ok(Exit::Done);
        }
        for run in runs {
            let state = if run.published { "" } else { "  (not published)" };
            let (mentions, review) =
                (count(&run.counts, "mentions"), count(&run.counts, "waiting_for_review"));
            say!("{:>5}  {}  {mentions} mentions of children, {review} for review{state}", run.run, run.at);
        }
        return Ok(Exit::Done);
    };
    for run in [from, to] {
        if !runs.iter().any(|known| known.run == run) {
            return Err(Failure::usage(format!("there is no run {run}"), "collate diff lists the runs"));
        }
    }
    if from > to {
        return Err(Failure::usage("the earlier run comes first", format!("collate diff {to} {from}")));
    }
    let sorts = register.sorts();
    let changes = register.difference(from, to, &sorts).map_err(failed)?;
    let id = |sort: usize, number| register.id(register.sort(sorts[sort]).unwrap_or_default(), number);
    if args.register.json {
        let changes: Vec<Value> = (changes.iter())
            .map(|change| {
                json!({
                    "collate_id": id(change.sort, change.number),
                    "entity": sorts[change.sort],
                    "change": change.what.to_string(),
                    "column": change.column,
                    "old": change.old,
                    "new": change.new,
                    "file": change.at.0,
                    "sheet": change.at.1,
                    "cell": change.at.2,
                })
            })
            .collect();
        say!("{:#}", json!(changes));
        return Ok(Exit::Done);
    }
    for change in &changes {
        let id = id(change.sort, change.number);
        let (file, sheet, cell) = &change.at;
        let place =
            [file, sheet, cell].into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>();
        let place = if place.is_empty() { String::new() } else { format!("  ({})", place.join(", ")) };
        match (change.column.is_empty(), change.old.is_empty(), change.new.is_empty()) {
            (true, _, false) => say!("{id}  {} into {}", change.what, change.new),
            (true, false, _) => say!("{id}  {} from {}", change.what, change.old),
            (true, ..) => say!("{id}  {}", change.what),
            (false, ..) => {
                let or_none =
                    |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
                let (old, new) = (or_none(&change.old), or_none(&change.new));
                say!("{id}  {} {}: {old} → {new}{place}", change.what, change.column);
            }
        }
    }
    if changes.is_empty() {
        say!("Nothing is different");
    }
    Ok(Exit::Done)
}
