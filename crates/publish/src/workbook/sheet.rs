//! One output as a sheet: title, what it is, headings, rows.

use std::error::Error;

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, IgnoreError, ProtectionOptions, Url, Worksheet, XlsxError,
};

use super::cell;
use super::links::Links;
use super::looks::Looks;
use super::names::READ_ME;
use super::rows::{Filled, LINE, Rows, cap};
use crate::output::{Column, Look, Output};

/// Row of the headings, counted from 0: the title and a line about the sheet stand above.
const HEADING_ROW: u32 = 2;

/// First row of the table, counted from 0.
pub(super) const FIRST_ROW: u32 = HEADING_ROW + 1;

/// Characters in the width of a printed page that can still be read.
const PAGE_WIDTH: usize = 180;

/// Room for the button of the filter in a heading, in characters.
const FILTER_BUTTON: usize = 3;

/// Points of the tallest row, and characters of the widest heading, that a sheet has.
const TALLEST: f64 = 400.0;
const WIDEST: usize = 200;

/// Columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

/// The answers that a person can pick.
const ANSWERS: [&str; 3] = ["Same child", "Different children", "Not sure"];

/// Writes up to `limit` rows of the output.
pub(super) fn fill(
    sheet: &mut Worksheet,
    output: &dyn Output,
    looks: &Looks,
    links: Links<'_>,
    limit: u64,
) -> Result<Filled, Box<dyn Error + Send + Sync>> {
    let mut shown = output.shown();
    let left_columns = shown.len().saturating_sub(MOST_COLUMNS);
    shown.truncate(MOST_COLUMNS);
    let columns: Vec<&Column> = shown.iter().map(|&i| &output.columns()[i]).collect();
    for (col, column) in columns.iter().enumerate() {
        sheet.set_column_format(col as u16, looks.column(column.look))?;
    }
    write_top(sheet, output, &columns, looks)?;

    let mut widths: Vec<usize> = columns.iter().map(|column| least_width(column)).collect();
    let mut filled = Filled::default();
    if limit == 0 || output.count() == 0 {
        let line = if output.count() == 0 { "Nothing here." } else { "Too long for a sheet: see Read me." };
        sheet.write_string_with_format(FIRST_ROW, 0, line, &looks.about)?;
    } else {
        let mut rows = Rows::new(
            sheet,
            looks,
            links,
            shown.into_iter().zip(columns.iter().copied()).collect(),
            &mut widths,
            limit,
        );
        rows.write(output)?;
        filled = rows.filled;
    }
    filled.left_out = output.count() - filled.rows;
    filled.left_columns = left_columns;
    for (col, &width) in widths.iter().enumerate() {
        sheet.set_column_width(col as u16, width as f64 + 2.0)?;
        if columns[col].empty {
            sheet.set_column_hidden(col as u16)?;
        }
    }
    let (last, right) =
        (FIRST_ROW + filled.rows.saturating_sub(1) as u32, columns.len().saturating_sub(1) as u16);
    if filled.rows > 0 {
        sheet.autofilter(HEADING_ROW, 0, last, right)?;
        sheet.ignore_error_range(FIRST_ROW, 0, last, right, IgnoreError::NumberStoredAsText)?;
        // A rule reaches the empty cells too, which are not written at all.
        let every_row = ConditionalFormatFormula::new().set_rule("=TRUE").set_format(&looks.ruled);
        sheet.add_conditional_format(FIRST_ROW, 0, last, right, &every_row)?;
    }
    sheet.set_freeze_panes(FIRST_ROW, 1)?;
    // What is behind the answers is for programs: it is not printed.
    let printed =
        columns.iter().rposition(|column| column.is_for_answers()).map_or(columns.len(), |last| last + 1);
    let shown = widths.iter().zip(&columns).take(printed).filter(|(_, column)| !column.empty);
    lay_out_pages(sheet, output.title(), shown.map(|(width, _)| width).sum())?;
    if printed < columns.len() {
        sheet.set_print_area(0, 0, last, printed as u16 - 1)?;
    }
    if let Some(col) = columns.iter().position(|column| column.look == Look::Answer) {
        ask_for_answers(sheet, last, col as u16)?;
    }
    Ok(filled)
}

fn write_top(
    sheet: &mut Worksheet,
    output: &dyn Output,
    columns: &[&Column],
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_row_height(0, 24)?;
    sheet.write_string_with_format(0, 0, output.title(), &looks.title)?;
    let back = Url::new(format!("internal:'{READ_ME}'!A1")).set_text(READ_ME);
    sheet.write_url_with_format(1, 0, back, &looks.link)?;
    sheet.write_string_with_format(1, 1, output.about(), &looks.about)?;
    let lines = |column: &&Column| {
        cell::wrapped_lines(column.title.chars().count(), heading_width(&column.title) - FILTER_BUTTON)
    };
    let tallest = columns.iter().map(lines).max().unwrap_or(1);
    sheet.set_row_height(HEADING_ROW, (tallest as f64 * LINE + 5.0).min(TALLEST))?;
    for (col, column) in columns.iter().enumerate() {
        sheet.write_string_with_format(
            HEADING_ROW,
            col as u16,
            &*cell::fit(&column.title),
            &looks.heading,
        )?;
    }
    Ok(())
}

/// Cells that a person fills in are wide from the start.
fn least_width(column: &Column) -> usize {
    if column.is_for_answers() { cap(column.look) } else { heading_width(&column.title) }
}

/// Room for the longest word of a heading, which is wrapped, and the button of the filter;
/// a short heading keeps to one line.
fn heading_width(title: &str) -> usize {
    let words = title.split_whitespace().map(|word| word.chars().count());
    let longest = words.max().unwrap_or(0);
    longest.max(title.chars().count().min(16)).min(WIDEST) + FILTER_BUTTON
}

fn lay_out_pages(sheet: &mut Worksheet, title: &str, width: usize) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    let pages_across = width.div_ceil(PAGE_WIDTH).max(1);
    sheet.set_landscape().set_paper_size(A4).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_fit_to_pages(pages_across as u16, 0);
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    if pages_across > 1 {
        sheet.set_repeat_columns(0, 0)?;
    }
    // `&` starts a code in headers and footers.
    let title = title.replace('&', "&&");
    sheet.set_footer(format!("&L{title}&CPage &P of &N&RPersonal data: keep it safe"));
    Ok(())
}

/// A list to pick from in the answer column, and everything but the answers locked.
fn ask_for_answers(sheet: &mut Worksheet, last: u32, col: u16) -> Result<(), XlsxError> {
    let pick = DataValidation::new()
        .allow_list_strings(&ANSWERS)?
        .set_input_title("Your answer")?
        .set_input_message("Same child, Different children or Not sure")?
        .set_error_title("Not one of the answers")?
        .set_error_message("Pick Same child, Different children or Not sure, or leave it empty.")?;
    sheet.add_data_validation(FIRST_ROW, col, last, col, &pick)?;
    sheet.protect_with_options(&ProtectionOptions {
        sort: true,
        use_autofilter: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_room_for_their_longest_word() {
        for (title, expected) in
            [("Id", 5), ("Date of birth", 16), ("Accommodation", 16), ("Review due (from)", 19), ("", 3)]
        {
            assert_eq!(heading_width(title), expected, "{title}");
        }
    }
}
