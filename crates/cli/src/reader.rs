//! Reading one file: in a process of its own where that is worth it, and with passwords for what is
//! protected by one. They come from the environment or from whoever sits at the terminal, never from
//! the command line, which others can list.

use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};

use collate_read::{FileRead, Input, Limits, PASSWORD_VARIABLE, Passwords, Reader};
use console::Term;

use crate::failure::{Exit, Failure};

/// The command by which the program is told to be a reader.
const READER: &str = "reader";
/// How often a person is asked for the password of a file.
const TRIES: usize = 3;

/// Typed at the terminal since the program began: files of one keeper often have one password.
static TYPED: Mutex<Passwords> = Mutex::new(Passwords::NONE);

/// Reads a file.
pub fn read(input: &Input, limits: &Limits) -> FileRead {
    let told = std::env::var_os(PASSWORD_VARIABLE);
    let told = told.map_or(Passwords::NONE, |text| Passwords::of_lines(&text.to_string_lossy()));
    read_with(input, limits, told.and(&typed()))
}

/// Asks whoever sits at the terminal for the password of a file that wants one, and reads it again.
/// Where nobody sits there, or the answer is empty, the file stays as it is.
pub fn ask(file: &mut FileRead, input: &Input, limits: &Limits) {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return;
    }
    try_typed(file, input, limits);
    if !file.wants_password() {
        return;
    }
    let terminal = Term::stderr();
    // A terminal that can't be written to or read from is one where nobody answers.
    let _ = terminal.write_line(&format!("{} is protected by a password.", input.name));
    for _ in 0..TRIES {
        let _ = terminal.write_str("Password (it is not shown; Enter leaves the file out): ");
        let Ok(line) = terminal.read_secure_line() else { return };
        if line.is_empty() {
            return;
        }
        let password = Passwords::of_lines(&line);
        *file = read_with(input, limits, password.clone());
        if !file.wants_password() {
            let all = typed().and(&password);
            *TYPED.lock().unwrap_or_else(PoisonError::into_inner) = all;
            return;
        }
        let _ = terminal.write_line("That does not open it; capitals count.");
    }
}

/// Reads a file that wants a password with those that were typed for others.
pub fn try_typed(file: &mut FileRead, input: &Input, limits: &Limits) {
    let typed = typed();
    if file.wants_password() && !typed.is_empty() {
        let opened = read_with(input, limits, typed);
        if !opened.wants_password() {
            *file = opened;
        }
    }
}

fn typed() -> Passwords {
    TYPED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn read_with(input: &Input, limits: &Limits, passwords: Passwords) -> FileRead {
    match std::env::current_exe() {
        Ok(program) => Reader::new(program, &[READER]).with_passwords(passwords).read(input, limits),
        // A system that does not know where its programs are can't start one again.
        Err(_) => collate_read::read_with(input, limits, &passwords),
    }
}

/// Reads one workbook for the process that started this one.
pub fn serve_reader() -> Result<Exit, Failure> {
    collate_read::serve(io::stdin().lock(), io::stdout().lock()).map(|()| Exit::Done).map_err(|_| {
        Failure::usage("this command is for the program itself", "use collate run or collate inspect")
    })
}
