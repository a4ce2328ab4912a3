//! A text prepared once, so that comparing it costs nothing but the comparison.

/// Symbols of plain words: letters, digits, space and hyphen.
pub(super) const PLAIN: usize = 64;
/// All symbols that the bit-parallel kernels know: a few signs and the letters of European languages
/// in Latin script more.
pub(super) const ALL: usize = 256;

/// Symbols that are kept in the word itself, so that comparing it looks nowhere else.
const SHORT: usize = 31;

/// A text as symbols of a small alphabet, where it can be written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    symbols: Symbols,
    /// Which symbols are in it, by their lowest six bits.
    letters: u64,
    text: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Symbols {
    Short([u8; SHORT], u8),
    Long(Box<[u8]>),
    /// The text is longer than 64 characters or has characters of other alphabets.
    Foreign,
}

impl Word {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        let symbols = Symbols::of(text).unwrap_or(Symbols::Foreign);
        let letters =
            symbols.get().unwrap_or_default().iter().fold(0, |all, symbol| all | 1 << (symbol % 64));
        Word { symbols, letters, text: text.into() }
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

    /// Of two words that are made of symbols: at least so many symbols of the one or the other have no
    /// partner.
    pub(super) fn partnerless(&self, other: &Word) -> usize {
        (self.letters ^ other.letters).count_ones() as usize
    }

    /// The symbols, if both words have them.
    pub(super) fn both<'a>(&'a self, other: &'a Word) -> Option<(&'a [u8], &'a [u8])> {
        self.symbols.get().zip(other.symbols.get())
    }
}

impl Symbols {
    fn of(text: &str) -> Option<Self> {
        let mut short = [0; SHORT];
        match text.chars().count() {
            0 | 65.. => None,
            length @ ..=SHORT => {
                for (symbol, char) in short.iter_mut().zip(text.chars()) {
                    *symbol = self::symbol(char)?;
                }
                Some(Symbols::Short(short, length as u8))
            }
            _ => Some(Symbols::Long(text.chars().map(symbol).collect::<Option<_>>()?)),
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
pub(super) fn positions<const SYMBOLS: usize>(symbols: &[u8]) -> [u64; SYMBOLS] {
    let mut positions = [0; SYMBOLS];
    for (i, symbol) in symbols.iter().enumerate() {
        positions[*symbol as usize] |= 1 << i;
    }
    positions
}

/// Both words are plain.
pub(super) fn are_plain(a: &[u8], b: &[u8]) -> bool {
    a.iter().chain(b).fold(0, |all, symbol| all | symbol) < PLAIN as u8
}

fn symbol(char: char) -> Option<u8> {
    const SIGNS: &str = "'.,&/()";
    const FIRST_SIGN: u8 = PLAIN as u8;
    const FIRST_LETTER: u8 = FIRST_SIGN + SIGNS.len() as u8;
    match char {
        'a'..='z' => Some(char as u8 - b'a'),
        '0'..='9' => Some(char as u8 - b'0' + 26),
        'A'..='Z' => Some(char as u8 - b'A' + 36),
        ' ' => Some(62),
        '-' => Some(63),
        // Latin-1 Supplement and nearly all of Latin Extended-A.
        'À'..='ź' => u8::try_from(char as u32 - 'À' as u32).ok()?.checked_add(FIRST_LETTER),
        _ => SIGNS.find(char).map(|at| FIRST_SIGN + at as u8),
    }
}
