//! What the rows offer of a child's name and date of birth.
//!
//! Nearly always one cell says it all, and is asked once for all rows that have the same; else
//! the parts are put together row by row.

use collate_model::{CleanColumn, Cleaned, DateSpan, PersonName, Role, Value};

use super::candidate::{Offer, Offered};
use super::cell::{Cells, Said};
use crate::entities::Member;
use crate::mention::{Name, birth, name, unborn};
use crate::rows::{PersonColumn, PersonColumns, Rows, TableView};
use crate::shown::{self, Validity};

/// What is asked of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The forenames.
    Forenames,
    /// The surname.
    Surname,
    /// All other names.
    OtherNames,
    /// The date of birth.
    Born,
    /// The expected date of birth.
    Expected,
}

impl Part {
    fn is_birth(self) -> bool {
        matches!(self, Part::Born | Part::Expected)
    }
}

/// One part of the names in a table.
pub struct Names<'a> {
    rows: &'a Rows<'a>,
    view: &'a TableView<'a>,
    part: Part,
    /// The columns that it may stand in; the first that holds something is taken for its place.
    places: Vec<usize>,
    /// The column that nearly always says it all.
    lead: Option<Cells<'a>>,
}

impl<'a> Names<'a> {
    /// Nothing if no row of the table can say it.
    pub fn new(
        rows: &'a Rows<'a>,
        view: &'a TableView<'a>,
        part: Part,
        offered: &mut Offered,
    ) -> Option<Self> {
        let person = &view.person;
        let is_said = match part {
            Part::Forenames | Part::Surname => true,
            Part::OtherNames => people(person).any(|person| !person.aliases.is_empty()),
            Part::Born => births(person).any(|span| !span.estimated),
            Part::Expected => person.expected.column().is_some() || births(person).any(|span| span.estimated),
        };
        if !is_said {
            return None;
        }
        let places = match part {
            Part::Forenames | Part::OtherNames => ["child_name", "forename", "surname"].as_slice(),
            Part::Surname => &["child_name", "surname"],
            Part::Born | Part::Expected => &["dob", "child_name", "expected_dob"],
        };
        let whole = person.whole.column().is_some();
        let lead = match part {
            Part::Forenames | Part::Surname if whole => view.column("child_name"),
            Part::Forenames if person.middle.column().is_none() => view.column("forename"),
            Part::Surname => view.column("surname"),
            Part::Forenames | Part::OtherNames => None,
            Part::Born | Part::Expected => view.column("dob"),
        };
        let places = places.iter().filter_map(|field| view.column(field)).collect();
        let lead = lead
            .map(|column| Cells::new(view, column, offered, |cell, offered| say(cell, part, whole, offered)));
        Some(Names { rows, view, part, places, lead })
    }

    /// What a record says by the cell that nearly always says it all.
    pub fn said(&self, record: u32) -> Said {
        self.lead.as_ref().map_or(Said::Depends, |lead| lead.said(record))
    }

    /// What a member's row, of which that cell says this, offers, and the column that says it.
    pub fn offer(&self, member: &Member, said: Said, offered: &mut Offered) -> Option<(usize, Offer)> {
        let is_alone = if self.part.is_birth() { member.of == 1 } else { member.part == 1 };
        if let Some(lead) = self.lead.as_ref().filter(|_| is_alone) {
            match said {
                Said::Words(offer) => return Some((lead.column, offer)),
                Said::Nothing => return None,
                Said::Depends => {}
            }
        }
        self.put_together(member, offered).filter(|(_, offer)| self.part.is_birth() || offer.text != 0)
    }

    fn put_together(&self, member: &Member, offered: &mut Offered) -> Option<(usize, Offer)> {
        let (rows, mention) = (self.rows, member.mention());
        let cell = |column: usize| self.view.table.columns[column].get(mention.row.record as usize);
        let place = self.places.iter().copied().find(|column| !cell(*column).value.is_missing())?;
        let (name, cell) = (name(rows, mention), cell(place));
        let offer = match self.part {
            Part::Forenames => forenames(&name, || unborn(rows, mention, &name), cell, offered),
            Part::Surname => offered.text(name.surname(), cell, Validity::Good),
            Part::OtherNames => other_names(&name, cell, offered),
            part => {
                let is_asked = |span: &DateSpan| span.estimated == (part == Part::Expected);
                born(&birth(rows, mention, name.beside().0).filter(is_asked)?, cell, offered)
            }
        };
        Some((place, offer))
    }
}

/// Everybody whom a table names.
fn people<'a>(columns: &PersonColumns<'a>) -> impl Iterator<Item = &'a PersonName> {
    let columns = [columns.whole, columns.forename, columns.surname];
    columns.into_iter().flat_map(values).flat_map(|value| match value {
        Value::People(people) => people.as_slice(),
        _ => &[],
    })
}

/// All dates of birth and expected ones, but for those of the column of expected ones.
fn births<'a>(columns: &PersonColumns<'a>) -> impl Iterator<Item = &'a DateSpan> {
    let dates = values(columns.dob).flat_map(|value| match value {
        Value::Dates(dates) => dates.as_slice(),
        _ => &[],
    });
    dates.chain(people(columns).filter_map(|person| person.dob.as_ref()))
}

fn values<'a>(column: PersonColumn<'a>) -> impl Iterator<Item = &'a Value> {
    let distinct = |column: &'a CleanColumn| column.values.iter().map(|cell| &cell.value);
    column.column().into_iter().flat_map(distinct)
}

/// What a cell says by itself; `whole` for one with whole names.
fn say(cell: &Cleaned, part: Part, whole: bool, offered: &mut Offered) -> Said {
    match (&cell.value, part) {
        (Value::Dates(dates), Part::Born | Part::Expected) => match dates.first() {
            Some(span) if span.from.is_some() => {
                let is_asked = span.estimated == (part == Part::Expected);
                if is_asked { Said::Words(born(span, cell, offered)) } else { Said::Nothing }
            }
            _ => Said::Depends,
        },
        (Value::People(people), Part::Forenames | Part::Surname) => {
            let mut people = people.iter().filter(|person| !whole || person.role == Role::Child);
            let Some(person) = people.next() else { return Said::Depends };
            let name = match whole {
                true => Name::Whole(person),
                false => Name::Parts { forename: Some(person), middle: None, surname: Some(person) },
            };
            let offer = match part {
                // Whether a nameless child is unborn is for other cells to say.
                Part::Forenames if person.forenames.is_empty() => return Said::Depends,
                Part::Forenames => forenames(&name, || person.unborn, cell, offered),
                _ => offered.text(name.surname(), cell, Validity::Good),
            };
            if offer.text == 0 { Said::Nothing } else { Said::Words(offer) }
        }
        _ => Said::Depends,
    }
}

fn forenames(name: &Name, unborn: impl Fn() -> bool, cell: &Cleaned, offered: &mut Offered) -> Offer {
    let forenames = name.forenames();
    if forenames.is_empty() && unborn() {
        return offered.text("(unborn)", cell, Validity::Doubtful);
    }
    let mut first = forenames.split(' ').next().unwrap_or_default().chars();
    let initial = first.next().is_some() && first.next().is_none();
    offered.text(&forenames, cell, if initial { Validity::Vague } else { Validity::Good })
}

fn other_names(name: &Name, cell: &Cleaned, offered: &mut Offered) -> Offer {
    let Offered { pool, parts, scratch, .. } = offered;
    let start = parts.len();
    for (forenames, surname) in name.aliases() {
        scratch.clear();
        scratch.push_str(surname);
        if !surname.is_empty() && !forenames.is_empty() {
            scratch.push_str(", ");
        }
        scratch.push_str(forenames);
        parts.push(pool.intern(scratch));
    }
    let text = parts.get(start).copied().unwrap_or(0);
    let parts = (start as u32, parts.len() as u32);
    Offer { text, parts, raw: offered.raw(cell, text), validity: Validity::Good }
}

fn born(span: &DateSpan, cell: &Cleaned, offered: &mut Offered) -> Offer {
    let validity = match (span.exact(), cell.flaw.is_some()) {
        (_, true) if matches!(cell.value, Value::Dates(_)) => Validity::Doubtful,
        (None, _) => Validity::Vague,
        _ => Validity::Good,
    };
    offered.scratch.clear();
    shown::push_date(span, &mut offered.scratch);
    offered.scratch(cell, validity)
}
