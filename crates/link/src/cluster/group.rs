//! How well two groups of records match as wholes.
//!
//! For each field: how well do the values of one group explain those of the other ([`Sums`])? The
//! fields are added, so that a field counts once however many records repeat it. What speaks against a
//! match is scaled by the square root of the smaller group's size: ten records that differ from ten
//! others are more than one slip.

use crate::compare::{MISSING, Memory, Pattern, SAME, date, name};
use crate::model::{FieldWeight, Scorer};
use crate::records::{FieldKind, MAX_COLUMNS, Records, Speaks};

use super::coverage::Coverage;
use super::sums::Sums;
use super::{Edge, PIECE, Why};

/// Records of a group that are looked at where they are many; the first ones are as good as any.
const ENOUGH: usize = 24;

/// What two groups are to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// log2 of the odds that they are one person.
    pub weight: f64,
    /// They can't be joined automatically, whatever the weight.
    pub barred: Option<Bar>,
    /// A field that speaks of the person says clearly that they are two.
    pub contradicted: bool,
    /// Forename, surname and date of birth are the same: whatever bars the two, who matches one of
    /// them is not torn between them.
    pub namesakes: bool,
    /// There are forenames, but not on both sides.
    pub nameless: bool,
}

impl Match {
    /// Taken for two people: not merely too little to join them, but something against it.
    pub fn differ(&self) -> bool {
        let entered_twice = self.namesakes || self.barred == Some(Bar::Doubtful(Why::OneSource));
        match self.barred {
            Some(_) => !entered_twice || self.contradicted && !self.namesakes,
            None => !self.namesakes && self.contradicted && self.weight < 0.0,
        }
    }
}

impl Match {
    /// Nothing but that little is alike keeps the two apart: they may be one person whom others bring
    /// together.
    pub(super) fn may_be_one(&self) -> bool {
        matches!(self.barred, None | Some(Bar::Doubtful(Why::TooLittleInCommon)))
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

/// What the records of two groups say of each other.
#[derive(Clone, Default)]
pub struct Between {
    sums: Sums,
    /// The best level that any two have, column by column.
    best: [u8; MAX_COLUMNS],
    /// Pairs of rows of one source that is free of duplicates.
    within: usize,
    /// Two were said to be different people.
    apart: bool,
    together: Together,
}

impl Between {
    /// The same of a group that was joined with another; `other` is of that and the same third.
    pub fn join(&mut self, other: &Between) {
        self.sums.join(&other.sums);
        self.best.iter_mut().zip(&other.best).for_each(|(best, level)| *best = better(*best, *level));
        self.within += other.within;
        self.apart |= other.apart;
        self.together.join(&other.together);
    }

    /// The same with the groups in each other's place.
    pub fn turn(&mut self) {
        self.sums.turn();
    }
}

/// Those of a group that are looked at.
pub(super) fn enough(group: &[u32]) -> &[u32] {
    &group[..group.len().min(ENOUGH)]
}

/// The better of two levels, where there are any.
fn better(x: u8, y: u8) -> u8 {
    if x == MISSING || y == MISSING { x.max(y) } else { x.min(y) }
}

/// Scores groups; keeps its scratch space from one call to the next.
pub struct Groups<'a> {
    scorer: &'a Scorer<'a>,
    coverage: &'a Coverage,
    strict: bool,
    memory: Memory,
    between: Between,
}

impl<'a> Groups<'a> {
    /// A scorer of groups.
    pub fn new(scorer: &'a Scorer<'a>, coverage: &'a Coverage, strict: bool) -> Self {
        Groups { scorer, coverage, strict, memory: Memory::default(), between: Between::default() }
    }

    /// The match of two records whose pair was scored already.
    pub fn of_edge(&self, edge: &Edge) -> Match {
        let columns = self.scorer.comparer().records().columns();
        let mut best = [MISSING; MAX_COLUMNS];
        let mut contradicted = false;
        for (c, column) in columns.iter().enumerate() {
            best[c] = edge.pattern.get(c);
            contradicted |= column.speaks == Speaks::OfPerson && self.scorer.bits(c, best[c]) <= CONTRADICTS;
        }
        let apart = self.scorer.comparer().records().are_apart(edge.a, edge.b);
        let mut together = Together::default();
        together.see(self.scorer.comparer().records(), edge.a, edge.b);
        let barred = if apart { Some(Bar::Apart) } else { self.barred(&best, &together).map(Bar::Doubtful) };
        let alone = self.alone(&[edge.a], &[edge.b]);
        let (namesakes, nameless) = (self.namesakes(&best), self.nameless(&best));
        Match { weight: f64::from(edge.weight) + alone, barred, contradicted, namesakes, nameless }
    }

    /// Scores two groups.
    pub fn compare(&mut self, xs: &[u32], ys: &[u32]) -> Match {
        let comparer = self.scorer.comparer();
        self.compare_by(xs, ys, |memory, i, j| comparer.pattern(xs[i], ys[j], memory))
    }

    /// The same where `pattern` says how record `i` of the one and record `j` of the other agree.
    pub fn compare_by(
        &mut self,
        xs: &[u32],
        ys: &[u32],
        pattern: impl Fn(&mut Memory, usize, usize) -> Pattern,
    ) -> Match {
        let (xs, ys) = (enough(xs), enough(ys));
        let mut between = std::mem::take(&mut self.between);
        self.see_by(xs, ys, &mut between, pattern);
        let found = self.matched(xs, ys, &between);
        self.between = between;
        found
    }

    /// What the records of two groups say of each other.
    pub fn see(&mut self, xs: &[u32], ys: &[u32], between: &mut Between) {
        let comparer = self.scorer.comparer();
        self.see_by(xs, ys, between, |memory, i, j| comparer.pattern(xs[i], ys[j], memory));
    }

    /// The same where `pattern` says how record `i` of the one and record `j` of the other agree.
    pub fn see_by(
        &mut self,
        xs: &[u32],
        ys: &[u32],
        between: &mut Between,
        pattern: impl Fn(&mut Memory, usize, usize) -> Pattern,
    ) {
        let (scorer, records, columns) = (self.scorer, self.records(), self.scorer.columns());
        let Between { sums, best, within, apart, together } = between;
        (*best, *within, *together) = ([MISSING; MAX_COLUMNS], 0, Together::default());
        // What a person said counts wherever in a group the record is.
        *apart = records.told_different(xs, ys);
        sums.of(columns, xs.len(), ys.len(), |sums| {
            for (i, x) in xs.iter().enumerate() {
                for (j, y) in ys.iter().enumerate() {
                    *apart |= records.are_apart(*x, *y);
                    *within += usize::from(records.same_distinct_source(*x, *y));
                    together.see(records, *x, *y);
                    let pattern = pattern(&mut self.memory, i, j);
                    for (c, best) in best.iter_mut().enumerate().take(columns) {
                        let level = pattern.get(c);
                        if level != MISSING {
                            sums.add(c, i, j, &scorer.evidence(c, level, *x, *y));
                            *best = better(*best, level);
                        }
                    }
                }
            }
        });
    }

    /// How well two groups match, from what their records say of each other.
    pub fn matched(&self, xs: &[u32], ys: &[u32], between: &Between) -> Match {
        let (xs, ys) = (enough(xs), enough(ys));
        let against = (xs.len().min(ys.len()) as f64).sqrt();
        let (mut sum, mut contradicted) = (FieldWeight::default(), false);
        for (c, column) in self.records().columns().iter().enumerate() {
            if between.best[c] == MISSING {
                continue;
            }
            let field = between.sums.field(c);
            let scaled = |bits: f64| if bits < 0.0 { bits * against } else { bits };
            sum.same += scaled(field.same);
            sum.household += scaled(field.household);
            contradicted |= column.speaks == Speaks::OfPerson && field.same <= CONTRADICTS;
        }
        let mut together = between.together;
        together.twice &= xs.len() > 1 && ys.len() > 1;
        let barred = self.barred(&between.best, &together);
        let barred = if between.apart { Some(Bar::Apart) } else { barred.map(Bar::Doubtful) };
        let weight = self.scorer.odds(sum, between.within) + self.alone(xs, ys);
        let (namesakes, nameless) = (self.namesakes(&between.best), self.nameless(&between.best));
        Match { weight, barred, contradicted, namesakes, nameless }
    }

    /// Two people may share all but the forename: there are families, or it can't be known.
    pub(super) fn is_careful(&self) -> bool {
        self.strict || self.scorer.has_families()
    }

    /// The records.
    pub fn records(&self) -> &'a Records {
        self.scorer.comparer().records()
    }

    /// How two records agree.
    pub fn pattern(&mut self, a: u32, b: u32) -> Pattern {
        self.scorer.comparer().pattern(a, b, &mut self.memory)
    }

    /// Match weight of two records.
    pub fn pair(&mut self, a: u32, b: u32) -> (f64, Pattern) {
        let pattern = self.pattern(a.min(b), a.max(b));
        (self.scorer.pair(a, b, pattern), pattern)
    }

    /// How well two records that stand alone match.
    pub fn of_two(&mut self, a: u32, b: u32) -> (f64, Pattern) {
        let (weight, pattern) = self.pair(a, b);
        (weight + self.alone(&[a], &[b]), pattern)
    }

    /// Bits for the match because a list that has nearly everybody has nobody else that fits;
    /// those who do fit are rivals, and counted as such.
    pub(super) fn alone(&self, xs: &[u32], ys: &[u32]) -> f64 {
        let records = self.scorer.comparer().records();
        let other = |side: &[u32], source: u32| side.iter().all(|r| records.source(*r) != source);
        let mut most: f32 = 0.0;
        let small = if xs.len() < ys.len() { xs } else { ys };
        if small.len() <= PIECE && xs.len().max(ys.len()) > PIECE {
            most = small.iter().map(|r| self.coverage.well_known(records.source(*r))).fold(0.0, f32::max);
        }
        for x in xs.iter().map(|r| records.source(*r)) {
            for y in ys.iter().map(|r| records.source(*r)) {
                if other(xs, y) {
                    most = most.max(self.coverage.bits(x, y));
                }
                if other(ys, x) {
                    most = most.max(self.coverage.bits(y, x));
                }
            }
        }
        f64::from(most)
    }

    /// Forename, surname and date of birth are known, and the same.
    fn namesakes(&self, best: &[u8]) -> bool {
        let columns = self.scorer.comparer().records().columns();
        let same = |kind| columns.iter().zip(best).any(|(c, level)| c.kind == kind && *level == SAME);
        [FieldKind::Forename, FieldKind::Surname, FieldKind::Date].into_iter().all(same)
    }

    fn nameless(&self, best: &[u8]) -> bool {
        let mut columns = self.scorer.comparer().records().columns().iter().zip(best);
        columns.any(|(c, level)| c.kind == FieldKind::Forename && *level == MISSING)
    }

    /// Hard conflicts, from the best level that any two of their records have, and from where the
    /// two stand side by side.
    fn barred(&self, best: &[u8], together: &Together) -> Option<Why> {
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
        let careful = self.is_careful();
        // An identifier outweighs one thing that differs, not everything: numbers are mistyped, and
        // given to whole families.
        if identified {
            let other_dates = born == MISSING || date::differ(born);
            let differ = careful && name::forename::differ(forename) && other_dates;
            return differ.then_some(Why::ForenamesDiffer);
        }
        let known_alike = |level: u8, doubtful: u8| level != MISSING && level < doubtful;
        let alike = known_alike(forename, name::forename::DOUBTFUL)
            && known_alike(level_of(FieldKind::Surname), name::surname::DOUBTFUL)
            && known_alike(born, date::DOUBTFUL);
        if together.shown && !alike {
            return Some(Why::OneSource);
        }
        // A slip does not happen twice in the same way: who is Jack and Jake in two lists is two.
        if together.twice && (forename > SAME || born > SAME) {
            return Some(Why::DifferenceRepeats);
        }
        let surnames_differ = name::surname::differ(level_of(FieldKind::Surname));
        let nothing = name::forename::differ(forename) && date::differ(born) && surnames_differ;
        if !careful {
            return nothing.then_some(Why::TooLittleInCommon);
        }
        if together.distinct && surnames_differ {
            return Some(Why::TooLittleInCommon);
        }
        match (name::forename::differ(forename), date::differ(born)) {
            (true, true) => Some(Why::TooLittleInCommon),
            (true, false) if surnames_differ => Some(Why::TooLittleInCommon),
            (true, false) => Some(Why::ForenamesDiffer),
            (false, true) if surnames_differ => Some(Why::TooLittleInCommon),
            // A father may have his son's name, a child hardly its brother's.
            (false, true) => self.strict.then_some(Why::DatesDiffer),
            // One slip is a slip, two at once are brothers.
            (false, false) => (names_slip && dates_slip).then_some(Why::TooLittleInCommon),
        }
    }
}

/// Where two groups stand side by side.
#[derive(Debug, Clone, Copy, Default)]
pub struct Together {
    first: Option<u32>,
    /// In two sources.
    pub twice: bool,
    /// In a source that is kept free of duplicates.
    pub distinct: bool,
    /// In a source that shows that it is, though nobody said so.
    pub shown: bool,
}

impl Together {
    /// The same of a group that was joined with another.
    fn join(&mut self, other: &Together) {
        self.twice |= other.twice || self.first.zip(other.first).is_some_and(|(own, other)| own != other);
        self.first = self.first.or(other.first);
        self.distinct |= other.distinct;
        self.shown |= other.shown;
    }

    /// Sees a record of the one and a record of the other.
    pub fn see(&mut self, records: &Records, x: u32, y: u32) {
        let (source, other) = (records.source(x), records.source(y));
        if source == other {
            self.twice |= self.first.is_some_and(|first| first != source);
            self.first.get_or_insert(source);
            self.distinct |= records.same_distinct_source(x, y);
            self.shown |= records.same_shown_source(x, y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_differs_and_who_may_still_be_one() {
        let doubtful = |why| Some(Bar::Doubtful(why));
        let little = doubtful(Why::TooLittleInCommon);
        // (barred, weight, contradicted, namesakes): (taken for two people, may be one all the same).
        for (barred, weight, contradicted, namesakes, expected) in [
            (None, 5.0, false, false, (false, true)),
            // Merely too little to join them is nothing against it; something against it is.
            (None, -5.0, false, false, (false, true)),
            (None, -5.0, true, false, (true, true)),
            (None, 5.0, true, false, (false, true)),
            (None, -5.0, true, true, (false, true)),
            // Little in common keeps two apart that others may bring together; the rest is for a person.
            (little, -5.0, false, false, (true, true)),
            (little, -5.0, true, true, (false, true)),
            (doubtful(Why::ForenamesDiffer), 5.0, false, false, (true, false)),
            (doubtful(Why::IdentifiersDiffer), 5.0, false, false, (true, false)),
            (doubtful(Why::DifferenceRepeats), 5.0, true, false, (true, false)),
            // Entered twice in one list is no second person, unless something contradicts it.
            (doubtful(Why::OneSource), 5.0, false, false, (false, false)),
            (doubtful(Why::OneSource), 5.0, true, false, (true, false)),
            (Some(Bar::Apart), 20.0, false, false, (true, false)),
        ] {
            let found = Match { weight, barred, contradicted, namesakes, nameless: false };
            assert_eq!((found.differ(), found.may_be_one()), expected, "{found:?}");
        }
    }
}
