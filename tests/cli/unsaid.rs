//! No name and no date of birth in an error or a log: everything that the program says in any test is
//! held against the trackers that it was given. The test reads them itself, and knows of each the words
//! in the columns of children's names and the dates of birth, as they are written and as they are read.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use collate_clean::clean_table;
use collate_model::{Cleaned, FieldType, Kinds, Value};
use collate_read::{Input, Limits, find, read_bytes};
use collate_recognise::{Overrides, Recogniser, builtin};

use crate::sandbox::Output;

/// What shows values because it is asked to, on standard output; in errors, these don't either.
const SHOWS: [&str; 4] = ["explain", "diff", "decisions", "--show-values"];

/// Words that stand in columns of names and are not names there, or are other words as well.
const ORDINARY: &str = "
    aged ago aka all also and are baby below born both boy brother case child children dad day died dob due
    edd expected family father first for formerly from girl group half has her his its known list mark may
    month months mother mum name named names new not note now old one only other others per plus read record
    row same see sibling siblings sister son step surname tbc the their three twin twins two unborn unknown was
    week weeks will with year years yet young";

/// Fewest characters of a word that is looked for, and of a date.
const SHORTEST: usize = 3;
const SHORTEST_DATE: usize = 8;

/// Larger files are made of the same names as smaller ones.
const LARGEST: u64 = 1 << 20;

/// What may not be said, in lower case.
#[derive(Debug, Default)]
struct Personal {
    words: BTreeSet<String>,
    dates: BTreeSet<String>,
}

/// Looks through what a run in this folder said and logged.
#[track_caller]
pub fn assert_unsaid(folder: &Path, args: &[&str], output: &Output) {
    let mut said = vec![("standard error", output.stderr.clone())];
    if !args.iter().any(|arg| SHOWS.contains(arg)) {
        said.push(("standard output", output.stdout.clone()));
    }
    if let Some(log) = args.iter().position(|arg| *arg == "--log") {
        said.push(("the log", std::fs::read_to_string(folder.join(args[log + 1])).unwrap_or_default()));
    }
    let named = args.iter().map(|arg| folder.join(arg)).filter(|path| path.exists());
    let paths: Vec<PathBuf> = named.chain([folder.to_owned()]).collect();
    // Places are told, and so is what the user typed.
    let mut allowed: BTreeSet<String> = args.iter().flat_map(|arg| words(arg)).collect();
    let mut personal = Vec::new();
    for input in find(&paths).0 {
        allowed.extend(words(&input.path.to_string_lossy()));
        if std::fs::metadata(&input.path).is_ok_and(|meta| meta.len() <= LARGEST) {
            personal.push(known(&input));
        }
    }
    for (place, text) in said {
        let text = text.to_lowercase();
        let said: BTreeSet<String> = words(&text).filter(|word| !allowed.contains(word)).collect();
        for personal in &personal {
            let names: Vec<&String> = said.intersection(&personal.words).collect();
            assert!(names.is_empty(), "{names:?} are in {place} of {args:?}:\n{text}");
            if let Some(date) = personal.dates.iter().find(|date| text.contains(*date)) {
                panic!("a date of birth, {date}, is in {place} of {args:?}:\n{text}");
            }
        }
    }
}

/// Its words, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    words.map(str::to_lowercase)
}

/// What is personal in a file; files of the same bytes are read once.
fn known(input: &Input) -> Arc<Personal> {
    static KNOWN: LazyLock<Mutex<HashMap<u64, Arc<Personal>>>> = LazyLock::new(Mutex::default);
    let bytes = std::fs::read(&input.path).unwrap_or_default();
    let mut hash = DefaultHasher::new();
    (&bytes, input.path.extension()).hash(&mut hash);
    let hash = hash.finish();
    let known = || KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(personal) = known().get(&hash) {
        return personal.clone();
    }
    let personal = Arc::new(personal(bytes, &input.name));
    known().insert(hash, personal.clone());
    personal
}

fn personal(bytes: Vec<u8>, name: &str) -> Personal {
    static KINDS: LazyLock<Kinds> = LazyLock::new(builtin);
    static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(|| Recogniser::new(&KINDS));
    let mut personal = Personal::default();
    for sheet in read_bytes(bytes, name, &Limits::default()).sheets {
        for table in RECOGNISER.recognise(&sheet, &Overrides::default()).tables {
            let kind = KINDS.kind(&table.kind).unwrap();
            for column in clean_table(&table, kind).0.columns {
                let Some(field) = column.field.map(|field| &kind.fields[field]) else { continue };
                match field.kind {
                    FieldType::People | FieldType::Forename | FieldType::Surname if field.of == "child" => {
                        column.values.iter().for_each(|cell| personal.names(cell));
                    }
                    _ if field.name == "dob" => column.values.iter().for_each(|cell| personal.births(cell)),
                    _ => {}
                }
            }
        }
    }
    personal.words.retain(|word| !ORDINARY.split_whitespace().any(|ordinary| ordinary == word));
    personal
}

impl Personal {
    fn names(&mut self, cell: &Cleaned) {
        self.words.extend(words(&cell.raw).filter(|word| !word.contains(|c: char| c.is_ascii_digit())));
        let Value::People(people) = &cell.value else { return };
        for person in people {
            let aliases = person.aliases.iter().flat_map(|(forenames, surname)| [forenames, surname]);
            for name in [&person.forenames, &person.surname].into_iter().chain(aliases) {
                self.words.extend(words(name));
            }
            self.dates.extend(person.dob.and_then(|dob| dob.exact()).map(|day| day.to_string()));
        }
    }

    fn births(&mut self, cell: &Cleaned) {
        let days = match &cell.value {
            Value::Dates(dates) => dates.iter().filter_map(|date| date.exact()).collect(),
            _ => Vec::new(),
        };
        let raw = cell.raw.trim().to_lowercase();
        let days = days.into_iter().map(|day| day.to_string());
        self.dates.extend(
            days.chain([raw])
                .filter(|date| date.len() >= SHORTEST_DATE && date.contains(|c: char| c.is_ascii_digit())),
        );
    }
}

#[test]
#[should_panic(expected = "[\"harlow\"] are in standard error")]
fn a_name_that_is_said_is_found() {
    said("note: court.csv, B3: Harlow can't be read");
}

#[test]
#[should_panic(expected = "a date of birth, 2012-03-14, is in standard error")]
fn a_date_of_birth_that_is_said_is_found() {
    said("note: court.csv, C2: 2012-03-14 is not a working day");
}

#[test]
fn places_are_no_names() {
    said("note: court.csv, B3: the cell can't be read");
}

fn said(stderr: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("court.csv"), crate::sandbox::COURT).unwrap();
    let output = Output { code: 0, stdout: String::new(), stderr: stderr.to_owned() };
    assert_unsaid(folder.path(), &["run", "."], &output);
}
