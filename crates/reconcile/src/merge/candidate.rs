//! The values that the rows of an entity offer for one merged column.

use collate_model::{Cleaned, Date, Origin, Pool, TextId};

use crate::shown::Validity;

/// What a cell offers: a value, and what it was made of.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// The value as published.
    pub text: TextId,
    /// The single values in it: start and end of a stretch of [`Offered::parts`]; none where it is
    /// one value.
    pub parts: (u32, u32),
    /// The cell's original text.
    pub raw: TextId,
    /// Whether it is what the field asks for.
    pub validity: Validity,
}

/// An offer of one row of an entity.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// What its cell offers.
    pub offer: Offer,
    /// The cell.
    pub origin: Origin,
    /// The row also has the child's id: its keeper had the record open.
    pub identified: bool,
    /// Its tracker owns the field.
    pub owner: bool,
    /// When it was true.
    pub as_at: Option<Date>,
    /// How many candidates have the same text.
    pub agreeing: u32,
    /// The first candidate that has the same text.
    pub first: u32,
}

/// What was offered for a column.
#[derive(Default)]
pub struct Offered {
    /// All texts of the column.
    pub pool: Pool,
    /// Single values of cells that hold several.
    pub parts: Vec<TextId>,
    /// The candidates of one entity.
    pub found: Vec<Candidate>,
    /// What a text is put together in.
    pub scratch: String,
}

impl Offered {
    /// An offer of what stands in the scratch.
    pub fn scratch(&mut self, cell: &Cleaned, validity: Validity) -> Offer {
        let text = self.pool.intern(&self.scratch);
        Offer { text, parts: (0, 0), raw: self.raw(cell, text), validity }
    }

    /// An offer of a single value.
    pub fn text(&mut self, text: &str, cell: &Cleaned, validity: Validity) -> Offer {
        let text = self.pool.intern(text);
        Offer { text, parts: (0, 0), raw: self.raw(cell, text), validity }
    }

    /// The original text of a cell that offers this text: mostly the same. No other cell of the table
    /// has it, so it is not looked for.
    pub fn raw(&mut self, cell: &Cleaned, text: TextId) -> TextId {
        if self.pool.get(text) == &*cell.raw { text } else { self.pool.add(&cell.raw) }
    }
}
