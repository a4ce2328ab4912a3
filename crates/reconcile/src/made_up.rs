//! Rows for tests: one list of people with the cells that a test gives.

use collate_model::{CleanColumn, CleanTable, Cleaned, DateSpan, Kinds, PersonName, Source, Value};

use crate::mention::{Mention, children};
use crate::rows::Rows;

const KIND: &str = r#"
    name = "list"
    title = "List"
    purpose = ""
    row = ""
    entities = ["child"]
    anchors = []
    field = [
        { name = "child_name", title = "", type = "people", of = "child" },
        { name = "forename", title = "", type = "forename", of = "child" },
        { name = "middle_name", title = "", type = "forename", of = "child" },
        { name = "surname", title = "", type = "surname", of = "child" },
        { name = "dob", title = "", type = "date", of = "child" },
        { name = "child_id", title = "", type = "child_id", of = "child" },
        { name = "legacy_id", title = "", type = "child_id", of = "child" },
    ]
"#;

/// Hands on the rows of a list with these columns, and whom they name. The cells of a column are what
/// `cell` makes of the words of a test.
pub fn with_list(columns: &[(&str, &[&str])], test: impl FnOnce(&Rows, &[Mention])) {
    let kinds = Kinds { entities: Vec::new(), kinds: vec![toml::from_str(KIND).expect("a kind")] };
    let column = |(col, (field, texts)): (usize, &(&str, &[&str]))| {
        let mut distinct = vec![""];
        for text in *texts {
            if !distinct.contains(text) {
                distinct.push(text);
            }
        }
        let ids = texts.iter().map(|text| distinct.iter().position(|d| d == text).unwrap_or(0) as u32);
        CleanColumn {
            field: kinds.kinds[0].field(field),
            header: (*field).to_owned(),
            col: col as u32,
            ids: ids.collect(),
            values: distinct.iter().map(|text| cell(field, text)).collect(),
        }
    };
    let table = CleanTable {
        file: "list.csv".into(),
        sheet: String::new(),
        kind: "list".into(),
        section: String::new(),
        as_at: None,
        rows: (2..).take(columns[0].1.len()).collect(),
        columns: columns.iter().enumerate().map(column).collect(),
        moved: Default::default(),
    };
    let tables = [table];
    let sources = [Source { file: "list.csv".into(), sheet: String::new() }];
    let rows = Rows::new(&kinds, &tables, &sources);
    test(&rows, &children(&rows));
}

/// The forenames `Ann; Ben` are of two children. `Smith/Jones` is Smith, also known as Jones.
fn cell(field: &str, text: &str) -> Cleaned {
    let person = || {
        let (own, alias) = text.split_once('/').unwrap_or((text, ""));
        let (own, alias) = (Box::from(own), Box::from(alias));
        let aliases: Vec<(Box<str>, Box<str>)> = match (field, text.contains('/')) {
            (_, false) => Vec::new(),
            ("surname", _) => vec![("".into(), alias)],
            _ => vec![(alias, "".into())],
        };
        let person = PersonName { aliases, ..PersonName::default() };
        if field == "surname" {
            PersonName { surname: own, ..person }
        } else {
            PersonName { forenames: own, ..person }
        }
    };
    let children =
        text.split("; ").map(|forenames| PersonName { forenames: forenames.into(), ..PersonName::default() });
    let value = match field {
        _ if text.is_empty() => Value::Missing,
        "dob" => Value::Dates(vec![DateSpan::day(text.parse().expect("a date"))]),
        "child_id" | "legacy_id" => Value::Refs(text.split(' ').map(Into::into).collect()),
        "child_name" => Value::People(children.collect()),
        _ => Value::People(vec![person()]),
    };
    Cleaned { raw: text.into(), value, flaw: None }
}
