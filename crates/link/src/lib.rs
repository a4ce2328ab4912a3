//! Record linkage: which records speak of the same person?
//!
//! A library in its own right: it knows columns of values, not where they came from. Records go
//! in as interned [`Column`]s; clusters come out, each record with its match weight in bits and
//! its probability, and the pairs that a person should look at. Nothing is labelled: the model
//! is fitted to the records themselves.
//!
//! ```
//! use collate_link::{Column, Explainer, FieldKind, Model, Outcome, Records, Settings, Start, link};
//!
//! // Four records with three columns; each record may have no value, one, or several.
//! let column = |name, kind, texts: [&str; 4]| Column::from_texts(name, kind, texts.map(|t| [t.to_owned()]));
//! let records = Records::new(4)
//!     .with(column("forename", FieldKind::Forename, ["katherine", "kate", "tom", "thomas"]))
//!     .with(column("surname", FieldKind::Surname, ["okafor", "okafor", "okafor", "smith"]))
//!     .with(column("date of birth", FieldKind::Date, ["2012-03-14", "2012-03-14", "2015-07-01", "2009-11-30"]));
//! let settings = Settings::default();
//! let linked = link(&records, &settings);
//! assert_eq!(linked.clusters, [0, 0, 1, 2]);
//!
//! // Why are the first two one person, and the third another?
//! let explainer = Explainer::new(&records, &linked, &settings);
//! let why = explainer.groups(&[0], &[1]);
//! assert_eq!(why.sentence, "surname and date of birth the same; forename is a short form");
//! assert_eq!(explainer.decision(0, 1).outcome, Outcome::TooLittle);
//!
//! // The fitted model can be kept, read by a person, and used as it is.
//! let model = Model::from_toml(&linked.model.to_toml()).unwrap();
//! let frozen = Settings { start: Start::Frozen(model), ..Settings::default() };
//! assert_eq!(link(&records, &frozen).clusters, linked.clusters);
//! ```
//!
//! The way through: [`compare`] prepares every distinct value once; [`block`] gives the pairs
//! worth comparing; [`model`] counts their agreement patterns, fits the model and scores;
//! [`cluster`] forms the persons; [`Explainer`] says why.

pub mod block;
pub mod cluster;
pub mod compare;
mod drawn;
mod duplicates;
mod explain;
pub mod kernel;
mod linked;
pub mod measure;
pub mod model;
mod pile;
mod records;
mod settings;
mod spread;

pub use cluster::{Doubt, Member, Why, probability};
pub use explain::{
    Contribution, Decision, Explainer, Explanation, Known, Membership, Nearest, Outcome, Person, sentence,
};
pub use linked::{Linked, Progress, Stage, link, link_with};
pub use model::{Basis, Model, ModelError, Start};
pub use records::{Column, FieldKind, MAX_COLUMNS, Records, Speaks};
pub use settings::Settings;
