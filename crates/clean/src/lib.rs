//! A cell's text to a typed value, or a note why not.
