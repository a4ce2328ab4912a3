//! Writes sheets as an xlsx workbook, the same bytes each time.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::sheet::{Cell, Sheet, serial};

/// Writes the workbook.
pub fn write(sheets: &[Sheet], path: &Path) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2021, 9, 6)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name)?;
        for (i, row) in sheet.rows.iter().enumerate() {
            let i = i as u32;
            for (j, cell) in row.iter().enumerate() {
                let j = j as u16;
                match cell {
                    Cell::Empty => continue,
                    Cell::Text(text) => page.write_string(i, j, text)?,
                    Cell::Number(number) => page.write_number(i, j, *number)?,
                    Cell::Date(day) => {
                        page.write_number_with_format(i, j, f64::from(serial(*day, false)), &date)?
                    }
                    Cell::Serial(day) => page.write_number(i, j, f64::from(serial(*day, false)))?,
                };
            }
        }
        for (first, last, column) in &sheet.merged {
            // Merging writes the first cell anew, so its text goes in here.
            let cell = &sheet.rows[*first as usize][usize::from(*column)];
            page.merge_range(*first, *column, *last, *column, &cell.shown(), &Format::new())?;
        }
        for row in &sheet.hidden_rows {
            page.set_row_hidden(*row)?;
        }
        for column in &sheet.hidden_columns {
            page.set_column_hidden(*column)?;
        }
    }
    workbook.save(path)
}
