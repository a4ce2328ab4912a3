//! Entries in the order in which they were added: in memory, or beyond a ceiling in a file.
//!
//! The file has no name in any folder and is gone with the process. It holds numbers of records and
//! levels, no value of any record.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// What can lie in a file.
pub trait Entry: Copy {
    /// Bytes of one entry.
    const BYTES: usize;
    /// Appends the bytes.
    fn put(&self, bytes: &mut Vec<u8>);
    /// Reads them, [`Entry::BYTES`] of them.
    fn get(bytes: &[u8]) -> Self;
}

/// The first so many bytes as a number.
pub fn number<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes[..N].try_into().expect("an entry is long enough")
}

/// A pile of entries.
pub struct Pile<T> {
    /// All of them, or those that are not in the file yet.
    held: Vec<T>,
    /// Most entries that are held.
    most: usize,
    file: Option<File>,
    filed: usize,
}

/// Fewest entries that are worth a step to the file.
const FEWEST: usize = 1024;

impl<T: Entry> Pile<T> {
    /// An empty pile that holds so many bytes at most; as many as there are if nothing is said.
    pub fn new(ceiling: Option<u64>) -> Self {
        let most =
            ceiling.map_or(usize::MAX, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX) / size_of::<T>());
        Pile { held: Vec::new(), most: most.max(FEWEST), file: None, filed: 0 }
    }

    /// A pile of what is there, held as it is.
    pub fn held(entries: Vec<T>) -> Self {
        Pile { held: entries, most: usize::MAX, file: None, filed: 0 }
    }

    /// Adds entries.
    pub fn extend(&mut self, entries: Vec<T>) -> io::Result<()> {
        if self.held.len() + entries.len() > self.most {
            self.file_away()?;
        }
        if entries.len() > self.most {
            for part in entries.chunks(self.most) {
                self.held.extend_from_slice(part);
                self.file_away()?;
            }
        } else {
            self.held.extend(entries);
        }
        Ok(())
    }

    fn file_away(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.seek(SeekFrom::End(0))?;
        let mut bytes = Vec::new();
        for part in self.held.chunks(64 * 1024) {
            bytes.clear();
            part.iter().for_each(|entry| entry.put(&mut bytes));
            file.write_all(&bytes)?;
        }
        self.filed += self.held.len();
        self.held.clear();
        Ok(())
    }

    /// The entries, if all are held.
    pub fn all(&self) -> Option<&[T]> {
        (self.filed == 0).then_some(&self.held)
    }

    /// The entries, if all are held, for good.
    pub fn into_all(self) -> Option<Vec<T>> {
        (self.filed == 0).then_some(self.held)
    }

    /// Shows all entries in order, in parts of at most as many as it may hold.
    pub fn parts(&self, mut see: impl FnMut(&[T]) -> io::Result<()>) -> io::Result<()> {
        let mut from = 0;
        while from < self.filed {
            let part = self.read(from, self.part())?;
            see(&part)?;
            from += part.len();
        }
        if self.held.is_empty() { Ok(()) } else { see(&self.held) }
    }

    /// The same, where each part may be changed.
    pub fn parts_mut(&mut self, mut change: impl FnMut(&mut [T])) -> io::Result<()> {
        let mut from = 0;
        while from < self.filed {
            let mut part = self.read(from, self.part())?;
            change(&mut part);
            let mut bytes = Vec::with_capacity(part.len() * T::BYTES);
            part.iter().for_each(|entry| entry.put(&mut bytes));
            if let Some(mut file) = self.file.as_ref() {
                file.seek(SeekFrom::Start((from * T::BYTES) as u64))?;
                file.write_all(&bytes)?;
            }
            from += part.len();
        }
        change(&mut self.held);
        Ok(())
    }

    /// Entries that are read at once: with their bytes and what comes of them, a part of what may be held.
    fn part(&self) -> usize {
        (self.most / 4).max(FEWEST)
    }

    fn read(&self, from: usize, most: usize) -> io::Result<Vec<T>> {
        let Some(mut file) = self.file.as_ref() else { return Ok(Vec::new()) };
        let mut bytes = vec![0; most.min(self.filed - from) * T::BYTES];
        file.seek(SeekFrom::Start((from * T::BYTES) as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes.chunks_exact(T::BYTES).map(T::get).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Entry for u32 {
        const BYTES: usize = 4;

        fn put(&self, bytes: &mut Vec<u8>) {
            bytes.extend(self.to_le_bytes());
        }

        fn get(bytes: &[u8]) -> Self {
            u32::from_le_bytes(number(bytes))
        }
    }

    proptest! {
        #[test]
        fn what_was_added_comes_back_in_order(
            sizes in prop::collection::vec(0..3000usize, 0..8),
            ceiling in prop::option::of(0..20_000u64),
        ) {
            let mut pile = Pile::new(ceiling);
            let mut next = 0u32;
            for size in sizes {
                pile.extend((next..next + size as u32).collect()).unwrap();
                next += size as u32;
            }
            let over = ceiling.is_some_and(|bytes| next as usize > (bytes as usize / 4).max(FEWEST));
            prop_assert_eq!(pile.all().is_none(), over);
            pile.parts_mut(|part| part.iter_mut().for_each(|entry| *entry *= 2)).unwrap();
            let mut seen = Vec::new();
            pile.parts(|part| { seen.extend_from_slice(part); Ok(()) }).unwrap();
            prop_assert_eq!(seen, (0..next).map(|entry| entry * 2).collect::<Vec<_>>());
        }
    }
}
