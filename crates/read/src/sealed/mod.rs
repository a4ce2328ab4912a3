//! Workbooks and Word documents behind a password: with it, what they hold. After [MS-OFFCRYPTO] 2.3.4
//! ("ECMA-376 document encryption"); `xls.rs` is about the older ones,
//! `opendocument.rs` about those of LibreOffice.
//!
//! ```text
//! compound file: EncryptionInfo ─┬─> agile | standard ─> key ┬─> zip package
//!                EncryptedPackage┴──────────────────────────-┘
//! ```

mod agile;
mod base64;
mod cipher;
mod opendocument;
mod standard;
mod xls;
mod xor;

use serde::{Deserialize, Serialize};

use crate::format::is_zip;
use crate::limits::Refusal;
use crate::ole::Ole;

/// The environment variable that holds the passwords.
pub const PASSWORD_VARIABLE: &str = "COLLATE_PASSWORD";

/// The code of a note on a file that a password opens.
pub(crate) const WANTS_PASSWORD: &str = "file-password";

/// With this, Excel locks workbooks that are protected against changes only; it opens them without asking.
const NOBODYS: &str = "VelvetSweatshop";

/// Passwords to try, in their order. Never shown.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passwords(Vec<String>);

impl Passwords {
    /// One in each line.
    pub fn of_lines(text: &str) -> Self {
        Passwords(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    /// No password.
    pub const NONE: Self = Passwords(Vec::new());

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These, and then more.
    #[must_use]
    pub fn and(mut self, more: &Passwords) -> Self {
        self.0.extend_from_slice(&more.0);
        self
    }

    /// What the first that is right opens.
    fn first(&self, open: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Vec<u8>, Refusal> {
        let tried = self.0.iter().map(String::as_str);
        tried.chain([NOBODYS]).find_map(open).ok_or_else(|| locked(self.0.len()))
    }
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passwords", self.0.len())
    }
}

/// How a package is locked.
enum Lock {
    Agile(agile::Lock),
    Standard(standard::Lock),
}

impl Lock {
    fn of(info: &[u8]) -> Option<Self> {
        match info.get(..4)? {
            [4, 0, 4, 0] => agile::Lock::of(info.get(8..)?).map(Lock::Agile),
            [2..=4, 0, 2, 0] => standard::Lock::of(info.get(8..)?).map(Lock::Standard),
            _ => None,
        }
    }

    /// What a password opens; `None` where it is the wrong one.
    fn open(&self, password: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let password = wide(password);
        let (size, content) = sealed.split_first_chunk::<8>()?;
        let mut package = match self {
            Lock::Agile(lock) => lock.open(&password, content)?,
            Lock::Standard(lock) => lock.open(&password, content)?,
        };
        package.truncate(usize::try_from(u64::from_le_bytes(*size)).unwrap_or(usize::MAX));
        Some(package)
    }
}

/// What a file holds behind a password; `None` where it is no such file.
/// Of a zip package no part is unpacked beyond `most` bytes.
pub(crate) fn open(bytes: &[u8], passwords: &Passwords, most: u64) -> Option<Result<Vec<u8>, Refusal>> {
    if is_zip(bytes) {
        let locked = opendocument::Locked::of(bytes, most)?;
        return Some(if locked.is_known() {
            passwords.first(|password| locked.open(password))
        } else {
            Err(unknown())
        });
    }
    let ole = Ole::open(bytes)?;
    if !ole.has("EncryptedPackage") {
        let locked = xls::Locked::of(ole)?;
        return Some(if locked.is_known() {
            passwords.first(|password| locked.open(&wide(password)))
        } else {
            Err(unknown())
        });
    }
    let Some(lock) = ole.stream("EncryptionInfo").and_then(|info| Lock::of(&info.bytes)) else {
        return Some(Err(unknown()));
    };
    let Some(sealed) = ole.stream("EncryptedPackage").filter(|stream| !stream.cut) else {
        return Some(Err(Refusal::damaged("the file is protected by a password, and it is cut off")));
    };
    Some(passwords.first(|password| lock.open(password, &sealed.bytes)))
}

/// A password as the ciphers take it, in UTF-16.
fn wide(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn unknown() -> Refusal {
    Refusal::new(
        "file-locked",
        "the file is protected by a password, or by rights management, in a way this program can't undo",
        "open it, save a copy without the password, and run again",
    )
}

/// None of so many passwords opens the file.
fn locked(tried: usize) -> Refusal {
    if tried == 0 {
        return Refusal::new(
            WANTS_PASSWORD,
            "the file is protected by a password",
            format!(
                "run at a terminal and type the password, or put it into the environment variable \
                 {PASSWORD_VARIABLE} and run again, or open the file and save a copy without it"
            ),
        );
    }
    let (which, opens) = match tried {
        1 => ("the one that was given".to_owned(), "does not open it"),
        tried => (format!("none of the {tried} that were given"), "opens it"),
    };
    Refusal::new(
        WANTS_PASSWORD,
        format!("the file is protected by a password, and {which} {opens}"),
        format!(
            "check the password (capitals count; several are given one in a line of {PASSWORD_VARIABLE}) and run \
             again, or open the file and save a copy without it"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_come_one_in_a_line_and_are_never_shown() {
        let passwords = Passwords::of_lines("first one\r\n\nsecond\n");
        assert_eq!(passwords.0, ["first one", "second"]);
        assert_eq!(format!("{passwords:?}"), "2 passwords");
    }

    #[test]
    fn damaged_locks_open_nothing() {
        for bytes in [
            &b""[..],
            b"\x04\0\x04\0",
            b"\x04\0\x04\0\x40\0\0\0<encryption/>",
            b"\x03\0\x02\0\0\0\0\0\x10\0\0\0",
        ] {
            assert!(Lock::of(bytes).is_none());
        }
    }
}
