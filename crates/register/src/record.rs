//! A run is written down: all of it, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use collate_model::{Change, Dataset};
use rusqlite::{Transaction, params};

use crate::bulk::Bulk;
use crate::cases::Case;
use crate::changes::all_said;
use crate::error::RegisterError;
use crate::mention::Mention;
use crate::recalled::{Recalled, same_mention};
use crate::runs::InputSeen;
use crate::store::Register;

/// What a run was given, and what came of it.
pub struct Given<'a> {
    /// When, UTC in ISO 8601.
    pub at: &'a str,
    /// The program's version.
    pub version: &'a str,
    /// Settings and model, as JSON.
    pub settings: &'a str,
    /// Counts, as JSON.
    pub counts: &'a str,
    /// The files that it read.
    pub inputs: &'a [InputSeen],
    /// The pairs that it asks about.
    pub cases: &'a [Case],
    /// What is different from the run before.
    pub changes: &'a [Change],
}

/// A run that is written down, but for the hash of what it publishes. Dropped, it is forgotten.
pub struct Recorded<'r> {
    register: &'r Register,
    all: Transaction<'r>,
    run: i64,
}

/// A first run of more rows than this is written into the file itself.
const MANY: usize = 50_000;

impl Register {
    /// Writes a run down, before its output is put in place.
    pub fn record(
        &self,
        recalled: &Recalled,
        dataset: &Dataset,
        given: &Given,
    ) -> Result<Recorded<'_>, RegisterError> {
        let write = || -> rusqlite::Result<Recorded<'_>> {
            if self.known.rows.rows.is_empty() && recalled.rows.iter().map(Vec::len).sum::<usize>() > MANY {
                self.write_in_place();
            }
            let all = self.db.unchecked_transaction()?;
            let run = all.query_row("SELECT coalesce(max(run), 0) + 1 FROM runs", [], |row| row.get(0))?;
            let new = "INSERT INTO runs (run, at, version, settings, counts) VALUES (?1, ?2, ?3, ?4, ?5)";
            let Given { at, version, settings, counts, .. } = *given;
            all.execute(new, (run, at, version, settings, counts))?;
            inputs(&all, run, given.inputs)?;
            sorts(&all, recalled)?;
            rows(&all, run, recalled)?;
            entities(&all, run, recalled, dataset)?;
            changes(&all, run, recalled, given.changes)?;
            cases(&all, run, given.cases)?;
            Ok(Recorded { register: self, all, run })
        };
        write().map_err(|error| self.failed(error))
    }
}

impl Recorded<'_> {
    /// Keeps it, with the hash of the manifest that is published; gives the number of the run.
    pub fn commit(self, manifest: &str) -> Result<i64, RegisterError> {
        let Recorded { register, all, run } = self;
        all.execute("UPDATE runs SET manifest = ?2 WHERE run = ?1", (run, manifest))
            .and_then(|_| all.commit())
            .map_err(|error| register.failed(error))?;
        register.write_ahead();
        Ok(run)
    }
}

fn inputs(all: &Transaction, run: i64, inputs: &[InputSeen]) -> rusqlite::Result<()> {
    let mut insert = all.prepare(
        "INSERT INTO inputs (run, file, sha256, bytes, rows, sheets) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for input in inputs {
        let (bytes, rows) = (input.bytes as i64, input.rows as i64);
        insert.execute(params![run, input.file, input.sha256, bytes, rows, input.sheets.to_string()])?;
    }
    Ok(())
}

fn sorts(all: &Transaction, recalled: &Recalled) -> rusqlite::Result<()> {
    let numbered = recalled.numbered.lock().expect("no thread panics with it");
    let mut upsert = all.prepare(
        "INSERT INTO sorts (sort, name, prefix, next) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (sort) DO UPDATE SET next = excluded.next, prefix = excluded.prefix WHERE next <> excluded.next",
    )?;
    for (at, (def, sort, next)) in recalled.sorts.iter().enumerate() {
        let next = numbered.get(&at).map_or(*next, |(_, numbered)| numbered.next);
        upsert.execute(params![sort, def.name, def.prefix, next])?;
    }
    Ok(())
}

fn rows(all: &Transaction, run: i64, recalled: &Recalled) -> rusqlite::Result<()> {
    let mut sources: BTreeMap<&(String, String), i64> =
        recalled.known.sources.iter().map(|(name, number)| (name, *number)).collect();
    for sheet in &recalled.sheets {
        if !sources.contains_key(sheet) {
            let number = sources.values().max().unwrap_or(&0) + 1;
            all.execute(
                "INSERT INTO sources (source, file, sheet) VALUES (?1, ?2, ?3)",
                (number, &sheet.0, &sheet.1),
            )?;
            sources.insert(sheet, number);
        }
    }
    let mut new = Bulk::new(all, "rows", &["row", "source", "number", "content", "prints", "mentions"])?;
    let mut update = all.prepare(
        "UPDATE rows SET source = ?2, number = ?3, content = ?4, prints = ?5, mentions = ?6, gone = NULL WHERE row = ?1",
    )?;
    let mut mentions = Mentions::new(recalled);
    let mut seen = vec![false; recalled.known.rows.rows.len()];
    let mut prints = Vec::new();
    for (t, of_table) in recalled.rows.iter().enumerate() {
        let source = sources[&recalled.sheets[t]];
        for (record, (row, index)) in of_table.iter().enumerate() {
            let (number, print) = (recalled.numbers[t][record], recalled.prints[t].get(record));
            let bytes = mentions.of(t as u32, record as u32);
            if let Some(index) = index.map(|index| index as usize) {
                seen[index] = true;
                let known = &recalled.known.rows.rows[index];
                let same = !known.gone
                    && (known.source, known.number) == (source, number)
                    && recalled.known.rows.prints.get(index) == print
                    && *recalled.known.mentions[index] == *bytes;
                if same {
                    continue;
                }
            }
            prints.clear();
            print.put(&mut prints);
            let content = print.content as i64;
            match index {
                Some(_) => {
                    update.execute(params![row, source, number, content, prints, bytes]).map(|_| ())?
                }
                None => new.insert(params![row, source, number, content, prints, bytes])?,
            }
        }
    }
    new.finish()?;
    for (row, left_out) in &recalled.left_out {
        let Some(index) = left_out.index.map(|index| index as usize) else { continue };
        seen[index] = true;
        let (source, number, content) =
            (sources[&recalled.sheets[left_out.table as usize]], left_out.number, left_out.content as i64);
        let mentions = &*recalled.known.mentions[index];
        update.execute(params![row, source, number, content, left_out.prints, mentions])?;
    }
    let mut gone = all.prepare("UPDATE rows SET gone = ?2 WHERE row = ?1")?;
    for (known, seen) in recalled.known.rows.rows.iter().zip(seen) {
        if !seen && !known.gone {
            gone.execute((known.row, run))?;
        }
    }
    Ok(())
}

/// The mentions of each record, as they are kept; asked in the order of the records.
struct Mentions<'r> {
    recalled: &'r Recalled<'r>,
    /// (table, record, mention), sorted, but that the first number is not known yet.
    all: Vec<(u32, u32, Mention)>,
    /// (sort, former number, new number) of what was parted today.
    led: BTreeSet<(u8, u32, u32)>,
    at: usize,
    bytes: Vec<u8>,
}

impl<'r> Mentions<'r> {
    fn new(recalled: &'r Recalled<'r>) -> Self {
        let numbered = recalled.numbered.lock().expect("no thread panics with it");
        let (mut all, mut led) = (Vec::new(), BTreeSet::new());
        for (sort, (mentions, numbered)) in numbered.iter() {
            let (_, sort, _) = recalled.sorts[*sort];
            let parted = numbered.merged.iter().filter(|(_, to)| numbered.split.contains_key(to));
            led.extend(parted.map(|(from, to)| (sort, *from, *to)));
            all.extend(mentions.iter().map(|mention| {
                let number = numbered.numbers[mention.entity as usize];
                let part = mention.part.min(u16::MAX.into()) as u16;
                (
                    mention.table,
                    mention.record,
                    Mention { sort, part, sign: mention.sign, number, first: number },
                )
            }));
        }
        all.sort_unstable();
        Mentions { recalled, all, led, at: 0, bytes: Vec::new() }
    }

    fn of(&mut self, table: u32, record: u32) -> &[u8] {
        self.bytes.clear();
        let had: Vec<Mention> = self.recalled.had(table, record).collect();
        while let Some((t, r, mention)) =
            self.all.get(self.at).filter(|(t, r, _)| (*t, *r) <= (table, record))
        {
            if (*t, *r) == (table, record) {
                let before = same_mention(&had, mention.sort, mention.part.into(), mention.sign);
                // What is apart again begins anew: its former number leads to this one, so that both go
                // where it goes when it is joined and parted once more.
                let anew = |first: &u32| self.led.contains(&(mention.sort, *first, mention.number));
                let first = before.map(|before| before.first).filter(|first| !anew(first));
                let first = first.unwrap_or(mention.first);
                Mention { first, ..*mention }.put(&mut self.bytes);
            }
            self.at += 1;
        }
        &self.bytes
    }
}

fn entities(all: &Transaction, run: i64, recalled: &Recalled, dataset: &Dataset) -> rusqlite::Result<()> {
    let mut new = Bulk::new(all, "entities", &["sort", "number", "since", "said", "print"])?;
    let mut update = all.prepare(
        "UPDATE entities SET said = ?3, print = ?4, gone = NULL, leads_to = NULL WHERE sort = ?1 AND number = ?2",
    )?;
    let mut gone = all.prepare("UPDATE entities SET gone = ?3 WHERE sort = ?1 AND number = ?2")?;
    let mut lead =
        all.prepare("UPDATE entities SET leads_to = ?3, gone = ?4 WHERE sort = ?1 AND number = ?2")?;
    let numbered = recalled.numbered.lock().expect("no thread panics with it");
    for (at, table) in dataset.tables.iter().enumerate() {
        let (_, sort, _) = recalled.sorts[at];
        for (number, (text, print)) in table.numbers.iter().zip(all_said(table)) {
            match recalled.known.entities.get(&(sort, *number)) {
                None => new.insert(params![sort, number, run, text, print])?,
                Some(known) if known.gone || known.print != print => {
                    update.execute(params![sort, number, text, print]).map(|_| ())?;
                }
                Some(_) => {}
            }
        }
        new.finish()?;
        let merged = numbered.get(&at).map(|(_, numbered)| &numbered.merged);
        let is_here = |number: &u32| table.numbers.binary_search(number).is_ok();
        for number in recalled.known.live(sort).filter(|number| !is_here(number)) {
            gone.execute((sort, number, run))?;
        }
        for (from, to) in merged.into_iter().flatten() {
            lead.execute((sort, from, to, run))?;
        }
    }
    Ok(())
}

fn changes(all: &Transaction, run: i64, recalled: &Recalled, changes: &[Change]) -> rusqlite::Result<()> {
    let mut insert = all.prepare(
        "INSERT INTO changes (run, sort, number, what, name, old, new, file, sheet, cell)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for change in changes {
        let (sort, (file, sheet, cell)) = (recalled.sorts[change.sort].1, &change.at);
        let Change { number, column, old, new, .. } = change;
        let what = change.what.to_string();
        insert.execute(params![run, sort, number, what, column, old, new, file, sheet, cell])?;
    }
    Ok(())
}

fn cases(all: &Transaction, run: i64, cases: &[Case]) -> rusqlite::Result<()> {
    let mut insert = all.prepare(
        "INSERT INTO cases (code, run, row, part, sign, other_row, other_part, other_sign, left_id, right_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (code) DO UPDATE SET run = excluded.run, left_id = excluded.left_id, right_id = excluded.right_id",
    )?;
    for case in cases {
        let Case { code, one, other, ids } = case;
        insert.execute(params![
            code, run, one.row, one.part, one.sign, other.row, other.part, other.sign, ids.0, ids.1
        ])?;
    }
    Ok(())
}
