//! The merged dataset to files.
