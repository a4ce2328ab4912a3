//! The program `collate`: one offline binary that makes one clean dataset of many trackers.

mod args;
mod ceiling;
mod config;
mod databases;
mod decisions;
mod diff;
mod evaluate;
mod explain;
mod failure;
mod init;
mod inspect;
mod kinds;
mod linking;
mod log;
mod manifest;
mod model;
mod pipeline;
mod places;
mod plan;
mod private;
mod progress;
mod reader;
#[cfg(test)]
mod reference;
mod register;
mod review;
mod run;
mod say;
mod stopwatch;
mod summary;
mod synth;
mod unused_settings;
mod versions;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let outcome = match Args::parse().command {
        Command::Run(args) => run::run(&args),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Init(args) => init::init(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Review(args) => review::review(&args),
        Command::Decisions(args) => decisions::decisions(&args),
        Command::Diff(args) => diff::diff(&args),
        Command::Model(args) => model::model(&args),
        Command::Evaluate(args) => evaluate::evaluate(&args),
        Command::Kinds(args) => kinds::kinds(&args),
        Command::Demo(args) => synth::synth(&args),
        Command::Reader => reader::serve_reader(),
    };
    outcome.unwrap_or_else(|failure| failure.report()).into()
}
