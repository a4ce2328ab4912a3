//! Court case numbers: family (`LE14C00441`), adoption serials (`LS137/14`), Court of Appeal
//! (`CA-2024-000171`, `B4/2020/1611`) and the 16 digits of the court's digital service.
//!
//! A family number is two letters of the court, two digits of the year, a letter for the sort
//! of proceedings and five digits. In the five digits, O stands for 0, and I and L for 1.

use collate_model::{CellKind, Value};

use crate::flaw::{Flaw, flaw};
use crate::missing;
use crate::text::tidy;

/// Sorts of family proceedings: A and Z adoption, C public law, D divorce, F family law act, P private law.
const SORTS: &[u8] = b"ACDFPZ";

/// The case numbers of a cell, normalised, in order, each once.
pub(crate) fn clean(text: &str, cell: CellKind) -> (Value, Option<Flaw>) {
    if missing::is_awaited(text) {
        return (Value::Missing, None);
    }
    let upper = tidy(text).to_ascii_uppercase();
    if is_mangled(&upper, cell) {
        let doubt = flaw!(
            "case-number-mangled",
            "The spreadsheet has rounded a long case number; its last digits are lost.",
            "Format the column as text and type the number again.",
        );
        return (Value::Unreadable, Some(doubt));
    }
    let (mut refs, rest) = scan(&upper);
    let mut unusual = false;
    for part in rest.split([',', ';', '&', '\n', '|']).flat_map(|part| part.split(" AND ")) {
        let squeezed: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        let squeezed = squeezed.trim_matches(|c: char| !c.is_alphanumeric());
        let counts = ["WEEK", "MONTH", "DAYS", "%"].iter().any(|word| squeezed.contains(word));
        let digits = squeezed.bytes().filter(u8::is_ascii_digit).count();
        // Beside a good number, a long rest is a remark with a date in it.
        if !counts
            && digits >= 3
            && (refs.is_empty() || digits >= 4 && squeezed.len() <= 16)
            && squeezed.len() <= 40
        {
            unusual = true;
            push(&mut refs, squeezed.to_owned());
        }
    }
    if refs.is_empty() {
        let doubt = flaw!(
            "case-number-unreadable",
            "A court case number was expected, and the cell holds none.",
            "Write the number as the court does, for example two letters, the year, C and five digits.",
        );
        return (Value::Unreadable, Some(doubt));
    }
    let doubt = unusual.then_some(flaw!(
        "case-number-unusual",
        "The case number has not the form of a court's number; it was kept as written.",
        "Check it against the court order: a digit may be missing.",
    ));
    (Value::Refs(refs.into_iter().map(Into::into).collect()), doubt)
}

/// `1.61E+15`, or a real number whose 16th digit the spreadsheet has set to 0.
fn is_mangled(text: &str, cell: CellKind) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let exponent = text.split_once('E').is_some_and(|(a, b)| {
        digits(a) && digits(b.trim_start_matches('+')) && (a.contains('.') || b.contains('+'))
    });
    exponent || cell == CellKind::Number && text.len() == 16 && text.ends_with('0') && digits(text)
}

/// The numbers of known form, and the text without them.
fn scan(text: &str) -> (Vec<String>, String) {
    let bytes = text.as_bytes();
    let mut refs = Vec::new();
    let mut rest = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_alphanumeric() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
        let found = if starts {
            let rules = [family, appeal_new, appeal_old, digital, adoption];
            rules.iter().find_map(|rule| rule(&mut Reader { bytes, at }))
        } else {
            None
        };
        match found {
            Some((number, end)) => {
                push(&mut refs, number);
                rest.push(',');
                at = end;
            }
            None => {
                let length = text[at..].chars().next().map_or(1, char::len_utf8);
                rest.push_str(&text[at..at + length]);
                at += length;
            }
        }
    }
    (refs, rest)
}

fn push(refs: &mut Vec<String>, number: String) {
    if !refs.contains(&number) {
        refs.push(number);
    }
}

/// A place in upper-case text.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self, wanted: impl Fn(u8) -> bool) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        wanted(byte).then(|| {
            self.at += 1;
            byte
        })
    }

    fn many(&mut self, count: usize, wanted: impl Fn(u8) -> bool) -> Option<String> {
        (0..count).map(|_| self.next(&wanted).map(char::from)).collect()
    }

    fn exactly(&mut self, text: &str) -> Option<()> {
        text.bytes().try_for_each(|byte| self.next(|b| b == byte).map(|_| ()))
    }

    /// Spaces around at most one sign.
    fn gap(&mut self) {
        self.spaces();
        self.next(|b| matches!(b, b'-' | b'/' | b'.'));
        self.spaces();
    }

    fn spaces(&mut self) {
        while self.next(|b| b == b' ').is_some() {}
    }

    /// The end of the number, if nothing goes on with it.
    fn end(&self) -> Option<usize> {
        let goes_on = self.bytes.get(self.at).is_some_and(u8::is_ascii_alphanumeric);
        (!goes_on).then_some(self.at)
    }
}

fn digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

fn letter(byte: u8) -> bool {
    byte.is_ascii_uppercase()
}

fn family(reader: &mut Reader) -> Option<(String, usize)> {
    let court = reader.many(2, letter)?;
    reader.gap();
    let year = reader.many(2, digit)?;
    reader.gap();
    let sort = char::from(reader.next(|b| SORTS.contains(&b))?);
    reader.gap();
    let mut serial = String::new();
    for i in 0..5 {
        if i > 0 {
            reader.next(|b| b == b' ');
        }
        serial.push(match reader.next(|b| digit(b) || matches!(b, b'O' | b'I' | b'L'))? {
            b'O' => '0',
            b'I' | b'L' => '1',
            byte => char::from(byte),
        });
    }
    Some((format!("{court}{year}{sort}{serial}"), reader.end()?))
}

fn adoption(reader: &mut Reader) -> Option<(String, usize)> {
    let court = reader.many(2, letter)?;
    let mut serial = String::new();
    while let Some(byte) = reader.next(digit) {
        serial.push(char::from(byte));
    }
    reader.exactly("/")?;
    let year = reader.many(2, digit)?;
    (1..=4).contains(&serial.len()).then_some(())?;
    let end = reader.end()?;
    // `AB12/34/56` is something else.
    (reader.next(|b| b == b'/').is_none()).then(|| (format!("{court}{serial}/{year}"), end))
}

fn appeal_new(reader: &mut Reader) -> Option<(String, usize)> {
    reader.exactly("CA-20")?;
    let year = reader.many(2, digit)?;
    reader.exactly("-")?;
    let serial = reader.many(6, digit)?;
    Some((format!("CA-20{year}-{serial}"), reader.end()?))
}

fn appeal_old(reader: &mut Reader) -> Option<(String, usize)> {
    let list = char::from(reader.next(|b| matches!(b, b'A'..=b'D'))?);
    let number = char::from(reader.next(digit)?);
    reader.exactly("/20")?;
    let year = reader.many(2, digit)?;
    reader.exactly("/")?;
    let serial = reader.many(4, digit)?;
    Some((format!("{list}{number}/20{year}/{serial}"), reader.end()?))
}

fn digital(reader: &mut Reader) -> Option<(String, usize)> {
    let mut groups = vec![reader.many(4, digit)?];
    for _ in 0..3 {
        reader.next(|b| b == b' ' || b == b'-');
        groups.push(reader.many(4, digit)?);
    }
    Some((groups.join("-"), reader.end()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refs(text: &str) -> (Vec<String>, Option<&'static str>) {
        let (value, doubt) = clean(text, CellKind::Text);
        let refs = match value {
            Value::Refs(refs) => refs.iter().map(|r| r.to_string()).collect(),
            _ => Vec::new(),
        };
        (refs, doubt.map(|doubt| doubt.code))
    }

    #[test]
    fn reads_published_numbers_and_their_mess() {
        for (text, expected) in [
            ("ZW19C00430", &["ZW19C00430"][..]),
            ("zc17c00071", &["ZC17C00071"]),
            ("LE14CO 0441", &["LE14C00441"]),
            ("LE 14 C 00441", &["LE14C00441"]),
            ("LE-14/C.00441", &["LE14C00441"]),
            ("LE14C0044I", &["LE14C00441"]),
            ("WB17C09242 &", &["WB17C09242"]),
            ("WB21C 03006", &["WB21C03006"]),
            ("WB/19C/06463", &["WB19C06463"]),
            ("WB 21C 05579", &["WB21C05579"]),
            ("WB16CO9663", &["WB16C09663"]),
            ("WB21C08527 / WB20P00700", &["WB21C08527", "WB20P00700"]),
            ("MA14C00259 &", &["MA14C00259"]),
            ("WW17C00664, WV18C00394", &["WW17C00664", "WV18C00394"]),
            ("FD20P00072; FD20P00106; BR17F00367", &["FD20P00072", "FD20P00106", "BR17F00367"]),
            ("WW17C00664\nWW17C00664", &["WW17C00664"]),
            ("LS14Z00085 / LS137/14", &["LS14Z00085", "LS137/14"]),
            ("ZC220/22", &["ZC220/22"]),
            ("CA-2024-000171", &["CA-2024-000171"]),
            ("B4/2020/1611", &["B4/2020/1611"]),
            ("1612345678901234", &["1612-3456-7890-1234"]),
            ("1612-3456-7890-1234", &["1612-3456-7890-1234"]),
            ("LE14C00441 (consolidated with LE15C00001)", &["LE14C00441", "LE15C00001"]),
        ] {
            let (found, doubt) = refs(text);
            assert_eq!(
                (found.as_slice(), doubt),
                (&expected.iter().map(|s| s.to_string()).collect::<Vec<_>>()[..], None),
                "{text}"
            );
        }
    }

    #[test]
    fn keeps_unusual_numbers_as_written_and_says_so() {
        for (text, expected, code) in [
            ("le14c 0044", &["LE14C0044"][..], "case-number-unusual"),
            ("LE14X00441", &["LE14X00441"], "case-number-unusual"),
            ("LE14C00441, LE14C0044", &["LE14C00441", "LE14C0044"], "case-number-unusual"),
            ("1.61E+15", &[], "case-number-mangled"),
            ("see file", &[], "case-number-unreadable"),
        ] {
            let (found, doubt) = refs(text);
            assert_eq!(
                (found, doubt),
                (expected.iter().map(|s| s.to_string()).collect(), Some(code)),
                "{text}"
            );
        }
        assert_eq!(
            clean("1612345678901230", CellKind::Number).1.map(|f| f.code),
            Some("case-number-mangled")
        );
        assert_eq!(clean("TBC", CellKind::Text), (Value::Missing, None));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(.|\n){0,40}") {
            clean(&text, CellKind::Text);
            clean(&text, CellKind::Number);
        }

        #[test]
        fn one_number_in_any_dress_is_one_number(
            court in "[A-Z]{2}", year in "[0-9]{2}", sort in "[ACDFPZ]", serial in "[0-9]{5}",
            gap in "( |-|/|\\.| - )?", lower: bool,
        ) {
            let number = format!("{court}{year}{sort}{serial}");
            let mut dressed = format!("{court}{gap}{year}{gap}{sort}{gap}{serial}");
            if lower {
                dressed = dressed.to_lowercase();
            }
            prop_assert_eq!(refs(&dressed), (vec![number.clone()], None));
            prop_assert_eq!(refs(&number), (vec![number], None));
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in "[A-Z]{2}[0-9]{1,4}[A-Z][0-9O ]{3,6}") {
            let (once, _) = refs(&text);
            if let [number] = once.as_slice() {
                prop_assert_eq!(&refs(number).0[0], number);
            }
        }
    }
}
