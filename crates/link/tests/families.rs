//! Families whose truth is known: brothers, sisters and twins in three registers with errors.

use collate_link::measure::pairs;
use collate_link::{Column, FieldKind, Records, Settings, link};

const FORENAMES: [&str; 24] = [
    "amelia", "jack", "olivia", "harry", "isla", "noah", "ava", "leo", "mia", "oscar", "zara", "yusuf",
    "fatima", "adam", "zofia", "jakub", "chloe", "ryan", "maya", "ethan", "ruby", "tyler", "poppy", "kian",
];
const SURNAMES: [&str; 20] = [
    "smith", "jones", "taylor", "khan", "brown", "patel", "evans", "nowak", "hughes", "ali", "walker",
    "green", "wood", "okafor", "begum", "clarke", "baker", "hill", "moore", "ward",
];

/// A fixed sequence of numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

#[derive(Clone)]
struct Child {
    forename: String,
    surname: String,
    born: String,
    postcode: String,
    case: String,
}

fn families(dice: &mut Dice, count: u64) -> Vec<Vec<Child>> {
    let mut families = Vec::new();
    for family in 0..count {
        let surname =
            format!("{}{}", SURNAMES[dice.below(20) as usize], ["", "", "son", "er"][dice.below(4) as usize]);
        let postcode = format!(
            "WB{} {}{}{}",
            dice.below(30) + 1,
            dice.below(9) + 1,
            "ABDEFGH".chars().nth(dice.below(7) as usize).unwrap(),
            "JLNPQRS".chars().nth(dice.below(7) as usize).unwrap()
        );
        let mut children: Vec<Child> = Vec::new();
        for _ in 0..dice.below(4) + 1 {
            let twin = children.last().map(|c| c.born.clone()).filter(|_| dice.one_in(12));
            let born =
                format!("{}-{:02}-{:02}", 2004 + dice.below(17), dice.below(12) + 1, dice.below(28) + 1);
            let mut forename = FORENAMES[dice.below(24) as usize].to_owned();
            while children.iter().any(|c| c.forename == forename) {
                forename = FORENAMES[dice.below(24) as usize].to_owned();
            }
            children.push(Child {
                forename,
                surname: surname.clone(),
                born: twin.unwrap_or(born),
                postcode: postcode.clone(),
                case: format!("WB21C{family:05}"),
            });
        }
        families.push(children);
    }
    families
}

fn messy(dice: &mut Dice, child: &Child) -> Child {
    let mut copy = child.clone();
    if dice.one_in(12) {
        copy.forename.remove(1);
    }
    if dice.one_in(10) {
        copy.surname = SURNAMES[dice.below(20) as usize].to_owned();
    }
    if dice.one_in(20) {
        copy.born = String::new();
    }
    if dice.one_in(5) {
        copy.postcode = String::new();
    }
    if dice.one_in(3) {
        copy.case = String::new();
    }
    copy
}

#[test]
fn brothers_and_sisters_stay_apart_and_records_of_one_child_come_together() {
    let mut dice = Dice(11);
    let families = families(&mut dice, 700);
    let (mut rows, mut truth, mut sources) = (Vec::new(), Vec::new(), Vec::new());
    for source in 0..3 {
        for (child, person) in families.iter().flatten().enumerate() {
            if !dice.one_in(4) {
                rows.push(messy(&mut dice, person));
                truth.push(child as u32);
                sources.push(source);
            }
        }
    }
    let column = |name, kind, get: fn(&Child) -> &String| {
        Column::from_texts(name, kind, rows.iter().map(|r| [get(r)]))
    };
    let records = Records::new(rows.len())
        .with(column("forename", FieldKind::Forename, |r| &r.forename))
        .with(column("surname", FieldKind::Surname, |r| &r.surname))
        .with(column("born", FieldKind::Date, |r| &r.born))
        .with(column("postcode", FieldKind::Postcode, |r| &r.postcode))
        .with(column("case number", FieldKind::Reference, |r| &r.case))
        .from_sources(sources, vec![true; 3]);
    let found = link(&records, &Settings::default());
    let measure = pairs(&found.clusters, &truth);
    assert!(measure.precision > 0.995, "{measure:?}");
    assert!(measure.recall > 0.93, "{measure:?}");

    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let alone = one.install(|| link(&records, &Settings::default()));
    assert_eq!(alone.clusters, found.clusters);
    assert_eq!(alone.model, found.model);
    assert_eq!(alone.doubts, found.doubts);
}
