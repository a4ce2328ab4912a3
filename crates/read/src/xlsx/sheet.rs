//! A worksheet's part, from its first byte to its last: its cells go into the sink, and what a person
//! sees beside them is remembered. ECMA-376 part 1, 18.3.1.

use std::io::Read;

use collate_model::CellKind;

use super::number_format::NumberFormat;
use super::strings::{Strings, plain, rich};
use super::tokens::{Tag, Token, Tokens};
use super::words;
use crate::cell_text::{
    write_bool, write_elapsed, write_iso_date, write_number, write_percent, write_serial,
};
use crate::looks::{Seen, Styles};
use crate::odd_cells::OddCells;
use crate::sink::{MAX_COLS, MAX_ROWS, SheetSink};

/// What all sheets of a workbook share.
pub(super) struct Shared<'a> {
    pub strings: &'a Strings,
    pub styles: &'a Styles,
    pub date_1904: bool,
}

/// How a part came to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    /// It breaks off after the last row.
    Cut,
    /// It breaks off after this cell, counted from 0, if there was one.
    CutAfter(Option<(u32, u32)>),
    /// It is a sheet of a kind that has no cells.
    NoTable,
    /// It is no sheet.
    Nothing,
}

/// Reads a part. Stops early where the sink is full.
pub(super) fn read(
    tokens: &mut Tokens<impl Read>,
    shared: &Shared<'_>,
    seen: &mut Seen<'_>,
    sink: &mut SheetSink<'_>,
) -> Ending {
    let mut sheet = Sheet {
        shared,
        seen,
        sink,
        odd: OddCells::default(),
        row: 0,
        col: 0,
        last: None,
        value: String::new(),
        text: String::new(),
    };
    let mut ending = sheet.read(tokens);
    if let Ending::CutAfter(_) = ending {
        ending = Ending::CutAfter(sheet.last);
    }
    sheet.odd.finish(sheet.sink);
    ending
}

/// A sheet while it is read: the place of the next cell that does not say its own, from 0.
struct Sheet<'s, 'a, 'f> {
    shared: &'s Shared<'s>,
    seen: &'s mut Seen<'a>,
    sink: &'s mut SheetSink<'f>,
    odd: OddCells,
    row: u32,
    col: u32,
    last: Option<(u32, u32)>,
    /// What the cell holds, as it is written, and what is made of it.
    value: String,
    text: String,
}

/// What the attribute `t` says of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    /// Nothing: a number, or else a text.
    Any,
    Number,
    Shared,
    Bool,
    Error,
    Date,
    Text,
    Unknown,
}

/// What a cell holds.
#[derive(Debug, Default)]
struct Held {
    /// A formula is there.
    formula: bool,
    /// A value is there, be it empty; for a text, `is` is one too.
    value: bool,
    /// The value is a text by itself (`is`), whatever the type.
    inline: bool,
    /// All of such a text is struck through.
    struck: bool,
    /// It is no UTF-8.
    broken: bool,
}

/// There is no more to read, or the sink takes no more.
struct Over(Ending);

impl Sheet<'_, '_, '_> {
    fn read(&mut self, tokens: &mut Tokens<impl Read>) -> Ending {
        let mut root: Option<Vec<u8>> = None;
        let mut data = false;
        loop {
            match tokens.next() {
                Token::Open(tag) => {
                    root.get_or_insert_with(|| tag.name.to_vec());
                    match tag.name {
                        b"col" => self.columns(&tag),
                        b"mergeCell" => self.seen.merge(tag.attribute(b"ref").unwrap_or_default()),
                        b"sheetData" => {
                            data = true;
                            if !tag.empty
                                && let Err(Over(ending)) = self.rows(tokens)
                            {
                                return ending;
                            }
                        }
                        _ => {}
                    }
                }
                Token::Close(name) if root.as_deref() == Some(name) => break,
                Token::End => {
                    return match root.as_deref() {
                        None => Ending::Nothing,
                        Some(_) if data => Ending::Cut,
                        Some(root) => without_data(root, Ending::CutAfter(None)),
                    };
                }
                _ => {}
            }
        }
        // To the end of the part, so that its checksum is looked at.
        while tokens.next() != Token::End {}
        if data { Ending::Whole } else { without_data(&root.unwrap_or_default(), Ending::Nothing) }
    }

    fn columns(&mut self, tag: &Tag<'_>) {
        let place = |name| tag.attribute(name).and_then(number);
        if let (Some(first), Some(last), true) = (place(b"min"), place(b"max"), is_hidden(tag)) {
            self.seen.hide_columns(first, last);
        }
    }

    /// What stands in `sheetData`, to its end.
    fn rows(&mut self, tokens: &mut Tokens<impl Read>) -> Result<(), Over> {
        loop {
            match tokens.next() {
                Token::Open(tag) if tag.name == b"c" => {
                    let cell = Cell::of(&tag);
                    self.cell(tokens, cell)?;
                }
                Token::Open(tag) if tag.name == b"row" => {
                    if let Some(row) = tag.attribute(b"r") {
                        match number(row).filter(|row| *row > 0) {
                            Some(row) => self.row = row - 1,
                            None => self.odd.unplaced(self.last, self.sink),
                        }
                    }
                    self.col = 0;
                    if is_hidden(&tag) {
                        self.seen.hide_row(self.row.saturating_add(1));
                    }
                    if tag.empty {
                        self.row = self.row.saturating_add(1);
                    }
                }
                Token::Close(b"row") => {
                    self.row = self.row.saturating_add(1);
                    self.col = 0;
                }
                Token::Close(b"sheetData") => return Ok(()),
                Token::End => return Err(Over(Ending::CutAfter(None))),
                _ => {}
            }
        }
    }

    /// A cell, to its end.
    #[inline]
    fn cell(&mut self, tokens: &mut Tokens<impl Read>, cell: Cell) -> Result<(), Over> {
        let at = match cell.at {
            Some(Some(at)) => at,
            None => (self.row, self.col),
            Some(None) => {
                self.odd.unplaced(self.last, self.sink);
                if !cell.empty {
                    tokens.skip();
                }
                return Ok(());
            }
        };
        self.col = at.1.saturating_add(1);
        let held = if cell.empty { Held::default() } else { self.held(tokens, cell.kind)? };
        if at.0 < MAX_ROWS && at.1 < MAX_COLS {
            self.seen.cell(at.0 + 1, at.1, cell.style.unwrap_or(0));
            self.last = Some(at);
        }
        if self.put(at, cell, &held) { Ok(()) } else { Err(Over(Ending::Whole)) }
    }

    /// Puts a cell into the sink; false once that takes no more.
    #[inline]
    fn put(&mut self, at: (u32, u32), cell: Cell, held: &Held) -> bool {
        let kind = if held.inline { Type::Text } else { cell.kind };
        if !held.broken && (self.value.is_empty() || !held.value) {
            if held.formula && !(held.value && kind == Type::Text) {
                self.odd.formula_without_value(at);
            }
            return true;
        }
        self.text.clear();
        if held.struck {
            self.seen.strike(at.0 + 1, at.1);
        }
        let shown = match kind {
            _ if held.broken => None,
            Type::Shared => {
                let number = number(self.value.as_bytes());
                if number.is_some_and(|number| self.shared.strings.is_struck(number as usize)) {
                    self.seen.strike(at.0 + 1, at.1);
                }
                number
                    .and_then(|number| self.shared.strings.get(number as usize))
                    .map(|text| (CellKind::Text, text))
            }
            Type::Any | Type::Number => {
                let format = cell.style.map(|style| self.shared.styles.format(style)).unwrap_or_default();
                numeric(&self.value, kind, format, self.shared.date_1904, &mut self.text)
            }
            Type::Text => {
                // The words of `is` are resolved already.
                if !held.inline {
                    words::unescape(&mut self.value, 0);
                }
                Some((CellKind::Text, self.value.as_str()))
            }
            Type::Bool => match self.value.trim() {
                value if value == "1" || value.eq_ignore_ascii_case("true") => {
                    Some(write_bool(true, &mut self.text))
                }
                value if value == "0" || value.eq_ignore_ascii_case("false") => {
                    Some(write_bool(false, &mut self.text))
                }
                "" => return true,
                _ => None,
            }
            .map(|kind| (kind, self.text.as_str())),
            Type::Error => error(&self.value).map(|error| (CellKind::Error, error)),
            Type::Date => Some((write_iso_date(&self.value, &mut self.text), self.text.as_str())),
            Type::Unknown => None,
        };
        match shown {
            Some((kind, text)) => self.sink.push_at(at, kind, text),
            None => {
                self.odd.unreadable(at, self.sink);
                true
            }
        }
    }

    /// Reads what is inside a cell; its value goes into `self.value`, as it is written.
    #[inline]
    fn held(&mut self, tokens: &mut Tokens<impl Read>, kind: Type) -> Result<Held, Over> {
        let mut held = Held::default();
        self.value.clear();
        loop {
            match tokens.next() {
                Token::Open(tag) => match tag.name {
                    b"v" => {
                        // A text of its own goes before what is written beside it for others.
                        if tag.empty || held.inline {
                            held.value |= tag.empty && kind == Type::Text;
                            if !tag.empty {
                                tokens.skip();
                            }
                            continue;
                        }
                        self.value.clear();
                        held.value = true;
                        held.broken |= !plain(tokens, b"v", &mut self.value);
                    }
                    b"is" => {
                        self.value.clear();
                        (held.inline, held.value) = (true, true);
                        if !tag.empty {
                            let runs = rich(tokens, b"is", &mut self.value).unwrap_or_default();
                            held.broken |= runs.broken;
                            held.struck = runs.are_struck();
                        }
                    }
                    b"f" => {
                        held.formula = true;
                        if !tag.empty {
                            tokens.skip();
                        }
                    }
                    // The cell before has no end.
                    b"c" | b"row" => {
                        tokens.back();
                        return Ok(held);
                    }
                    _ if tag.empty => {}
                    _ => tokens.skip(),
                },
                Token::Close(b"c") => return Ok(held),
                Token::Close(b"row" | b"sheetData") => {
                    tokens.back();
                    return Ok(held);
                }
                Token::End => return Err(Over(Ending::CutAfter(None))),
                _ => {}
            }
        }
    }
}

/// What a value is shown as that is a number, or else a text where no type says that it is one; with
/// its text, which is `value` itself or written into `text`.
#[inline]
fn numeric<'v>(
    value: &'v str,
    kind: Type,
    format: NumberFormat,
    date_1904: bool,
    text: &'v mut String,
) -> Option<(CellKind, &'v str)> {
    if format == NumberFormat::Plain && is_short_integer(value.as_bytes()) {
        return Some((CellKind::Number, value));
    }
    let kind = match (value.trim().parse::<f64>(), format) {
        (Ok(number), NumberFormat::Plain) => write_number(number, text),
        (Ok(serial), NumberFormat::Moment) => write_serial(serial, date_1904, text),
        (Ok(days), NumberFormat::Elapsed) => write_elapsed(days, text),
        (Ok(share), NumberFormat::Percent) => write_percent(share, text),
        (Err(_), _) if kind == Type::Any => return Some((CellKind::Text, value)),
        (Err(_), _) => return None,
    };
    Some((kind, text))
}

/// What the tag of a cell says.
struct Cell {
    /// Its place from 0; `Some(None)` where that makes no sense.
    at: Option<Option<(u32, u32)>>,
    style: Option<u32>,
    kind: Type,
    empty: bool,
}

impl Cell {
    #[inline]
    fn of(tag: &Tag<'_>) -> Self {
        let mut cell = Cell { at: None, style: None, kind: Type::Any, empty: tag.empty };
        for (name, value) in tag.attributes() {
            match name {
                b"r" => cell.at = Some(place(value)),
                b"s" => cell.style = Some(number(value).unwrap_or(0)),
                b"t" => {
                    cell.kind = match value {
                        b"s" => Type::Shared,
                        b"n" => Type::Number,
                        b"str" | b"inlineStr" | b"is" => Type::Text,
                        b"b" => Type::Bool,
                        b"e" => Type::Error,
                        b"d" => Type::Date,
                        _ => Type::Unknown,
                    }
                }
                _ => {}
            }
        }
        cell
    }
}

/// `B7` as (6, 1), counted from 0; as far out as it says, be it outside any sheet.
#[inline]
fn place(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = text.split_at(letters);
    let col = letters.iter().fold(0u32, |col, letter| {
        col.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let row = digits.iter().try_fold(0u32, |row, digit| {
        let value = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        Some(row.saturating_mul(10).saturating_add(value))
    })?;
    Some((row.checked_sub(1)?, col.checked_sub(1)?))
}

#[inline]
fn number(text: &[u8]) -> Option<u32> {
    let digits = text.trim_ascii();
    let sum = digits.iter().try_fold(0u32, |sum, digit| {
        let value = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        sum.checked_mul(10)?.checked_add(value)
    });
    sum.filter(|_| !digits.is_empty())
}

/// A whole number whose digits are what it is shown as.
#[inline]
fn is_short_integer(text: &[u8]) -> bool {
    const MOST: usize = 15;
    text.len() <= MOST && text.iter().all(u8::is_ascii_digit) && (text[0] != b'0' || text.len() == 1)
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attribute(b"hidden").is_some_and(|value| matches!(value, b"1" | b"true"))
}

/// An error value as every program shows it.
fn error(text: &str) -> Option<&'static str> {
    const ERRORS: [&str; 17] = [
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#EXTERNAL!",
        "#PYTHON!",
    ];
    ERRORS.into_iter().find(|known| known.eq_ignore_ascii_case(text.trim()))
}

/// How a part ends that has no `sheetData`.
fn without_data(root: &[u8], otherwise: Ending) -> Ending {
    match root {
        b"chartsheet" | b"dialogsheet" | b"macrosheet" => Ending::NoTable,
        b"worksheet" => otherwise,
        _ => Ending::Nothing,
    }
}
