//! The reference of the commands, `docs/commands.md`, written from the arguments themselves so that
//! it cannot drift from them. `UPDATE_DOCS=1 cargo test -p collate-cli reference` writes it anew.

use std::fmt::Write;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};

use crate::args::Args;

const START: &str = "\
# Commands

Written from the program's own arguments; `collate help COMMAND` says the same on the terminal.
";

/// The whole page.
fn page() -> String {
    let mut command = Args::command();
    command.build();
    let mut text = START.to_owned();
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        section(sub, &mut text);
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let codes = after.lines().find_map(|line| line.strip_prefix("Exit codes: ")).unwrap_or_default();
    text.push_str("\n## Exit codes\n\n| Code | Meaning |\n| --- | --- |\n");
    for code in codes.trim_end_matches('.').split("; ") {
        let (number, meaning) = code.split_once(' ').unwrap_or((code, ""));
        writeln!(text, "| {number} | {meaning} |").expect("a string takes everything");
    }
    text
}

/// One command: what it does, how it is called, its arguments and options.
fn section(command: &Command, text: &mut String) {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let aliases: Vec<String> =
        command.get_visible_aliases().map(|name| format!("`collate {name}`")).collect();
    write!(text, "\n## `collate {}`\n\n{about}.", command.get_name()).expect("a string takes everything");
    if !aliases.is_empty() {
        write!(text, " Also called {}.", aliases.join(", ")).expect("a string takes everything");
    }
    write!(text, "\n\n```text\n{usage}\n```\n\n| Argument | Meaning | Default |\n| --- | --- | --- |\n")
        .expect("a string takes everything");
    for arg in command.get_arguments().filter(|arg| arg.get_id() != "help") {
        let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        let default = if default.is_empty() { String::new() } else { format!("`{}`", default.join(",")) };
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        writeln!(text, "| `{}` | {} | {default} |", name(arg), help.replace('|', "\\|"))
            .expect("a string takes everything");
    }
}

/// `-q, --quiet`, `--out <DIR>`, `<PATH>`.
fn name(arg: &Arg) -> String {
    let value = arg.get_value_names().unwrap_or_default().first().map(|name| format!("<{name}>"));
    let value = value.filter(|_| arg.get_action().takes_values()).unwrap_or_default();
    let flags = [arg.get_short().map(|c| format!("-{c}")), arg.get_long().map(|name| format!("--{name}"))];
    let flags: Vec<String> = flags.into_iter().flatten().collect();
    format!("{} {value}", flags.join(", ")).trim().to_owned()
}

#[test]
fn the_page_says_what_the_program_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/commands.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page(), "run `UPDATE_DOCS=1 cargo test -p collate-cli reference`");
}
