//! Audits of special guardianship and discharge matters: an old Excel workbook with the 1904
//! date system, one row an audit. A child may be audited twice; siblings may share a row.

use super::cells::{blank, child_id, habits, headings, phrase, stream, title, who};
use crate::SynthError;
use crate::council::Council;
use crate::days;
use crate::folder::{Folder, Format};
use crate::mess::{self, Told};
use crate::people::Family;
use crate::rng::Rng;
use crate::sheet::Cell;
use crate::truth::Who;
use crate::written::{self, Habit, Style};

const NAME: &str = "sgo";

const COLUMNS: [&str; 20] = [
    "Audit ref|Audit no|Ref",
    "Child's Name|Name of Child|Child(ren)",
    "DoB|D.O.B|Date of Birth",
    "Mosaic ID|Mosaic number|LCS ID|Liquidlogic no",
    "Application|Application type|SGO / DISCO",
    "Court stage|Stage|Pre-court / in court",
    "Special guardian|SG|Proposed SG|Prospective special guardian",
    "Relationship|Relationship to child",
    "Assessment|Assessment outcome",
    "Date of assessment|Assessment date",
    "Support plan|SGSP",
    "Audited on|Date of audit|Audit date",
    "Auditor|Audited by",
    "Grade|Audit grade|Judgement",
    "Legal advice given Y/N|Legal advice?",
    "Issues|Issues identified",
    "Mitigation|Mitigations|Actions",
    "Extension sought|Ext sought?",
    "Case No.|Court case no|Proceedings no",
    "RAG|RAG rating",
];

/// Writes the tracker.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    let habits = &mut habits(council, NAME);
    let name = habits.pick(&["SGO audits 2021", "SGO and DISCO audit log", "Audit of SGOs"]);
    let mut tracker = folder.tracker(name, Format::Xls, council.children() / 26);
    tracker.sheet("Audits")?;
    tracker.row(title("SGO / discharge of care order audits"))?;
    tracker.row(blank())?;
    tracker.row(headings(&COLUMNS, habits))?;
    tracker.hide_column(17);
    let style = habits.pick(&[Style::SurnameFirst, Style::Shout, Style::Plain]);
    let mut audit = 0;
    for family in council.walk_families("sgo order") {
        tracker.walked(family.children.len());
        let under: Vec<usize> =
            (0..family.children.len()).filter(|c| family.children[*c].guardianship).collect();
        let Some(first) = under.first() else { continue };
        let rng = &mut stream(council, NAME, family.number);
        let together = under.len() > 1 && rng.chance(0.5);
        let groups: Vec<&[usize]> = if together { vec![&under] } else { under.chunks(1).collect() };
        for group in groups {
            for _ in 0..1 + u32::from(rng.chance(0.08)) {
                audit += 1;
                let (cells, named) = audit_cells(council, &family, group, audit, style, rng);
                tracker.row(cells)?;
                let case = family.cases_of(*first).next_back().map(|case| case.number);
                if named {
                    let parts: Vec<Who> = group.iter().map(|c| who(&family, *c, case)).collect();
                    tracker.who(&parts)?;
                } else {
                    tracker.who(&[Who { child: None, family: Some(family.number), case }])?;
                }
            }
        }
    }
    tracker.finish()
}

fn audit_cells(
    council: &Council,
    family: &Family,
    group: &[usize],
    audit: u32,
    style: Style,
    rng: &mut Rng,
) -> (Vec<Cell>, bool) {
    let told: Vec<Told> = group.iter().map(|c| mess::told(&family.children[*c], family, rng)).collect();
    let alone = group.len() == 1;
    let (name, named) = if alone {
        (written::one(&told[0], style, rng), true)
    } else {
        let listed = written::children(&told, style, rng);
        (listed.text, listed.named)
    };
    let audited = days::plus(days::AS_AT, -rng.between(2, 400));
    let assessed = days::plus(audited, -rng.between(10, 200));
    let child = &family.children[group[0]];
    let (first, _) = council.official("guardian", family.number as usize);
    let guardian = format!("{first} {}", child.surname);
    let case = family.cases_of(group[0]).next_back();
    let dob = if alone { written::day(told[0].dob, Habit::Real, rng) } else { Cell::Empty };
    let id = if alone { child_id(council, child, 0.6, rng) } else { Cell::Empty };
    let auditor = rng.below(6);
    let cells = vec![
        Cell::text(format!("SGA{audit:03}")),
        Cell::text(name),
        dob,
        id,
        phrase("application", rng),
        phrase("court_stage", rng),
        if rng.chance(0.5) { Cell::text(guardian) } else { Cell::text(rng.pick(&["", "MGM", "see file"])) },
        phrase("relationship", rng),
        phrase("assessment", rng),
        written::day(Some(assessed), Habit::Serial, rng),
        phrase("support_plan", rng),
        written::day(Some(audited), Habit::Real, rng),
        written::official(council, "auditor", auditor, rng),
        phrase("grade", rng),
        written::yes_no(0.6, rng),
        phrase("issues", rng),
        phrase("mitigation", rng),
        written::yes_no(0.2, rng),
        case.filter(|_| rng.chance(0.5)).map_or(Cell::Empty, |case| written::case_numbers(case, rng)),
        written::rag(true, rng),
    ];
    (cells, named)
}
