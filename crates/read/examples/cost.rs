//! What reading a workbook costs, beside the library's own streaming reader:
//! `cost make FILE` writes 200,000 rows of 15 columns, `cost calamine FILE` and `cost collate FILE`
//! read it. `scripts/bench/run reading` measures both as whole processes.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use collate_read::{Input, Limits};
use rust_xlsxwriter::{Format, Workbook};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", file] => make(file),
        ["calamine", file] => println!("{}", calamine(file)),
        ["collate", file] => println!("{}", collate(file)),
        _ => eprintln!("cost make|calamine|collate FILE"),
    }
}

/// Names, dates, numbers, references and long texts, as a tracker of many years has them.
fn make(file: &str) {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet();
    for col in 0..15u16 {
        sheet.write(0, col, format!("Heading {col}")).unwrap();
    }
    for row in 1..=200_000u32 {
        for col in 0..15u16 {
            let number = row * 15 + u32::from(col);
            match col % 5 {
                0 => sheet.write(row, col, format!("Name{} Surname{}", number % 4099, number % 8191)),
                1 => sheet.write_with_format(row, col, f64::from(36_526 + number % 8000), &day),
                2 => sheet.write(row, col, f64::from(number)),
                3 => sheet.write(row, col, format!("WB{:02}C{:05}", number % 30, number % 99_991)),
                _ => sheet.write(
                    row,
                    col,
                    format!("Progress was discussed with the team in week {}", number % 997),
                ),
            }
            .unwrap();
        }
    }
    workbook.save(file).unwrap();
}

/// Cells by the library's streaming reader.
fn calamine(file: &str) -> usize {
    let bytes = std::fs::read(file).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&bytes[..])).unwrap();
    let sheet = workbook.sheet_names()[0].clone();
    let mut cells = workbook.worksheet_cells_reader(&sheet).unwrap();
    let mut count = 0;
    while let Some(cell) = cells.next_cell().unwrap() {
        count += usize::from(*cell.get_value() != calamine::DataRef::Empty);
    }
    count
}

/// Cells by ours, with all that it checks and keeps.
fn collate(file: &str) -> usize {
    let input = Input { path: file.into(), name: "a.xlsx".to_owned() };
    let read = collate_read::read(&input, &Limits::default());
    read.sheets.iter().map(|sheet| sheet.filled()).sum()
}
