//! The register beside a merged dataset: what must be remembered from one run to the next.
//!
//! ```text
//! tables ─► recall: which row is which ─► told: what persons decided ─► (linking) ─► numbers that last
//!                                                                          │
//!                  record ◄── changes: what is different ◄── dataset ◄─────┘
//! ```
//! One SQLite file ([`Register`]). It knows every row that was ever seen by its fingerprint, every
//! entity by its number, what each run changed, and what persons decided; none of that is ever
//! taken out. `src/schema/1.sql` describes the tables.

mod aside;
mod bulk;
mod cases;
mod changes;
mod decision;
mod error;
mod load;
mod look;
mod mention;
mod number;
mod print;
mod recall;
mod recalled;
mod record;
mod runs;
mod store;
mod told;

pub use cases::{Answered, Case, Refused};
pub use decision::{Decision, NewDecision, Place, What};
pub use error::RegisterError;
pub use recalled::Recalled;
pub use record::{Given, Recorded};
pub use runs::{InputSeen, Run};
pub use store::Register;
