//! How well texts fit a field type, for recognising a column by its values.

use collate_model::{CellKind, Field, FieldType, Precision, Value};

use crate::Context;
use crate::cleaner::Cleaner;

/// Share (0 to 1) of the texts that parse as the type; empty texts and marks such as `N/A`
/// are left out. Types that nearly anything satisfies (text, names, references, a field's own
/// list of codes) give 0, and so does evidence that fits too many types: a bare number speaks
/// for a number alone.
pub fn fit<'a>(texts: impl IntoIterator<Item = (&'a str, CellKind)>, kind: FieldType) -> f32 {
    if is_open(kind) {
        return 0.0;
    }
    let field = probe(kind);
    let cleaner = Cleaner::new(Some(&field), Context::default());
    let (mut fitting, mut all) = (0u32, 0u32);
    for (text, cell) in texts {
        let cleaned = cleaner.clean(text, cell);
        if cleaned.value.is_missing() {
            continue;
        }
        all += 1;
        let sound = cleaned
            .flaw
            .as_ref()
            .is_none_or(|flaw| crate::flaw::severity(flaw.code) == collate_model::Severity::Info);
        fitting += u32::from(sound && speaks_for(text.trim(), cell, kind, &cleaned.value));
    }
    if all == 0 { 0.0 } else { fitting as f32 / all as f32 }
}

fn is_open(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Text
            | FieldType::People
            | FieldType::Forename
            | FieldType::Surname
            | FieldType::Official
            | FieldType::Reference
            | FieldType::ChildId
            | FieldType::Code
            | FieldType::Codes
    )
}

/// The value parsed; does the text look like this type and no other?
fn speaks_for(text: &str, cell: CellKind, kind: FieldType, value: &Value) -> bool {
    let numeric = cell == CellKind::Number || text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match (kind, value) {
        (FieldType::Date | FieldType::DateSpan, Value::Dates(dates)) => {
            // `20190412` is a date, `44347` may be any number.
            (cell == CellKind::Date || !numeric || text.len() == 8)
                && dates.iter().any(|date| date.precision != Precision::Open)
        }
        (FieldType::Money, Value::Money(_)) => {
            text.contains('£') || text.to_ascii_lowercase().contains("gbp")
        }
        (FieldType::Number, Value::Number(_)) => numeric || text.ends_with('%'),
        (FieldType::YesNo, Value::Codes(codes)) => {
            !numeric
                && !text.contains(['/', '-'])
                && codes.iter().any(|code| matches!(&**code, "yes" | "no"))
                && text.len() <= 12
        }
        (FieldType::Sex, Value::Codes(_)) => !numeric && text.len() <= 12,
        (FieldType::Postcode, Value::Refs(refs)) => refs.iter().any(|postcode| postcode.contains(' ')),
        (FieldType::LegalStatus, Value::Codes(_)) => text.len() <= 60,
        (FieldType::Rag, Value::Rag(_)) => text.len() <= 20,
        (FieldType::CaseNumber | FieldType::Nhs | FieldType::Upn, Value::Refs(_)) => true,
        _ => false,
    }
}

/// A field of the type without any words of its own.
pub(crate) fn probe(kind: FieldType) -> Field {
    Field {
        name: String::new(),
        title: String::new(),
        kind,
        of: String::new(),
        headers: Vec::new(),
        values: Default::default(),
        owner: false,
        history: false,
        private: false,
        alone: false,
        fill_down: false,
        derive: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_knows_its_own() {
        let text = |texts: &[&'static str]| texts.iter().map(|t| (*t, CellKind::Text)).collect::<Vec<_>>();
        for (kind, own) in [
            (FieldType::Date, text(&["24/08/2021", "1 May 2021", "-"])),
            (FieldType::CaseNumber, text(&["LE14C00441", "LE15C00001"])),
            (FieldType::Nhs, text(&["943 476 5919"])),
            (FieldType::Upn, text(&["H801200001001"])),
            (FieldType::Postcode, text(&["LE1 1AA"])),
            (FieldType::LegalStatus, text(&["V2", "ICO"])),
            (FieldType::YesNo, text(&["Y", "No"])),
            (FieldType::Money, text(&["£500", "£5k"])),
            (FieldType::Rag, text(&["Green", "Amber"])),
            (FieldType::Sex, text(&["Male", "F"])),
            (FieldType::Number, text(&["12", "13"])),
        ] {
            assert_eq!(fit(own.iter().copied(), kind), 1.0, "{kind:?}");
            assert_eq!(fit(text(&["Smith, John", "see above"]).into_iter(), kind), 0.0, "{kind:?}");
        }
        assert_eq!(fit(text(&["24/08/2021", "soon"]).into_iter(), FieldType::Date), 0.5);
        assert_eq!(fit([("44347", CellKind::Number)], FieldType::Date), 0.0);
        assert_eq!(fit([("", CellKind::Empty)], FieldType::Date), 0.0);
        assert_eq!(fit(text(&["anything"]), FieldType::Text), 0.0);
    }
}
