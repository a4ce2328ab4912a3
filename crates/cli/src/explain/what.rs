//! What is asked about, as a person would say it: `FILE:ROW`, `FILE:SHEET:ROW`, `…#2`, `CH-00012`.

use collate_model::{Source, SourceId};

use super::rerun::Rerun;
use crate::failure::Failure;

/// Files and sheets named in a message.
const MOST_NAMED: usize = 12;

/// A row or a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A child as one row names it: its number among the records that were linked.
    Row(u32),
    /// A merged child: its number among them.
    Child(u32),
}

/// Finds it.
pub fn find(rerun: &Rerun, text: &str) -> Result<What, Failure> {
    let dataset = &rerun.dataset;
    for (t, table) in dataset.tables.iter().enumerate() {
        let same = |entity: &usize| table.id(*entity).eq_ignore_ascii_case(text.trim());
        match (0..table.count).find(same) {
            Some(at) if t == rerun.children => return Ok(What::Child(at as u32)),
            Some(_) => {
                return Err(Failure::usage(
                    format!(
                        "{text} is a {}, not a child: only children are matched by weight",
                        table.def.name
                    ),
                    "sources.csv says in its last column why each row belongs to it",
                ));
            }
            None => {}
        }
    }
    let Some((place, row, part)) = row(text) else {
        let count = dataset.tables[rerun.children].count as u32;
        let ids = match count {
            0 => "there are no children in this run".to_owned(),
            _ => format!(
                "the ids of children are {} to {}, as in children.csv",
                rerun.id(0),
                rerun.id(count - 1)
            ),
        };
        return Err(Failure::usage(
            format!("`{text}` is neither a child nor a row"),
            format!("{ids}; a row is FILE:ROW or FILE:SHEET:ROW, such as 's20.csv:7'"),
        ));
    };
    let sources = sources(&dataset.sources, place)?;
    mention(rerun, &sources, row, part).map(What::Row)
}

/// `FILE:SHEET`, the row, and which child of it.
pub fn row(text: &str) -> Option<(&str, u32, Option<u32>)> {
    let (place, row) = text.rsplit_once(':')?;
    let (row, part) = match row.split_once('#') {
        Some((row, part)) => (row, Some(part.trim().parse().ok()?)),
        None => (row, None),
    };
    Some((place, row.trim().parse().ok()?, part))
}

/// The sheets that a text names: one sheet, or all of a file.
pub fn sources(all: &[Source], text: &str) -> Result<Vec<SourceId>, Failure> {
    let of = |form: fn(&str) -> String| -> Vec<SourceId> {
        let text = form(&text.replace('\\', "/"));
        let fits = |source: &Source| named(&form(&source.file), &text) || named(&form(&name(source)), &text);
        (0..).zip(all).filter(|(_, source)| fits(source)).map(|(at, _)| at).collect()
    };
    let exact = of(str::to_owned);
    let found = if exact.is_empty() { of(str::to_lowercase) } else { exact };
    if !found.is_empty() {
        return Ok(found);
    }
    let mut names: Vec<String> = all.iter().take(MOST_NAMED).map(name).collect();
    if all.len() > MOST_NAMED {
        names.push(format!("{} more", all.len() - MOST_NAMED));
    }
    Err(Failure::usage(
        format!("no file or sheet `{text}` was read"),
        format!("there are {}", names.join(", ")),
    ))
}

/// The name, or so much of its path as somebody typed.
fn named(name: &str, text: &str) -> bool {
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    !text.is_empty() && (ends(name, text) || ends(text, name))
}

/// `s20.csv`, `Court tracker.xlsx:Live`.
fn name(source: &Source) -> String {
    if source.sheet.is_empty() { source.file.clone() } else { format!("{}:{}", source.file, source.sheet) }
}

/// The one child that a row of these sheets names, or the one that is asked for.
fn mention(rerun: &Rerun, sources: &[SourceId], row: u32, part: Option<u32>) -> Result<u32, Failure> {
    let of_row: Vec<(u32, (SourceId, u32, u32))> = (0..)
        .zip(rerun.linkage.places.iter().copied())
        .filter(|(_, (source, number, _))| sources.contains(source) && *number == row)
        .collect();
    let sheet = |source: SourceId| name(&rerun.dataset.sources[source as usize]);
    let mut sheets: Vec<SourceId> = of_row.iter().map(|(_, (source, _, _))| *source).collect();
    sheets.dedup();
    if sheets.len() > 1 {
        let names: Vec<String> = sheets.iter().map(|source| format!("{}:{row}", sheet(*source))).collect();
        return Err(Failure::usage(
            format!("row {row} of more than one sheet names a child"),
            format!("say which: {}", names.join(", ")),
        ));
    }
    let Some(source) = sheets.first().copied() else { return Err(nobody(rerun, sources, row)) };
    let parts: Vec<String> =
        of_row.iter().map(|(_, (_, _, part))| format!("{}:{row}#{part}", sheet(source))).collect();
    let wanted: Vec<u32> =
        of_row.iter().filter(|(_, (_, _, p))| part.is_none_or(|part| part == *p)).map(|(i, _)| *i).collect();
    match (wanted[..].first(), wanted.len()) {
        (Some(record), 1) => Ok(*record),
        (None, _) => Err(Failure::usage(
            format!("row {row} of {} names no such child", sheet(source)),
            format!("it names {}", parts.join(", ")),
        )),
        _ => Err(Failure::usage(
            format!("row {row} of {} names {} children", sheet(source), parts.len()),
            format!("say which: {}", parts.join(", ")),
        )),
    }
}

/// Why a row names nobody.
fn nobody(rerun: &Rerun, sources: &[SourceId], row: u32) -> Failure {
    let of = |source: &SourceId| &rerun.dataset.sources[*source as usize];
    let names: Vec<String> = sources.iter().map(|source| name(of(source))).collect();
    let place = names.join(", ");
    let tables: Vec<_> = rerun
        .tables
        .iter()
        .filter(|table| sources.iter().any(|s| of(s).file == table.file && of(s).sheet == table.sheet))
        .collect();
    if tables.iter().any(|table| table.rows.contains(&row)) {
        return Failure::usage(
            format!("row {row} of {place} names no child, so it was matched with nobody"),
            "sources.csv and problems.csv say what became of it",
        );
    }
    let rows = || tables.iter().flat_map(|table| table.rows.iter().copied());
    let records = match (rows().min(), rows().max()) {
        (Some(first), Some(last)) => format!("its records are in rows {first} to {last}"),
        _ => "it has no records; collate inspect shows what it was taken for".to_owned(),
    };
    Failure::usage(
        format!("row {row} of {place} is no record: it is empty, a heading, a title, or beyond the end"),
        records,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_from_the_end() {
        for (text, expected) in [
            ("s20.csv:7", Some(("s20.csv", 7, None))),
            ("a:b.csv:Live:7#2", Some(("a:b.csv:Live", 7, Some(2)))),
            ("C:\\x\\s20.csv:7", Some(("C:\\x\\s20.csv", 7, None))),
            ("s20.csv", None),
            ("s20.csv:", None),
            ("s20.csv:-1", None),
            ("s20.csv:7#", None),
            ("CH-00012", None),
        ] {
            assert_eq!(row(text), expected, "{text}");
        }
    }

    #[test]
    fn files_and_sheets_are_named_as_people_do() {
        let source = |file: &str, sheet: &str| Source { file: file.into(), sheet: sheet.into() };
        let all = [
            source("new/s20.csv", ""),
            source("old/s20.csv", ""),
            source("Court.xlsx", "Live"),
            source("Court.xlsx", "Élan"),
            source("Court.xlsx:Live", ""),
        ];
        for (text, found) in [
            ("new/s20.csv", &[0][..]),
            ("trackers\\new\\s20.csv", &[0]),
            ("s20.csv", &[0, 1]),
            ("20.csv", &[]),
            ("Court.xlsx", &[2, 3]),
            ("court.xlsx:live", &[2, 4]),
            ("in/Court.xlsx:Élan", &[3]),
            ("Court.xlsx:élan", &[3]),
            ("Court.xlsx:é", &[]),
            ("", &[]),
            (":", &[]),
        ] {
            assert_eq!(sources(&all, text).unwrap_or_default(), found, "{text}");
        }
    }
}
