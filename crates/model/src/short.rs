//! A short text that needs no memory of its own: numbers and what is made of them.

use std::fmt::{self, Write};

/// The longest number that is written: an `f32` of 39 digits, its sign and decimals.
const LONGEST: usize = 48;

/// A short text; what does not fit is left out.
pub struct Short {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Default for Short {
    fn default() -> Self {
        Short { bytes: [0; LONGEST], len: 0 }
    }
}

impl Short {
    /// Adds a character of ASCII.
    pub fn push(&mut self, byte: u8) -> &mut Self {
        debug_assert!(byte.is_ascii());
        self.extend(&[byte])
    }

    /// Adds a number with at least this many digits.
    pub fn digits(&mut self, mut number: u64, least: usize) -> &mut Self {
        let mut digits = [b'0'; 20];
        let mut first = digits.len();
        while number > 0 || first > digits.len() - least {
            first -= 1;
            digits[first] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.extend(&digits[first..])
    }

    /// Adds a number with this many decimals (at most four); nothing if it is no number.
    pub fn decimals(&mut self, number: f32, places: u32) -> &mut Self {
        let scale = 10u64.pow(places);
        // Exact: the 24 bits of an `f32` and the 14 of the scale fit an `f64`.
        let scaled = (f64::from(number) * scale as f64).round_ties_even();
        if scaled.abs() < 1e15 {
            if scaled < 0.0 {
                self.push(b'-');
            }
            let scaled = scaled.abs() as u64;
            self.digits(scaled / scale, 1).push(b'.').digits(scaled % scale, places as usize);
        } else if number.is_finite() {
            let _ = write!(self, "{number:.*}", places as usize);
        }
        self
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn extend(&mut self, bytes: &[u8]) -> &mut Self {
        if let Some(free) = self.bytes.get_mut(self.len..self.len + bytes.len()) {
            free.copy_from_slice(bytes);
            self.len += bytes.len();
        }
        self
    }
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.extend(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_at_least_so_many_digits() {
        for (number, least, expected) in
            [(0, 1, "0"), (7, 5, "00007"), (123_456, 5, "123456"), (u64::MAX, 1, "18446744073709551615")]
        {
            assert_eq!(Short::default().digits(number, least).as_str(), expected);
        }
    }

    #[test]
    fn decimals_have_no_negative_zero_and_no_nan() {
        for (number, places, expected) in [
            (1.0, 2, "1.00"),
            (-12.345, 2, "-12.35"),
            (0.125, 2, "0.12"),
            (0.375, 2, "0.38"),
            (-0.001, 2, "0.00"),
            (-0.001, 4, "-0.0010"),
            (0.999_96, 4, "1.0000"),
            (f32::NAN, 2, ""),
            (f32::INFINITY, 2, ""),
        ] {
            assert_eq!(Short::default().decimals(number, places).as_str(), expected, "{number}");
        }
    }

    proptest! {
        #[test]
        fn decimals_are_rounded_exactly(number in prop::num::f32::NORMAL, small in -1e4f32..1e4, places in 1u32..5) {
            for number in [number, small] {
                let expected = format!("{number:.*}", places as usize);
                let zero = expected.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
                let expected = if zero { expected.trim_start_matches('-') } else { &expected };
                let mut text = Short::default();
                prop_assert_eq!(text.decimals(number, places).as_str(), expected);
            }
        }
    }
}
