//! Cleaned rows to entities with one value per field.
