//! What the register knows of rows and entities, for whoever asks by a file and a row, or by an id.

use collate_model::Source;

use crate::decision::Place;
use crate::mention::Mention;
use crate::store::Register;

impl Register {
    /// The number of a sort of entity.
    pub fn sort(&self, name: &str) -> Option<u8> {
        self.known.sorts.get(name).map(|(sort, _)| *sort)
    }

    /// The sort and number of an id, `CH-00012`, if it was ever given.
    pub fn entity(&self, id: &str) -> Option<(u8, u32)> {
        let (prefix, number) = id.trim().rsplit_once('-')?;
        let sort = self.known.prefixes.iter().find(|(_, of)| of.eq_ignore_ascii_case(prefix))?.0;
        let key = (*sort, number.parse().ok()?);
        self.known.entities.contains_key(&key).then_some(key)
    }

    /// The id of an entity.
    pub fn id(&self, sort: u8, number: u32) -> String {
        format!("{}-{number:05}", self.known.prefixes.get(&sort).map_or("", String::as_str))
    }

    /// The names of the sorts.
    pub fn sorts(&self) -> Vec<&str> {
        self.known.sorts.keys().map(String::as_str).collect()
    }

    /// Every sheet in which a row was ever seen, with its number.
    pub fn sources(&self) -> (Vec<i64>, Vec<Source>) {
        let source = |(file, sheet): &(String, String)| Source { file: file.clone(), sheet: sheet.clone() };
        self.known.sources.iter().map(|(name, number)| (*number, source(name))).unzip()
    }

    /// The rows that are in this row of these sheets, with each child that they mention, or nobody.
    pub fn rows_at(&self, sources: &[i64], number: u32) -> Vec<Place> {
        let rows = self.known.rows.rows.iter().enumerate();
        let here = rows.filter(|(_, row)| !row.gone && row.number == number && sources.contains(&row.source));
        here.flat_map(|(index, _)| self.places(index)).collect()
    }

    /// The rows that say just this (see [`Register::said_by`]): the one in this row of this sheet, or else
    /// all of them, wherever they are now.
    pub fn rows_saying(&self, says: &str, source: Option<i64>, number: u32) -> Vec<Vec<Place>> {
        let Ok(says) = u64::from_str_radix(says, 16) else { return Vec::new() };
        let rows = self.known.rows.rows.iter().enumerate();
        let saying: Vec<usize> = rows
            .filter(|(index, row)| !row.gone && self.known.rows.prints.get(*index).content == says)
            .map(|(index, _)| index)
            .collect();
        let here = saying.iter().copied().find(|index| {
            let row = &self.known.rows.rows[*index];
            Some(row.source) == source && row.number == number
        });
        let found = here.map_or(saying, |here| vec![here]);
        found.into_iter().map(|index| self.places(index)).collect()
    }

    /// A fingerprint of what a row says; nothing where it is not known.
    pub fn said_by(&self, row: i64) -> String {
        let index = self.known.rows.rows.binary_search_by_key(&row, |known| known.row);
        index.map_or(String::new(), |index| format!("{:016x}", self.known.rows.prints.get(index).content))
    }

    /// A row with each child that it mentions, or nobody.
    fn places(&self, index: usize) -> Vec<Place> {
        let (child, row) = (self.sort("child"), self.known.rows.rows[index].row);
        let mentions = Mention::all(&self.known.mentions[index]);
        let children = mentions.filter(|mention| Some(mention.sort) == child);
        let places: Vec<Place> = children.map(|m| Place { row, part: m.part.into(), sign: m.sign }).collect();
        if places.is_empty() { vec![Place { row, part: 1, sign: 0 }] } else { places }
    }

    /// The rows of an entity that are there.
    pub fn rows_of(&self, sort: u8, number: u32) -> Vec<Place> {
        let mut places = Vec::new();
        for (row, mentions) in
            self.known.rows.rows.iter().zip(&self.known.mentions).filter(|(row, _)| !row.gone)
        {
            let of_it =
                Mention::all(mentions).filter(|mention| (mention.sort, mention.number) == (sort, number));
            places.extend(of_it.map(|m| Place { row: row.row, part: m.part.into(), sign: m.sign }));
        }
        places
    }
}
