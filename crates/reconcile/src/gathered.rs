//! What the mentions say in one respect, each distinct text once: what becomes a column of the engine.

use std::borrow::Cow;

use collate_link::{Column, FieldKind};
use collate_model::{CleanColumn, Seen, SmolStr, Value};

use crate::mention::{Mention, pick};
use crate::rows::Rows;

/// Texts of mentions, added mention by mention and numbered as they first come.
#[derive(Default)]
pub struct Gathered {
    seen: Seen,
    values: Vec<Box<str>>,
    /// Mention `m` has `ids[ends[m - 1]..ends[m]]`.
    ends: Vec<u32>,
    ids: Vec<u32>,
}

impl Gathered {
    /// Nothing, with room for so many mentions.
    pub fn new(mentions: usize) -> Self {
        Gathered { ends: Vec::with_capacity(mentions), ids: Vec::with_capacity(mentions), ..Self::default() }
    }

    /// The number of a text; none for an empty one.
    pub fn number(&mut self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        let found = self.seen.number(text, |id| &*self.values[id as usize] == text);
        if found.is_err() {
            self.values.push(text.into());
        }
        Some(found.unwrap_or_else(|new| new))
    }

    /// The mention that is being added says this, too.
    pub fn push(&mut self, id: Option<u32>) {
        let start = self.ends.last().map_or(0, |end| *end as usize);
        if let Some(id) = id.filter(|id| !self.ids[start..].contains(id)) {
            self.ids.push(id);
        }
    }

    /// The next mention is to be added.
    pub fn end(&mut self) {
        self.ends.push(self.ids.len() as u32);
    }

    /// The numbers of what a mention says.
    pub fn of(&self, mention: usize) -> &[u32] {
        let start = if mention == 0 { 0 } else { self.ends[mention - 1] };
        &self.ids[start as usize..self.ends[mention] as usize]
    }

    /// The distinct texts.
    pub fn values(&self) -> &[Box<str>] {
        &self.values
    }

    /// Without the texts that are not wanted.
    pub fn only(&self, wanted: impl Fn(u32) -> bool) -> Gathered {
        let mut kept = Gathered::new(self.ends.len());
        let mut new: Vec<Option<u32>> = vec![None; self.values.len()];
        for mention in 0..self.ends.len() {
            for id in self.of(mention).iter().filter(|id| wanted(**id)) {
                let new = &mut new[*id as usize];
                if new.is_none() {
                    *new = kept.number(&self.values[*id as usize]);
                }
                kept.push(*new);
            }
            kept.end();
        }
        kept
    }

    /// What each mention says.
    #[cfg(test)]
    pub fn texts(&self) -> Vec<Vec<&str>> {
        let texts = |mention| self.of(mention).iter().map(|id| &*self.values[*id as usize]).collect();
        (0..self.ends.len()).map(texts).collect()
    }

    /// The engine's column.
    pub fn into_column(self, name: &str, kind: FieldKind) -> Column {
        Column::from_ids(name, kind, self.values, self.ends, self.ids)
    }
}

/// One column of a table as it is gathered: what each of its distinct values comes to is found out once.
pub struct Source<'a> {
    column: &'a CleanColumn,
    /// By distinct value, what it says of an only child.
    known: Vec<Option<Option<u32>>>,
}

impl<'a> Source<'a> {
    /// For a column of a table.
    pub fn new(column: &'a CleanColumn) -> Self {
        Source { column, known: vec![None; column.values.len()] }
    }

    /// Hands on the number of each text that a mention's cell has of this child (or, of a value that
    /// is `shared`, of all children of the row), in the form in which it is compared.
    pub fn each(
        &mut self,
        mention: Mention,
        shared: bool,
        into: &mut Gathered,
        form: impl Fn(&str) -> Cow<'_, str>,
        mut take: impl FnMut(&mut Gathered, Option<u32>),
    ) {
        let distinct = self.column.ids[mention.row.record as usize] as usize;
        if let Some(id) = self.known[distinct] {
            return take(into, id);
        }
        let texts = texts(&self.column.values[distinct].value, mention, shared);
        for text in texts {
            let id = into.number(&form(text));
            if texts.len() == 1 && (shared || mention.of == 1) {
                self.known[distinct] = Some(id);
            }
            take(into, id);
        }
    }
}

/// A value's texts that speak of this child.
fn texts(value: &Value, mention: Mention, shared: bool) -> &[SmolStr] {
    match value {
        Value::Refs(refs) if shared => refs,
        Value::Refs(values) | Value::Codes(values) => pick(values, mention).map_or(&[], std::slice::from_ref),
        Value::Text(text) if mention.of == 1 => std::slice::from_ref(text),
        _ => &[],
    }
}

/// What the mentions' cells of one field say.
pub fn field(rows: &Rows, mentions: &[Mention], field: &str, shared: bool) -> Gathered {
    let mut all = Gathered::new(mentions.len());
    for of_table in by_table(mentions) {
        let view = rows.view(of_table[0].row);
        let mut source = view.column(field).map(|c| Source::new(&view.table.columns[c]));
        for mention in of_table {
            if let Some(source) = &mut source {
                source.each(*mention, shared, &mut all, |text| text.into(), Gathered::push);
            }
            all.end();
        }
    }
    all
}

/// The mentions of each table.
pub fn by_table(mentions: &[Mention]) -> impl Iterator<Item = &[Mention]> {
    mentions.chunk_by(|x, y| x.row.table == y.row.table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(mentions: &[&[&str]]) -> Gathered {
        let mut all = Gathered::new(0);
        for texts in mentions {
            for text in *texts {
                let id = all.number(text);
                all.push(id);
            }
            all.end();
        }
        all
    }

    #[test]
    fn texts_are_numbered_as_they_come_and_again_without_the_unwanted() {
        let all = gathered(&[&["a", "b", "a"], &["", "c"], &[], &["b"]]);
        assert_eq!(*all.values(), ["a", "b", "c"].map(Box::from));
        assert_eq!(all.texts(), [vec!["a", "b"], vec!["c"], vec![], vec!["b"]]);
        let some = all.only(|id| id != 0);
        assert_eq!(*some.values(), ["b", "c"].map(Box::from));
        assert_eq!(some.texts(), [vec!["b"], vec!["c"], vec![], vec!["b"]]);
    }
}
