//! Columns to fields: for each kind the best way to read a row of headings, and the kind that reads it best.

use collate_model::{CellKind, Evidence, Field, FieldType, Kind, Kinds};

use crate::lexicon::Meaning;
use crate::normal::{key, words};
use crate::overrides::{IGNORE, SheetOverride};
use crate::shape;

/// One heading of a table with what it may mean and a sample of the values under it.
pub(crate) struct Column<'a> {
    /// The heading as written; empty if there is none.
    pub header: String,
    /// Fields that the heading may mean, in all kinds.
    pub meanings: Vec<Meaning>,
    /// Some distinct texts under the heading.
    pub sample: Vec<(&'a str, CellKind)>,
    /// What the user says this column is.
    pub told: Option<&'a str>,
}

/// The best reading of a row of headings as one kind.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// Index of the kind.
    pub kind: usize,
    /// Per column its field and why.
    pub fields: Vec<(Option<usize>, Evidence)>,
    /// Weight of all that was recognised, each heading counted by how few kinds know it.
    pub weight: f32,
    /// Number of columns recognised by their heading.
    pub matched: usize,
    /// Number of columns that have a heading.
    pub named: usize,
    /// The anchors of the kind are there.
    pub anchored: bool,
}

impl Reading {
    /// How sure it is, 0 to 1: half by the share of columns recognised, half by what they say for the kind.
    pub(crate) fn confidence(&self) -> f32 {
        let share = self.matched as f32 / self.named.max(1) as f32;
        0.5 * share.min(1.0) + 0.5 * self.weight / (self.weight + 1.0)
    }

    pub(crate) fn has(&self, field: usize) -> bool {
        self.fields.iter().any(|(f, _)| *f == Some(field))
    }
}

/// Reads the columns as every kind that is allowed, each with what the titles say for it; best first.
pub(crate) fn readings(columns: &[Column], kinds: &Kinds, allowed: &[(usize, f32)]) -> Vec<Reading> {
    let read = |(k, bonus): &(usize, f32)| {
        let mut reading = read_as(columns, kinds, *k);
        reading.weight += bonus;
        reading
    };
    let mut all: Vec<Reading> = allowed.iter().map(read).collect();
    // A stable sort: where two fit equally well the kind listed first is taken.
    all.sort_by(|a, b| b.anchored.cmp(&a.anchored).then(b.weight.total_cmp(&a.weight)));
    all
}

/// Kinds that know a heading, from which on it tells no less: what all kinds share would else say nothing
/// once there are many.
const MANY: usize = 8;
/// Values from which a column is judged to hold something else than its heading says.
const ENOUGH: usize = 8;
/// The same where the heading is only like a known one.
const FEW: usize = 3;

fn read_as(columns: &[Column], kinds: &Kinds, k: usize) -> Reading {
    let kind = &kinds.kinds[k];
    let mut fields: Vec<(Option<usize>, Evidence)> = vec![(None, Evidence::Free); columns.len()];
    let (mut weight, mut matched) = (0.0, 0);
    for choice in choices(columns, kind, k) {
        let taken = fields.iter().any(|(field, _)| *field == Some(choice.field));
        if taken || fields[choice.column].0.is_some() || columns[choice.column].told == Some(IGNORE) {
            continue;
        }
        fields[choice.column] = (Some(choice.field), choice.evidence.clone());
        matched += 1;
        weight += choice.score / choice.kinds.min(MANY) as f32;
    }
    name_by_values(columns, kind, &mut fields);
    split_names(columns, kind, &mut fields);
    let named = columns.iter().filter(|column| !column.header.is_empty()).count();
    let mut reading = Reading { kind: k, fields, weight, matched, named, anchored: false };
    reading.anchored = kind
        .anchors
        .iter()
        .any(|anchor| anchor.iter().all(|name| kind.field(name).is_some_and(|field| reading.has(field))));
    reading
}

/// A column that may be a field.
struct Choice {
    column: usize,
    field: usize,
    rank: usize,
    score: f32,
    evidence: Evidence,
    /// Number of kinds in which the heading means something.
    kinds: usize,
}

/// All that columns may be in one kind, in the order in which it is granted: what the user says,
/// the better match, the field that the kind lists first, the likelier heading, the column to the left.
fn choices(columns: &[Column], kind: &Kind, k: usize) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        if let Some(field) = column.told.and_then(|name| kind.field(name)) {
            let evidence = Evidence::Told;
            choices.push(Choice { column: at, field, rank: 0, score: 2.0, evidence, kinds: 1 });
            continue;
        }
        let mut known: Vec<usize> = column.meanings.iter().map(|meaning| meaning.kind).collect();
        known.dedup();
        known.sort_unstable();
        known.dedup();
        let mine: Vec<&Meaning> = column.meanings.iter().filter(|meaning| meaning.kind == k).collect();
        for meaning in by_values(&mine, column, kind) {
            choices.push(Choice {
                column: at,
                field: meaning.field,
                rank: meaning.rank,
                score: meaning.score,
                evidence: meaning.evidence.clone(),
                kinds: known.len(),
            });
        }
    }
    choices.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then((a.field, a.rank, a.column).cmp(&(b.field, b.rank, b.column)))
    });
    choices
}

/// Where a heading may mean several fields of a kind, those that the values under it speak for.
fn by_values<'m>(mine: &[&'m Meaning], column: &Column, kind: &Kind) -> Vec<&'m Meaning> {
    let own = |meaning: &&&Meaning| {
        let field = &kind.fields[meaning.field];
        !is_foreign(field, column) && !is_guess(meaning, field, column)
    };
    let mine: Vec<&Meaning> = mine.iter().filter(own).copied().collect();
    if mine.len() < 2 || column.sample.is_empty() {
        return mine;
    }
    let share = |meaning: &&Meaning| shape::share(&kind.fields[meaning.field], &column.sample);
    let is = |meaning: &&Meaning, kinds: &[FieldType]| kinds.contains(&kind.fields[meaning.field].kind);
    // Names with a date behind them are no dates, and what has no digit is no child's number.
    let names =
        mine.iter().any(|m| is(m, &[FieldType::People]) && share(m).is_some_and(|share| share >= 0.5));
    let fits = |m: &&Meaning| {
        !(names && is(m, &[FieldType::Date, FieldType::DateSpan])
            || is(m, &[FieldType::ChildId]) && share(m).is_some_and(|share| share < 0.5))
    };
    let fitting: Vec<&Meaning> = mine.iter().filter(|m| fits(m)).copied().collect();
    let mine = if fitting.is_empty() { mine } else { fitting };
    let shares: Vec<Option<f32>> = mine.iter().map(share).collect();
    let best = shares.iter().flatten().copied().fold(0.0, f32::max);
    let wins = |share: &Option<f32>| match share {
        Some(share) => *share >= 0.5 && *share >= best - 0.2,
        None => best < 0.5,
    };
    let kept: Vec<&Meaning> =
        mine.iter().zip(&shares).filter(|(_, share)| wins(share)).map(|(meaning, _)| *meaning).collect();
    if kept.is_empty() { mine } else { kept }
}

/// Whether a column under the heading of a number with a form of its own holds something else
/// altogether, such as the postcodes of another country: read as the field it would all be lost.
fn is_foreign(field: &Field, column: &Column) -> bool {
    let formed = matches!(field.kind, FieldType::Postcode | FieldType::Nhs | FieldType::Upn);
    formed
        && column.sample.len() >= ENOUGH
        && shape::share(field, &column.sample).is_some_and(|share| share < 0.1)
}

/// Whether a heading that merely resembles a known one names something else: a date where none is
/// expected, or values of which none is of the type.
fn is_guess(meaning: &Meaning, field: &Field, column: &Column) -> bool {
    use FieldType::{Date, DateSpan, Text};
    if !matches!(meaning.evidence, Evidence::Words(_) | Evidence::Fuzzy(_)) {
        return false;
    }
    let dated = || words(&column.header).iter().any(|word| word == "date" || word == "dated");
    let misfit =
        || column.sample.len() >= FEW && shape::share(field, &column.sample).is_some_and(|share| share < 0.1);
    !matches!(field.kind, Date | DateSpan | Text) && dated() || misfit()
}

/// Columns without a telling heading whose values can't be anything else.
fn name_by_values(columns: &[Column], kind: &Kind, fields: &mut [(Option<usize>, Evidence)]) {
    const TELLS_NOTHING: &[&str] = &["", "ref", "refno", "no", "id", "value", "data", "field", "code"];
    for (at, column) in columns.iter().enumerate() {
        let key = key(&column.header);
        let plain = key.trim_end_matches(|c: char| c.is_ascii_digit());
        let blank = TELLS_NOTHING.contains(&key.as_str()) || matches!(plain, "column" | "unnamed" | "field");
        let taken = fields[at].0.is_some_and(|f| kind.fields[f].kind != FieldType::Reference);
        if !blank || taken || column.told.is_some() || column.sample.len() < 3 {
            continue;
        }
        let best = (0..kind.fields.len())
            .filter(|f| {
                shape::unmistakable(kind.fields[*f].kind) && !fields.iter().any(|(g, _)| *g == Some(*f))
            })
            .filter_map(|f| Some((f, shape::share(&kind.fields[f], &column.sample)?)))
            .filter(|(_, share)| *share >= 0.8)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((field, share)) = best {
            fields[at] = (Some(field), Evidence::Values(share));
        }
    }
}

/// `Name` beside `Surname` holds forenames, unless its cells hold more.
fn split_names(columns: &[Column], kind: &Kind, fields: &mut [(Option<usize>, Evidence)]) {
    let (Some(name), Some(forename), Some(surname)) =
        (kind.field("child_name"), kind.field("forename"), kind.field("surname"))
    else {
        return;
    };
    let at = |field: usize| fields.iter().position(|(f, _)| *f == Some(field));
    if let (Some(column), None, Some(_)) = (at(name), at(forename), at(surname))
        && matches!(key(&columns[column].header).as_str(), "name" | "names" | "childname")
    {
        let sample = &columns[column].sample;
        let single = sample.iter().filter(|(text, _)| !text.contains([' ', ','])).count();
        if sample.len() >= 3 && single * 10 >= sample.len() * 8 {
            fields[column] = (Some(forename), Evidence::Values(single as f32 / sample.len() as f32));
        }
    }
}

/// What the user says of a column, by its heading or its letters.
pub(crate) fn told<'a>(overrides: &'a SheetOverride, header: &str, letters: &str) -> Option<&'a str> {
    let same = |said: &&String| {
        said.as_str() == header || (!header.is_empty() && !key(said).is_empty() && key(said) == key(header))
    };
    let by_header = overrides.columns.iter().find(|(said, _)| same(said));
    let by_letters = || overrides.columns.iter().find(|(said, _)| said.as_str() == letters);
    by_header.or_else(by_letters).map(|(_, field)| field.as_str())
}
