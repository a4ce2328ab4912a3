//! The first sheet: what was read, what came out, what each sheet is, what the colours mean.

use collate_model::{Dataset, RowCounts, Severity};
use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::cell;
use super::looks::Looks;
use super::names::READ_ME;
use super::{Page, left_columns, left_out, whole_in};

/// Sheets of trackers that are listed one by one; the rest are summed up in one line.
const LISTED: usize = 2_000;

type Count = fn(&RowCounts) -> u64;

const COUNTS: [(&str, &str, Count); 6] = [
    ("Rows used", "Rows that went into at least one child, case or other entity", |c| c.used),
    ("Rows with headings", "Headings of tables", |c| c.header),
    ("Rows with titles, notes", "Titles, notes, totals and keys around the tables", |c| c.furniture),
    ("Rows going on from above", "Rows that only go on with the text of the row above", |c| c.continued),
    ("Rows naming nobody", "Rows that name nobody and nothing: each is in Problems", |c| c.without_identity),
    ("Rows left alone", "Rows of sheets that are no trackers: each sheet is in Problems", |c| c.left_alone),
];

/// Writes line after line.
struct Lines<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    row: u32,
}

impl Lines<'_> {
    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, &*cell::fit(text), &self.looks.text)?;
        self.row += 1;
        Ok(())
    }

    fn section(&mut self, title: &str, headings: &[&str]) -> Result<(), XlsxError> {
        self.row += 1;
        self.sheet.write_string_with_format(self.row, 0, title, &self.looks.section)?;
        self.row += 1;
        if !headings.is_empty() {
            for (col, heading) in headings.iter().enumerate() {
                self.sheet.write_string_with_format(self.row, col as u16, *heading, &self.looks.heading)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    fn count(&mut self, what: &str, count: u64, meaning: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, what, &self.looks.text)?;
        self.sheet.write_number_with_format(self.row, 1, count as f64, &self.looks.count)?;
        self.sheet.write_string_with_format(self.row, 2, meaning, &self.looks.text)?;
        self.row += 1;
        Ok(())
    }

    fn total(&mut self, what: &str, count: u64, meaning: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, what, &self.looks.total_text)?;
        self.sheet.write_number_with_format(self.row, 1, count as f64, &self.looks.total)?;
        self.sheet.write_string_with_format(self.row, 2, meaning, &self.looks.total_text)?;
        self.row += 1;
        Ok(())
    }
}

/// Fills the sheet.
pub(super) fn fill(
    sheet: &mut Worksheet,
    dataset: &Dataset,
    pages: &[Page<'_>],
    looks: &Looks,
    csv: bool,
) -> Result<(), XlsxError> {
    sheet.set_name(READ_ME)?;
    sheet.set_screen_gridlines(false);
    for (col, width) in [(0, 30.0), (1, 14.0), (2, 96.0)] {
        sheet.set_column_width(col, width)?;
    }
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(0, 0, "Written by collate: your trackers, merged", &looks.title)?;

    let mut lines = Lines { sheet, looks, row: 1 };
    lines.text(
        "Every child, case and claim of the trackers once, with the row and cell that each value came from.",
    )?;
    lines.text("The trackers themselves were not changed. This workbook is written anew by every run.")?;
    list_sheets(&mut lines, pages)?;
    list_gaps(&mut lines, pages, csv)?;
    add_up(&mut lines, dataset)?;
    say_what_came_out(&mut lines, dataset, pages)?;
    explain_colours(&mut lines)?;
    explain_use(&mut lines)?;
    list_trackers(&mut lines, dataset)?;

    const A4: u8 = 9;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&LRead me&CPage &P of &N&RPersonal data: keep it safe");
    Ok(())
}

fn list_sheets(lines: &mut Lines<'_>, pages: &[Page<'_>]) -> Result<(), XlsxError> {
    lines.section("The sheets", &["Sheet", "Rows", "What is in it"])?;
    for page in pages {
        // A quote in a sheet's name is doubled in a link.
        let to = format!("internal:'{}'!A1", page.name.replace('\'', "''"));
        let row = lines.row;
        lines.count(&page.name, page.filled.rows, page.output.about())?;
        lines.sheet.write_url_with_format(row, 0, Url::new(to).set_text(&page.name), &lines.looks.link)?;
    }
    Ok(())
}

fn list_gaps(lines: &mut Lines<'_>, pages: &[Page<'_>], csv: bool) -> Result<(), XlsxError> {
    for page in pages {
        let (name, whole) = (&page.name, whole_in(page, csv));
        if page.filled.left_columns > 0 {
            lines.text(&format!("{name}: {} {whole}", left_columns(&page.filled)))?;
        }
        if page.filled.left_out > 0 {
            lines.text(&format!("{name}: {} {whole}", left_out(&page.filled)))?;
        }
        if page.filled.cut_texts > 0 {
            let cut = page.filled.cut_texts;
            lines.text(&format!("{name}: texts longer than a cell can hold were cut: {cut}. {whole}"))?;
        }
    }
    Ok(())
}

fn add_up(lines: &mut Lines<'_>, dataset: &Dataset) -> Result<(), XlsxError> {
    lines.section("What was read", &["What", "Count", "Meaning"])?;
    let mut files: Vec<&str> = dataset.sources.iter().map(|source| source.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    lines.count("Files", files.len() as u64, "Files with at least one sheet that could be read")?;
    lines.count("Sheets", dataset.sources.len() as u64, "A text file counts as one sheet")?;
    for (what, meaning, count) in COUNTS {
        lines.count(what, dataset.counts.iter().map(count).sum(), meaning)?;
    }
    let read = dataset.counts.iter().map(|counts| counts.read).sum();
    lines.total("Rows read", read, "The sum of the six lines above: no row is lost")
}

fn say_what_came_out(lines: &mut Lines<'_>, dataset: &Dataset, pages: &[Page<'_>]) -> Result<(), XlsxError> {
    lines.section("What came out", &["What", "Count", "Meaning"])?;
    let mut mentions = vec![0u64; dataset.tables.len()];
    for link in &dataset.links {
        mentions[link.table as usize] += 1;
    }
    for ((table, page), mentions) in dataset.tables.iter().zip(pages).zip(mentions) {
        let meaning = format!("Merged from {} in the trackers", plural(mentions, "mention", "mentions"));
        lines.count(&page.name, table.count as u64, &meaning)?;
    }
    let links = dataset.links.len() as u64;
    lines.count(
        "Mentions linked",
        links,
        "Each joins one row of a tracker to what it speaks of: see Sources",
    )?;
    let conflicts = dataset.conflicts() as u64;
    lines.count("Conflicts", conflicts, "Values that disagree with the merged one: see Conflicts")?;
    let review = dataset.review.len() as u64;
    lines.count("Waiting for review", review, "Pairs that a person should decide: see Review")?;
    for (severity, what, meaning) in [
        (Severity::Error, "Problems: errors", "A whole file or sheet could not be read: see Problems"),
        (Severity::Warning, "Problems: warnings", "A value or row is doubtful or was left out: see Problems"),
        (Severity::Info, "Problems: for information", "Nothing is lost or doubtful: see Problems"),
    ] {
        let count = dataset.notes.iter().filter(|note| note.severity == severity).count();
        lines.count(what, count as u64, meaning)?;
    }
    Ok(())
}

fn explain_colours(lines: &mut Lines<'_>) -> Result<(), XlsxError> {
    lines.section("What the colours mean", &[])?;
    for (word, meaning) in [
        ("Red", "RAG rating of the trackers; the word is always written too"),
        ("Amber", "RAG rating"),
        ("Green", "RAG rating"),
        ("Blue", "RAG rating: complete, in most councils"),
        ("Grey", "RAG rating: not started"),
        ("Error", "Problems: a whole file or sheet could not be read"),
        ("Warning", "Problems: a value or row is doubtful or was left out"),
    ] {
        let format = lines.looks.colour(word).unwrap_or(&lines.looks.text);
        lines.sheet.write_string_with_format(lines.row, 0, word, format)?;
        lines.sheet.write_string_with_format(lines.row, 2, meaning, &lines.looks.text)?;
        lines.row += 1;
    }
    lines.sheet.write_string_with_format(lines.row, 0, "Pale yellow", &lines.looks.answer)?;
    lines.sheet.write_string_with_format(
        lines.row,
        2,
        "Review: cells for you to fill in",
        &lines.looks.text,
    )?;
    lines.row += 1;
    Ok(())
}

fn explain_use(lines: &mut Lines<'_>) -> Result<(), XlsxError> {
    lines.section("Good to know", &[])?;
    for text in [
        "Where a value came from: filter Provenance by the id in the first column; it names file, sheet and cell.",
        "Which rows were joined, and why: filter Sources by the id.",
        "Weight: how strongly a row speaks for belonging there, in bits; each one doubles the odds. Empty where a key decides.",
        "Review is protected without a password, so that ids are not changed by mistake; answers and comments can be typed.",
        "Keep your answers: a workbook that you changed is kept by the next run as kept-collate.xlsx.",
    ] {
        lines.text(text)?;
    }
    Ok(())
}

fn list_trackers(lines: &mut Lines<'_>, dataset: &Dataset) -> Result<(), XlsxError> {
    if dataset.sources.is_empty() {
        return Ok(());
    }
    lines.section("Rows of each tracker", &["Rows used", "Rows read", "File and sheet"])?;
    let mut rest = RowCounts::default();
    for (i, (source, counts)) in dataset.sources.iter().zip(&dataset.counts).enumerate() {
        if i >= LISTED {
            rest.read += counts.read;
            rest.used += counts.used;
            continue;
        }
        let place = if source.sheet.is_empty() {
            source.file.clone()
        } else {
            format!("{}, {}", source.file, source.sheet)
        };
        tracker(lines, counts, &place)?;
    }
    if let Some(more) = dataset.sources.len().checked_sub(LISTED).filter(|more| *more > 0) {
        tracker(lines, &rest, &plural(more as u64, "more sheet", "more sheets"))?;
    }
    Ok(())
}

fn tracker(lines: &mut Lines<'_>, counts: &RowCounts, place: &str) -> Result<(), XlsxError> {
    lines.sheet.write_number_with_format(lines.row, 0, counts.used as f64, &lines.looks.count)?;
    lines.sheet.write_number_with_format(lines.row, 1, counts.read as f64, &lines.looks.count)?;
    lines.sheet.write_string_with_format(lines.row, 2, &*cell::fit(place), &lines.looks.wrapped)?;
    lines.row += 1;
    Ok(())
}

fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
