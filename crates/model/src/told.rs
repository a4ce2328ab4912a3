//! What persons decided, as the stages take it.

/// A child that a record mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    /// Index of the table.
    pub table: u32,
    /// Index of the record in the table.
    pub record: u32,
    /// Which of the children of the row, from 1.
    pub part: u32,
    /// A hash of its forenames, by which it is found where the parts were put in another order; 0
    /// where they are not known.
    pub sign: u32,
}

/// What is the right value of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightValue {
    /// The number of the decision.
    pub decision: i64,
    /// A row of the entity.
    pub who: Who,
    /// The entity's sort.
    pub sort: usize,
    /// Name of the column.
    pub column: String,
    /// The value, as it is published.
    pub value: String,
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Pairs that are one child.
    pub same: Vec<(Who, Who)>,
    /// Pairs that are two.
    pub different: Vec<(Who, Who)>,
    /// Values that are right.
    pub values: Vec<RightValue>,
}
