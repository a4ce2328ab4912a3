//! Other names for the same thing, learnt from clusters: Kasia is Katarzyna, "city of edinburgh"
//! is "edinburgh".
//!
//! Two values that many persons have both of are aliases. Some are noise, because persons are
//! joined wrongly too; so an alias is taken for no more than a short form, or for a text that is
//! nearly the same, and weighs what those weigh.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Comparer, Pattern, name, text};
use crate::cluster::{by_cluster, each_cluster};
use crate::records::FieldKind;

/// Persons who must have both values.
const FEWEST: u32 = 3;
/// Of the persons who have the rarer of the two, one in this many must have the other too.
const NAMES_OF: u32 = 8;
const TEXTS_OF: u32 = 3;
/// Values of one person that are looked at.
const MOST_VALUES: usize = 8;

/// The aliases of one column: pairs of single names, or of values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    pairs: FxHashSet<(u32, u32)>,
}

impl Aliases {
    /// Neither order counts.
    pub fn has(&self, x: u32, y: u32) -> bool {
        !self.pairs.is_empty() && self.pairs.contains(&(x.min(y), x.max(y)))
    }

    /// Those of a column, from the records of each person.
    fn learn(comparer: &Comparer, column: usize, order: &[(u32, u32)]) -> Self {
        let of = &comparer.records().columns()[column];
        let one_in = match of.kind {
            FieldKind::Forename => NAMES_OF,
            FieldKind::Text => TEXTS_OF,
            _ => return Aliases::default(),
        };
        let names = comparer.names(column);
        // Of a forename the first name counts; an initial is no name.
        let thing = |id: u32| match names {
            None => Some(id),
            Some((tokens, values)) => {
                let first = values[id as usize].tokens[0];
                (tokens[first as usize].len() > 1).then_some(first)
            }
        };
        let things = names.map_or(of.values().len(), |(tokens, _)| tokens.len());
        let (mut persons, mut both) = (vec![0u32; things], Vec::new());
        let mut own = Vec::new();
        for person in each_cluster(order) {
            own.clear();
            own.extend(person.iter().flat_map(|(_, record)| of.ids(*record)).filter_map(|id| thing(*id)));
            own.sort_unstable();
            own.dedup();
            own.iter().for_each(|x| persons[*x as usize] += u32::from(person.len() > 1));
            for (i, x) in own.iter().enumerate().take(MOST_VALUES) {
                both.extend(own[i + 1..].iter().take(MOST_VALUES).map(|y| (*x, *y)));
            }
        }
        both.sort_unstable();
        let enough = |pairs: &[(u32, u32)]| {
            let ((x, y), count) = (pairs[0], pairs.len() as u32);
            let fewest = persons[x as usize].min(persons[y as usize]);
            (count >= FEWEST && count * one_in >= fewest).then_some((x, y))
        };
        Aliases { pairs: both.chunk_by(|x, y| x == y).filter_map(enough).collect() }
    }
}

impl Comparer<'_> {
    /// Learns which names and texts are other ones for the same; says how many pairs.
    pub fn learn_aliases(&mut self, clusters: &[u32]) -> usize {
        let order = by_cluster(clusters);
        let columns = 0..self.records().columns().len();
        self.aliases = columns.into_par_iter().map(|column| Aliases::learn(self, column, &order)).collect();
        self.aliases.iter().map(|aliases| aliases.pairs.len()).sum()
    }

    /// What was learnt, column by column.
    pub fn aliases(&self) -> &[Aliases] {
        &self.aliases
    }

    /// The same with aliases that were learnt before.
    pub fn knowing(mut self, aliases: &[Aliases]) -> Self {
        self.aliases = aliases.to_vec();
        self
    }

    /// An alias could make the pattern of two records another.
    pub fn may_be_alias(&self, a: u32, b: u32, pattern: Pattern) -> bool {
        self.aliases.iter().enumerate().any(|(c, aliases)| {
            let level = pattern.get(c);
            let unlike = match self.records().columns()[c].kind {
                FieldKind::Forename => matches!(level, name::forename::ALIKE | name::forename::DIFFERENT),
                FieldKind::Text => level >= text::text_level::WORDS,
                _ => false,
            };
            unlike && !aliases.pairs.is_empty() && self.has_alias(c, a, b)
        })
    }

    /// Any value of the one is another name for one of the other's.
    fn has_alias(&self, column: usize, a: u32, b: u32) -> bool {
        let of = &self.records().columns()[column];
        let names = self.names(column);
        let thing = |id: &u32| names.map_or(*id, |(_, values)| values[*id as usize].tokens[0]);
        of.ids(a).iter().any(|x| of.ids(b).iter().any(|y| self.is_alias(column, thing(x), thing(y))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Memory;
    use crate::records::{Column, Records};

    #[test]
    fn names_that_many_persons_have_both_of_are_aliases() {
        // Five persons are Zib here and Zabulon there; one was joined to a Tom by mistake.
        let names =
            ["zib", "zabulon"].repeat(5).into_iter().chain(["tom", "zib", "tom", "tom", "tom", "tom"]);
        let records = Records::new(16).with(Column::from_texts("f", FieldKind::Forename, names.map(|n| [n])));
        let mut comparer = Comparer::new(&records);
        let level = |comparer: &Comparer, a, b| comparer.pattern(a, b, &mut Memory::default()).get(0);
        assert_eq!(level(&comparer, 3, 4), name::forename::DIFFERENT);
        let clusters: Vec<u32> = (0..16).map(|record| record / 2).collect();
        assert_eq!(comparer.learn_aliases(&clusters), 1);
        assert_eq!(level(&comparer, 3, 4), name::forename::SHORT);
        assert_eq!(level(&comparer, 10, 11), name::forename::DIFFERENT);
    }
}
