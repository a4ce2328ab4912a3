//! Colours as workbooks write them.

use collate_model::Rgb;

/// The palette of old workbooks, from index 8 on (ECMA-376 part 1, 18.8.27).
const PALETTE: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000,
    0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF,
    0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000,
    0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99,
    0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966,
    0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
];

/// A colour of the palette; the first eight are those that follow.
pub(crate) fn indexed(index: usize) -> Option<Rgb> {
    let at = if index < 8 { index } else { index - 8 };
    PALETTE.get(at).map(|rgb| Rgb([(rgb >> 16) as u8, (rgb >> 8) as u8, *rgb as u8]))
}

/// `FFRRGGBB` or `RRGGBB`.
pub(crate) fn hex(text: &str) -> Option<Rgb> {
    let digits = text.trim().trim_start_matches('#');
    let digits = digits.get(digits.len().checked_sub(6)?..)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    Some(Rgb([(value >> 16) as u8, (value >> 8) as u8, value as u8]))
}

/// Lighter (to 1) or darker (to -1), by luminance (ECMA-376 part 1, 18.8.19).
pub(super) fn tinted(rgb: Rgb, tint: f64) -> Rgb {
    if tint == 0.0 || !tint.is_finite() {
        return rgb;
    }
    let (hue, saturation, luminance) = rgb.hsl();
    let luminance = if tint < 0.0 { luminance * (1.0 + tint) } else { luminance * (1.0 - tint) + tint };
    Rgb::from_hsl(hue, saturation, luminance.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_in_hexadecimal() {
        assert_eq!(hex("FF010203"), Some(Rgb([1, 2, 3])));
        assert_eq!((hex("12"), hex("GGGGGG"), hex("")), (None, None, None));
    }

    #[test]
    fn tints_are_those_of_excel() {
        // Accent 1 of Office 2013, as its palette shows it 80 % and 40 % lighter and 25 % darker.
        let accent = hex("4472C4").unwrap();
        for (tint, expected) in [(0.8, "DAE3F3"), (0.4, "8FAADC"), (-0.25, "2F5597"), (0.0, "4472C4")] {
            let found = tinted(accent, tint);
            let near = found.0.iter().zip(hex(expected).unwrap().0).all(|(x, y)| x.abs_diff(y) <= 3);
            assert!(near, "{tint}: {found:02X?} for {expected}");
        }
        assert_eq!(
            (indexed(2), indexed(10), indexed(63), indexed(64)),
            (Some(Rgb([255, 0, 0])), Some(Rgb([255, 0, 0])), Some(Rgb([51; 3])), None)
        );
    }
}
