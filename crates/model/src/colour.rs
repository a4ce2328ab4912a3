//! A fill colour, and the rating that a person reads in it.

use serde::{Deserialize, Serialize};

use crate::Rag;

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Hue in degrees, saturation and luminance from 0 to 1.
    pub fn hsl(self) -> (f64, f64, f64) {
        let [r, g, b] = self.0.map(|part| f64::from(part) / 255.0);
        let (most, least) = (r.max(g).max(b), r.min(g).min(b));
        let (range, luminance) = (most - least, (most + least) / 2.0);
        if range == 0.0 {
            return (0.0, 0.0, luminance);
        }
        let saturation = range / (1.0 - (2.0 * luminance - 1.0).abs());
        let hue = if most == r {
            ((g - b) / range).rem_euclid(6.0)
        } else if most == g {
            (b - r) / range + 2.0
        } else {
            (r - g) / range + 4.0
        };
        (hue * 60.0, saturation.min(1.0), luminance)
    }

    /// The colour of so much hue, saturation and luminance.
    pub fn from_hsl(hue: f64, saturation: f64, luminance: f64) -> Self {
        let chroma = (1.0 - (2.0 * luminance - 1.0).abs()) * saturation;
        let second = chroma * (1.0 - ((hue / 60.0) % 2.0 - 1.0).abs());
        let (r, g, b) = match (hue / 60.0) as u32 {
            0 => (chroma, second, 0.0),
            1 => (second, chroma, 0.0),
            2 => (0.0, chroma, second),
            3 => (0.0, second, chroma),
            4 => (second, 0.0, chroma),
            _ => (chroma, 0.0, second),
        };
        let low = luminance - chroma / 2.0;
        Rgb([r, g, b].map(|part| ((part + low) * 255.0).round() as u8))
    }

    /// The rating that a fill stands for, by its hue; `None` for white, black, grey, purple and what is
    /// too pale to be meant. Yellow is amber, as in words.
    pub fn rating(self) -> Option<Rag> {
        let (hue, saturation, luminance) = self.hsl();
        if saturation < 0.25 || !(0.12..=0.955).contains(&luminance) {
            return None;
        }
        match hue {
            hue if !(16.0..342.0).contains(&hue) => Some(Rag::Red),
            hue if hue < 68.0 => Some(Rag::Amber),
            hue if hue < 165.0 => Some(Rag::Green),
            hue if (180.0..255.0).contains(&hue) => Some(Rag::Blue),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(colour: u32) -> Rgb {
        Rgb([(colour >> 16) as u8, (colour >> 8) as u8, colour as u8])
    }

    #[test]
    fn fills_are_read_as_people_read_them() {
        for (colour, expected) in [
            (0xFF0000, Some(Rag::Red)),
            (0xC00000, Some(Rag::Red)),
            // Excel's styles Bad, Neutral and Good.
            (0xFFC7CE, Some(Rag::Red)),
            (0xFFEB9C, Some(Rag::Amber)),
            (0xC6EFCE, Some(Rag::Green)),
            (0xFFC000, Some(Rag::Amber)),
            (0xFFFF00, Some(Rag::Amber)),
            (0xED7D31, Some(Rag::Amber)),
            (0x00B050, Some(Rag::Green)),
            (0x92D050, Some(Rag::Green)),
            (0x70AD47, Some(Rag::Green)),
            (0x00B0F0, Some(Rag::Blue)),
            (0x0070C0, Some(Rag::Blue)),
            (0x4472C4, Some(Rag::Blue)),
            (0xFFFFFF, None),
            (0x000000, None),
            (0xD9D9D9, None),
            (0x7030A0, None),
            (0xFDFDFF, None),
        ] {
            assert_eq!(rgb(colour).rating(), expected, "{colour:06X}");
        }
    }
}
