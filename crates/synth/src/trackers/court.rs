//! Court proceedings: one workbook with live cases (a row each, the children in one cell),
//! concluded ones (a row for each child, the case written once), page breaks that repeat the
//! heading, totals at the end, and a sheet of contacts that is no tracker.

use super::cells::{child_id, habits, headings, phrase, stream, title, who};
use crate::SynthError;
use crate::council::{COUNCIL, Case, Council};
use crate::days;
use crate::folder::{Folder, Format, Tracker};
use crate::mess::{self, Told};
use crate::people::Family;
use crate::rng::Rng;
use crate::sheet::Cell;
use crate::truth::Who;
use crate::written::{self, Habit, Style};

const LIVE: &str = "court live";
const CONCLUDED: &str = "court concluded";
/// Rows of a printed page.
const PAGE: u32 = 48;

const LIVE_COLUMNS: [&str; 18] = [
    "Case Number|Case No.|Court case no|Proceedings no",
    "CCD Number|CCD no",
    "Children|Child(ren)|Names|Subject children",
    "No. of children|No of ch|# children",
    "Application|Application type|Type",
    "Issue date|Date issued|Receipt date|C110A date",
    "Week no|Week|Age of case (weeks)",
    "26 week date|26 wk deadline",
    "CMH|CMH date",
    "IRH|IRH date",
    "Final hearing|FH|Expected FH date",
    "Guardian|CG|Children's Guardian",
    "Judge",
    "Court",
    "Lawyer|LA solicitor|Fee earner",
    "Social worker|SW",
    "RAG",
    "Comments|Update|Progress",
];

const CONCLUDED_COLUMNS: [&str; 11] = [
    "Case Number|Case No.|Court ref",
    "Child|Child's name|Name of child",
    "D.o.b.|DOB|Date of birth",
    "LCS ID|Mosaic no|Child ID",
    "Issue date|Date issued",
    "Final order|Order made|Outcome",
    "Date concluded|Conclusion date|Date of final order",
    "Weeks|Duration (weeks)",
    "Within 26|Within 26 weeks Y/N",
    "Experts|Expert",
    "Legal status|Order",
];

/// Writes the tracker.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let name = habits(council, "court").pick(&["Court proceedings tracker", "Court work - 26 week tracker"]);
    let mut tracker = folder.tracker(name, Format::Xlsx, council.cases() * 4 / 3);
    live(council, &mut tracker)?;
    concluded(council, &mut tracker)?;
    if !tracker.is_text() {
        contacts(council, &mut tracker)?;
    }
    tracker.finish()
}

fn live(council: &Council, tracker: &mut Tracker) -> Result<(), SynthError> {
    let habits = &mut habits(council, LIVE);
    tracker.sheet("Live")?;
    tracker.row(title(format!("{COUNCIL}: court proceedings as at 6 September 2021")))?;
    let heading = headings(&LIVE_COLUMNS, habits);
    let mut row = tracker.row(heading.clone())?;
    let mut page_end = row + PAGE;
    let style = habits.pick(&[Style::SurnameFirst, Style::Shout, Style::Plain]);
    let (mut cases, mut children) = (0, 0);
    for family in council.walk_families("court live order") {
        tracker.walked(family.children.len());
        for case in family.cases.iter().filter(|case| case.concluded.is_none()) {
            let rng = &mut stream(council, LIVE, case.number);
            if rng.chance(0.03) {
                continue;
            }
            if row >= page_end && !tracker.is_text() {
                page_end = tracker.row(heading.clone())? + PAGE;
            }
            let told: Vec<Told> =
                case.children.iter().map(|c| mess::told(&family.children[*c], &family, rng)).collect();
            let listed = written::children(&told, style, rng);
            row = tracker.row(live_cells(council, &family, case, listed.text, rng))?;
            if listed.named {
                let parts: Vec<Who> =
                    case.children.iter().map(|c| who(&family, *c, Some(case.number))).collect();
                tracker.who(&parts)?;
            } else {
                let family = Some(family.number);
                tracker.who(&[Who { child: None, family, case: Some(case.number) }])?;
            }
            cases += 1;
            children += told.len();
        }
    }
    let mut total = vec![Cell::text(format!("Total: {cases} cases")), Cell::Empty, Cell::Empty];
    total.push(Cell::Number(children as f64));
    tracker.row(total)?;
    Ok(())
}

fn live_cells(council: &Council, family: &Family, case: &Case, children: String, rng: &mut Rng) -> Vec<Cell> {
    let hearing = |from: i32, rng: &mut Rng| {
        let day = days::plus(case.issued, from + rng.between(-6, 20));
        if rng.chance(0.15) { Cell::Empty } else { Cell::text(written::vague(day, rng)) }
    };
    let ccd = 1_600_000_000_000_000 + u64::from(case.number) * 7_919 % 99_999_999_999;
    let digits = ccd.to_string();
    let ccd = match rng.below(4) {
        0 => Cell::text(format!("{}-{}-{}-{}", &digits[..4], &digits[4..8], &digits[8..12], &digits[12..])),
        1 => Cell::Number((ccd / 10 * 10) as f64),
        _ => Cell::Empty,
    };
    let weeks = days::between(case.issued, days::AS_AT) / 7;
    let guardian = rng.below(30);
    vec![
        written::case_numbers(case, rng),
        ccd,
        Cell::text(children),
        if rng.chance(0.9) { Cell::Number(case.children.len() as f64) } else { Cell::Empty },
        phrase("court_type", rng),
        written::day(Some(case.issued), Habit::Real, rng),
        Cell::Number(f64::from(weeks)),
        written::day(Some(days::plus(case.issued, 182)), Habit::Serial, rng),
        hearing(20, rng),
        hearing(135, rng),
        hearing(176, rng),
        written::official(council, "children's guardian", guardian, rng),
        written::official(council, "judge", case.judge, rng),
        phrase("court", rng),
        written::official(council, "lawyer", family.lawyer, rng),
        written::official(council, "social worker", family.social_worker, rng),
        written::rag(true, rng),
        phrase("progress", rng),
    ]
}

fn concluded(council: &Council, tracker: &mut Tracker) -> Result<(), SynthError> {
    let habits = &mut habits(council, CONCLUDED);
    tracker.sheet("Concluded")?;
    let heading = headings(&CONCLUDED_COLUMNS, habits);
    let mut row = tracker.row(heading.clone())?;
    let mut page_end = row + PAGE;
    let style = habits.pick(&[Style::SurnameFirst, Style::Shout, Style::Reversed]);
    let mut children = 0;
    for family in council.walk_families("court concluded order") {
        tracker.walked(family.children.len());
        for case in &family.cases {
            if case.concluded.is_none() {
                continue;
            }
            let rng = &mut stream(council, CONCLUDED, case.number);
            if rng.chance(0.05) {
                continue;
            }
            if row >= page_end && !tracker.is_text() {
                page_end = tracker.row(heading.clone())? + PAGE;
            }
            let as_above = rng.chance(0.6);
            let number = written::case_numbers(case, rng);
            for (i, at) in case.children.iter().enumerate() {
                let first = i == 0 || !as_above;
                let case_number = if first { number.clone() } else { Cell::Empty };
                row = tracker.row(concluded_cells(council, &family, case, *at, case_number, style, rng))?;
                tracker.who(&[who(&family, *at, Some(case.number))])?;
            }
            children += case.children.len();
            if as_above && rng.chance(0.3) {
                tracker.merge(0, case.children.len() as u32);
            }
        }
    }
    tracker.row(title(format!("TOTAL {children} children")))?;
    Ok(())
}

fn concluded_cells(
    council: &Council,
    family: &Family,
    case: &Case,
    at: usize,
    case_number: Cell,
    style: Style,
    rng: &mut Rng,
) -> Vec<Cell> {
    let child = &family.children[at];
    let told = mess::told(child, family, rng);
    let length = case.concluded.map_or(0, |end| days::between(case.issued, end));
    vec![
        case_number,
        Cell::text(written::one(&told, style, rng)),
        written::day(told.dob, Habit::Real, rng),
        child_id(council, child, 0.5, rng),
        written::day(Some(case.issued), Habit::Text, rng),
        phrase("outcome", rng),
        written::day(case.concluded, Habit::Real, rng),
        Cell::Number(f64::from(length * 10 / 7) / 10.0),
        Cell::text(if length <= 182 { "Y" } else { "N" }),
        phrase("expert", rng),
        phrase("legal_status", rng),
    ]
}

fn contacts(council: &Council, tracker: &mut Tracker) -> Result<(), SynthError> {
    tracker.sheet("Contacts")?;
    tracker.row(["Name", "Role", "Telephone"].map(Cell::text).to_vec())?;
    for i in 0..12 {
        let (forename, surname) = council.official("lawyer", i);
        let role = if i % 3 == 0 { "Solicitor" } else { "Legal assistant" };
        let telephone = format!("01632 960{:03}", 100 + i * 7);
        tracker.row(vec![
            Cell::text(format!("{forename} {surname}")),
            Cell::text(role),
            Cell::text(telephone),
        ])?;
    }
    Ok(())
}
