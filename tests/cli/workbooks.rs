//! Workbooks that the tests make: several sheets, empty rows with colours, and one that looks
//! locked with a password.

use std::io::Write;

use rust_xlsxwriter::{Color, Format, Workbook};

/// An xlsx file of these sheets.
pub fn xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate() {
                sheet.write_string(r as u32, c as u16, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A Word document of one table.
pub fn docx(rows: &[Vec<String>]) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let cell = |text: &String| format!("<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>", escaped(text));
    let row = |row: &Vec<String>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    let table: String = rows.iter().map(row).collect();
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl>{table}</w:tbl></w:body></w:document>"#
    );
    let mut package = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    package.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    package.write_all(document.as_bytes()).unwrap();
    package.finish().unwrap().into_inner()
}

/// An xlsx file of nothing but coloured empty cells.
pub fn coloured_emptiness(rows: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let yellow = Format::new().set_background_color(Color::Yellow);
    let sheet = workbook.add_worksheet();
    for row in 0..rows {
        sheet.write_blank(row, 0, &yellow).unwrap();
        sheet.write_blank(row, 3, &yellow).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// What Excel makes of a workbook with a password: a compound file of 512-byte sectors whose only
/// stream is the encrypted package. Sector 0 is the allocation table, sector 1 the directory.
pub fn locked() -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    const SECTORS: u32 = 10;
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.extend([0; 16]);
    file.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file.extend([0; 10]);
    // Numbers of tables, the directory, the mini stream's limit and its tables, the further tables.
    for word in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        file.extend(u32::to_le_bytes(word));
    }
    file.resize(512, 0xFF);

    let chain = (0..SECTORS).map(|n| if n + 1 < SECTORS { n + 3 } else { END });
    for word in [0xFFFF_FFFD, END].into_iter().chain(chain).chain([FREE; 116]) {
        file.extend(u32::to_le_bytes(word));
    }

    for (name, sort, child, start, size) in
        [("Root Entry", 5, 1, END, 0), ("EncryptedPackage", 2, FREE, 2, SECTORS * 512)]
    {
        let at = file.len();
        file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        file.resize(at + 64, 0);
        file.extend((name.len() as u16 * 2 + 2).to_le_bytes());
        file.extend([sort, 1]);
        for word in [FREE, FREE, child] {
            file.extend(u32::to_le_bytes(word));
        }
        file.resize(at + 116, 0);
        file.extend(start.to_le_bytes());
        file.extend(size.to_le_bytes());
        file.resize(at + 128, 0);
    }
    file.resize(512 * 3, 0);
    file.resize(512 * (3 + SECTORS as usize), 7);
    file
}
