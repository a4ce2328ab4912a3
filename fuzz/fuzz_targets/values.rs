//! Any text as a cell of every field of every kind: dates, names, references, money, codes.

#![no_main]

use std::sync::LazyLock;

use collate_clean::{Context, clean_text, date_order};
use collate_model::{CellKind, Field, FieldType};
use collate_recognise::builtin;
use libfuzzer_sys::fuzz_target;

/// One field of each type.
static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let mut fields: Vec<Field> = Vec::new();
    for field in builtin().kinds.into_iter().flat_map(|kind| kind.fields) {
        if !fields.iter().any(|known| known.kind == field.kind) || field.kind == FieldType::Code {
            fields.push(field);
        }
    }
    fields.truncate(60);
    fields
});

fuzz_target!(|text: &str| {
    let _ = date_order(text);
    for field in FIELDS.iter() {
        for cell in [CellKind::Text, CellKind::Number, CellKind::Date] {
            let cleaned = clean_text(text, cell, field, &Context::default());
            if let Some(flaw) = cleaned.flaw {
                assert!(text.len() < 12 || !flaw.what.contains(text), "a flaw repeats its cell");
            }
        }
    }
});
