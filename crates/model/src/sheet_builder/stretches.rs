//! One builder of several, each of which took the rows of a stretch of one text.

use rayon::prelude::*;

use super::SheetBuilder;
use crate::Cell;

impl SheetBuilder {
    /// The builder that would have taken all rows of these, one stretch after the other: each with the number of
    /// rows before it, by which its own are counted on. `None` if the text would pass 4 GiB.
    ///
    /// # Panics
    /// If a stretch did not take its cells row by row.
    pub fn of_stretches(stretches: Vec<(u32, SheetBuilder)>) -> Option<SheetBuilder> {
        let base = stretches.first()?.1.base;
        let cols = stretches.iter().map(|(_, stretch)| stretch.columns.len()).max()?;
        let columns = (0..cols).into_par_iter().map(|col| column(&stretches, base, col));
        let mut whole = SheetBuilder { columns: columns.collect::<Option<_>>()?, ..SheetBuilder::over(base) };
        whole.slots = whole.columns.iter().map(|column| column.len() as u64).sum();
        for (before, stretch) in stretches {
            assert!(stretch.late.is_empty(), "a stretch is taken row by row");
            whole.text.push_str(&stretch.text);
            whole.rows.extend(stretch.rows.iter().map(|row| before + row));
            whole.pushed += stretch.pushed;
        }
        Some(whole)
    }
}

/// One column of all stretches, as far down as it was filled.
fn column(stretches: &[(u32, SheetBuilder)], base: usize, col: usize) -> Option<Vec<Cell>> {
    let mut column = Vec::new();
    let (mut above, mut own) = (0, 0);
    for (_, stretch) in stretches {
        if let Some(part) = stretch.columns.get(col).filter(|part| !part.is_empty()) {
            column.resize(above, Cell::default());
            // What stands in the builder's own text stands behind that of the stretches before.
            let moved = |cell: &Cell| match cell.range() {
                range if range.start < base || range.is_empty() => Some(*cell),
                range => Cell::new(own + range.start, range.len(), cell.kind()),
            };
            if own == 0 {
                column.extend_from_slice(part);
            } else {
                column.reserve(part.len());
                for cell in part {
                    column.push(moved(cell)?);
                }
            }
        }
        above += stretch.rows.len();
        own += stretch.text.len();
    }
    Some(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CellKind;

    #[test]
    fn stretches_make_the_sheet_that_all_rows_make() {
        let text = "a,b,c,d";
        let rows: [&[(u32, &str)]; 6] = [
            &[(0, "a"), (3, "own")],
            &[],
            &[(1, "b")],
            &[(0, "c"), (1, "other")],
            &[(0, "own")],
            &[(5, "d")],
        ];
        let put = |builder: &mut SheetBuilder, row: u32, cells: &[(u32, &str)]| {
            for (col, cell) in cells {
                assert!(match text.find(cell) {
                    Some(at) => builder.push_at(row, *col, CellKind::Text, at, cell),
                    None => builder.push(row, *col, CellKind::Text, cell),
                });
            }
        };
        let build = |size: usize| {
            let stretch = |(i, rows): (usize, &[&[(u32, &str)]])| {
                let mut builder = SheetBuilder::over(text.len());
                (1..).zip(rows).for_each(|(row, cells)| put(&mut builder, row, cells));
                ((i * size) as u32, builder)
            };
            let builder =
                SheetBuilder::of_stretches(rows.chunks(size).enumerate().map(stretch).collect()).unwrap();
            let counts = (builder.len(), builder.slots(), builder.rectangle());
            let sheet = builder.finish_over(text.to_owned(), "f.csv", "");
            let cells = (0..sheet.rows()).flat_map(|i| (0..sheet.cols()).map(move |j| (i, j)));
            let texts: Vec<String> = cells.map(|(i, j)| sheet.text(i, j).to_owned()).collect();
            (counts, sheet.rows.clone(), sheet.cols.clone(), texts)
        };
        let mut one = SheetBuilder::over(text.len());
        (1..).zip(rows).for_each(|(row, cells)| put(&mut one, row, cells));
        assert_eq!(build(6).0, (one.len(), one.slots(), one.rectangle()));
        for size in 1..6 {
            assert_eq!(build(size), build(6), "{size}");
        }
    }
}
