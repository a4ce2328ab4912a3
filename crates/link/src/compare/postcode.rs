//! Postcodes: unit, sector, district.

use super::level::SAME;

const ONE_CHARACTER: u8 = 2;
/// The same sector.
pub const SECTOR: u8 = 3;
const DISTRICT: u8 = 4;
/// Another district.
pub const DIFFERENT: u8 = 5;

/// Level of two different postcodes; upper case, with a space before the inward part.
pub fn level(x: &str, y: &str) -> u8 {
    let ((out_x, in_x), (out_y, in_y)) = (split(x), split(y));
    if out_x == out_y {
        if in_x == in_y {
            return SAME;
        }
        if in_x.is_empty() || in_y.is_empty() {
            return DISTRICT;
        }
    }
    if strsim::osa_distance(x, y) == 1 && !in_x.is_empty() && !in_y.is_empty() {
        return ONE_CHARACTER;
    }
    match (out_x == out_y, in_x.chars().next() == in_y.chars().next()) {
        (true, true) => SECTOR,
        (true, false) => DISTRICT,
        _ => DIFFERENT,
    }
}

fn split(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes() {
        for (x, y, expected) in [
            ("WB1 2CD", "WB1 2CE", ONE_CHARACTER),
            ("WB1 2CD", "WB1 2EF", SECTOR),
            ("WB1 2CD", "WB1 3EF", DISTRICT),
            ("WB1 2CD", "WB1", DISTRICT),
            ("WB1 2CD", "WB12 3EF", DIFFERENT),
        ] {
            assert_eq!((level(x, y), level(y, x)), (expected, expected), "{x} {y}");
        }
    }
}
