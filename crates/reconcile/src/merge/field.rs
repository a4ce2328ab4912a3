//! What the cells of a field, or of a column without one, offer.

use collate_model::{Cleaned, FieldType, Value};

use super::candidate::{Offer, Offered};
use super::cell::{Cells, Said};
use super::plan::{From, Plan};
use crate::entities::Member;
use crate::mention::is_personal;
use crate::rows::TableView;
use crate::shown;

/// A column that is merged as it is, or its first or last days.
pub struct Field<'a> {
    cells: Cells<'a>,
    taken: Taken,
    /// A value belongs to one child.
    personal: bool,
}

#[derive(Clone, Copy)]
enum Taken {
    Whole,
    /// A span of days is published as it was written.
    Written,
    FirstDay,
    LastDay,
}

impl<'a> Field<'a> {
    /// A column of a table.
    pub fn new(view: &TableView<'a>, column: usize, plan: &Plan, offered: &mut Offered) -> Self {
        let taken = match plan.from {
            From::First(_) => Taken::FirstDay,
            From::Last(_) => Taken::LastDay,
            _ if view.column_type(column) == FieldType::DateSpan => Taken::Written,
            _ => Taken::Whole,
        };
        let cells = Cells::new(view, column, offered, |cell, offered| say(cell, taken, offered));
        Field { cells, taken, personal: is_personal(plan.kind) }
    }

    /// What a record's cell says.
    pub fn said(&self, record: u32) -> Said {
        self.cells.said(record)
    }

    /// What a member's cell, which says this, offers; nothing where it is empty, or nobody's in
    /// particular.
    pub fn offer(&self, member: &Member, said: Said, offered: &Offered) -> Option<(usize, Offer)> {
        let Said::Words(offer) = said else { return None };
        let several = offer.parts.1 - offer.parts.0;
        if several == 0 && member.of > 1 && self.personal {
            return None;
        }
        let text = match self.taken {
            Taken::FirstDay | Taken::LastDay => offer.text,
            _ if several == 0 || member.of == 1 => offer.text,
            _ if several == member.of => offered.parts[(offer.parts.0 + member.part - 1) as usize],
            // Several values for several children, but not one each: nobody's in particular.
            _ if self.personal => return None,
            _ => offer.text,
        };
        Some((self.cells.column, Offer { text, ..offer }))
    }
}

fn say(cell: &Cleaned, taken: Taken, offered: &mut Offered) -> Said {
    if cell.raw.is_empty() || cell.value.is_missing() {
        return Said::Nothing;
    }
    let Offered { pool, parts, scratch, .. } = offered;
    let start = parts.len() as u32;
    shown::parts(&cell.value, scratch, |part| parts.push(pool.intern(part)));
    scratch.clear();
    match (taken, &cell.value) {
        (Taken::Whole, value) => shown::push_text(value, scratch),
        (Taken::Written, _) => scratch.push_str(&cell.raw),
        (end, Value::Dates(dates)) => {
            let day = match end {
                Taken::LastDay => dates.last().and_then(|date| date.to),
                _ => dates.first().and_then(|date| date.from),
            };
            day.iter().for_each(|day| shown::push_day(*day, scratch));
        }
        _ => {}
    }
    let parts = (start, parts.len() as u32);
    let validity = shown::validity(&cell.value, cell.flaw.is_some());
    Said::Words(Offer { parts, ..offered.scratch(cell, validity) })
}
