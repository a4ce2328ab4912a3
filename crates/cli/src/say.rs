//! What a command says on standard output.

use std::fmt::Arguments;
use std::io::{Write as _, stdout};

/// Like `println!`, but that whoever listens may stop listening (`collate inspect --json | head`).
macro_rules! say {
    ($($said:tt)*) => { $crate::say::line(format_args!($($said)*)) };
}
pub(crate) use say;

/// Writes a line; if nobody listens any more, there is nothing to do about it.
pub fn line(said: Arguments) {
    let _ = writeln!(stdout().lock(), "{said}");
}

/// Writes a text of whole lines.
pub fn text(said: &str) {
    let _ = stdout().lock().write_all(said.as_bytes());
}
