//! The distinct texts of a column, numbered as they first come.

use collate_model::{CellKind, Seen, Table, Texts};

/// Texts that are looked up together.
const ASKED: usize = 32;

/// The distinct texts of a column. They are copied one after the other: where they stand in the file, no two
/// of them are near each other, and each is looked at once for every record that has it.
pub(crate) struct Distinct {
    texts: Texts,
    /// What the file said that each is.
    kinds: Vec<CellKind>,
    /// For each record the number of its own; 0 is the empty one.
    pub(crate) ids: Vec<u32>,
}

impl Distinct {
    /// Of this column. The same text as a number and as text is two, as `44347` may be a date only in a
    /// number cell.
    pub(crate) fn of(table: &Table, column: usize) -> Self {
        let (mut texts, mut kinds) = (Texts::default(), vec![CellKind::Empty]);
        let mut seen = Seen::new();
        let _ = seen.number("", |_| true);
        let mut ids = Vec::with_capacity(table.rows.len());
        let (mut cells, mut asked, mut guesses) = (table.column(column), Vec::new(), Vec::new());
        loop {
            asked.clear();
            asked.extend(cells.by_ref().take(ASKED).map(|cell| {
                let text = table.text_of(cell);
                (Seen::hash(text), cell.kind(), text)
            }));
            if asked.is_empty() {
                return Distinct { texts, kinds, ids };
            }
            guesses.clear();
            guesses.extend(asked.iter().map(|(hash, ..)| seen.guess(*hash)));
            for ((hash, kind, text), guess) in asked.iter().zip(&guesses) {
                let same = |number: u32| {
                    texts.get(number) == *text && (kinds[number as usize] == *kind || number == 0)
                };
                let right = guess.filter(|number| same(*number));
                let found = right.map_or_else(|| seen.number_of(*hash, same), Ok);
                ids.push(found.unwrap_or_else(|new| {
                    texts.add(text);
                    kinds.push(*kind);
                    new
                }));
            }
        }
    }

    /// The texts, by number.
    pub(crate) fn texts(&self) -> Vec<(&str, CellKind)> {
        (0..).zip(&self.kinds).map(|(number, kind)| (self.texts.get(number), *kind)).collect()
    }
}
