//! One merged column: the value of each entity, its cell, and what lost against it.

use collate_model::{Chosen, Conflict, EntityColumn, HistoryItem, TextId};
use rustc_hash::FxHashMap;

use super::candidate::{Candidate, Offered};
use super::choose::{self, Why};
use super::plan::{Plan, Taken};
use super::reader::Reader;
use crate::entities::{EntitySet, Member};
use crate::rows::Rows;

/// Members that are looked up together, at least: their records are far apart in memory, and the
/// processor then waits for many of them at a time, and not for one after the other.
const TOGETHER: usize = 64;

/// Merges a column.
pub fn merge(rows: &Rows, set: &EntitySet, plan: &Plan) -> EntityColumn {
    let mut offered = Offered::default();
    let readers: Vec<Option<Reader>> =
        rows.tables.iter().map(|view| Reader::new(rows, view, plan, &mut offered)).collect();
    let column = EntityColumn::new(&plan.name, &plan.title, plan.kind);
    if readers.iter().all(Option::is_none) {
        return column;
    }
    let mut merging = Merging {
        plan,
        offered,
        sentences: FxHashMap::default(),
        order: Vec::new(),
        losers: Vec::new(),
        column,
    };
    let look = |member: &Member| Some(readers[member.row.table as usize].as_ref()?.look(member.row.record));
    let (mut looked, mut ahead) = (Vec::new(), 0..0);
    let mut start = 0;
    for members in set.groups() {
        let end = start + members.len();
        if end > ahead.end {
            ahead = start..set.members.len().min(end.max(start + TOGETHER));
            looked.clear();
            looked.extend(set.members[ahead.clone()].iter().map(look));
        }
        merging.offered.found.clear();
        for (member, looked) in members.iter().zip(&looked[start - ahead.start..]) {
            if let (Some(reader), Some(looked)) = (&readers[member.row.table as usize], looked) {
                reader.offer(member, *looked, &mut merging.offered);
            }
        }
        start = end;
        if let Some((value, chosen)) = merging.choose(members[0].entity) {
            let column = &mut merging.column;
            if column.values.is_empty() {
                column.values = vec![0; set.count];
                column.chosen = vec![None; set.count];
            }
            let at = members[0].entity as usize;
            (column.values[at], column.chosen[at]) = (value, Some(chosen));
        }
    }
    EntityColumn { texts: merging.offered.pool.into_texts(), ..merging.column }
}

struct Merging<'a> {
    plan: &'a Plan,
    offered: Offered,
    /// The texts of the reasons given so far.
    sentences: FxHashMap<Why, TextId>,
    /// Room to count in.
    order: Vec<u32>,
    /// The best candidates of the values that lost.
    losers: Vec<u32>,
    column: EntityColumn,
}

impl Merging<'_> {
    /// The value of an entity from what was offered for it; nothing if that was nothing.
    fn choose(&mut self, entity: u32) -> Option<(TextId, Chosen)> {
        choose::count_agreeing(&mut self.offered.found, &mut self.order);
        let best = choose::best(&self.offered.found)?;
        Some(match self.plan.taken {
            Taken::All => self.all(),
            Taken::Best => self.best(entity, best),
        })
    }

    /// Every distinct value, in the order of the rows.
    fn all(&mut self) -> (TextId, Chosen) {
        let Offered { pool, parts, found, scratch } = &mut self.offered;
        let mut distinct: Vec<TextId> = Vec::new();
        for candidate in found.iter() {
            let (start, end) = candidate.offer.parts;
            let parts = &parts[start as usize..end as usize];
            let parts = if parts.is_empty() { std::slice::from_ref(&candidate.offer.text) } else { parts };
            for part in parts {
                if *part != 0 && !distinct.contains(part) {
                    distinct.push(*part);
                }
            }
        }
        scratch.clear();
        for (i, part) in distinct.iter().enumerate() {
            scratch.push_str(if i == 0 { "" } else { "; " });
            scratch.push_str(pool.get(*part));
        }
        let value = pool.intern(scratch);
        let why = if distinct.len() > 1 { Why::AllKept } else { Why::Only };
        (value, self.chosen(0, why))
    }

    /// The best value; the others become conflicts, or history.
    fn best(&mut self, entity: u32, best: usize) -> (TextId, Chosen) {
        let found = &self.offered.found;
        choose::losers(found, best, &mut self.losers);
        let why = choose::why(found, best, &self.losers);
        if self.plan.history {
            let item = |candidate: &Candidate| HistoryItem {
                entity,
                value: candidate.offer.text,
                date: candidate.as_at,
                at: candidate.origin,
            };
            self.column.history.extend(choose::over_time(found).iter().map(|i| item(&found[*i])));
        } else {
            let conflict = |candidate: &Candidate| Conflict {
                entity,
                other: candidate.offer.text,
                other_at: candidate.origin,
            };
            self.column.conflicts.extend(self.losers.iter().map(|i| conflict(&found[*i as usize])));
        }
        (found[best].offer.text, self.chosen(best, why))
    }

    fn chosen(&mut self, candidate: usize, why: Why) -> Chosen {
        let Offered { pool, found, .. } = &mut self.offered;
        let Candidate { offer, origin, .. } = found[candidate];
        let why = *self.sentences.entry(why).or_insert_with(|| pool.intern(&why.to_string()));
        Chosen { origin, raw: offer.raw, why }
    }
}
