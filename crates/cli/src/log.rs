//! The log of runs: lines of JSON for whoever watches over a scheduled run. Stages, counts, times and
//! notes; never a name or a date of birth, because a log is read by people who may not see those.
//!
//! ```text
//! {"at":"2021-09-06T01:00:00Z","event":"start","program":"collate","version":"0.1.0"}
//! {"at":"2021-09-06T01:00:03Z","event":"counts","files":11, …}
//! {"at":"2021-09-06T01:00:03Z","event":"links","anew":true}
//! {"at":"2021-09-06T01:00:03Z","event":"note","severity":"warning","code":"date-impossible", …}
//! {"at":"2021-09-06T01:00:03Z","event":"changes","new":3,"gone":0, …}
//! {"at":"2021-09-06T01:00:04Z","event":"stage","stage":"reading","seconds":0.02}
//! {"at":"2021-09-06T01:00:04Z","event":"end","exit":0,"seconds":4.1}
//! ```

use std::cell::RefCell;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use collate_model::{Changed, Dataset, Note};
use serde_json::{Map, Value, json};

use crate::failure::{Exit, Failure};
use crate::register::now;
use crate::stopwatch::Stopwatch;
use crate::summary::Summary;

/// The log of one run; does nothing where none is asked for.
pub struct Log {
    path: Option<PathBuf>,
    began: Instant,
    /// What is written when the run ends, in one go.
    lines: RefCell<Vec<u8>>,
}

impl Log {
    /// Begins it; a log that can't be written ends the run before it does anything.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let log = Log { path: path.map(Path::to_owned), began: Instant::now(), lines: RefCell::default() };
        log.tell("start", json!({ "program": "collate", "version": env!("CARGO_PKG_VERSION") }));
        log.write()?;
        Ok(log)
    }

    /// What was counted.
    pub fn counts(&self, summary: &Summary) {
        self.tell("counts", summary.counts());
    }

    /// Whether children were linked anew, or as in the last run because all that this rests on was the same.
    pub fn links(&self, anew: bool) {
        self.tell("links", json!({ "anew": anew }));
    }

    /// How many changes of each sort there are since the last run.
    pub fn changes(&self, dataset: &Dataset) {
        let count = |what| dataset.changes.iter().filter(|change| change.what == what).count();
        let counts: Map<String, Value> =
            Changed::ALL.into_iter().map(|what| (what.to_string(), count(what).into())).collect();
        self.tell("changes", counts.into());
    }

    /// What could not be done, and where.
    pub fn notes<'n>(&self, notes: impl IntoIterator<Item = &'n Note>) {
        for note in notes {
            let Note { severity, code, file, sheet, what, .. } = note;
            let place = note.place();
            self.tell(
                "note",
                json!({ "severity": severity, "code": code, "file": file, "sheet": sheet, "place": place, "what": what }),
            );
        }
    }

    /// What is different since the last run, in plain words.
    pub fn since(&self, said: Option<&str>) {
        if let Some(said) = said {
            self.tell("since", json!({ "what": said }));
        }
    }

    /// Nothing has changed since the last run.
    pub fn unchanged(&self) {
        self.tell("unchanged", json!({}));
    }

    /// How long each stage took, and how it all ended.
    pub fn end(&self, ended: Result<Exit, Failure>, watch: &Stopwatch) -> Result<Exit, Failure> {
        for (stage, seconds) in watch.seconds() {
            self.tell("stage", json!({ "stage": stage, "seconds": seconds }));
        }
        let (exit, message) = match &ended {
            Ok(exit) => (*exit, None),
            Err(failure) => (failure.exit(), Some(failure.message())),
        };
        let seconds = (self.began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        let mut end = json!({ "exit": exit.code(), "seconds": seconds });
        if let Some(message) = message {
            end["message"] = message.into();
        }
        self.tell("end", end);
        // What went wrong first is what is to be told.
        let written = self.write();
        ended.and_then(|exit| written.map(|()| exit))
    }

    fn tell(&self, event: &str, more: Value) {
        if self.path.is_none() {
            return;
        }
        let mut line = json!({ "at": now(), "event": event });
        if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
            line.extend(more);
        }
        self.lines.borrow_mut().extend(format!("{line}\n").bytes());
    }

    fn write(&self) -> Result<(), Failure> {
        let Some(path) = &self.path else { return Ok(()) };
        let lines = self.lines.take();
        append(path, &lines).map_err(|error| {
            Failure::failed(
                format!("the log {} can't be written: {error}", path.display()),
                "name another file with --log",
            )
        })
    }
}

/// Appends lines in one go, so that those of two runs do not mix; only its owner may read the file.
fn append(path: &Path, lines: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(lines)
}
