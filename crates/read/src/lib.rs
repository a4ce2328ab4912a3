//! Files to sheets: text and typed cells, each with its place.
