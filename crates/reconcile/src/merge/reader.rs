//! A table as a merged column reads it: what each row offers, and how far it is to be believed.

use collate_model::{Origin, Value};

use super::candidate::{Candidate, Offer, Offered};
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

    /// Appends what a member's row offers.
    pub fn offer(&self, member: &Member, offered: &mut Offered) {
        let offer = match &self.from {
            Source::Field(field) => field.offer(member, offered),
            Source::Names(names) => names.offer(member, offered),
        };
        if let Some((column, offer)) = offer {
            offered.found.push(self.candidate(member.row.record as usize, column, offer));
        }
    }

    fn candidate(&self, record: usize, column: usize, offer: Offer) -> Candidate {
        let table = self.view.table;
        let cell = |column: Option<usize>| column.map(|column| &table.columns[column].get(record).value);
        let identified = matches!(cell(self.child_id), Some(Value::Refs(refs)) if !refs.is_empty());
        let own_date = match cell(self.as_at) {
            Some(Value::Dates(dates)) => dates.first().and_then(|date| date.to),
            _ => None,
        };
        let (row, col) = table.origin(record, column);
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
