//! `scripts/reliability` in small: runs that are killed, a register that is damaged, a few nights.

use std::path::Path;
use std::process::Command;

#[cfg(unix)]
#[test]
fn nothing_is_lost() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/reliability");
    let program = env!("CARGO_BIN_EXE_collate");
    let tried = Command::new(&script)
        .args(["--quick", "--collate", program, "kill", "register", "clock", "nights"])
        .output();
    let Ok(output) = tried else {
        eprintln!("skipped: {} can't be run; it needs Python 3", script.display());
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
