//! The values that the rows of an entity offer for one merged column.

use collate_model::{Date, Origin, Pool, TextId, Value};

use super::plan::{From, Plan};
use crate::entities::Member;
use crate::mention::{born, is_personal, person};
use crate::rows::{Row, Rows};
use crate::shown::{self, Shown, Validity};

/// One value that one cell offers.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The value as published.
    pub text: TextId,
    /// The single values in it.
    pub parts: Vec<TextId>,
    /// The cell's original text.
    pub raw: TextId,
    /// The cell.
    pub origin: Origin,
    /// Whether it is what the field asks for.
    pub validity: Validity,
    /// The row also has the child's id: its keeper had the record open.
    pub identified: bool,
    /// Its tracker owns the field.
    pub owner: bool,
    /// When it was true.
    pub as_at: Option<Date>,
}

/// A value as published, its parts, and its cell's original text.
struct Texts {
    text: TextId,
    parts: Vec<TextId>,
    raw: TextId,
}

/// Looks candidates up.
pub struct Candidates<'a> {
    /// The rows.
    pub rows: &'a Rows<'a>,
    /// Every distinct value of every column of every table, as published.
    pub shown: Vec<Vec<Vec<Shown>>>,
    /// The columns of every table that have no field, with their names.
    pub free: Vec<Vec<(usize, String)>>,
}

impl Candidates<'_> {
    /// Appends what a member's row offers for a column.
    pub fn of(&self, plan: &Plan, member: &Member, pool: &mut Pool, found: &mut Vec<Candidate>) {
        match &plan.from {
            From::Forenames | From::Surname | From::OtherNames => self.name(plan, member, pool, found),
            From::Born => self.born(member, false, pool, found),
            From::Expected => self.born(member, true, pool, found),
            From::Field(field) | From::First(field) | From::Last(field) => {
                if let Some(column) = self.rows.view(member.row).column(field) {
                    self.cell(plan, member, column, found);
                }
            }
            From::Free(name) => {
                let free = &self.free[member.row.table as usize];
                if let Some(column) = free.iter().find(|(_, own)| own == name).map(|(column, _)| *column) {
                    self.cell(plan, member, column, found);
                }
            }
        }
    }

    fn cell(&self, plan: &Plan, member: &Member, column: usize, found: &mut Vec<Candidate>) {
        let table = self.rows.view(member.row).table;
        let id = table.columns[column].ids[member.row.record as usize] as usize;
        let cell = &table.columns[column].values[id];
        if cell.raw.is_empty() || cell.value.is_missing() {
            return;
        }
        let shown = &self.shown[member.row.table as usize][column][id];
        let text = match plan.from {
            From::First(_) => shown.ends.0,
            From::Last(_) => shown.ends.1,
            _ if shown.parts.is_empty() || member.of == 1 => shown.whole,
            _ if shown.parts.len() == member.of as usize => shown.parts[member.part as usize - 1],
            // Several values for several children, but not one each: nobody's in particular.
            _ if is_personal(plan.kind) => return,
            _ => shown.whole,
        };
        if member.of > 1 && shown.parts.is_empty() && is_personal(plan.kind) {
            return;
        }
        let parts = if shown.parts.is_empty() { vec![text] } else { shown.parts.clone() };
        found.push(self.candidate(member.row, column, Texts { text, parts, raw: shown.raw }, shown.validity));
    }

    fn name(&self, plan: &Plan, member: &Member, pool: &mut Pool, found: &mut Vec<Candidate>) {
        let view = self.rows.view(member.row);
        let fields: &[&str] = if plan.from == From::Surname {
            &["child_name", "surname"]
        } else {
            &["child_name", "forename", "surname"]
        };
        let Some(column) = fields.iter().find_map(|f| {
            let column = view.column(f)?;
            let cell = view.table.columns[column].get(member.row.record as usize);
            (!cell.value.is_missing()).then_some(column)
        }) else {
            return;
        };
        let person = person(self.rows, member.mention());
        let initials = person.forenames.split(' ').next().is_some_and(|first| first.chars().count() == 1);
        let mut validity = Validity::Good;
        let (text, parts) = match plan.from {
            From::Forenames if person.forenames.is_empty() && person.unborn => {
                validity = Validity::Doubtful;
                let text = pool.intern("(unborn)");
                (text, vec![text])
            }
            From::Forenames => {
                if initials {
                    validity = Validity::Vague;
                }
                let text = pool.intern(&person.forenames);
                (text, vec![text])
            }
            From::Surname => {
                let text = pool.intern(&person.surname);
                (text, vec![text])
            }
            _ => {
                let names = person.aliases.iter().map(|(forenames, surname)| {
                    [&**surname, &**forenames]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(", ")
                });
                let parts: Vec<TextId> = names.map(|name| pool.intern(&name)).collect();
                (parts.first().copied().unwrap_or(0), parts)
            }
        };
        if text != 0 {
            let raw = pool.intern(&view.table.columns[column].get(member.row.record as usize).raw);
            found.push(self.candidate(member.row, column, Texts { text, parts, raw }, validity));
        }
    }

    fn born(&self, member: &Member, expected: bool, pool: &mut Pool, found: &mut Vec<Candidate>) {
        let view = self.rows.view(member.row);
        let person = person(self.rows, member.mention());
        let Some(span) = born(self.rows, member.mention(), &person) else { return };
        if span.estimated != expected {
            return;
        }
        let holds = |field: &&str| self.rows.cell(member.row, field).is_some();
        let source = ["dob", "child_name", "expected_dob"].into_iter().filter(holds);
        let Some(column) = source.filter_map(|field| view.column(field)).next() else { return };
        let cell = view.table.columns[column].get(member.row.record as usize);
        let validity = match (span.exact(), cell.flaw.is_some()) {
            (_, true) if matches!(cell.value, Value::Dates(_)) => Validity::Doubtful,
            (None, _) => Validity::Vague,
            _ => Validity::Good,
        };
        let (text, raw) = (pool.intern(&shown::date(&span)), pool.intern(&cell.raw));
        found.push(self.candidate(member.row, column, Texts { text, parts: vec![text], raw }, validity));
    }

    fn candidate(&self, row: Row, column: usize, texts: Texts, validity: Validity) -> Candidate {
        let Texts { text, parts, raw } = texts;
        let view = self.rows.view(row);
        let (number, col) = view.table.origin(row.record as usize, column);
        let identified = !self.rows.refs(row, "child_id").is_empty();
        // Who the child is says best whoever had its record open.
        let owner = view.table.columns[column].field.is_some_and(|f| {
            let field = &view.kind.fields[f];
            field.owner || identified && IDENTITY.contains(&field.name.as_str())
        });
        Candidate {
            text,
            parts,
            raw,
            origin: Origin { source: view.source, row: number, col },
            validity,
            identified,
            owner,
            as_at: self.rows.as_at(row),
        }
    }
}

/// Fields that say who a child is.
const IDENTITY: [&str; 7] = ["child_name", "forename", "middle_name", "surname", "dob", "sex", "nhs_number"];
