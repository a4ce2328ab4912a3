//! The vocabulary of collate: what one stage hands to the next.
//!
//! ```text
//! read -> Sheet -> recognise -> Table -> clean -> CleanTable -> reconcile -> Dataset -> publish
//! ```
//! Every stage returns [`Note`]s beside its result. Nothing here reads a file,
//! prints, or knows which tracker kinds exist.

mod change;
mod colour;
mod column;
mod dataset;
mod few;
mod guard;
mod hash;
mod kind;
mod marked;
mod marks;
mod mentioned;
mod note;
mod origin;
mod pool;
mod seen;
mod sheet;
mod sheet_builder;
mod short;
mod table;
mod together;
mod told;
mod value;

pub use change::{Change, Changed, Redirect};
pub use colour::Rgb;
pub use column::{CleanColumn, CleanTable, Cleaned, Flaw};
pub use dataset::{
    Chosen, Conflict, Dataset, EntityColumn, EntityTable, HistoryItem, Link, Review, RowCounts,
};
pub use few::Few;
pub use guard::quietly;
pub use hash::{HASH_OF_NOTHING, lasting_hash, lasting_hashes};
pub use jiff::civil::Date;
pub use kind::{Check, Derive, EntityDef, EntityKind, Field, FieldType, Kind, Kinds, Unpivot};
pub use marked::{MarkSort, Marked};
pub use marks::{Marks, TableArea};
pub use mentioned::{InOrder, Mentioned, Numbering};
pub use note::{Note, Severity};
pub use origin::{Origin, Source, SourceId, cell_name, column_name};
pub use pool::{Pool, TextId, Texts};
pub use seen::Seen;
pub use sheet::{Area, Cell, CellKind, Sheet};
pub use sheet_builder::SheetBuilder;
pub use short::Short;
pub use smol_str::SmolStr;
pub use table::{Evidence, Table, TableColumn};
pub use together::each_row;
pub use told::{RightValue, Told, Who};
pub use value::{DateSpan, Money, PersonName, Precision, Rag, Role, Value};
