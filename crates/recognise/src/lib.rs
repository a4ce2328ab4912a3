//! A sheet to tables of a tracker kind, with evidence.
