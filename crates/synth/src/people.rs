//! The population: a family is a pure function of the seed and its number, so that every tracker
//! can walk the council in its own order without holding it in memory.

use jiff::civil::{Date, date};

use crate::council::{Case, Council};
use crate::days::{self, AS_AT};
use crate::ids;
use crate::names::{self, Heritage, Sex};
use crate::rng::Rng;

/// A period in care by agreement.
#[derive(Debug, Clone, Copy)]
pub struct Episode {
    /// First day.
    pub start: Date,
    /// Last day, unless it goes on.
    pub end: Option<Date>,
}

/// A parent.
#[derive(Debug, Clone)]
pub struct Adult {
    /// Forename.
    pub forename: &'static str,
    /// Surname.
    pub surname: String,
}

/// A child, as things really are.
#[derive(Debug, Clone)]
pub struct Child {
    /// Number in the council, from 0.
    pub number: u32,
    /// Forename.
    pub forename: &'static str,
    /// Second forename, which most trackers leave out.
    pub middle: &'static str,
    /// Surname on the birth certificate.
    pub surname: String,
    /// Surnames the child might as well be given: mother's, father's, both, a guardian's.
    pub other_surnames: Vec<String>,
    /// Sex at birth.
    pub sex: Sex,
    /// Date of birth; after the as-at date for a child not yet born.
    pub dob: Date,
    /// Date on which the birth was expected.
    pub expected: Date,
    /// Shares the date of birth with the child before or after.
    pub twin: bool,
    /// Periods in care by agreement, in order.
    pub episodes: Vec<Episode>,
    /// Lives, or is to live, under a special guardianship order.
    pub guardianship: bool,
}

impl Child {
    /// Not born on the as-at date: nobody knows a name.
    pub fn unborn(&self) -> bool {
        self.dob > AS_AT
    }

    /// Born so lately that some trackers still have the unborn baby.
    pub fn newborn(&self) -> bool {
        !self.unborn() && days::between(self.dob, AS_AT) < 200
    }
}

/// A family: the children of one mother.
#[derive(Debug, Clone)]
pub struct Family {
    /// Number in the council, from 0.
    pub number: u32,
    /// The mother.
    pub mother: Adult,
    /// The children's father, or fathers.
    pub fathers: Vec<Adult>,
    /// The children, the eldest first.
    pub children: Vec<Child>,
    /// Postcode now.
    pub postcode: String,
    /// Postcode before the last move, where somebody still has it.
    pub former_postcode: Option<String>,
    /// Sets of proceedings, the oldest first.
    pub cases: Vec<Case>,
    /// Number of the social worker, for [`Council::official`].
    pub social_worker: usize,
    /// Number of the council's lawyer.
    pub lawyer: usize,
    /// On the list of notable cases.
    pub notable: bool,
    /// Has claimed under the Human Rights Act.
    pub claim: bool,
}

impl Family {
    /// The proceedings a child is part of, the latest last.
    pub fn cases_of(&self, child: usize) -> impl DoubleEndedIterator<Item = &Case> {
        self.cases.iter().filter(move |case| case.children.contains(&child))
    }
}

/// How many children, out of 100 families.
const SIZES: [u32; 6] = [42, 29, 16, 8, 3, 2];

/// Number of children of a family, and of its court cases.
pub fn sizes(seed: u64, family: u64) -> (u32, u32) {
    let mut rng = Rng::stream(seed, "size", family);
    let children = rng.weighted(&SIZES) as u32 + 1;
    let cases = if rng.chance(0.62) { 1 + u32::from(rng.chance(0.16)) } else { 0 };
    (children, cases)
}

/// Makes a family.
pub fn family(council: &Council, number: usize) -> Family {
    let rng = &mut Rng::stream(council.seed, "family", number as u64);
    let (first_child, size) = council.children_of(number);
    let heritage = names::heritage(rng);
    let mother = Adult {
        forename: names::forename(heritage, Sex::Female, rng),
        surname: names::surname(heritage, rng),
    };
    let births = births(size, rng);
    let mut fathers = Vec::new();
    let mut children: Vec<Child> = Vec::with_capacity(size);
    let mut both = (mother.surname.clone(), Vec::new());
    for (i, (dob, twin_of_last)) in births.into_iter().enumerate() {
        if fathers.is_empty() || (!twin_of_last && rng.chance(0.2)) {
            let father = father(&mother, heritage, rng);
            both = surnames(&mother, &father, rng);
            fathers.push(father);
        }
        let mut child = child(first_child + i as u32, dob, heritage, rng);
        (child.surname, child.other_surnames) = both.clone();
        if twin_of_last && let Some(elder) = children.last_mut() {
            elder.twin = true;
            child.twin = true;
            child.expected = elder.expected;
        }
        forename(&mut child, &children, heritage, rng);
        if child.guardianship && rng.chance(0.3) {
            child.other_surnames.push(names::surname(heritage, rng));
        }
        children.push(child);
    }
    let postcode = ids::postcode(rng);
    let former_postcode = rng.chance(0.25).then(|| ids::postcode(rng));
    let social_worker = rng.below(council.staff);
    let lawyer = rng.below(council.staff / 8 + 4);
    // A small council still has a handful of each.
    let handful = 8.0 / council.families() as f64;
    let notable = rng.chance(handful.clamp(0.03, 0.4));
    let claim = rng.chance(handful.clamp(0.015, 0.3));
    let cases = council.cases_of(number, &children, rng);
    Family {
        number: number as u32,
        mother,
        fathers,
        children,
        postcode,
        former_postcode,
        cases,
        social_worker,
        lawyer,
        notable,
        claim,
    }
}

/// Days of birth, the eldest first, each with "twin of the one before".
fn births(size: usize, rng: &mut Rng) -> Vec<(Date, bool)> {
    let (first, last) = (date(2004, 9, 7), days::plus(AS_AT, 120));
    let mut born: Vec<Date> = Vec::with_capacity(size);
    let mut twins = 0;
    for i in 0..size {
        if i > twins && rng.chance(0.026) {
            twins += 1;
            continue;
        }
        // A mother can't have two births within ten months: try again, and if no gap is left, later.
        let apart = |day: Date, born: &[Date]| born.iter().all(|b| days::between(*b, day).abs() >= 300);
        let day = (0..40).map(|_| days::random(first, last, rng)).find(|day| apart(*day, &born));
        born.extend(day);
    }
    born.sort_unstable();
    let mut all: Vec<(Date, bool)> = born.iter().map(|day| (*day, false)).collect();
    // Two who are not yet named at the same time could not be told apart by anybody.
    let named = all.iter().filter(|(day, _)| days::between(*day, AS_AT) > 300).count();
    while all.len() < size {
        if named == 0 {
            let earlier = days::plus(all.first().map_or(AS_AT, |(day, _)| *day), -400);
            all.insert(0, (earlier, false));
            continue;
        }
        let elder = rng.below(named);
        all.push((all[elder].0, true));
    }
    all.sort_unstable();
    all
}

fn father(mother: &Adult, heritage: Heritage, rng: &mut Rng) -> Adult {
    let own = if rng.chance(0.1) { names::heritage(rng) } else { heritage };
    let surname = if rng.chance(0.35) { mother.surname.clone() } else { names::surname(own, rng) };
    Adult { forename: names::forename(own, Sex::Male, rng), surname }
}

/// The surname of a couple's children, and those they might be given by mistake or by habit.
fn surnames(mother: &Adult, father: &Adult, rng: &mut Rng) -> (String, Vec<String>) {
    let (m, f) = (&mother.surname, &father.surname);
    if m == f {
        return (m.clone(), Vec::new());
    }
    let both = format!("{m}-{f}");
    let short = m.len() + f.len() < 20 && !m.contains(['-', ' ']) && !f.contains(['-', ' ']);
    match rng.weighted(&[48, 37, if short { 15 } else { 0 }]) {
        0 => (f.clone(), vec![m.clone()]),
        1 => (m.clone(), vec![f.clone()]),
        _ => (both, vec![m.clone(), f.clone()]),
    }
}

fn child(number: u32, dob: Date, heritage: Heritage, rng: &mut Rng) -> Child {
    let sex = if rng.chance(0.488) { Sex::Female } else { Sex::Male };
    let mut episodes = Vec::new();
    let lived = days::between(dob, AS_AT);
    if lived > 30 && rng.chance(0.19) {
        let start = days::random(dob.max(date(2018, 1, 1)), days::plus(AS_AT, -10), rng);
        let end = days::plus(start, rng.between(5, 420));
        let end = (end < AS_AT && rng.chance(0.6)).then_some(end);
        episodes.push(Episode { start, end });
        if let Some(end) = end
            && days::between(end, AS_AT) > 60
            && rng.chance(0.2)
        {
            episodes.push(Episode { start: days::random(days::plus(end, 20), AS_AT, rng), end: None });
        }
    }
    Child {
        number,
        forename: "",
        middle: names::forename(heritage, sex, rng),
        surname: String::new(),
        other_surnames: Vec::new(),
        sex,
        dob,
        expected: days::plus(dob, rng.between(-10, 18)),
        twin: false,
        episodes,
        guardianship: lived > 200 && rng.chance(0.035),
    }
}

/// No two children of a family have the same forename; a fifth of twins have similar ones.
fn forename(child: &mut Child, elder: &[Child], heritage: Heritage, rng: &mut Rng) {
    let alike = child.twin && rng.chance(0.2);
    let initial = elder.last().and_then(|twin| twin.forename.chars().next());
    for attempt in 0..40 {
        let name = names::forename(heritage, child.sex, rng);
        child.forename = name;
        let taken = elder.iter().any(|other| other.forename == name);
        if !taken && (!alike || attempt > 25 || name.chars().next() == initial) {
            break;
        }
    }
}
