//! What a file is, by its bytes. The name decides nothing: trackers arrive as `.xls` that are
//! xlsx, csv or web pages underneath.

use crate::limits::{Limits, Refusal};
use crate::ole::{self, Ole};
use crate::{container, encoding};

/// How much of a file the sniffing of text looks at.
const SAMPLE: usize = 64 << 10;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Xlsx { macros: bool },
    Xlsb,
    Xls,
    Ods,
    Docx,
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "csv",
            Format::Xlsx { macros: false } => "xlsx",
            Format::Xlsx { macros: true } => "xlsm",
            Format::Xlsb => "xlsb",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Docx => "docx",
        }
    }

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Format::Text => "a text file",
            Format::Xlsx { .. } => "an Excel workbook (xlsx)",
            Format::Xlsb => "a binary Excel workbook (xlsb)",
            Format::Xls => "an Excel 97-2003 workbook (xls)",
            Format::Ods => "an OpenDocument spreadsheet (ods)",
            Format::Docx => "a Word document (docx)",
        }
    }

    /// True if a file of this format may well have this extension (in lower case).
    pub fn fits(self, extension: &str) -> bool {
        match self {
            Format::Text => matches!(extension, "csv" | "tsv" | "txt" | "tab" | "dat" | "psv" | ""),
            Format::Xlsx { .. } => matches!(extension, "xlsx" | "xlsm" | "xltx" | "xltm"),
            Format::Xlsb => extension == "xlsb",
            Format::Xls => matches!(extension, "xls" | "xlt"),
            Format::Ods => matches!(extension, "ods" | "ots"),
            Format::Docx => matches!(extension, "docx" | "docm" | "dotx" | "dotm"),
        }
    }
}

/// The file begins like a zip package or an OLE compound file.
pub(crate) fn is_package(bytes: &[u8]) -> bool {
    is_zip(bytes) || bytes.starts_with(&ole::SIGNATURE)
}

pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What a first look at a file gave.
#[derive(Debug)]
pub(crate) struct Sniffed {
    pub format: Format,
    /// A part of it is known to be damaged.
    pub damaged: bool,
    /// Several of its parts have one name.
    pub ambiguous: bool,
    /// Bytes that were unpacked to see what it is.
    pub unpacked: u64,
}

impl Sniffed {
    fn plain(format: Format) -> Self {
        Sniffed { format, damaged: false, ambiguous: false, unpacked: 0 }
    }
}

/// The format and what goes with it, or why the file can't be read.
pub(crate) fn sniff(bytes: &[u8], limits: &Limits) -> Result<Sniffed, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(
            "file-empty",
            "the file is empty (0 bytes), where a spreadsheet or a csv file was expected",
            "fetch the file again from where it came, or remove it from the folder",
        ));
    }
    if is_zip(bytes) {
        return container::inspect(bytes, limits);
    }
    if bytes.starts_with(&ole::SIGNATURE) {
        return compound(bytes).map(Sniffed::plain);
    }
    if let Some(found) = magic(bytes) {
        return Err(not_a_spreadsheet(found));
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if !encoding::looks_like_text(sample) {
        return Err(not_a_spreadsheet("binary data of an unknown kind"));
    }
    match markup(&encoding::decode(sample).text) {
        Some(refusal) => Err(refusal),
        None => Ok(Sniffed::plain(Format::Text)),
    }
}

pub(crate) fn not_a_spreadsheet(found: &str) -> Refusal {
    Refusal::new(
        "file-format",
        format!("the file is {found}, where a csv, xlsx, xlsm, xlsb, xls, ods or docx file was expected"),
        "save the tracker as xlsx or csv and run again, or remove the file from the folder",
    )
}

fn compound(bytes: &[u8]) -> Result<Format, Refusal> {
    let Some(ole) = Ole::open(bytes) else {
        return Err(Refusal::damaged(
            "the file begins like an Excel 97-2003 workbook, but its directory can't be read",
        ));
    };
    if ole.has("EncryptedPackage") {
        return Err(Refusal::password());
    }
    if ole.has("Workbook") || ole.has("Book") {
        return Ok(Format::Xls);
    }
    Err(not_a_spreadsheet(if ole.has("WordDocument") {
        "a Word 97-2003 document"
    } else if ole.has("PowerPoint Document") {
        "a PowerPoint 97-2003 presentation"
    } else if ole.has("__properties_version1.0") {
        "an Outlook message"
    } else {
        "an OLE compound file that holds no workbook"
    }))
}

/// Well-known kinds of file, by their first bytes.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 20] = [
        (b"\x89PNG", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"II*\0", "a picture (TIFF)"),
        (b"MM\0*", "a picture (TIFF)"),
        (b"%PDF", "a PDF document"),
        (b"{\\rtf", "a rich text document (RTF)"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"7z\xBC\xAF", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\0\x01\0\0Standard", "an Access database"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"\x09\0\x04\0", "an Excel workbook of version 2, older than this program can read"),
        (b"\x09\0\x06\0", "an Excel workbook of version 2, older than this program can read"),
        (b"\x09\x02\x06\0", "an Excel workbook of version 3, older than this program can read"),
        (b"\x09\x04\x06\0", "an Excel workbook of version 4, older than this program can read"),
        (b"MIME-Version:", "a web page saved as a single file (MHT)"),
        (b"PAR1", "a Parquet file"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, found)| *found)
}

/// Web pages and other markup, which many systems export under the name `.xls`.
fn markup(text: &str) -> Option<Refusal> {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let head: String = text.chars().take(4096).collect::<String>().to_lowercase();
    let found = if head.contains("office:spreadsheet") && head.contains("<?xml") {
        "an XML file made for Excel 2003 or LibreOffice"
    } else if ["<html", "<!doctype html", "<table", "<head", "<body", "<meta"]
        .iter()
        .any(|tag| head.contains(tag))
    {
        "a web page (HTML)"
    } else if head.starts_with("<?xml") {
        "an XML file"
    } else {
        return None;
    };
    Some(Refusal::new(
        "file-format",
        format!("the file is {found}, where a csv, xlsx, xlsm, xlsb, xls, ods or docx file was expected"),
        "open it in a spreadsheet program, save it as xlsx, and run again",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ole::tests::compound as ole_file;

    #[test]
    fn bytes_decide() {
        let word = ole_file("WordDocument", &[]);
        let sealed = ole_file("EncryptedPackage", &[]);
        let xls = ole_file("Workbook", &[]);
        let junk: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let cases: [(&[u8], &str); 15] = [
            (b"", "file-empty"),
            (b"a,b\n1,2\n", "csv"),
            (b"\xEF\xBB\xBFa,b\n", "csv"),
            (b"<5 days,more\n1,2\n", "csv"),
            (b"\x89PNG\r\n\x1a\n", "file-format"),
            (b"%PDF-1.7", "file-format"),
            (b"\n <HTML><body><table></table>", "file-format"),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0", "file-format"),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                "file-format",
            ),
            (b"PK\x03\x04 and then nothing", "file-damaged"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "file-damaged"),
            (&word, "file-format"),
            (&sealed, "file-locked"),
            (&xls, "xls"),
            (&junk, "file-format"),
        ];
        for (bytes, expected) in cases {
            let found = match sniff(bytes, &Limits::default()) {
                Ok(sniffed) => sniffed.format.name(),
                Err(refusal) => {
                    assert!(!refusal.what.is_empty() && !refusal.todo.is_empty());
                    refusal.code
                }
            };
            assert_eq!(found, expected, "{:?}", &bytes[..bytes.len().min(12)]);
        }
    }
}
