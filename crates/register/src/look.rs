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
        let child = self.sort("child");
        let mut places = Vec::new();
        for (row, mentions) in self.known.rows.rows.iter().zip(&self.known.mentions) {
            if row.gone || row.number != number || !sources.contains(&row.source) {
                continue;
            }
            let before = places.len();
            let children = Mention::all(mentions).filter(|mention| Some(mention.sort) == child);
            places.extend(children.map(|m| Place { row: row.row, part: m.part.into(), sign: m.sign }));
            if places.len() == before {
                places.push(Place { row: row.row, part: 1, sign: 0 });
            }
        }
        places
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
