//! A made-up dataset of any size, with every sort of value that publishing must handle.

use collate_model::{
    Change, Changed, Chosen, Conflict, Dataset, Date, EntityColumn, EntityDef, EntityKind, EntityTable,
    FieldType, HistoryItem, Link, MarkSort, Marked, Note, Origin, Pool, Redirect, Review, RowCounts,
    Severity, Source, TextId,
};

const FORENAMES: [&str; 6] = ["Ava", "Noah", "Zoë", "Kofi", "Maja", "Idris"];
const SURNAMES: [&str; 5] = ["O'Neill", "Smith-Jones", "Okafor", "Novák", "Price"];
const LONG: &str = "Placement stable. Assessment of the maternal grandmother is filed and positive; the guardian \
    supports the plan. Awaiting the local authority's final statement, which was due before the last hearing.";

/// How many entities have a conflict, a history, a doubt.
const FEW: u32 = 9;

/// `children` children, half as many cases, and everything that goes with them.
pub fn dataset(children: u32) -> Dataset {
    let mut pool = Pool::new();
    let sources = [("trackers/section 20.xlsx", "Current"), ("court, 2021.csv", ""), ("=risky.csv", "")]
        .map(|(file, sheet)| Source { file: file.to_owned(), sheet: sheet.to_owned() })
        .to_vec();
    let tables = vec![
        table("child", children, &CHILD_COLUMNS),
        table("case", children / 2, &CASE_COLUMNS),
        table("claim", 0, &[("claim_number", "Claim number", FieldType::Reference)]),
    ];
    let reason = pool.intern("Same forename, surname and date of birth.");
    let links: Vec<Link> = (0..children * 2)
        .map(|i| Link {
            source: i % 2,
            row: i / 2 + 2,
            part: 1,
            table: 0,
            entity: i / 2,
            like: (i % 2 == 1).then_some((0, i / 2 + 2)),
            weight: if i % 2 == 0 { f32::NAN } else { 14.267 },
            probability: if i % 2 == 0 { 1.0 } else { 0.999_91 },
            reason,
        })
        .collect();
    let counts = vec![
        RowCounts {
            read: u64::from(children) + 4,
            used: children.into(),
            header: 1,
            furniture: 3,
            ..RowCounts::default()
        },
        RowCounts {
            read: u64::from(children) + 2,
            used: children.into(),
            header: 1,
            without_identity: 1,
            ..RowCounts::default()
        },
        RowCounts { read: 7, left_alone: 7, ..RowCounts::default() },
    ];
    let (left, right) =
        (pool.intern("Ava Price\nborn 2014-05-01"), pool.intern("Eva Price\nborn 2014-05-01"));
    let doubt = pool
        .intern("The forenames differ by one letter and the dates of birth are the same; they may be twins.");
    let change = |number, what, old: &str, new: &str, at| Change {
        sort: 0,
        number,
        what,
        column: if what == Changed::Value { "name".to_owned() } else { String::new() },
        old: old.to_owned(),
        new: new.to_owned(),
        at,
    };
    let few = children.min(FEW);
    let mark = |row, col, sort, text: &str| Marked { source: 0, row, col, sort, text: text.to_owned() };
    let path = |file: &str| (file.to_owned(), format!("../in/{file}"));
    Dataset {
        paths: [path("trackers/section 20.xlsx"), path("=risky.csv")].into(),
        changes: vec![
            change(1, Changed::New, "", "", Default::default()),
            change(2, Changed::Value, "=Old", "New", ("court, 2021.csv".into(), String::new(), "B3".into())),
        ],
        redirects: vec![Redirect { sort: 0, from: 9, to: 1 }],
        marks: vec![
            mark(0, Some(2), MarkSort::HiddenColumn, ""),
            mark(2, None, MarkSort::Struck, ""),
            mark(2, Some(1), MarkSort::Comment, "=chased; ask KM"),
        ],
        links,
        review: (1..few)
            .map(|entity| Review {
                table: 0,
                left: 0,
                left_at: (0, 2, 1),
                left_text: left,
                right: entity,
                right_at: (1, entity + 2, 1),
                right_text: right,
                weight: 3.5,
                probability: 0.61,
                lead: f32::NAN,
                reason: doubt,
                code: 0,
                comment: 0,
            })
            .collect(),
        notes: vec![
            Note::new(
                Severity::Warning,
                "date-impossible",
                "court, 2021.csv",
                "There is no such day.",
                "Correct it.",
            )
            .on_cell(9, 3),
            Note::new(
                Severity::Error,
                "file-damaged",
                "old.xls",
                "The file is damaged.",
                "Save it again in Excel.",
            ),
            Note::new(Severity::Info, "sheet-left-alone", "=risky.csv", "This is no tracker.", ""),
        ],
        pool,
        sources,
        counts,
        tables,
    }
}

type Columns = [(&'static str, &'static str, FieldType)];

const CHILD_COLUMNS: [(&str, &str, FieldType); 14] = [
    ("name", "Name", FieldType::People),
    ("date_of_birth", "Date of birth", FieldType::Date),
    ("nhs_number", "NHS number", FieldType::Nhs),
    ("postcode", "Postcode", FieldType::Postcode),
    ("legal_status", "Legal status", FieldType::LegalStatus),
    ("consent", "Consent given", FieldType::YesNo),
    ("rag", "RAG rating", FieldType::Rag),
    ("review_due", "Review due", FieldType::DateSpan),
    ("review_due_from", "Review due (from)", FieldType::Date),
    ("review_due_to", "Review due (to)", FieldType::Date),
    ("damages", "Damages", FieldType::Money),
    ("weeks", "Weeks", FieldType::Number),
    ("next_step", "Next step", FieldType::Text),
    ("comments", "Comments", FieldType::Text),
];

const CASE_COLUMNS: [(&str, &str, FieldType); 3] = [
    ("case_number", "Case number", FieldType::CaseNumber),
    ("issued", "Date issued", FieldType::Date),
    ("judge", "Judge", FieldType::Official),
];

fn table(name: &str, rows: u32, columns: &Columns) -> EntityTable {
    let (plural, title, prefix) = match name {
        "child" => ("children", "Children", "CH"),
        "case" => ("cases", "Cases", "CA"),
        _ => ("claims", "Claims", "CL"),
    };
    EntityTable {
        def: EntityDef {
            always: true,
            name: name.to_owned(),
            plural: plural.to_owned(),
            title: title.to_owned(),
            prefix: prefix.to_owned(),
            link: EntityKind::Person,
            keys: Vec::new(),
            ends: Vec::new(),
        },
        count: rows as usize,
        numbers: (1..=rows).collect(),
        columns: (0..).zip(columns).map(|(col, about)| column(rows, col, about)).collect(),
    }
}

fn column(rows: u32, col: u32, (name, title, kind): &(&str, &str, FieldType)) -> EntityColumn {
    let mut pool = Pool::new();
    let why = pool.intern("The only value.");
    let values: Vec<TextId> = (0..rows).map(|i| pool.intern(&value(name, i))).collect();
    let at = |row| Origin { source: 1, row, col };
    let chosen =
        |(row, value): (u32, &TextId)| (*value != 0).then_some(Chosen { origin: at(row), raw: *value, why });
    let doubtful = if *name == "date_of_birth" { rows.min(FEW) } else { 0 };
    let other = pool.intern("-1+cmd|' /C calc'!A0");
    EntityColumn {
        chosen: (2..).zip(&values).map(chosen).collect(),
        conflicts: (0..doubtful)
            .map(|entity| Conflict {
                entity,
                other,
                other_at: Origin { source: 0, row: entity + 2, col: 27 },
            })
            .collect(),
        history: (0..doubtful)
            .map(|entity| HistoryItem {
                entity,
                value: values[entity as usize],
                date: (entity % 2 == 0).then(|| Date::constant(2021, 3, 4)),
                at: at(entity + 2),
            })
            .collect(),
        values,
        texts: pool.into_texts(),
        ..EntityColumn::new(name, title, *kind)
    }
}

fn value(column: &str, i: u32) -> String {
    let pick = |from: &[&str]| from[i as usize % from.len()].to_owned();
    match column {
        "name" => format!("{} {}", pick(&FORENAMES), pick(&SURNAMES)),
        "date_of_birth" | "issued" => format!("20{:02}-{:02}-{:02}", 5 + i % 17, 1 + i % 12, 1 + i % 28),
        "nhs_number" => format!("{}", 4_000_000_000_u64 + u64::from(i) * 7919),
        "postcode" => pick(&["HR1 2AB", "HR4 9ZZ", ""]),
        "legal_status" => pick(&["Section 20", "Interim care order", "Care order", "=cmd|' /C calc'!A0"]),
        "consent" => pick(&["yes", "no", "partial", ""]),
        "rag" => pick(&["Red", "Amber", "Green", "Blue", "Grey", ""]),
        "review_due" => pick(&["2021-11-02", "Oct/Nov 2021", "Ongoing", ""]),
        "review_due_from" => pick(&["2021-11-02", "2021-10-01", "", ""]),
        "review_due_to" => pick(&["2021-11-02", "2021-11-30", "", ""]),
        "damages" => pick(&["2500.00", "", "-12.50", "1250000.00"]),
        "weeks" => pick(&["26", "31.5", "TBC"]),
        "next_step" => {
            pick(&["File statement", "+44 7700 900123", "- chase the \"guardian\"", "line one\nline two"])
        }
        "comments" => pick(&["", LONG, "Seen, and spoken to"]),
        "case_number" => format!("ZW{:02}C{:05}", 15 + i % 8, i % 100_000),
        _ => pick(&["HHJ Example", "", "Recorder Sample"]),
    }
}
