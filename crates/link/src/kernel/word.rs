//! A text prepared once, so that comparing it costs nothing but the comparison.

/// Symbols that the bit-parallel kernels know: a to z, 0 to 9 and a few more.
pub(super) const SYMBOLS: usize = 64;

/// Symbols that are kept in the word itself, so that comparing it looks nowhere else.
const SHORT: usize = 31;

/// A text as symbols of a small alphabet, where it can be written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    symbols: Symbols,
    text: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Symbols {
    Short([u8; SHORT], u8),
    Long(Box<[u8]>),
    /// The text is longer than 64 characters or has characters outside the alphabet.
    Foreign,
}

impl Word {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        Word { symbols: Symbols::of(text).unwrap_or(Symbols::Foreign), text: text.into() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length in characters.
    pub fn len(&self) -> usize {
        self.symbols.get().map_or_else(|| self.text.chars().count(), <[u8]>::len)
    }

    /// No text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What both words are made of: their symbols, or else the bytes of their texts.
    pub(crate) fn units<'a>(&'a self, other: &'a Word) -> (&'a [u8], &'a [u8]) {
        self.both(other).unwrap_or((self.text.as_bytes(), other.text.as_bytes()))
    }

    /// The symbols, if both words have them.
    pub(super) fn both<'a>(&'a self, other: &'a Word) -> Option<(&'a [u8], &'a [u8])> {
        self.symbols.get().zip(other.symbols.get())
    }
}

impl Symbols {
    fn of(text: &str) -> Option<Self> {
        let mut short = [0; SHORT];
        match text.len() {
            0 | 65.. => None,
            length @ ..=SHORT => {
                for (symbol, byte) in short.iter_mut().zip(text.bytes()) {
                    *symbol = self::symbol(byte)?;
                }
                Some(Symbols::Short(short, length as u8))
            }
            _ => Some(Symbols::Long(text.bytes().map(symbol).collect::<Option<_>>()?)),
        }
    }

    fn get(&self) -> Option<&[u8]> {
        match self {
            Symbols::Short(symbols, length) => Some(&symbols[..usize::from(*length)]),
            Symbols::Long(symbols) => Some(symbols),
            Symbols::Foreign => None,
        }
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
