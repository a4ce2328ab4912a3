//! A new folder beside the target, swapped in when it is complete.
//!
//! ```text
//! .merged.collate-new-PID   the new output, while it is written
//! merged                    the former output, whole until the swap
//! .merged.collate-old       the former output, between the swap and its removal
//! ```
//! A run that dies leaves one of the hidden folders; the next run puts that right. Only files
//! that a manifest of ours lists, and that nobody has changed since, are ever deleted.

mod keep;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use collate_model::Note;

use crate::error::{At, ErrorKind, PublishError};
use crate::{files, manifest};

/// Where a system that can lists its processes by their numbers.
const PROCESSES: &str = "/proc";

/// No run takes longer, as far as anyone can tell without such a list.
const LONGEST_RUN: Duration = Duration::from_secs(24 * 60 * 60);

/// The target, and the new folder in which its files are written.
#[derive(Debug)]
pub(crate) struct Stage {
    out: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

/// What stands at the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Missing,
    Empty,
    Former,
}

impl Stage {
    /// Looks at the target, tidies up after a run that died, and makes the new folder.
    pub fn open(out: &Path) -> Result<Stage, PublishError> {
        let out = resolve(out)?;
        look_at(&out)?;
        let stage = Stage::of(&out)?;
        let parent = out.parent().unwrap_or(&out);
        fs::create_dir_all(parent).at(ErrorKind::Write, parent)?;
        stage.tidy(parent, 0)?;
        files::create_folder(&stage.new)?;
        Ok(stage)
    }

    /// Where its folders are; nothing is made yet.
    fn of(out: &Path) -> Result<Stage, PublishError> {
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(PublishError::new(ErrorKind::NotAFolder, out));
        };
        let hidden = format!(".{}.collate-", name.to_string_lossy());
        Ok(Stage {
            // The number keeps two runs into one target from swapping in each other's half.
            new: parent.join(format!("{hidden}new-{}", std::process::id())),
            old: parent.join(format!("{hidden}old")),
            out: out.to_owned(),
        })
    }

    fn tidy(&self, parent: &Path, keep: usize) -> Result<(), PublishError> {
        self.recover(keep)?;
        let new = self.new.file_name().unwrap_or_default().to_string_lossy();
        let number = std::process::id().to_string();
        remove_unfinished(parent, new.strip_suffix(&number).unwrap_or(&new));
        Ok(())
    }

    /// The new folder.
    pub fn folder(&self) -> &Path {
        &self.new
    }

    /// Puts the new folder in the target's place and removes the former output. Gives the
    /// target and a note on every file that was kept because somebody had changed it.
    pub fn swap_in(self, keep: usize) -> Result<(PathBuf, Vec<Note>), PublishError> {
        let out = &self.out;
        let former = match look_at(out)? {
            Target::Missing => false,
            Target::Empty => {
                fs::remove_dir(out).at(ErrorKind::Swap, out)?;
                false
            }
            Target::Former => {
                // Nothing stood at the place of the old one when the stage was opened.
                fs::rename(out, &self.old)
                    .map_err(|error| self.failed(error, !is_there(out) || is_there(&self.old)))?;
                true
            }
        };
        if let Err(error) = fs::rename(&self.new, out) {
            // Where somebody else's output stands now, the next run clears the old one away.
            let overtaken = is_there(out);
            if former && !overtaken {
                fs::rename(&self.old, out).at(ErrorKind::Swap, out)?;
            }
            return Err(self.failed(error, overtaken));
        }
        if let Some(parent) = out.parent() {
            files::sync_folder(parent)?;
        }
        let notes = match (former, keep) {
            (false, _) => Vec::new(),
            (true, 0) => keep::clear(&self.old, out),
            (true, _) => keep::rotate(&self.old, out, keep),
        };
        Ok((self.out.clone(), notes))
    }

    /// Why the swap failed: another run, or what the system says.
    fn failed(&self, error: io::Error, overtaken: bool) -> PublishError {
        if overtaken {
            return PublishError::new(ErrorKind::Overtaken, &self.out);
        }
        PublishError { cause: Some(error.into()), ..PublishError::new(ErrorKind::Swap, &self.out) }
    }

    /// Finishes, or undoes, the swap of a run that died in the middle of it.
    fn recover(&self, keep: usize) -> Result<(), PublishError> {
        if !is_there(&self.old) {
            return Ok(());
        }
        if manifest::read(&self.old).is_none() {
            // What is left when everything in it was moved or deleted; never removed if not empty.
            return fs::remove_dir(&self.old).at(ErrorKind::InTheWay, &self.old);
        }
        match look_at(&self.out)? {
            Target::Missing => {}
            Target::Empty => fs::remove_dir(&self.out).at(ErrorKind::Swap, &self.out)?,
            Target::Former => {
                match keep {
                    0 => keep::clear(&self.old, &self.out),
                    _ => keep::rotate(&self.old, &self.out, keep),
                };
                return match fs::symlink_metadata(&self.old) {
                    Ok(_) => Err(PublishError::new(ErrorKind::InTheWay, &self.old)),
                    Err(_) => Ok(()),
                };
            }
        }
        fs::rename(&self.old, &self.out).at(ErrorKind::Swap, &self.out)
    }
}

impl Drop for Stage {
    /// A run that failed leaves nothing behind; after a swap there is nothing left to remove.
    fn drop(&mut self) {
        remove_flat(&self.new);
    }
}

/// The target as an absolute path; a link is followed, so that the folder behind it is swapped.
fn resolve(out: &Path) -> Result<PathBuf, PublishError> {
    let absolute = std::path::absolute(out).at(ErrorKind::NotAFolder, out)?;
    let is_link = fs::symlink_metadata(&absolute).is_ok_and(|meta| meta.is_symlink());
    if is_link { fs::canonicalize(&absolute).at(ErrorKind::NotAFolder, out) } else { Ok(absolute) }
}

/// Tidies up after a run that died.
pub(crate) fn tidy(out: &Path, keep: usize) -> Result<(), PublishError> {
    let out = resolve(out)?;
    let stage = Stage::of(&out)?;
    stage.tidy(out.parent().unwrap_or(&out), keep)
}

/// Says why a target can't be published into; nothing is touched.
pub(crate) fn check(out: &Path) -> Result<(), PublishError> {
    look_at(&resolve(out)?).map(|_| ())
}

fn look_at(out: &Path) -> Result<Target, PublishError> {
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Target::Missing),
        Err(error) => return Err(error).at(ErrorKind::Read, out),
        Ok(meta) if !meta.is_dir() => return Err(PublishError::new(ErrorKind::NotAFolder, out)),
        Ok(_) => {}
    }
    let mut entries = fs::read_dir(out).at(ErrorKind::Read, out)?;
    if entries.next().is_none() {
        Ok(Target::Empty)
    } else if manifest::read(out).is_some() {
        Ok(Target::Former)
    } else {
        Err(PublishError::new(ErrorKind::NotOurs, out))
    }
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Removes the new folders of runs that died. What can't be removed is in nobody's way.
fn remove_unfinished(parent: &Path, prefix: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(prefix))
            .filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        if process.is_some_and(|process| !may_go_on(process, &entry.path(), Path::new(PROCESSES))) {
            remove_flat(&entry.path());
        }
    }
}

/// The run that made this folder may still be writing into it.
fn may_go_on(process: &str, folder: &Path, processes: &Path) -> bool {
    // This run has made none yet: a former one had the same number.
    if process == std::process::id().to_string() {
        return false;
    }
    if is_there(&processes.join("self")) {
        return is_there(&processes.join(process));
    }
    let made = fs::symlink_metadata(folder).and_then(|meta| meta.modified());
    // A folder from the future, after a change of the clock, is as young as one of this moment.
    made.is_ok_and(|made| made.elapsed().unwrap_or_default() < LONGEST_RUN)
}

/// Removes a folder of ours with its files. We never make folders in it: if it holds one, it stays.
fn remove_flat(folder: &Path) {
    if !fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_dir()) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let _ = fs::remove_file(entry.path());
    }
    let _ = fs::remove_dir(folder);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_left_while_its_run_may_go_on() {
        let place = tempfile::tempdir().unwrap();
        let (processes, folder) = (place.path().join("proc"), place.path().join("new"));
        fs::create_dir(&folder).unwrap();
        let mine = std::process::id().to_string();
        // Nobody lists processes: a young folder may be in use.
        assert!(may_go_on("12", &folder, &processes));
        assert!(!may_go_on(&mine, &folder, &processes));
        assert!(!may_go_on("12", &place.path().join("gone"), &processes));
        fs::create_dir_all(processes.join("self")).unwrap();
        fs::create_dir(processes.join("12")).unwrap();
        for (process, alive) in [("12", true), ("1", false), ("123", false), (&mine, false)] {
            assert_eq!(may_go_on(process, &folder, &processes), alive, "{process}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_yesterday_is_of_a_run_that_died() {
        let place = tempfile::tempdir().unwrap();
        let folder = fs::File::open(place.path()).unwrap();
        folder.set_modified(std::time::SystemTime::now() - LONGEST_RUN).unwrap();
        assert!(!may_go_on("12", place.path(), &place.path().join("proc")));
    }

    /// A former output that holds its manifest alone.
    fn former(folder: &Path) {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join(manifest::NAME), "{\"program\":\"collate\"}").unwrap();
    }

    #[test]
    fn a_run_that_was_overtaken_says_so_and_leaves_the_output_of_the_other() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("merged");
        former(&out);
        let stage = Stage::open(&out).unwrap();
        // The other run has swapped, and has not cleared its former output away yet.
        former(&stage.old);
        let (new, old) = (stage.new.clone(), stage.old.clone());
        let error = stage.swap_in(0).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Overtaken);
        assert!(error.to_string().contains("another run of collate has just published here; run again"));
        assert!(manifest::read(&out).is_some() && is_there(&old) && !is_there(&new));
    }

    #[test]
    fn a_swap_that_fails_by_itself_is_no_other_run() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("merged");
        former(&out);
        let stage = Stage::open(&out).unwrap();
        fs::remove_dir(&stage.new).unwrap();
        assert_eq!(stage.swap_in(0).unwrap_err().kind, ErrorKind::Swap);
        assert!(manifest::read(&out).is_some());
    }
}
