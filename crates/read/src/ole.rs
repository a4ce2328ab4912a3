//! OLE2 compound files, as far as needed before a parser is let at one: which streams there
//! are (so what the file is), and one stream's bytes. Follows [MS-CFB]; every chain is bounded
//! by the number of sectors that the file can hold.

/// The first eight bytes of a compound file.
pub(crate) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

const LAST_REGULAR_SECTOR: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
const DIRECTORY_ENTRY: usize = 128;
const STREAM: u8 = 2;

struct Entry {
    name: String,
    object: u8,
    start: u32,
    size: u64,
}

/// A compound file.
pub(crate) struct Ole<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_cutoff: u64,
    entries: Vec<Entry>,
}

/// A stream's bytes, and whether any of its sectors lie beyond the end of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stream {
    pub bytes: Vec<u8>,
    pub cut: bool,
}

impl<'a> Ole<'a> {
    /// Reads header, allocation table and directory; `None` if there is no usable directory.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(&SIGNATURE) {
            return None;
        }
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut ole = Ole {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_cutoff: u64::from(u32_at(bytes, 56)?),
            entries: Vec::new(),
        };
        for id in ole.fat_sectors()? {
            ole.fat.extend(ole.sector(id).unwrap_or_default().chunks_exact(4).map(u32_of));
        }
        let directory = ole.chain(u32_at(bytes, 48)?, u64::MAX);
        ole.entries = directory.bytes.chunks_exact(DIRECTORY_ENTRY).filter_map(entry).collect();
        let mini_fat = ole.chain(u32_at(bytes, 60)?, u64::MAX);
        ole.mini_fat = mini_fat.bytes.chunks_exact(4).map(u32_of).collect();
        (!ole.entries.is_empty()).then_some(ole)
    }

    /// True if there is a stream or storage of that name (names know no case).
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A stream's bytes.
    pub fn stream(&self, name: &str) -> Option<Stream> {
        let entry = self.find(name).filter(|entry| entry.object == STREAM)?;
        if entry.size >= self.mini_cutoff {
            return Some(self.chain(entry.start, entry.size));
        }
        let root = self.entries.first()?;
        let container = self.chain(root.start, root.size);
        let mut stream = Stream { bytes: Vec::new(), cut: container.cut };
        let mut id = entry.start;
        let mut seen = vec![false; self.mini_fat.len()];
        while (stream.bytes.len() as u64) < entry.size {
            let at = id as usize * MINI_SECTOR;
            let again = seen.get_mut(id as usize).is_some_and(|seen| std::mem::replace(seen, true));
            let Some(part) = container.bytes.get(at..at + MINI_SECTOR).filter(|_| !again) else {
                stream.cut = true;
                break;
            };
            stream.bytes.extend_from_slice(part);
            id = self.mini_fat.get(id as usize).copied().unwrap_or(u32::MAX);
        }
        stream.bytes.truncate(entry.size as usize);
        Some(stream)
    }

    /// A chain of sectors that others than this reader follow comes back to where it was: those have no
    /// end of it.
    pub fn loops(&self) -> bool {
        let header = [48, 60].into_iter().filter_map(|at| u32_at(self.bytes, at));
        let is_large = |entry: &&Entry| entry.object == STREAM && entry.size >= self.mini_cutoff.min(4096);
        let of_streams = self.entries.iter().filter(is_large).chain(self.entries.first());
        header.chain(of_streams.map(|entry| entry.start)).any(|start| self.comes_back(start))
    }

    fn comes_back(&self, start: u32) -> bool {
        let mut seen = vec![false; self.fat.len()];
        let mut id = start as usize;
        while let (Some(seen), Some(next)) = (seen.get_mut(id), self.fat.get(id)) {
            if std::mem::replace(seen, true) {
                return true;
            }
            id = *next as usize;
        }
        false
    }

    /// The file with other bytes in a stream, as many as it has.
    pub fn with_stream(&self, name: &str, content: &[u8]) -> Option<Vec<u8>> {
        let entry = self.find(name).filter(|entry| entry.object == STREAM)?;
        let mut file = self.bytes.to_vec();
        let mini = entry.size < self.mini_cutoff;
        let (step, table) = if mini { (MINI_SECTOR, &self.mini_fat) } else { (self.sector, &self.fat) };
        // The mini stream is cut into sectors as every other.
        let mut root = self.entries.first()?.start;
        let mut container = Vec::new();
        while mini && root < LAST_REGULAR_SECTOR && container.len() < self.fat.len() {
            container.push(root as usize);
            root = self.fat.get(root as usize).copied().unwrap_or(u32::MAX);
        }
        let mut id = entry.start as usize;
        for part in content.chunks(step) {
            let (sector, within) = if mini {
                let at = id.checked_mul(MINI_SECTOR)?;
                (*container.get(at / self.sector)?, at % self.sector)
            } else {
                (id, 0)
            };
            let start = sector.checked_add(1)?.checked_mul(self.sector)? + within;
            file.get_mut(start..start.checked_add(part.len())?)?.copy_from_slice(part);
            id = table.get(id).copied().unwrap_or(u32::MAX) as usize;
        }
        Some(file)
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Sectors that hold the allocation table: 109 in the header, the rest in a list of sectors.
    fn fat_sectors(&self) -> Option<Vec<u32>> {
        let mut ids: Vec<u32> = self.bytes.get(76..512)?.chunks_exact(4).map(u32_of).collect();
        let mut next = u32_at(self.bytes, 68)?;
        for _ in 0..self.bytes.len() / self.sector {
            let Some(list) = self.sector(next).filter(|list| list.len() == self.sector) else { break };
            let (more, link) = list.split_at(self.sector - 4);
            ids.extend(more.chunks_exact(4).map(u32_of));
            next = u32_of(link);
        }
        ids.retain(|id| *id < LAST_REGULAR_SECTOR);
        ids.truncate(self.bytes.len() / self.sector);
        Some(ids)
    }

    /// A sector's bytes, fewer than a full one at the end of the file.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        if id >= LAST_REGULAR_SECTOR {
            return None;
        }
        let start = (id as usize + 1) * self.sector;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|part| !part.is_empty())
    }

    fn chain(&self, start: u32, size: u64) -> Stream {
        let mut stream = Stream { bytes: Vec::new(), cut: false };
        let mut id = start;
        let mut seen = vec![false; self.fat.len()];
        for _ in 0..self.fat.len() {
            if stream.bytes.len() as u64 >= size || id >= LAST_REGULAR_SECTOR {
                break;
            }
            // A chain that comes back to where it was holds the same bytes once more, in the place of
            // others.
            if seen.get_mut(id as usize).is_some_and(|seen| std::mem::replace(seen, true)) {
                break;
            }
            let Some(part) = self.sector(id) else { break };
            stream.bytes.extend_from_slice(part);
            id = self.fat.get(id as usize).copied().unwrap_or(u32::MAX);
        }
        stream.cut = size != u64::MAX && (stream.bytes.len() as u64) < size;
        stream.bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        stream
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).min(64);
    let units = bytes[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let name: String =
        char::decode_utf16(units.take_while(|unit| *unit != 0)).filter_map(Result::ok).collect();
    (bytes[66] != 0).then_some(Entry {
        name,
        object: bytes[66],
        start: u32_at(bytes, 116)?,
        // The upper half is undefined in files with small sectors, which never need it.
        size: u64::from(u32_at(bytes, 120)?),
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(u32_of)
}

fn u32_of(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A compound file of 512-byte sectors with one stream, long enough to need no mini stream:
    /// sector 0 is the allocation table, 1 the directory, the stream follows.
    pub(crate) fn compound(name: &str, content: &[u8]) -> Vec<u8> {
        let sectors = content.len().div_ceil(512).max(8);
        let mut header = vec![0u8; 512];
        header[..8].copy_from_slice(&SIGNATURE);
        for (at, value) in [(24, 0x3Eu16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
            header[at..at + 2].copy_from_slice(&value.to_le_bytes());
        }
        for (at, value) in [(44, 1u32), (48, 1), (56, 4096), (60, u32::MAX - 1), (68, u32::MAX - 1), (76, 0)]
        {
            header[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        header[80..].fill(0xFF);
        let mut fat = vec![0xFFFF_FFFDu32, 0xFFFF_FFFE];
        fat.extend((0..sectors as u32 - 1).map(|i| i + 3));
        fat.push(0xFFFF_FFFE);
        fat.resize(128, u32::MAX);
        let mut directory = vec![0u8; 512];
        let size = (sectors * 512) as u32;
        for (slot, name, object, start, size) in
            [(0, "Root Entry", 5u8, u32::MAX - 1, 0), (1, name, STREAM, 2, size)]
        {
            let entry = &mut directory[slot * 128..][..128];
            for (i, unit) in name.encode_utf16().enumerate() {
                entry[i * 2..i * 2 + 2].copy_from_slice(&unit.to_le_bytes());
            }
            entry[64..66].copy_from_slice(&(name.len() as u16 * 2 + 2).to_le_bytes());
            entry[66] = object;
            entry[68..80].fill(0xFF);
            if slot == 0 {
                entry[76..80].copy_from_slice(&1u32.to_le_bytes());
            }
            entry[116..120].copy_from_slice(&start.to_le_bytes());
            entry[120..124].copy_from_slice(&size.to_le_bytes());
        }
        let mut file = header;
        file.extend(fat.iter().flat_map(|id| id.to_le_bytes()));
        file.extend(directory);
        file.extend_from_slice(content);
        file.resize(512 * (3 + sectors), 0);
        file
    }

    #[test]
    fn chains_that_come_back_are_seen() {
        // (sector, the one that follows it in its chain): the directory, the stream, neither.
        for (sector, next, expected) in [(1, 1, true), (4, 2, true), (4, 5, false), (20, 20, false)] {
            let mut file = compound("Workbook", &[7; 5000]);
            file[512 + 4 * sector..][..4].copy_from_slice(&(next as u32).to_le_bytes());
            assert_eq!(Ole::open(&file).unwrap().loops(), expected, "{sector} {next}");
        }
    }

    #[test]
    fn streams_are_found_and_cuts_are_seen() {
        let file = compound("EncryptedPackage", &[7; 5000]);
        let ole = Ole::open(&file).unwrap();
        assert!(ole.has("encryptedpackage") && !ole.has("Workbook"));
        let stream = ole.stream("EncryptedPackage").unwrap();
        assert_eq!((stream.bytes[4999], stream.bytes[5000], stream.cut), (7, 0, false));
        let other = ole.with_stream("EncryptedPackage", &[8; 5000]).unwrap();
        assert_eq!(Ole::open(&other).unwrap().stream("EncryptedPackage").unwrap().bytes[..5000], [8; 5000]);
        let ole = Ole::open(&file[..3000]).unwrap();
        assert!(ole.stream("EncryptedPackage").unwrap().cut);
    }

    #[test]
    fn a_chain_that_comes_back_to_where_it_was_is_cut_there() {
        let mut file = compound("Workbook", &[7; 5000]);
        // The fourth sector of the stream leads to its second.
        file[512 + 5 * 4..][..4].copy_from_slice(&3u32.to_le_bytes());
        let stream = Ole::open(&file).unwrap().stream("Workbook").unwrap();
        assert_eq!((stream.bytes.len(), stream.cut), (4 * 512, true));
    }

    proptest! {
        #[test]
        fn damage_never_panics_or_hangs(at in 0usize..6000, junk in proptest::collection::vec(any::<u8>(), 1..200), cut in 0usize..7000) {
            let mut file = compound("Workbook", &[1; 5000]);
            let end = (at + junk.len()).min(file.len());
            if at < end {
                file[at..end].copy_from_slice(&junk[..end - at]);
            }
            file.truncate(cut);
            if let Some(ole) = Ole::open(&file) {
                ole.stream("Workbook");
            }
        }
    }
}
