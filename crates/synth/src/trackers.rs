//! The trackers: each file here is one keeper with headings, styles and lapses of its own.
//! What they share stands in `cells`.

mod cells;
mod court;
mod export;
mod hra;
mod notable;
mod plan;
mod s20;
mod school;
mod sgo;

use crate::SynthError;
use crate::council::Council;
use crate::folder::Folder;

/// How often all trackers together walk past each child, for progress.
pub const WALKS: usize = 10;

/// Writes all of them.
pub fn write(council: &Council, folder: &mut Folder) -> Result<(), SynthError> {
    notable::write(council, folder)?;
    sgo::write(council, folder)?;
    s20::write(council, folder)?;
    hra::write(council, folder)?;
    court::write(council, folder)?;
    plan::write(folder)?;
    export::write(council, folder)?;
    school::write(council, folder)?;
    folder.note("Notes.txt", include_str!("../data/notes.txt"))
}
