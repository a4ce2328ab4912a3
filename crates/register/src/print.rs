//! Fingerprints of records: what the cells of a row say, whatever sheet, row and order they stand in.
//!
//! A hash of 64 bits tells whether two records say the same; hashes of 32 bits of the single cells
//! tell how much two records share where they do not. No hash depends on the machine, on headings or
//! on where a cell stands, so that a row is known again after it was moved, sorted or copied, and
//! after a column was renamed.

use std::ops::Range;

use collate_model::{CleanColumn, CleanTable, Cleaned, HASH_OF_NOTHING, Kinds, lasting_hash as hash};
use rayon::prelude::*;

/// The fields that say whom a record is of.
const IDENTITY: [&str; 9] = [
    "child_name",
    "forename",
    "middle_name",
    "surname",
    "dob",
    "expected_dob",
    "child_id",
    "nhs_number",
    "upn",
];

/// Records in one piece of [`Prints`]: pieces are made side by side, and none has to grow to a size at
/// which it is moved.
const PIECE: usize = 1 << 14;

/// Records of which the hashes are fetched together, column by column: where they stand has no order, and
/// memory answers many questions in the time of one, if none has to wait for the answer to another.
const FETCHED: usize = 128;

/// The fingerprints of the records of one table.
#[derive(Debug, Clone, Default)]
pub struct Prints {
    /// All but the last are full.
    pieces: Vec<Piece>,
}

/// The fingerprints of some records, one after the other.
#[derive(Debug, Clone, Default)]
struct Piece {
    content: Vec<u64>,
    hashes: Vec<u32>,
    /// Where the cells of each record end in `hashes`, and where its words of identity end.
    ends: Vec<(u32, u32)>,
}

/// The fingerprint of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print<'a> {
    /// What all its cells say, in whatever order.
    pub content: u64,
    /// Its cells, sorted.
    pub cells: &'a [u32],
    /// The words that say whom it is of, sorted.
    pub identity: &'a [u32],
}

impl Prints {
    /// Takes them of a table.
    pub fn of(table: &CleanTable, kinds: &Kinds) -> Self {
        let kind = kinds.kind(&table.kind);
        let says_who = |column: &CleanColumn| {
            let field = column.field.and_then(|field| Some(kind?.fields[field].name.as_str()));
            field.is_some_and(|field| IDENTITY.contains(&field))
        };
        let columns =
            table.columns.par_iter().with_max_len(1).map(|column| Hashes::of(column, says_who(column)));
        let columns: Vec<Hashes> = columns.collect();
        let records = table.rows.len();
        let piece = |i| Piece::of(i * PIECE..records.min((i + 1) * PIECE), &columns);
        Prints { pieces: (0..records.div_ceil(PIECE)).into_par_iter().map(piece).collect() }
    }

    /// That of a record.
    pub fn get(&self, record: usize) -> Print<'_> {
        self.pieces[record / PIECE].get(record % PIECE)
    }

    /// Adds one that was kept.
    pub(crate) fn push(&mut self, content: u64, bytes: &[u8]) {
        if self.pieces.last().is_none_or(|piece| piece.content.len() == PIECE) {
            self.pieces.push(Piece::default());
        }
        let last = self.pieces.len() - 1;
        self.pieces[last].push(content, bytes);
    }
}

impl Piece {
    fn of(records: Range<usize>, columns: &[Hashes]) -> Self {
        let mut piece = Piece::default();
        let (mut cells, mut words): (Vec<Vec<u64>>, Vec<Vec<&[u32]>>) =
            (vec![Vec::new(); columns.len()], vec![Vec::new(); columns.len()]);
        for first in records.clone().step_by(FETCHED) {
            let fetched = first..records.end.min(first + FETCHED);
            for (column, (cells, words)) in columns.iter().zip(cells.iter_mut().zip(&mut words)) {
                column.fetch(fetched.clone(), cells, words);
            }
            for record in 0..fetched.len() {
                let cells = cells.iter().map(|of| of[record]);
                let words = words.iter().filter_map(|of| of.get(record));
                piece.add(cells.filter(|cell| *cell != HASH_OF_NOTHING), words);
            }
        }
        piece.hashes.shrink_to_fit();
        piece
    }

    /// Adds a record of these cells and words, each column's.
    fn add<'a>(&mut self, cells: impl Iterator<Item = u64>, words: impl Iterator<Item = &'a &'a [u32]>) {
        let start = self.hashes.len();
        let mut content = 0u64;
        for cell in cells {
            // A sum, so that the order of the columns does not matter.
            content = content.wrapping_add(mixed(cell));
            self.hashes.push(cell as u32);
        }
        self.hashes[start..].sort_unstable();
        let middle = self.hashes.len();
        words.for_each(|words| self.hashes.extend_from_slice(words));
        self.hashes[middle..].sort_unstable();
        self.content.push(content);
        self.ends.push((middle as u32, self.hashes.len() as u32));
    }

    fn get(&self, record: usize) -> Print<'_> {
        let start = if record == 0 { 0 } else { self.ends[record - 1].1 as usize };
        let (middle, end) = self.ends[record];
        Print {
            content: self.content[record],
            cells: &self.hashes[start..middle as usize],
            identity: &self.hashes[middle as usize..end as usize],
        }
    }

    fn push(&mut self, content: u64, bytes: &[u8]) {
        let numbers =
            bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let mut numbers = numbers.clone();
        let cells = numbers.next().unwrap_or(0) as usize;
        let start = self.hashes.len();
        self.hashes.extend(numbers);
        let end = self.hashes.len();
        self.content.push(content);
        self.ends.push(((start + cells).min(end) as u32, end as u32));
    }
}

/// What the values of a column come to, each distinct one once.
struct Hashes<'a> {
    ids: &'a [u32],
    /// By distinct value.
    cells: Vec<u64>,
    /// The words of all values one after the other, and where those of each value end; nothing where
    /// the column does not say whom a record is of.
    words: Vec<u32>,
    ends: Vec<u32>,
}

impl<'a> Hashes<'a> {
    fn of(column: &'a CleanColumn, says_who: bool) -> Self {
        let cell = |folded: &mut String, value: &Cleaned| {
            fold(&value.raw, folded);
            hash(folded)
        };
        let cells = column.values.par_iter().with_min_len(PIECE).map_init(String::new, cell).collect();
        let mut hashes = Hashes { ids: &column.ids, cells, words: Vec::new(), ends: Vec::new() };
        let mut folded = String::new();
        for value in column.values.iter().filter(|_| says_who) {
            fold(&value.raw, &mut folded);
            hashes.words.extend(words(&folded));
            hashes.ends.push(hashes.words.len() as u32);
        }
        hashes
    }

    /// Puts the hashes of the cells of these records in the place of others, and those of their words, if it
    /// has any.
    fn fetch<'h>(&'h self, records: Range<usize>, cells: &mut Vec<u64>, words: &mut Vec<&'h [u32]>) {
        let ids = self.ids[records].iter().map(|id| *id as usize);
        cells.clear();
        cells.extend(ids.clone().map(|id| self.cells[id]));
        words.clear();
        if !self.ends.is_empty() {
            let start = |id: usize| id.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
            words.extend(ids.map(|id| &self.words[start(id)..self.ends[id] as usize]));
        }
    }
}

impl Print<'_> {
    /// Appends it in the form in which it is kept: the number of cells, their hashes, those of words.
    pub(crate) fn put(&self, bytes: &mut Vec<u8>) {
        let all = self.cells.iter().chain(self.identity);
        bytes.extend((self.cells.len() as u32).to_le_bytes());
        all.for_each(|hash| bytes.extend(hash.to_le_bytes()));
    }
}

/// Spreads the bits, so that sums of hashes of like texts are not alike.
pub(crate) fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Makes `folded` the text in lower case, one space between words, none at the ends; numbers and days as a
/// spreadsheet program leaves them alike.
fn fold(text: &str, folded: &mut String) {
    fold_words(text, folded);
    if let Some(alike) = alike(folded) {
        *folded = alike;
    }
}

/// What a spreadsheet program may make of a text when it opens and saves a text file: `0012345` is `12345`,
/// `05/02/2021` is `2021-02-05`. Which of the two is the month does not matter here.
fn alike(folded: &str) -> Option<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if folded.len() > 1 && folded.starts_with('0') && is_number(folded) {
        let trimmed = folded.trim_start_matches('0');
        return Some(if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() });
    }
    if !folded.starts_with(|c: char| c.is_ascii_digit()) || folded.len() > "2021-02-05t00:00:00".len() {
        return None;
    }
    let day = folded.strip_suffix("00:00:00").map_or(folded, |day| day.trim_end_matches(['t', ' ']));
    let mut parts = day.split(['/', '.', '-']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || ![first, second, third].into_iter().all(is_number) {
        return None;
    }
    let (year, one, other) = match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) => (first, second, third),
        (1..=2, 1..=2, 4) => (third, first, second),
        _ => return None,
    };
    let (one, other): (u32, u32) = (one.parse().ok()?, other.parse().ok()?);
    Some(format!("{}/{}/{year}", one.min(other), one.max(other)))
}

fn fold_words(text: &str, folded: &mut String) {
    folded.clear();
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            let start = folded.len();
            folded.push_str(word);
            folded[start..].make_ascii_lowercase();
        } else {
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
}

fn words(folded: &str) -> impl Iterator<Item = u32> {
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '/')
        .filter(|word| !word.is_empty())
        .map(|word| hash(word) as u32)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Prints of records, each a list of cells; the first cell says whom it is of.
    pub fn prints(records: &[&[&str]]) -> Prints {
        let mut prints = Prints::default();
        let folded = |text| {
            let mut folded = String::new();
            fold(text, &mut folded);
            folded
        };
        for record in records {
            let hashes: Vec<u64> =
                record.iter().filter(|cell| !cell.is_empty()).map(|cell| hash(&folded(cell))).collect();
            let mut cells: Vec<u32> = hashes.iter().map(|hash| *hash as u32).collect();
            cells.sort_unstable();
            let mut identity: Vec<u32> = words(&folded(record[0])).collect();
            identity.sort_unstable();
            let content = hashes.iter().fold(0u64, |sum, hash| sum.wrapping_add(mixed(*hash)));
            let mut bytes = Vec::new();
            Print { content, cells: &cells, identity: &identity }.put(&mut bytes);
            prints.push(content, &bytes);
        }
        prints
    }

    #[test]
    fn what_a_spreadsheet_program_makes_of_a_text_has_its_print() {
        for (text, saved, same) in [
            ("0012345", "12345", true),
            ("05/02/2021", "2021-02-05", true),
            ("5.2.2021", "2021-02-05T00:00:00", true),
            ("05/02/2021", "2021-02-05 00:00:00", true),
            ("05/02/2021", "05/03/2021", false),
            ("05/02/21", "2021-02-05", false),
            ("0", "00", true),
            ("012345A", "12345A", false),
            ("12/345/67", "12/345/067", false),
            ("07700 900123", "7700 900123", false),
        ] {
            let prints = prints(&[&["Tom", text], &["Tom", saved]]);
            assert_eq!(prints.get(0).content == prints.get(1).content, same, "{text}, {saved}");
        }
    }

    #[test]
    fn the_same_cells_have_the_same_print_in_any_order() {
        let prints = prints(&[
            &["Tom Reed", "1/2/2015", "WB1 2CD"],
            &["  tom  REED", "WB1 2CD", "1/2/2015"],
            &["Tom Reed", "1/2/2015", "", "WB1 2CD"],
            &["Tom Reid", "1/2/2015", "WB1 2CD"],
            &["Tom Reed", "1/2/2015", "1/2/2015", "WB1 2CD"],
        ]);
        let content = |record| prints.get(record).content;
        for (record, same) in [(1, true), (2, true), (3, false), (4, false)] {
            assert_eq!(content(record) == content(0), same, "{record}");
        }
        assert_eq!((prints.get(3).cells.len(), prints.get(3).identity.len()), (3, 2));
    }
}
