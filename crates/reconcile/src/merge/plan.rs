//! The merged columns of an entity, from the kinds that are there.

use collate_model::{EntityKind, FieldType};

use rustc_hash::FxHashSet;

use crate::rows::{Rows, TableView};

/// Where a merged column's values come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// Forenames of the child.
    Forenames,
    /// Surname of the child.
    Surname,
    /// Other names of the child.
    OtherNames,
    /// Date of birth, from its own column or from beside the name.
    Born,
    /// Expected date of birth of a child that was not born yet, from its own column or beside the name.
    Expected,
    /// A field, as a whole.
    Field(String),
    /// First day of a field that is a span.
    First(String),
    /// Last day of a field that is a span.
    Last(String),
    /// A column that no field was found for, under its own heading.
    Free(String),
}

/// Whether one value is chosen or all are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// One.
    Best,
    /// All.
    All,
}

/// One merged column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The entity.
    pub of: String,
    /// Name in csv files.
    pub name: String,
    /// Heading in the workbook.
    pub title: String,
    /// What it holds.
    pub kind: FieldType,
    /// Where its values come from.
    pub from: From,
    /// One value or all.
    pub taken: Taken,
    /// Different values at different dates are history.
    pub history: bool,
}

impl Plan {
    /// The column of a table whose cells are taken as they are.
    pub fn column(&self, view: &TableView) -> Option<usize> {
        match &self.from {
            From::Field(name) | From::First(name) | From::Last(name) => view.column(name).filter(|column| {
                let field = view.table.columns[*column].field.map(|field| &view.kind.fields[field]);
                field.is_none_or(|field| !field.alone || field.of == self.of)
            }),
            From::Free(name) => view.own_columns.place(name),
            From::Forenames | From::Surname | From::OtherNames | From::Born | From::Expected => None,
        }
    }
}

/// The columns of an entity: those of the kinds' fields, then those that only some sheet has.
pub fn plans(rows: &Rows, entity: usize) -> Vec<Plan> {
    let def = &rows.kinds.entities[entity];
    let mut plans: Vec<Plan> = Vec::new();
    let plan = |name: &str, title: &str, kind, from| Plan {
        of: def.name.clone(),
        name: name.to_owned(),
        title: title.to_owned(),
        kind,
        from,
        taken: if kind == FieldType::CaseNumber { Taken::All } else { Taken::Best },
        history: false,
    };
    if def.link == EntityKind::Person {
        plans.push(plan("surname", "Surname", FieldType::Text, From::Surname));
        plans.push(plan("forenames", "Forenames", FieldType::Text, From::Forenames));
        let others = plan("also_known_as", "Also known as", FieldType::Text, From::OtherNames);
        plans.push(Plan { taken: Taken::All, ..others });
        plans.push(plan("date_of_birth", "Date of birth", FieldType::Date, From::Born));
        plans.push(plan("expected_dob", "Expected date of birth", FieldType::Date, From::Expected));
    }
    let here = |name: &str| rows.tables.iter().any(|view| view.kind.name == name);
    for kind in rows.kinds.kinds.iter().filter(|kind| here(&kind.name)) {
        for field in kind.fields.iter().filter(|field| field.of == def.name) {
            let of_name =
                matches!(field.name.as_str(), "child_name" | "forename" | "middle_name" | "surname" | "dob");
            // Turned into rows, unless some table kept them as columns.
            let kept =
                || rows.tables.iter().any(|v| v.kind.name == kind.name && v.column(&field.name).is_some());
            let across =
                kind.unpivot.as_ref().is_some_and(|plan| plan.fields.contains(&field.name)) && !kept();
            if across
                || of_name && def.link == EntityKind::Person
                || plans.iter().any(|p| p.name == field.name)
            {
                continue;
            }
            let own = plan(&field.name, &field.title, field.kind, From::Field(field.name.clone()));
            plans.push(Plan { history: field.history, ..own });
            if field.kind == FieldType::DateSpan {
                for (end, word, from) in [
                    ("from", "first day", From::First(field.name.clone())),
                    ("to", "last day", From::Last(field.name.clone())),
                ] {
                    let name = format!("{}_{end}", field.name);
                    plans.push(plan(&name, &format!("{}: {word}", field.title), FieldType::Date, from));
                }
            }
        }
    }
    // What an entity is known by stands first.
    let known_by = |plan: &Plan| match def.link {
        EntityKind::Person => false,
        EntityKind::Case => matches!(plan.name.as_str(), "case_number" | "case_label"),
        EntityKind::Keyed => def.keys.iter().flatten().any(|field| *field == plan.name),
    };
    plans.sort_by_key(|plan| !known_by(plan));
    let mut taken: FxHashSet<String> = plans.iter().map(|plan| plan.name.clone()).collect();
    let mut known: FxHashSet<&str> = FxHashSet::default();
    for view in rows.tables.iter().filter(|view| view.kind.entities[0] == def.name) {
        for (c, name) in &view.own_columns.names {
            let free = |name: &String| !taken.contains(name);
            if known.insert(name) {
                let header = view.table.columns[*c].header.trim();
                // No two columns of a table have one name.
                let further = (2..).map(|n| format!("{name}_in_source_{n}"));
                let published = [name.clone(), format!("{name}_in_source")].into_iter().chain(further);
                let published = published.into_iter().find(free).unwrap_or_else(|| name.clone());
                plans.push(plan(&published, header, FieldType::Text, From::Free(name.clone())));
                taken.insert(published);
            }
        }
    }
    plans
}
