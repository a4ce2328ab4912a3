//! Every known heading of every kind, indexed, and the fields that a heading may mean.
//! One lexicon serves any number of sheets; it is asked once per distinct heading.

use std::collections::BTreeMap;

use collate_model::{Evidence, FieldType, Kinds};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::normal::{SOMEBODY_ELSE, SOMETHING_ELSE, bare, key, squeeze, words};

/// A heading longer than this is a sentence.
const LONGEST: usize = 120;
/// Share of common words that a heading and a known heading need.
const WORDS_ENOUGH: f32 = 0.75;
/// Similarity of spelling that a heading and a known heading need.
const SPELLING_ENOUGH: f64 = 0.88;

/// A field of a kind that a heading may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meaning {
    /// Index of the kind.
    pub kind: usize,
    /// Index of the field in the kind.
    pub field: usize,
    /// Place of the known heading in the field's list: the first is the likeliest.
    pub rank: usize,
    /// How well it fits, 0 to 1.
    pub score: f32,
    /// Why.
    pub evidence: Evidence,
}

/// A known heading and the fields that have it.
struct Known {
    key: String,
    letters: u64,
    words: Vec<String>,
    /// (kind, field, rank, whether the field says who a child is)
    uses: Vec<(usize, usize, usize, bool)>,
}

pub(crate) struct Lexicon {
    known: Vec<Known>,
    by_key: FxHashMap<String, usize>,
    by_word: FxHashMap<String, Vec<usize>>,
    /// Keys by their first letter and length.
    by_length: BTreeMap<(Option<char>, usize), Vec<usize>>,
    squeezed: FxHashSet<String>,
    /// Per kind the keys of headings that rule it out.
    never: Vec<FxHashSet<String>>,
}

impl Lexicon {
    pub(crate) fn new(kinds: &Kinds) -> Self {
        let mut lexicon = Lexicon {
            known: Vec::new(),
            by_key: FxHashMap::default(),
            by_word: FxHashMap::default(),
            by_length: BTreeMap::new(),
            squeezed: FxHashSet::default(),
            never: Vec::new(),
        };
        for (k, kind) in kinds.kinds.iter().enumerate() {
            lexicon.never.push(kind.never.iter().map(|header| key(header)).collect());
            for (f, field) in kind.fields.iter().enumerate() {
                let identity = says_who(field.kind) || matches!(field.name.as_str(), "dob" | "expected_dob");
                // The title says what the field is best: `Child` goes before `Case name`.
                let mut names = vec![field.title.as_str()];
                names.extend(field.headers.iter().map(String::as_str));
                names.push(&field.name);
                for (rank, header) in names.into_iter().enumerate() {
                    lexicon.add(header, (k, f, rank, identity));
                }
            }
        }
        lexicon
    }

    fn add(&mut self, header: &str, used: (usize, usize, usize, bool)) {
        let mut squeezed = String::new();
        squeeze(header, &mut squeezed);
        self.squeezed.insert(squeezed);
        let key = key(header);
        let at = *self.by_key.entry(key.clone()).or_insert_with(|| {
            let at = self.known.len();
            let words = telling(words(header));
            for word in &words {
                self.by_word.entry(word.clone()).or_default().push(at);
            }
            self.by_length.entry((key.chars().next(), key.chars().count())).or_default().push(at);
            self.known.push(Known { letters: letters(&key), key, words, uses: Vec::new() });
            at
        });
        let uses = &mut self.known[at].uses;
        if !uses.iter().any(|(k, f, ..)| (*k, *f) == (used.0, used.1)) {
            uses.push(used);
        }
    }

    /// Whether a squeezed text is a known heading: a cheap test before the real one.
    pub(crate) fn knows(&self, squeezed: &str) -> bool {
        self.squeezed.contains(squeezed)
    }

    /// Whether a heading rules a kind out.
    pub(crate) fn rules_out(&self, kind: usize, header: &str) -> bool {
        !self.never[kind].is_empty() && self.never[kind].contains(&key(header))
    }

    /// The fields that a heading may mean, in all kinds. A heading that is known anywhere
    /// means what it is known to mean and nothing that merely looks like it.
    pub(crate) fn meanings(&self, header: &str) -> Vec<Meaning> {
        if header.len() > LONGEST {
            return Vec::new();
        }
        let bare = bare(header);
        let first_line = header.lines().next().unwrap_or_default();
        for key in [key(header), bare.concat(), key(first_line)] {
            if let Some(at) = self.by_key.get(&key) {
                return self.uses(*at, 1.0, &Evidence::Exact).collect();
            }
        }
        let mut found: BTreeMap<(usize, usize), Meaning> = BTreeMap::new();
        let mut keep = |meaning: Meaning| {
            let best = found.entry((meaning.kind, meaning.field)).or_insert_with(|| meaning.clone());
            if meaning.score > best.score {
                *best = meaning;
            }
        };
        self.cut_short(&bare).for_each(&mut keep);
        self.by_words(&telling(bare.clone())).for_each(&mut keep);
        self.by_spelling(&bare.concat()).for_each(&mut keep);
        found.into_values().collect()
    }

    fn uses<'a>(
        &'a self,
        at: usize,
        score: f32,
        evidence: &'a Evidence,
    ) -> impl Iterator<Item = Meaning> + 'a {
        self.known[at].uses.iter().map(move |(kind, field, rank, _)| Meaning {
            kind: *kind,
            field: *field,
            rank: *rank,
            score,
            evidence: evidence.clone(),
        })
    }

    /// What a heading means without where or when it holds: `Lead officer within the service`.
    fn cut_short(&self, header: &[String]) -> impl Iterator<Item = Meaning> {
        const LIMITS: &[&str] = &["within", "since", "during"];
        let end = header.iter().position(|word| LIMITS.contains(&word.as_str())).filter(|end| *end > 1);
        let at = end.and_then(|end| self.by_key.get(&header[..end].concat()));
        let uses = at.map_or(&[][..], |at| &self.known[*at].uses[..]);
        uses.iter().filter(|(.., identity)| !identity).map(|(kind, field, rank, _)| Meaning {
            kind: *kind,
            field: *field,
            rank: *rank,
            score: 0.8,
            evidence: Evidence::Words(0.8),
        })
    }

    fn by_words<'a>(&'a self, header: &'a [String]) -> impl Iterator<Item = Meaning> + 'a {
        let mut near: Vec<usize> =
            header.iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().flat_map(move |at| {
            let known = &self.known[at];
            let overlap = Overlap::of(header, &known.words);
            let meaning = move |used: &(usize, usize, usize, bool)| {
                let score = overlap.score(used.3)?;
                let (kind, field, rank, _) = *used;
                Some(Meaning { kind, field, rank, score, evidence: Evidence::Words(score) })
            };
            known.uses.iter().filter_map(meaning)
        })
    }

    fn by_spelling<'a>(&'a self, header: &str) -> impl Iterator<Item = Meaning> + 'a {
        let header = header.to_owned();
        // Slips seldom hit the first letter, and `GP name` is not `YP name`.
        let (first, n) = (header.chars().next(), header.chars().count());
        let range = if n < 6 { n..n } else { n - 2..n + 3 };
        let near = self.by_length.range((first, range.start)..(first, range.end));
        let near = near.flat_map(|(_, known)| known).copied();
        let own = letters(&header);
        near.flat_map(move |at| {
            let known = &self.known[at];
            // Each slip adds a letter and takes another away, at most.
            let apart = (own ^ known.letters).count_ones() as usize;
            let near = apart <= 2 * most_slips(n.max(known.key.len()));
            let score = near.then(|| spelling(&header, &known.key)).flatten();
            let uses = if score.is_some() { &known.uses[..] } else { &[] };
            uses.iter().map(move |(kind, field, rank, _)| {
                let score = score.unwrap_or_default();
                Meaning {
                    kind: *kind,
                    field: *field,
                    rank: *rank,
                    score: score * 0.95,
                    evidence: Evidence::Fuzzy(score),
                }
            })
        })
    }
}

/// Fields of which a wrong one would make a wrong child.
fn says_who(kind: FieldType) -> bool {
    use FieldType::{ChildId, Forename, Nhs, People, Postcode, Sex, Surname, Upn};
    matches!(kind, People | Forename | Surname | ChildId | Nhs | Upn | Postcode | Sex)
}

/// The words of a heading that tell something.
fn telling(mut words: Vec<String>) -> Vec<String> {
    const SMALL: &[&str] = &[
        "of", "the", "a", "an", "for", "in", "on", "by", "to", "and", "is", "was", "at", "with", "or", "this",
    ];
    words.retain(|word| !SMALL.contains(&word.as_str()));
    words
}

/// How two headings share words.
#[derive(Clone, Copy)]
struct Overlap {
    share: f32,
    /// The known heading stands whole in the other.
    whole: bool,
    /// One of the two stands whole in the other.
    nested: bool,
    /// The words of only one say whose it is, or turn what it says round.
    somebody_else: bool,
    /// The words of only one change nothing.
    harmless: bool,
}

impl Overlap {
    fn of(header: &[String], known: &[String]) -> Self {
        const HARMLESS: &[&str] = &[
            "child",
            "children",
            "young",
            "person",
            "yp",
            "client",
            "subject",
            "full",
            "legal",
            "current",
            "known",
            "our",
            "record",
            "recorded",
            "system",
            "confirmed",
            "verified",
            "details",
            "please",
            "enter",
            "required",
            "mandatory",
            "if",
            "any",
            "all",
            "case",
        ];
        fn extra<'a>(of: &'a [String], other: &[String]) -> Vec<&'a String> {
            of.iter().filter(|word| !other.contains(word)).collect()
        }
        let (only_header, only_known) = (extra(header, known), extra(known, header));
        let both = (known.len() - only_known.len()) as f32;
        let mut extras = only_header.iter().chain(&only_known);
        Overlap {
            share: 2.0 * both / (header.len() + known.len()).max(1) as f32,
            whole: only_known.is_empty() && !known.is_empty(),
            nested: only_known.is_empty() || only_header.is_empty(),
            somebody_else: extras.clone().any(|word| {
                let word = word.as_str();
                SOMEBODY_ELSE.contains(&word)
                    || SOMETHING_ELSE.contains(&word)
                    || word.bytes().all(|b| b.is_ascii_digit())
            }),
            harmless: extras.all(|word| HARMLESS.contains(&word.as_str())),
        }
    }

    fn score(self, identity: bool) -> Option<f32> {
        let fits = if identity {
            self.whole && self.harmless
        } else {
            self.nested && !self.somebody_else && self.share >= WORDS_ENOUGH
        };
        fits.then_some(0.6 + 0.35 * self.share)
    }
}

/// Which letters a key has, each as a bit; several may share one.
fn letters(key: &str) -> u64 {
    key.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % 64))
}

/// So many slips may two keys be apart, the longer of which has so many letters.
fn most_slips(longest: usize) -> usize {
    ((1.0 - SPELLING_ENOUGH) * longest as f64).ceil().max(1.0) as usize
}

/// Similarity of two keys, where it is enough for one to be a slip of the other.
fn spelling(a: &str, b: &str) -> Option<f32> {
    fn digits(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().filter(u8::is_ascii_digit)
    }
    if !digits(a).eq(digits(b)) {
        return None;
    }
    let distance = strsim::osa_distance(a, b);
    let longest = a.chars().count().max(b.chars().count()).max(1);
    let score = 1.0 - distance as f64 / longest as f64;
    (distance == 1 || score >= SPELLING_ENOUGH).then_some(score as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    /// Names of the fields of one kind that a heading may mean.
    fn meanings(kind: &str, header: &str) -> Vec<String> {
        let kinds = builtin();
        let k = kinds.kinds.iter().position(|known| known.name == kind).unwrap();
        let lexicon = Lexicon::new(&kinds);
        let found = lexicon.meanings(header);
        found.iter().filter(|m| m.kind == k).map(|m| kinds.kinds[k].fields[m.field].name.clone()).collect()
    }

    #[test]
    fn words_and_slips_are_understood() {
        for (header, field) in [
            ("Child's full legal name", "child_name"),
            ("Date of Brith", "dob"),
            ("Forname", "forename"),
            ("Surnmae", "surname"),
            ("Date accomodated", "s20_start"),
            ("Allocated Social Worker (name)", "social_worker"),
            ("Gatway outcome", "gateway_outcome"),
            ("Child's date of birth (confirmed)", "dob"),
        ] {
            assert_eq!(meanings("s20_cases", header), [field], "{header}");
        }
    }

    #[test]
    fn what_speaks_of_somebody_else_is_not_the_childs() {
        for header in [
            "Mother's name",
            "Mother's date of birth",
            "Name (mother)",
            "Father DOB",
            "School postcode",
            "GP name",
            "Carer name",
            "Sibling DOB",
            "Previous surname",
            "Placement postcode",
            "Mother NHS number",
            "Language",
            "Stage gate",
            "Allaged",
            "Address 2",
            "School",
        ] {
            let found = meanings("people_list", header);
            let wrong = ["child_name", "dob", "postcode", "surname", "nhs_number", "sex"];
            assert!(!found.iter().any(|field| wrong.contains(&field.as_str())), "{header}: {found:?}");
        }
    }

    #[test]
    fn every_known_heading_means_its_own_field() {
        let kinds = builtin();
        let lexicon = Lexicon::new(&kinds);
        for (k, kind) in kinds.kinds.iter().enumerate() {
            for (f, field) in kind.fields.iter().enumerate() {
                for header in &field.headers {
                    let found = lexicon.meanings(header);
                    assert!(
                        found.iter().any(|m| (m.kind, m.field, &m.evidence) == (k, f, &Evidence::Exact)),
                        "{}: {}: {header}",
                        kind.name,
                        field.name
                    );
                }
            }
        }
    }
}
