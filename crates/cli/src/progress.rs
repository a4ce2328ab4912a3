//! Progress on a terminal: one bar per stage, on standard error. Elsewhere nothing is shown.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows how far a command is.
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// Shown on a terminal, unless `quiet`.
    pub fn new(quiet: bool) -> Self {
        Progress { shown: !quiet && std::io::stderr().is_terminal() }
    }

    /// Somebody looks on, who may be asked.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// A bar for a stage of `length` steps.
    pub fn bar(&self, name: &'static str, length: usize) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(length as u64), self.target());
        let style = ProgressStyle::with_template("{msg:<24} {bar:30} {pos}/{len} {eta}");
        bar.set_style(style.expect("the template is well formed"));
        bar.set_message(name);
        bar
    }

    /// Bars for stages that follow each other.
    pub fn bars(&self) -> Bars {
        Bars { bar: self.bar("", 0) }
    }

    /// A sign of life for a stage whose length nobody knows.
    pub fn spinner(&self, name: &'static str) -> ProgressBar {
        let spinner = ProgressBar::with_draw_target(None, self.target());
        let style = ProgressStyle::with_template("{msg:<24} {spinner} {elapsed}");
        spinner.set_style(style.expect("the template is well formed"));
        spinner.set_message(name);
        spinner.enable_steady_tick(Duration::from_millis(120));
        spinner
    }

    fn target(&self) -> ProgressDrawTarget {
        if self.shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() }
    }
}

/// One bar that is used for one stage after the other.
pub struct Bars {
    bar: ProgressBar,
}

impl Bars {
    /// How far a stage is; with nothing done it begins.
    pub fn show(&self, name: &'static str, done: usize, of: usize) {
        if done == 0 {
            self.bar.reset();
            self.bar.set_message(name);
            self.bar.set_length(of as u64);
        }
        self.bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
