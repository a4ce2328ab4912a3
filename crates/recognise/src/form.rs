//! Forms: labels beside or above their values, down the page. Each becomes one row of a table whose headings are
//! its labels, and that is recognised as any other; every value keeps its cell.

use collate_model::{CellKind, Note, RowCounts, Severity, Sheet, SheetBuilder, Table};
use rustc_hash::FxHashMap;

use crate::heading::tidy;
use crate::lexicon::Lexicon;
use crate::normal::{key, squeeze};
use crate::{Recognised, marks};

/// Known labels that a form has at least.
const FEWEST: usize = 4;
/// A page with more rows is no form, nor a stack of them.
const LONGEST: usize = 5000;
/// Bytes of the longest text that may be a label.
const LABEL: usize = 80;

/// A place by position.
type Place = (usize, usize);

/// A label with its value.
struct Pair {
    label: String,
    at: Place,
    value: Place,
    /// Further lines of the value, below it.
    more: Vec<Place>,
    known: bool,
}

/// The forms of a page as a table, and where each of its cells stands.
pub(crate) struct Forms {
    pub table: Sheet,
    /// (record, column) → row number and column index in the page.
    places: FxHashMap<(u32, u32), (u32, u32)>,
    /// Each record's first row number.
    rows: Vec<u32>,
    /// The row number of the first label.
    first: u32,
    /// Rows that could not be made out.
    left: Vec<u32>,
    /// Rows that hold a label.
    filled: u64,
    read: u64,
    /// Where labels stand above values: each different row of labels, with its values.
    pub blocks: Vec<std::ops::Range<usize>>,
}

/// Parts of a page that blank rows part, at most.
const MOST_PARTS: usize = 60;

/// The stretches of rows that blank ones part; `None` where there is one, or too many for a page.
pub(crate) fn stretches(sheet: &Sheet) -> Option<Vec<std::ops::Range<usize>>> {
    if sheet.rows() > LONGEST || sheet.cols() < 2 {
        return None;
    }
    let gaps = (1..sheet.rows()).filter(|i| sheet.row_number(*i) > sheet.row_number(*i - 1) + 1);
    let mut ends: Vec<usize> = gaps.take(MOST_PARTS).collect();
    if ends.is_empty() || ends.len() == MOST_PARTS {
        return None;
    }
    ends.push(sheet.rows());
    let starts = std::iter::once(0).chain(ends.iter().copied());
    Some(starts.zip(ends.iter().copied()).map(|(start, end)| start..end).collect())
}

/// Looks for forms on a page: labels beside their values.
pub(crate) fn find(sheet: &Sheet, lexicon: &Lexicon) -> Option<Forms> {
    if sheet.cols() < 2 || sheet.rows() > LONGEST {
        return None;
    }
    let (mut pairs, mut below) = (Vec::new(), Vec::new());
    for i in 0..sheet.rows() {
        let of_row = of_row(sheet, lexicon, i);
        // A line below a value goes on with it.
        if of_row.is_empty()
            && let Some(last) = pairs.last_mut()
            && let Some(place) = goes_on(sheet, last, i)
        {
            last.more.push(place);
            below.push(i);
        }
        pairs.extend(of_row);
    }
    // Beside them, a cell alone is a title.
    of_pairs(sheet, pairs, below, 2)
}

/// Looks for forms on a page: rows of labels, each above one row of their values. Two rows of values under
/// the same labels make it a table.
pub(crate) fn find_stacked(sheet: &Sheet, lexicon: &Lexicon) -> Option<Forms> {
    if sheet.cols() < 2 || sheet.rows() > LONGEST {
        return None;
    }
    let (mut pairs, mut below) = (Vec::new(), Vec::new());
    // Each row of several labels, and where it stands with its values.
    let mut wide: Vec<(Vec<String>, std::ops::Range<usize>)> = Vec::new();
    let mut i = 0;
    while i < sheet.rows() {
        let labels = labels_of(sheet, lexicon, i);
        i += 1;
        if labels.is_empty() {
            // Titles are one cell; what is more, and not below labels, is no such form.
            if filled(sheet, i - 1).count() > 1 {
                return None;
            }
            continue;
        }
        let values: Vec<usize> = if follows(sheet, i) { filled(sheet, i).collect() } else { Vec::new() };
        let is_empty =
            !labels_of(sheet, lexicon, i).is_empty() && labels_of(sheet, lexicon, i + 1).is_empty();
        if values.is_empty() || is_empty {
            continue;
        }
        if values.iter().any(|j| labels.iter().all(|label| label.at.1 != *j)) {
            return None;
        }
        let keys: Vec<String> = labels.iter().map(|label| key(&label.label)).collect();
        if keys.len() > 1 && !wide.iter().any(|(others, _)| *others == keys) {
            wide.push((keys, i - 1..i + 1));
        }
        pairs.extend(labels.into_iter().filter(|label| values.contains(&label.at.1)));
        below.push(i);
        i += 1;
        while let Some(last) = pairs.last_mut()
            && i < sheet.rows()
            && labels_of(sheet, lexicon, i).is_empty()
            && let Some(place) = goes_on(sheet, last, i)
        {
            last.more.push(place);
            below.push(i);
            i += 1;
        }
    }
    // One row of labels alone is that of a table, with a key or a remark below it.
    if wide.len() < 2 {
        return None;
    }
    let blocks = wide.into_iter().map(|(_, rows)| rows).collect();
    of_pairs(sheet, pairs, below, 1).map(|forms| Forms { blocks, ..forms })
}

/// The filled columns of a row.
fn filled(sheet: &Sheet, i: usize) -> impl Iterator<Item = usize> {
    (0..sheet.cols()).filter(move |j| sheet.kind(i, *j) != CellKind::Empty)
}

/// The row stands right below the one before it.
fn follows(sheet: &Sheet, i: usize) -> bool {
    i > 0 && i < sheet.rows() && sheet.row_number(i) == sheet.row_number(i - 1) + 1
}

/// The cells of a row as labels of what stands below each, if all of them are known as such, but for one of
/// many.
fn labels_of(sheet: &Sheet, lexicon: &Lexicon, i: usize) -> Vec<Pair> {
    if i >= sheet.rows() || i + 1 >= sheet.rows() && !follows(sheet, i) {
        return Vec::new();
    }
    let may_be = |j: &usize| sheet.kind(i, *j) == CellKind::Text && sheet.text(i, *j).len() <= LABEL;
    if !filled(sheet, i).all(|j| may_be(&j)) {
        return Vec::new();
    }
    let label = |j: usize| pair(sheet, (i, j), (i + 1, j), is_known(sheet, lexicon, i, j));
    let labels: Vec<Pair> = filled(sheet, i).map(label).collect();
    let known = labels.iter().filter(|label| label.known).count();
    let all = known == labels.len() || labels.len() > 3 && known + 1 == labels.len();
    if all && known > 0 { labels } else { Vec::new() }
}

/// The cell is a heading of some kind of tracker.
fn is_known(sheet: &Sheet, lexicon: &Lexicon, i: usize, j: usize) -> bool {
    let text = sheet.text(i, j);
    let mut squeezed = String::new();
    squeeze(text, &mut squeezed);
    sheet.kind(i, j) == CellKind::Text
        && text.len() <= LABEL
        && !squeezed.is_empty()
        && lexicon.knows(&squeezed)
}

fn pair(sheet: &Sheet, at: Place, value: Place, known: bool) -> Pair {
    let label = tidy(sheet.text(at.0, at.1)).trim_end_matches([':', '?', ' ']).to_owned();
    Pair { label, at, value, more: Vec::new(), known }
}

/// Forms of these pairs, if enough labels are known; `below` are the other rows that they take. Rows among
/// them of so many cells are told as left out.
fn of_pairs(sheet: &Sheet, mut pairs: Vec<Pair>, below: Vec<usize>, told: usize) -> Option<Forms> {
    // Titles above the first known label may look like pairs.
    let first = pairs.iter().position(|pair| pair.known)?;
    pairs.drain(..first);
    let mut labels: Vec<&str> = Vec::new();
    let mut records: Vec<Vec<(usize, &Pair)>> = vec![Vec::new()];
    for pair in &pairs {
        let record = records.last()?;
        let taken = |column: &usize| record.iter().any(|(other, _)| other == column);
        let mut same = (0..labels.len()).filter(|column| labels[*column] == pair.label);
        // A known label that comes again begins another form; `Remarks` may stand there twice.
        let column = if pair.known { same.next() } else { same.find(|column| !taken(column)) };
        let again = column.as_ref().is_some_and(taken);
        let column = column.unwrap_or_else(|| {
            labels.push(&pair.label);
            labels.len() - 1
        });
        if again {
            records.push(Vec::new());
        }
        records.last_mut()?.push((column, pair));
    }
    let known = pairs.iter().filter(|pair| pair.known).map(|pair| &pair.label);
    let distinct: std::collections::BTreeSet<&String> = known.clone().collect();
    if distinct.len() < FEWEST || known.count() * 2 < pairs.len() {
        return None;
    }
    let mut builder = SheetBuilder::new();
    for (column, label) in (0..).zip(&labels) {
        let _ = builder.push(1, column, CellKind::Text, label);
    }
    let mut places = FxHashMap::default();
    for (record, pairs) in (0u32..).zip(&records) {
        for (column, pair) in pairs {
            let (i, j) = pair.value;
            let text = pair
                .more
                .iter()
                .fold(sheet.text(i, j).to_owned(), |text, (i, j)| format!("{text}\n{}", sheet.text(*i, *j)));
            let kind = if pair.more.is_empty() { sheet.kind(i, j) } else { CellKind::Text };
            let _ = builder.push(record + 2, *column as u32, kind, &text);
            places.insert((record, *column as u32), (sheet.row_number(i), sheet.col_number(j)));
        }
    }
    let row = |pair: &Pair| sheet.row_number(pair.at.0);
    let mut taken: Vec<usize> = pairs.iter().map(|pair| pair.at.0).chain(below).collect();
    taken.sort_unstable();
    taken.dedup();
    // Rows among them that are more than labels with values.
    let among = |i: &usize| *i > pairs[0].at.0 && taken.binary_search(i).is_err();
    let several = |i: &usize| filled(sheet, *i).count() >= told;
    let left = (0..sheet.rows()).filter(among).filter(several).map(|i| sheet.row_number(i)).collect();
    Some(Forms {
        left,
        table: builder.finish(&sheet.file, &sheet.name),
        places,
        rows: records.iter().map(|record| row(record[0].1)).collect(),
        first: row(&pairs[0]),
        filled: taken.len() as u64,
        read: sheet.rows() as u64,
        blocks: Vec::new(),
    })
}

/// The only cell of a row, right below the value of a pair.
fn goes_on(sheet: &Sheet, pair: &Pair, i: usize) -> Option<Place> {
    let last = pair.more.last().unwrap_or(&pair.value);
    let mut cells = filled(sheet, i);
    let (only, none) = (cells.next()?, cells.next().is_none());
    let below = sheet.row_number(i) == sheet.row_number(last.0) + 1;
    (none && only == last.1 && below).then_some((i, only))
}

/// The labels of a row with their values: two cells alone, or known labels each before a value.
fn of_row(sheet: &Sheet, lexicon: &Lexicon, i: usize) -> Vec<Pair> {
    let cells: Vec<usize> = filled(sheet, i).collect();
    let known = |j: usize| is_known(sheet, lexicon, i, j);
    let pair = |label: usize, value: usize, known: bool| pair(sheet, (i, label), (i, value), known);
    if let [label, value] = cells[..] {
        let named = known(label);
        let is_label = sheet.kind(i, label) == CellKind::Text && sheet.text(i, label).len() <= LABEL;
        return if is_label { vec![pair(label, value, named)] } else { Vec::new() };
    }
    // A value may be a word that is known, too (`SGO`); where all are, it is a row of headings.
    let paired = |pair: &[usize]| pair.len() == 2 && known(pair[0]);
    let said = |pair: &[usize]| pair.len() == 2 && !known(pair[1]);
    if !cells.chunks(2).all(paired) || !cells.chunks(2).any(said) {
        return Vec::new();
    }
    cells.chunks(2).map(|cells| pair(cells[0], cells[1], true)).collect()
}

impl Forms {
    /// What was recognised in the table, said of the page; nothing where a record got lost on the way.
    pub fn on_page(&self, mut found: Recognised, sheet: &Sheet) -> Option<Recognised> {
        let records: usize = found.tables.iter().map(|table| table.rows.len()).sum();
        if found.tables.is_empty() || records != self.rows.len() {
            return None;
        }
        found.tables.iter_mut().for_each(|table| self.place(table));
        found.marks = marks::of_tables(sheet, &found.tables);
        // They speak of rows of the table that was made.
        found.notes.clear();
        let note = |row: &u32| {
            let what = "This row of the form is not a label with its value: it was left out.";
            let todo = "Write one label and one value in a row.";
            Note::new(Severity::Warning, "form-row", &self.table.file, what, todo)
                .on_sheet(&self.table.name)
                .on_row(*row)
        };
        found.notes.extend(self.left.iter().map(note));
        found.counts = RowCounts {
            read: self.read,
            furniture: self.read - self.filled,
            continued: self.filled - self.rows.len() as u64,
            ..RowCounts::default()
        };
        Some(found)
    }

    fn place(&self, table: &mut Table) {
        for record in 0..table.rows.len() {
            let of_form = table.rows[record] - 2;
            for column in 0..table.columns.len() {
                let (row, col) = table.origin(record, column);
                let at = self.places.get(&(row.saturating_sub(2), col));
                let (row, col) = at.copied().unwrap_or((self.rows[of_form as usize], 0));
                table.set_origin(record, column, row, col);
            }
        }
        table.rows = table.rows.iter().map(|row| self.rows[*row as usize - 2]).collect();
        table.header_rows = vec![self.first];
    }
}
