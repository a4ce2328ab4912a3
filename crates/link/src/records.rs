//! The records to link: columns of interned values.
//!
//! A value is kept once per column; a record holds indices into the column's distinct
//! values, none where it knows nothing, several where it knows aliases.

use rustc_hash::FxHashMap;

/// What a column's values are, and so how two of them are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Forenames in the order in which they are used; a single letter is an initial.
    Forename,
    /// Surname; parts of a double-barrelled one are separated by spaces.
    Surname,
    /// `2015-02-01`, `2015-02` or `2015`; a trailing `~` marks an expected or estimated date.
    Date,
    /// UK postcode, `AB1 2CD`.
    Postcode,
    /// A number that belongs to one person: two people never share it.
    Identifier,
    /// A reference that several people may share, such as a court case number.
    Reference,
    /// One of few values, such as sex.
    Code,
    /// Several values of which two records may share any: the names of brothers and sisters.
    Set,
    /// Anything else: places, occupations, free text of a few words.
    Text,
}

/// What agreement on a field speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaks {
    /// The person: brothers and sisters differ in it.
    OfPerson,
    /// The household: brothers and sisters share it.
    OfHousehold,
}

/// One field of all records.
#[derive(Debug, Clone, Hash)]
pub struct Column {
    /// Name, for models, reports and explanations.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// What agreement on it speaks for.
    pub speaks: Speaks,
    /// Two records with different values are never one person ([`FieldKind::Identifier`] only).
    pub exclusive: bool,
    values: Vec<Box<str>>,
    /// Record `r` has the values `ids[ends[r - 1]..ends[r]]`.
    ends: Vec<u32>,
    ids: Vec<u32>,
}

impl Column {
    /// A column from the texts of each record, in order: no text, one, or several.
    /// Empty texts and repeats within a record are left out.
    pub fn from_texts<R, T>(name: &str, kind: FieldKind, records: R) -> Self
    where
        R: IntoIterator<Item = T>,
        T: IntoIterator,
        T::Item: AsRef<str>,
    {
        let mut seen: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut values: Vec<Box<str>> = Vec::new();
        let (mut ends, mut ids) = (Vec::new(), Vec::new());
        for texts in records {
            let start = ids.len();
            for text in texts {
                let text = text.as_ref();
                if text.is_empty() {
                    continue;
                }
                let id = match seen.get(text) {
                    Some(id) => *id,
                    None => {
                        let id = values.len() as u32;
                        values.push(text.into());
                        seen.insert(text.into(), id);
                        id
                    }
                };
                if !ids[start..].contains(&id) {
                    ids.push(id);
                }
            }
            ends.push(ids.len() as u32);
        }
        Self::from_ids(name, kind, values, ends, ids)
    }

    /// A column from values that are interned already: record `r` has
    /// `ids[ends[r - 1]..ends[r]]`, indices into `values`, which must be distinct.
    pub fn from_ids(
        name: &str,
        kind: FieldKind,
        values: Vec<Box<str>>,
        ends: Vec<u32>,
        ids: Vec<u32>,
    ) -> Self {
        let speaks = match kind {
            FieldKind::Surname | FieldKind::Postcode | FieldKind::Reference | FieldKind::Set => {
                Speaks::OfHousehold
            }
            _ => Speaks::OfPerson,
        };
        let exclusive = kind == FieldKind::Identifier;
        Column { name: name.to_owned(), kind, speaks, exclusive, values, ends, ids }
    }

    /// The same column, said to speak of `speaks`.
    pub fn speaking(mut self, speaks: Speaks) -> Self {
        self.speaks = speaks;
        self
    }

    /// The same column, where different values do not rule out one person.
    pub fn not_exclusive(mut self) -> Self {
        self.exclusive = false;
        self
    }

    /// Indices of a record's values.
    pub fn ids(&self, record: u32) -> &[u32] {
        let record = record as usize;
        let start = if record == 0 { 0 } else { self.ends[record - 1] };
        &self.ids[start as usize..self.ends[record] as usize]
    }

    /// The distinct values.
    pub fn values(&self) -> &[Box<str>] {
        &self.values
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// No records.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// For each distinct value, in how many records it is; and how many records have any value.
    pub fn counts(&self) -> (Vec<u32>, u32) {
        let mut counts = vec![0; self.values.len()];
        for id in &self.ids {
            counts[*id as usize] += 1;
        }
        let known = (0..self.ends.len() as u32).filter(|r| !self.ids(*r).is_empty()).count() as u32;
        (counts, known)
    }
}

/// The records to link.
#[derive(Debug, Clone, Default, Hash)]
pub struct Records {
    columns: Vec<Column>,
    sources: Vec<u32>,
    distinct: Vec<bool>,
    /// Nobody declared it, but the records show that the source has each person once.
    shown: Vec<bool>,
    /// The group of each record; nothing where each is a group by itself.
    apart: Vec<u32>,
    told: Told,
    len: usize,
}

/// What a person said of pairs of records, before anything was compared.
#[derive(Debug, Clone, Default, Hash)]
struct Told {
    /// Pairs of one person, the smaller record first.
    same: Vec<(u32, u32)>,
    /// Pairs of two people, both ways round, so that a record's are found by searching.
    different: Vec<(u32, u32)>,
}

/// Most columns a pattern can hold; see [`crate::compare::Pattern`].
pub const MAX_COLUMNS: usize = 16;

impl Records {
    /// `len` records of one source, without columns.
    pub fn new(len: usize) -> Self {
        Records {
            len,
            sources: vec![0; len],
            distinct: vec![false],
            shown: vec![false],
            apart: Vec::new(),
            told: Told::default(),
            columns: Vec::new(),
        }
    }

    /// The same records with one more column.
    ///
    /// # Panics
    /// If the column has another number of records, or is the 17th.
    pub fn with(mut self, column: Column) -> Self {
        assert_eq!(column.len(), self.len, "column `{}` has another number of records", column.name);
        assert!(self.columns.len() < MAX_COLUMNS, "at most {MAX_COLUMNS} columns can be compared");
        self.columns.push(column);
        self
    }

    /// Says which source each record is of, and which sources are kept free of duplicates.
    ///
    /// # Panics
    /// If there is not one source per record, or a source beyond the end of `distinct`.
    pub fn from_sources(mut self, sources: Vec<u32>, distinct: Vec<bool>) -> Self {
        assert_eq!(sources.len(), self.len, "one source per record");
        assert!(sources.iter().all(|s| (*s as usize) < distinct.len()), "a source beyond the list");
        self.sources = sources;
        self.shown = vec![false; distinct.len()];
        self.distinct = distinct;
        self
    }

    /// Sources that nobody declared free of duplicates, but that show it.
    pub(crate) fn with_shown(mut self, shown: Vec<bool>) -> Self {
        for (distinct, shown) in self.distinct.iter_mut().zip(&shown) {
            *distinct |= shown;
        }
        self.shown = shown;
        self
    }

    /// Records of one group are never joined with each other: the children named in one cell.
    ///
    /// # Panics
    /// If there is not one group per record.
    pub fn kept_apart(mut self, groups: Vec<u32>) -> Self {
        assert_eq!(groups.len(), self.len, "one group per record");
        let mut sorted = groups.clone();
        sorted.sort_unstable();
        // Every pair that is compared asks, and where there are no groups it need not look far.
        let has_groups = sorted.windows(2).any(|two| two[0] == two[1]);
        self.apart = if has_groups { groups } else { Vec::new() };
        self
    }

    /// Says of pairs of records that they are of one person, whatever they say, and of others that
    /// they are of two. Pairs that contradict each other are for the caller to find; where some do, two
    /// people stay two.
    ///
    /// # Panics
    /// If a record is beyond the end, or is paired with itself.
    pub fn told(mut self, same: &[(u32, u32)], different: &[(u32, u32)]) -> Self {
        let pair = |(a, b): &(u32, u32)| {
            assert!(a != b && (*a.max(b) as usize) < self.len, "a pair of two of the records");
            (*a.min(b), *a.max(b))
        };
        let mut told = Told { same: same.iter().map(pair).collect(), different: Vec::new() };
        told.different = different.iter().map(pair).flat_map(|(a, b)| [(a, b), (b, a)]).collect();
        for pairs in [&mut told.same, &mut told.different] {
            pairs.sort_unstable();
            pairs.dedup();
        }
        self.told = told;
        self
    }

    /// Pairs that a person said to be one, the smaller record first, sorted.
    pub fn told_same(&self) -> &[(u32, u32)] {
        &self.told.same
    }

    /// A person said that some record of the one group is somebody else than one of the other; both
    /// are sorted.
    pub fn told_different(&self, xs: &[u32], ys: &[u32]) -> bool {
        let different = &self.told.different;
        !different.is_empty()
            && xs.iter().any(|x| {
                let from = different.partition_point(|(a, _)| a < x);
                let of_x = different[from..].iter().take_while(|(a, _)| a == x);
                of_x.into_iter().any(|(_, y)| ys.contains(y))
            })
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.len
    }

    /// No records.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The source of a record.
    pub fn source(&self, record: u32) -> u32 {
        self.sources[record as usize]
    }

    /// Number of sources.
    pub fn sources(&self) -> usize {
        self.distinct.len()
    }

    /// The source is kept free of duplicates.
    pub fn is_distinct(&self, source: u32) -> bool {
        self.distinct[source as usize]
    }

    /// Both records are of one source that is kept free of duplicates.
    pub fn same_distinct_source(&self, a: u32, b: u32) -> bool {
        self.is_one_of(&self.distinct, a, b)
    }

    /// Both records are of one source that shows that it has each person once.
    pub fn same_shown_source(&self, a: u32, b: u32) -> bool {
        self.is_one_of(&self.shown, a, b)
    }

    /// Both records are of one source, and it is among these.
    fn is_one_of(&self, sources: &[bool], a: u32, b: u32) -> bool {
        // The source of a record is far away in memory: of a single one it is known.
        if let [all] = sources {
            return *all;
        }
        let source = self.sources[a as usize];
        source == self.sources[b as usize] && sources[source as usize]
    }

    /// The two records may never be joined, whatever they say.
    pub fn are_apart(&self, a: u32, b: u32) -> bool {
        self.of_one_group(a, b)
            || !self.told.different.is_empty() && self.told.different.binary_search(&(a, b)).is_ok()
    }

    /// The two records are of one group that is kept apart.
    pub fn of_one_group(&self, a: u32, b: u32) -> bool {
        !self.apart.is_empty() && self.apart[a as usize] == self.apart[b as usize]
    }

    /// Number of pairs of records.
    pub fn pairs(&self) -> u64 {
        let n = self.len as u64;
        n * n.saturating_sub(1) / 2
    }

    /// Number of pairs within sources that are kept free of duplicates.
    pub fn distinct_pairs(&self) -> u64 {
        let mut sizes = vec![0u64; self.distinct.len()];
        for source in &self.sources {
            sizes[*source as usize] += 1;
        }
        let of =
            |(size, distinct): (&u64, &bool)| if *distinct { size * size.saturating_sub(1) / 2 } else { 0 };
        sizes.iter().zip(&self.distinct).map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_once_and_repeats_within_a_record_left_out() {
        let column = Column::from_texts("n", FieldKind::Text, [vec!["a", "b", "a"], vec![], vec!["b", ""]]);
        assert_eq!(column.values().len(), 2);
        assert_eq!((column.ids(0), column.ids(1), column.ids(2)), (&[0, 1][..], &[][..], &[1][..]));
        assert_eq!(column.counts(), (vec![1, 2], 2));
    }

    #[test]
    fn what_a_person_said_is_found_from_either_side() {
        let records = Records::new(6).told(&[(3, 1)], &[(2, 5), (0, 4)]);
        assert_eq!(records.told_same(), [(1, 3)]);
        for (xs, ys, expected) in [
            (&[2][..], &[5][..], true),
            (&[5], &[2], true),
            (&[0, 1], &[3, 4], true),
            (&[0, 2], &[1, 3], false),
            (&[1], &[3], false),
        ] {
            assert_eq!(records.told_different(xs, ys), expected, "{xs:?} {ys:?}");
        }
        assert!(records.are_apart(5, 2) && !records.are_apart(1, 3) && !records.of_one_group(5, 2));
    }

    #[test]
    fn pairs_within_sources_free_of_duplicates_are_counted() {
        let records = Records::new(5).from_sources(vec![0, 0, 1, 1, 1], vec![false, true]);
        assert_eq!((records.pairs(), records.distinct_pairs()), (10, 3));
        assert!(records.same_distinct_source(2, 3) && !records.same_distinct_source(0, 1));
    }
}
