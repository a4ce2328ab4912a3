//! Bit-parallel string kernels over words of up to 64 symbols. `strsim` is the reference
//! that property tests hold them to; longer words and rarer symbols are handed to it.

mod jaro_winkler;
mod osa;
mod word;

pub use jaro_winkler::{are_alike, jaro_winkler};
pub use osa::{osa_at_most, osa_distance};
pub use word::Word;
