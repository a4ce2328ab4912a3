//! Fingerprints of records: what the cells of a row say, whatever sheet, row and order they stand in.
//!
//! A hash of 64 bits tells whether two records say the same; hashes of 32 bits of the single cells
//! tell how much two records share where they do not. No hash depends on the machine, on headings or
//! on where a cell stands, so that a row is known again after it was moved, sorted or copied, and
//! after a column was renamed.

use collate_model::{CleanTable, HASH_OF_NOTHING, Kinds, lasting_hash as hash};

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

/// The fingerprints of the records of one table.
#[derive(Debug, Clone, Default)]
pub struct Prints {
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
        let columns: Vec<(Vec<u64>, Vec<Vec<u32>>)> = (table.columns.iter())
            .map(|column| {
                let folded: Vec<String> = column.values.iter().map(|value| fold(&value.raw)).collect();
                let field = column.field.and_then(|field| Some(kind?.fields[field].name.as_str()));
                let words = match field.is_some_and(|field| IDENTITY.contains(&field)) {
                    true => folded.iter().map(|text| words(text)).collect(),
                    false => Vec::new(),
                };
                (folded.iter().map(|text| hash(text)).collect(), words)
            })
            .collect();
        let mut prints = Prints::default();
        for record in 0..table.rows.len() {
            let start = prints.hashes.len();
            let mut content = 0u64;
            for (column, (cells, _)) in table.columns.iter().zip(&columns) {
                let cell = cells[column.ids[record] as usize];
                if column.ids[record] != 0 && cell != HASH_OF_NOTHING {
                    // A sum, so that the order of the columns does not matter.
                    content = content.wrapping_add(mixed(cell));
                    prints.hashes.push(cell as u32);
                }
            }
            prints.hashes[start..].sort_unstable();
            let middle = prints.hashes.len();
            for (column, (_, words)) in table.columns.iter().zip(&columns) {
                if column.ids[record] != 0 && !words.is_empty() {
                    prints.hashes.extend(&words[column.ids[record] as usize]);
                }
            }
            prints.hashes[middle..].sort_unstable();
            prints.content.push(content);
            prints.ends.push((middle as u32, prints.hashes.len() as u32));
        }
        prints
    }

    /// That of a record.
    pub fn get(&self, record: usize) -> Print<'_> {
        let start = if record == 0 { 0 } else { self.ends[record - 1].1 as usize };
        let (middle, end) = self.ends[record];
        Print {
            content: self.content[record],
            cells: &self.hashes[start..middle as usize],
            identity: &self.hashes[middle as usize..end as usize],
        }
    }

    /// Adds one that was kept.
    pub(crate) fn push(&mut self, content: u64, bytes: &[u8]) {
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

/// Lower case, one space between words, none at the ends.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

fn words(folded: &str) -> Vec<u32> {
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '/')
        .filter(|word| !word.is_empty())
        .map(|word| hash(word) as u32)
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Prints of records, each a list of cells; the first cell says whom it is of.
    pub fn prints(records: &[&[&str]]) -> Prints {
        let mut prints = Prints::default();
        for record in records {
            let hashes: Vec<u64> =
                record.iter().filter(|cell| !cell.is_empty()).map(|c| hash(&fold(c))).collect();
            let mut cells: Vec<u32> = hashes.iter().map(|hash| *hash as u32).collect();
            cells.sort_unstable();
            let mut identity = words(&fold(record[0]));
            identity.sort_unstable();
            let content = hashes.iter().fold(0u64, |sum, hash| sum.wrapping_add(mixed(*hash)));
            let mut bytes = Vec::new();
            Print { content, cells: &cells, identity: &identity }.put(&mut bytes);
            prints.push(content, &bytes);
        }
        prints
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
