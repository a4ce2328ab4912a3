//! A cell's text to a typed value, or a flaw that says why not.
//!
//! In: the texts of a recognised table, and the type of each field. Out: a [`CleanTable`](collate_model::CleanTable) whose
//! columns hold every distinct text once with its [`Value`](collate_model::Value), and notes that
//! name cells but never quote them. One file per value type; nothing here reads a file, looks at
//! the clock, or knows which tracker kinds exist.

mod case_number;
mod checks;
mod cleaner;
mod codes;
mod context;
mod dates;
mod decide;
mod distinct;
mod fit;
mod flaw;
mod fold;
mod legal_status;
mod missing;
mod money;
mod nhs;
mod number;
mod people;
mod postcode;
mod rag;
mod reference;
mod sex;
mod table;
mod text;
mod upn;
mod yes_no;

pub use cleaner::clean_text;
pub use context::{Context, DateOrder, NameOrder};
pub use dates::evidence as date_order;
pub use fit::fit;
pub use people::{fold_name, names_nobody};
pub use rag::rating_of;
pub use table::clean_table;
