//! Reading a workbook in a process of its own, so that no file can crash, hang or exhaust a run.
//!
//! A parser that loops, aborts or takes all memory takes its process with it, and nothing inside
//! that process can stop it. So the program starts itself once more for each workbook: the request
//! goes in on standard input (no file name on a command line that others can list), what was read
//! comes back on standard output. Whatever becomes of the child becomes a note on the file.
//!
//! The child watches itself: its memory and its time, on every system; on Linux and other Unix
//! systems a limit of the address space stops a single huge allocation too, and on all systems the
//! parent ends a child that has not ended itself. Text files are read where they are: that reader is
//! ours, takes one pass, and needs a small multiple of the file's length.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::limits::Refusal;
use crate::{FileRead, Input, Limits, PASSWORD_VARIABLE, Passwords, format};

/// How the program is told to be a reader.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
    arguments: Vec<String>,
    passwords: Passwords,
}

#[derive(Serialize, Deserialize)]
struct Request {
    input: Input,
    limits: Limits,
    passwords: Passwords,
}

/// The exit codes by which a child says which limit it passed.
const OVER_MEMORY: i32 = 71;
const OVER_TIME: i32 = 72;
/// How often a child looks at itself.
const LOOK: Duration = Duration::from_millis(10);
/// What the parent waits beyond the time limit before it ends the child itself.
const GRACE: Duration = Duration::from_secs(5);
/// Address space beyond the memory limit: the program itself, and what is reserved but never used.
#[cfg(unix)]
const ADDRESSES: u64 = 1 << 30;
/// Bytes at the start of a file that tell whether it is text.
const START: usize = 8;

impl Reader {
    /// A reader that is started by this program with these arguments.
    pub fn new(program: PathBuf, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Reader { program, arguments, passwords: Passwords::default() }
    }

    /// With passwords for what is protected by one. They go to the other process on its standard input,
    /// as all that it is asked.
    #[must_use]
    pub fn with_passwords(self, passwords: Passwords) -> Self {
        Reader { passwords, ..self }
    }

    /// Reads one file: a workbook in a process of its own, text here.
    pub fn read(&self, input: &Input, limits: &Limits) -> FileRead {
        if !is_package(&input.path) {
            return crate::read(input, limits);
        }
        match self.ask(input, limits) {
            Ok(file) => file,
            Err(refusal) => crate::refused(input, limits, refusal),
        }
    }

    fn ask(&self, input: &Input, limits: &Limits) -> Result<FileRead, Refusal> {
        let (input, passwords) = (input.clone(), self.passwords.clone());
        let request = Request { input, limits: limits.clone(), passwords };
        let request = postcard::to_stdvec(&request).map_err(|error| no_process(&error.to_string()))?;
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env("RAYON_NUM_THREADS", "1")
            .env_remove(PASSWORD_VARIABLE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| no_process(&error.to_string()))?;
        if let Some(mut pipe) = child.stdin.take() {
            // A child that is gone already is seen when its answer is missing.
            let _ = pipe.write_all(&request);
        }
        let (answer, status) = finish(child, Duration::from_secs(limits.seconds) + GRACE);
        let status = status.ok_or_else(|| over_time(limits))?;
        if status.success() {
            return answer.ok_or_else(|| stopped("the process that read it gave no whole answer"));
        }
        Err(match status.code() {
            Some(OVER_MEMORY) => over_memory(limits),
            Some(OVER_TIME) => over_time(limits),
            _ => ended(status, limits),
        })
    }
}

/// Reads the child's answer and waits for its end; no status where it had to be ended.
fn finish(mut child: Child, most: Duration) -> (Option<FileRead>, Option<ExitStatus>) {
    let Some(pipe) = child.stdout.take() else { return (None, child.wait().ok()) };
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut pipe = BufReader::with_capacity(1 << 16, pipe);
        let answer = receive(&mut pipe).ok();
        // To the end: a child that is not done must not fail for want of a reader.
        let _ = io::copy(&mut pipe, &mut io::sink());
        let _ = sender.send(answer);
    });
    match receiver.recv_timeout(most) {
        Ok(answer) => (answer, child.wait().ok()),
        Err(_) => {
            let _ = child.kill();
            let _ = child.wait();
            (None, None)
        }
    }
}

/// Sends what was read: all but the cells, its length before it, then the cells of each sheet.
fn send(file: &FileRead, to: &mut impl Write) -> io::Result<()> {
    let head = postcard::to_stdvec(file).map_err(io::Error::other)?;
    to.write_all(&(head.len() as u64).to_le_bytes())?;
    to.write_all(&head)?;
    file.sheets.iter().try_for_each(|sheet| sheet.write_cells(to))?;
    to.flush()
}

fn receive(from: &mut impl Read) -> io::Result<FileRead> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let mut head = Vec::new();
    from.take(u64::from_le_bytes(length)).read_to_end(&mut head)?;
    let mut file: FileRead = postcard::from_bytes(&head).map_err(io::Error::other)?;
    file.sheets.iter_mut().try_for_each(|sheet| sheet.read_cells(from))?;
    Ok(file)
}

/// A zip package or an OLE compound file: what parsers other than our own read.
fn is_package(path: &Path) -> bool {
    let mut start = [0; START];
    let regular = std::fs::metadata(path).is_ok_and(|data| data.is_file());
    regular
        && File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok()
        && format::is_package(&start)
}

/// The child's side: reads the request, reads the file, writes the answer, under the limits.
///
/// # Errors
/// The request can't be read or the answer can't be written: the parent is gone.
pub fn serve(mut from: impl Read, to: impl Write) -> io::Result<()> {
    let mut request = Vec::new();
    from.read_to_end(&mut request)?;
    let Request { input, limits, passwords } = postcard::from_bytes(&request).map_err(io::Error::other)?;
    hold(&limits);
    let file = crate::read_with(&input, &limits, &passwords);
    send(&file, &mut BufWriter::with_capacity(1 << 16, to))
}

/// Sets the limits that the system can keep, and watches those that it can't.
fn hold(limits: &Limits) {
    #[cfg(unix)]
    {
        let space = limits.memory_bytes.saturating_add(ADDRESSES);
        // Where the system refuses, the watch below is what there is.
        let _ = rlimit::Resource::AS.set(space, space);
        let _ = rlimit::Resource::CORE.set(0, 0);
    }
    let (memory, seconds) = (limits.memory_bytes, limits.seconds);
    let began = Instant::now();
    thread::spawn(move || {
        loop {
            if memory_stats::memory_stats().is_some_and(|now| now.physical_mem as u64 > memory) {
                std::process::exit(OVER_MEMORY);
            }
            if began.elapsed() >= Duration::from_secs(seconds) {
                std::process::exit(OVER_TIME);
            }
            thread::sleep(LOOK);
        }
    });
}

pub(crate) fn over_memory(limits: &Limits) -> Refusal {
    let value = limits.memory_bytes >> 20;
    Refusal::new(
        "limit",
        format!("reading the file takes more memory than the limit `reader_mib` of {value} allows"),
        "the file is most likely damaged; open it in a spreadsheet program, save a copy and run again, \
         or split it into smaller files",
    )
}

fn over_time(limits: &Limits) -> Refusal {
    let value = limits.seconds;
    Refusal::new(
        "limit",
        format!("reading the file takes longer than the limit `reader_seconds` of {value} allows"),
        "the file is most likely damaged; open it in a spreadsheet program, save a copy and run again, \
         or split it into smaller files",
    )
}

/// The child ended without saying why: it ran out of memory, or its parser broke.
fn ended(status: ExitStatus, limits: &Limits) -> Refusal {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        const ABORTED: i32 = 6;
        const KILLED: i32 = 9;
        if matches!(status.signal(), Some(ABORTED | KILLED)) {
            return over_memory(limits);
        }
    }
    let _ = (status, limits);
    stopped("the file is damaged in a way that stopped the process that read it")
}

fn stopped(what: &str) -> Refusal {
    Refusal::damaged(what)
}

fn no_process(why: &str) -> Refusal {
    Refusal::new(
        "file-unreadable",
        format!("a workbook is read in a process of its own, which could not be started: {why}"),
        "see that the program may start itself and that the machine has memory left, and run again",
    )
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A reader that does as a script says, in place of reading.
    fn told(script: &str, limits: &Limits) -> FileRead {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        std::fs::write(&path, b"PK\x03\x04 and so on").unwrap();
        let input = Input { path, name: "a.xlsx".to_owned() };
        let reader = Reader::new(PathBuf::from("/bin/sh"), &["-c", script]);
        reader.read(&input, limits)
    }

    #[test]
    fn whatever_becomes_of_the_child_is_a_note_on_the_file() {
        let limits = Limits { seconds: 9, memory_bytes: 7 << 20, ..Limits::default() };
        for (script, code, words) in [
            ("exit 71", "limit", "`reader_mib` of 7"),
            ("exit 72", "limit", "`reader_seconds` of 9"),
            ("kill -9 $$", "limit", "`reader_mib` of 7"),
            ("kill -6 $$", "limit", "`reader_mib` of 7"),
            ("kill -11 $$", "file-damaged", "stopped the process"),
            ("exit 1", "file-damaged", "stopped the process"),
            ("echo what", "file-damaged", "no whole answer"),
            ("exit 0", "file-damaged", "no whole answer"),
            ("exec 1>&-; exit 71", "limit", "`reader_mib`"),
        ] {
            let file = told(script, &limits);
            assert_eq!((file.name.as_str(), file.notes.len(), file.refused), ("a.xlsx", 1, true), "{script}");
            assert_eq!(file.notes[0].code, code, "{script}: {}", file.notes[0].what);
            assert!(file.notes[0].what.contains(words), "{script}: {}", file.notes[0].what);
            assert_eq!((file.bytes, file.sha256.len()), (14, 64), "{script}");
        }
    }

    #[test]
    fn a_child_that_does_not_end_is_ended() {
        let began = Instant::now();
        let file = told("exec sleep 100", &Limits { seconds: 0, ..Limits::default() });
        assert!(file.notes[0].what.contains("`reader_seconds` of 0"), "{}", file.notes[0].what);
        assert!(began.elapsed() < Duration::from_secs(60));
    }

    #[test]
    fn a_program_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        std::fs::write(&path, b"PK\x03\x04 and so on").unwrap();
        let input = Input { path, name: "a.xlsx".to_owned() };
        let file = Reader::new(folder.path().join("none"), &[]).read(&input, &Limits::default());
        assert_eq!((file.notes[0].code, file.refused), ("file-unreadable", true));
    }

    #[test]
    fn what_is_served_is_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, b"Child,DOB\nAnna,\xff\n\"open").unwrap();
        let input = Input { path, name: "a.csv".to_owned() };
        let here = crate::read(&input, &Limits::default());
        let passwords = Passwords::of_lines("one\ntwo");
        let request = Request { input: input.clone(), limits: Limits::default(), passwords };
        let mut sent = Vec::new();
        send(&here, &mut sent).unwrap();
        assert_eq!(format!("{:?}", receive(&mut &sent[..]).unwrap()), format!("{here:?}"));
        for end in 0..sent.len() {
            assert!(receive(&mut &sent[..end]).is_err(), "cut off after {end} of {}", sent.len());
        }
        assert!(!here.sheets[0].notes.is_empty(), "a note is among what is sent");
        assert!(postcard::from_bytes::<Request>(&postcard::to_stdvec(&request).unwrap()).is_ok());
        assert!(serve(&b"no request"[..], Vec::new()).is_err());
    }
}
