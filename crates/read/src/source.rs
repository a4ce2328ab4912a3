//! A file's bytes and their hash. A file over the limit is not read.

use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::limits::{Limits, Refusal};

const CHUNK: usize = 1 << 20;

pub(crate) struct Source {
    pub bytes: Result<Vec<u8>, Refusal>,
    pub sha256: String,
    pub size: u64,
}

/// Reads a file once, from beginning to end.
pub(crate) fn load(path: &Path, limits: &Limits) -> Source {
    let refused = |what: &str| Source {
        bytes: Err(Refusal::new(
            "file-unreadable",
            what,
            "check that it is there, who may read it, and that no other program locks it",
        )),
        sha256: String::new(),
        size: 0,
    };
    match fs::metadata(path) {
        // A pipe or device could keep us waiting for ever.
        Ok(data) if !data.is_file() => return refused("this is not a regular file"),
        // A file over the limit is not read at all: a hundred gigabytes take minutes.
        Ok(data) if data.len() > limits.file_bytes => {
            let over = Refusal::limit("file_bytes", limits.file_bytes, "the file");
            return Source { bytes: Err(over), sha256: String::new(), size: data.len() };
        }
        Ok(_) => {}
        Err(_) => return refused("the file can't be opened"),
    }
    match File::open(path).and_then(|file| hash(file, limits.file_bytes)) {
        Ok((bytes, sha256, size)) => {
            let over = Refusal::limit("file_bytes", limits.file_bytes, "the file");
            Source { bytes: bytes.ok_or(over), sha256, size }
        }
        Err(_) => refused("the file can't be read to its end"),
    }
}

/// Bytes (unless there are more than `most`), hash and size.
fn hash(mut file: File, most: u64) -> io::Result<(Option<Vec<u8>>, String, u64)> {
    let mut hasher = Sha256::new();
    // Only a hint: a file may grow while it is read, and a vector grows by itself.
    let expected = file.metadata()?.len().min(most);
    let mut bytes = Vec::new();
    let _ = bytes.try_reserve_exact(usize::try_from(expected).unwrap_or(0));
    let (mut bytes, mut size) = (Some(bytes), 0);
    let (mut chunk, mut next) = (Vec::with_capacity(CHUNK), Vec::with_capacity(CHUNK));
    loop {
        // One chunk is hashed while it is kept and the next one is read.
        let read = || {
            size += chunk.len() as u64;
            if size > most {
                bytes = None;
            } else if let Some(bytes) = &mut bytes {
                bytes.extend_from_slice(&chunk);
            }
            next.clear();
            file.by_ref().take(CHUNK as u64).read_to_end(&mut next)
        };
        let ((), read) = rayon::join(|| hasher.update(&chunk), read);
        if read? == 0 {
            break;
        }
        std::mem::swap(&mut chunk, &mut next);
    }
    let mut hex = String::with_capacity(64);
    for byte in hasher.finalize().iter() {
        // Writing to a String can't fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Ok((bytes, hex, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_files_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "abc").unwrap();
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for (most, held) in [(3, true), (2, false)] {
            let source = load(&path, &Limits { file_bytes: most, ..Limits::default() });
            assert_eq!((source.sha256.as_str(), source.size), (if held { expected } else { "" }, 3));
            assert_eq!(source.bytes.is_ok(), held);
        }
        let source = load(folder.path(), &Limits::default());
        assert_eq!(source.bytes.unwrap_err().code, "file-unreadable");
    }
}
