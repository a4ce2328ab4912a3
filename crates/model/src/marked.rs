//! What a person sees on a row beside its values, as it is kept with the merged data.

use crate::SourceId;

/// A sort of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkSort {
    /// The sheet is hidden.
    HiddenSheet,
    /// The column is hidden.
    HiddenColumn,
    /// The row is hidden, or a filter hides it.
    HiddenRow,
    /// The text is struck through, of a row or of one cell: to many it means closed.
    Struck,
    /// A note or comment on a cell.
    Comment,
}

/// A mark on a sheet, a row, a column or a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marked {
    /// The sheet.
    pub source: SourceId,
    /// Row as a spreadsheet shows it; 0 for a whole sheet or column.
    pub row: u32,
    /// Column from 0; `None` for a whole sheet or row.
    pub col: Option<u32>,
    /// What it is.
    pub sort: MarkSort,
    /// The comment's text; empty for all else.
    pub text: String,
}
