//! A zip package before any parser sees it: what it is by its parts, and whether it stays
//! within the limits when it is really unpacked (declared sizes can lie).

use std::io::Read;

use memchr::memmem;

use crate::format::{Format, Sniffed};
use crate::limits::{Limits, Refusal};
use crate::package::{Package, normal};
use crate::xlsx;

const CHUNK: usize = 64 << 10;
/// No entry of a shared string table is shorter than this in the file.
const SHORTEST_STRING: u64 = 4;

/// What a first look at the parts gave.
#[derive(Default)]
struct Parts {
    names: Vec<String>,
    mimetype: String,
    encrypted: bool,
    damaged: bool,
    unpacked: u64,
}

/// Checks a package and says which workbook it holds, and whether some part of it is damaged.
pub(crate) fn inspect(bytes: &[u8], limits: &Limits) -> Result<Sniffed, Refusal> {
    let Some(mut package) = Package::open(bytes) else {
        return Err(Refusal::damaged(
            "the file begins like a workbook or a Word document (a zip package), but it is cut off or its \
             table of contents can't be read",
        ));
    };
    if package.len() > limits.entries {
        return Err(Refusal::limit("parts", limits.entries as u64, "the number of parts in the file"));
    }
    if package.locked() {
        return Err(Refusal::new(
            "file-locked",
            "parts of the file are locked by a zip program's password, which no spreadsheet program opens",
            "unpack it with that password and pack it again without one, or ask for the workbook itself, and run again",
        ));
    }
    let parts = unpack(&mut package, limits)?;
    let format = parts.format()?;
    if parts.encrypted {
        return Err(Refusal::password());
    }
    let Parts { damaged, unpacked, .. } = parts;
    Ok(Sniffed { format, damaged, ambiguous: package.ambiguous, unpacked })
}

/// Unpacks every part once, keeping nothing but what tells the format; without the large parts of an
/// xlsx workbook, which are unpacked when they are read.
fn unpack(package: &mut Package<'_>, limits: &Limits) -> Result<Parts, Refusal> {
    let mut parts = Parts::default();
    let later = package.names().any(|name| is_main(&normal(name), "workbook.xml"))
        && !package.names().any(|name| is_main(&normal(name), "workbook.bin"));
    let mut total = 0;
    let mut buffer = vec![0; CHUNK];
    for i in 0..package.len() {
        let Some(mut part) = package.part_at(i) else {
            parts.damaged = true;
            continue;
        };
        let name = normal(&String::from_utf8_lossy(part.name_raw()));
        if later && xlsx::is_read_later(&name) {
            parts.names.push(name);
            continue;
        }
        let mut size = 0;
        let mut filled = 0;
        let mut first = Vec::new();
        loop {
            // The end of the last chunk stays in front, so that no word is cut in two.
            let keep = filled.min(32);
            buffer.copy_within(filled - keep..filled, 0);
            match part.read(&mut buffer[keep..]) {
                Ok(0) => break,
                Ok(read) => {
                    size += read as u64;
                    filled = keep + read;
                }
                Err(_) => {
                    parts.damaged |= [".xml", ".bin", ".rels"].iter().any(|end| name.ends_with(end));
                    break;
                }
            }
            if total + size > limits.inflated_bytes {
                return Err(Refusal::limit(
                    "inflated_bytes",
                    limits.inflated_bytes,
                    "what the file unpacks to",
                ));
            }
            let chunk = &buffer[..filled];
            if first.is_empty() {
                first = chunk[..chunk.len().min(1024)].to_vec();
            }
            parts.encrypted |=
                name == "meta-inf/manifest.xml" && memmem::find(chunk, b"encryption-data").is_some();
        }
        total += size;
        if name == "mimetype" {
            parts.mimetype = String::from_utf8_lossy(&first).trim().to_owned();
        }
        if declared_strings(&name, &first).is_some_and(|count| count > size / SHORTEST_STRING + 1) {
            return Err(Refusal::damaged("the workbook claims more texts than it has room for"));
        }
        parts.names.push(name);
    }
    parts.unpacked = total;
    Ok(parts)
}

/// Whether this is the main part of a workbook, not of one that is embedded, nor a macro's.
fn is_main(name: &str, main: &str) -> bool {
    name.rsplit('/').next() == Some(main) && !name.contains("embeddings/") && !name.starts_with("word/")
}

impl Parts {
    fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|name| test(name))
    }

    fn format(&self) -> Result<Format, Refusal> {
        if self.any(|name| is_main(name, "workbook.bin")) {
            return Ok(Format::Xlsb);
        }
        if self.any(|name| is_main(name, "workbook.xml")) {
            let macros = self.any(|name| name.ends_with("vbaproject.bin"));
            return Ok(Format::Xlsx { macros });
        }
        if self.any(|name| name.starts_with("word/document") && name.ends_with(".xml")) {
            return Ok(Format::Docx);
        }
        let opendocument = self.any(|name| name == "content.xml" || name == "encrypted-package");
        if opendocument && (self.mimetype.is_empty() || self.mimetype.contains("spreadsheet")) {
            return Ok(Format::Ods);
        }
        let found = if opendocument {
            "an OpenDocument file that is no spreadsheet"
        } else if self.any(|name| name.starts_with("word/")) {
            "a Word document"
        } else if self.any(|name| name.starts_with("ppt/")) {
            "a PowerPoint presentation"
        } else if self.any(|name| name.ends_with(".iwa")) {
            "an Apple Numbers or Pages document"
        } else {
            "a zip archive that is no workbook"
        };
        Err(crate::format::not_a_spreadsheet(found))
    }
}

/// How many texts the shared string table of an xlsb workbook says it has, from its first bytes: its
/// reader believes that.
fn declared_strings(name: &str, first: &[u8]) -> Option<u64> {
    if name.ends_with("sharedstrings.bin") {
        // BrtBeginSst: type 159 in two bytes, its length, total and unique count.
        let count = first.strip_prefix(&[0x9F, 0x01, 0x08])?.get(4..8)?;
        return Some(u64::from(u32::from_le_bytes([count[0], count[1], count[2], count[3]])));
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    /// A package with these parts.
    pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn packages_are_told_apart_by_their_parts() {
        let ods = b"application/vnd.oasis.opendocument.spreadsheet";
        let odt = b"application/vnd.oasis.opendocument.text";
        let sealed = b"<manifest:encryption-data/>";
        for (parts, expected) in [
            (vec![("xl/workbook.xml", &b"<mergeCell/>"[..])], "xlsx"),
            (vec![("xl/workbook.xml", b""), ("xl/vbaProject.bin", b"")], "xlsm"),
            (vec![("content.xml", b""), ("Basic/VBAProject/ThisWorkbook.xml", b"")], "ods"),
            (vec![("word/document.xml", b""), ("word/embeddings/workbook.xml", b"")], "docx"),
            (vec![("xl\\workbook.xml", b"")], "xlsx"),
            (vec![("xl/workbook.bin", b"")], "xlsb"),
            (vec![("mimetype", ods), ("content.xml", b"")], "ods"),
            (vec![("content.xml", b"")], "ods"),
            (vec![("mimetype", ods), ("content.xml", b""), ("META-INF/manifest.xml", sealed)], "file-locked"),
            (vec![("mimetype", odt), ("content.xml", b"")], "file-format"),
            (vec![("word/document.xml", b"")], "docx"),
            (vec![("holiday.jpg", b"")], "file-format"),
        ] {
            let found = match inspect(&package(&parts), &Limits::default()) {
                Ok(sniffed) => sniffed.format.name(),
                Err(refusal) => refusal.code,
            };
            assert_eq!(found, expected, "{:?}", parts[0].0);
        }
    }

    #[test]
    fn limits_and_lies_are_refused() {
        let big = vec![b'x'; 300_000];
        let file = package(&[("xl/workbook.xml", &big), ("b", b""), ("c", b"")]);
        let small = Limits { inflated_bytes: 200_000, ..Limits::default() };
        let few = Limits { entries: 2, ..Limits::default() };
        for (limits, expected) in [(small, "`inflated_mib` of 0.19"), (few, "`parts` of 2")] {
            let refusal = inspect(&file, &limits).unwrap_err();
            assert!(refusal.what.contains(expected), "{}", refusal.what);
        }
        let table = [0x9F, 0x01, 0x08, 0, 0, 0, 0, 0, 0, 0, 0xF0];
        let file = package(&[("xl/workbook.bin", b""), ("xl/sharedStrings.bin", &table)]);
        assert_eq!(inspect(&file, &Limits::default()).unwrap_err().code, "file-damaged");
        let file = package(&[("xl/workbook.xml", b"")]);
        assert_eq!(inspect(&file[..file.len() - 30], &Limits::default()).unwrap_err().code, "file-damaged");
    }
}
