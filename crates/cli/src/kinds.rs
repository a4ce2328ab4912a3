//! `collate kinds`: what trackers it knows.

use collate_model::Kind;

use crate::args::KindsArgs;
use crate::failure::{Exit, Failure};
use crate::say::{self, say};

/// Lists the kinds, or shows one in full.
pub fn kinds(args: &KindsArgs) -> Result<Exit, Failure> {
    let kinds = collate_recognise::builtin();
    let Some(name) = &args.name else {
        if args.json {
            say!("{}", serde_json::to_string_pretty(&kinds.kinds).expect("kinds are plain data"));
        } else {
            for kind in &kinds.kinds {
                say!("{:<20} {} (a row is {})", kind.name, kind.title, kind.row);
            }
        }
        return Ok(Exit::Done);
    };
    let Some(kind) = kinds.kind(name) else {
        let names: Vec<&str> = kinds.kinds.iter().map(|kind| kind.name.as_str()).collect();
        return Err(Failure::usage(
            format!("there is no tracker kind `{name}`"),
            format!("there are {}", names.join(", ")),
        ));
    };
    if args.json {
        say!("{}", serde_json::to_string_pretty(kind).expect("kinds are plain data"));
    } else {
        say::text(&in_full(kind));
    }
    Ok(Exit::Done)
}

fn in_full(kind: &Kind) -> String {
    let mut text = format!(
        "{} ({})\n{}\nA row is {}. It speaks of: {}\n",
        kind.title,
        kind.name,
        kind.purpose,
        kind.row,
        kind.entities.join(", ")
    );
    for field in &kind.fields {
        let mut marks = Vec::new();
        for (mark, holds) in [
            ("owned by this tracker", field.owner),
            ("kept over time", field.history),
            ("privileged", field.private),
        ] {
            if holds {
                marks.push(mark);
            }
        }
        let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
        text.push_str(&format!("\n{} ({}, of the {}){marks}\n", field.name, type_name(field.kind), field.of));
        text.push_str(&format!("  headings: {}\n", field.headers.join(" | ")));
        for (value, spellings) in &field.values {
            text.push_str(&format!("  {value}: {}\n", spellings.join(" | ")));
        }
    }
    text
}

/// The name of a type as the kinds' files have it.
pub fn type_name(kind: collate_model::FieldType) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
