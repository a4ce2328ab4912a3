//! Runs other people's code that may panic, a parser on a damaged file or a writer on a full disk,
//! and keeps the panic's message off the screen: such messages quote the text that the code
//! stumbled over, which may be a name. One hook serves every crate.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

static INSTALL: Once = Once::new();

/// The result, or `None` if the work panicked. What the work held is dropped by then. Panics
/// of other threads, and of this one outside this call, are reported as ever.
pub fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    INSTALL.call_once(|| {
        let former = take_hook();
        set_hook(Box::new(move |info| {
            if !GUARDED.with(Cell::get) {
                former(info);
            }
        }));
    });
    let outer = GUARDED.with(|guarded| guarded.replace(true));
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.with(|guarded| guarded.set(outer));
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_none_and_the_guard_ends() {
        assert_eq!(quietly(|| 3), Some(3));
        assert_eq!(quietly(|| -> u8 { panic!("a message that must stay unseen") }), None);
        assert!(!GUARDED.with(Cell::get));
    }
}
