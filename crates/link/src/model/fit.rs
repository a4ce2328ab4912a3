//! Fitting the model without labels.
//!
//! Expectation maximisation over the counts of agreement patterns (Enamorado, Fifield and Imai,
//! fastLink, APSR 2019), so that it costs the same for a thousand pairs or a billion. Starting
//! figures count as observations of their own: where there is little data they stand, where
//! there is much they are soon outvoted.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::patterns::Patterns;
use super::{ColumnModel, FLOOR, Model, U_FLOOR};
use crate::cluster::{by_cluster, each_cluster};
use crate::compare::{Comparer, MISSING, Memory, Pattern, levels, questions};
use crate::drawn::scramble;
use crate::records::{FieldKind, Records, Speaks};

/// Pairs that the starting figures count for.
pub(super) const STRENGTH_M: f64 = 40.0;
/// What brothers and sisters share is much the same in every council; what they don't, more so.
const STRENGTH_HOUSEHOLD: f64 = 60.0;
const STRENGTH_HOUSEHOLD_PERSON: f64 = 400.0;
const STRENGTH_HOUSEHOLD_UNKNOWN: f64 = 10.0;
/// Pairs of one household below which there is too little to learn how twins are miswritten.
const FEW_HOUSEHOLDS: f64 = 200.0;
const STRENGTH_U: f64 = 2000.0;
/// Pairs drawn to see how unrelated records agree.
const SAMPLE: u64 = 400_000;
/// Odds from which a drawn pair is taken for two people of one household.
const PLAINLY: f64 = 20.0;
/// Pairs of the sample that one thread sees before it takes others.
const CHUNK: u64 = 4096;
const ITERATIONS: usize = 40;
/// Fits the model to the candidate pairs, from a model of these columns.
pub fn fit(start: &Model, comparer: &Comparer, patterns: &Patterns) -> Model {
    let records = comparer.records();
    if patterns.candidates == 0 {
        return start.clone();
    }
    let seen = Seen::new(comparer);
    let all_pairs = records.pairs() as f64;
    let between = all_pairs - records.distinct_pairs() as f64;
    let few = fewest(records);
    let mut model = start.clone();
    model.fitted_to = patterns.candidates;
    for _ in 0..ITERATIONS {
        let before = model.clone();
        let sums = expect(&model, patterns);
        let plausible = plausible(&model, &sums);
        maximise(&mut model, start, &sums, records);
        // Two rows of a source that has each person once have a prior of their own.
        model.prior_same = (sums.same / between.max(1.0)).max(fewest(records) * start.prior_same);
        model.prior_within = ((sums.within + 1.0)
            / (records.distinct_pairs() as f64 + 1.0 / start.prior_within))
            .clamp(start.prior_within / 16.0, model.prior_same);
        model.prior_household = (sums.household * plausible / all_pairs)
            .max(seen.households(&model))
            .max(few * start.prior_household);
        seen.unrelated(&mut model, start);
        if sums.household < FEW_HOUSEHOLDS {
            model.columns.iter_mut().for_each(ColumnModel::share_slips);
        }
        model.columns.iter_mut().for_each(ColumnModel::level_swaps);
        if change(&before, &model) < 1e-4 {
            break;
        }
    }
    model
}

/// The share of the household class that can be households: those who differ in forename or date of
/// birth, and as many more as do not where they are brothers and sisters. What is beyond that is one
/// person under other names.
fn plausible(model: &Model, sums: &Sums) -> f64 {
    let of = |(column, sums): (&ColumnModel, &Vec<f64>)| {
        let Some((most, levels)) = column.unlike_in_household() else { return 1.0 };
        let known: f64 = column.answers().map(|level| sums[level]).sum();
        let unlike: f64 = column.answers().filter(|level| *level >= levels).map(|level| sums[level]).sum();
        if known < 1.0 { 1.0 } else { (unlike / known / (1.0 - most)).min(1.0) }
    };
    model.columns.iter().zip(&sums.h).map(of).fold(1.0, f64::min)
}

/// Share of the starting prior below which it does not fall: a short list may well have no match
/// that can be seen, a long one shows how many there are.
fn fewest(records: &Records) -> f64 {
    (200.0 / records.len().max(1) as f64).clamp(0.01, 0.2)
}

/// Estimates m anew from all pairs within the clusters of a first round: the pairs of one person
/// that blocking on a single field would rather not see are there too.
pub fn refit(model: &Model, start: &Model, comparer: &Comparer, clusters: &[u32]) -> Model {
    let records = comparer.records();
    let order = by_cluster(clusters);
    let persons: Vec<&[(u32, u32)]> = each_cluster(&order).filter(|c| c.len() > 1).collect();
    let pairs: f64 = persons.iter().map(|c| (c.len() * (c.len() - 1) / 2) as f64).sum();
    // A part of very many persons shows as well as all of them how one person's records agree.
    let shown: Vec<&[(u32, u32)]> =
        persons.iter().copied().step_by(persons.len() / MOST_PERSONS + 1).collect();
    let of_chunk = |memory: &mut Memory, persons: &[&[(u32, u32)]]| {
        let mut m = Sums::new(model).m;
        for person in persons {
            count_person(comparer, person, memory, &mut m);
        }
        m
    };
    let chunks: Vec<Vec<Vec<f64>>> = shown.par_chunks(2048).map_init(Memory::default, of_chunk).collect();
    let mut sums = Sums::new(model).m;
    chunks.iter().for_each(|chunk| add(&mut sums, chunk));
    let mut refitted = model.clone();
    for (c, column) in refitted.columns.iter_mut().enumerate() {
        blend(column.kind, &mut column.m, &sums[c], &start.columns[c].m, STRENGTH_M);
        column.hold_person();
        column.level_swaps();
    }
    let between = (records.pairs() - records.distinct_pairs()) as f64;
    if between > 0.0 {
        refitted.prior_same = (pairs / between).clamp(fewest(records) * start.prior_same, 0.5);
    }
    refitted
}

/// Each record counts once, however many the person has; a few of the others are enough.
fn count_person(comparer: &Comparer, person: &[(u32, u32)], memory: &mut Memory, m: &mut [Vec<f64>]) {
    let weight = 2.0 / person.len().min(MOST_OTHERS + 1) as f64;
    for (i, (_, a)) in person.iter().enumerate() {
        for (_, b) in person[i + 1..].iter().take(MOST_OTHERS) {
            let pattern = comparer.pattern(*a, *b, memory);
            for (c, m) in m.iter_mut().enumerate() {
                m[pattern.get(c) as usize] += weight;
            }
        }
    }
}

/// Persons that are looked at to estimate m anew.
const MOST_PERSONS: usize = 100_000;
const MOST_OTHERS: usize = 20;

fn add(sums: &mut [Vec<f64>], counts: &[Vec<f64>]) {
    for (sum, count) in sums.iter_mut().flatten().zip(counts.iter().flatten()) {
        *sum += count;
    }
}

/// Expected numbers of pairs of each class at each level.
struct Sums {
    m: Vec<Vec<f64>>,
    h: Vec<Vec<f64>>,
    same: f64,
    /// The same within sources that are kept free of duplicates; not among `same`.
    within: f64,
    household: f64,
}

impl Sums {
    fn new(model: &Model) -> Self {
        let zeros: Vec<Vec<f64>> = model.columns.iter().map(|c| vec![0.0; c.m.len()]).collect();
        Sums { m: zeros.clone(), h: zeros, same: 0.0, within: 0.0, household: 0.0 }
    }
}

fn expect(model: &Model, patterns: &Patterns) -> Sums {
    let mut sums = Sums::new(model);
    let rest = (1.0 - model.prior_same - model.prior_household).max(FLOOR);
    for (pattern, counts) in &patterns.counts {
        let (mut same, mut household, mut unrelated) = (1.0, model.prior_household, rest);
        for (c, column) in model.columns.iter().enumerate() {
            let level = pattern.get(c);
            if level != MISSING {
                same *= column.m[level as usize];
                household *= column.household[level as usize];
                unrelated *= column.u[level as usize];
            }
        }
        for (within, count) in counts.iter().enumerate() {
            let known_apart = within == 1;
            let same = same * if known_apart { model.prior_within } else { model.prior_same };
            let total = same + household + unrelated;
            let (same, household) = (same / total * *count as f64, household / total * *count as f64);
            sums.household += household;
            // Two rows of a source that has each person once say nothing of how one person's
            // records agree; how often they are one person all the same is asked apart.
            if known_apart {
                sums.within += same;
            } else {
                sums.same += same;
            }
            for c in 0..model.columns.len() {
                let level = pattern.get(c) as usize;
                sums.h[c][level] += household;
                if !known_apart {
                    sums.m[c][level] += same;
                }
            }
        }
    }
    sums
}

fn maximise(model: &mut Model, start: &Model, sums: &Sums, records: &Records) {
    for (c, column) in model.columns.iter_mut().enumerate() {
        let strength = match (records.columns()[c].speaks, column.kind) {
            // Nobody knows beforehand what a column of its own heading says of a household.
            (_, FieldKind::Text | FieldKind::Code) => STRENGTH_HOUSEHOLD_UNKNOWN,
            (Speaks::OfPerson, _) => STRENGTH_HOUSEHOLD_PERSON,
            (Speaks::OfHousehold, _) => STRENGTH_HOUSEHOLD,
        };
        blend(column.kind, &mut column.m, &sums.m[c], &start.columns[c].m, STRENGTH_M);
        column.hold_person();
        blend(column.kind, &mut column.household, &sums.h[c], &start.columns[c].household, strength);
        column.hold_household();
    }
}

/// Shares of the levels of each question, with the starting shares counting as `strength` pairs.
fn blend(kind: FieldKind, shares: &mut [f64], sums: &[f64], start: &[f64], strength: f64) {
    let table = levels(kind);
    for question in 0..questions(kind) {
        let of = || (1..table.len()).filter(|level| table[*level].question == question);
        let total: f64 = of().map(|level| sums[level]).sum::<f64>() + strength;
        for level in of() {
            shares[level] = ((sums[level] + strength * start[level]) / total).max(FLOOR.min(start[level]));
        }
    }
}

fn change(before: &Model, after: &Model) -> f64 {
    let columns = before.columns.iter().zip(&after.columns);
    let m = columns.flat_map(|(x, y)| x.m.iter().zip(&y.m)).map(|(x, y)| (x - y).abs());
    m.fold((before.prior_same / after.prior_same).ln().abs(), f64::max)
}

/// How often each level occurs between two records drawn at random.
struct Seen {
    /// Each pattern with its share of the pairs drawn.
    patterns: Vec<(Pattern, f64)>,
    /// For each column, the number of pairs at each level.
    counts: Vec<Vec<f64>>,
}

impl Seen {
    fn new(comparer: &Comparer) -> Self {
        let records = comparer.records();
        let n = records.len() as u64;
        let all = records.pairs();
        let every = all <= SAMPLE;
        let from_these = if every { &[] } else { comparer.sample() };
        let one = |i: u64| from_these[(scramble(i) % from_these.len() as u64) as usize];
        let of_chunk = |memory: &mut Memory, from: u64| {
            let mut counts: FxHashMap<Pattern, u32> = FxHashMap::default();
            let mut see = |a: u32, b: u32| {
                let pattern = comparer.pattern(a.min(b), a.max(b), memory);
                *counts.entry(pattern).or_default() += 1;
            };
            if every {
                (from + 1..n).for_each(|b| see(from as u32, b as u32));
            } else {
                for i in from..(from + CHUNK).min(SAMPLE) {
                    let (a, b) = (one(2 * i), one(2 * i + 1));
                    if a != b {
                        see(a, b);
                    }
                }
            }
            counts
        };
        let starts: Vec<u64> =
            if every { (0..n).collect() } else { (0..SAMPLE).step_by(CHUNK as usize).collect() };
        let chunks: Vec<FxHashMap<Pattern, u32>> =
            starts.into_par_iter().map_init(Memory::default, of_chunk).collect();
        let mut pairs: FxHashMap<Pattern, u32> = FxHashMap::default();
        for (pattern, count) in chunks.into_iter().flatten() {
            *pairs.entry(pattern).or_default() += count;
        }
        let mut pairs: Vec<(Pattern, f64)> =
            pairs.into_iter().map(|(p, count)| (p, f64::from(count))).collect();
        pairs.sort_unstable_by_key(|(pattern, _)| *pattern);
        let mut counts: Vec<Vec<f64>> =
            records.columns().iter().map(|c| vec![0.0; levels(c.kind).len()]).collect();
        for (pattern, count) in &pairs {
            for (c, levels) in counts.iter_mut().enumerate() {
                levels[pattern.get(c) as usize] += count;
            }
        }
        let all: f64 = pairs.iter().map(|(_, count)| count).sum();
        pairs.iter_mut().for_each(|(_, count)| *count /= all.max(1.0));
        Seen { counts, patterns: pairs }
    }

    /// The share of all pairs that are of one household. Most of a large one, a hostel or a prison,
    /// share no blocking key and are seen only here.
    fn households(&self, model: &Model) -> f64 {
        let rest = (1.0 - model.prior_same - model.prior_household).max(FLOOR);
        let share = |(pattern, share): &(Pattern, f64)| {
            let (mut same, mut household, mut unrelated) = (model.prior_same, model.prior_household, rest);
            for (c, column) in model.columns.iter().enumerate() {
                let level = pattern.get(c);
                if level != MISSING {
                    same *= column.m[level as usize];
                    household *= column.household[level as usize];
                    unrelated *= column.u[level as usize];
                }
            }
            // Only what is plainly a household: of many unrelated pairs a little each adds up too.
            let plainly = household > PLAINLY * (same + unrelated);
            if plainly { *share } else { 0.0 }
        };
        self.patterns.iter().map(share).sum()
    }

    /// What unrelated people are left with once the pairs of one person and of one household,
    /// which random pairs hold too, are taken off.
    fn unrelated(&self, model: &mut Model, start: &Model) {
        for (c, column) in model.columns.iter_mut().enumerate() {
            let table = levels(column.kind);
            for question in 0..questions(column.kind) {
                let of = || (1..table.len()).filter(|level| table[*level].question == question);
                let known: f64 = of().map(|level| self.counts[c][level]).sum();
                let left = |level: usize| {
                    let others =
                        model.prior_same * column.m[level] + model.prior_household * column.household[level];
                    (self.counts[c][level] - known * others).max(0.0)
                };
                let rest: Vec<f64> = (0..table.len()).map(left).collect();
                let total: f64 = of().map(|level| rest[level]).sum::<f64>() + STRENGTH_U;
                for level in of() {
                    let from = start.columns[c].u[level];
                    let share = (rest[level] + STRENGTH_U * from) / total;
                    column.u[level] = share.max(from / 4.0).max(U_FLOOR);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::SAME;
    use crate::pile::Pile;
    use crate::records::Column;

    /// A fixed sequence of numbers from 0 to 1 that look random.
    fn dice() -> impl FnMut() -> f64 {
        let mut i = 0;
        move || {
            i += 1;
            scramble(i) as f64 / u64::MAX as f64
        }
    }

    fn draw(shares: &[(u8, f64)], dice: &mut impl FnMut() -> f64) -> u8 {
        let mut left = dice();
        for (level, share) in shares {
            left -= share;
            if left < 0.0 {
                return *level;
            }
        }
        shares[0].0
    }

    /// Patterns are drawn from known shares of levels, of one person's pairs, of a household's and of
    /// unrelated ones; the fit is not told which is which.
    #[test]
    fn known_parameters_are_recovered_from_simulated_patterns() {
        let n = 4000;
        let mut roll = dice();
        let name = |value: f64, of: f64| {
            let number = (value * of) as usize;
            let part =
                |i: usize| ["bar", "col", "den", "fig", "gut", "hex", "jam", "kov", "lim", "nor"][i % 10];
            [format!("{}{}{}", part(number), part(number / 10), part(number / 100))]
        };
        let column = |label, kind, of: f64, roll: &mut dyn FnMut() -> f64| {
            Column::from_texts(label, kind, (0..n).map(|_| name(roll(), of)).collect::<Vec<_>>())
        };
        let day = |value: f64| {
            let day = (value * 7000.0) as usize;
            [format!("{}-{:02}-{:02}", 2000 + day / 336, day / 28 % 12 + 1, day % 28 + 1)]
        };
        let days: Vec<[String; 1]> = (0..n).map(|_| day(roll())).collect();
        let records = Records::new(n)
            .with(column("forename", FieldKind::Forename, 400.0, &mut roll))
            .with(column("surname", FieldKind::Surname, 700.0, &mut roll))
            .with(Column::from_texts("born", FieldKind::Date, days));
        let comparer = Comparer::new(&records);
        let start = Model::starting(&records);
        // (level, share): the same, nearly the same, different.
        let truth: [Vec<(u8, f64)>; 3] = [
            vec![(SAME, 0.87), (name_near(), 0.11), (8, 0.02)],
            vec![(SAME, 0.88), (3, 0.07), (6, 0.05)],
            vec![(SAME, 0.92), (4, 0.05), (10, 0.03)],
        ];
        let household: [Vec<(u8, f64)>; 3] = [
            vec![(8, 0.98), (name_near(), 0.02)],
            vec![(SAME, 0.8), (3, 0.05), (6, 0.15)],
            vec![(10, 0.95), (SAME, 0.05)],
        ];
        let unrelated: [Vec<(u8, f64)>; 3] = [
            vec![(8, 0.995), (SAME, 0.0025), (name_near(), 0.0025)],
            vec![(6, 0.997), (SAME, 0.0015), (3, 0.0015)],
            vec![(10, 0.9988), (SAME, 0.0002), (4, 0.001)],
        ];
        let mut counts: FxHashMap<Pattern, [u64; 2]> = FxHashMap::default();
        for (shares, pairs) in [(&truth, 3000), (&household, 2000), (&unrelated, 200_000)] {
            for _ in 0..pairs {
                let mut pattern = Pattern::default();
                for (c, shares) in shares.iter().enumerate() {
                    pattern.set(c, draw(shares, &mut roll));
                }
                counts.entry(pattern).or_default()[0] += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable();
        let patterns = Patterns { counts, kept: Pile::held(Vec::new()), candidates: 205_000 };
        let model = fit(&start, &comparer, &patterns);
        for (c, shares) in truth.iter().enumerate() {
            for (level, share) in shares {
                let found = model.columns[c].m[*level as usize];
                assert!((found - share).abs() < 0.03, "column {c} level {level}: {found} for {share}");
            }
        }
        let same = model.prior_same * records.pairs() as f64;
        assert!((2700.0..3300.0).contains(&same), "{same} pairs of one person for 3000");
    }

    #[test]
    fn a_class_whose_people_share_name_or_date_is_no_household() {
        let column = |name, kind| Column::from_texts(name, kind, [["x"]]);
        let records = Records::new(1)
            .with(column("forename", FieldKind::Forename))
            .with(column("surname", FieldKind::Surname))
            .with(column("born", FieldKind::Date));
        let model = Model::starting(&records);
        let (forename_differs, date_differs) = (8, 10);
        // Pairs of the class that (share, differ in) forename, and date of birth.
        for ((forename, other), (born, later), expected) in [
            ((0.0, 100.0), (10.0, 90.0), 1.0),
            ((0.0, 100.0), (15.0, 85.0), 1.0),
            ((0.0, 100.0), (91.5, 8.5), 0.1),
            ((54.0, 46.0), (0.0, 100.0), 0.5),
            ((0.0, 100.0), (0.0, 0.0), 1.0),
        ] {
            let mut sums = Sums::new(&model);
            (sums.h[0][SAME as usize], sums.h[0][forename_differs]) = (forename, other);
            (sums.h[2][SAME as usize], sums.h[2][date_differs]) = (born, later);
            let found = plausible(&model, &sums);
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    fn name_near() -> u8 {
        levels(FieldKind::Forename).iter().position(|l| l.label.contains("nearly")).unwrap() as u8
    }
}
