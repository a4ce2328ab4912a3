//! Ways of writing: the same date, name, rating or sum as different people put it into a cell.

mod children;
mod codes;
mod dates;

pub use children::{Style, children, initials, one, people};
pub use codes::{case_numbers, money, official, rag, sex, yes_no};
pub use dates::{Habit, day, vague};
