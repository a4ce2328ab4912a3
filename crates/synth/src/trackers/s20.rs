//! Children accommodated under section 20: present episodes in an Excel workbook, with real
//! dates, text dates and bare serials side by side; ended ones in a Windows-1252 text file
//! that splits the name. One row an episode.

use super::cells::{blank, child_id, habits, headings, phrase, stream, title, who};
use crate::SynthError;
use crate::council::Council;
use crate::days;
use crate::folder::{Folder, Format};
use crate::mess;
use crate::people::{Episode, Family};
use crate::rng::Rng;
use crate::sheet::Cell;
use crate::write_text::Encoding;
use crate::written::{self, Habit, Style};

const CURRENT: &str = "s20 current";
const ENDED: &str = "s20 ended";

const CURRENT_COLUMNS: [&str; 19] = [
    "LCS No.|LCS ID|Mosaic ID|Child ID",
    "Child's Name|Name of Child|Young person|Child",
    "DOB|D.O.B.|Date of Birth|Child DoB",
    "Home postcode|Postcode",
    "Date accommodated|S20 date|Date s.20 signed|S.20 start date",
    "Basis|S20 basis",
    "Legal status|Current legal status",
    "Consent given by|Who consented",
    "Consent date|Date of consent",
    "Consent form signed|Signed Y/N",
    "Reviewed within 24h|24 hour review",
    "Gateway date|Legal gateway",
    "Gateway outcome|Outcome of legal gateway",
    "Next review|Next review date",
    "Placement|Placement type",
    "Permanence plan|Care plan",
    "Reason|Purpose|Reason for accommodation",
    "Allocated SW|Social worker|SW",
    "RAG|RAG rating",
];

const ENDED_COLUMNS: [&str; 11] = [
    "Child ID|LCS ID|Client ID",
    "Surname|Last name",
    "Forename|First name|Forename(s)",
    "DOB|Date of birth",
    "S20 start|Start date|Date started",
    "S20 end|End date|Date ceased",
    "Legal status|Status",
    "Consent by|Consent given by",
    "Reason|Reason for s20",
    "Team|Allocated team",
    "Comments|Notes",
];

/// Writes both trackers.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    current(council, folder)?;
    ended(council, folder)
}

fn current(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let habits = &mut habits(council, CURRENT);
    let name = habits.pick(&["Section 20 tracker", "S20 cases - current", "s.20 review tracker"]);
    let mut tracker = folder.tracker(name, Format::Xlsx, council.children() / 8);
    tracker.sheet("S20")?;
    tracker.row(title("Section 20 - current cases"))?;
    tracker.row(title("Last updated 06/09/2021"))?;
    tracker.row(headings(&CURRENT_COLUMNS, habits))?;
    let style = habits.pick(&[Style::SurnameFirst, Style::Shout, Style::Plain]);
    for family in council.walk_families("s20 current order") {
        tracker.walked(family.children.len());
        for (at, child) in family.children.iter().enumerate() {
            for episode in child.episodes.iter().filter(|episode| episode.end.is_none()) {
                let rng = &mut stream(council, CURRENT, child.number);
                tracker.row(current_cells(council, &family, at, *episode, style, rng))?;
                tracker.who(&[who(&family, at, None)])?;
                match rng.below(200) {
                    0..=1 => tracker.hide_row(),
                    2..=3 => drop(tracker.row(blank())?),
                    _ => {}
                }
            }
        }
    }
    tracker.finish()
}

fn current_cells(
    council: &Council,
    family: &Family,
    at: usize,
    episode: Episode,
    style: Style,
    rng: &mut Rng,
) -> Vec<Cell> {
    let child = &family.children[at];
    let told = mess::told_born(child, family, rng);
    let review = days::plus(days::AS_AT, rng.between(-20, 150));
    let gateway = days::plus(episode.start, rng.between(5, 60));
    let consent = days::plus(episode.start, rng.between(-1, 3));
    vec![
        child_id(council, child, 0.65, rng),
        Cell::text(written::one(&told, style, rng)),
        written::day(told.dob, Habit::Text, rng),
        Cell::text(told.postcode.filter(|_| rng.chance(0.5)).unwrap_or_default()),
        written::day(Some(episode.start), Habit::Real, rng),
        phrase("basis", rng),
        phrase("s20_status", rng),
        phrase("consent_by", rng),
        written::day(Some(consent).filter(|_| rng.chance(0.8)), Habit::Serial, rng),
        written::yes_no(0.7, rng),
        written::yes_no(0.5, rng),
        written::day(Some(gateway).filter(|_| rng.chance(0.7)), Habit::Text, rng),
        phrase("gateway", rng),
        Cell::text(written::vague(review, rng)),
        phrase("placement", rng),
        phrase("permanence", rng),
        phrase("s20_reason", rng),
        written::official(council, "social worker", family.social_worker, rng),
        written::rag(false, rng),
    ]
}

fn ended(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let habits = &mut habits(council, ENDED);
    let name = habits.pick(&["S20 closed cases", "Section 20 ended 2018-2021", "s20 archive"]);
    let format = Format::Csv(Encoding::Windows1252);
    let mut tracker = folder.tracker(name, format, council.children() / 12);
    tracker.sheet("")?;
    tracker.row(headings(&ENDED_COLUMNS, habits))?;
    for family in council.walk_families("s20 ended order") {
        tracker.walked(family.children.len());
        for (at, child) in family.children.iter().enumerate() {
            for (nth, episode) in child.episodes.iter().enumerate().filter(|(_, e)| e.end.is_some()) {
                let rng = &mut Rng::stream(council.seed, ENDED, u64::from(child.number) * 4 + nth as u64);
                let told = mess::told_born(child, &family, rng);
                let surname =
                    if rng.chance(0.1) { told.surname.to_uppercase() } else { told.surname.clone() };
                tracker.row(vec![
                    child_id(council, child, 0.5, rng),
                    Cell::text(mess::untidy(surname, rng)),
                    Cell::text(mess::untidy(told.forename, rng)),
                    written::day(told.dob, Habit::Text, rng),
                    written::day(Some(episode.start), Habit::Text, rng),
                    written::day(episode.end, Habit::Text, rng),
                    phrase("s20_status", rng),
                    phrase("consent_by", rng),
                    phrase("s20_reason", rng),
                    phrase("team", rng),
                    if rng.chance(0.2) { phrase("note", rng) } else { Cell::Empty },
                ])?;
                tracker.who(&[who(&family, at, None)])?;
            }
        }
    }
    tracker.finish()
}
