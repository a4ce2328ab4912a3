//! What a person sees in a workbook beside its texts: fill colours, struck-through cells, hidden
//! rows and columns, merged cells, comments.
//!
//! ```text
//! styles.xml, theme -> Styles ┐
//! tags of a sheet's part -> Seen ┤
//! *.rels, comments -> comments ──┴-> Marks, merged areas
//! ```
//! After ECMA-376 part 1, chapter 18 (SpreadsheetML) and 20.1.6 (themes).

mod colour;
mod comments;
mod parts;
mod seen;
mod styles;

pub(crate) use colour::{hex, indexed};
pub(crate) use comments::{Comment, MOST_COMMENTS, comments_of, notes_of};
pub(crate) use parts::related;
pub(crate) use seen::Seen;
pub(crate) use styles::{Look, Styles, attribute};
