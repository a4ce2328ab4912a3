//! Who is mentioned where, for whoever gives entities ids that last.

/// One mention of an entity in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mentioned {
    /// Index of the table.
    pub table: u32,
    /// Index of the record in the table.
    pub record: u32,
    /// Which of the children of the row, from 1; 1 for every other entity.
    pub part: u32,
    /// A hash of what tells the children of a row apart, their forenames; 0 where there is none.
    pub sign: u32,
    /// The entity, as numbered in this run.
    pub entity: u32,
}

/// Gives the entities of a run numbers that last from run to run.
pub trait Numbering: Sync {
    /// The numbers of the `count` entities of a sort, of which these are all mentions, in the order of
    /// the entities. No two may have the same.
    fn numbers(&self, sort: usize, mentions: Vec<Mentioned>, count: usize) -> Vec<u32>;
}

/// Numbers the entities of a run from 1, in the order of their first rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct InOrder;

impl Numbering for InOrder {
    fn numbers(&self, _: usize, _: Vec<Mentioned>, count: usize) -> Vec<u32> {
        (1..=count as u32).collect()
    }
}
