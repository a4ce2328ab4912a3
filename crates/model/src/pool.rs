//! Interned text: every distinct string once, in one buffer.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::FxHasher;

/// Index of a text in a [`Pool`]; 0 is always the empty text.
pub type TextId = u32;

/// Distinct texts in one buffer, numbered in the order in which they came.
#[derive(Debug, Clone)]
pub struct Pool {
    text: String,
    ends: Vec<usize>,
    /// Open addressing over ids + 1; 0 is a free slot. Kept by hand because a map
    /// keyed by text would hold every text twice.
    slots: Vec<u32>,
}

impl Default for Pool {
    fn default() -> Self {
        let mut pool = Pool { text: String::new(), ends: Vec::new(), slots: vec![0; 64] };
        pool.intern("");
        pool
    }
}

impl Pool {
    /// An empty pool (which knows the empty text as 0).
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of `text`, which is added if it is new.
    pub fn intern(&mut self, text: &str) -> TextId {
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) & mask;
        loop {
            match self.slots[slot] {
                0 => break,
                taken if self.get(taken - 1) == text => return taken - 1,
                _ => slot = (slot + 1) & mask,
            }
        }
        self.text.push_str(text);
        self.ends.push(self.text.len());
        let id = (self.ends.len() - 1) as u32;
        self.slots[slot] = id + 1;
        id
    }

    /// The text with this id.
    pub fn get(&self, id: TextId) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[start..self.ends[id]]
    }

    /// Number of distinct texts, the empty one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True only for a pool that knows nothing but the empty text.
    pub fn is_empty(&self) -> bool {
        self.ends.len() <= 1
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0u32; mask + 1];
        for id in 0..self.ends.len() as u32 {
            let mut slot = hash(self.get(id)) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
        self.slots = slots;
    }
}

fn hash(text: &str) -> usize {
    BuildHasherDefault::<FxHasher>::default().hash_one(text) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_and_found_again() {
        let mut pool = Pool::new();
        let ids: Vec<_> = (0..1000).map(|i| pool.intern(&format!("text {}", i % 500))).collect();
        assert_eq!(pool.len(), 501);
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(pool.get(*id), format!("text {}", i % 500));
        }
        assert_eq!(pool.intern(""), 0);
    }
}
