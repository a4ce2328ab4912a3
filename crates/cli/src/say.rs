//! What a command says on standard output.

use std::borrow::Cow;
use std::fmt::Arguments;
use std::io::{Write as _, stdout};

/// Like `println!`, but that whoever listens may stop listening (`collate inspect --json | head`).
macro_rules! say {
    ($($said:tt)*) => { $crate::say::line(format_args!($($said)*)) };
}
pub(crate) use say;

/// Writes a line.
pub fn line(said: Arguments) {
    text(&format!("{said}\n"));
}

/// Writes a text of whole lines; if nobody listens any more, there is nothing to do about it.
pub fn text(said: &str) {
    let _ = stdout().lock().write_all(harmless(said).as_bytes());
}

/// A text that a terminal only shows: names of files and sheets may hold what it would obey.
pub fn harmless(said: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && c != '\n' && c != '\t';
    if said.contains(obeyed) { Cow::Owned(said.replace(obeyed, "\u{FFFD}")) } else { Cow::Borrowed(said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_has_nothing_to_obey() {
        for (said, shown) in [
            ("two\nlines\tand é", "two\nlines\tand é"),
            ("\u{1b}[2Jname.csv", "\u{FFFD}[2Jname.csv"),
            ("\u{9b}31m\r", "\u{FFFD}31m\u{FFFD}"),
        ] {
            assert_eq!(harmless(said), shown);
        }
    }
}
