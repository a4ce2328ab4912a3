//! What a person sees in a workbook beside its texts: fill colours, struck-through cells, hidden
//! rows and columns, merged cells, comments, tables.
//!
//! ```text
//! styles.xml, theme -> Styles ┐
//! tags of a sheet's part -> Seen ┤   (xlsb: the same from records, by `binary.rs`)
//! *.rels, comments, tables ───────┴-> Marks, merged areas
//! ```
//! After ECMA-376 part 1, chapter 18 (SpreadsheetML) and 20.1.6 (themes).

mod binary;
mod colour;
mod comments;
mod parts;
mod seen;
mod styles;
mod tables;

use collate_model::{Note, Severity};

use crate::sink::SheetSink;

pub(crate) use binary::{see, sheets_of, styles_of};
pub(crate) use colour::{hex, indexed};
pub(crate) use comments::{Comment, Comments, MOST_COMMENTS, comments_of, notes_of};
pub(crate) use parts::related;
pub(crate) use seen::{Percents, Seen};
pub(crate) use styles::{Look, Styles, attribute};
pub(crate) use tables::tables_of;

/// Notes on what is beyond what is read of a sheet's looks.
pub(crate) fn unread(seen: &Seen<'_>, comments: &Comments, sink: &SheetSink<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some((row, col)) = seen.forgotten {
        let what = "more cells are coloured in or struck through than are remembered; from this one on that is \
                    not seen";
        let todo = "take the colours off the cells that hold nothing, or split the sheet, and run again";
        notes.push(sink.note(Severity::Warning, "looks-unread", what, todo).on_cell(row, col));
    }
    if let Some(((row, col), count)) = seen.errors {
        let what = match count {
            1 => "the formula in this cell comes to an error; it counts as an empty cell".to_owned(),
            _ => format!("{count} formulas come to an error, this is the first; they count as empty cells"),
        };
        let todo = "mend the formulas and save the workbook, if they should say something";
        notes.push(sink.note(Severity::Warning, "formula-error", &what, todo).on_cell(row, col));
    }
    if comments.cut {
        let what = "the comments in the workbook are longer than are read; the last of them on this sheet are \
                    left out";
        let todo = "remove the comments that are not needed, or split the sheet, and run again";
        notes.push(sink.note(Severity::Warning, "looks-unread", what, todo));
    }
    notes
}
