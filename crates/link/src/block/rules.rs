//! The built-in rules: they choose themselves from the columns that are there.

use super::atom::Atom;
use super::blocks::MANY;
use crate::records::{FieldKind, Records};

/// A rule: records that agree on all its atoms are a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What must agree.
    pub atoms: Vec<Atom>,
    /// The atoms are names that may have been swapped: their order does not count.
    pub any_order: bool,
}

impl Rule {
    /// `surname (sound) + date of birth (year)`.
    pub fn name(&self, records: &Records) -> String {
        let part = |atom: &Atom| format!("{}{}", records.columns()[atom.column()].name, atom.name());
        let parts: Vec<String> = self.atoms.iter().map(part).collect();
        if parts.is_empty() { "every pair".to_owned() } else { parts.join(" + ") }
    }
}

/// The rules worth trying, the most telling first, and the atoms that divide a block that is
/// too large. Among very many records those on a single name or text are not: each would give
/// hundreds of pairs for every record.
pub fn candidates(records: &Records) -> (Vec<Rule>, Vec<Atom>) {
    let of = |kind: FieldKind| -> Vec<usize> {
        let columns = records.columns().iter().enumerate();
        columns.filter(|(_, c)| c.kind == kind && !c.values().is_empty()).map(|(i, _)| i).collect()
    };
    let (forenames, surnames) = (of(FieldKind::Forename), of(FieldKind::Surname));
    let (dates, postcodes, texts) = (of(FieldKind::Date), of(FieldKind::Postcode), of(FieldKind::Text));
    let mut rules = Vec::new();
    let mut add = |atoms: &[Atom], any_order| rules.push(Rule { atoms: atoms.to_vec(), any_order });

    for c in of(FieldKind::Identifier) {
        add(&[Atom::Value(c)], false);
    }
    for (f, s) in pairs(&forenames, &surnames) {
        add(&[Atom::Name(f), Atom::Name(s)], true);
    }
    for d in &dates {
        add(&[Atom::Value(*d)], false);
    }
    for c in of(FieldKind::Reference) {
        add(&[Atom::Value(c)], false);
    }
    for c in &postcodes {
        add(&[Atom::Value(*c)], false);
    }
    for (s, d) in pairs(&surnames, &dates) {
        add(&[Atom::Sound(s), Atom::Year(d)], false);
        add(&[Atom::Sound(s), Atom::Birthday(d)], false);
    }
    for (f, d) in pairs(&forenames, &dates) {
        add(&[Atom::Sound(f), Atom::Month(d)], false);
        add(&[Atom::Sound(f), Atom::Birthday(d)], false);
    }
    for d in &dates {
        add(&[Atom::AnyOrder(*d)], false);
    }
    for (f, s) in pairs(&forenames, &surnames) {
        add(&[Atom::Sound(f), Atom::Sound(s)], false);
        if records.len() as u64 <= MANY {
            add(&[Atom::Initial(f), Atom::Slip(s)], false);
        }
    }
    for (f, p) in pairs(&forenames, &postcodes) {
        add(&[Atom::Sound(f), Atom::District(p)], false);
    }
    for (s, p) in pairs(&surnames, &postcodes) {
        add(&[Atom::Sound(s), Atom::District(p)], false);
    }
    for (name, text) in pairs(&[forenames.clone(), surnames.clone()].concat(), &texts) {
        add(&[Atom::Sound(name), Atom::Value(text)], false);
    }
    for (x, d) in pairs(&texts, &dates) {
        add(&[Atom::Value(x), Atom::Year(d)], false);
    }
    for (i, x) in texts.iter().enumerate() {
        for y in &texts[i + 1..] {
            add(&[Atom::Value(*x), Atom::Value(*y)], false);
        }
    }
    if records.len() as u64 <= MANY {
        for c in surnames.iter().chain(&forenames) {
            add(&[Atom::Name(*c)], false);
        }
        for c in &texts {
            add(&[Atom::Value(*c)], false);
        }
    }

    let mut dividers = Vec::new();
    dividers.extend(forenames.iter().map(|c| Atom::Initial(*c)));
    dividers.extend(dates.iter().map(|c| Atom::Year(*c)));
    dividers.extend(surnames.iter().map(|c| Atom::Initial(*c)));
    dividers.extend(forenames.iter().map(|c| Atom::Sound(*c)));
    dividers.extend(dates.iter().map(|c| Atom::Month(*c)));
    dividers.extend(postcodes.iter().map(|c| Atom::District(*c)));
    dividers.extend(of(FieldKind::Code).iter().map(|c| Atom::Value(*c)));
    (rules, dividers)
}

/// Narrower rules in the place of one that gives too many pairs: each asks for one thing more, and
/// records of one person that the rule brings together mostly agree in one of them.
pub fn narrower(rule: &Rule, records: &Records) -> Vec<Rule> {
    let is_name = |atom: &Atom| {
        matches!(records.columns()[atom.column()].kind, FieldKind::Forename | FieldKind::Surname)
    };
    let exact = |atom: &Atom| matches!(atom, Atom::Value(c) if records.columns()[*c].kind != FieldKind::Text);
    // An initial adds too little to what is neither a name nor known exactly.
    if !rule.atoms.iter().any(|atom| is_name(atom) || rule.atoms.len() == 1 && exact(atom)) {
        return Vec::new();
    }
    let free = |kind: FieldKind| {
        let column = records.columns().iter().position(|c| c.kind == kind && !c.values().is_empty());
        column.filter(|column| rule.atoms.iter().all(|atom| atom.column() != *column))
    };
    let names = [FieldKind::Forename, FieldKind::Surname].into_iter().filter_map(free).map(Atom::Initial);
    let mut more: Vec<Atom> = names.collect();
    if more.is_empty() {
        more.extend(free(FieldKind::Date).map(Atom::Year));
        more.extend(free(FieldKind::Postcode).map(Atom::District));
    }
    let with = |atom| Rule { atoms: [&rule.atoms[..], &[atom]].concat(), any_order: false };
    more.into_iter().map(with).collect()
}

fn pairs(xs: &[usize], ys: &[usize]) -> Vec<(usize, usize)> {
    xs.iter().flat_map(|x| ys.iter().map(move |y| (*x, *y))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Column;

    #[test]
    fn a_broad_rule_gives_way_to_narrower_ones() {
        let columns = [
            ("forename", FieldKind::Forename),
            ("surname", FieldKind::Surname),
            ("born", FieldKind::Date),
            ("town", FieldKind::Text),
        ];
        let records = columns.into_iter().fold(Records::new(1), |records, (name, kind)| {
            records.with(Column::from_texts(name, kind, [["x"]]))
        });
        for (atoms, expected) in [
            (vec![Atom::Value(2)], &["born + forename (initial)", "born + surname (initial)"][..]),
            (vec![Atom::Sound(1), Atom::Year(2)], &["surname (sound) + born (year) + forename (initial)"]),
            (vec![Atom::Sound(0), Atom::Sound(1)], &["forename (sound) + surname (sound) + born (year)"]),
            (vec![Atom::Sound(0), Atom::Value(3)], &["forename (sound) + town + surname (initial)"]),
            (vec![Atom::AnyOrder(2)], &[]),
            (vec![Atom::Value(3), Atom::Year(2)], &[]),
        ] {
            let found = narrower(&Rule { atoms, any_order: false }, &records);
            let found: Vec<String> = found.iter().map(|rule| rule.name(&records)).collect();
            assert_eq!(found, expected);
        }
    }
}
