//! The ceiling of memory that `--memory` sets, and what of it is left for pairs of records.
//!
//! Rows stay in memory from reading to publishing; what grows out of proportion is pairs. So the rows
//! are weighed once they are read, and pairs get what is left: in parts, with a temporary file. Rows
//! that pairs hold together in one piece are the one thing that can't be parted.

use std::fmt;
use std::str::FromStr;

use crate::failure::Failure;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// Bytes for each cell that linking, merging and publishing take besides pairs: measured were 50 among a
/// million people with six columns, 110 among the trackers of a council of 60,000 children.
const OF_A_CELL: u64 = 130;
/// Least memory for pairs.
const LEAST: u64 = 32 * MIB;

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub u64);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is no size; write a number and a unit, such as 900MiB or 4GiB");
        let trimmed = text.trim();
        let letters = trimmed.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(wrong)?;
        let (number, unit) = trimmed.split_at(letters);
        let unit = match unit.to_ascii_lowercase().as_str() {
            "k" | "kb" | "kib" => KIB,
            "m" | "mb" | "mib" => MIB,
            "g" | "gb" | "gib" => MIB * KIB,
            "t" | "tb" | "tib" => MIB * MIB,
            _ => return Err(wrong()),
        };
        let number: f64 = number.trim().parse().map_err(|_| wrong())?;
        let bytes = number * unit as f64;
        if bytes.is_finite() && bytes >= 1.0 { Ok(Size(bytes as u64)) } else { Err(wrong()) }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} MiB", self.0.div_ceil(MIB))
    }
}

/// What pairs may take, once so many cells are read.
pub fn left_for_pairs(ceiling: Size, cells: u64) -> Result<u64, Failure> {
    left(ceiling, cells, memory_stats::memory_stats().map(|now| now.physical_mem as u64))
}

/// The same, where the process holds so much; a system that does not say how much leaves only the cells
/// to go by.
fn left(ceiling: Size, cells: u64, now: Option<u64>) -> Result<u64, Failure> {
    let held = now.unwrap_or(cells * OF_A_CELL);
    let taken = held + cells * OF_A_CELL;
    if ceiling.0 < taken + LEAST {
        return Err(Failure::usage(
            format!("--memory {ceiling} is too little for {cells} cells"),
            format!(
                "give --memory {} or more, or fewer files at a time; nothing was published",
                Size(taken + LEAST)
            ),
        ));
    }
    Ok(ceiling.0 - taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        for (text, bytes) in [
            ("4GiB", Some(4 << 30)),
            ("4g", Some(4 << 30)),
            (" 1.5 GB ", Some(3 << 29)),
            ("900MiB", Some(900 << 20)),
            ("64k", Some(64 << 10)),
            ("1TiB", Some(1 << 40)),
            ("4", None),
            ("", None),
            ("GiB", None),
            ("-1GiB", None),
            ("0MiB", None),
            ("4 gigs", None),
            ("nanGiB", None),
            ("1e999GiB", None),
        ] {
            assert_eq!(text.parse::<Size>().ok().map(|size| size.0), bytes, "{text}");
        }
    }

    #[test]
    fn pairs_get_what_the_rows_leave() {
        for (ceiling, cells, now, left_over) in [
            (400, 0, Some(100), Some(300)),
            (1000, 5 << 20, Some(100), Some(250)),
            (782, 5 << 20, Some(100), Some(32)),
            (781, 5 << 20, Some(100), None),
            (1400, 5 << 20, None, Some(100)),
        ] {
            let found = left(Size(ceiling * MIB), cells, now.map(|mib| mib * MIB)).ok();
            assert_eq!(found, left_over.map(|mib| mib * MIB), "{ceiling} {cells} {now:?}");
        }
        let error = format!("{:?}", left(Size(600 * MIB), 5 << 20, Some(100 * MIB)).unwrap_err());
        assert!(error.contains("--memory 782 MiB or more"), "{error}");
    }
}
