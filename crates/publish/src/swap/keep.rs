//! Clearing a former output away without losing what people put into it.
//!
//! People write into what we publish: answers on the review sheet, a note beside it. A file
//! that the former manifest does not list, or that has changed since, is moved into the new
//! output instead of being deleted.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use collate_model::{Note, Severity};
use rayon::prelude::*;
use serde_json::Value;

use crate::{files, manifest};

/// Empties and removes `old`, and moves what is not ours into `out`. What can't be moved or
/// removed now stays, and the next run tries again.
pub(super) fn clear(old: &Path, out: &Path) -> Vec<Note> {
    go_through(old, out, true)
}

/// Keeps `old` as `OUT.1`, the one that was that as `OUT.2`, and so on up to `keep`; what is not ours in
/// them is moved into `out`, so that it is not forgotten with them.
pub(super) fn rotate(old: &Path, out: &Path, keep: usize) -> Vec<Note> {
    let place = |n: usize| {
        let mut name = out.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{n}"));
        out.with_file_name(name)
    };
    let notes = go_through(old, out, false);
    // One that is nobody's former output is left where it is, and stops those that come.
    for n in (keep..).take_while(|n| manifest::read(&place(*n)).is_some()) {
        go_through(&place(n), out, true);
    }
    for n in (1..keep).rev() {
        if manifest::read(&place(n)).is_some() {
            let _ = fs::rename(place(n), place(n + 1));
        }
    }
    let _ = fs::rename(old, place(1));
    notes
}

/// Moves what is not ours into `out`, and removes what is, where that is wanted.
fn go_through(old: &Path, out: &Path, remove: bool) -> Vec<Note> {
    let Some(former) = manifest::read(old) else { return Vec::new() };
    let mut entries: Vec<PathBuf> =
        fs::read_dir(old).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    // Those kept before keep their names.
    entries.sort_by_key(|path| (path.file_name().is_none_or(|name| base(name) == name), path.clone()));
    let found: Vec<Found> = entries.par_iter().map(|path| look_at(path, &former, remove)).collect();

    let mut notes = Vec::new();
    let mut cleared = remove;
    for (path, found) in entries.iter().zip(found) {
        let Some(name) = path.file_name() else { continue };
        if name == manifest::NAME {
            continue;
        }
        cleared &= match found {
            Found::Ours { removed } => removed,
            Found::NotOurs => {
                let free = free_name(name.to_owned(), out);
                let moved = fs::rename(path, out.join(&free)).is_ok();
                if moved && free != name {
                    notes.push(kept(&name.to_string_lossy(), &free.to_string_lossy()));
                }
                moved
            }
        };
    }
    // The manifest goes last: as long as it is there, the next run knows what this folder is.
    if cleared {
        let _ = fs::remove_file(old.join(manifest::NAME));
        let _ = fs::remove_dir(old);
    }
    notes
}

/// What was found in the place of a former output.
enum Found {
    /// A file of ours, and whether it could be removed.
    Ours { removed: bool },
    /// Anything else; it is still there.
    NotOurs,
}

/// Removes the file if it is ours and that is wanted.
fn look_at(path: &Path, former: &Value, remove: bool) -> Found {
    if is_ours(path, former) {
        Found::Ours { removed: remove && fs::remove_file(path).is_ok() }
    } else {
        Found::NotOurs
    }
}

/// The manifest lists the file, and it still is what was written.
fn is_ours(path: &Path, former: &Value) -> bool {
    let listed = path.file_name().and_then(|name| name.to_str()).and_then(|n| manifest::sha256(former, n));
    let is_file = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    listed.is_some_and(|hash| is_file && files::sha256(path).is_ok_and(|now| now == hash))
}

/// The name without the `kept-` or `kept-2-` that it was given when it was kept.
fn base(name: &OsStr) -> &OsStr {
    let Some(rest) = name.to_str().and_then(|name| name.strip_prefix("kept-")) else { return name };
    let plain = rest.split_once('-').filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let rest = plain.map_or(rest, |(_, rest)| rest);
    if rest.is_empty() { name } else { OsStr::new(rest) }
}

/// The name itself, or `kept-NAME`, `kept-2-NAME` … where the new output has such a file.
fn free_name(name: OsString, out: &Path) -> OsString {
    let is_free = |name: &OsString| fs::symlink_metadata(out.join(name)).is_err();
    if is_free(&name) {
        return name;
    }
    let numbered = |n: u32| {
        let mut kept = OsString::from(if n == 1 { "kept-".to_owned() } else { format!("kept-{n}-") });
        kept.push(base(&name));
        kept
    };
    (1..).map(numbered).find(is_free).unwrap_or_else(|| name.clone())
}

fn kept(name: &str, kept: &str) -> Note {
    Note::new(
        Severity::Warning,
        "changed-output-kept",
        name,
        format!("The former {name} had been changed since it was written, so it was kept as {kept}."),
        format!("Take what you need from {kept}, then delete it."),
    )
}
