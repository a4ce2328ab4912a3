//! The manifest: what a run was given and what it did. No clock, no machine, no number of
//! threads: the same input gives the same bytes.

use collate_publish::Format;
use collate_reconcile::Linkage;
use serde_json::{Value, json};

use crate::linking::ModelUsed;
use crate::pipeline::ReadFile;
use crate::plan::Plan;
use crate::summary::Summary;

/// The manifest of a run; `register` says whether its ids are those of a register.
pub fn manifest(
    plan: &Plan,
    model: Option<&ModelUsed>,
    files: &[ReadFile],
    summary: &Summary,
    linkage: &Linkage,
    formats: &[Format],
    register: bool,
) -> Value {
    let inputs: Vec<Value> = files
        .iter()
        .map(|read| {
            json!({
                "file": read.file.name,
                "sha256": read.file.sha256,
                "bytes": read.file.bytes,
                "format": read.file.format,
                "encoding": read.file.encoding,
                "sheets": read.sheets,
                "refused": read.file.refused,
            })
        })
        .collect();
    let formats: Vec<&str> = formats.iter().map(|format| format.name()).collect();
    let mut settings = json!({ "config": plan.config.text(), "formats": formats });
    if let Some(model) = model {
        settings["model"] = json!(model);
    }
    if register {
        settings["register"] = json!(true);
    }
    if plan.skip_hidden {
        settings["skip_hidden"] = json!(true);
    }
    let linked = &linkage.linked;
    json!({
        "program": "collate",
        "version": env!("CARGO_PKG_VERSION"),
        "inputs": inputs,
        "settings": settings,
        "counts": summary,
        "linkage": {
            "candidate_pairs": linked.candidates,
            "blocking": linked.blocking,
            "model": linked.model,
            "model_rests_on": linked.basis,
        },
    })
}
