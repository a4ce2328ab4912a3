//! A compound file ([MS-CFB], version 3) with a single stream `Workbook`: header, allocation
//! table, directory, stream. No times are written, so the bytes are the same each time.

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;
const TABLE_OF_TABLES: u32 = 0xFFFF_FFFC;
/// Streams shorter than this would belong into a stream of small sectors; ours are padded.
const SMALLEST: usize = 4096;
/// Sectors of the allocation table that the header itself lists.
const IN_HEADER: usize = 109;
/// Entries of one sector, and of one in a table of tables, whose last is a link.
const ENTRIES: usize = SECTOR / 4;

/// Wraps the stream.
pub fn wrap(stream: &[u8]) -> Vec<u8> {
    let size = stream.len().max(SMALLEST);
    let stream_sectors = size.div_ceil(SECTOR);
    let (tables, lists) = table_sizes(stream_sectors + 1);
    // Sectors in this order: tables of tables, allocation table, directory, stream.
    let directory = lists + tables;
    let mut out = header(tables, lists, directory);
    for list in 0..lists {
        for entry in 0..ENTRIES - 1 {
            let table = IN_HEADER + list * (ENTRIES - 1) + entry;
            push(&mut out, if table < tables { (lists + table) as u32 } else { FREE });
        }
        push(&mut out, if list + 1 < lists { list as u32 + 1 } else { END });
    }
    for sector in 0..tables * ENTRIES {
        let first = directory + 1;
        push(
            &mut out,
            match sector {
                s if s < lists => TABLE_OF_TABLES,
                s if s < directory => TABLE,
                s if s == directory => END,
                s if s + 1 < first + stream_sectors => s as u32 + 1,
                s if s + 1 == first + stream_sectors => END,
                _ => FREE,
            },
        );
    }
    entry(&mut out, "Root Entry", 5, 1, END, 0);
    entry(&mut out, "Workbook", 2, FREE, directory as u32 + 1, size as u32);
    entry(&mut out, "", 0, FREE, 0, 0);
    entry(&mut out, "", 0, FREE, 0, 0);
    out.extend(stream);
    out.resize(SECTOR * (1 + directory + 1 + stream_sectors), 0);
    out
}

/// Sectors of the allocation table, and of tables of tables, for so many sectors beside them.
fn table_sizes(others: usize) -> (usize, usize) {
    let (mut tables, mut lists) = (1, 0);
    loop {
        let needed = (others + tables + lists).div_ceil(ENTRIES);
        let listed = needed.saturating_sub(IN_HEADER).div_ceil(ENTRIES - 1);
        if (needed, listed) == (tables, lists) {
            return (tables, lists);
        }
        (tables, lists) = (needed.max(tables), listed.max(lists));
    }
}

fn push(out: &mut Vec<u8>, word: u32) {
    out.extend(word.to_le_bytes());
}

fn header(tables: usize, lists: usize, directory: usize) -> Vec<u8> {
    let mut out = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    out.extend([0; 16]);
    // Version 3.62, little endian, sectors of 512 bytes, small sectors of 64.
    for word in [0x3Eu16, 3, 0xFFFE, 9, 6] {
        out.extend(word.to_le_bytes());
    }
    out.extend([0; 10]);
    let first_list = if lists > 0 { 0 } else { END };
    for word in [tables as u32, directory as u32, 0, SMALLEST as u32, END, 0, first_list, lists as u32] {
        push(&mut out, word);
    }
    for table in 0..IN_HEADER {
        push(&mut out, if table < tables { (lists + table) as u32 } else { FREE });
    }
    out
}

fn entry(out: &mut Vec<u8>, name: &str, kind: u8, child: u32, start: u32, size: u32) {
    let mut units: Vec<u16> = name.encode_utf16().collect();
    let length = if units.is_empty() { 0 } else { (units.len() as u16 + 1) * 2 };
    units.resize(32, 0);
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out.extend(length.to_le_bytes());
    out.extend([kind, 1]);
    [FREE, FREE, child].into_iter().for_each(|word| push(out, word));
    out.extend([0; 36]);
    push(out, start);
    push(out, size);
    push(out, 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_describe_every_sector() {
        // 13,952 sectors are the last that the header's list covers.
        for stream_sectors in [8, 127, 128, 13_800, 13_900, 14_000, 60_000] {
            let file = wrap(&vec![7; stream_sectors * SECTOR]);
            assert_eq!(file.len() % SECTOR, 0);
            let (tables, lists) = table_sizes(stream_sectors + 1);
            assert!(tables * ENTRIES >= file.len() / SECTOR - 1, "{stream_sectors}");
            assert_eq!(lists > 0, tables > IN_HEADER);
        }
    }
}
