//! The register and the rows of today: which is which, what was decided of them, and the numbers of
//! their entities.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use collate_model::{CleanTable, EntityDef, Kinds, Mentioned, Numbering, RightValue, Told, Who};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::decision::{Decision, Place, What};
use crate::load::Known;
use crate::mention::Mention;
use crate::number::{Numbered, Vote, number};
use crate::print::{Print, Prints};
use crate::recall::{Today, recall};
use crate::store::Register;

/// The rows of today, as far as the register knows them.
pub struct Recalled<'r> {
    pub(crate) known: &'r Known,
    /// The sorts of entities, with the number and the next number of each in the register.
    pub(crate) sorts: Vec<(EntityDef, u8, u32)>,
    /// File and sheet of each table.
    pub(crate) sheets: Vec<(String, String)>,
    pub(crate) prints: Vec<Prints>,
    /// The row of each record of each table, and where it is among those that are known.
    pub(crate) rows: Vec<Vec<(i64, Option<u32>)>>,
    /// The row number of each record, as a spreadsheet shows it.
    pub(crate) numbers: Vec<Vec<u32>>,
    /// Rows that are there and were left out.
    pub(crate) left_out: BTreeMap<i64, LeftOut>,
    pub(crate) numbered: Mutex<BTreeMap<usize, (Vec<Mentioned>, Numbered)>>,
    /// Where each row is, once anything was decided.
    places: FxHashMap<i64, (u32, u32)>,
}

/// A row that is there and was left out: it is still to be known again tomorrow.
pub(crate) struct LeftOut {
    /// Where it is among the rows that are known.
    pub index: Option<u32>,
    /// Its table.
    pub table: u32,
    /// Row as a spreadsheet shows it.
    pub number: u32,
    /// Its fingerprint, in the form in which it is kept.
    pub content: u64,
    pub prints: Vec<u8>,
}

/// What was decided and can't be followed.
pub struct Unfollowed {
    /// The decision's number.
    pub decision: i64,
    /// Why, in plain English.
    pub why: &'static str,
}

impl Register {
    /// Finds the rows of these tables again.
    pub fn recall(&self, tables: &[CleanTable], kinds: &Kinds) -> Recalled<'_> {
        let known = &self.known;
        let prints: Vec<Prints> = tables.par_iter().map(|table| Prints::of(table, kinds)).collect();
        let today = tables.iter().zip(&prints).map(|(table, prints)| {
            let source = known.sources.get(&(table.file.clone(), table.sheet.clone())).copied();
            Today { source, numbers: &table.rows, prints }
        });
        let today: Vec<Today> = today.collect();
        let found = recall(&known.rows, &today);
        let mut next = known.next_row;
        let mut row = |index: Option<u32>| {
            let row = index.map_or(next, |index| known.rows.rows[index as usize].row);
            next += i64::from(index.is_none());
            (row, index)
        };
        let rows = found.into_iter().map(|of_table| of_table.into_iter().map(&mut row).collect()).collect();
        let (mut sorts, mut fresh) = (Vec::new(), 0);
        for def in &kinds.entities {
            let (sort, next) = known.sort(&def.name, fresh);
            fresh += usize::from(!known.sorts.contains_key(&def.name));
            sorts.push((def.clone(), sort, next));
        }
        Recalled {
            known,
            sorts,
            sheets: tables.iter().map(|table| (table.file.clone(), table.sheet.clone())).collect(),
            numbers: tables.iter().map(|table| table.rows.clone()).collect(),
            prints,
            rows,
            left_out: BTreeMap::new(),
            numbered: Mutex::default(),
            places: FxHashMap::default(),
        }
    }
}

impl Recalled<'_> {
    /// The records of each table that a person left out; the tables, without them, are what goes on.
    /// From here on the records are numbered as in those.
    pub fn leave_out(&mut self, decisions: &[Decision]) -> Vec<Vec<u32>> {
        let mut out = vec![Vec::new(); self.rows.len()];
        if decisions.is_empty() {
            return out;
        }
        self.find_places();
        for decision in decisions.iter().filter(|d| d.is_in_force() && d.what == What::LeaveOut) {
            if let Some((table, record)) = self.places.get(&decision.place.row).copied() {
                out[table as usize].push(record);
                let (row, at, mut prints) = (decision.place.row, record as usize, Vec::new());
                let (number, print) = (self.numbers[table as usize][at], self.print(table, record));
                print.put(&mut prints);
                let (index, content) = (self.rows[table as usize][at].1, print.content);
                self.left_out.insert(row, LeftOut { index, table, number, content, prints });
            }
        }
        for (table, records) in out.iter_mut().enumerate().filter(|(_, records)| !records.is_empty()) {
            records.sort_unstable();
            records.dedup();
            let keep = |record: &usize| records.binary_search(&(*record as u32)).is_err();
            let kept: Vec<usize> = (0..self.rows[table].len()).filter(keep).collect();
            let mut prints = Prints::default();
            for record in &kept {
                let (print, mut bytes) = (self.prints[table].get(*record), Vec::new());
                print.put(&mut bytes);
                prints.push(print.content, &bytes);
            }
            self.prints[table] = prints;
            self.rows[table] = kept.iter().map(|record| self.rows[table][*record]).collect();
            self.numbers[table] = kept.iter().map(|record| self.numbers[table][*record]).collect();
        }
        self.find_places();
        out
    }

    fn find_places(&mut self) {
        self.places.clear();
        for (table, rows) in (0..).zip(&self.rows) {
            self.places.extend(rows.iter().zip(0..).map(|((row, _), record)| (*row, (table, record))));
        }
    }

    /// What persons decided, of the rows that are there; and the decisions that can't be followed.
    pub fn told(&self, decisions: &[Decision]) -> (Told, Vec<Unfollowed>) {
        let (mut told, mut unfollowed) = (Told::default(), Vec::new());
        let mut same: Vec<(&Decision, (Who, Who))> = Vec::new();
        for decision in decisions.iter().filter(|decision| decision.is_in_force()) {
            let mut not = |why| unfollowed.push(Unfollowed { decision: decision.decision, why });
            let one = self.who(&decision.place);
            match &decision.what {
                What::LeaveOut if self.left_out.contains_key(&decision.place.row) => {}
                What::LeaveOut => not("the row is not there any more"),
                What::Value { sort, column, value } => {
                    let sort = self.sorts.iter().position(|(_, number, _)| *number == *sort);
                    match (one, sort) {
                        (Some(who), Some(sort)) => told.values.push(RightValue {
                            decision: decision.decision,
                            who,
                            sort,
                            column: column.clone(),
                            value: value.clone(),
                        }),
                        _ => not("the row is not there any more"),
                    }
                }
                What::Same(other) | What::Different(other) | What::Unsure(other) => {
                    match (one, self.who(other), &decision.what) {
                        (_, _, What::Unsure(_)) => {}
                        (Some(one), Some(other), What::Different(_)) => told.different.push((one, other)),
                        (Some(one), Some(other), _) => same.push((decision, (one, other))),
                        _ => not("one of its rows is not there any more"),
                    }
                }
            }
        }
        // Later decisions first: of those that can't all hold, two people stay two, and what was said
        // last of the others holds.
        let mut groups = Groups::default();
        for (decision, (one, other)) in same.into_iter().rev() {
            if groups.would_join(&told.different, one, other) {
                unfollowed.push(Unfollowed {
                    decision: decision.decision,
                    why: "it contradicts others, which say that the two are different children",
                });
            } else {
                groups.join(one, other);
                told.same.push((one, other));
            }
        }
        told.same.reverse();
        unfollowed.sort_by_key(|unfollowed| unfollowed.decision);
        (told, unfollowed)
    }

    /// The mention that a decision speaks of, where its row is there.
    fn who(&self, place: &Place) -> Option<Who> {
        let (table, record) = *self.places.get(&place.row)?;
        Some(Who { table, record, part: place.part, sign: place.sign })
    }

    /// How many of the rows that a file had in the last run were found again, wherever they are now, and
    /// how many it had.
    pub fn found_of(&self, file: &str) -> (usize, usize) {
        let sources: BTreeSet<i64> =
            self.known.sources.iter().filter(|((of, _), _)| of == file).map(|(_, source)| *source).collect();
        let there = self.rows.iter().flatten().map(|(row, _)| row).chain(self.left_out.keys());
        let found: BTreeSet<i64> = there.copied().collect();
        let had = self.known.rows.rows.iter().filter(|row| !row.gone && sources.contains(&row.source));
        had.fold((0, 0), |(here, all), row| (here + usize::from(found.contains(&row.row)), all + 1))
    }

    /// The row of a record, in the register.
    pub(crate) fn row(&self, table: u32, record: u32) -> i64 {
        self.rows[table as usize][record as usize].0
    }

    pub(crate) fn print(&self, table: u32, record: u32) -> Print<'_> {
        self.prints[table as usize].get(record as usize)
    }

    /// The mentions that the register has of a record.
    pub(crate) fn had(&self, table: u32, record: u32) -> impl Iterator<Item = Mention> + '_ {
        let index = self.rows[table as usize][record as usize].1;
        index.into_iter().flat_map(|index| Mention::all(&self.known.mentions[index as usize]))
    }
}

/// Of the mentions that a row had, the one that a mention of today is: of the same forename, or else in
/// the same place, if no other is of that forename.
pub(crate) fn same_mention(had: &[Mention], sort: u8, part: u32, sign: u32) -> Option<Mention> {
    let of_sort = || had.iter().filter(move |mention| mention.sort == sort);
    let signed = of_sort().find(|mention| sign != 0 && mention.sign == sign);
    signed.or_else(|| of_sort().find(|mention| u32::from(mention.part) == part)).copied()
}

impl Numbering for Recalled<'_> {
    fn numbers(&self, sort: usize, mentions: Vec<Mentioned>, count: usize) -> Vec<u32> {
        let (_, of_register, next) = self.sorts[sort];
        if self.known.rows.rows.is_empty() {
            return self.keep(sort, mentions, number(&[], count, next, &BTreeSet::new()));
        }
        let mut taken: BTreeSet<(i64, u16)> = BTreeSet::new();
        let mut votes = Vec::with_capacity(mentions.len());
        // Those of the same forename first, so that no other takes their place.
        let mut order: Vec<&Mentioned> = mentions.iter().collect();
        let signed = |mention: &Mentioned| {
            mention.sign != 0
                && self
                    .had(mention.table, mention.record)
                    .any(|had| had.sort == of_register && had.sign == mention.sign)
        };
        order.sort_by_cached_key(|mention| (!signed(mention), mention.table, mention.record, mention.part));
        for mention in order {
            let row = self.rows[mention.table as usize][mention.record as usize];
            let had: Vec<Mention> = self.had(mention.table, mention.record).collect();
            let found = same_mention(&had, of_register, mention.part, mention.sign)
                .filter(|found| taken.insert((row.0, found.part)));
            votes.push(Vote {
                entity: mention.entity,
                row: row.1.map(|_| row.0),
                had: found.map(|found| (found.number, found.first)),
            });
        }
        let numbered = number(&votes, count, next, &self.known.retired(of_register));
        self.keep(sort, mentions, numbered)
    }
}

impl Recalled<'_> {
    fn keep(&self, sort: usize, mentions: Vec<Mentioned>, numbered: Numbered) -> Vec<u32> {
        let numbers = numbered.numbers.clone();
        let mut all = self.numbered.lock().expect("no thread panics with it");
        all.insert(sort, (mentions, numbered));
        numbers
    }
}

/// Children that were said to be one.
#[derive(Default)]
struct Groups {
    of: BTreeMap<Who, usize>,
    members: Vec<Vec<Who>>,
}

impl Groups {
    fn group(&mut self, who: Who) -> usize {
        if let Some(group) = self.of.get(&who) {
            return *group;
        }
        self.members.push(vec![who]);
        self.of.insert(who, self.members.len() - 1);
        self.members.len() - 1
    }

    fn join(&mut self, one: Who, other: Who) {
        let (one, other) = (self.group(one), self.group(other));
        if one != other {
            let moved = std::mem::take(&mut self.members[other]);
            moved.iter().for_each(|who| *self.of.get_mut(who).expect("a member") = one);
            self.members[one].extend(moved);
        }
    }

    /// To join the two would join two who were said to be different.
    fn would_join(&mut self, different: &[(Who, Who)], one: Who, other: Who) -> bool {
        let (one, other) = (self.group(one), self.group(other));
        let (ones, others) = (&self.members[one], &self.members[other]);
        different
            .iter()
            .any(|(x, y)| ones.contains(x) && others.contains(y) || ones.contains(y) && others.contains(x))
    }
}
