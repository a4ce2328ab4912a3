//! Finds the rows of a sheet that hold the headings of a table, and reads them.

use std::cell::RefCell;

use collate_model::{CellKind, Evidence, Kinds, Sheet};
use rustc_hash::FxHashMap;

use crate::assign::{Column, Reading, readings, told};
use crate::glance::Glance;
use crate::lexicon::{Lexicon, Meaning};
use crate::normal::{SOMEBODY_ELSE, squeeze, words};
use crate::overrides::SheetOverride;
use crate::period::period_of;

/// How far down a sheet its first heading is looked for with all means.
const TOP: usize = 100;
/// How many rows under a heading are looked at to see what its values are like.
const SAMPLED_ROWS: usize = 200;
const SAMPLE: usize = 30;

/// A heading and its best reading. Columns are all filled columns of the sheet, by position.
pub(crate) struct Heading {
    /// First row, by position, and number of rows.
    pub first: usize,
    pub count: usize,
    /// Per column of the sheet the heading as written; empty if there is none.
    pub headers: Vec<String>,
    /// The best reading.
    pub reading: Reading,
    /// The next best kind and its confidence.
    pub runner_up: Option<(usize, f32)>,
    /// Each row of the heading, squeezed, to know it again at a page break.
    pub rows: Vec<Vec<String>>,
}

/// The nearest that a sheet came to being a tracker.
pub(crate) struct Nearest {
    pub kind: usize,
    pub reading: Reading,
}

pub(crate) struct Finder<'a> {
    pub sheet: &'a Sheet,
    pub kinds: &'a Kinds,
    pub glance: Glance<'a>,
    lexicon: &'a Lexicon,
    overrides: &'a SheetOverride,
    /// The kind that the user gave.
    given: Option<usize>,
    /// As much is asked of that kind as of any other.
    strict: bool,
    known: RefCell<FxHashMap<String, Vec<Meaning>>>,
    nearest: RefCell<Option<Nearest>>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(
        sheet: &'a Sheet,
        kinds: &'a Kinds,
        lexicon: &'a Lexicon,
        overrides: &'a SheetOverride,
        strict: bool,
    ) -> Self {
        let name = overrides.kind.as_deref();
        let given = kinds.kinds.iter().position(|kind| Some(kind.name.as_str()) == name);
        let wanted = if given.is_some() || !overrides.columns.is_empty() { 1 } else { 2 };
        Finder {
            sheet,
            kinds,
            glance: Glance { sheet, lexicon, wanted },
            lexicon,
            overrides,
            given,
            strict,
            known: RefCell::default(),
            nearest: RefCell::default(),
        }
    }

    /// The known headings.
    pub(crate) fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// The nearest that a row came to being a heading, for sheets that have none.
    pub(crate) fn into_nearest(self) -> Option<Nearest> {
        self.nearest.into_inner()
    }

    /// The heading that starts at a row, if one does. `titles` stand above it; `body` says
    /// that a table is being read already, so that only plain headings start another.
    pub(crate) fn at(&self, i: usize, titles: impl Fn() -> Vec<String>, body: bool) -> Option<Heading> {
        // Among records, a row of headings has nothing else.
        if !self.glance.may_be_heading(i, body || i >= TOP) || (body && !self.only_words(i)) {
            return None;
        }
        if body && !self.may_be_enough(i) {
            return None;
        }
        let titles = &titles()[..];
        let single = self.read(&[i], titles);
        let next = i + 1;
        let joined = (next < self.sheet.rows() && self.goes_with(i, next))
            .then(|| self.read(&[i, next], titles))
            .flatten();
        let alone = if joined.is_some() { self.read(&[next], titles) } else { None };
        let good = |heading: &Option<Heading>| heading.as_ref().map_or(0, |h| h.reading.matched);
        // Where both read as much, the upper row counts if it says what the columns under it have in
        // common: `Child` and `Mother` above `Name` and `DOB`, each over columns of its own.
        let more = |joined: usize, alone: usize| joined > alone || joined == alone && self.spans(i);
        let both = good(&joined) > good(&single) && more(good(&joined), good(&alone));
        let mut best = if both { joined? } else { single? };
        if best.count == 1 && next < self.sheet.rows() && self.only_hints(next) {
            best.count = 2;
            best.rows.push(self.squeezed(next));
        }
        // And most of it is known: the words of a record (`In proceedings`, `Further work`) may be
        // headings elsewhere.
        let (matched, named) = (best.reading.matched, best.reading.named);
        (!body || is_enough(matched, named)).then_some(best)
    }

    /// The same from what the headings may mean in any kind, before each kind is tried: of a row and of
    /// the one below, which may be the second row of a heading.
    fn may_be_enough(&self, i: usize) -> bool {
        let next = i + 1;
        let cells = self.cells(i);
        // To find that a text means nothing is dear, so no more of them are asked than it takes.
        let unknown = cells.iter().filter(|(_, text)| self.meanings(&tidy(text)).is_empty());
        let unknown = unknown.take(cells.len() / 3 + 1).count();
        is_enough(cells.len() - unknown, cells.len()) || next < self.sheet.rows() && self.goes_with(i, next)
    }

    /// A heading at the row that the user gave, however little of it is recognised;
    /// `None` for the row where the columns go by their letters.
    pub(crate) fn given(&self, row: Option<usize>, titles: &[String]) -> Option<Heading> {
        match row {
            Some(i) => self.read_always(&[i], titles),
            None => self.read_always(&[], titles),
        }
    }

    /// Whether a row holds words alone; a heading may start with a figure (`26 weeks`), two do not.
    fn only_words(&self, i: usize) -> bool {
        let typed = |j: &usize| !matches!(self.sheet.kind(i, *j), CellKind::Text | CellKind::Empty);
        let figure = |j: &usize| {
            let text = self.sheet.text(i, *j);
            text.starts_with(|c: char| c.is_ascii_digit()) && period_of(CellKind::Text, text).is_none()
        };
        let columns = || 0..self.sheet.cols();
        !columns().any(|j| typed(&j)) && columns().filter(figure).count() < 2
    }

    /// Whether a row may be the second row of a heading.
    fn goes_with(&self, top: usize, i: usize) -> bool {
        let cells: Vec<(usize, &str)> = self.cells(i);
        let plain = |cell: &(usize, &str)| {
            self.sheet.kind(i, cell.0) == CellKind::Text
                && cell.1.len() <= 50
                && cell.1.chars().any(char::is_alphabetic)
        };
        if cells.len() < 2 || self.cells(top).len() < 2 || !cells.iter().all(plain) {
            return false;
        }
        let tops = self.tops(top, i);
        let unknown = |(j, text): &&(usize, &str)| {
            self.meanings(text).is_empty() && self.meanings(&format!("{} {text}", tops[*j])).is_empty()
        };
        cells.iter().filter(unknown).take(cells.len() / 2 + 1).count() * 2 <= cells.len()
    }

    /// Whether a row has several texts, of which two or more are merged over columns of their own, or one
    /// says whose the columns under it are.
    fn spans(&self, i: usize) -> bool {
        let row = self.sheet.row_number(i);
        let cells = self.cells(i);
        let merged =
            self.sheet.merges.iter().filter(|area| area.top == row && area.right > area.left).count();
        cells.len() > 1 && (merged > 1 || cells.iter().any(|(_, text)| of_somebody_else(text)))
    }

    /// Per column the text of the upper heading row, spread over merged cells and, where
    /// a file has no merges, over the blanks that follow it.
    fn tops(&self, top: usize, bottom: usize) -> Vec<String> {
        let row = self.sheet.row_number(top);
        let mut last = String::new();
        (0..self.sheet.cols())
            .map(|j| {
                let text = self.sheet.text(top, j);
                if !text.is_empty() {
                    text.clone_into(&mut last);
                    return last.clone();
                }
                let col = self.sheet.col_number(j);
                let over = |area: &&collate_model::Area| {
                    area.top <= row && row <= area.bottom && area.left <= col && col <= area.right
                };
                let merged = self.sheet.merges.iter().find(over).and_then(|area| {
                    let i = self.sheet.row_index(area.top)?;
                    Some(self.sheet.text(i, self.sheet.col_index(area.left)?).to_owned())
                });
                let spread = self.sheet.merges.is_empty() && !self.sheet.text(bottom, j).is_empty();
                merged.unwrap_or_else(|| if spread { last.clone() } else { String::new() })
            })
            .collect()
    }

    fn only_hints(&self, i: usize) -> bool {
        const HINTS: &[&str] = &[
            "ddmmyyyy", "ddmmyy", "yn", "yesno", "yesnona", "freetext", "text", "dropdown", "select", "rag",
            "ragb", "brag", "date", "number", "ynna",
        ];
        let cells = self.cells(i);
        let mut text = String::new();
        cells.len() >= 2
            && cells.iter().all(|(_, cell)| {
                squeeze(cell, &mut text);
                HINTS.contains(&text.as_str())
            })
    }

    /// Reads rows as a heading, if they are one.
    fn read(&self, rows: &[usize], titles: &[String]) -> Option<Heading> {
        let heading = self.read_always(rows, titles)?;
        let reading = &heading.reading;
        let written = rows.iter().all(|i| {
            reading.matched >= 5
                || self
                    .cells(*i)
                    .iter()
                    .filter(|(j, text)| period_of(self.sheet.kind(*i, *j), text).is_none())
                    .all(|(j, _)| !matches!(self.sheet.kind(*i, *j), CellKind::Number | CellKind::Date))
        });
        // A month may be a heading, where a kind knows it as one.
        let told = reading.fields.iter().map(|(_, evidence)| *evidence == Evidence::Exact);
        let values =
            heading.headers.iter().zip(told).filter(|(h, told)| !told && crate::shape::is_date(h)).count();
        let lenient = self.given.is_some() && !self.strict;
        let wanted = if lenient { 1 } else { 2 };
        // An export may have any number of columns that nobody knows beside the few that count.
        let exact = reading.fields.iter().filter(|(_, evidence)| *evidence == Evidence::Exact).count();
        let share = reading.matched >= 5 || reading.matched * 10 >= reading.named * 4 || exact >= 2;
        // `LCS ID | 4000123 | Case number | WY21C00333` is a line of a form: half of it are numbers.
        let numbered = |header: &&String| header.bytes().filter(u8::is_ascii_digit).count() >= 4;
        let unknown = heading.headers.iter().zip(&reading.fields).filter(|(_, (field, _))| field.is_none());
        let numbers = unknown.filter(|(header, _)| numbered(header)).count();
        let plain = written
            && (values == 0 || reading.matched >= 5)
            && (reading.matched >= 4 || numbers * 2 < reading.named.max(1));
        let near = plain && reading.matched >= 1;
        if near && !reading.anchored {
            let mut nearest = self.nearest.borrow_mut();
            if nearest.as_ref().is_none_or(|best| best.reading.weight < reading.weight) {
                *nearest = Some(Nearest { kind: reading.kind, reading: reading.clone() });
            }
        }
        let anchored = reading.anchored || lenient;
        (plain && anchored && share && reading.matched >= wanted).then_some(heading)
    }

    fn read_always(&self, rows: &[usize], titles: &[String]) -> Option<Heading> {
        let sheet = self.sheet;
        let (headers, meanings) = match rows {
            [] => (vec![String::new(); sheet.cols()], vec![Vec::new(); sheet.cols()]),
            [i] => {
                let headers: Vec<String> = (0..sheet.cols()).map(|j| self.header(*i, j)).collect();
                let meanings = headers.iter().map(|header| self.meanings(header)).collect();
                (headers, meanings)
            }
            [top, bottom, ..] => self.joined(*top, *bottom),
        };
        let below = rows.last().map_or(0, |i| i + 1);
        let columns: Vec<Column> = headers
            .iter()
            .zip(meanings)
            .enumerate()
            .map(|(j, (header, meanings))| Column {
                header: header.clone(),
                meanings,
                sample: self.sample(below, j),
                told: told(self.overrides, header, &sheet.col_label(j)),
            })
            .collect();
        let allowed = self.allowed(&headers, titles);
        let mut best = readings(&columns, self.kinds, &allowed).into_iter();
        let reading = best.next()?;
        let other = best.next().filter(|other| other.anchored && other.weight > 0.0);
        Some(Heading {
            first: rows.first().copied().unwrap_or(0),
            count: rows.len(),
            headers,
            reading,
            runner_up: other.map(|other| (other.kind, other.confidence())),
            rows: rows.iter().map(|i| self.squeezed(*i)).collect(),
        })
    }

    /// A heading as a person wrote it.
    fn header(&self, i: usize, j: usize) -> String {
        let text = self.sheet.text(i, j);
        period_of(self.sheet.kind(i, j), text).unwrap_or_else(|| tidy(text))
    }

    /// Headings of two rows and what they mean together, or the lower one alone
    /// unless the upper one says that it is somebody else's.
    fn joined(&self, top: usize, bottom: usize) -> (Vec<String>, Vec<Vec<Meaning>>) {
        let tops = self.tops(top, bottom);
        let one = |j: usize| {
            let (upper, lower) = (tidy(&tops[j]), tidy(self.sheet.text(bottom, j)));
            if lower.is_empty() {
                let own = tidy(self.sheet.text(top, j));
                let meanings = self.meanings(&own);
                return (own, meanings);
            }
            if upper.is_empty() || upper == lower {
                let meanings = self.meanings(&lower);
                return (lower, meanings);
            }
            let header = format!("{upper} {lower}");
            let header = period_of(CellKind::Text, &header).unwrap_or(header);
            let (both, alone) = (self.meanings(&header), self.meanings(&lower));
            let somebody = of_somebody_else(&upper);
            let score = |found: &[Meaning]| found.iter().map(|m| m.score).fold(0.0, f32::max);
            let meanings = if somebody || score(&both) >= score(&alone) { both } else { alone };
            (header, meanings)
        };
        (0..self.sheet.cols()).map(one).unzip()
    }

    /// The kinds that headings and the user leave possible, each with what the names
    /// of file and sheet and the titles say for it.
    fn allowed(&self, headers: &[String], titles: &[String]) -> Vec<(usize, f32)> {
        let bonus = |k: usize| {
            let phrases = &self.kinds.kinds[k].words;
            let any = |text: &str| phrases.iter().any(|phrase| said(text, phrase));
            let near = any(&self.sheet.name) || titles.iter().any(|title| any(title));
            f32::from(u8::from(near)) * 0.5 + f32::from(u8::from(any(&self.sheet.file))) * 0.25
        };
        let out = |k: usize| headers.iter().any(|header| self.lexicon.rules_out(k, header));
        match self.given {
            Some(k) => vec![(k, 0.0)],
            None => (0..self.kinds.kinds.len()).filter(|k| !out(*k)).map(|k| (k, bonus(k))).collect(),
        }
    }

    fn meanings(&self, header: &str) -> Vec<Meaning> {
        if header.is_empty() {
            return Vec::new();
        }
        let mut known = self.known.borrow_mut();
        if let Some(meanings) = known.get(header) {
            return meanings.clone();
        }
        let meanings = self.lexicon.meanings(header);
        known.insert(header.to_owned(), meanings.clone());
        meanings
    }

    fn sample(&self, below: usize, j: usize) -> Vec<(&'a str, CellKind)> {
        let mut sample: Vec<(&str, CellKind)> = Vec::new();
        for i in below..self.sheet.rows().min(below + SAMPLED_ROWS) {
            let text = self.sheet.text(i, j);
            if !text.is_empty() && !sample.iter().any(|(known, _)| *known == text) {
                sample.push((text, self.sheet.kind(i, j)));
                if sample.len() == SAMPLE {
                    break;
                }
            }
        }
        sample
    }

    pub(crate) fn cells(&self, i: usize) -> Vec<(usize, &'a str)> {
        let sheet = self.sheet;
        (0..sheet.cols()).map(|j| (j, sheet.text(i, j))).filter(|(_, text)| !text.is_empty()).collect()
    }

    fn squeezed(&self, i: usize) -> Vec<String> {
        let one = |j: usize| {
            let mut text = String::new();
            squeeze(self.sheet.text(i, j), &mut text);
            text
        };
        (0..self.sheet.cols()).map(one).collect()
    }
}

/// Whether a heading says that what is under it is not the child's.
pub(crate) fn of_somebody_else(heading: &str) -> bool {
    words(heading).iter().any(|word| SOMEBODY_ELSE.contains(&word.as_str()))
}

/// Whether a text has these words one after the other.
pub(crate) fn said(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (words(text), words(phrase));
    !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase)
}

/// White space, line breaks included, as single spaces.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// So many of so many headings are known that a row among records is a heading.
fn is_enough(matched: usize, named: usize) -> bool {
    matched == named || matched >= 3 && matched * 3 >= named * 2
}
