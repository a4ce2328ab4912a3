//! The answer: a record of what was weighed and decided, from which the text and `--json` are drawn.

use collate_link::{Decision, Explainer, Explanation, Known};
use serde::Serialize;

use super::rerun::Rerun;
use super::sentence;
use super::what::What;
use crate::failure::Failure;

/// What was asked about, or is spoken of in the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// The row, if it is one.
    #[serde(flatten)]
    pub row: Option<Place>,
    /// The child that it is, or that the row was taken for.
    pub child: String,
    /// The child's merged name and date of birth.
    pub name: String,
    /// How many rows that child has.
    pub rows: usize,
}

/// A row, and which of its children.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// File.
    pub file: String,
    /// Sheet; empty for text files.
    pub sheet: String,
    /// Row as a spreadsheet shows it.
    pub row: u32,
    /// Which of the children of the row, from 1.
    pub part: u32,
}

/// A row of a child.
#[derive(Debug, PartialEq, Serialize)]
pub struct Member {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// Weight against the child's other rows, in bits; none where there are no others.
    pub weight: Option<f64>,
    /// Probability that it belongs there.
    pub probability: f64,
    /// The row that it matches best.
    pub like: Option<Place>,
    /// How the two agree.
    pub agreement: String,
    /// It belongs there least firmly of all.
    pub weakest: bool,
}

/// What was decided about two children.
#[derive(Debug, PartialEq, Serialize)]
pub struct Decided {
    /// The engine's decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// The child that fits one of the two and can't be the other.
    pub rival: Option<Named>,
}

/// The child that comes nearest to another.
#[derive(Debug, PartialEq, Serialize)]
pub struct Nearest {
    /// Who.
    pub child: Named,
    /// What was decided about the two.
    pub decided: Decided,
    /// The reckoning for the two.
    pub reckoning: Explanation,
}

/// The answer.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Answer {
    /// Two rows, a row and a child, or two children.
    Two {
        /// The one.
        left: Named,
        /// The other.
        right: Named,
        /// `right` stands for the rows of the child besides `left`.
        rest: bool,
        /// Field by field.
        reckoning: Explanation,
        /// What was decided.
        decided: Box<Decided>,
        /// All of it in one sentence.
        sentence: String,
    },
    /// A child.
    One {
        /// Who.
        child: Named,
        /// What its rows say.
        known: Vec<Known>,
        /// Its rows.
        members: Vec<Member>,
        /// Probability that none of them is another child's.
        probability: f64,
        /// The other child that comes nearest.
        nearest: Option<Box<Nearest>>,
        /// All of it in one sentence.
        sentence: String,
    },
}

impl Answer {
    /// A child; or a row and the other rows of its child.
    pub fn to_one(rerun: &Rerun, what: What) -> Self {
        let speaker = Speaker::new(rerun);
        match what {
            What::Row(record) => speaker.row_in_its_child(record),
            What::Child(child) => speaker.child(child),
        }
    }

    /// Two rows, a row and a child, or two children.
    pub fn to_two(rerun: &Rerun, one: What, other: What) -> Result<Self, Failure> {
        if one == other {
            return Err(Failure::usage(
                "both are the same",
                "name two rows, a row and a child, or two children",
            ));
        }
        let speaker = Speaker::new(rerun);
        let child_of = |what| match what {
            What::Row(record) => rerun.linkage.linked.clusters[record as usize],
            What::Child(child) => child,
        };
        Ok(match (one, other) {
            (What::Row(record), What::Child(child)) | (What::Child(child), What::Row(record))
                if child_of(What::Row(record)) == child =>
            {
                speaker.row_in_its_child(record)
            }
            _ => {
                let records = |what: &What| match what {
                    What::Row(record) => vec![*record],
                    What::Child(child) => speaker.explainer.members(*child).to_vec(),
                };
                let reckoning = speaker.explainer.groups(&records(&one), &records(&other));
                let decided = speaker.decided(speaker.explainer.decision(child_of(one), child_of(other)));
                speaker.two(speaker.named(one), speaker.named(other), false, reckoning, decided)
            }
        })
    }
}

/// Puts names to the engine's numbers.
struct Speaker<'a> {
    rerun: &'a Rerun,
    explainer: Explainer<'a>,
}

impl<'a> Speaker<'a> {
    fn new(rerun: &'a Rerun) -> Self {
        let linkage = &rerun.linkage;
        Speaker { rerun, explainer: Explainer::new(&linkage.records, &linkage.linked, &linkage.settings) }
    }

    fn row_in_its_child(&self, record: u32) -> Answer {
        let child = self.rerun.linkage.linked.clusters[record as usize];
        let Some(reckoning) = self.explainer.in_its_cluster(record) else { return self.child(child) };
        let decided = self.decided(self.explainer.decision(child, child));
        self.two(self.named(What::Row(record)), self.named(What::Child(child)), true, reckoning, decided)
    }

    fn two(&self, left: Named, right: Named, rest: bool, reckoning: Explanation, decided: Decided) -> Answer {
        let sentence = sentence::of_two(&left, &right, rest, &reckoning, &decided);
        Answer::Two { left, right, rest, reckoning, decided: Box::new(decided), sentence }
    }

    fn child(&self, child: u32) -> Answer {
        let person = self.explainer.person(child);
        let members: Vec<Member> = (person.members.iter())
            .map(|member| Member {
                place: self.place(member.record),
                weight: member.weight,
                probability: member.probability,
                like: member.partner.map(|partner| self.place(partner)),
                agreement: member.sentence.clone(),
                weakest: person.weakest == Some(member.record),
            })
            .collect();
        let nearest = person.nearest.map(|nearest| {
            let (own, others) = (self.explainer.members(child), self.explainer.members(nearest.cluster));
            Box::new(Nearest {
                child: self.named(What::Child(nearest.cluster)),
                decided: self.decided(nearest.decision),
                reckoning: self.explainer.groups(own, others),
            })
        });
        let child = self.named(What::Child(child));
        let sentence = sentence::of_child(&child, &members, nearest.as_deref());
        let probability = person.probability;
        Answer::One { child, known: person.known, members, probability, nearest, sentence }
    }

    fn decided(&self, decision: Decision) -> Decided {
        Decided { rival: decision.rival.map(|rival| self.named(What::Child(rival))), decision }
    }

    fn named(&self, what: What) -> Named {
        let (row, child) = match what {
            What::Row(record) => {
                (Some(self.place(record)), self.rerun.linkage.linked.clusters[record as usize])
            }
            What::Child(child) => (None, child),
        };
        Named {
            row,
            child: self.rerun.id(child),
            name: self.rerun.name(child),
            rows: self.explainer.members(child).len(),
        }
    }

    fn place(&self, record: u32) -> Place {
        let (source, row, part) = self.rerun.linkage.places[record as usize];
        let source = &self.rerun.dataset.sources[source as usize];
        Place { file: source.file.clone(), sheet: source.sheet.clone(), row, part }
    }
}
