//! Sheets of which the parts are read apart: tables side by side, keys and sums beside one, forms above or
//! below one.

use std::ops::Range;

use collate_model::{Note, Severity, Sheet, Table};

use crate::fills::Fills;
use crate::overrides::SheetOverride;
use crate::{Recognised, Recogniser, beside, form, marks};

impl Recogniser<'_> {
    /// Recognises what blank columns part: as one table with columns to spare, or as tables side by side
    /// where more is known of them so. Keys and sums beside a table are left alone.
    pub(crate) fn recognise_stretches(
        &self,
        sheet: &Sheet,
        mut stretches: Vec<Range<usize>>,
        told: &SheetOverride,
    ) -> Recognised {
        let mut boxes = Vec::new();
        while stretches.len() > 1
            && let Some(last) = stretches.pop_if(|last| beside::is_box(sheet, last))
        {
            boxes.push(last);
        }
        let last = stretches.last().map_or(0, |last| last.end);
        let without = |boxes: &[Range<usize>]| {
            let mut kept = sheet.of_columns(0..last);
            for part in boxes {
                let part = sheet.of_columns(part.clone());
                kept.marks.key.extend(Fills::new(&part, |_, _| false).into_key());
            }
            kept
        };
        let kept = if boxes.is_empty() { None } else { Some(without(&boxes)) };
        let sheet_kept = kept.as_ref().unwrap_or(sheet);
        let whole = self.recognise_block(sheet_kept, told);
        let mut found = if stretches.len() > 1 && told.kind.is_none() {
            self.recognise_apart(sheet_kept, &stretches, told, whole)
        } else {
            whole
        };
        if let Some(first) = boxes.last() {
            found.marks = marks::of_tables(sheet, &found.tables);
            let what = format!(
                "What stands beside the table from column {} on is a key or sums: it was left alone.",
                sheet.col_label(first.start)
            );
            let note = Note::new(Severity::Info, "box-left-alone", &sheet.file, what, "");
            if !found.tables.is_empty() {
                found.notes.push(note.on_sheet(&sheet.name));
            }
            let rows = (sheet.rows() - sheet_kept.rows()) as u64;
            found.counts.read += rows;
            found.counts.furniture += rows;
        }
        found
    }

    /// The stretches as tables side by side, if they are: each is a tracker by itself, and either both say
    /// who it is of, or more headings are known so. A stretch that is none belongs to the one before.
    fn recognise_apart(
        &self,
        sheet: &Sheet,
        stretches: &[Range<usize>],
        told: &SheetOverride,
        whole: Recognised,
    ) -> Recognised {
        let is_table = |columns: &Range<usize>| {
            !self.recognise_tables(&sheet.of_columns(columns.clone()), told, true).tables.is_empty()
        };
        let mut blocks: Vec<(Range<usize>, bool)> = Vec::new();
        for stretch in stretches {
            let table = is_table(stretch);
            match blocks.last_mut() {
                Some((last, known)) if !table || !*known => {
                    last.end = stretch.end;
                    *known |= table;
                }
                _ => blocks.push((stretch.clone(), table)),
            }
        }
        if blocks.len() < 2 {
            return whole;
        }
        let one = |(columns, _): &(Range<usize>, bool)| {
            self.recognise_block(&sheet.of_columns(columns.clone()), told)
        };
        let parts: Vec<Recognised> = blocks.iter().map(one).collect();
        let says_who = |part: &Recognised| part.tables.iter().any(|table| self.says_who(table));
        let known = |found: &Recognised| {
            let of = |table: &Table| table.columns.iter().filter(|column| column.field.is_some()).count();
            found.tables.iter().map(of).max().unwrap_or_default()
        };
        let apart = parts.iter().filter(|part| says_who(part)).count() > 1
            || parts.iter().map(known).sum::<usize>() > known(&whole) + 1;
        if !apart || parts.iter().any(|part| part.tables.is_empty()) {
            return whole;
        }
        let mut found = together(sheet, parts);
        let columns: Vec<String> = blocks
            .iter()
            .map(|(block, _)| {
                format!("{} to {}", sheet.col_label(block.start), sheet.col_label(block.end - 1))
            })
            .collect();
        let what = format!("Tables stand side by side; they were read apart: {}.", columns.join(", "));
        let todo = "If they are one table, take out the blank columns between them.";
        let note = Note::new(Severity::Info, "side-by-side", &sheet.file, what, todo);
        found.notes.push(note.on_sheet(&sheet.name));
        found
    }

    /// A column of the table says who its records are of.
    fn says_who(&self, table: &Table) -> bool {
        let kind = self.kinds.kinds.iter().find(|kind| kind.name == table.kind);
        let who = ["child_name", "surname", "child_id"];
        let is = |field: usize| kind.is_some_and(|kind| who.contains(&kind.fields[field].name.as_str()));
        table.columns.iter().filter_map(|column| column.field).any(is)
    }

    /// Forms with labels above their values. Where two of their rows of labels are trackers by themselves,
    /// they are tables of one row each, and nobody knows that they are of one child.
    pub(crate) fn stacked_forms(&self, sheet: &Sheet, told: &SheetOverride) -> Option<form::Forms> {
        let forms = form::find_stacked(sheet, &self.lexicon)?;
        let is_table = |rows: &&Range<usize>| {
            !self.recognise_tables(&sheet.of_rows((*rows).clone()), told, true).tables.is_empty()
        };
        (forms.blocks.iter().filter(is_table).count() < 2).then_some(forms)
    }

    /// Forms above, between or below tables, parted from them by blank rows: what was found in each part;
    /// `None` where there is nothing but tables, or nothing but forms.
    pub(crate) fn forms_among_tables(&self, sheet: &Sheet, told: &SheetOverride) -> Option<Vec<Recognised>> {
        let mut parts: Vec<(Range<usize>, Option<Recognised>)> = Vec::new();
        for rows in form::stretches(sheet)? {
            let part = sheet.of_rows(rows.clone());
            let is_form = |_: &form::Forms| self.recognise_tables(&part, told, true).tables.is_empty();
            let found = self
                .stacked_forms(&part, told)
                .or_else(|| form::find(&part, &self.lexicon).filter(is_form))
                .and_then(|forms| forms.on_page(self.recognise_tables(&forms.table, told, true), &part));
            match parts.last_mut() {
                Some((last, None)) if found.is_none() => last.end = rows.end,
                _ => parts.push((rows, found)),
            }
        }
        if parts.iter().all(|(_, form)| form.is_none()) || parts.iter().all(|(_, form)| form.is_some()) {
            return None;
        }
        let found = |(rows, form): (Range<usize>, Option<Recognised>)| {
            form.unwrap_or_else(|| self.recognise_tables(&sheet.of_rows(rows), told, true))
        };
        Some(parts.into_iter().map(found).collect())
    }
}

/// What was found in parts of a sheet.
pub(crate) fn together(sheet: &Sheet, parts: Vec<Recognised>) -> Recognised {
    let mut whole = Recognised::default();
    for part in parts {
        whole.tables.extend(part.tables);
        whole.counts.add(&part.counts);
        whole.notes.extend(part.notes);
    }
    whole.marks = marks::of_tables(sheet, &whole.tables);
    whole
}
