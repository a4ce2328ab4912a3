//! Who is named together with a child: the forenames of brothers and sisters.
//!
//! `SMITH, Ava; SMITH, Leo` in one cell says little of who Ava Smith is. That a list elsewhere
//! has an Ava Smith at one postcode with a Leo Smith says a lot: of two children called Ava Smith
//! it is she whose brother is called Leo.

use collate_link::{Column, FieldKind, Records};
use rustc_hash::FxHashSet;

/// More children than this in one group are a mistyped number or a children's home, not a family.
const LARGEST_FAMILY: usize = 40;

/// The column of relatives' forenames: of those named in the same row, under the same case or
/// family number, or, in a source that has each child once, under the same surname and postcode.
/// `rows` has one number per row.
pub fn column(records: &Records, rows: &[u32]) -> Option<Column> {
    let columns = records.columns();
    let of_kind = |kind| columns.iter().find(|c| c.kind == kind);
    let (forename, surname) = (of_kind(FieldKind::Forename)?, of_kind(FieldKind::Surname));
    let first_names = FirstNames::new(forename);
    let mut known: Vec<u64> = Vec::new();
    let mut gather = |mut keyed: Vec<(u64, u32)>| {
        keyed.sort_unstable();
        for family in keyed.chunk_by(|x, y| x.0 == y.0).filter(|f| (2..=LARGEST_FAMILY).contains(&f.len())) {
            for (_, record) in family {
                let own = first_names.of(*record);
                for name in family.iter().flat_map(|(_, other)| first_names.of(*other)) {
                    if !own.contains(name) {
                        known.push(u64::from(*record) << 32 | u64::from(*name));
                    }
                }
            }
        }
    };
    let all = || 0..records.len() as u32;
    gather(all().map(|r| (u64::from(rows[r as usize]), r)).collect());
    for column in columns.iter().filter(|c| c.kind == FieldKind::Reference) {
        gather(all().flat_map(|r| column.ids(r).iter().map(move |id| (u64::from(*id), r))).collect());
    }
    if let (Some(surname), Some(postcode)) = (surname, of_kind(FieldKind::Postcode)) {
        for source in distinct_sources(records) {
            let homes = all().filter(|r| records.source(*r) == source).filter_map(|r| {
                let (name, place) = (surname.ids(r).first()?, postcode.ids(r).first()?);
                Some((u64::from(*name) << 32 | u64::from(*place), r))
            });
            gather(homes.collect());
        }
    }
    if known.is_empty() {
        return None;
    }
    known.sort_unstable();
    known.dedup();
    Some(first_names.into_column(&known, records.len()))
}

/// The sources that have each child once.
fn distinct_sources(records: &Records) -> Vec<u32> {
    let mut sources: Vec<u32> = (0..records.len() as u32)
        .filter(|r| records.same_distinct_source(*r, *r))
        .map(|r| records.source(r))
        .collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

/// The first of each record's forenames, interned.
struct FirstNames {
    names: Vec<Box<str>>,
    ends: Vec<u32>,
    ids: Vec<u32>,
}

impl FirstNames {
    fn new(forename: &Column) -> Self {
        let first = |text: &str| text.split(' ').next().filter(|name| name.len() > 1).map(str::to_owned);
        let names = Column::from_texts("", FieldKind::Set, forename.values().iter().map(|v| first(v)));
        let (mut ends, mut ids) = (Vec::with_capacity(forename.len()), Vec::new());
        for record in 0..forename.len() as u32 {
            ids.extend(forename.ids(record).iter().flat_map(|value| names.ids(*value)));
            ends.push(ids.len() as u32);
        }
        FirstNames { names: names.values().to_vec(), ends, ids }
    }

    fn of(&self, record: u32) -> &[u32] {
        let record = record as usize;
        let start = if record == 0 { 0 } else { self.ends[record - 1] };
        &self.ids[start as usize..self.ends[record] as usize]
    }

    /// The column of (record, name) pairs, sorted and each there once.
    fn into_column(self, known: &[u64], records: usize) -> Column {
        let used: FxHashSet<u32> = known.iter().map(|pair| *pair as u32).collect();
        let mut new_ids = vec![0; self.names.len()];
        let mut values = Vec::with_capacity(used.len());
        for (id, name) in self.names.into_iter().enumerate().filter(|(id, _)| used.contains(&(*id as u32))) {
            new_ids[id] = values.len() as u32;
            values.push(name);
        }
        let mut ends = vec![0u32; records];
        for pair in known {
            ends[(pair >> 32) as usize] += 1;
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        let ids = known.iter().map(|pair| new_ids[*pair as u32 as usize]).collect();
        Column::from_ids("relatives", FieldKind::Set, values, ends, ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (forename, surname, postcode, case number), source, row.
    type Child = ([&'static str; 4], u32, u32);

    #[test]
    fn relatives_are_who_is_named_together_or_lives_together() {
        let children: [Child; 8] = [
            // Two in one cell, and one of them again in another row under the same case.
            (["ava rose", "smith", "", "WB21C1"], 0, 0),
            (["leo", "smith", "", "WB21C1"], 0, 0),
            (["ava", "smith", "", "WB21C1"], 0, 1),
            // A list that has each child once: by surname and postcode.
            (["ava", "smith", "AB1 2CD", ""], 1, 2),
            (["tom", "smith", "AB1 2CD", ""], 1, 3),
            (["zoe", "jones", "AB1 2CD", ""], 1, 4),
            // A list that may have a child twice says nothing by that.
            (["kim", "smith", "AB1 2CD", ""], 2, 5),
            (["tim", "smith", "AB1 2CD", ""], 2, 6),
        ];
        let column = |name, kind, c: usize| {
            Column::from_texts(name, kind, children.iter().map(|(child, ..)| [child[c]]))
        };
        let records = Records::new(children.len())
            .with(column("forename", FieldKind::Forename, 0))
            .with(column("surname", FieldKind::Surname, 1))
            .with(column("postcode", FieldKind::Postcode, 2))
            .with(column("case number", FieldKind::Reference, 3))
            .from_sources(children.iter().map(|(_, source, _)| *source).collect(), vec![true, true, false]);
        let rows: Vec<u32> = children.iter().map(|(.., row)| *row).collect();
        let relatives = super::column(&records, &rows).unwrap();
        let of = |child: u32| -> Vec<&str> {
            relatives.ids(child).iter().map(|id| &*relatives.values()[*id as usize]).collect()
        };
        for (child, expected) in [
            (0, &["leo"][..]),
            (1, &["ava"]),
            (2, &["leo"]),
            (3, &["tom"]),
            (4, &["ava"]),
            (5, &[]),
            (6, &[]),
            (7, &[]),
        ] {
            assert_eq!(of(child), expected, "{child}");
        }
    }

    #[test]
    fn where_nobody_has_relatives_there_is_no_column() {
        let forename = Column::from_texts("forename", FieldKind::Forename, [["ava"], ["leo"]]);
        assert!(column(&Records::new(2).with(forename), &[0, 1]).is_none());
    }
}
