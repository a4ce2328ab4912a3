//! What must hold whatever the records: the answer does not depend on the order of rows, fields,
//! sources or on the number of threads; nobody is lost, in two clusters, or with somebody whom
//! the caller kept apart; and a rule more never means a candidate less.

use collate_link::block::{Atom, Blocks, Rule};
use collate_link::compare::Comparer;
use collate_link::{Column, FieldKind, Records, Settings, link, link_with};

/// A fixed sequence of numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Forename, surname, date of birth, postcode; and the list it stands in.
type Row = ([String; 4], u32);

const FIELDS: [(&str, FieldKind); 4] = [
    ("forename", FieldKind::Forename),
    ("surname", FieldKind::Surname),
    ("born", FieldKind::Date),
    ("postcode", FieldKind::Postcode),
];

/// About two rows a person, some with a letter missing or a field empty, in three lists.
fn rows(count: usize) -> Vec<Row> {
    let mut dice = Dice(7);
    let name = |dice: &mut Dice, parts: usize| -> String {
        (0..parts).map(|_| ["ka", "lo", "mi", "ru", "sen", "ta", "vor", "zel"][dice.below(8)]).collect()
    };
    let mut rows = Vec::new();
    while rows.len() < count {
        let person = [
            name(&mut dice, 2),
            name(&mut dice, 3),
            format!("20{:02}-{:02}-{:02}", dice.below(20), dice.below(12) + 1, dice.below(28) + 1),
            format!("AB{} {}CD", dice.below(30) + 1, dice.below(9) + 1),
        ];
        for _ in 0..=dice.below(3) {
            let mut row = person.clone();
            match dice.below(8) {
                0 => drop(row[0].pop()),
                1 => drop(row[1].pop()),
                2 => row[2].clear(),
                3 => row[3].clear(),
                _ => {}
            }
            rows.push((row, dice.below(3) as u32));
        }
    }
    rows.truncate(count);
    rows
}

fn records(rows: &[Row], fields: [usize; 4]) -> Records {
    let column =
        |c: usize| Column::from_texts(FIELDS[c].0, FIELDS[c].1, rows.iter().map(|(row, _)| [&row[c]]));
    let records = fields.into_iter().fold(Records::new(rows.len()), |records, c| records.with(column(c)));
    records.from_sources(rows.iter().map(|(_, source)| *source).collect(), vec![false, true, false])
}

/// For each row the smallest row of its cluster: the same however clusters are numbered.
fn leaders(clusters: &[u32], order: &[usize]) -> Vec<usize> {
    let mut leader = vec![usize::MAX; clusters.len()];
    for (at, row) in order.iter().enumerate() {
        let first = &mut leader[clusters[at] as usize];
        *first = (*first).min(*row);
    }
    let mut of_row = vec![0; order.len()];
    for (at, row) in order.iter().enumerate() {
        of_row[*row] = leader[clusters[at] as usize];
    }
    of_row
}

const COUNT: usize = 2500;

#[test]
fn the_order_of_rows_fields_and_sources_and_the_threads_do_not_matter() {
    for count in [800, COUNT] {
        let rows = rows(count);
        let straight: Vec<usize> = (0..count).collect();
        let linked = |rows: &[Row], fields| link(&records(rows, fields), &Settings::default()).clusters;
        let expected = leaders(&linked(&rows, [0, 1, 2, 3]), &straight);
        let joined = (0..count).filter(|row| expected[*row] != *row).count();
        assert!(joined > count / 4, "{joined} rows were joined");
        let differ = |found: &[u32], order: &[usize]| {
            leaders(found, order).iter().zip(&expected).filter(|(x, y)| x != y).count()
        };

        let mut order = straight.clone();
        let mut dice = Dice(3);
        (1..count).rev().for_each(|i| order.swap(i, dice.below(i + 1)));
        let shuffled: Vec<Row> = order.iter().map(|row| rows[*row].clone()).collect();
        let found = differ(&linked(&shuffled, [0, 1, 2, 3]), &order);
        assert_eq!(found, 0, "of {count} rows differ in another order of rows");

        let found = differ(&linked(&rows, [3, 1, 0, 2]), &straight);
        assert_eq!(found, 0, "of {count} rows differ in another order of fields");

        let renumbered: Vec<Row> =
            rows.iter().map(|(row, s)| (row.clone(), if *s == 1 { 1 } else { 2 - s })).collect();
        let found = differ(&linked(&renumbered, [0, 1, 2, 3]), &straight);
        assert_eq!(found, 0, "of {count} rows differ in another order of sources");

        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let found = differ(&pool.install(|| linked(&rows, [0, 1, 2, 3])), &straight);
            assert_eq!(found, 0, "of {count} rows differ with {threads} threads");
        }
    }
}

#[test]
fn a_ceiling_of_memory_changes_nothing() {
    let records = records(&rows(COUNT), [0, 1, 2, 3]);
    let free = link(&records, &Settings::default());
    assert!(!free.edges().is_empty());
    for bytes in [0, 100_000, 1 << 40] {
        let settings = Settings { pair_memory: Some(bytes), ..Settings::default() };
        let held = link_with(&records, &settings, &|_, _, _| {}).unwrap();
        assert_eq!(held.edges().is_empty(), bytes < 1 << 40, "{bytes}");
        assert_eq!(
            (held.clusters, held.doubts, held.model),
            (free.clusters.clone(), free.doubts.clone(), free.model.clone())
        );
    }
}

#[test]
fn every_record_is_in_one_cluster_and_none_with_whom_it_is_kept_apart() {
    let rows = rows(COUNT);
    // Each row and the next but one are children of one cell.
    let groups: Vec<u32> = (0..COUNT as u32).map(|row| row / 4 * 2 + row % 2).collect();
    let found = link(&records(&rows, [0, 1, 2, 3]).kept_apart(groups.clone()), &Settings::default());
    assert_eq!(found.clusters.len(), COUNT);
    let persons = found.clusters.iter().max().unwrap() + 1;
    let mut first_seen = 0;
    for cluster in &found.clusters {
        assert!(*cluster <= first_seen, "clusters are numbered as they come");
        first_seen = first_seen.max(cluster + 1);
    }
    assert_eq!(first_seen, persons);
    for a in 0..COUNT {
        for b in a + 1..COUNT.min(a + 4) {
            assert!(groups[a] != groups[b] || found.clusters[a] != found.clusters[b], "{a} and {b}");
        }
    }
    for (member, cluster) in found.members.iter().zip(&found.clusters) {
        assert_eq!(found.clusters[member.partner as usize], *cluster);
        assert!((0.0..=1.0).contains(&member.probability));
    }
}

#[test]
fn a_rule_more_never_means_a_candidate_less() {
    let records = records(&rows(COUNT), [0, 1, 2, 3]);
    let comparer = Comparer::new(&records);
    let rule = Rule { atoms: vec![Atom::Initial(0), Atom::Year(2)], any_order: false };
    let (without, with) = (Blocks::of(&comparer, &[]), Blocks::of(&comparer, &[rule]));
    let mut more = 0;
    for a in 0..COUNT as u32 {
        for b in a + 1..COUNT as u32 {
            assert!(!without.give(a, b) || with.give(a, b), "{a} and {b}");
            more += u32::from(with.give(a, b) && !without.give(a, b));
        }
    }
    assert!(more > 0);
}
