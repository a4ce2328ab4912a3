//! Numbers for distinct things, in the order in which they first come. The things themselves are
//! kept by whoever asks, so that no text is held twice.

use std::hash::{BuildHasher, BuildHasherDefault, Hash};

use rustc_hash::FxHasher;

/// What has been seen: a hash beside each number.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Open addressing: 32 bits of the hash, then the number. The bits spare nearly every look at a
    /// thing that is another, and every one when the table grows.
    slots: Vec<u64>,
    count: u32,
}

/// Not zero: memory that is asked for as zeros is looked up twice by the system, when it is first
/// read and when it is first written, and the second time stops all threads.
const FREE: u64 = u64::MAX;

impl Default for Seen {
    fn default() -> Self {
        Seen { slots: vec![FREE; 64], count: 0 }
    }
}

impl Seen {
    /// Nothing seen.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of `thing`, if it was seen, or `Err` with the new number that it is given. `same` says whether
    /// the thing that was given a number equals this one.
    pub fn number<T: Hash + ?Sized>(&mut self, thing: &T, same: impl Fn(u32) -> bool) -> Result<u32, u32> {
        self.number_of(Self::hash(thing), same)
    }

    /// The hash by which a thing is found.
    pub fn hash<T: Hash + ?Sized>(thing: &T) -> u32 {
        BuildHasherDefault::<FxHasher>::default().hash_one(thing) as u32
    }

    /// The number that a thing of this hash nearly always has, if it was seen: whoever has many to look up
    /// asks this of several first, so that memory answers them together.
    pub fn guess(&self, hash: u32) -> Option<u32> {
        let taken = self.slots[hash as usize & (self.slots.len() - 1)];
        (taken != FREE && (taken >> 32) as u32 == hash).then_some(taken as u32)
    }

    /// As [`Seen::number`], for a thing of this hash.
    pub fn number_of(&mut self, hash: u32, same: impl Fn(u32) -> bool) -> Result<u32, u32> {
        if (self.count as usize + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let hash = u64::from(hash);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let taken = self.slots[slot];
            if taken == FREE {
                break;
            }
            let number = taken as u32;
            if taken >> 32 == hash && same(number) {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
        let number = self.count;
        self.slots[slot] = hash << 32 | u64::from(number);
        self.count += 1;
        Err(number)
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![FREE; mask + 1];
        for taken in self.slots.iter().filter(|taken| **taken != FREE) {
            let mut slot = (taken >> 32) as usize & mask;
            while slots[slot] != FREE {
                slot = (slot + 1) & mask;
            }
            slots[slot] = *taken;
        }
        self.slots = slots;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_numbered_as_they_come() {
        let things: Vec<u64> = (0..5000).map(|i| i % 1700 * 977).collect();
        let (mut seen, mut known) = (Seen::new(), Vec::new());
        for thing in &things {
            let number = seen.number(thing, |number| known[number as usize] == *thing);
            match number {
                Ok(number) => assert_eq!(known[number as usize], *thing),
                Err(number) => {
                    assert_eq!(number as usize, known.len());
                    known.push(*thing);
                }
            }
        }
        assert_eq!(known, things[..1700]);
    }
}
