//! `collate inspect`: what each sheet is taken for, column by column, and what is wrong with it.
//! Shows headings and addresses; the values in cells that could not be read only where that is asked.

use collate_clean::{DateOrder, clean_table, date_order};
use collate_model::{
    CleanColumn, CleanTable, Evidence, FieldType, Kind, Note, Source, Table, Value, column_name,
};
use serde_json::{Value as Json, json};

use crate::args::InspectArgs;
use crate::failure::{Exit, Failure};
use crate::kinds::type_name;
use crate::pipeline::{Recognised, read_and_recognise};
use crate::plan::Plan;
use crate::progress::Progress;
use crate::say::{self, say};
use crate::stopwatch::Stopwatch;

/// Examples of cells that could not be read, per column.
const EXAMPLES: usize = 3;

/// What was found in one column.
pub struct Column {
    /// `C`.
    pub letter: String,
    /// Heading in the sheet.
    pub header: String,
    /// Name of the field that it was taken for.
    pub field: Option<String>,
    /// What the field holds.
    pub kind: String,
    /// Why it was taken for that.
    pub why: String,
    /// Filled cells.
    pub filled: usize,
    /// Those that could be read.
    pub read: usize,
    /// Addresses of some that could not, with what stands there where that is asked.
    pub not_read: Vec<(String, Option<String>)>,
    /// Of dates, cells that can only be read day first, and only month first.
    pub dates: Option<(usize, usize)>,
}

/// Shows what was recognised.
pub fn inspect(args: &InspectArgs) -> Result<Exit, Failure> {
    let plan = Plan::new(&args.input)?;
    let found = read_and_recognise(
        &plan,
        &Progress::new(args.input.quiet || args.input.json),
        &Stopwatch::start("reading"),
    );
    let mut tables = Vec::new();
    let mut notes = found.notes.clone();
    for (source, table) in &found.tables {
        let kind = plan.kinds.kind(&table.kind).expect("recognition gives known kinds only");
        let (clean, of_cells) = clean_table(table, kind);
        notes.extend(of_cells);
        tables.push((*source, table, columns(table, &clean, kind, args.show_values)));
    }
    notes.sort();
    if args.input.json {
        say!("{}", json_text(&found, &tables, &notes));
    } else {
        say::text(&text(&found, &tables, &notes));
    }
    Ok(if found.refused { Exit::Partly } else { Exit::Done })
}

/// What was found in each column of a table.
pub fn columns(table: &Table, clean: &CleanTable, kind: &Kind, show: bool) -> Vec<Column> {
    table
        .columns
        .iter()
        .enumerate()
        .map(|(c, column)| {
            let field = column.field.map(|f| &kind.fields[f]);
            let cells =
                clean.columns.iter().find(|clean| clean.col == column.col && clean.field == column.field);
            let (filled, not_read) = cells.map_or((0, Vec::new()), |cells| unread(clean, c, cells));
            let is_date = field.is_some_and(|f| matches!(f.kind, FieldType::Date | FieldType::DateSpan));
            let examples = not_read.iter().take(EXAMPLES).map(|(record, address)| {
                let said = || cells.map(|cells| cells.get(*record).raw.to_string());
                (address.clone(), if show { said() } else { None })
            });
            Column {
                letter: column_name(column.col),
                header: column.header.clone(),
                field: field.map(|f| f.name.clone()),
                kind: field.map_or_else(|| "text".to_owned(), |f| type_name(f.kind)),
                why: why(&column.evidence),
                filled,
                read: filled - not_read.len(),
                not_read: examples.collect(),
                dates: cells.filter(|_| is_date).map(orders),
            }
        })
        .collect()
}

/// Cells that can only be read day first, and only month first.
fn orders(column: &CleanColumn) -> (usize, usize) {
    let proofs: Vec<Option<DateOrder>> = column.values.iter().map(|value| date_order(&value.raw)).collect();
    let count = |order| column.ids.iter().filter(|id| proofs[**id as usize] == Some(order)).count();
    (count(DateOrder::DayFirst), count(DateOrder::MonthFirst))
}

/// How many cells are filled, and the records and addresses of those that could not be read.
fn unread(table: &CleanTable, index: usize, column: &CleanColumn) -> (usize, Vec<(usize, String)>) {
    let filled = (0..column.ids.len()).filter(|r| column.ids[*r] != 0);
    let bad = filled.clone().filter(|r| matches!(column.get(*r).value, Value::Unreadable));
    let address = |record| {
        let (row, col) = table.origin(record, index);
        (record, collate_model::cell_name(row, col))
    };
    (filled.count(), bad.map(address).collect())
}

fn why(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Exact => "a known heading".to_owned(),
        Evidence::Words(score) => format!("words of a known heading ({:.0} %)", score * 100.0),
        Evidence::Fuzzy(score) => format!("nearly a known heading ({:.0} %)", score * 100.0),
        Evidence::Values(score) => format!("the values look like it ({:.0} %)", score * 100.0),
        Evidence::Told => "collate.toml says so".to_owned(),
        Evidence::Free => "kept under its own heading".to_owned(),
    }
}

fn place(source: &Source) -> String {
    if source.sheet.is_empty() {
        source.file.clone()
    } else {
        format!("{}, sheet \"{}\"", source.file, source.sheet)
    }
}

fn text(found: &Recognised, tables: &[(usize, &Table, Vec<Column>)], notes: &[Note]) -> String {
    let mut text = String::new();
    for (s, source) in found.sources.iter().enumerate() {
        text.push_str(&format!("{}: {} rows\n", place(source), found.counts[s].read));
        for (_, table, columns) in tables.iter().filter(|(at, _, _)| *at == s) {
            let next = table
                .runner_up
                .as_ref()
                .map_or(String::new(), |(kind, score)| format!("; next best {kind}, {:.0} %", score * 100.0));
            text.push_str(&format!("  {} ({:.0} % sure{next})", table.kind, table.confidence * 100.0));
            if !table.section.is_empty() {
                text.push_str(&format!(", section \"{}\"", table.section));
            }
            if let Some(date) = table.as_at {
                text.push_str(&format!(", as at {date}"));
            }
            let rows: Vec<String> = table.header_rows.iter().map(u32::to_string).collect();
            text.push_str(&format!(
                "\n  heading in row {}, {} records\n",
                rows.join(" and "),
                table.rows.len()
            ));
            for c in columns {
                let field = c.field.as_deref().unwrap_or("-");
                text.push_str(&format!(
                    "    {:<3} {:<32} {field:<24} {:<13} {}",
                    c.letter,
                    short(&c.header),
                    c.kind,
                    c.why
                ));
                if let Some((days, months)) = c.dates.filter(|orders| *orders != (0, 0)) {
                    text.push_str(&format!("; {days} can only be day first, {months} only month first"));
                }
                if c.filled > c.read {
                    let cells = c.not_read.iter().map(|(address, said)| match said {
                        Some(said) => format!("{address} \"{}\"", short(said)),
                        None => address.clone(),
                    });
                    text.push_str(&format!(
                        "; {} of {} can't be read: {}",
                        c.filled - c.read,
                        c.filled,
                        cells.collect::<Vec<_>>().join(", ")
                    ));
                }
                text.push('\n');
            }
        }
        let Source { file, sheet } = source;
        let general = notes.iter().filter(|n| n.file == *file && n.sheet == *sheet && n.row == 0);
        for note in general {
            text.push_str(&format!("  note: {}\n", note.what));
        }
        let cells = notes.iter().filter(|n| n.file == *file && n.sheet == *sheet && n.row > 0).count();
        if cells > 0 {
            text.push_str(&format!(
                "  {} on single rows and cells: see problems.csv after a run, or --json\n",
                if cells == 1 { "1 note".to_owned() } else { format!("{cells} notes") }
            ));
        }
    }
    let sheets = |n: &&Note| !found.sources.iter().any(|s| s.file == n.file && s.sheet == n.sheet);
    for note in notes.iter().filter(sheets) {
        text.push_str(&format!("{}: {}\n", note.place(), note.what));
        if !note.todo.is_empty() {
            text.push_str(&format!("  {}\n", note.todo));
        }
    }
    text
}

/// A heading on one line, cut where it is long.
fn short(header: &str) -> String {
    let line = header.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 32 { line.chars().take(31).chain(['…']).collect() } else { line }
}

fn json_text(found: &Recognised, tables: &[(usize, &Table, Vec<Column>)], notes: &[Note]) -> String {
    let sheets: Vec<Json> = found
        .sources
        .iter()
        .enumerate()
        .map(|(s, source)| {
            let own: Vec<Json> = tables
                .iter()
                .filter(|(at, _, _)| *at == s)
                .map(|(_, table, columns)| {
                    json!({
                        "kind": table.kind,
                        "confidence": table.confidence,
                        "runner_up": table.runner_up,
                        "section": table.section,
                        "as_at": table.as_at.map(|d| d.to_string()),
                        "header_rows": table.header_rows,
                        "records": table.rows.len(),
                        "columns": columns.iter().map(|c| json!({
                            "column": c.letter,
                            "heading": c.header,
                            "field": c.field,
                            "type": c.kind,
                            "why": c.why,
                            "filled": c.filled,
                            "read": c.read,
                            "not_read": c.not_read.iter().map(|(address, _)| address).collect::<Vec<_>>(),
                            "not_read_values": c.not_read.iter().filter_map(|(_, said)| said.as_ref()).collect::<Vec<_>>(),
                            "only_day_first": c.dates.map(|(days, _)| days),
                            "only_month_first": c.dates.map(|(_, months)| months),
                        })).collect::<Vec<_>>(),
                    })
                })
                .collect();
            json!({ "file": source.file, "sheet": source.sheet, "rows": found.counts[s], "tables": own })
        })
        .collect();
    serde_json::to_string_pretty(&json!({ "sheets": sheets, "notes": notes }))
        .expect("plain data is always valid JSON")
}
