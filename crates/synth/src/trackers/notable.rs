//! Notable cases: an Excel workbook with titles above the table, one row a case. Some keepers
//! give each child a row and leave the case's cells blank below the first, or merge them.

use super::cells::{blank, habits, headings, phrase, stream, title, who};
use crate::SynthError;
use crate::council::{COUNCIL, Case, Council};
use crate::days;
use crate::folder::{Folder, Format, Tracker};
use crate::lists::phrases;
use crate::mess::{self, Told};
use crate::people::Family;
use crate::rng::Rng;
use crate::sheet::Cell;
use crate::truth::Who;
use crate::written::{self, Habit, Style};

const NAME: &str = "notable";

const COLUMNS: [&str; 17] = [
    "No.|No|#",
    "Case|Case name|Notable case|Re:",
    "Child(ren)|Names|Subject children|Name of child(ren)",
    "Case number|Court case no|Case No.|Court ref",
    "Legal ref|Matter no|Our ref",
    "Lawyer with conduct of case|Allocated solicitor|LA solicitor|Conduct",
    "Allocated SW|Social worker|SW",
    "Judge|Tribunal|Judge / court",
    "Why notable|Reason for inclusion|Key concerns|Issue(s)",
    "Stage|Status|Position",
    "Next hearing|NH date|Next listed|Hearing date & type",
    "Directions complied with?|Compliance|Compliant Y/N",
    "Outstanding directions|Non-compliance",
    "",
    "RAG|RAG rating|BRAG|Rating",
    "Progress update|Update|Latest position|Comments",
    "Date added|Added to tracker|Date on tracker",
];

/// Writes the tracker.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let habits = &mut habits(council, NAME);
    let name = habits.pick(&["Notable cases tracker", "Notable Cases - live", "NOTABLE CASES Sept 2021"]);
    let mut tracker = folder.tracker(name, Format::Xlsx, council.families() / 25);
    tracker.sheet("Notable cases")?;
    tracker.row(title(format!("{COUNCIL} - Children's Legal - Notable cases tracker")))?;
    tracker.row(title("As at 06/09/2021. OFFICIAL SENSITIVE - legally privileged"))?;
    tracker.row(blank())?;
    tracker.row(headings(&COLUMNS, habits))?;
    tracker.hide_column(13);
    let letters = habits.chance(0.5);
    let mut number = 0;
    for family in council.walk_families("notable order") {
        tracker.walked(family.children.len());
        if !family.notable {
            continue;
        }
        let rng = &mut stream(council, NAME, family.number);
        number += 1;
        let case = family.cases.last();
        let mut cells = case_cells(council, &family, case, letters, rng);
        cells[0] = Cell::Number(f64::from(number));
        case_rows(&mut tracker, &family, case, cells, rng)?;
        if rng.chance(0.03) {
            tracker.row(blank())?;
        }
    }
    if !tracker.is_text() {
        lists(&mut tracker)?;
    }
    tracker.finish()
}

/// One row for all children, or one for each.
fn case_rows(
    tracker: &mut Tracker,
    family: &Family,
    case: Option<&Case>,
    mut cells: Vec<Cell>,
    rng: &mut Rng,
) -> Result<(), SynthError> {
    let case_id = case.map(|case| case.number);
    let concerned: Vec<usize> = match case {
        Some(case) if rng.chance(0.8) => case.children.clone(),
        _ => (0..family.children.len()).collect(),
    };
    let told: Vec<Told> = concerned.iter().map(|c| mess::told(&family.children[*c], family, rng)).collect();
    if concerned.len() > 1 && rng.chance(0.2) {
        for (i, (child, told)) in concerned.iter().zip(&told).enumerate() {
            cells[2] = Cell::text(written::one(told, Style::SurnameFirst, rng));
            tracker.row(cells.clone())?;
            tracker.who(&[who(family, *child, case_id)])?;
            if i == 0 {
                cells = vec![Cell::Empty; COLUMNS.len()];
            }
        }
        if rng.chance(0.6) {
            tracker.merge(1, told.len() as u32);
            tracker.merge(3, told.len() as u32);
        }
        return Ok(());
    }
    let listed = written::children(&told, Style::SurnameFirst, rng);
    cells[2] = Cell::text(listed.text);
    tracker.row(cells)?;
    if rng.chance(0.02) {
        tracker.hide_row();
    }
    if listed.named {
        let parts: Vec<Who> = concerned.iter().map(|c| who(family, *c, case_id)).collect();
        tracker.who(&parts)
    } else {
        tracker.who(&[Who { child: None, family: Some(family.number), case: case_id }])
    }
}

fn case_cells(
    council: &Council,
    family: &Family,
    case: Option<&Case>,
    letters: bool,
    rng: &mut Rng,
) -> Vec<Cell> {
    let surname = &family.mother.surname;
    let label = match rng.weighted(&[40, 25, 20, 15]) {
        0 => surname.to_uppercase(),
        1 => format!("{surname} family"),
        2 => format!("Re {}", written::initials(rng)),
        _ => format!("Re: {} (Children)", written::initials(rng)),
    };
    let hearing = days::plus(days::AS_AT, rng.between(3, 120));
    let hearing_type = rng.pick(&["", "", " CMH", " IRH", " FH"]);
    let added = days::plus(days::AS_AT, -rng.between(5, 300));
    vec![
        Cell::Empty,
        Cell::text(label),
        Cell::Empty,
        case.map_or(Cell::Empty, |case| written::case_numbers(case, rng)),
        Cell::text(format!("CL/{:05}", 10_000 + family.number % 89_999)),
        written::official(council, "lawyer", family.lawyer, rng),
        written::official(council, "social worker", family.social_worker, rng),
        case.map_or(Cell::Empty, |case| written::official(council, "judge", case.judge, rng)),
        phrase("reason", rng),
        phrase("stage", rng),
        Cell::text(format!("{}{hearing_type}", written::vague(hearing, rng))),
        written::yes_no(0.7, rng),
        phrase("outstanding", rng),
        Cell::Empty,
        written::rag(letters, rng),
        phrase("progress", rng),
        written::day(Some(added), Habit::Real, rng),
    ]
}

/// A sheet for the drop-downs: no tracker.
fn lists(tracker: &mut Tracker) -> Result<(), SynthError> {
    tracker.sheet("Lists")?;
    tracker.row(["Reasons", "Stages", "RAG"].map(Cell::text).to_vec())?;
    let rag = ["Red", "Amber", "Green", "Blue"];
    for i in 0..phrases("reason").len() {
        let entry = |list: &[&str]| Cell::text(*list.get(i).unwrap_or(&""));
        tracker.row(vec![entry(phrases("reason")), entry(phrases("stage")), entry(&rag)])?;
    }
    Ok(())
}
