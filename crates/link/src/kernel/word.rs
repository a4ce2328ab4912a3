//! A text prepared once, so that comparing it costs nothing but the comparison.

/// Symbols that the bit-parallel kernels know: a to z, 0 to 9 and a few more.
pub(super) const SYMBOLS: usize = 64;

/// A text as symbols of a small alphabet, where it can be written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    text: Box<str>,
    /// Empty if the text is longer than 64 characters or has characters outside the alphabet.
    symbols: Box<[u8]>,
}

impl Word {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        let symbols: Option<Box<[u8]>> =
            if text.len() <= 64 { text.bytes().map(symbol).collect() } else { None };
        Word { text: text.into(), symbols: symbols.unwrap_or_default() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length in characters.
    pub fn len(&self) -> usize {
        if self.symbols.is_empty() { self.text.chars().count() } else { self.symbols.len() }
    }

    /// No text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The symbols, if both words have them.
    pub(super) fn both<'a>(&'a self, other: &'a Word) -> Option<(&'a [u8], &'a [u8])> {
        (!self.symbols.is_empty() && !other.symbols.is_empty()).then_some((&self.symbols, &other.symbols))
    }
}

/// Bit `i` of entry `s` is set where symbol `i` of the word is `s`.
pub(super) fn positions(symbols: &[u8]) -> [u64; SYMBOLS] {
    let mut positions = [0; SYMBOLS];
    for (i, symbol) in symbols.iter().enumerate() {
        positions[*symbol as usize] |= 1 << i;
    }
    positions
}

fn symbol(byte: u8) -> Option<u8> {
    match byte {
        b'a'..=b'z' => Some(byte - b'a'),
        b'0'..=b'9' => Some(byte - b'0' + 26),
        b'A'..=b'Z' => Some(byte - b'A' + 36),
        b' ' => Some(62),
        b'-' => Some(63),
        _ => None,
    }
}
