//! `collate init`: what was found, as a settings file to correct.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;

use collate_clean::clean_table;
use collate_model::Table;
use collate_recognise::IGNORE;

use crate::args::InitArgs;
use crate::config::Config;
use crate::failure::{Exit, Failure};
use crate::inspect::{Column, columns};
use crate::pipeline::{Recognised, read_and_recognise};
use crate::plan::Plan;
use crate::progress::Progress;
use crate::say::say;
use crate::stopwatch::Stopwatch;

const START: &str = "\
# What collate takes each sheet for. Written by `collate init`; correct what is wrong, and take out what
# need not be said: what is not said here is recognised anew each time.
#
# kind      the tracker kind (`collate kinds` lists them), or \"ignore\" to leave the sheet alone
# columns   heading = field (`collate kinds NAME` lists them), or \"ignore\" to leave the column out
#
# What is said of a file holds for another file with the same headings too.
";

/// Writes the settings file.
pub fn init(args: &InitArgs) -> Result<Exit, Failure> {
    let plan = Plan::new(&args.input)?;
    let path = args.to.clone().unwrap_or_else(|| Config::place(None, &args.input.paths));
    if path.exists() && !args.force {
        return Err(Failure::usage(
            format!("{} is there already, and was left as it is", path.display()),
            "name another file with --to, or write over it with --force",
        ));
    }
    let progress = Progress::new(args.input.quiet || args.input.json);
    let found = read_and_recognise(&plan, &progress, &Stopwatch::start("reading"));
    let text = text(&plan, &found);
    let write = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&path)?;
        file.write_all(text.as_bytes())
    };
    write().map_err(|error: std::io::Error| {
        Failure::failed(
            format!("{} can't be written: {error}", path.display()),
            "name another file with --to",
        )
    })?;
    if !args.input.quiet {
        say!("Wrote {}. Correct what is wrong in it, and look again: collate inspect", path.display());
    }
    Ok(if found.refused { Exit::Partly } else { Exit::Done })
}

fn text(plan: &Plan, found: &Recognised) -> String {
    let mut text = START.to_owned();
    for (s, source) in found.sources.iter().enumerate() {
        let tables: Vec<&Table> =
            found.tables.iter().filter(|(at, _)| *at == s).map(|(_, table)| table).collect();
        let place = match source.sheet.as_str() {
            "" => format!("[files.{}]", quoted(&source.file)),
            sheet => format!("[files.{}.sheets.{}]", quoted(&source.file), quoted(sheet)),
        };
        let Some(first) = tables.first() else {
            let _ = write!(
                text,
                "\n# No tracker that is known: left alone. If it is one, say which.\n# {place}\n# kind = \"\"\n# header_row = 1\n"
            );
            continue;
        };
        let kinds: BTreeSet<&str> = tables.iter().map(|table| table.kind.as_str()).collect();
        if kinds.len() > 1 {
            let kinds: Vec<&str> = kinds.into_iter().collect();
            let _ = write!(
                text,
                "\n# Tables of several kinds ({}): each is recognised by itself. Said here, one kind would be\n# said of all.\n# {place}\n# kind = \"\"\n",
                kinds.join(", ")
            );
            continue;
        }
        let next = first.runner_up.as_ref();
        let next =
            next.map_or(String::new(), |(kind, sure)| format!("; next best {kind}, {:.0} %", sure * 100.0));
        let _ = write!(
            text,
            "\n{place}\nkind = {}  # {:.0} % sure{next}; heading in row {}\n",
            quoted(&first.kind),
            first.confidence * 100.0,
            first.header_rows.first().copied().unwrap_or_default(),
        );
        let _ = writeln!(text, "{}", place.replace(']', ".columns]"));
        let mut said = BTreeSet::new();
        for table in tables.iter().filter(|table| table.kind == first.kind) {
            let kind = plan.kinds.kind(&table.kind).expect("recognition gives known kinds only");
            let (clean, _) = clean_table(table, kind);
            for column in columns(table, &clean, kind, false) {
                if said.insert(column.header.clone()) && is_of_sheet(&column) {
                    push_column(&column, &mut text);
                }
            }
        }
    }
    text
}

/// The column stands in the sheet under its heading; others were made from it.
fn is_of_sheet(column: &Column) -> bool {
    !column.header.is_empty() && !column.why.starts_with("the values")
}

fn push_column(column: &Column, text: &mut String) {
    let read = match column.filled - column.read {
        0 => format!("{} filled", column.filled),
        bad => format!("{bad} of {} can't be read", column.filled),
    };
    let note = format!("# {}: {}; {read}", column.letter, column.why);
    let header = quoted(&column.header);
    let _ = match &column.field {
        Some(field) => writeln!(text, "{header} = {}  {note}", quoted(field)),
        None => writeln!(text, "# {header} = {}  {note}", quoted(IGNORE)),
    };
}

/// A key or value in the settings file.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
