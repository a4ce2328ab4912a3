//! The tracker kinds from their TOML files: those built in, then the user's, which add kinds
//! or say more about the ones that are there. Gives [`Kinds`] that [`crate::check`] has found sound.

use std::collections::BTreeMap;

use collate_model::{Check, Derive, EntityDef, Field, FieldType, Kind, Kinds, Unpivot};
use serde::Deserialize;

use crate::check::check;
use crate::error::KindError;
use crate::normal::key;

const ENTITIES: &str = "entities.toml";
const SHARED: &str = "shared.toml";

/// (name, text) of files in the folder of kinds.
macro_rules! files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../kinds/", $name)))),*] };
}

/// Built-in files, in the order in which kinds are listed; where two kinds fit a table
/// equally well the earlier one is taken.
const BUILTIN: &[(&str, &str)] = files![
    "entities.toml",
    "shared.toml",
    "notable_cases.toml",
    "sgo_audits.toml",
    "s20_cases.toml",
    "hra_claims.toml",
    "court_proceedings.toml",
    "improvement_plan.toml",
    "people_list.toml",
    "court_directions.toml",
    "judgment_findings.toml",
    "plo_pre_proceedings.toml",
    "legal_gateway.toml",
    "adm_decisions.toml",
    "iro_input.toml",
    "ltf_placements.toml",
    "complaints.toml",
    "training_log.toml",
    "outsourced_cases.toml",
    "performance_scorecard.toml",
    "case_audit.toml",
    "connected_persons_assessments.toml",
    "cp_conferences.toml",
    "escalation_log.toml",
    "family_group_conferences.toml",
    "fostering_enquiries.toml",
    "newborn_cases.toml",
    "post_proceedings_meetings.toml",
    "staffing.toml",
    "transitions_16_18.toml",
    "annex_a/1_contacts.toml",
    "annex_a/2_early_help.toml",
    "annex_a/3_referrals.toml",
    "annex_a/4_assessments.toml",
    "annex_a/5_enquiries.toml",
    "annex_a/6_children_in_need.toml",
    "annex_a/7_child_protection.toml",
    "annex_a/8_looked_after.toml",
    "annex_a/9_care_leavers.toml",
    "annex_a/10_adoption.toml",
    "annex_a/11_adopters.toml",
    "ssda903/header.toml",
    "ssda903/episodes.toml",
    "ssda903/reviews.toml",
    "ssda903/uasc.toml",
    "ssda903/oc2.toml",
    "ssda903/oc3.toml",
    "ssda903/ad1.toml",
    "ssda903/placed_for_adoption.toml",
    "ssda903/previous_permanence.toml",
    "ssda903/dolo.toml",
    "ssda903/missing.toml",
    "ssda903/social_worker.toml",
];

/// The kinds that come with the program.
///
/// # Panics
/// If an embedded file is wrong, which a test rules out.
pub fn builtin() -> Kinds {
    load(&[]).expect("the embedded tracker kinds are sound")
}

/// The built-in kinds, extended and overridden by the user's files (file name, TOML text).
///
/// A file named `entities.toml` adds entities, `shared.toml` adds to the shared fields, any other
/// file is a kind. Where a kind or field is there already, the file says only what differs:
/// headings and spellings are added in front, everything else replaces.
///
/// # Errors
/// The first thing wrong: which file, which key, what was expected there.
pub fn load(extra: &[(String, String)]) -> Result<Kinds, KindError> {
    let builtin = BUILTIN.iter().map(|(file, text)| (*file, *text));
    let users = extra.iter().map(|(file, text)| (file.as_str(), text.as_str()));
    let mut drafts = Drafts::default();
    for (file, text) in builtin.chain(users) {
        drafts.read(file, text)?;
    }
    drafts.finish()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityFile {
    #[serde(rename = "entity")]
    entities: Vec<EntityDef>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedFile {
    #[serde(rename = "field")]
    fields: Vec<FieldDraft>,
}

/// A field as far as one file describes it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldDraft {
    name: String,
    title: Option<String>,
    #[serde(rename = "type")]
    kind: Option<FieldType>,
    of: Option<String>,
    #[serde(default)]
    headers: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, Vec<String>>,
    owner: Option<bool>,
    history: Option<bool>,
    private: Option<bool>,
    alone: Option<bool>,
    fill_down: Option<bool>,
    derive: Option<Derive>,
}

impl FieldDraft {
    /// This draft with what `other` says on top of it.
    fn extended(mut self, other: FieldDraft) -> Self {
        let mut headers = other.headers;
        headers.append(&mut self.headers);
        self.headers = headers;
        for (value, spellings) in other.values {
            self.values.entry(value).or_default().extend(spellings);
        }
        self.title = other.title.or(self.title);
        self.kind = other.kind.or(self.kind);
        self.of = other.of.or(self.of);
        self.owner = other.owner.or(self.owner);
        self.history = other.history.or(self.history);
        self.private = other.private.or(self.private);
        self.alone = other.alone.or(self.alone);
        self.fill_down = other.fill_down.or(self.fill_down);
        self.derive = other.derive.or(self.derive);
        self
    }

    fn finish(self, file: &str) -> Result<Field, KindError> {
        let missing = |key: &str, expected: &str| KindError {
            file: file.to_owned(),
            key: format!("field {}, {key}", self.name),
            expected: expected.to_owned(),
        };
        Ok(Field {
            title: self.title.clone().ok_or_else(|| missing("title", "a heading for people"))?,
            kind: self.kind.ok_or_else(|| missing("type", "a field type, for example \"text\""))?,
            of: self.of.clone().ok_or_else(|| missing("of", "the entity that the field speaks of"))?,
            name: self.name,
            headers: self.headers,
            values: self.values,
            owner: self.owner.unwrap_or_default(),
            history: self.history.unwrap_or_default(),
            private: self.private.unwrap_or_default(),
            alone: self.alone.unwrap_or(false),
            fill_down: self.fill_down.unwrap_or_default(),
            derive: self.derive,
        })
    }
}

/// A kind as far as one file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindDraft {
    name: String,
    title: Option<String>,
    purpose: Option<String>,
    row: Option<String>,
    entities: Option<Vec<String>>,
    distinct: Option<bool>,
    #[serde(default)]
    anchors: Vec<Vec<String>>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    shared: Vec<String>,
    #[serde(default)]
    owns: Vec<String>,
    unpivot: Option<Unpivot>,
    #[serde(default, rename = "check")]
    checks: Vec<Check>,
    #[serde(default, rename = "field")]
    fields: Vec<FieldDraft>,
}

impl KindDraft {
    fn extend(&mut self, other: KindDraft) {
        self.title = other.title.or(self.title.take());
        self.purpose = other.purpose.or(self.purpose.take());
        self.row = other.row.or(self.row.take());
        self.entities = other.entities.or(self.entities.take());
        self.distinct = other.distinct.or(self.distinct);
        self.anchors.extend(other.anchors);
        self.never.extend(other.never);
        self.words.extend(other.words);
        self.shared.extend(other.shared);
        self.owns.extend(other.owns);
        self.unpivot = other.unpivot.or(self.unpivot.take());
        self.checks.extend(other.checks);
        extend_fields(&mut self.fields, other.fields);
    }

    fn finish(self, file: &str, shared: &[FieldDraft]) -> Result<Kind, KindError> {
        let missing = |key: &str, expected: &str| KindError {
            file: file.to_owned(),
            key: key.to_owned(),
            expected: expected.to_owned(),
        };
        let fields = self.all_fields(file, shared)?;
        Ok(Kind {
            title: self.title.ok_or_else(|| missing("title", "a title for people"))?,
            purpose: self.purpose.ok_or_else(|| missing("purpose", "what the tracker is kept for"))?,
            row: self.row.ok_or_else(|| missing("row", "what one row is"))?,
            entities: self.entities.ok_or_else(|| missing("entities", "the entities a row speaks of"))?,
            name: self.name,
            distinct: self.distinct.unwrap_or_default(),
            anchors: self.anchors,
            never: self.never,
            words: self.words,
            shared: self.shared,
            owns: self.owns,
            unpivot: self.unpivot,
            checks: self.checks,
            fields,
        })
    }

    /// The kind's own fields, based on the shared ones of the same name, then the shared ones it takes.
    /// A heading that the kind gives to a field of its own is taken from the shared fields.
    fn all_fields(&self, file: &str, shared: &[FieldDraft]) -> Result<Vec<Field>, KindError> {
        let claimed: Vec<(String, &str)> = self
            .fields
            .iter()
            .flat_map(|field| field.headers.iter().map(|header| (key(header), field.name.as_str())))
            .collect();
        let free = |header: &String, name: &str| {
            let key = key(header);
            claimed.iter().all(|(other, owner)| *other != key || *owner == name)
        };
        let mut fields = Vec::new();
        for own in &self.fields {
            let mut base = shared.iter().find(|draft| draft.name == own.name).cloned().unwrap_or_default();
            base.headers.retain(|header| free(header, &own.name));
            base.name.clone_from(&own.name);
            fields.push(base.extended(own.clone()).finish(file)?);
        }
        for name in &self.shared {
            if fields.iter().any(|field| field.name == *name) {
                continue;
            }
            let mut base =
                shared.iter().find(|draft| draft.name == *name).cloned().ok_or_else(|| KindError {
                    file: file.to_owned(),
                    key: format!("shared, {name}"),
                    expected: format!("the name of a field of {SHARED}"),
                })?;
            base.headers.retain(|header| free(header, name));
            fields.push(base.finish(file)?);
        }
        for name in &self.owns {
            let field = fields.iter_mut().find(|field| field.name == *name).ok_or_else(|| KindError {
                file: file.to_owned(),
                key: format!("owns, {name}"),
                expected: "the name of a field of this kind".to_owned(),
            })?;
            field.owner = true;
        }
        Ok(fields)
    }
}

fn extend_fields(fields: &mut Vec<FieldDraft>, others: Vec<FieldDraft>) {
    for other in others {
        match fields.iter_mut().find(|field| field.name == other.name) {
            Some(field) => *field = std::mem::take(field).extended(other),
            None => fields.push(other),
        }
    }
}

/// What all files say, before it is put together.
#[derive(Default)]
struct Drafts {
    entities: Vec<EntityDef>,
    shared: Vec<FieldDraft>,
    /// Each kind with the file that spoke of it last.
    kinds: Vec<(String, KindDraft)>,
}

impl Drafts {
    fn read(&mut self, file: &str, text: &str) -> Result<(), KindError> {
        match file.rsplit(['/', '\\']).next().unwrap_or(file) {
            ENTITIES => {
                for entity in parse::<EntityFile>(file, text)?.entities {
                    match self.entities.iter_mut().find(|known| known.name == entity.name) {
                        Some(known) => *known = entity,
                        None => self.entities.push(entity),
                    }
                }
            }
            SHARED => extend_fields(&mut self.shared, parse::<SharedFile>(file, text)?.fields),
            _ => {
                let draft = parse::<KindDraft>(file, text)?;
                match self.kinds.iter_mut().find(|(_, known)| known.name == draft.name) {
                    Some((source, known)) => {
                        file.clone_into(source);
                        known.extend(draft);
                    }
                    None => self.kinds.push((file.to_owned(), draft)),
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Kinds, KindError> {
        let mut kinds = Kinds { entities: self.entities, kinds: Vec::new() };
        for (file, draft) in self.kinds {
            let kind = draft.finish(&file, &self.shared)?;
            check(&file, &kind, &kinds.entities)?;
            kinds.kinds.push(kind);
        }
        Ok(kinds)
    }
}

fn parse<'a, T: Deserialize<'a>>(file: &str, text: &'a str) -> Result<T, KindError> {
    let de = toml::Deserializer::parse(text).map_err(|error| KindError::toml(file, text, &error))?;
    T::deserialize(de).map_err(|error| KindError::toml(file, text, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_one(file: &str, text: &str) -> Result<Kinds, KindError> {
        load(&[(file.to_owned(), text.to_owned())])
    }

    #[test]
    fn the_embedded_files_are_sound() {
        let kinds = builtin();
        assert_eq!(kinds.kinds.len(), BUILTIN.len() - 2);
        for kind in &kinds.kinds {
            assert!(kind.fields.len() >= 4, "{} has few fields", kind.name);
        }
    }

    #[test]
    fn a_users_file_says_only_what_differs() {
        let kinds = load_one(
            "ours.toml",
            "name = \"s20_cases\"\n[[field]]\nname = \"s20_start\"\nheaders = [\"Came to us\"]\n",
        )
        .unwrap();
        let kind = kinds.kind("s20_cases").unwrap();
        let field = &kind.fields[kind.field("s20_start").unwrap()];
        assert_eq!(field.headers[0], "Came to us");
        assert!(field.headers.len() > 20 && field.owner && field.title == "Section 20 start");
    }

    #[test]
    fn a_new_kind_needs_no_rust() {
        let text = "name = 'grumbles'\ntitle = 'Complaints'\npurpose = 'p'\nrow = 'a complaint'\n\
            entities = ['child']\nanchors = [['child_name', 'complaint_ref']]\nshared = ['child_name', 'dob']\n\
            [[field]]\nname = 'complaint_ref'\ntitle = 'Ref'\ntype = 'reference'\nof = 'child'\nheaders = ['Complaint ref']\n";
        let kinds = load_one("grumbles.toml", text).unwrap();
        assert_eq!(kinds.kind("grumbles").unwrap().fields.len(), 3);
    }

    #[test]
    fn errors_name_file_key_and_what_was_expected() {
        for (text, key, expected) in [
            ("name = 'x'\nshoe = 1\n", "line 2", "unknown field"),
            ("name = 'x'\n", "title", "title"),
            ("name = 'x\n", "line 1", ""),
            (
                "name = 's20_cases'\n[[field]]\nname = 'new'\ntitle = 'New'\nof = 'child'\n",
                "field new, type",
                "field type",
            ),
            (
                "name = 's20_cases'\n[[field]]\nname = 'new'\ntitle = 'New'\nof = 'boat'\ntype = 'text'\n",
                "field new, of",
                "episode",
            ),
            ("name = 's20_cases'\nshared = ['shoe']\n", "shared, shoe", "shared.toml"),
            ("name = 's20_cases'\nowns = ['shoe']\n", "owns, shoe", "field of this kind"),
            ("name = 's20_cases'\nanchors = [['shoe']]\n", "anchors, shoe", "field of this kind"),
            ("name = 's20_cases'\nentities = ['boat']\n", "entities, boat", "child"),
        ] {
            let error = load_one("mine.toml", text).unwrap_err();
            assert_eq!(error.file, "mine.toml");
            assert_eq!(error.key, key, "{text}");
            assert!(error.expected.contains(expected), "{error}");
        }
    }
}
