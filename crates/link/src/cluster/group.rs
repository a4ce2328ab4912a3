//! How well two groups of records match as wholes.
//!
//! For each field: how well do the values of one group explain those of the other? Each record
//! of one side is set against all of the other (log2 of the mean of 2^weight), the records are
//! averaged, so are both directions (by what the other side knows), and the fields are added, so
//! that a field counts once however many records repeat it. What speaks against a match is scaled
//! by the square root of the smaller group's size: ten records that differ from ten others are
//! more than one slip.

use crate::compare::{MISSING, Memory, Pattern, SAME, date, name};
use crate::model::{FieldWeight, Scorer};
use crate::records::{FieldKind, Speaks};

use super::Why;

/// Records of a group that are looked at; the first ones are as good as any.
pub(super) const ENOUGH: usize = 24;

/// What two groups are to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// log2 of the odds that they are one person.
    pub weight: f64,
    /// They can't be joined automatically, whatever the weight.
    pub barred: Option<Bar>,
    /// A field that speaks of the person says clearly that they are two.
    pub contradicted: bool,
}

impl Match {
    /// Taken for two people: not merely too little to join them, but something against it.
    pub fn differ(&self) -> bool {
        self.barred.is_some() || self.contradicted && self.weight < 0.0
    }
}

/// Bits against one person from which a single field contradicts it: odds of one to eight.
const CONTRADICTS: f64 = -3.0;

/// Why two groups can't be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// Two of their records were said to be different people.
    Apart,
    /// A person should know.
    Doubtful(Why),
}

/// Scores groups; keeps its scratch space from one call to the next.
pub struct Groups<'a> {
    scorer: &'a Scorer<'a>,
    strict: bool,
    memory: Memory,
    weights: Vec<Option<FieldWeight>>,
}

impl<'a> Groups<'a> {
    /// A scorer of groups.
    pub fn new(scorer: &'a Scorer<'a>, strict: bool) -> Self {
        Groups { scorer, strict, memory: Memory::default(), weights: Vec::new() }
    }

    /// Scores two groups.
    pub fn compare(&mut self, xs: &[u32], ys: &[u32]) -> Match {
        let records = self.scorer.comparer().records();
        let (xs, ys) = (&xs[..xs.len().min(ENOUGH)], &ys[..ys.len().min(ENOUGH)]);
        let against = (xs.len().min(ys.len()) as f64).sqrt();
        let columns = self.scorer.columns();
        let (mut within, mut apart, mut together) = (0, false, Together::default());
        let mut best = [MISSING; crate::records::MAX_COLUMNS];
        self.weights.clear();
        self.weights.resize(columns * xs.len() * ys.len(), None);
        for (i, x) in xs.iter().enumerate() {
            for (j, y) in ys.iter().enumerate() {
                apart |= records.are_apart(*x, *y);
                within += usize::from(records.same_distinct_source(*x, *y));
                together.see(records.source(*x), records.source(*y));
                let pattern = self.scorer.comparer().pattern(*x, *y, &mut self.memory);
                for (c, best) in best.iter_mut().enumerate().take(columns) {
                    let level = pattern.get(c);
                    if level != MISSING {
                        let weight = self.scorer.field(c, level, *x, *y);
                        self.weights[(c * xs.len() + i) * ys.len() + j] = Some(weight);
                        *best = if *best == MISSING { level } else { level.min(*best) };
                    }
                }
            }
        }
        let (mut sum, mut contradicted) = (FieldWeight::default(), false);
        for c in 0..columns {
            let of_column = &self.weights[c * xs.len() * ys.len()..(c + 1) * xs.len() * ys.len()];
            for (part, total) in [
                ((|w: &FieldWeight| w.same) as fn(&FieldWeight) -> f64, &mut sum.same),
                (|w: &FieldWeight| w.household, &mut sum.household),
            ] {
                let field = both_ways(of_column, xs.len(), ys.len(), part);
                *total += if field < 0.0 { field * against } else { field };
            }
            let of_person = records.columns()[c].speaks == Speaks::OfPerson;
            contradicted |= of_person && both_ways(of_column, xs.len(), ys.len(), |w| w.same) <= CONTRADICTS;
        }
        let repeats = together.twice && xs.len() > 1 && ys.len() > 1;
        let barred = if apart { Some(Bar::Apart) } else { self.barred(&best, repeats).map(Bar::Doubtful) };
        Match { weight: self.scorer.odds(sum, within), barred, contradicted }
    }

    /// How two records agree.
    pub fn pattern(&mut self, a: u32, b: u32) -> Pattern {
        self.scorer.comparer().pattern(a, b, &mut self.memory)
    }

    /// Hard conflicts, from the best level that any two of their records have. `repeats`: the two
    /// stand side by side in more than one source.
    fn barred(&self, best: &[u8], repeats: bool) -> Option<Why> {
        let columns = self.scorer.comparer().records().columns();
        let known = || columns.iter().zip(best).filter(|(_, level)| **level != MISSING);
        let level_of = |kind| known().find(|(c, _)| c.kind == kind).map_or(MISSING, |(_, level)| *level);
        if known().any(|(c, level)| c.exclusive && *level > SAME) {
            return Some(Why::IdentifiersDiffer);
        }
        let identified = known().any(|(c, level)| c.kind == FieldKind::Identifier && *level == SAME);
        let (forename, born) = (level_of(FieldKind::Forename), level_of(FieldKind::Date));
        let (names_slip, dates_slip) =
            (forename > SAME && !name::forename::familiar(forename), born > SAME && !date::familiar(born));
        let careful = self.strict || self.scorer.has_families();
        // An identifier outweighs one thing that differs, not everything: numbers are mistyped, and
        // given to whole families.
        if identified {
            let other_dates = born == MISSING || date::differ(born);
            let differ = careful && name::forename::differ(forename) && other_dates;
            return differ.then_some(Why::ForenamesDiffer);
        }
        // A slip does not happen twice in the same way: who is Jack and Jake in two lists is two.
        if repeats && (forename > SAME || born > SAME) {
            return Some(Why::DifferenceRepeats);
        }
        if !careful {
            return None;
        }
        let surnames_differ = name::surname::differ(level_of(FieldKind::Surname));
        match (name::forename::differ(forename), date::differ(born)) {
            (true, true) => Some(Why::TooLittleInCommon),
            (true, false) if surnames_differ => Some(Why::TooLittleInCommon),
            (true, false) => Some(Why::ForenamesDiffer),
            (false, true) if surnames_differ => Some(Why::TooLittleInCommon),
            (false, true) => Some(Why::DatesDiffer),
            // One slip is a slip, two at once are brothers.
            (false, false) => (names_slip && dates_slip).then_some(Why::TooLittleInCommon),
        }
    }
}

/// Whether two groups stand side by side in two sources.
#[derive(Default)]
struct Together {
    first: Option<u32>,
    twice: bool,
}

impl Together {
    fn see(&mut self, x: u32, y: u32) {
        if x == y {
            self.twice |= self.first.is_some_and(|first| first != x);
            self.first.get_or_insert(x);
        }
    }
}

/// Both directions, the more weight the more the other side knows: a single row is to be
/// explained by a person's ten rows, rather than they by it.
pub(super) fn both_ways(
    weights: &[Option<FieldWeight>],
    xs: usize,
    ys: usize,
    part: fn(&FieldWeight) -> f64,
) -> f64 {
    let forward = mean(
        (0..xs).filter_map(|i| log_mean((0..ys).filter_map(|j| weights[i * ys + j].as_ref().map(part)))),
    );
    let back = mean(
        (0..ys).filter_map(|j| log_mean((0..xs).filter_map(|i| weights[i * ys + j].as_ref().map(part)))),
    );
    let share = ys as f64 / (xs + ys) as f64;
    share * forward + (1.0 - share) * back
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), v| (sum + v, count + 1));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

/// log2 of the mean of 2^weight; nothing where nothing is known.
fn log_mean(weights: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = weights.fold((0.0, 0), |(sum, count), w| (sum + w.exp2(), count + 1));
    (count > 0).then(|| (sum / f64::from(count)).log2())
}
