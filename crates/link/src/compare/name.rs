//! Names: spelling, short forms, initials, parts of double-barrelled names.
//!
//! Names come folded: lower case, parts separated by spaces.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::glance;
use super::level::SAME;
use super::short_forms::ShortForms;
use crate::kernel::{Word, are_alike, osa_at_most};

/// Levels of a forename.
pub mod forename {
    /// Not both names, but one of each are the same.
    pub const PART: u8 = 2;
    /// A short form, or another name that is used for it.
    pub const SHORT: u8 = 3;
    pub(super) const NEAR: u8 = 4;
    pub(super) const INITIAL: u8 = 5;
    pub(crate) const SWAPPED: u8 = 6;
    pub(crate) const ALIKE: u8 = 7;
    pub(crate) const DIFFERENT: u8 = 8;
    pub(super) const OTHER_INITIAL: u8 = 9;
    /// From here on the name alone does not speak for the person.
    pub(crate) const DOUBTFUL: u8 = ALIKE;

    /// The same name as far as it is written: one of several names, an initial. A short form may
    /// also be a sister's name.
    pub(crate) fn familiar(level: u8) -> bool {
        matches!(level, PART | INITIAL | SWAPPED)
    }

    /// Two names that no slip of the pen, short form or initial explains.
    pub(crate) fn differ(level: u8) -> bool {
        matches!(level, DIFFERENT | OTHER_INITIAL)
    }
}

/// Levels of a surname.
pub mod surname {
    /// One part of a double-barrelled name is the same.
    pub const PART: u8 = 2;
    pub(super) const NEAR: u8 = 3;
    pub(crate) const SWAPPED: u8 = 4;
    pub(crate) const ALIKE: u8 = 5;
    pub(crate) const DIFFERENT: u8 = 6;
    /// From here on the name alone does not speak for the person.
    pub(crate) const DOUBTFUL: u8 = ALIKE;

    /// Two names that no slip of the pen explains.
    pub(crate) fn differ(level: u8) -> bool {
        level == DIFFERENT
    }
}

/// A distinct name.
pub struct NameValue {
    /// All of it without spaces, so that `ann marie` is near `annmarie`.
    whole: Word,
    /// The first part, where there are several.
    first: Option<Box<Word>>,
    /// A part is a number: `Twin 1`.
    numbered: bool,
    /// Indices of its parts among the column's distinct single names.
    pub(crate) tokens: SmallVec<[u32; 2]>,
}

impl NameValue {
    /// The level of a name against itself: an initial agrees with itself only as an initial.
    pub(super) fn itself(&self) -> u8 {
        if self.is_initial() { forename::INITIAL } else { SAME }
    }

    /// The first part.
    fn first(&self) -> &Word {
        self.first.as_deref().unwrap_or(&self.whole)
    }

    /// The first name is a single letter.
    pub(crate) fn is_initial(&self) -> bool {
        self.first().len() == 1
    }

    /// The first letter.
    pub(crate) fn initial(&self) -> u8 {
        self.whole.text().as_bytes()[0]
    }
}

/// The distinct names of a column.
pub struct Names {
    pub(super) values: Vec<NameValue>,
    /// The distinct single names.
    pub(super) tokens: Vec<Box<str>>,
    short_forms: ShortForms,
}

impl Names {
    pub(super) fn new(values: &[Box<str>]) -> Self {
        let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
        let mut tokens: Vec<Box<str>> = Vec::new();
        let values = values.iter().map(|text| {
            let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
            let words = if words.is_empty() { vec![&**text] } else { words };
            let ids = words.iter().map(|word| {
                *seen.entry(word).or_insert_with(|| {
                    tokens.push((*word).into());
                    tokens.len() as u32 - 1
                })
            });
            NameValue {
                tokens: ids.collect(),
                whole: Word::new(&words.concat()),
                first: (words.len() > 1).then(|| Box::new(Word::new(words[0]))),
                numbered: words.iter().any(|w| is_number(w)),
            }
        });
        let values = values.collect();
        let short_forms = ShortForms::of(&tokens);
        Names { values, tokens, short_forms }
    }

    /// One of these names is spelt nearly like one of another column.
    pub(super) fn nearly(&self, own: u32, others: &Names, other: u32) -> bool {
        near(&self.values[own as usize].whole, &others.values[other as usize].whole)
    }

    /// What a name looks like at a glance.
    pub(super) fn look(&self, value: usize) -> u64 {
        match &*self.values[value].tokens {
            [token] if self.tokens[*token as usize].len() > 1 => {
                glance::plain_name(&self.tokens[*token as usize], self.short_forms.families(*token))
            }
            _ => 0,
        }
    }

    /// Level of two different forenames.
    pub(super) fn forename(&self, x: usize, y: usize) -> u8 {
        let (x, y) = (&self.values[x], &self.values[y]);
        let (first_x, first_y) = (x.first(), y.first());
        if x.is_initial() || y.is_initial() {
            return if x.initial() == y.initial() { forename::INITIAL } else { forename::OTHER_INITIAL };
        }
        if (x.numbered || y.numbered) && !self.numbers(x).eq(self.numbers(y)) {
            return forename::DIFFERENT;
        }
        if x.tokens.iter().any(|t| y.tokens.contains(t) && self.tokens[*t as usize].len() > 1) {
            return forename::PART;
        }
        if self.short_forms.related(x.tokens[0], y.tokens[0]) {
            return forename::SHORT;
        }
        if near(first_x, first_y) || near(&x.whole, &y.whole) {
            return forename::NEAR;
        }
        if are_alike(first_x, first_y, 0.82) { forename::ALIKE } else { forename::DIFFERENT }
    }

    /// The numbers in a name: `Twin 1` is not `Twin 2`.
    fn numbers<'a>(&'a self, name: &'a NameValue) -> impl Iterator<Item = &'a str> {
        let texts = name.tokens.iter().map(|t| &*self.tokens[*t as usize]);
        texts.filter(|text| is_number(text))
    }

    /// Level of two different surnames.
    pub(super) fn surname(&self, x: usize, y: usize) -> u8 {
        let (x, y) = (&self.values[x], &self.values[y]);
        if x.whole == y.whole {
            return SAME;
        }
        if x.tokens.iter().any(|t| y.tokens.contains(t) && self.tokens[*t as usize].len() > 2) {
            return surname::PART;
        }
        if near(&x.whole, &y.whole) {
            return surname::NEAR;
        }
        if x.is_initial() || y.is_initial() {
            return if x.initial() == y.initial() { surname::ALIKE } else { surname::DIFFERENT };
        }
        if are_alike(&x.whole, &y.whole, 0.82) { surname::ALIKE } else { surname::DIFFERENT }
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// One edit apart, or two in a long name, or very alike from the start.
fn near(x: &Word, y: &Word) -> bool {
    let shorter = x.len().min(y.len());
    if shorter < 3 || x.len().abs_diff(y.len()) > 3 {
        return false;
    }
    let edits = if shorter >= 8 { 2 } else { 1 };
    osa_at_most(x, y, edits).is_some() || shorter >= 5 && are_alike(x, y, 0.94)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(texts: &[&str]) -> Names {
        Names::new(&texts.iter().map(|t| (*t).into()).collect::<Vec<Box<str>>>())
    }

    #[test]
    fn forenames() {
        for (x, y, level) in [
            ("john paul", "john", forename::PART),
            ("john", "paul john", forename::PART),
            ("william", "bill", forename::SHORT),
            ("billy", "bill", forename::SHORT),
            ("katherine", "kate", forename::SHORT),
            ("jon", "john", forename::SHORT),
            ("annmarie", "ann marie", forename::NEAR),
            ("aaliyah", "aliyah", forename::NEAR),
            ("j", "john", forename::INITIAL),
            ("j", "mary", forename::OTHER_INITIAL),
            ("ellie", "elsie", forename::NEAR),
            ("jack", "olivia", forename::DIFFERENT),
            ("mia", "max", forename::DIFFERENT),
            ("twin 1", "twin 2", forename::DIFFERENT),
        ] {
            let names = values(&[x, y]);
            assert_eq!(names.forename(0, 1), level, "{x} {y}");
            assert_eq!(names.forename(1, 0), level, "{y} {x}");
        }
        assert_eq!(values(&["j"]).values[0].itself(), forename::INITIAL);
    }

    #[test]
    fn surnames() {
        for (x, y, level) in [
            ("smith jones", "jones", surname::PART),
            ("smith jones", "jones smith", surname::PART),
            ("smith", "smyth", surname::NEAR),
            ("macdonald", "mac donald", SAME),
            ("thompson", "thomson", surname::NEAR),
            ("brown", "green", surname::DIFFERENT),
        ] {
            let names = values(&[x, y]);
            assert_eq!(names.surname(0, 1), level, "{x} {y}");
            assert_eq!(names.surname(1, 0), level, "{y} {x}");
        }
    }
}
