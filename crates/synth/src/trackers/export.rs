//! The list of people from the case management system: a text file with a byte order mark, one
//! row a child, split names, and a few children who were entered twice.

use super::cells::{habits, headings, nhs, phrase, stream, who};
use crate::SynthError;
use crate::council::Council;
use crate::folder::{Folder, Format};
use crate::mess;
use crate::people::Family;
use crate::rng::Rng;
use crate::sheet::Cell;
use crate::write_text::Encoding;
use crate::written;

const NAME: &str = "export";
const SECOND: &str = "export second";

const COLUMNS: [&str; 14] = [
    "Person Unique ID|Child Unique ID|Mosaic ID|Person ID",
    "Legacy ID|Previous system ID",
    "Forename|First name|Forename(s)",
    "Surname|Last name",
    "Date of Birth|DOB",
    "Expected Birth Date|EDD",
    "Gender|Sex",
    "Ethnicity",
    "NHS Number|NHS No",
    "Postcode|Home postcode",
    "Allocated Team|Team",
    "Allocated Worker|Allocated SW",
    "Case status",
    "Notes",
];

/// Writes the list.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let habits = &mut habits(council, NAME);
    let name = habits.pick(&["CMS export 060921", "Children list - case management system", "Mosaic_export"]);
    let mut tracker = folder.tracker(name, Format::Csv(Encoding::Utf8Bom), council.children());
    tracker.sheet("")?;
    tracker.row(headings(&COLUMNS, habits))?;
    for (family, at) in council.walk_children("export order") {
        tracker.walked(1);
        let rng = &mut stream(council, NAME, family.children[at].number);
        if rng.chance(0.92) {
            tracker.row(cells(council, &family, at, false, rng))?;
            tracker.who(&[who(&family, at, None)])?;
        }
    }
    for (family, at) in council.walk_children("export second order") {
        tracker.walked(1);
        let rng = &mut stream(council, SECOND, family.children[at].number);
        if rng.chance(0.01) {
            // Mostly an old version of the same file; sometimes a second file under a new number.
            let second = rng.chance(0.3);
            tracker.row(cells(council, &family, at, second, rng))?;
            tracker.who(&[who(&family, at, None)])?;
        }
    }
    tracker.finish()
}

fn cells(council: &Council, family: &Family, at: usize, second: bool, rng: &mut Rng) -> Vec<Cell> {
    let child = &family.children[at];
    let told = mess::told(child, family, rng);
    let id = if second { council.second_id(child) } else { council.child_id(child) };
    let legacy = if rng.chance(0.25) && !second { council.legacy_id(child) } else { String::new() };
    let forename = match (told.unborn, rng.below(3)) {
        (false, _) => told.forename.clone(),
        (true, 0) => "Unborn".to_owned(),
        (true, 1) => "Baby".to_owned(),
        _ => "UBB".to_owned(),
    };
    let shout = rng.chance(0.05);
    let surname = match (&told.alias, shout) {
        (Some(other), _) => format!("{} (aka {other})", told.surname),
        (None, true) => told.surname.to_uppercase(),
        (None, false) => told.surname.clone(),
    };
    vec![
        Cell::text(id),
        Cell::text(legacy),
        Cell::text(mess::untidy(forename, rng)),
        Cell::text(mess::untidy(surname, rng)),
        told.dob.map_or(Cell::Empty, Cell::Date),
        told.expected.map_or(Cell::Empty, Cell::Date),
        written::sex(child.sex, told.unborn, false, rng),
        phrase("ethnicity", rng),
        if told.unborn { Cell::Empty } else { nhs(council, child, 0.55, rng) },
        Cell::text(told.postcode.unwrap_or_default()),
        phrase("team", rng),
        written::official(council, "social worker", family.social_worker, rng),
        Cell::text(rng.pick(&["Open", "Open", "Open", "Closed"])),
        if rng.chance(0.05) { phrase("note", rng) } else { Cell::Empty },
    ]
}
