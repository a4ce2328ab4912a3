//! Claims under the Human Rights Act: an OpenDocument spreadsheet, one row a claim, with
//! children and parents in one cell.

use super::cells::{habits, headings, phrase, stream, title, who};
use crate::SynthError;
use crate::council::Council;
use crate::days;
use crate::folder::{Folder, Format};
use crate::mess::{self, Told};
use crate::people::{Adult, Family};
use crate::rng::Rng;
use crate::sheet::Cell;
use crate::truth::Who;
use crate::written::{self, Habit};

const NAME: &str = "hra";

const COLUMNS: [&str; 20] = [
    "Claim ref|Ref|Our ref",
    "Claim no|Court claim ref|Claim number",
    "Care case no|Related case number|Care proceedings",
    "Claimant(s)|Claimants|Names",
    "Litigation friend",
    "Claimant solicitor|Claimant's solicitors|Sols for claimant",
    "LBA received|Letter before claim|Date intimated",
    "Date issued|Issued",
    "Articles|Article(s)",
    "Alleged breach|Breach",
    "Current or historic|Current / historic",
    "Status|Claim status|Position",
    "Remedy|Remedy sought",
    "Damages|Damages claimed|Damages paid",
    "Costs|Costs paid",
    "Insurer notified|Insurers notified Y/N",
    "Handled by|In-house / outsourced",
    "Lessons|Lessons learnt|Theme",
    "RAG",
    "Update|Progress|Latest position",
];

/// Writes the tracker.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let habits = &mut habits(council, NAME);
    let name = habits.pick(&["HRA claims", "Human Rights Act claims log", "HRA claims tracker"]);
    let mut tracker = folder.tracker(name, Format::Ods, council.families() / 60);
    tracker.sheet("HRA claims")?;
    tracker.row(title("HRA claims - privileged and confidential"))?;
    tracker.row(headings(&COLUMNS, habits))?;
    let mut number = 0;
    for family in council.walk_families("hra order") {
        tracker.walked(family.children.len());
        if !family.claim {
            continue;
        }
        let rng = &mut stream(council, NAME, family.number);
        number += 1;
        let all = 0..family.children.len();
        let born = all.filter(|c| !family.children[*c].unborn());
        let claimants: Vec<usize> = born.filter(|_| rng.chance(0.75)).collect();
        let case = family.cases.first();
        tracker.row(claim_cells(council, &family, &claimants, number, rng))?;
        let parts: Vec<Who> =
            claimants.iter().map(|c| who(&family, *c, case.map(|case| case.number))).collect();
        tracker.who(&parts)?;
    }
    tracker.finish()
}

fn claim_cells(
    council: &Council,
    family: &Family,
    claimants: &[usize],
    number: usize,
    rng: &mut Rng,
) -> Vec<Cell> {
    let told: Vec<Told> = claimants.iter().map(|c| mess::told(&family.children[*c], family, rng)).collect();
    let mut adults: Vec<(&Adult, &str)> = Vec::new();
    if claimants.is_empty() || rng.chance(0.55) {
        adults.push((&family.mother, rng.pick(&["mother", "M", "mum"])));
    }
    if let Some(father) = family.fathers.first().filter(|_| rng.chance(0.2)) {
        adults.push((father, rng.pick(&["father", "F"])));
    }
    let heads = told.len() + adults.len();
    let received = days::plus(days::AS_AT, -rng.between(10, 900));
    let issued = Some(days::plus(received, rng.between(40, 200))).filter(|day| *day < days::AS_AT);
    let (_, first) = council.official("firm", rng.below(40));
    let (_, second) = council.official("firm", rng.below(40));
    let (friend, friend_surname) = council.official("friend", family.number as usize);
    vec![
        Cell::text(format!("HRA/{number:03}")),
        if issued.is_some() {
            Cell::text(format!("G{:02}WY{number:03}", rng.between(18, 21)))
        } else {
            Cell::Empty
        },
        family.cases.first().map_or(Cell::Empty, |case| written::case_numbers(case, rng)),
        Cell::text(written::people(&told, &adults, rng)),
        Cell::text(if told.is_empty() { "N/A".to_owned() } else { format!("{friend} {friend_surname}") }),
        Cell::text(format!("{first} & {second} {}", rng.pick(&["LLP", "Solicitors", "Law"]))),
        written::day(Some(received), Habit::Real, rng),
        written::day(issued.filter(|_| rng.chance(0.8)), Habit::Real, rng),
        phrase("articles", rng),
        phrase("breach", rng),
        Cell::text(rng.pick(&["Current", "Historic", "current", "H", "C"])),
        phrase("claim_status", rng),
        phrase("remedy", rng),
        written::money(heads, rng),
        written::money(1, rng),
        written::yes_no(0.6, rng),
        phrase("handled_by", rng),
        phrase("mitigation", rng),
        written::rag(true, rng),
        phrase("progress", rng),
    ]
}
