//! The education service's list: text with tabs, other headings, pupil numbers, and none of the
//! council's own numbers for children.

use super::cells::{habits, headings, nhs, phrase, stream, who};
use crate::SynthError;
use crate::council::Council;
use crate::days::{self, AS_AT};
use crate::folder::{Folder, Format};
use crate::mess;
use crate::names;
use crate::sheet::Cell;
use crate::written::{self, Habit};

const NAME: &str = "school";

const COLUMNS: [&str; 9] = [
    "UPN|Unique Pupil Number",
    "Family name|Legal surname",
    "Given name(s)|Legal forename",
    "Birth date|D.O.B.",
    "M/F|Sex",
    "Post code|Home post code",
    "NHS no|NHS",
    "School|Establishment",
    "Year group|NCY",
];

/// Writes the list.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let habits = &mut habits(council, NAME);
    let name = habits.pick(&["Education match list", "Virtual school roll", "EMS extract Sept 21"]);
    let mut tracker = folder.tracker(name, Format::Tsv, council.children() / 2);
    tracker.sheet("")?;
    tracker.row(headings(&COLUMNS, habits))?;
    for (family, at) in council.walk_children("school order") {
        tracker.walked(1);
        let child = &family.children[at];
        let years = days::age(child.dob, AS_AT);
        let rng = &mut stream(council, NAME, child.number);
        if !(4..17).contains(&years) || !rng.chance(0.8) {
            continue;
        }
        let told = mess::told(child, &family, rng);
        tracker.row(vec![
            if rng.chance(0.88) { Cell::text(council.upn(child)) } else { Cell::Empty },
            Cell::text(names::plain(&told.surname)),
            Cell::text(names::plain(&told.forename)),
            written::day(told.dob, Habit::Iso, rng),
            written::sex(child.sex, false, false, rng),
            Cell::text(
                told.postcode
                    .map_or(String::new(), |code| if rng.chance(0.2) { code.replace(' ', "") } else { code }),
            ),
            nhs(council, child, 0.08, rng),
            phrase("school", rng),
            Cell::Number(f64::from((years - 4).max(0))),
        ])?;
        tracker.who(&[who(&family, at, None)])?;
    }
    tracker.finish()
}
