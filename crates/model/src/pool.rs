//! Interned text: every distinct string once, in one buffer.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::FxHasher;

/// Index of a text in a [`Pool`]; 0 is always the empty text.
pub type TextId = u32;

/// Texts in one buffer, each known by its number.
#[derive(Debug, Clone)]
pub struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Default for Texts {
    fn default() -> Self {
        Texts { text: String::new(), ends: vec![0] }
    }
}

impl Texts {
    /// The text with this id.
    pub fn get(&self, id: TextId) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[start..self.ends[id]]
    }

    /// Adds a text, whether or not it is there already.
    pub fn add(&mut self, text: &str) -> TextId {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        (self.ends.len() - 1) as TextId
    }
}

/// Distinct texts, numbered in the order in which they came.
#[derive(Debug, Clone)]
pub struct Pool {
    texts: Texts,
    /// Open addressing over (hash, id). Kept by hand because a map keyed by text would hold every
    /// text twice.
    slots: Vec<(u32, u32)>,
}

/// No id; not zero for the reason that [`crate::Seen`] has.
const FREE: u32 = u32::MAX;

impl Default for Pool {
    fn default() -> Self {
        let mut slots = vec![(0, FREE); 64];
        let empty = hash("");
        slots[empty as usize & 63] = (empty, 0);
        Pool { texts: Texts::default(), slots }
    }
}

impl Pool {
    /// An empty pool (which knows the empty text as 0).
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of `text`, which is added if it is new.
    pub fn intern(&mut self, text: &str) -> TextId {
        if (self.len() + 1) * 2 > self.slots.len() {
            self.grow(self.slots.len() * 2);
        }
        let hash = hash(text);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                (_, FREE) => break,
                (known, taken) if known == hash && self.get(taken) == text => return taken,
                _ => slot = (slot + 1) & mask,
            }
        }
        let id = self.texts.add(text);
        self.slots[slot] = (hash, id);
        id
    }

    /// Adds a text that is never looked for.
    pub fn add(&mut self, text: &str) -> TextId {
        self.texts.add(text)
    }

    /// Makes room for so many more texts.
    pub fn reserve(&mut self, texts: usize) {
        self.texts.ends.reserve(texts);
        let slots = ((self.len() + texts) * 2).next_power_of_two();
        if slots > self.slots.len() {
            self.grow(slots);
        }
    }

    /// The text with this id.
    pub fn get(&self, id: TextId) -> &str {
        self.texts.get(id)
    }

    /// Number of texts, the empty one included.
    pub fn len(&self) -> usize {
        self.texts.ends.len()
    }

    /// True only for a pool that knows nothing but the empty text.
    pub fn is_empty(&self) -> bool {
        self.len() <= 1
    }

    /// The texts alone, when nothing more is to be found or added.
    pub fn into_texts(self) -> Texts {
        self.texts
    }

    fn grow(&mut self, count: usize) {
        let mask = count - 1;
        let mut slots = vec![(0, FREE); count];
        for taken in self.slots.iter().filter(|(_, taken)| *taken != FREE) {
            let mut slot = taken.0 as usize & mask;
            while slots[slot].1 != FREE {
                slot = (slot + 1) & mask;
            }
            slots[slot] = *taken;
        }
        self.slots = slots;
    }
}

fn hash(text: &str) -> u32 {
    BuildHasherDefault::<FxHasher>::default().hash_one(text) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_and_found_again() {
        let mut pool = Pool::new();
        pool.reserve(100);
        let ids: Vec<_> = (0..1000).map(|i| pool.intern(&format!("text {}", i % 500))).collect();
        assert_eq!(pool.len(), 501);
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(pool.get(*id), format!("text {}", i % 500));
        }
        assert_eq!(pool.intern(""), 0);
        let texts = pool.into_texts();
        assert_eq!(texts.get(ids[7]), "text 7");
    }
}
