//! Holds a kind to the rules that a TOML parser can't know: names that must exist elsewhere.

use collate_model::{Derive, EntityDef, Kind};

use crate::error::KindError;
use crate::normal::key;

/// Finds the first thing wrong with a kind.
pub(crate) fn check(file: &str, kind: &Kind, entities: &[EntityDef]) -> Result<(), KindError> {
    let wrong = |key: String, expected: String| Err(KindError { file: file.to_owned(), key, expected });
    if kind.entities.is_empty() {
        return wrong("entities".into(), "at least one entity".into());
    }
    for entity in &kind.entities {
        if !entities.iter().any(|known| known.name == *entity) {
            let names: Vec<_> = entities.iter().map(|known| known.name.as_str()).collect();
            return wrong(format!("entities, {entity}"), format!("one of {}", names.join(", ")));
        }
    }
    if kind.anchors.is_empty() {
        return wrong("anchors".into(), "at least one list of fields".into());
    }
    for name in kind.anchors.iter().flatten() {
        if kind.field(name).is_none() {
            return wrong(format!("anchors, {name}"), "the name of a field of this kind".into());
        }
    }
    for (i, field) in kind.fields.iter().enumerate() {
        let name = &field.name;
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if name.is_empty() || !plain {
            return wrong(format!("field {name}, name"), "small letters, digits and _".into());
        }
        if kind.field(name) != Some(i) {
            return wrong(format!("field {name}"), "each field once".into());
        }
        if !kind.entities.contains(&field.of) {
            return wrong(format!("field {name}, of"), format!("one of {}", kind.entities.join(", ")));
        }
        if let Some(header) = field.headers.iter().find(|header| key(header).is_empty()) {
            return wrong(format!("field {name}, headers, \"{header}\""), "a heading with letters".into());
        }
        if let Some(Derive::ListMark(from) | Derive::SameAs(from)) = &field.derive
            && kind.field(from).is_none()
        {
            return wrong(format!("field {name}, derive"), "the name of a field of this kind".into());
        }
    }
    for check in &kind.checks {
        for name in [&check.from, &check.to].into_iter().chain(&check.unless) {
            if kind.field(name).is_none() {
                return wrong(format!("check, {name}"), "the name of a field of this kind".into());
            }
        }
    }
    if let Some(plan) = &kind.unpivot {
        for name in
            plan.fields.iter().chain([&plan.heading, &plan.value]).chain(&plan.dates).chain(&plan.down)
        {
            if kind.field(name).is_none() {
                return wrong(format!("unpivot, {name}"), "the name of a field of this kind".into());
            }
        }
    }
    Ok(())
}
