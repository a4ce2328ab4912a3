//! A table as a merged column reads it: what each row offers, and how far it is to be believed.

use collate_model::{Origin, Value};

use super::candidate::{Candidate, Offer, Offered};
use super::cell::Said;
use super::field::Field;
use super::names::{Names, Part};
use super::plan::{From, Plan};
use crate::entities::Member;
use crate::rows::{Rows, TableView};

/// What a table offers for a column.
pub struct Reader<'a> {
    view: &'a TableView<'a>,
    from: Source<'a>,
    child_id: Option<usize>,
    as_at: Option<usize>,
    /// For each column: its tracker owns the field; the field says who a child is.
    trusted: Vec<(bool, bool)>,
}

/// What was looked up of a record, which may be far away in memory, before it is asked.
#[derive(Clone, Copy)]
pub struct Looked {
    /// What its cell says by itself.
    said: Said,
    /// Row as a spreadsheet shows it.
    row: u32,
}

enum Source<'a> {
    Names(Names<'a>),
    Field(Field<'a>),
}

impl<'a> Reader<'a> {
    /// Nothing if the table has nothing to offer.
    pub fn new(
        rows: &'a Rows<'a>,
        view: &'a TableView<'a>,
        plan: &Plan,
        offered: &mut Offered,
    ) -> Option<Self> {
        let part = match plan.from {
            From::Forenames => Some(Part::Forenames),
            From::Surname => Some(Part::Surname),
            From::OtherNames => Some(Part::OtherNames),
            From::Born => Some(Part::Born),
            From::Expected => Some(Part::Expected),
            From::Field(_) | From::First(_) | From::Last(_) | From::Free(_) => None,
        };
        let from = match part {
            Some(part) => Source::Names(Names::new(rows, view, part, offered)?),
            None => Source::Field(Field::new(view, plan.column(view)?, plan, offered)),
        };
        let trusted = view.table.columns.iter().map(|column| {
            let field = column.field.map(|field| &view.kind.fields[field]);
            let identity = field.is_some_and(|field| IDENTITY.contains(&field.name.as_str()));
            (field.is_some_and(|field| field.owner), identity)
        });
        let trusted = trusted.collect();
        let (child_id, as_at) = (view.column("child_id"), view.column("as_at"));
        Some(Reader { view, from, child_id, as_at, trusted })
    }

    /// Looks a record up.
    pub fn look(&self, record: u32) -> Looked {
        let said = match &self.from {
            Source::Field(field) => field.said(record),
            Source::Names(names) => names.said(record),
        };
        Looked { said, row: self.view.table.rows[record as usize] }
    }

    /// Appends what a member's row offers.
    pub fn offer(&self, member: &Member, looked: Looked, offered: &mut Offered) {
        let offer = match &self.from {
            Source::Field(field) => field.offer(member, looked.said, offered),
            Source::Names(names) => names.offer(member, looked.said, offered),
        };
        if let Some((column, offer)) = offer {
            offered.found.push(self.candidate(member.row.record, looked.row, column, offer));
        }
    }

    fn candidate(&self, record: u32, row: u32, column: usize, offer: Offer) -> Candidate {
        let table = self.view.table;
        let cell =
            |column: Option<usize>| column.map(|column| &table.columns[column].get(record as usize).value);
        let identified = matches!(cell(self.child_id), Some(Value::Refs(refs)) if !refs.is_empty());
        let own_date = match cell(self.as_at) {
            Some(Value::Dates(dates)) => dates.first().and_then(|date| date.to),
            _ => None,
        };
        let moved = table.moved.get(&(record, column as u32)).copied();
        let (row, col) = moved.unwrap_or((row, table.columns[column].col));
        let (owner, identity) = self.trusted[column];
        Candidate {
            offer,
            origin: Origin { source: self.view.source, row, col },
            identified,
            // Who the child is says best whoever had its record open.
            owner: owner || identified && identity,
            as_at: own_date.or(table.as_at),
            agreeing: 1,
            first: 0,
        }
    }
}

/// Fields that say who a child is.
const IDENTITY: [&str; 7] = ["child_name", "forename", "middle_name", "surname", "dob", "sex", "nhs_number"];
