//! Clean values. The original text always stands beside them, in [`crate::Cleaned`].

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::Few;

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// A week (`w/c 12/04/21`).
    Week,
    /// A month, or what is left of an impossible day (`31 Sept 2021`).
    Month,
    /// Several months, a quarter, a term (`Oct/Nov 2021`).
    Span,
    /// A calendar, financial or school year.
    Year,
    /// No date at all: `TBC`, `Ongoing`.
    Open,
}

/// A day, a span of days, or an open deadline. For [`Precision::Day`] both ends are the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateSpan {
    /// First day; `None` where it is open.
    pub from: Option<Date>,
    /// Last day; `None` where it is open.
    pub to: Option<Date>,
    /// How exactly it is known.
    pub precision: Precision,
    /// It goes on after that (`May 2021 and ongoing`).
    pub ongoing: bool,
    /// It was said to be estimated or expected (`EDD 12/21`, `c. 2014`).
    pub estimated: bool,
    /// Time of day as minutes after midnight, where one was given.
    pub minutes: Option<u16>,
}

impl DateSpan {
    /// One known day.
    pub fn day(date: Date) -> Self {
        DateSpan {
            from: Some(date),
            to: Some(date),
            precision: Precision::Day,
            ongoing: false,
            estimated: false,
            minutes: None,
        }
    }

    /// The day, if it is one known day.
    pub fn exact(&self) -> Option<Date> {
        if self.precision == Precision::Day { self.from } else { None }
    }
}

/// Who a person in a cell is to the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The child, also where nothing is said.
    Child,
    /// Mother.
    Mother,
    /// Father.
    Father,
    /// Any other adult.
    Other,
}

/// One person named in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// Forenames in title case, separated by spaces; initials as single letters; empty if not known.
    pub forenames: Box<str>,
    /// Surname in title case, `Smith-Jones`, `O'Neill`; empty if not known.
    pub surname: Box<str>,
    /// Other names the person is known by, as (forenames, surname); either may be empty.
    pub aliases: Vec<(Box<str>, Box<str>)>,
    /// Not born yet when the cell was written, or named only `Baby`.
    pub unborn: bool,
    /// Stands for a child that nobody named: one of `Smith x3`, of `SMITH children`.
    pub placeholder: bool,
    /// A label instead of a name: `Re YY`, `Child A`.
    pub label: bool,
    /// Date of birth, or expected date of birth, written beside the name.
    pub dob: Option<DateSpan>,
    /// Age in years written beside the name.
    pub age: Option<u8>,
    /// Who the person is.
    pub role: Role,
}

impl Default for PersonName {
    fn default() -> Self {
        PersonName {
            forenames: "".into(),
            surname: "".into(),
            aliases: Vec::new(),
            unborn: false,
            placeholder: false,
            label: false,
            dob: None,
            age: None,
            role: Role::Child,
        }
    }
}

/// Money in pence. `each` where the cell says that every claimant has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Pence.
    pub pence: i64,
    /// Per head (`£2,500 each`).
    pub each: bool,
}

/// A rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rag {
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Green.
    Green,
    /// Blue: complete, in most councils.
    Blue,
    /// Grey or white: not started.
    Grey,
}

impl Rag {
    /// The word that is published.
    pub fn word(self) -> &'static str {
        match self {
            Rag::Red => "Red",
            Rag::Amber => "Amber",
            Rag::Green => "Green",
            Rag::Blue => "Blue",
            Rag::Grey => "Grey",
        }
    }
}

/// A clean value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing is known: an empty cell, `N/A`, `-`, `not known`.
    #[default]
    Missing,
    /// There is text, but not of the field's type; the flaw says what was expected.
    Unreadable,
    /// Text with its white space tidied. Also for officials and names in a column of their own.
    Text(SmolStr),
    /// People, in the order in which the cell names them.
    People(Vec<PersonName>),
    /// Dates, in the order in which the cell gives them; nearly always one.
    Dates(Vec<DateSpan>),
    /// Normalised references (case numbers, child ids, NHS numbers, postcodes ...); nearly always one.
    Refs(Few<SmolStr>),
    /// Canonical codes (`code`, `codes`, `legal_status`, `yes_no`, `sex`).
    Codes(Few<SmolStr>),
    /// Money.
    Money(Money),
    /// A number.
    Number(f64),
    /// A rating.
    Rag(Rag),
}

impl Value {
    /// True for [`Value::Missing`].
    pub fn is_missing(&self) -> bool {
        matches!(self, Value::Missing)
    }
}
