//! Short forms of forenames: Bill is William, and Billy too.

use rustc_hash::FxHashMap;

/// For each single name, the families of names it belongs to.
pub struct ShortForms {
    families: Vec<Box<[u16]>>,
}

const TABLE: &str = include_str!("../../data/short_forms.txt");

impl ShortForms {
    /// Looks up the single names of a column.
    pub fn of(tokens: &[Box<str>]) -> Self {
        let mut families: FxHashMap<&str, Vec<u16>> = FxHashMap::default();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        for (family, line) in lines.enumerate() {
            for name in line.split(' ') {
                families.entry(name).or_default().push(family as u16);
            }
        }
        let find = |token: &str| families.get(token).map(|f| f.as_slice().into()).unwrap_or_default();
        ShortForms { families: tokens.iter().map(|token| find(token)).collect() }
    }

    /// The families that a single name belongs to.
    pub fn families(&self, token: u32) -> &[u16] {
        &self.families[token as usize]
    }

    /// The two names belong to one family.
    pub fn related(&self, x: u32, y: u32) -> bool {
        let y = &self.families[y as usize];
        self.families[x as usize].iter().any(|family| y.contains(family))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let names: Vec<&str> = line.split(' ').collect();
            assert!(names.len() >= 2, "{line}");
            assert!(names.iter().all(|n| n.len() > 1 && n.bytes().all(|b| b.is_ascii_lowercase())), "{line}");
        }
    }

    #[test]
    fn names_of_one_family_are_related_and_others_not() {
        let tokens: Vec<Box<str>> = ["bill", "william", "kate", "zebedee"].map(Into::into).to_vec();
        let forms = ShortForms::of(&tokens);
        assert!(forms.related(0, 1));
        assert!(!forms.related(0, 2) && !forms.related(3, 3));
    }
}
