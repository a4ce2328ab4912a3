//! Ratings that are given by fill colours alone.
//!
//! A key on the sheet wins: a coloured cell above or below the records that says what its colour
//! stands for, or has it said beside it. Otherwise a colour is the rating whose hue it has.

use collate_clean::rating_of;
use collate_model::{CellKind, FieldType, Kind, Rag, Rgb, Sheet, Table};

/// Records of which so many in a hundred must be coloured before a column of no rating is taken for one.
const MOSTLY: usize = 50;
/// Records below which nothing is concluded from colours.
const FEW: usize = 3;
/// Words of an entry of a key.
const WORDS: usize = 6;
/// Coloured cells outside the records that are looked at for a key.
const MOST_KEYS: usize = 2000;

/// What fills stand for on a sheet.
pub(crate) struct Fills<'a> {
    sheet: &'a Sheet,
    /// Colours that a key explains.
    key: Vec<(Rgb, Rag)>,
}

impl<'a> Fills<'a> {
    /// Reads the key, if there is one, outside the cells of records and headings.
    pub fn new(sheet: &'a Sheet, is_record: impl Fn(u32, u32) -> bool) -> Self {
        let outside = sheet.marks.fills.iter().filter(|(row, col, _)| !is_record(*row, *col)).take(MOST_KEYS);
        let mut key: Vec<(Rgb, Rag)> = sheet.marks.key.clone();
        for (row, col, fill) in outside {
            let said = [*col, col.saturating_add(1)].into_iter().find_map(|col| said(sheet, *row, col));
            let known = key.iter().any(|(other, _)| other == fill);
            let short = said.filter(|text| text.split_whitespace().count() <= WORDS);
            if let (Some(rating), false) = (short.and_then(rating_of), known) {
                key.push((*fill, rating));
            }
        }
        Fills { sheet, key }
    }

    /// The key.
    pub fn into_key(self) -> Vec<(Rgb, Rag)> {
        self.key
    }

    /// The rating that a cell's fill stands for, in words that say that it is one.
    fn rating(&self, row: u32, col: u32) -> Option<&'static str> {
        let fill = self.sheet.marks.fill(row, col)?;
        let told = self.key.iter().find(|(other, _)| *other == fill).map(|(_, rating)| *rating);
        told.or_else(|| fill.rating()).map(word)
    }

    /// Fills the blank cells of the rating's column by their colours.
    pub fn rate(&self, table: &mut Table, kind: &Kind) {
        for column in 0..table.columns.len() {
            let of_rating = |field: usize| kind.fields[field].kind == FieldType::Rag;
            if !table.columns[column].field.is_some_and(of_rating) {
                continue;
            }
            for record in 0..table.rows.len() {
                let (row, col) = table.origin(record, column);
                if !table.text(record, column).is_empty() {
                    continue;
                }
                if let Some(text) = self.rating(row, col) {
                    table.set(record, column, CellKind::Text, text);
                }
            }
        }
    }

    /// The column whose fills rate most of these rows, where no column holds a rating: its index, and
    /// each row's rating.
    pub fn column(&self, rows: &[u32]) -> Option<(u32, Vec<Option<String>>)> {
        if rows.len() < FEW || self.sheet.marks.fills.is_empty() {
            return None;
        }
        let fills = &self.sheet.marks.fills;
        let mut cols: Vec<u32> = fills.iter().map(|(_, col, _)| *col).collect();
        cols.sort_unstable();
        cols.dedup();
        let rated = |col: u32| -> Vec<Option<String>> {
            rows.iter().map(|row| self.rating(*row, col).map(str::to_owned)).collect()
        };
        let count = |ratings: &[Option<String>]| ratings.iter().flatten().count();
        // Whole rows in one colour are told by their first cell.
        let best = cols
            .into_iter()
            .map(|col| (col, rated(col)))
            .max_by_key(|(col, ratings)| (count(ratings), std::cmp::Reverse(*col)))?;
        let mut told: Vec<&String> = best.1.iter().flatten().collect();
        told.sort_unstable();
        told.dedup();
        let colourful = told.iter().filter(|text| text.as_str() != word(Rag::Blue)).count() > 1;
        (colourful && count(&best.1) * 100 >= rows.len() * MOSTLY).then_some(best)
    }
}

/// The text of a cell.
fn said(sheet: &Sheet, row: u32, col: u32) -> Option<&str> {
    let text = sheet.text(sheet.row_index(row)?, sheet.col_index(col)?);
    (!text.is_empty()).then_some(text)
}

fn word(rating: Rag) -> &'static str {
    match rating {
        Rag::Red => "Red (fill colour)",
        Rag::Amber => "Amber (fill colour)",
        Rag::Green => "Green (fill colour)",
        Rag::Blue => "Blue (fill colour)",
        Rag::Grey => "Grey (fill colour)",
    }
}

#[cfg(test)]
mod tests {
    use collate_model::SheetBuilder;

    use super::*;

    const RED: Rgb = Rgb([255, 0, 0]);
    const GREEN: Rgb = Rgb([0, 176, 80]);
    const BLUE: Rgb = Rgb([0, 112, 192]);

    fn sheet(cells: &[(u32, u32, &str)], fills: &[(u32, u32, Rgb)]) -> Sheet {
        let mut builder = SheetBuilder::new();
        for (row, col, text) in cells {
            assert!(builder.push(*row, *col, CellKind::Text, text));
        }
        let mut sheet = builder.finish("f.xlsx", "S");
        sheet.marks.fills = fills.to_vec();
        sheet.marks.fills.sort_unstable();
        sheet
    }

    #[test]
    fn colours_rate_rows_and_a_key_wins() {
        let fills = [(2, 4, RED), (3, 4, GREEN), (4, 4, BLUE), (9, 0, GREEN), (10, 0, RED), (11, 0, BLUE)];
        let cells = [
            (2, 0, "a"),
            (3, 0, "b"),
            (4, 0, "c"),
            (9, 1, "Not started"),
            (10, 0, "Red"),
            (11, 1, "our logo"),
        ];
        let sheet = sheet(&cells, &fills);
        let fills = Fills::new(&sheet, |row, _| (2..=4).contains(&row));
        let (col, ratings) = fills.column(&[2, 3, 4]).unwrap();
        let ratings: Vec<&str> = ratings.iter().flatten().map(String::as_str).collect();
        assert_eq!(
            (col, ratings),
            (4, vec!["Red (fill colour)", "Grey (fill colour)", "Blue (fill colour)"])
        );
    }

    #[test]
    fn decoration_is_no_rating() {
        for (fills, why) in [
            (vec![(2, 0, BLUE), (4, 0, BLUE), (6, 0, BLUE)], "every second row is shaded"),
            (vec![(2, 0, RED), (3, 0, RED), (4, 0, RED), (5, 0, RED)], "a column in one colour"),
            (vec![(2, 0, RED), (3, 0, GREEN)], "two cells of six"),
            (vec![], "no fills"),
        ] {
            let cells: Vec<(u32, u32, &str)> = (2..8).map(|row| (row, 0, "x")).collect();
            let sheet = sheet(&cells, &fills);
            let rows: Vec<u32> = (2..8).collect();
            assert_eq!(Fills::new(&sheet, |_, _| true).column(&rows), None, "{why}");
        }
    }
}
