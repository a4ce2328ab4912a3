//! Words in cells of names that are no names.

use collate_model::Role;

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `Mr`, `Master`: dropped before a name.
    Title,
    /// `unborn`, `UBB`.
    Unborn,
    /// `Baby`.
    Baby,
    /// `boy`, `of`: dropped after the two above.
    AfterBaby,
    /// `children`, `family`; with how many there are, if the word says it.
    Group(u8),
    /// `mother`, `MGM`.
    Role(Role),
    /// `aka`.
    Alias(AliasSort),
    /// `deceased`, `twin`: dropped.
    Filler,
    /// What follows is a remark.
    Remark,
}

/// How a name came to be the other name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AliasSort {
    /// `née`, `formerly`: a surname unless there are two words.
    Former,
    /// `known as`: mostly a forename.
    KnownAs,
    /// `a.k.a.`: either.
    Either,
}

/// The meaning of a word; `key` is folded, without spaces.
pub(super) fn meaning(key: &str) -> Option<Meaning> {
    Some(match key {
        "mr" | "mrs" | "ms" | "miss" | "master" | "mstr" | "dr" | "prof" | "rev" | "sir" => Meaning::Title,
        "unborn" | "ub" | "ubb" | "ubc" => Meaning::Unborn,
        "baby" | "babies" | "newborn" | "bump" => Meaning::Baby,
        "of" | "boy" | "girl" | "male" | "female" | "bb" => Meaning::AfterBaby,
        "twins" => Meaning::Group(2),
        "triplets" => Meaning::Group(3),
        "children" | "childrens" | "family" | "siblings" | "sibling" | "sibs" | "sib" | "sibset" | "kids"
        | "group" | "brothers" | "sisters" | "others" | "minors" => Meaning::Group(0),
        "aka" => Meaning::Alias(AliasSort::Either),
        "ka" | "knownas" => Meaning::Alias(AliasSort::KnownAs),
        "fka" | "nee" | "formerly" | "previously" | "prev" | "was" | "now" => {
            Meaning::Alias(AliasSort::Former)
        }
        "unnamed" | "jnr" | "jr" | "snr" | "sr" | "deceased" | "decd" | "twin" | "triplet" | "the"
        | "esq" | "yp" => Meaning::Filler,
        "above" | "all" | "behalf" | "by" | "via" | "applicable" | "as" | "at" | "attached" | "below"
        | "cases" | "confidential" | "details" | "for" | "has" | "if" | "in" | "is" | "issued" | "list"
        | "listed" | "lives" | "multiple" | "name" | "named" | "names" | "no" | "not" | "on" | "per"
        | "placed" | "previous" | "row" | "same" | "see" | "separate" | "sheet" | "tba" | "tbc" | "tbd"
        | "this" | "to" | "unknown" | "various" | "with" => Meaning::Remark,
        _ => return role(key).map(Meaning::Role),
    })
}

/// Who a word says that a person is.
pub(super) fn role(key: &str) -> Option<Role> {
    Some(match key {
        "mother" | "mum" | "mom" | "mothers" => Role::Mother,
        "father" | "dad" | "fathers" => Role::Father,
        "child" | "subject" | "subjectchild" => Role::Child,
        "mgm" | "mgf" | "pgm" | "pgf" | "mgp" | "mgps" | "pgp" | "pgps" | "grandmother" | "grandfather"
        | "grandparent" | "aunt" | "uncle" | "stepfather" | "stepmother" | "stepdad" | "stepmum"
        | "carer" | "guardian" | "partner" | "adult" | "maternal" | "paternal" | "cousin" | "gran"
        | "nan" | "parent" | "parents" => Role::Other,
        _ => return None,
    })
}

/// The word is for an adult.
pub(super) fn is_adult(key: &str) -> bool {
    role(key).is_some_and(|role| role != Role::Child)
}

/// Who a bracket says that the person beside it is: it holds nothing but roles (`birth mother`), or
/// says whose (`mother of John`). `lives with mother` speaks of somebody else.
pub(super) fn whole_role(words: &[&str]) -> Option<Role> {
    let whose = words.iter().position(|word| matches!(*word, "of" | "to")).unwrap_or(words.len());
    let mut roles = Vec::new();
    let mut by_marriage = false;
    for word in &words[..whose] {
        match (role(word), *word) {
            (Some(role), _) => roles.push(role),
            (_, "step" | "foster" | "great" | "ex") => by_marriage = true,
            (
                _,
                "the" | "a" | "his" | "her" | "their" | "birth" | "adoptive" | "natural" | "biological"
                | "legal" | "and",
            ) => {}
            _ => return None,
        }
    }
    let first = *roles.first()?;
    // `mother's partner` is neither mother nor nobody.
    let one = roles.iter().all(|role| *role == first) && !by_marriage;
    Some(if one { first } else { Role::Other })
}

/// What tells a father from a son of the same name, in one spelling.
pub(super) fn generation(key: &str) -> Option<&'static str> {
    Some(match key {
        "jr" | "jnr" => "Jr",
        "sr" | "snr" => "Sr",
        "ii" => "II",
        "iii" => "III",
        "iv" => "IV",
        _ => return None,
    })
}

/// Letters that are roles where the cell is about parties, not about children.
pub(super) fn role_letter(key: &str) -> Option<Role> {
    match key {
        "m" => Some(Role::Mother),
        "f" => Some(Role::Father),
        "c" => Some(Role::Child),
        _ => None,
    }
}
