//! Doubtful pairs that a person is asked about, and the answers.
//!
//! A pair has a code that is made of its two rows and what they say. An answer that comes with a code
//! is therefore for these two rows as they were then, whatever became of the sheet it was written in.

use std::fmt::Write;

use rusqlite::OptionalExtension;

use crate::decision::{Decision, NewDecision, Place, What};
use crate::error::RegisterError;
use crate::print::mixed;
use crate::recalled::Recalled;
use crate::store::Register;

/// A pair that a person is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// By what it is found again.
    pub code: String,
    /// The one.
    pub one: Place,
    /// The other.
    pub other: Place,
    /// The ids that are shown beside it.
    pub ids: (String, String),
}

/// An answer, taken from a review sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// It is new.
    Taken(NewDecision),
    /// The same was said before.
    Known,
}

/// Why an answer is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// No pair has this code.
    Unknown,
    /// The ids beside the code are not those that were shown.
    OtherIds,
    /// What the rows say has changed since.
    Changed,
    /// Somebody said something else: the number of the decision, who, and what.
    Contradicts(i64, String, &'static str),
    /// The same was said before, in this decision, and taken back since.
    TakenBack(i64),
}

/// Letters and digits that are not mistaken for each other (Crockford, Base 32).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code of a pair of rows with what they say.
fn code(one: (&Place, u64), other: (&Place, u64)) -> String {
    let side = |(place, content): (&Place, u64)| {
        let of_row = mixed(place.row as u64 ^ (u64::from(place.part) << 48));
        mixed(of_row.wrapping_add(mixed(content ^ u64::from(place.sign))))
    };
    let (low, high) = (side(one).min(side(other)), side(one).max(side(other)));
    let mut hash = mixed(low.wrapping_mul(31).wrapping_add(high));
    let mut text = String::from("R-");
    for _ in 0..10 {
        let _ = text.write_char(DIGITS[(hash & 31) as usize].into());
        hash >>= 5;
    }
    text
}

impl Recalled<'_> {
    /// The place of a mention.
    pub fn place(&self, mention: &collate_model::Mentioned) -> Place {
        Place { row: self.row(mention.table, mention.record), part: mention.part, sign: mention.sign }
    }

    /// The pair of two mentions, with the ids of their children.
    pub fn case(
        &self,
        one: &collate_model::Mentioned,
        other: &collate_model::Mentioned,
        ids: (String, String),
    ) -> Case {
        let content = |mention: &collate_model::Mentioned| self.print(mention.table, mention.record).content;
        let (left, right) = (self.place(one), self.place(other));
        Case { code: code((&left, content(one)), (&right, content(other))), one: left, other: right, ids }
    }
}

impl Register {
    /// Looks at an answer: `ids` are those that stand beside the code.
    pub fn answer(
        &self,
        code_given: &str,
        ids: (&str, &str),
        decisions: &[Decision],
        decide: impl Fn(Place) -> What,
        about: (&str, &str, &str),
    ) -> Result<Result<Answered, Refused>, RegisterError> {
        let Some(case) = self.find(code_given)? else { return Ok(Err(Refused::Unknown)) };
        if (case.ids.0.as_str(), case.ids.1.as_str()) != ids {
            return Ok(Err(Refused::OtherIds));
        }
        let what = decide(case.other);
        let earlier = || decisions.iter().filter(|d| d.is_in_force() && d.is_of(&case.one, &case.other));
        // The same with another comment is kept, too: the comment may be what matters.
        let same = |d: &&Decision| d.what.word() == what.word();
        if earlier().filter(same).any(|d| about.2.is_empty() || d.why == about.2) {
            return Ok(Ok(Answered::Known));
        }
        // Who is not sure contradicts nobody.
        let is_sure = |what: &What| !matches!(what, What::Unsure(_));
        let against = earlier().find(|d| is_sure(&what) && is_sure(&d.what) && !same(d));
        if let Some(against) = against {
            let (who, word) = (against.who.clone(), against.what.word());
            return Ok(Err(Refused::Contradicts(against.decision, who, word)));
        }
        // The answer may still stand in a workbook of that time.
        let mut taken_back =
            decisions.iter().rev().filter(|d| !d.is_in_force() && d.is_of(&case.one, &case.other));
        if let Some(before) = taken_back.find(|d| same(d) && (about.2.is_empty() || d.why == about.2)) {
            return Ok(Err(Refused::TakenBack(before.decision)));
        }
        if earlier().any(|d| is_sure(&d.what)) {
            // It was decided: what the rows say no longer matters.
            let (at, who, why) = (about.0.to_owned(), about.1.to_owned(), about.2.to_owned());
            return Ok(Ok(Answered::Taken(NewDecision { at, who, why, place: case.one, what })));
        }
        let content = |place: &Place| self.content(place.row);
        let (Some(one), Some(other)) = (content(&case.one)?, content(&case.other)?) else {
            return Ok(Err(Refused::Changed));
        };
        if code((&case.one, one), (&case.other, other)) != case.code {
            return Ok(Err(Refused::Changed));
        }
        let (at, who, why) = (about.0.to_owned(), about.1.to_owned(), about.2.to_owned());
        Ok(Ok(Answered::Taken(NewDecision { at, who, why, place: case.one, what })))
    }

    fn find(&self, code: &str) -> Result<Option<Case>, RegisterError> {
        let select = "SELECT row, part, sign, other_row, other_part, other_sign, left_id, right_id
            FROM cases WHERE code = ?1";
        let case = |row: &rusqlite::Row| {
            Ok(Case {
                code: code.to_owned(),
                one: Place { row: row.get(0)?, part: row.get(1)?, sign: row.get(2)? },
                other: Place { row: row.get(3)?, part: row.get(4)?, sign: row.get(5)? },
                ids: (row.get(6)?, row.get(7)?),
            })
        };
        self.db.query_row(select, [code], case).optional().map_err(|error| self.failed(error))
    }

    /// What a row says, if it is still there.
    fn content(&self, row: i64) -> Result<Option<u64>, RegisterError> {
        let select = "SELECT content FROM rows WHERE row = ?1 AND gone IS NULL";
        let content = self.db.query_row(select, [row], |row| row.get::<_, i64>(0)).optional();
        content.map(|content| content.map(|content| content as u64)).map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_of_two_rows_as_they_are() {
        let (one, other) = (Place { row: 1, part: 1, sign: 5 }, Place { row: 2, part: 1, sign: 6 });
        let it = code((&one, 10), (&other, 20));
        assert_eq!(it.len(), 12);
        assert_eq!(code((&other, 20), (&one, 10)), it);
        for (what, changed) in [
            ("a row that was edited", code((&one, 11), (&other, 20))),
            ("another row", code((&Place { row: 3, ..one }, 10), (&other, 20))),
            ("another child of the row", code((&Place { part: 2, ..one }, 10), (&other, 20))),
        ] {
            assert_ne!(changed, it, "{what}");
        }
    }
}
