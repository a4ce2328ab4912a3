//! What persons decided: kept for ever, taken back if need be, never overwritten.

use rusqlite::Row;

use crate::error::RegisterError;
use crate::store::Register;

/// A child that a row mentions, as the register knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The row.
    pub row: i64,
    /// Which of the children of the row.
    pub part: u32,
    /// A hash of its forenames.
    pub sign: u32,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The two are one child.
    Same(Place),
    /// The two are different children.
    Different(Place),
    /// It could not be said.
    Unsure(Place),
    /// This is the right value of a column.
    Value {
        /// The sort of the entity.
        sort: u8,
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
    /// The row is to be left out.
    LeaveOut,
}

impl What {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            What::Same(_) => "same",
            What::Different(_) => "different",
            What::Unsure(_) => "unsure",
            What::Value { .. } => "value",
            What::LeaveOut => "leave out",
        }
    }

    /// The other of a pair.
    pub fn other(&self) -> Option<Place> {
        match self {
            What::Same(other) | What::Different(other) | What::Unsure(other) => Some(*other),
            What::Value { .. } | What::LeaveOut => None,
        }
    }
}

/// A decision to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// When, UTC in ISO 8601.
    pub at: String,
    /// Who decided.
    pub who: String,
    /// Why.
    pub why: String,
    /// The child, or row, of which it was decided.
    pub place: Place,
    /// What.
    pub what: What,
}

/// A decision that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its number.
    pub decision: i64,
    /// When, UTC in ISO 8601.
    pub at: String,
    /// Who decided.
    pub who: String,
    /// Why.
    pub why: String,
    /// The child, or row, of which it was decided.
    pub place: Place,
    /// What.
    pub what: What,
    /// When, by whom and why it was taken back.
    pub taken_back: Option<(String, String, String)>,
    /// File, sheet and row number where the one was last seen.
    pub at_row: (String, String, u32),
    /// The same of the other of a pair.
    pub at_other: Option<(String, String, u32)>,
}

impl Decision {
    /// It was not taken back.
    pub fn is_in_force(&self) -> bool {
        self.taken_back.is_none()
    }

    /// It is of these two, whichever comes first.
    pub fn is_of(&self, one: &Place, other: &Place) -> bool {
        let same =
            |x: &Place, y: &Place| x.row == y.row && (x.part == y.part || x.sign != 0 && x.sign == y.sign);
        self.what.other().is_some_and(|two| {
            same(&self.place, one) && same(&two, other) || same(&self.place, other) && same(&two, one)
        })
    }
}

const SELECT: &str = "
    SELECT decision, at, who, why, what, d.row, part, sign, other_row, other_part, other_sign, sort, name, value,
           taken_back_at, taken_back_by, taken_back_why,
           s.file, s.sheet, r.number, os.file, os.sheet, o.number
    FROM decisions d
    JOIN rows r ON r.row = d.row JOIN sources s ON s.source = r.source
    LEFT JOIN rows o ON o.row = d.other_row LEFT JOIN sources os ON os.source = o.source
    ORDER BY decision";

fn decision(row: &Row) -> rusqlite::Result<Decision> {
    let other = || -> rusqlite::Result<Place> {
        Ok(Place { row: row.get(8)?, part: row.get(9)?, sign: row.get(10)? })
    };
    let what = match row.get_ref(4)?.as_str()? {
        "same" => What::Same(other()?),
        "different" => What::Different(other()?),
        "unsure" => What::Unsure(other()?),
        "value" => What::Value { sort: row.get(11)?, column: row.get(12)?, value: row.get(13)? },
        _ => What::LeaveOut,
    };
    let taken_back = row.get::<_, Option<String>>(14)?;
    let at_other = row.get::<_, Option<String>>(20)?;
    Ok(Decision {
        decision: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        why: row.get(3)?,
        place: Place { row: row.get(5)?, part: row.get(6)?, sign: row.get(7)? },
        what,
        taken_back: match taken_back {
            Some(at) => Some((at, row.get(15)?, row.get(16)?)),
            None => None,
        },
        at_row: (row.get(17)?, row.get(18)?, row.get(19)?),
        at_other: match at_other {
            Some(file) => Some((file, row.get(21)?, row.get(22)?)),
            None => None,
        },
    })
}

impl Register {
    /// Every decision, the oldest first.
    pub fn decisions(&self) -> Result<Vec<Decision>, RegisterError> {
        let read = || -> rusqlite::Result<Vec<Decision>> {
            self.db.prepare(SELECT)?.query_map([], decision)?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Keeps decisions, all or none.
    pub fn decide(&mut self, decisions: &[NewDecision]) -> Result<(), RegisterError> {
        let path = self.path.clone();
        let mut write = || {
            let all = self.db.transaction()?;
            for new in decisions {
                let other = new.what.other();
                let (sort, name, value) = match &new.what {
                    What::Value { sort, column, value } => (Some(*sort), Some(column), Some(value)),
                    _ => (None, None, None),
                };
                all.execute(
                    "INSERT INTO decisions (at, who, why, what, row, part, sign, other_row, other_part, other_sign,
                                            sort, name, value)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                    rusqlite::params![
                        new.at,
                        new.who,
                        new.why,
                        new.what.word(),
                        new.place.row,
                        new.place.part,
                        new.place.sign,
                        other.map(|other| other.row),
                        other.map(|other| other.part),
                        other.map(|other| other.sign),
                        sort,
                        name,
                        value,
                    ],
                )?;
            }
            all.commit()
        };
        write().map_err(|error| RegisterError::of(&path, &error))
    }

    /// Takes a decision back; false where it does not stand.
    pub fn take_back(
        &mut self,
        decision: i64,
        at: &str,
        who: &str,
        why: &str,
    ) -> Result<bool, RegisterError> {
        let update = "UPDATE decisions SET taken_back_at = ?2, taken_back_by = ?3, taken_back_why = ?4
            WHERE decision = ?1 AND taken_back_at IS NULL";
        let done = self.db.execute(update, (decision, at, who, why));
        done.map(|rows| rows == 1).map_err(|error| self.failed(error))
    }
}
