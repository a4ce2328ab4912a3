//! How long each stage took, and how much memory the process held: for `--json`, never for files.

use std::sync::Mutex;
use std::time::Instant;

use serde_json::{Map, Value};

/// Times one stage after the other.
pub struct Stopwatch {
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Stopwatch {
    /// Starts with a first stage.
    pub fn start(stage: &'static str) -> Self {
        Stopwatch { stages: Mutex::new(vec![(stage, Instant::now())]) }
    }

    /// The stage before is over, this one begins. A stage that comes again adds to its time.
    pub fn next(&self, stage: &'static str) {
        self.stages.lock().expect("nothing panics while it is locked").push((stage, Instant::now()));
    }

    /// Seconds of each stage, in the order in which they first began.
    pub fn seconds(&self) -> Map<String, Value> {
        let stages = self.stages.lock().expect("nothing panics while it is locked");
        let ends = stages.iter().skip(1).map(|(_, began)| *began).chain([Instant::now()]);
        let mut seconds: Map<String, Value> = Map::new();
        for ((stage, began), end) in stages.iter().zip(ends) {
            let before = seconds.get(*stage).and_then(Value::as_f64).unwrap_or(0.0);
            let sum = before + end.duration_since(*began).as_secs_f64();
            seconds.insert((*stage).to_owned(), ((sum * 10_000.0).round() / 10_000.0).into());
        }
        seconds
    }
}

/// The most memory the process held, in bytes; nothing where the system does not say.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kib| kib * 1024)
}
