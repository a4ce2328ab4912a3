//! What is in a database after a load. Every test runs on a SQLite file and, where
//! `scripts/with-postgres` has started one, on a PostgreSQL server. Nobody named here is real.

#[path = "../../../publish/tests/changed/mod.rs"]
mod changed;
#[path = "../../../publish/tests/made_up/mod.rs"]
mod made_up;

mod failing;
mod merging;
mod place;
mod postgres;
mod round_trip;
mod schema;
mod sqlite;
