//! The reference of the commands, `docs/commands.md`, written from the arguments themselves so that
//! it cannot drift from them. `UPDATE_DOCS=1 cargo test -p collate-cli reference` writes it anew.

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
    let sections =
        command.get_subcommands().filter(|sub| sub.get_name() != "help" && !sub.is_hide_set()).map(section);
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let codes = after.lines().find_map(|line| line.strip_prefix("Exit codes: ")).unwrap_or_default();
    let codes = codes.trim_end_matches('.').split("; ").map(|code| {
        let (number, meaning) = code.split_once(' ').unwrap_or((code, ""));
        format!("| {number} | {meaning} |\n")
    });
    format!(
        "{START}{}\n## Exit codes\n\n| Code | Meaning |\n| --- | --- |\n{}",
        sections.collect::<String>(),
        codes.collect::<String>()
    )
}

/// One command: what it does, how it is called, its arguments and options.
fn section(command: &Command) -> String {
    let name = command.get_name();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let aliases: Vec<String> =
        command.get_visible_aliases().map(|name| format!("`collate {name}`")).collect();
    let aliases = match aliases.join(", ") {
        names if names.is_empty() => names,
        names => format!(" Also called {names}."),
    };
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let rows: String = command.get_arguments().filter(|arg| arg.get_id() != "help").map(row).collect();
    format!(
        "\n## `collate {name}`\n\n{about}.{aliases}\n\n```text\n{usage}\n```\n\n\
         | Argument | Meaning | Default |\n| --- | --- | --- |\n{rows}"
    )
}

/// One argument. A default that depends on where it runs stands in brackets in its help.
fn row(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let (help, told) = help.split_once(" [default: ").unwrap_or((&help, ""));
    let values = arg.get_default_values().iter().filter(|_| arg.get_action().takes_values());
    let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
    let default = if values.is_empty() {
        told.trim_end_matches(']').to_owned()
    } else {
        format!("`{}`", values.join(","))
    };
    format!("| `{}` | {} | {default} |\n", name(arg), help.replace('|', "\\|"))
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
